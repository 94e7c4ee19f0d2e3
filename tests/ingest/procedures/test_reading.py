"""Any partnership's manual can be read, and whatever is read opens at its exact words."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.procedures import Bound, Role, TriggerSort, Unit, Verb
from scripts.extraction_marks import all_places
from tests.ingest.procedures.making import actor, read_text

PROTOCOL = """# Northshire Partnership: Multi-agency Missing Children Protocol

## Introduction

This protocol has been developed by the partner agencies. It applies to all children under 18 who go missing.
This protocol is not intended to replace single agency guidance.

## Criteria

A referral to the panel should be made where one or more of the following apply:

* the child has gone missing three times in the last 90 days
* the child is under the age of 13.

## Responsibilities of agencies

### Police

On receipt of a report, the call handler must carry out a risk assessment within one hour. Officers are
required to complete a check as soon as possible and, in any event, no later than 24 hours after the child
returns home.

### Children's Social Care

The allocated Social Worker shall:

1. convene a strategy meeting within 2 working days;
2. notify the parents without delay; and
3. ensure that an interview is offered within 72 hours of the child's return.

### Schools

The Designated Safeguarding Lead (DSL) or deputy should complete the Missing Notification Form.

## Timescales

| Action | By whom | Timescale |
|---|---|---|
| Minutes circulated | Business Support | 5 working days of the meeting |
| Notify Ofsted | Registered Manager | Immediately |

## Escalation Pathway

| Step | Action | Who | Timeframe |
|---|---|---|---|
| Step 1 | Discuss with counterpart | Practitioner | Within 24 hours |
| Step 2 | Discussion between managers | Team managers | Within 3 working days |
"""


def test_a_manual_without_our_numbers_and_headings_is_read() -> None:
    read = read_text(PROTOCOL)

    assert read.chapter is None
    assert [trigger.sort for trigger in read.triggers] == [
        TriggerSort.SCOPE,
        TriggerSort.EXCLUSION,
        TriggerSort.TRIGGER,
        TriggerSort.TRIGGER,
    ]
    found = {actor(duty): duty for duty in read.duties if duty.actor}
    assert found["the call handler"].roles == (Role.POLICE,)
    assert [limit.amount for limit in found["Officers"].time_limits] == [None, 24]
    worker = [duty for duty in read.duties if actor(duty) == "The allocated Social Worker"]
    assert [(duty.verb, duty.action.words.split()[0]) for duty in worker] == [
        (Verb.MUST, "convene"),
        (Verb.MUST, "notify"),
        (Verb.MUST, "ensure"),
    ]
    assert Role.SCHOOL in found["The Designated Safeguarding Lead (DSL) or deputy"].roles
    table = [limit for limit in read.time_limits if limit.what and limit.line.anchor == "timescales"]
    assert [(limit.bound, limit.amount, limit.unit) for limit in table] == [
        (Bound.AT_MOST, 5, Unit.WORKING_DAYS),
        (Bound.AT_ONCE, None, None),
    ]
    assert [stage.number for stage in read.stages] == [1, 2]


def test_the_chapter_is_its_printed_number() -> None:
    assert read_text("# 8.3 Visits\n\n8.3.1 See the child.\n").chapter == "8.3"
    assert read_text("# Visits\n\n8.3.1 See the child.\n\n8.3.2 Ask.\n").chapter == "8.3"
    assert read_text("# Visits\n\nSee the child.\n").chapter is None


def test_a_document_that_says_nothing_of_duties_is_read_as_empty() -> None:
    read = read_text("# Notes\n\nHello.\n")

    assert (read.duties, read.triggers, read.time_limits, read.references) == ((), (), (), ())


_WORDS = """
must, should, may, not, the social worker, they, it, within 2 days of, before, at once, where, who,
every 6 weeks, on the same day, by the police, be told, No, In no circumstances, as soon as, unless,
the report, form, 999, chapter 2.3, section 47, Children Act 1989, 01632 960100,
This procedure applies when:, Signs include, Stage 1
"""
_MARKS = [
    "(",
    ")",
    ":",
    ", and",
    ". It",
    "; or",
    '"',
    " | ",
    "\u2019",
    "\u00a0",
    "\u2013",
    "\u0130",
    "\n\n",
    "\n- ",
]
_TABLE = "\n\n| a | b |\n|---|---|\n| c | d |\n\n"
_PIECES = st.sampled_from([*(word.strip() for word in _WORDS.split(",")), *_MARKS, _TABLE, "1.1.2"])


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=40))
def test_every_place_opens_at_its_words_whatever_the_text(pieces: list[str]) -> None:
    read = read_text("# 1.1 Escalation\n\n## Scope\n\n1.1.1 Text. " + " ".join(pieces))

    for place in all_places(read):
        assert place.words.strip()
        assert place.end - place.start == len(place.words)


def test_words_too_long_for_a_sentence_are_passed_over() -> None:
    read = read_text("# 1.1 A\n\n1.1.1 " + "the manager must do it " * 1000)

    assert read.duties == ()
