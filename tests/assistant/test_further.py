"""Below the sentences stand the passages that were found next, each by exact words of its own."""

from __future__ import annotations

from dataclasses import replace

from assistant.answers import Answer
from assistant.enquiry import Enquiry, Found
from assistant.further import further
from assistant.steps.compose import Compose
from corpus.passages import Line
from corpus.settings import AnswerSettings
from tests.assistant.making import found

PASSAGES = [found(f"Paragraph {number} says what it says.", start=100 * number) for number in range(6)]


def draft(passages: list[Found], said: int) -> Answer:
    composed = Compose(AnswerSettings(max_sentences=said))(Enquiry("What?", found=tuple(passages)))
    assert isinstance(composed, Enquiry)
    assert composed.draft is not None
    return composed.draft


def test_passages_that_are_quoted_are_not_named_again_and_numbers_go_on() -> None:
    answer = draft(PASSAGES, said=2)
    named = further(answer, PASSAGES, 3)
    assert [each.number for each in named] == [3, 4, 5]
    quoted = {each.quote for each in answer.citations}
    rest = [each.live.passage.text for each in PASSAGES if each.live.passage.text not in quoted]
    assert [each.quote for each in named] == rest[:3]


def test_none_are_named_where_all_are_quoted_or_none_is_wanted() -> None:
    assert further(draft(PASSAGES, said=6), PASSAGES, 4) == ()
    assert further(draft(PASSAGES, said=2), PASSAGES, 0) == ()


def test_the_same_place_of_another_document_is_another_passage() -> None:
    elsewhere = found("Paragraph 0 elsewhere says it too.", document="another")
    assert [each.document_id for each in further(draft(PASSAGES[:1], 1), [elsewhere], 4)] == ["another"]


def test_an_item_of_a_long_list_is_named_with_its_lead_in_and_no_gap() -> None:
    lead, first, last = "Do not leave the child with:", "• " + "a person " * 40, "• anybody whom you suspect."
    text = "\n".join((lead, first, last))
    at = len(lead) + 1
    lines = (
        Line(0, len(lead)),
        Line(at, at + len(first), 0, len(lead)),
        Line(len(text) - len(last), len(text), 0, len(lead)),
    )
    made = found(text)
    passage = replace(made.live.passage, lines=lines)
    best = replace(made.lines[0], line=lines[2], text=last)
    listed = replace(made, live=replace(made.live, passage=passage), lines=(best,))
    other = found("Something else is said here.", document="another")
    assert [each.quote for each in further(draft([other], 1), [listed], 1)] == [text]
