"""A passage is near to a question as its words, one by one, are near to the question's."""

from __future__ import annotations

import numpy as np

from assistant.interaction import Asked, asked_in, likenesses, nearness
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
    question = asked("strategy discussion")
    passages = [pieces(each).signs for each in ("a discussion of strategy", "a discussion", "bees")]

    whole, half, none = nearness(question, passages, DIMENSIONS)

    assert likenesses(question, passages, DIMENSIONS)[0].tolist() == [1.0, 1.0]
    assert whole > half > none


def test_what_all_passages_hold_tells_none_from_another() -> None:
    question = asked("strategy discussion")

    first, second, third = near(question, "a strategy", "strategy a", "a discussion of strategy")

    assert first == second < third


def test_a_word_that_passages_differ_little_in_tells_as_much_as_one_that_they_differ_in_widely() -> None:
    signs = np.zeros((1, 4), dtype=np.uint64)
    other = np.full((1, 4), 2**64 - 1, dtype=np.uint64)
    slight = signs.copy()
    slight[0, 0] = 2**32 - 1
    question = Asked(np.concatenate([signs, other]), np.array([0.5, 0.5]))

    def passage(first: Signs, second: Signs) -> Signs:
        return np.concatenate([first, second])

    widely, slightly, neither = nearness(
        question, [passage(slight, other), passage(signs, slight), passage(slight, slight)], 256
    )

    assert widely > neither
    assert slightly > neither
    assert 0.5 < (slightly - neither) / (widely - neither) < 1.5


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

    assert empty < full
