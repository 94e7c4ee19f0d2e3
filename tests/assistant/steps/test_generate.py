"""With a chat model: verified sentences as they come, with exact citations; quotes where too few are left."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from assistant.answers import Group, Modality
from assistant.models import ChatModel, Fault
from assistant.prompting import answer_prompt
from assistant.support.verdict import Reason
from corpus.passages import digest
from tests.assistant.generating import QUESTION, TRUE, Desk, Wrote, open_small_store
from tests.scripted_model import HTTPFault, ScriptedModel, in_tokens

VISIT = "The key worker ought to visit the family at home every two weeks."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_small_store(tmp_path_factory.mktemp("generate")) as store:
        yield Desk(store)


def quotes(wrote: Wrote) -> list[str]:
    return [citation.quote for citation in wrote.answer.citations]


def test_a_true_sentence_is_said_with_the_exact_words_that_it_rests_on(desk: Desk) -> None:
    written = (
        "Within ten working days of the initial child protection conference, the core group has to meet."
    )
    wrote = desk.write(in_tokens(desk.line(written, "2.7.1")))
    [sentence], [citation] = wrote.answer.sentences, wrote.answer.citations
    assert sentence.text == written
    assert (sentence.group, sentence.modality) == (Group.PROCEDURE, Modality.MUST)
    assert sentence.citations == (citation.number,)
    assert citation.quote == TRUE
    assert citation.sha256 == digest(TRUE)
    assert desk.store.register.quote(
        citation.document_id, citation.version, citation.start, citation.end
    ) == (TRUE)


def test_the_answer_names_model_and_prompt(desk: Desk) -> None:
    answer = desk.write([desk.line(TRUE, "2.7.1")]).answer
    assert answer.model == "openai:scripted"
    assert answer.prompt == answer_prompt().version
    assert answer.dropped == {}


def test_a_sentence_that_joins_two_paragraphs_cites_both(desk: Desk) -> None:
    wrote = desk.write([desk.line(f"{TRUE[:-1]}; the key worker should visit the family.", "2.7.1", "2.7.2")])
    assert quotes(wrote) == [TRUE, "The key worker should visit the family at home every 2 weeks."]
    assert wrote.answer.sentences[0].citations == (1, 2)


def test_items_of_a_list_cite_the_list_with_its_lead_in(desk: Desk) -> None:
    wrote = desk.write(
        [desk.line("The plan should say what has to change and who will help the family.", "2.7.8")]
    )
    [quote] = quotes(wrote)
    assert quote.startswith("The plan should say:")
    assert quote.endswith("by when it must happen.")
    assert wrote.answer.sentences[0].modality is Modality.SHOULD


def test_the_same_words_are_cited_once(desk: Desk) -> None:
    again = TRUE.replace("must", "has to")
    wrote = desk.write([desk.line(TRUE, "2.7.1"), desk.line(again, "2.7.1")])
    assert [sentence.citations for sentence in wrote.answer.sentences] == [(1,), (1,)]
    assert quotes(wrote) == [TRUE]


def test_what_reviews_learned_is_shown_as_that(desk: Desk) -> None:
    wrote = desk.write([desk.line("Nobody asked who lived in the home.", "key-learning-1")])
    assert wrote.answer.sentences[0].group is Group.LEARNING


def test_true_sentences_stand_and_false_ones_are_counted(desk: Desk) -> None:
    false = desk.line(TRUE.replace("10", "15"), "2.7.1")
    wrote = desk.write([desk.line(TRUE, "2.7.1"), false, desk.line(VISIT, "2.7.2")])
    assert wrote.texts == [TRUE, VISIT]
    assert wrote.answer.dropped == {Reason.NUMBER.value: 1}


def test_where_most_is_false_quotes_are_given(desk: Desk) -> None:
    false = [desk.line(TRUE.replace("10", number), "2.7.1") for number in ("15", "20")]
    wrote = desk.write([desk.line(TRUE, "2.7.1"), *false])
    assert wrote.answer.model is None
    assert wrote.texts == quotes(wrote)
    assert wrote.answer.dropped == {Reason.NUMBER.value: 2}


def test_a_sentence_is_released_once_verified_before_the_next_is_written(desk: Desk) -> None:
    was_released = threading.Event()
    in_time: list[bool] = []

    def pieces() -> Iterator[str]:
        yield desk.line(TRUE.replace("10", "15"), "2.7.1")
        yield desk.line(TRUE, "2.7.1")
        in_time.append(was_released.wait(0.25))
        yield desk.line(VISIT, "2.7.2")

    wrote = desk.write(pieces(), on_release=was_released.set)
    assert in_time == [True]
    assert wrote.released == [TRUE, VISIT]


def test_nothing_is_released_before_there_are_enough(desk: Desk) -> None:
    strict = Desk(desk.store, {"min_sentences": 2})
    assert strict.write([desk.line(TRUE, "2.7.1")]).released == []
    both = strict.write([desk.line(TRUE, "2.7.1"), desk.line(VISIT, "2.7.2")])
    assert both.released == [TRUE, VISIT]


def test_a_model_that_dies_leaves_what_was_verified(desk: Desk) -> None:
    wrote = desk.write([desk.line(TRUE, "2.7.1"), '{"text": "The'], last_fault=HTTPFault(500))
    assert wrote.texts == [TRUE]
    assert wrote.answer.dropped == {Fault.FAILED.value: 1}


def test_a_passing_fault_is_tried_again(desk: Desk) -> None:
    patient = Desk(desk.store, {"timeout_seconds": 30})
    wrote = patient.write([desk.line(TRUE, "2.7.1")], faults=[HTTPFault(503), HTTPFault(429)])
    assert wrote.texts == [TRUE]
    assert len(wrote.model.seen) == 3


def test_a_model_left_alone_is_not_asked(desk: Desk) -> None:
    scripted = ScriptedModel(pieces=["x"], faults=[HTTPFault(401)] * 3)
    model = ChatModel(scripted, desk.chat_settings(), sleep=lambda _: None)
    for _ in range(3):
        desk.answer(model, scripted)
    wrote = desk.answer(model, scripted)
    assert wrote.answer.dropped == {Fault.LEFT_ALONE.value: 1}
    assert wrote.answer.sentences
    assert len(scripted.seen) == 3


def test_the_model_sees_question_and_text_but_no_id_and_no_link(desk: Desk) -> None:
    shown = desk.write([desk.line(TRUE, "2.7.1")]).model.shown
    assert QUESTION in shown
    assert TRUE in shown
    for live in desk.store.register.live(desk.store.register.live_ids()).values():
        assert live.document_id not in shown
        assert live.passage.id not in shown
    assert "http" not in shown
    assert "/cite/" not in shown


def test_a_passage_that_instructs_a_model_is_not_shown_to_it(desk: Desk) -> None:
    shown = desk.write([desk.line(TRUE, "2.7.1")]).model.shown
    assert "Ignore all previous" not in shown
    assert "0800 555 0199" not in shown
