"""What was read from a procedure, to the register's rows and back.

A place is kept as its two offsets; its anchor and its words are looked up in the version's sections and text
when it is read again. A field that has its default is not kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from pydantic import TypeAdapter

from corpus.procedures import (
    Anchored,
    Duty,
    EscalationStage,
    Named,
    ReadProcedure,
    Reference,
    TimeLimit,
    Trigger,
)

Item: TypeAlias = Trigger | Duty | TimeLimit | Named | Reference | EscalationStage

_SORTS: dict[str, type[Any]] = {
    "triggers": Trigger,
    "duties": Duty,
    "time_limits": TimeLimit,
    "named": Named,
    "references": Reference,
    "stages": EscalationStage,
}
"""The fields of ReadProcedure, each with the type of its items."""
_ADAPTERS = {sort: TypeAdapter(made) for sort, made in _SORTS.items()}
_PLACE = "at"


class Places:
    """Places of one version, from offsets. `sections` are (start, anchor) in reading order."""

    def __init__(
        self, document_id: str, version: int, text: str, sections: Sequence[tuple[int, str]]
    ) -> None:
        self._document_id = document_id
        self._version = version
        self._text = text
        self._starts = [start for start, _ in sections]
        self._anchors = [anchor for _, anchor in sections]

    def at(self, start: int, end: int) -> Anchored:
        """The place; its anchor is that of the innermost section."""
        section = bisect_right(self._starts, start) - 1
        anchor = self._anchors[section] if section >= 0 else ""
        return Anchored(self._document_id, self._version, anchor, start, end, self._text[start:end])


def rows_of(read: ReadProcedure) -> Iterator[dict[str, Any]]:
    """A row for each item; the version's id is the writer's to add."""
    ordinal = 0
    for sort in _SORTS:
        for item in getattr(read, sort):
            place = item.line if isinstance(item, Duty) else item.place
            yield {
                "ordinal": ordinal,
                "sort": sort,
                "start": place.start,
                "end": place.end,
                "details": _plain(item),
            }
            ordinal += 1


def items_of(rows: Sequence[tuple[str, Any]], places: Places) -> dict[str, tuple[Item, ...]]:
    """From (sort, details) in order: the fields of a ReadProcedure."""
    found: dict[str, list[Item]] = {sort: [] for sort in _SORTS}
    for sort, details in rows:
        found[sort].append(_ADAPTERS[sort].validate_python(_placed(details, places)))
    return {sort: tuple(items) for sort, items in found.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Anchored):
        return {_PLACE: [value.start, value.end]}
    if is_dataclass(value):
        kept = ((field, getattr(value, field.name)) for field in fields(value))
        return {
            field.name: _plain(own) for field, own in kept if field.default is MISSING or own != field.default
        }
    if isinstance(value, tuple):
        return [_plain(own) for own in value]
    return value.value if isinstance(value, StrEnum) else value


def _placed(value: Any, places: Places) -> Any:
    if isinstance(value, dict):
        if _PLACE in value:
            return places.at(*value[_PLACE])
        return {name: _placed(own, places) for name, own in value.items()}
    if isinstance(value, list):
        return tuple(_placed(own, places) for own in value)
    return value
