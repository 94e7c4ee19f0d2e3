"""What binds and what is denied: read from the order of the words, without a parser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.support.wording import BREAK, COMMA, MODALS, Wording, has_kin

_CLAUSES = frozenset(
    "where if when while because until unless before after since although so who which that".split()
)
_REACH = 2  # content words that a negation is sure to reach


@dataclass(frozen=True, slots=True)
class Governed:
    """A must, should, may or not: `head` is the stem of the word that it governs, `scope` are the stems that
    it is sure to reach, the head among them, `clause` all to the end of its clause."""

    word: str
    head: str
    scope: tuple[str, ...]
    clause: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grammar:
    """`stems` are those of the content words, in order."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    modals: tuple[Governed, ...]
    negations: tuple[Governed, ...]


def grammar_of(text: str, wording: Wording) -> Grammar:
    """The text's words and what governs them."""
    words = wording.words(text)
    return Grammar(
        tuple(words),
        tuple(wording.stems(words)),
        tuple(_modal(words, at, wording) for at, word in enumerate(words) if word in MODALS),
        tuple(_negation(words, at, wording) for at, word in enumerate(words) if word in wording.negations),
    )


def keeps_modality(said: Grammar, source: Grammar) -> bool:
    """Whether each verb is bound as its source binds it: by the same must, should or may, or by none."""
    if not all(_is_among(modal, source.modals) for modal in said.modals):
        return False
    bound = {(modal.word, stem) for modal in said.modals for stem in modal.scope}
    return not any(
        modal.head in said.stems and (modal.word, modal.head) not in bound for modal in source.modals
    )


def adds_negation(said: Grammar, source: Grammar) -> bool:
    """Whether something is denied that is not denied there, or more often."""
    return any(
        times > sum(stem in negation.scope for negation in source.negations)
        for stem, times in _denied(said, source).items()
    )


def drops_negation(said: Grammar, source: Grammar) -> bool:
    """Whether something is affirmed that is only denied there."""
    heads = [negation.head for negation in source.negations]
    denied = _denied(said, source)
    times = {head: source.stems.count(head) - heads.count(head) for head in heads}
    if any(said.stems.count(head) - denied[head] > max(most, 0) for head, most in times.items()):
        return True
    only_denied = {stem for stem, count in _in_clauses(source).items() if count >= source.stems.count(stem)}
    return not only_denied.isdisjoint(Counter(said.stems) - _in_clauses(said))


def _in_clauses(text: Grammar) -> Counter[str]:
    """How often each stem stands in a clause that is denied."""
    return Counter(stem for negation in text.negations for stem in negation.clause)


def has_marker(words: Sequence[str], markers: Iterable[str]) -> bool:
    """Whether one of the words or phrases stands among the words."""
    text = f" {' '.join(words)} "
    return any(f" {marker} " in text for marker in markers)


def parts_of(words: Sequence[str]) -> list[list[str]]:
    """The words between the breaks; one part at least."""
    parts: list[list[str]] = [[]]
    for word in words:
        if word == BREAK:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _modal(words: Sequence[str], at: int, wording: Wording) -> Governed:
    """It reaches up to the next one, for it also governs the list that it leads in to."""
    after = words[at + 1 :]
    end = next((place for place, word in enumerate(after) if word in MODALS), len(after))
    scope = tuple(wording.stems(after[:end]))
    return Governed(words[at], scope[0] if scope else "", scope)


def _negation(words: Sequence[str], at: int, wording: Wording) -> Governed:
    """It reaches a word or two, never over a comma; where none follows, it denies the word before it."""
    after = words[at + 1 :]
    stops = {BREAK, COMMA, *MODALS}
    end = next((place for place, word in enumerate(after) if word in stops), len(after))
    clause = next((place for place, word in enumerate(after) if word in {*stops, *_CLAUSES}), len(after))
    scope = wording.stems(after[:end])[:_REACH] or wording.stems(words[:at])[-1:]
    return Governed(words[at], scope[0] if scope else "", tuple(scope), tuple(wording.stems(after[:clause])))


def _denied(said: Grammar, source: Grammar) -> Counter[str]:
    """How often each stem is denied: of those that a negation reaches the one that the source denies, or its
    own head."""
    heads = {negation.head for negation in source.negations}
    stems = (
        next((stem for stem in negation.scope if stem in heads), negation.head) for negation in said.negations
    )
    return Counter(filter(None, stems))


def _is_among(modal: Governed, others: Sequence[Governed]) -> bool:
    return any(
        other.word == modal.word and (modal.head == other.head or has_kin(modal.head, other.scope))
        for other in others
    )
