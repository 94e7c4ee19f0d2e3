"""Of whom and when something holds: what the source says under a condition is not said without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.support.grammar import Grammar, has_marker, parts_of
from assistant.support.wording import BREAK, COMMA, MODALS, Wording, has_kin

# Share of a statement's stems that a part of the source holds which it draws on.
_DRAWN = 0.25
_ONLY = "only"
_JOINTS = frozenset({"and", "or", "but"})


class Conditions:
    """By the lists of a `Wording`."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._kinds: list[list[str]] = list(wording.lists["conditions"].values())
        self._conditional = {
            *wording.lists["conditions"]["condition"],
            *wording.lists["conditions"]["exception"],
        }
        self._restricting = frozenset(wording.lists["restrictions"]["before"].split())
        self._agreement = frozenset(
            wording.stem(word) for word in wording.lists["restrictions"]["agreement"].split()
        )
        self._anywhere = frozenset(wording.lists["restrictions"]["anywhere"].split())

    def are_dropped(self, said: Grammar, source: Grammar) -> bool:
        """Whether a condition, an exception or a restriction of the source is left out."""
        parts = self._parts_used(said, source)
        words = [word for part in parts for word in (*part, BREAK)]
        if any(has_marker(words, markers) and not has_marker(said.words, markers) for markers in self._kinds):
            return True
        if self._moves_only(said, source):
            return True
        told = {*said.stems, *said.words}
        clauses = (clause for part in parts for clause in self._clauses(part, said))
        return any(clause and not any(has_kin(stem, told) for stem in clause) for clause in clauses)

    def _moves_only(self, said: Grammar, source: Grammar) -> bool:
        """Whether "only" no longer says who: "only a court may order" is not "a court may only order"."""
        mine, theirs = (_before_modal(grammar.words) for grammar in (said, source))
        return _ONLY in theirs and _ONLY in said.words and _ONLY not in mine and "by" not in said.words

    def _parts_used(self, said: Grammar, source: Grammar) -> list[list[str]]:
        """The source's words up to its first break, which may lead in to all that follows, and of its other
        parts those that the statement draws on."""
        first, *others = parts_of(source.words)
        least = _DRAWN * len(said.stems)
        return [
            first,
            *(
                part
                for part in others
                if sum(has_kin(stem, self._wording.stems(part)) for stem in said.stems) >= least
            ),
        ]

    def _clauses(self, part: Sequence[str], said: Grammar) -> Iterator[list[str]]:
        """The content of each condition, and of each restriction of what the statement says."""
        for start, word in enumerate(part):
            if word in self._conditional:
                yield self._content(part[start + 1 :], self._conditional)
            elif word == "with":
                content = self._content(part[start + 1 :], self._restricting)
                yield content if not self._agreement.isdisjoint(content) else []
        for marker in self._anywhere.intersection(part):
            # "Those aged 4 to 7 ... and those aged 8 to 11": which of them is meant shows elsewhere.
            yield [
                stem
                for start, word in enumerate(part)
                if word == marker
                for stem in self._content(part[start + 1 :], self._anywhere)
            ]
        for zone in self._before_verbs(part, said):
            for start, word in enumerate(zone):
                if word in self._restricting:
                    yield self._content(zone[start + 1 :], {*self._restricting, *self._anywhere})

    def _content(self, words: Sequence[str], others: frozenset[str] | set[str]) -> list[str]:
        """Up to where another begins, or this one ends."""
        ends = {COMMA, *MODALS, *others}
        end = next((place for place, word in enumerate(words) if word in ends), len(words))
        return self._wording.stems(words[:end])

    def _before_verbs(self, part: Sequence[str], said: Grammar) -> Iterator[Sequence[str]]:
        """What stands before each must, should or may that the statement has; where there is none, what
        stands before the first comma."""
        places = [place for place, word in enumerate(part) if word in MODALS]
        if not places and COMMA in part:
            yield part[: part.index(COMMA)]
        before = 0
        for place, end in zip(places, [*places[1:], len(part)], strict=False):
            zone = part[before:place]
            if before:
                joint = next((at for at, word in enumerate(zone) if word in _JOINTS), len(zone))
                zone = zone[joint:]
            bound = self._wording.stems(part[place + 1 : end])
            if any(modal.word == part[place] and has_kin(modal.head, bound) for modal in said.modals):
                yield zone
            before = place + 1


def _before_modal(words: Sequence[str]) -> Sequence[str]:
    """Up to the first must, should or may; nothing where there is none."""
    return words[: next((place for place, word in enumerate(words) if word in MODALS), 0)]
