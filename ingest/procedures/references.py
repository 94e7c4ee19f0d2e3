"""What a text refers to: other chapters, statute, guidance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.procedure_rows import Places
from corpus.procedures import Reference, ReferenceSort
from ingest.procedures.lexicon import any_of, loaded
from ingest.procedures.statements import Statement

_TITLE = r"[A-Z][^().,;:|]{2,90}?"
_CHAPTER = re.compile(
    rf"\b[Cc]hapters?\s+(?P<number>\d{{1,2}}(?:\.\d{{1,3}})*)(?:\s*\((?P<bracketed>{_TITLE})\)|,\s+(?P<after>{_TITLE})(?=[).;]))?"
)
_ALSO = re.compile(
    rf"(?:,| and| or)\s+(?P<number>\d{{1,2}}\.\d{{1,3}})(?:\s*\((?P<bracketed>{_TITLE})\))?(?!\d|\.\d)"
)
_WORD = r"(?:[A-Z][\w'\u2019-]+|\d{2})"
_ACT = (
    rf"(?:{_WORD}(?:,? (?:and |of |etc\.? ?|the |for |\()*{_WORD}\)?){{0,8}}|"
    r"Health and Safety at Work etc\.?) (?:Act|Measure)(?: \d{4})?"
)
_SECTION = r"\d+[A-Z]{0,2}(?:\(\d+\))*"
_SECTIONS = (
    rf"(?:[Ss]ections?|s{{1,2}}\.?|[Pp]art|[Ss]chedule|[Aa]rticle) ?{_SECTION}"
    rf"(?:(?:,| and| to| or) {_SECTION})*"
)
_STATUTE = re.compile(
    rf"(?:{_SECTIONS} of the )?\b{_ACT}\b(?:,? (?:s|section) ?\d+\w*)?|\b{_SECTIONS}(?! of this)"
)
_REGULATIONS = re.compile(rf"\b(?:{_WORD} ){{1,8}}(?:\([A-Z][\w ]+\) )?Regulations(?: \d{{4}})?")


@cache
def _named() -> tuple[re.Pattern[str], re.Pattern[str]]:
    source = loaded("references.yaml")
    guidance = re.compile(rf"\b{any_of(source['guidance'])}(?:,? \(?\d{{4}}\)?)?", re.IGNORECASE)
    title = re.compile(
        rf"\b(?i:{source['before_titles']})\s+(?:the\s+)?[\"\u201c]?"
        rf"(?P<title>[A-Z][\w'\u2019-]*(?:[ -](?:[A-Z][\w'\u2019-]*|"
        rf"and|of|in|or|who|from|to|the|with|for|children|people|families|assessments?)){{0,10}}?)[\"\u201d]?\s+"
        rf"(?i:{source['after_titles']})\b"
    )
    return guidance, title


def references_in(statements: Sequence[Statement], text: str, places: Places) -> list[Reference]:
    """In reading order; none overlaps another."""
    found: list[Reference] = []
    for statement in statements:
        taken: list[tuple[int, int]] = []
        own: list[Reference] = []
        for reference in _in(text, statement, places):
            span = reference.place.start, reference.place.end
            if all(span[1] <= start or end <= span[0] for start, end in taken):
                taken.append(span)
                own.append(reference)
        found += sorted(own, key=lambda reference: reference.place.start)
    return found


def _in(text: str, statement: Statement, places: Places) -> Iterator[Reference]:
    guidance, title = _named()
    start, end = statement.start, statement.end
    for match in _CHAPTER.finditer(text, start, end):
        yield _chapter(match, places)
        also = _ALSO.match(text, match.end(), end)
        while also:
            yield _chapter(also, places)
            also = _ALSO.match(text, also.end(), end)
    for match in guidance.finditer(text, start, end):
        place = places.at(*match.span())
        yield Reference(ReferenceSort.GUIDANCE, place, title=match.group())
    for match in title.finditer(text, start, end):
        place = places.at(*match.span("title"))
        yield Reference(ReferenceSort.CHAPTER, place, title=match["title"])
    for pattern in (_STATUTE, _REGULATIONS):
        for match in pattern.finditer(text, start, end):
            yield Reference(ReferenceSort.LEGISLATION, places.at(*match.span()))


def _chapter(match: re.Match[str], places: Places) -> Reference:
    titles = match.groupdict()
    title = titles.get("bracketed") or titles.get("after")
    start = match.start("number") if match.re is _ALSO else match.start()
    return Reference(
        ReferenceSort.CHAPTER,
        places.at(start, match.end()),
        number=match["number"],
        title=title,
    )
