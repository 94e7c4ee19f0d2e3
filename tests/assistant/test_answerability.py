"""Whether what is asked is said is told by the question and by what was found, together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.answerability import Ranked, Weights, load_weights, shared, signs_of, unmet
from assistant.evidence import QuestionWords, stems_of
from assistant.features import Query
from assistant.interaction import asked_in
from corpus.embedding import Vectors, open_embedder
from corpus.embedding_models import LARGE, SMALL
from corpus.passages import Candidate
from corpus.settings import EmbeddingSettings
from tests.assistant.making import found
from tests.stand_ins import DIMENSIONS, WordsEmbedder

QUESTION = "Who chairs the conference?"
SAYS = "The conference chair chairs the conference."
NEAR = "The conference must be held within 15 days."


def query(text: str, added: str = "") -> Query:
    whole = text + added
    [vector], [pieces] = WordsEmbedder().embed_with_pieces([whole])
    stems = stems_of(whole)
    words = QuestionWords(stems, dict.fromkeys(stems, 1.0))
    return Query(whole, len(text), vector, words, asked_in(whole, pieces, len(text)))


def ranked(*texts: str) -> list[Ranked]:
    """Best first, one point apart, each passage one line."""
    vectors, pieces = WordsEmbedder().embed_with_pieces(list(texts))
    return [
        Ranked(Candidate(found(text).live, vector, vector[None, :], own.signs), float(-place))
        for place, (text, vector, own) in enumerate(zip(texts, vectors, pieces, strict=True))
    ]


def weights(**signs: float) -> Weights:
    nothing: Vectors = np.zeros(DIMENSIONS, dtype=np.float32)
    every = dict.fromkeys(signs_of(query("a"), ranked(NEAR)), 0.0)
    return Weights("words@1", 0.0, nothing, nothing, nothing, every | signs)


def told(*texts: str, asked: str = QUESTION) -> dict[str, float]:
    return signs_of(query(asked), ranked(*texts))


def test_words_of_the_question_that_no_passage_holds_tell_against_an_answer() -> None:
    assert told(SAYS)["unmet"] == 0.0
    assert told(NEAR)["unmet"] == 0.5
    assert told(NEAR, SAYS)["unmet_by_all"] == 0.0


def test_the_word_that_is_met_worst_is_told_apart_from_the_mean() -> None:
    signs = told(NEAR)
    assert signs["least_met"] <= signs["met_by_all"] <= 1.0
    assert told(SAYS)["met"] == pytest.approx(1.0)


def test_the_ranking_shows_how_far_the_first_stands_above_the_others() -> None:
    signs = told(SAYS, NEAR, NEAR)
    assert signs["lead"] == 1.0
    assert signs["margin"] == 1.0
    assert signs["share"] == pytest.approx(0.3)


def test_words_that_were_added_to_the_question_are_not_counted_as_typed() -> None:
    assert signs_of(query("kicked out", " (homeless)"), ranked(NEAR))["words"] == 2.0


def test_a_passage_without_lines_shares_nothing() -> None:
    [one] = ranked(NEAR)
    bare = replace(one, candidate=replace(one.candidate, lines=one.candidate.lines[:0]))
    assert not shared(query(QUESTION), [bare]).any()
    assert signs_of(query(QUESTION), [bare])["likeness"] == 0.0


def test_what_the_first_passage_leaves_unmet_is_told_and_nothing_of_what_it_meets() -> None:
    assert not unmet(query("conference"), ranked(SAYS)).any()
    left = unmet(query("conference fee"), ranked(SAYS))
    apart = unmet(query("conference letter"), ranked(SAYS))
    assert left.any()
    assert not np.allclose(left, apart)


@pytest.mark.parametrize("weight", [-2.0, 0.0, 2.0])
def test_the_probability_is_logistic_in_what_is_told(weight: float) -> None:
    probability = weights(unmet=weight).probability(query(QUESTION), ranked(NEAR))
    assert probability == pytest.approx(1 / (1 + np.exp(-weight * 0.5)))


@pytest.mark.parametrize(("model", "dimensions"), [(SMALL.name, 384), (LARGE.name, 768)])
def test_the_weights_fit_each_model_that_is_known_and_know_every_sign(model: str, dimensions: int) -> None:
    fingerprint = open_embedder(EmbeddingSettings(model=model)).fingerprint
    fitted = load_weights(fingerprint)
    assert fitted.model == fingerprint
    assert set(fitted.signs) == set(told(SAYS))
    assert fitted.question.shape == fitted.shared.shape == fitted.unmet.shape == (dimensions,)
