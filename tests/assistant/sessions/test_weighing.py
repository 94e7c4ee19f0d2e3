"""A pack on a procedure holds the duties that matter most, from all of its parts."""

from __future__ import annotations

from itertools import pairwise

from assistant.answers import Modality
from assistant.sessions.pack import PartName, SessionFormat, SessionRequest
from assistant.sessions.rules import Chapter, Rule
from assistant.sessions.weighing import weightiest, worth_of
from corpus.store import Store
from tests.assistant.sessions.making import plan
from tests.assistant.sessions.reading import source

STRATEGY = "2-3-strategy-discussions"


def _rules(library: Store, document: str = STRATEGY) -> tuple[Rule, ...]:
    return Chapter(source(library, document)).rules


def test_a_pack_on_a_procedure_quotes_more_than_its_first_rules(library: Store) -> None:
    pack = plan(library, SessionRequest(30, SessionFormat.TRAINING, documents=(STRATEGY,)))

    part = pack.part(PartName.PROCEDURES)
    assert part is not None
    said = " ".join(item.quote for item in part.items)
    assert "within 1 working day of the decision" in said
    assert "within 15 working days" in said
    assert "a record is written and sent to everyone" in said


def test_all_parts_of_a_chapter_have_their_say(library: Store) -> None:
    rules = _rules(library)

    chosen = weightiest(rules, 12)

    assert len({rule.heading for rule in chosen}) >= 9
    assert max(len([each for each in chosen if each.heading == rule.heading]) for rule in chosen) <= 2


def test_musts_come_before_shoulds_and_shoulds_before_mays(library: Store) -> None:
    chosen = weightiest(_rules(library), 12)

    musts = [rule for rule in chosen if rule.modality is Modality.MUST]
    assert len(musts) >= 10
    assert not [rule for rule in chosen if rule.modality is Modality.MAY]


def test_what_is_due_by_a_time_is_worth_more(library: Store) -> None:
    due = next(rule for rule in _rules(library) if "within 15 working days" in rule.text)
    open_ = next(rule for rule in _rules(library) if rule.text.startswith("Every action must"))

    assert worth_of(due) > worth_of(open_)


def test_the_chosen_stand_in_reading_order(library: Store) -> None:
    rules = _rules(library)
    chosen = weightiest(rules, 12)

    assert all(one.words.start < other.words.start for one, other in pairwise(chosen))
    assert weightiest(rules, 1000) == list(rules)
