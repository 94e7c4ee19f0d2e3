"""A passage is near to a question as its words, one by one, are near to the question's."""

from __future__ import annotations

import numpy as np

from assistant.interaction import Asked, asked_in, nearness
from corpus.word_pieces import Pieces, Signs
from tests.stand_ins import DIMENSIONS, WordsEmbedder


def pieces(text: str) -> Pieces:
    [found] = WordsEmbedder().embed_with_pieces([text])[1]
    return found


def asked(text: str, added: str = "") -> Asked:
    return asked_in(text + added, pieces(text + added), len(text))


def near(question: Asked, *passages: str) -> list[float]:
    signs: list[Signs] = [pieces(passage).signs for passage in passages]
    return nearness(question, signs, DIMENSIONS).tolist()


def test_a_passage_that_holds_every_word_is_as_near_as_can_be() -> None:
    whole, half, none = near(asked("strategy discussion"), "a discussion of strategy", "a discussion", "bees")

    assert whole == 1.0
    assert whole > half > none


def test_function_words_count_a_fifth_of_content_words() -> None:
    question = asked("who chairs the conference")

    assert np.allclose(question.weights * 2.4, [0.2, 1.0, 0.2, 1.0])


def test_what_was_added_to_a_question_is_not_asked() -> None:
    question = asked("kicked out", " (homeless, eviction)")

    assert near(question, "kicked out", "homeless eviction") == near(
        asked("kicked out"), "kicked out", "homeless eviction"
    )


def test_a_question_without_words_is_near_to_nothing() -> None:
    assert near(asked("?!"), "bees", "goats") == [0.0, 0.0]


def test_a_passage_without_words_is_no_fault() -> None:
    empty, full = near(asked("bees"), "...", "bees")

    assert empty < full == 1.0
