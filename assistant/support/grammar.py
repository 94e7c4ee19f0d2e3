"""What binds and what is denied: read from the order of the words, without a parser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.support.wording import BREAK, COMMA, MODALS, Wording, has_kin

_CLAUSES = frozenset(
    "where if when while because until unless before after since although so who which that".split()
)
JOINTS = frozenset({BREAK, COMMA, "and", "or", "but"})
_REACH = 2  # content words that a negation is sure to reach


@dataclass(frozen=True, slots=True)
class Governed:
    """A must, should, may or not: `head` is the stem of the word that it governs, `scope` are the stems that
    it is sure to reach, the head among them, `clause` all to the end of its clause. `verbs` are those that a
    must, should or may binds: the one after it, and those that a comma, "and" or "or" joins to that."""

    word: str
    head: str
    scope: tuple[str, ...]
    clause: tuple[str, ...] = ()
    verbs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Grammar:
    """`stems` are those of the content words, in order; `hedges` the words that keep what follows from being
    so, each with the first words of that."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    modals: tuple[Governed, ...]
    negations: tuple[Governed, ...]
    hedges: tuple[Governed, ...]


def grammar_of(text: str, wording: Wording) -> Grammar:
    """The text's words and what governs them."""
    words = wording.words(text)
    return Grammar(
        tuple(words),
        tuple(wording.stems(words)),
        tuple(_modal(words, at, wording) for at, word in enumerate(words) if word in MODALS),
        tuple(
            denied
            for at, word in enumerate(words)
            if word in wording.negations
            for denied in _negations(words, at, wording)
        ),
        tuple(_hedge(words, at, wording) for at in range(len(words)) if _is_hedge(words, at, wording)),
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


def drops_hedge(said: Grammar, source: Grammar, wording: Wording) -> bool:
    """Whether something is told as a fact or a duty that is only doubted there, or considered, or avoided."""
    own = {wording.stem(word) for word in said.words}
    return any(
        hedge.word not in own and hedge.scope and all(has_kin(stem, said.stems) for stem in hedge.scope)
        for hedge in source.hedges
    )


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
    return Governed(words[at], scope[0] if scope else "", scope, verbs=verbs_of(after[:end], wording))


def verbs_of(words: Sequence[str], wording: Wording) -> frozenset[str]:
    """Stems of what a must, should or may binds, of the words after it."""
    verbs: set[str] = set()
    is_awaited = True
    for word in words:
        if word in JOINTS:
            is_awaited = True
        elif is_awaited and wording.is_content(word) and not wording.is_adverb(word):
            verbs.add(wording.stem(word))
            is_awaited = False
    return frozenset(verbs)


def _is_hedge(words: Sequence[str], at: int, wording: Wording) -> bool:
    stem = wording.stem(words[at])
    return stem in wording.hedges or (stem in wording.hedges_before_that and "that" in words[at + 1 : at + 4])


def _hedge(words: Sequence[str], at: int, wording: Wording) -> Governed:
    after = words[at + 1 :]
    end = next((place for place, word in enumerate(after) if word in {BREAK, COMMA}), len(after))
    scope = tuple(wording.stems(after[:end])[:_REACH])
    return Governed(wording.stem(words[at]), scope[0] if scope else "", scope)


def _negations(words: Sequence[str], at: int, wording: Wording) -> Iterator[Governed]:
    """One; where it leads in to a list ("must not:"), one for each item."""
    after = words[at + 1 :]
    if after and after[0] == BREAK:
        for item in filter(None, parts_of(after)):
            yield _negation([words[at], *item], 0, wording)
    else:
        yield _negation(words, at, wording)


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
        other.word == modal.word
        and (modal.head == other.head or any(has_kin(verb, other.verbs) for verb in modal.verbs))
        for other in others
    )
