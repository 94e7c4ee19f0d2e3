"""Whether words keep their company: a true word in another word's place makes a false sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise, takewhile

from assistant.support.wording import Wording, has_kin, is_kin

_WINDOW = 4  # content words on each side
_OTHER = {"and": "or", "or": "and"}


class Places:
    """The content words of a text in order, with "and" and "or"; a body's name is one word, a unit none."""

    def __init__(self, text: str, wording: Wording) -> None:
        words = wording.words_with_bodies(text)
        self._joined = [
            wording.stem(word)
            for word in words
            if word in _OTHER or (wording.is_content(word) and not wording.is_silent(word))
        ]
        self._stems = [stem for stem in self._joined if stem not in _OTHER]
        content = [word for word in words if wording.is_content(word) and word not in _OTHER]
        # "Every week" says how often, and may stand anywhere.
        self._related = [
            (wording.stem(word), wording.stem(following))
            for word, following in pairwise(content)
            if wording.stem(word) in wording.relations and not wording.is_silent(following)
        ]
        self._wording = wording

    def number_strays(self, source: Places) -> bool:
        """Whether a number stands there less often, or among others with none of its neighbours."""
        theirs = [stem for stem in source._stems if stem[0].isdigit()]
        is_alone = len(theirs) == 1
        return self._strays(
            source, {stem for stem in self._stems if stem[0].isdigit() and not (is_alone and stem in theirs)}
        )

    def body_strays(self, source: Places) -> bool:
        """The same of a body."""
        return self._strays(source, self._wording.body_names)

    def _strays(self, source: Places, marked: Collection[str]) -> bool:
        return any(
            stem in marked
            and (
                self._stems.count(stem) > source._stems.count(stem)
                or not _is_in_place(self._stems, place, source._stems)
            )
            for place, stem in enumerate(self._stems)
        )

    def turns_round(self, source: Places) -> bool:
        """Whether a "before", "after", "all" or the like stands before another word than there."""
        return any(
            not _is_before(relation, following, source._stems) for relation, following in self._related
        )

    def company(self, source: Places) -> float:
        """Share of the neighbouring content words that are near each other there too, 0 to 1."""
        pairs = list(pairwise(self._stems))
        near = [_are_near(one, other, source._stems) for one, other in pairs]
        return sum(near) / len(near) if near else 1.0

    def swaps_choice(self, source: Places) -> bool:
        """Whether an "or" stands where there is an "and", or the other way round."""
        theirs = list(source._joints())
        for word, beside in self._joints():
            alike = {other for other, others in theirs if any(has_kin(stem, others) for stem in beside)}
            if word not in alike and _OTHER[word] in alike:
                return True
        return "or" in self._joined and "or" not in source._joined

    def _joints(self) -> Iterator[tuple[str, list[str]]]:
        for place, word in enumerate(self._joined):
            if word in _OTHER:
                beside = [*self._joined[max(place - 1, 0) : place], *self._joined[place + 1 : place + 2]]
                yield word, [stem for stem in beside if stem not in _OTHER]


def _is_in_place(said: Sequence[str], place: int, source: Sequence[str]) -> bool:
    beside = [*said[max(place - 1, 0) : place], *said[place + 1 : place + 2]]
    # The parts of a telephone number, or of a list of ages, keep each other no company.
    others = [stem for stem in beside if not (stem[0].isdigit() and said[place][0].isdigit())]
    return not others or any(_are_near(said[place], stem, source) for stem in others)


def _is_before(one: str, other: str, source: Sequence[str]) -> bool:
    return any(one == stem and has_kin(other, _after(source, at)) for at, stem in enumerate(source))


def _are_near(one: str, other: str, source: Sequence[str]) -> bool:
    return any(
        is_kin(one, stem) and has_kin(other, [*_before(source, at), *_after(source, at)])
        for at, stem in enumerate(source)
    )


def _after(stems: Sequence[str], at: int) -> Sequence[str]:
    return _up_to_number(stems[at + 1 : at + 1 + _WINDOW], stems[at])


def _before(stems: Sequence[str], at: int) -> Sequence[str]:
    return _up_to_number(stems[max(at - _WINDOW, 0) : at][::-1], stems[at])


def _up_to_number(stems: Sequence[str], beside: str) -> Sequence[str]:
    """A number's company ends at the next number."""
    if not beside[0].isdigit():
        return stems
    return list(takewhile(lambda stem: not stem[0].isdigit(), stems))
