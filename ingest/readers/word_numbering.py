"""The numbers that Word prints before paragraphs, counted from numbering.xml (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.readers.word_package import Element
from ingest.readers.word_xml import W, value

_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
          (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_UNPRINTED = {"bullet", "none"}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its numbers look and where they start."""

    start: int
    form: str
    pattern: str
    style: str | None
    legal: bool
    restart_after: int | None
    """The count restarts after a number of this level or above, counted from 1; 0 means never."""


@dataclass(slots=True)
class _List:
    """Lists with one definition share its counts."""

    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one document, counting as its paragraphs pass in order."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        if root is not None:
            self._load(root)

    def _load(self, root: Element) -> None:
        definitions = {d.get(W + "abstractNumId", ""): d for d in root.findall(W + "abstractNum")}
        styled = {value(d, "styleLink"): d for d in definitions.values() if value(d, "styleLink")}
        shared: dict[str, _List] = {}
        for num in root.findall(W + "num"):
            definition = definitions.get(value(num, "abstractNumId") or "")
            if definition is None:
                continue
            definition = styled.get(value(definition, "numStyleLink"), definition)
            name, key = num.get(W + "numId", ""), definition.get(W + "abstractNumId", "")
            self._lists[name] = shared.setdefault(key, _List(_levels(definition)))
            self._levels[name], self._restarts[name] = _overrides(num, self._lists[name].levels)

    def level_of_style(self, list_id: str, style_id: str | None, default: int) -> int:
        """The level that a list gives to paragraphs of a style."""
        levels = self._levels.get(list_id, {})
        return next(
            (depth for depth, level in levels.items() if style_id and level.style == style_id), default
        )

    def next(self, list_id: str, depth: int) -> str:
        """Count one paragraph and return its printed number, "•" for a bullet, "" for none."""
        numbered, level = self._lists.get(list_id), self._levels.get(list_id, {}).get(depth)
        if numbered is None or level is None:
            return ""
        self._count(numbered, list_id, depth)
        if level.form == "bullet":
            return "•"
        return _PLACE.sub(
            lambda place: self._number(numbered, list_id, level, int(place[1]) - 1), level.pattern
        )

    def _count(self, numbered: _List, list_id: str, depth: int) -> None:
        restart = self._restarts[list_id].pop(depth, None)
        levels, counts = self._levels[list_id], numbered.counts
        if restart is not None:
            counts[depth] = restart
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else levels[depth].start
        for deeper in [d for d in counts if d > depth]:
            after = levels[deeper].restart_after if deeper in levels else None
            if after is None or after > depth:
                del counts[deeper]

    def _number(self, numbered: _List, list_id: str, printed: Level, depth: int) -> str:
        level = self._levels[list_id].get(depth)
        if level is None or level.form in _UNPRINTED:
            return ""
        count = numbered.counts.setdefault(depth, level.start)
        return printed_number(count, "decimal" if printed.legal else level.form)


def _levels(definition: Element) -> dict[int, Level]:
    return dict(_level(level) for level in definition.findall(W + "lvl"))


def _level(level: Element) -> tuple[int, Level]:
    restart = value(level, "lvlRestart")
    return int(level.get(W + "ilvl", "0")), Level(
        start=int(value(level, "start") or 0),
        form=value(level, "numFmt") or "decimal",
        pattern=value(level, "lvlText") or "",
        style=value(level, "pStyle"),
        legal=level.find(W + "isLgl") is not None,
        restart_after=None if restart is None else int(restart),
    )


def _overrides(num: Element, levels: dict[int, Level]) -> tuple[dict[int, Level], dict[int, int]]:
    """The levels as this list changes them, and the counts that it starts anew, once, on first use."""
    changed, restarts = dict(levels), {}
    for override in num.findall(W + "lvlOverride"):
        depth = int(override.get(W + "ilvl", "0"))
        own = override.find(W + "lvl")
        if own is not None:
            changed[depth] = _level(own)[1]
            restarts[depth] = changed[depth].start
        if (start := value(override, "startOverride")) is not None:
            restarts[depth] = int(start)
    return changed, restarts


def printed_number(count: int, form: str) -> str:
    """A count as Word prints it; forms outside western documents come out as plain figures."""
    match form:
        case "lowerLetter" | "upperLetter" if count > 0:
            letters = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 30)
            return letters if form == "lowerLetter" else letters.upper()
        case "lowerRoman" | "upperRoman" if 0 < count < 4000:
            return _roman(count) if form == "lowerRoman" else _roman(count).upper()
        case "decimalZero":
            return f"{count:02d}"
        case "ordinal":
            return f"{count}{_ordinal_ending(count)}"
        case _:
            return str(count)


def _roman(count: int) -> str:
    letters = ""
    for size, letter in _ROMAN:
        letters += letter * (count // size)
        count %= size
    return letters


def _ordinal_ending(count: int) -> str:
    if count % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
