"""Whether what is asked is said is told by the question and by what was found, together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from assistant.answerability import Ranked, Told, Weights, load_weights, told
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


def weights(**own: float) -> Weights:
    nothing: Vectors = np.zeros(DIMENSIONS, dtype=np.float32)
    every = dict.fromkeys(signs(NEAR), 0.0)
    return Weights("words@1", 0.0, nothing, nothing, nothing, every | own)


def of(asked: str, *texts: str) -> Told:
    return told(query(asked), ranked(*texts))


def signs(*texts: str) -> Mapping[str, float]:
    return of(QUESTION, *texts).signs


def test_words_of_the_question_that_no_passage_holds_tell_against_an_answer() -> None:
    assert signs(SAYS)["unmet"] == 0.0
    assert signs(NEAR)["unmet"] == 0.5
    assert signs(NEAR, SAYS)["unmet_by_all"] == 0.0


def test_the_word_that_is_met_worst_is_told_apart_from_the_mean() -> None:
    near = signs(NEAR)
    assert near["least_met"] <= near["met_by_all"] <= 1.0
    assert signs(SAYS)["met"] == pytest.approx(1.0)


def test_the_ranking_shows_how_far_the_first_stands_above_the_others() -> None:
    ranking = signs(SAYS, NEAR, NEAR)
    assert ranking["lead"] == 1.0
    assert ranking["margin"] == 1.0
    assert ranking["share"] == pytest.approx(0.3)


def test_words_that_were_added_to_the_question_are_not_counted_as_typed() -> None:
    assert told(query("kicked out", " (homeless)"), ranked(NEAR)).signs["words"] == 2.0


def test_a_passage_without_lines_shares_nothing() -> None:
    [one] = ranked(NEAR)
    bare = replace(one, candidate=replace(one.candidate, lines=one.candidate.lines[:0]))
    of_bare = told(query(QUESTION), [bare])
    assert not of_bare.shared.any()
    assert of_bare.signs["likeness"] == 0.0


def test_what_the_first_passage_leaves_unmet_is_told_and_nothing_of_what_it_meets() -> None:
    assert not of("conference", SAYS).unmet.any()
    left = of("conference fee", SAYS).unmet
    apart = of("conference letter", SAYS).unmet
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
    assert set(fitted.signs) == set(signs(SAYS))
    assert fitted.question.shape == fitted.shared.shape == fitted.unmet.shape == (dimensions,)
