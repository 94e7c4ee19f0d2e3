"""A sentence as the claims it joins, each able to stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.support.wording import Wording
from corpus.sentences import sentence_spans

_JOINT = re.compile(r"([;:]\s+|,?\s+(?:and|but)\s+|,\s+)")
_MODAL = re.compile(
    r"\b(?:must|should|may|can|could|might|has to|have to|needs? to|ought to)\b(?:\s+not\b)?", re.I
)
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


def _content(text: str, wording: Wording) -> int:
    return len(wording.stems(wording.words(text)))
