"""The recogniser adds alarms and doubts them; the rules neither wait for it nor fall with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from assistant.answers import Answer, AnswerStatus
from assistant.danger import Alarm, Opinion, Recogniser, alarm_of, is_immediate_danger
from assistant.danger.recogniser import Weights, load_weights
from assistant.danger.sentences import sentences_in
from assistant.enquiry import Enquiry
from assistant.steps.screen import Screen
from corpus.embedding import Vectors, open_embedder
from corpus.embedding_models import MODELS
from corpus.errors import ModelError
from corpus.settings import EmbeddingSettings
from tests.stand_ins import DIMENSIONS, UnwillingEmbedder, WordsEmbedder

TOLD = "He is hitting her now"
NOT_TOLD = "The curtains are a funny colour today."
QUESTION = "Who chairs the meeting?"


def weights(base: float, around: Mapping[str, float] | None = None, **phrases: float) -> Weights:
    nothing: Vectors = np.zeros(DIMENSIONS, dtype=np.float32)
    own, others = (
        {f"<{phrase}>": weight for phrase, weight in given.items()} for given in (phrases, around or {})
    )
    return Weights("words@1", 0.0, 1.5, -3.0, base, nothing, own, nothing, others)


class GoneEmbedder(WordsEmbedder):
    def embed(self, texts: Sequence[str]) -> Vectors:
        raise ModelError(f"The model is gone, with {len(texts)} texts to embed.", "Install it.")


def test_an_alarm_is_added_to_what_the_rules_find() -> None:
    assert not is_immediate_danger(NOT_TOLD)
    assert is_immediate_danger(NOT_TOLD, Recogniser(WordsEmbedder(), lambda: weights(1.0)))
    assert not is_immediate_danger(NOT_TOLD, Recogniser(WordsEmbedder(), lambda: weights(-1.0)))


def test_to_a_few_words_no_alarm_is_added() -> None:
    certain = Recogniser(WordsEmbedder(), lambda: weights(9.0))
    assert alarm_of("unseen men", certain) is Alarm.NONE
    assert alarm_of("kid on fire", certain) is Alarm.SURE
    assert alarm_of("a kid was burnt there", certain) is Alarm.SURE


def test_what_asks_something_besides_is_answered_below_unless_danger_is_plain() -> None:
    asked = f"{NOT_TOLD} {QUESTION}"
    for base, text, alarm in (
        (1.0, asked, Alarm.DOUBTFUL),
        (2.0, asked, Alarm.SURE),
        (1.0, NOT_TOLD, Alarm.SURE),
        (-1.0, asked, Alarm.NONE),
    ):
        assert alarm_of(text, Recogniser(WordsEmbedder(), lambda base=base: weights(base))) is alarm


def test_what_the_rules_find_stands_and_may_be_doubted() -> None:
    for base, alarm in ((1.0, Alarm.SURE), (-1.0, Alarm.SURE), (-9.0, Alarm.DOUBTFUL)):
        recogniser = Recogniser(WordsEmbedder(), lambda base=base: weights(base))
        assert alarm_of(TOLD, recogniser) is alarm
        assert is_immediate_danger(TOLD, recogniser)


def test_whoever_tells_what_is_done_to_themselves_is_not_doubted() -> None:
    doubting = Recogniser(WordsEmbedder(), lambda: weights(-9.0))
    disclosed = "my dad hits me every day. who can i tell"
    assert alarm_of(disclosed, doubting) is Alarm.SURE
    assert alarm_of(f"A pupil said: {disclosed}", doubting) is not Alarm.SURE


def test_without_the_embedder_the_rules_stand_alone() -> None:
    gone = Recogniser(GoneEmbedder(), lambda: weights(1.0))
    assert is_immediate_danger(TOLD, gone)
    assert not is_immediate_danger(NOT_TOLD, gone)


def test_vectors_of_another_model_are_never_asked_for() -> None:
    assert Recogniser(UnwillingEmbedder("words@2"), lambda: weights(1.0))(NOT_TOLD) is Opinion.NONE


def test_sentences_that_only_ask_are_not_embedded() -> None:
    embedder = WordsEmbedder()
    Recogniser(embedder, lambda: weights(1.0))(f"{QUESTION} {NOT_TOLD}")
    assert embedder.embedded == [NOT_TOLD]
    assert Recogniser(UnwillingEmbedder(), lambda: weights(1.0))(QUESTION) is Opinion.NONE


def test_phrases_of_a_sentence_count() -> None:
    recogniser = Recogniser(WordsEmbedder(), lambda: weights(-1.0, now=2.0))
    assert recogniser("The door is open right now.") is Opinion.DANGER
    assert recogniser("The door is open.") is Opinion.NONE


def test_a_text_is_as_dangerous_as_its_most_dangerous_sentence() -> None:
    recogniser = Recogniser(WordsEmbedder(), lambda: weights(-1.0, now=2.0))
    calm = "The door is open. " * 6
    assert recogniser(calm) is Opinion.NONE
    assert recogniser(f"{calm} The light is off right now. {calm}") is Opinion.DANGER


def test_what_stands_beside_a_sentence_counts_and_what_stands_further_off_does_not() -> None:
    recogniser = Recogniser(WordsEmbedder(), lambda: weights(-1.0, {"now": -3.0}, missable=2.0))
    asked = "The dog is out."
    assert recogniser(asked) is Opinion.DANGER
    assert recogniser(f"The light is off right now. The door is open. {asked}") is Opinion.NONE
    far = "The light is off right now. The door is open. The cat is in. The sun is up. "
    assert recogniser(far + asked) is Opinion.DANGER


def test_a_long_sentence_is_seen_through_a_window() -> None:
    words = [f"w{number}" for number in range(40)]
    pieces = [piece.text.split() for piece in sentences_in(" ".join(words))]
    assert [piece[0] for piece in pieces] == ["w0", "w8", "w16", "w24"]
    assert {word for piece in pieces for word in piece} == set(words)


def test_a_hostile_text_is_read_from_its_beginning_only() -> None:
    assert len(sentences_in("He is here. " * 1000)) == 32


def test_the_screen_tells_of_what_it_recognises() -> None:
    answer = Screen(lambda _: False, recognises=lambda _: Opinion.DANGER)(Enquiry(NOT_TOLD))
    assert isinstance(answer, Answer)
    assert answer.status is AnswerStatus.IMMEDIATE_DANGER


def test_who_says_that_nobody_is_in_danger_is_believed() -> None:
    passed = Screen(lambda _: False, recognises=lambda _: Opinion.DANGER)(Enquiry(NOT_TOLD, is_safe=True))
    assert isinstance(passed, Enquiry)


@pytest.mark.parametrize("model", MODELS)
def test_there_are_weights_for_each_embedder_that_is_known(model: str) -> None:
    fingerprint = open_embedder(EmbeddingSettings(model=model)).fingerprint
    assert load_weights(fingerprint).model == fingerprint


def test_below_a_doubtful_alarm_there_is_room_for_an_answer() -> None:
    doubting = Screen(lambda _: False, recognises=lambda _: Opinion.HARDLY, answers_below=True)
    passed = doubting(Enquiry(TOLD))
    assert isinstance(passed, Enquiry)
    assert passed.may_be_danger


def test_what_could_not_be_screened_for_details_is_not_answered_below_a_doubtful_alarm() -> None:
    def gone(text: str, words: Sequence[object]) -> None:  # noqa: ARG001 (the names are the protocol's)
        raise ModelError("The recogniser of names is gone.", "Install it.")

    doubting = Screen(lambda _: False, gone, recognises=lambda _: Opinion.HARDLY, answers_below=True)
    answer = doubting(Enquiry(TOLD))
    assert isinstance(answer, Answer)
    assert answer.status is AnswerStatus.IMMEDIATE_DANGER


def test_where_nobody_can_answer_below_it_a_doubtful_alarm_is_an_alarm() -> None:
    answer = Screen(lambda _: False, recognises=lambda _: Opinion.HARDLY)(Enquiry(TOLD))
    assert isinstance(answer, Answer)
    assert answer.status is AnswerStatus.IMMEDIATE_DANGER
