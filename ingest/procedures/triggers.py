"""When a procedure applies: scope, triggers, indicators, exclusions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.procedure_rows import Places
from corpus.procedures import Trigger, TriggerSort
from ingest.procedures.lexicon import any_of, loaded, plain
from ingest.procedures.statements import Form, Statement
from ingest.procedures.verbs import bindings_in

_ABOUT_ITSELF = (TriggerSort.SCOPE, TriggerSort.TRIGGER, TriggerSort.EXCLUSION)


@dataclass(frozen=True, slots=True)
class TriggerWords:
    """What `triggers.yaml` says, as patterns."""

    named: dict[TriggerSort, re.Pattern[str]]
    meant: dict[TriggerSort, re.Pattern[str]]
    anywhere: dict[TriggerSort, re.Pattern[str]]
    leads: re.Pattern[str]
    indicators: re.Pattern[str]
    headings: dict[TriggerSort, re.Pattern[str]]
    definition: re.Pattern[str]
    document: re.Pattern[str]


@cache
def trigger_words() -> TriggerWords:
    source = loaded("triggers.yaml")
    said = {
        TriggerSort.EXCLUSION: source["exclusion"],
        TriggerSort.TRIGGER: source["applies"],
        TriggerSort.SCOPE: source["scope"],
    }
    document = source["document"].strip()

    def begun(subject: str) -> dict[TriggerSort, re.Pattern[str]]:
        return {
            sort: re.compile(rf"^\W*(?:however, |but )?{subject} {any_of(patterns)}")
            for sort, patterns in said.items()
        }

    return TriggerWords(
        named=begun(document),
        meant=begun(source["pronoun"]),
        anywhere={
            TriggerSort(sort): re.compile(any_of(patterns)) for sort, patterns in source["anywhere"].items()
        },
        leads=re.compile(any_of(source["leads"])),
        indicators=re.compile(any_of(source["indicators"])),
        headings={
            TriggerSort(sort): re.compile(pattern, re.IGNORECASE)
            for sort, pattern in source["headings"].items()
        },
        definition=re.compile(source["definition"]),
        document=re.compile(rf"\W*{document}\b"),
    )


def triggers_in(statements: Sequence[Statement], text: str, places: Places) -> list[Trigger]:
    """In reading order."""
    leads: dict[int, TriggerSort] = {}
    found: list[Trigger] = []
    seen: set[tuple[str, ...]] = set()
    before: Statement | None = None
    for statement in statements:
        follows = before is not None and before.section == statement.section and _is_of_document(before, text)
        sort = _sort(statement, text, leads, seen, follows=follows)
        before = statement
        if sort is None:
            continue
        if statement.items:
            leads[statement.end] = sort
            continue  # what introduces a list is shown with each of its items
        lead = statement.lead if statement.form is not Form.ROW else None
        found.append(
            Trigger(sort, places.at(statement.start, statement.end), places.at(*lead) if lead else None)
        )
    return found


def _is_of_document(statement: Statement, text: str) -> bool:
    return trigger_words().document.match(plain(text[statement.start : statement.end])) is not None


def _sort(
    statement: Statement,
    text: str,
    leads: dict[int, TriggerSort],
    seen: set[tuple[str, ...]],
    *,
    follows: bool,
) -> TriggerSort | None:
    """`follows`: the sentence before is about the document, so that "it" can be the document."""
    if statement.form is Form.ITEM and statement.lead:
        return leads.get(statement.lead[1])
    if statement.form is Form.ROW:
        return None
    low = plain(text[statement.start : statement.end])
    about = _heading_sort(statement)
    is_first = statement.headings not in seen
    seen.add(statement.headings)
    words = trigger_words()
    said = _said(low, words.named)
    if said is None and (follows or about in _ABOUT_ITSELF):
        said = _said(low, words.meant)
    if said is None:
        said = next((sort for sort, pattern in words.anywhere.items() if pattern.search(low)), None)
    if said is not None:
        return (
            TriggerSort.TRIGGER if statement.items and said is TriggerSort.SCOPE and "when" in low else said
        )
    if words.indicators.search(low):
        return TriggerSort.INDICATOR
    # A lead-in that binds somebody introduces what to do, whatever the heading says.
    headed = about in (TriggerSort.TRIGGER, TriggerSort.INDICATOR) and not bindings_in(low)
    if statement.items and (words.leads.search(low) or headed):
        return TriggerSort.INDICATOR if about is TriggerSort.INDICATOR else TriggerSort.TRIGGER
    return _of_scope(low, about, is_first)


def _of_scope(low: str, about: TriggerSort | None, is_first: bool) -> TriggerSort | None:
    """In a section on scope: what counts, and the sentence with which it opens."""
    if about is not TriggerSort.SCOPE:
        return None
    if trigger_words().definition.search(low):
        return TriggerSort.TRIGGER
    return TriggerSort.SCOPE if is_first else None


def _said(low: str, patterns: dict[TriggerSort, re.Pattern[str]]) -> TriggerSort | None:
    return next((sort for sort, pattern in patterns.items() if pattern.search(low)), None)


def _heading_sort(statement: Statement) -> TriggerSort | None:
    """What the heading over the statement says."""
    if not statement.headings:
        return None
    found = trigger_words().headings.items()
    return next((sort for sort, pattern in found if pattern.search(statement.headings[-1])), None)
