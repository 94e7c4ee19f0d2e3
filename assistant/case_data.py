"""Details of real people in what was typed: found, and put out of the question.

What the documents themselves publish (pseudonyms, bodies, contacts) is not case data; `is_published` tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.details import NAME, Detail, IsPublished, without_overlaps
from assistant.identifiers import find_dates_after, find_identifiers
from assistant.name_model import NameScores
from assistant.names import find_names

__all__ = ["Detail", "IsPublished", "find_case_data", "without_case_data"]

_LABEL = re.compile(r"\[(?:[A-Z]{2} |e-)?[a-z]+(?: [a-z]+){0,2}(?: \d+)?\]")


def find_case_data(
    text: str, is_published: IsPublished = lambda _: False, scores: NameScores | None = None
) -> list[Detail]:
    """In order, without overlaps; the longest of overlapping ones is kept. Labels are not case data.

    `scores` is the recogniser of names; without it they are found by rules alone.
    """
    masked = _LABEL.sub(lambda label: _mask(len(label[0])), text)
    found: list[Detail] = []
    while details := _find(masked, is_published, scores):
        # Once more, as the suggestion would be asked: what stood in the shadow of a detail may be one too.
        found += details
        for detail in details:
            masked = masked[: detail.start] + _mask(detail.end - detail.start) + masked[detail.end :]
    return sorted(found, key=lambda detail: detail.start)


def _find(text: str, is_published: IsPublished, scores: NameScores | None) -> list[Detail]:
    identifiers = [d for d in find_identifiers(text) if not is_published(text[d.start : d.end])]
    names = find_names(text, is_published, scores)
    return without_overlaps([*identifiers, *names, *find_dates_after(text, names)])


def without_case_data(text: str, details: Sequence[Detail]) -> str:
    """The text with each detail replaced by its label, numbered where several people are named."""
    labels = _numbered(text, details)
    parts, at = [], 0
    for detail, label in zip(details, labels, strict=True):
        parts += [text[at : detail.start], label]
        at = detail.end
    return "".join([*parts, text[at:]])


def _mask(length: int) -> str:
    """Neither a word nor nothing, and the same few tokens however long."""
    return "~" + " " * (length - 2) + "~"


def _numbered(text: str, details: Sequence[Detail]) -> list[str]:
    people: list[set[str]] = []
    numbers = []
    for detail in details:
        words = set(re.findall(r"\w+", text[detail.start : detail.end].lower()))
        known = next((at for at, person in enumerate(people) if words <= person), None)
        if detail.label != NAME:
            numbers.append(0)
            continue
        if known is None:
            people.append(words)
        numbers.append(len(people) if known is None else known + 1)
    several = len(people) > 1
    return [
        f"{detail.label[:-1]} {number}]" if number and several else detail.label
        for detail, number in zip(details, numbers, strict=True)
    ]
