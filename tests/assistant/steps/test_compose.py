"""An answer is quotes: best first, grouped by what they are, without repeats."""

from __future__ import annotations

from assistant.answers import Answer, AnswerStatus, Group, Modality
from assistant.enquiry import Enquiry, Found
from assistant.steps.compose import Compose
from corpus.documents import Kind
from corpus.passages import digest
from corpus.settings import AnswerSettings
from tests.assistant.making import found


def composed(*passages: Found, most: int = 6) -> Answer:
    enquiry = Enquiry("How long?", standalone="How long?", found=passages, confidence=0.8)
    result = Compose(AnswerSettings(max_sentences=most))(enquiry)
    answer = result.draft if isinstance(result, Enquiry) else result
    assert answer is not None
    return answer


def test_each_sentence_is_a_quote_with_its_own_citation() -> None:
    text = "The front door must decide within 1 working day."
    answer = composed(found(text, start=40))
    [sentence], [citation] = answer.sentences, answer.citations
    assert sentence.text == citation.quote == text
    assert sentence.modality is Modality.MUST
    assert (citation.start, citation.end) == (40, 40 + len(text))
    assert citation.sha256 == digest(text)
    assert citation.url == f"/cite/manual/1/40-{40 + len(text)}#cited"


def test_learning_is_shown_beside_procedures_and_never_as_a_must() -> None:
    rules = ["Ring first.", "Write it down.", "Tell a manager.", "Visit the home."]
    procedure = [found(rule, start=number * 100) for number, rule in enumerate(rules)]
    learning = found("Reviews say staff must listen.", kind=Kind.BRIEFING, score=0.95, start=900)
    answer = composed(*procedure, learning, most=3)
    assert [sentence.group for sentence in answer.sentences][-1] is Group.LEARNING
    assert answer.sentences[-1].modality is None
    assert len(answer.sentences) == 3


def test_the_group_of_the_best_sentence_comes_first() -> None:
    answer = composed(
        found("What reviews learned of it.", kind=Kind.BRIEFING, score=1.0),
        found("What the manual says here.", score=0.8, start=100),
    )
    assert [sentence.group for sentence in answer.sentences] == [Group.LEARNING, Group.PROCEDURE]


def test_near_repeats_are_folded_and_weak_lines_left_out() -> None:
    answer = composed(
        found("A bruise on a baby must be referred the same day."),
        found("A bruise on a baby must be referred the same day, always.", start=100),
        found("The weather was fine.", score=0.1, start=200),
    )
    assert len(answer.sentences) == 1


def test_sentences_that_differ_in_a_number_are_no_repeats() -> None:
    answer = composed(
        found("The core group must meet within 10 working days of the conference."),
        found("The core group must meet within 15 working days of the conference.", start=100),
    )
    assert len(answer.sentences) == 2


def test_nothing_found_is_not_in_corpus() -> None:
    assert composed().status is AnswerStatus.NOT_IN_CORPUS
