"""Numbers, dates, contacts and addresses that lead to a person, by UK rules.

The patterns stand in `case_data.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from assistant.check_digits import is_nhs_number, is_pupil_number
from assistant.details import ADDRESS, DATE_OF_BIRTH, POSTCODE, Detail
from assistant.patterns import compile_pattern

Check = Callable[[str], bool]

_CHECKS: Mapping[str | None, Check] = {
    None: lambda _: True,
    "NHS number": lambda found: is_nhs_number(re.sub(r"\D", "", found)),
    "pupil number": lambda found: is_pupil_number(found.upper()),
}
_BETWEEN = re.compile(r"[\s,;:()–-]{1,3}")


@dataclass(frozen=True, slots=True)
class _Rule:
    """`check` is what the piece that was found must pass besides."""

    label: str
    pattern: re.Pattern[str]
    check: Check

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        group = "detail" if "detail" in self.pattern.groupindex else 0
        for match in self.pattern.finditer(text):
            if "other" in self.pattern.groupindex and match["other"]:
                continue
            if self.check(match[group]):
                yield match.span(group)


def find_identifiers(text: str) -> list[Detail]:
    """Everything but names; they may overlap."""
    rules, _ = _rules()
    details = [Detail(*span, rule.label) for rule in rules for span in rule.spans(text)]
    return [*details, *_whole_addresses(text, details)]


def find_dates_after(text: str, names: Iterable[Detail]) -> Iterator[Detail]:
    """A date right behind a name is taken for the date of birth, as in the head of a form."""
    _, date = _rules()
    for name in names:
        gap = _BETWEEN.match(text, name.end)
        if gap and (match := date.match(text, gap.end())):
            yield Detail(*match.span(), DATE_OF_BIRTH)


def _whole_addresses(text: str, details: Iterable[Detail]) -> Iterator[Detail]:
    """Addresses together with the postcode that follows them."""
    postcodes = {detail.start: detail.end for detail in details if detail.label == POSTCODE}
    for detail in details:
        gap = _BETWEEN.match(text, detail.end)
        if detail.label == ADDRESS and gap and gap.end() in postcodes:
            yield Detail(detail.start, postcodes[gap.end()], ADDRESS)


@cache
def _rules() -> tuple[tuple[_Rule, ...], re.Pattern[str]]:
    """The rules, and the pattern of a date."""
    source: dict[str, Any] = yaml.safe_load(
        files("assistant").joinpath("case_data.yaml").read_text(encoding="utf-8")
    )
    parts = source["parts"]
    rules = tuple(
        _Rule(rule["label"], compile_pattern(rule["pattern"], parts), _CHECKS[rule.get("check")])
        for rule in source["rules"]
    )
    return rules, compile_pattern("<date>", parts)
