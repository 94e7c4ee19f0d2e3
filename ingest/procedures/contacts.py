"""Forms and contacts that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.procedure_rows import Places
from corpus.procedures import Anchored, Named, NamedSort
from ingest.procedures.actors import is_somebody
from ingest.procedures.lexicon import any_of, loaded, plain, words_in
from ingest.procedures.statements import Form, Statement, cells_of

_TELEPHONE = re.compile(
    r"(?<![\w.])(?:(?:\+44[ -]?\(?0?\)?|0)\d(?:[ -]?\d){8,9}|999|101|111|116 ?\d{3}|0800 ?1111)(?![\w-]|\.\d)"
)
_EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_WEB = re.compile(r"\b(?:https?://|www\.)[^\s|<>()\"\u201d]+[^\s|<>()\"\u201d.,;:]")
_RINGS = re.compile(r"\b(?:ring|ringing|call|calling|dial|phone|telephone|on|via|using|or)\s+$")
_WHOSE = re.compile(
    r"(?P<whose>(?:[\w'\u2019&-]+ ){0,7}[\w'\u2019&-]+)\s*(?:,|\s)?(?:on|at|:|tel\.?:?|is on)\s*$"
)


def named_in(statements: Sequence[Statement], text: str, places: Places) -> list[Named]:
    """In reading order."""
    return [named for statement in statements for named in sorted(_in(text, statement, places), key=_start)]


def _start(named: Named) -> int:
    return named.place.start


def _in(text: str, statement: Statement, places: Places) -> Iterator[Named]:
    line = places.at(statement.start, statement.end)
    patterns = ((NamedSort.TELEPHONE, _TELEPHONE), (NamedSort.EMAIL, _EMAIL), (NamedSort.WEB, _WEB))
    for sort, pattern in patterns:
        for match in pattern.finditer(text, statement.start, statement.end):
            is_short = sort is NamedSort.TELEPHONE and len(match.group()) == 3
            if is_short and not _is_rung(text, statement, match.start()):
                continue
            yield Named(sort, places.at(*match.span()), line, _whose(text, statement, match.start(), places))
    for match in _forms().finditer(plain(text[statement.start : statement.end])):
        start = statement.start + _name_start(match)
        yield Named(NamedSort.FORM, places.at(start, statement.start + match.end()), line)


def _is_rung(text: str, statement: Statement, at: int) -> bool:
    """Three digits are a number to ring only where the text says so, or in a cell of their own."""
    before = plain(text[statement.start : at])
    return bool(_RINGS.search(before)) or (statement.form is Form.ROW and before.endswith("| "))


def _whose(text: str, statement: Statement, at: int, places: Places) -> Anchored | None:
    if statement.form is Form.ROW:
        before = [cell for cell in cells_of(text, statement.start, statement.end) if cell[1] <= at]
        return places.at(*before[-1]) if before else None
    match = _WHOSE.search(text, statement.start, at)
    if match is None or match.end() != at:
        return None
    words = plain(match["whose"])
    starts = [found.start() for found in re.finditer(r"(?<!\S)(?:the|a|an|their)\s|(?<!\S)\S", words)]
    heads = [start for start in reversed(starts) if is_somebody(words[start:])]
    best = next((s for s in heads if words[s:].startswith(("the ", "their "))), heads[0] if heads else None)
    return places.at(match.start("whose") + best, match.end("whose")) if best is not None else None


@cache
def _forms() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'-]){any_of(loaded('references.yaml')['forms'])}\b(?! of\b)")


def _name_start(match: re.Match[str]) -> int:
    """A form's name begins after the last word that cannot be part of it."""
    closed = words_in(loaded("references.yaml")["not_in_form_names"])
    start = match.start()
    for word in re.finditer(r"\S+", match.group()):
        if word.group() in closed:
            start = match.start() + word.end() + 1
    return min(start, match.end() - 1)
