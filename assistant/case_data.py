"""Details of real people in what was typed: found by UK rules, and put out of the question.

What the documents themselves publish (pseudonyms, bodies, contacts) is not case data; `is_published` tells.
The patterns stand in `case_data.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from assistant.patterns import compile_pattern

IsPublished = Callable[[str], bool]
"""Whether these very words stand in a live document."""

_NAME_LABEL = "[name]"
_TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Detail:
    """A span of the text that is case data; `label` stands for it in the suggested question."""

    start: int
    end: int
    label: str


def find_case_data(text: str, is_published: IsPublished = lambda _: False) -> list[Detail]:
    """In order, without overlaps; the longest of overlapping ones is kept."""
    details = [d for d in _rules().candidates(text) if not is_published(text[d.start : d.end])]
    chosen: list[Detail] = []
    for detail in sorted(details, key=lambda d: (d.start - d.end, d.start)):
        if all(detail.end <= other.start or detail.start >= other.end for other in chosen):
            chosen.append(detail)
    return sorted(chosen, key=lambda d: d.start)


def without_case_data(text: str, details: list[Detail]) -> str:
    """The text with each detail replaced by its label."""
    parts, at = [], 0
    for detail in details:
        parts += [text[at : detail.start], detail.label]
        at = detail.end
    return "".join([*parts, text[at:]])


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the NHS number's check digit (modulus 11)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    check = 11 - total % 11
    return int(digits[9]) == (0 if check == 11 else check)


class _Rules:
    def __init__(self, source: dict[str, Any]) -> None:
        parts: dict[str, str] = source["parts"]
        self._rules = [(rule["label"], compile_pattern(rule["pattern"], parts)) for rule in source["rules"]]
        self._names = [compile_pattern(pattern, parts) for pattern in source["names"]]
        self._pseudonym = compile_pattern(source["pseudonym"], parts)
        self._not_names = frozenset(source["not_names"].split())

    def candidates(self, text: str) -> Iterator[Detail]:
        for label, pattern in self._rules:
            for match in pattern.finditer(text):
                yield Detail(*_span(match), label)
        for match in _TEN_DIGITS.finditer(text):
            if is_nhs_number(re.sub(r"\D", "", match[0])):
                yield Detail(*match.span(), "[NHS number]")
        for pattern in self._names:
            for match in pattern.finditer(text):
                start, end = _span(match)
                if self._is_name(text[start:end]) and not self._pseudonym.match(text, start):
                    yield Detail(start, end, _NAME_LABEL)

    def _is_name(self, words: str) -> bool:
        return self._not_names.isdisjoint(words.split())


@cache
def _rules() -> _Rules:
    text = files("assistant").joinpath("case_data.yaml").read_text(encoding="utf-8")
    return _Rules(yaml.safe_load(text))


def _span(match: re.Match[str]) -> tuple[int, int]:
    return match.span("detail") if "detail" in match.re.groupindex else match.span()
