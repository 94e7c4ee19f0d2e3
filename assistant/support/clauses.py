"""A sentence as the claims it joins, each able to stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.support.wording import Wording
from corpus.sentences import sentence_spans

_JOINT = re.compile(r"([;:]\s+|,?\s+(?:and|but)\s+|,\s+)")
_MODAL = re.compile(
    r"\b(?:must|should|may|can|could|might|has to|have to|needs? to|ought to)\b(?:\s+not\b)?", re.I
)
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|do|does|did|will)\b", re.I)
_COORDINATED = re.compile(r"(?:;\s+|,?\s+(?:and|but)\s+)")
_CONDITION = re.compile(r"\s*(?:if|when|where|unless|once|until)\b", re.I)
_FEWEST = 3  # content words of a claim; a shorter piece belongs to the one before it


def sentences_of(text: str) -> list[str]:
    """What was written as one sentence may be several."""
    return [text[start:end] for start, end in sentence_spans(text)]


def pieces_of(sentence: str, wording: Wording) -> list[str]:
    """The sentence cut at its joints; put together again they give it back."""
    parts = _JOINT.split(sentence)
    pieces = [parts[0]]
    for joint, part in zip(parts[1::2], parts[2::2], strict=True):
        if min(_content(part, wording), _content(pieces[-1], wording)) < _FEWEST:
            pieces[-1] += joint + part
        else:
            pieces.append(joint + part)
    return pieces


def claim_of(pieces: Sequence[str], first: int, last: int) -> str | None:
    """Pieces `first` to `last` as a sentence: who must do it is taken from the sentence's beginning where
    they leave it out. None where nobody can tell."""
    claim = "".join(pieces[first : last + 1])
    if first == 0:
        return claim
    claim = _JOINT.sub("", claim, count=1)
    own, before = _MODAL.search(claim), _MODAL.search("".join(pieces[:first]))
    if own and own.start() > 0:
        return claim
    if before is None:
        return None
    subject = "".join(pieces[:first])[: before.start() if own else before.end()]
    return f"{subject} {claim}"


Claims = tuple[frozenset[str], ...]
"""What each of several claims says, as stems of its content words."""


@dataclass(frozen=True, slots=True)
class Coordinated:
    """Two claims of one sentence, joined by "and", "but" or a semicolon: what only the one and only the other
    says."""

    one: frozenset[str]
    other: frozenset[str]


def claims_in(text: str, wording: Wording) -> Claims:
    """Of each piece of each sentence."""
    return tuple(
        frozenset(wording.stems(wording.words(piece)))
        for sentence in sentences_of(text)
        for piece in pieces_of(sentence, wording)
    )


def coordinated_in(text: str, wording: Wording) -> tuple[Coordinated, ...]:
    """The pairs of claims that are joined so and each say something whole: both have a verb of their own, or
    they are built alike."""
    return tuple(
        pair
        for sentence in sentences_of(text)
        for pair in _coordinated(pieces_of(sentence, wording), wording)
    )


def straddles(said: Claims, source: Claims, pairs: Sequence[Coordinated]) -> bool:
    """Whether a claim that is none of the source's is made of one half of a pair and one of the other."""
    others = [claim for claim in said if not any(claim <= whole for whole in source)]
    return any(claim & pair.one and claim & pair.other for claim in others for pair in pairs)


def _coordinated(pieces: Sequence[str], wording: Wording) -> Iterator[Coordinated]:
    raw = [frozenset(wording.stems(wording.words(piece))) for piece in pieces]
    has_verb = [bool(_MODAL.search(piece) or _FINITE.search(piece)) for piece in pieces]
    for first, piece in enumerate(pieces):
        if _CONDITION.match(_JOINT.sub("", piece, count=1) if first else piece):
            continue
        for last in range(first + 1, len(pieces)):
            if not _COORDINATED.match(pieces[last]):
                break
            if (has_verb[first] and has_verb[last]) or raw[first] & raw[last]:
                one, other = (_whole(pieces, at, wording) for at in (first, last))
                yield Coordinated(one - other, other - one)


def _whole(pieces: Sequence[str], at: int, wording: Wording) -> frozenset[str]:
    return frozenset(wording.stems(wording.words(claim_of(pieces, at, at) or pieces[at])))


def _content(text: str, wording: Wording) -> int:
    return len(wording.stems(wording.words(text)))
