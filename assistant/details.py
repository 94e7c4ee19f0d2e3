"""A piece of what was typed that tells who a real person is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

IsPublished = Callable[[str], bool]
"""Whether these very words stand in a live document, a name as a name by itself."""

NAME = "[name]"
DATE_OF_BIRTH = "[date of birth]"
ADDRESS = "[address]"
POSTCODE = "[postcode]"


@dataclass(frozen=True, slots=True)
class Detail:
    """A span of the text that is case data; `label` stands for it in the suggested question."""

    start: int
    end: int
    label: str

    def overlaps(self, other: Detail) -> bool:
        return self.start < other.end and other.start < self.end


def without_overlaps(details: Iterable[Detail]) -> list[Detail]:
    """In order; the longest of overlapping ones is kept."""
    chosen: list[Detail] = []
    for detail in sorted(details, key=lambda d: (d.start - d.end, d.start)):
        if not any(detail.overlaps(other) for other in chosen):
            chosen.append(detail)
    return sorted(chosen, key=lambda d: d.start)
