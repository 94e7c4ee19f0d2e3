"""The parts by themselves: aspects, subjects, signs, wording, links."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.applicable.known_signs import KnownSigns
from assistant.applicable.lexicon import Lexicon
from assistant.applicable.links import MOST, documents_in, link_to
from assistant.applicable.scoring import load_weights
from assistant.applicable.situation import aspects_of
from assistant.applicable.subjects import BACKGROUND, Example, load_examples, load_subjects
from assistant.evaluation.cases import load_cases
from assistant.evaluation.halves import Half
from corpus.embedding import Vectors, open_embedder
from corpus.embedding_models import MODELS
from corpus.procedures import Role
from corpus.sentences import sentence_spans
from corpus.settings import EmbeddingSettings

CASES = Path("tests/cases")


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("There is no sign that he has been hurt.", "no sign that he has been hurt"),
        (
            "We have no reason to think that she is pregnant, but she is tired.",
            "have no reason to think that she is pregnant",
        ),
        ("Nobody has seen the children for a month.", ""),
        ("He has not been to school.", ""),
        ("Neither has been missing: a parent always knows.", "Neither has been missing"),
    ],
)
def test_what_is_denied_is_known_from_what_is_told(sentence: str, denied: str) -> None:
    (aspect,) = aspects_of(sentence)
    assert aspect.denied.strip() == denied
    assert len(aspect.told) == len(sentence)
    assert not denied or denied not in aspect.told


def test_aspects_are_the_sentences_with_their_offsets() -> None:
    text = "The door stays shut. He has a dog, we hear. Why?"
    aspects = aspects_of(text)
    assert [text[one.start : one.end] for one in aspects] == [one.text for one in aspects]
    assert len(aspects) == 3


def test_every_subject_can_be_told_and_asked_about() -> None:
    for subject in load_subjects():
        assert subject.signs
        if subject.name != BACKGROUND:
            assert subject.terms
            assert subject.ask.endswith("?")


def test_examples_are_of_the_development_half_alone() -> None:
    development, test = (
        {case.situation for case in load_cases(CASES, half).situations}
        for half in (Half.DEVELOPMENT, Half.TEST)
    )
    names = {subject.name for subject in load_subjects()}
    told = " ".join(development)
    for example in load_examples():
        assert set(example.subjects) <= names
        assert example.text in told
    assert development <= {example.text for example in load_examples()}
    assert development.isdisjoint(test)


def test_no_sign_repeats_a_sentence_of_the_situations_that_are_measured_with() -> None:
    sentences = {
        case.situation[start:end].casefold()
        for case in load_cases(CASES).situations
        for start, end in sentence_spans(case.situation)
    }
    assert not {sign.casefold() for s in load_subjects() for sign in s.signs} & sentences


@pytest.mark.parametrize("model", MODELS)
def test_the_limits_are_in_order(model: str) -> None:
    weights = load_weights(open_embedder(EmbeddingSettings(model=model)).fingerprint)
    assert 0 < weights.considered < weights.may_apply < weights.applies < 1


class _Counting:
    """Vectors from the texts' letters, and how many were made."""

    fingerprint = "counting"

    def __init__(self) -> None:
        self.texts = 0

    def load(self) -> None:
        """Nothing to load."""

    def embed(self, texts: list[str]) -> Vectors:
        self.texts += len(texts)
        counts = np.array([[text.count(letter) + 0.1 for letter in "abcdefgh"] for text in texts])
        return (counts / np.linalg.norm(counts, axis=1, keepdims=True)).astype(np.float32)


def test_signs_are_embedded_once_and_kept(tmp_path: Path) -> None:
    first, second = _Counting(), _Counting()
    subjects = load_subjects()

    examples = (Example("The door stays shut.", ("non_engagement",)),)
    made = KnownSigns(subjects, examples, first, tmp_path)
    again = KnownSigns(subjects, examples, second, tmp_path)

    assert first.texts == sum(len(subject.signs) for subject in subjects) + 1
    assert second.texts == 0
    probe = first.embed(["a bad cab"])
    assert np.allclose(made.nearness(probe), again.nearness(probe))
    assert np.allclose(made.likelihood(probe, ["a cab"]), again.likelihood(probe, ["a cab"]))
    assert made.likelihood(probe, ["a cab"]).shape == (1, len(subjects))


def test_an_example_teaches_what_its_words_are_about(tmp_path: Path) -> None:
    subjects = load_subjects()
    column = [subject.name for subject in subjects].index("moving")
    example = Example("The flumpet has gone to Zog.", ("moving",))
    embedder = _Counting()
    without = KnownSigns(subjects, (), embedder, tmp_path)
    taught = KnownSigns(subjects, (example,), embedder, tmp_path)

    probe = embedder.embed([example.text])
    before, after = (one.likelihood(probe, [example.text])[0, column] for one in (without, taught))
    assert after > before


def test_a_cut_off_file_of_signs_is_made_anew(tmp_path: Path) -> None:
    subjects = load_subjects()[:2]
    KnownSigns(subjects, (), _Counting(), tmp_path)
    (kept,) = tmp_path.glob("signs-*.npz")
    kept.write_bytes(kept.read_bytes()[:100])
    counting = _Counting()

    KnownSigns(subjects, (), counting, tmp_path)

    assert counting.texts > 0


def test_the_wording_in_common_counts_by_rarity() -> None:
    lexicon = Lexicon([["the child and the midwife"], ["the child and the fire"], ["the child at home"]])
    likeness = lexicon.likeness("A midwife saw the child.")
    assert likeness.argmax() == 0
    assert likeness[1] < likeness[0]
    assert abs(likeness.sum()) < 1e-9


def test_no_procedures_have_no_wording() -> None:
    assert Lexicon([]).likeness("A midwife saw the child.").shape == (0,)


def test_a_link_names_documents_and_versions_and_is_read_back() -> None:
    link = link_to([("4-4-families", 2), ("6-2-differences", 1)], Role.HEALTH)
    assert link == "/procedures?show=4-4-families~2.6-2-differences~1&role=health"
    assert documents_in("4-4-families~2.6-2-differences~1") == [("4-4-families", 2), ("6-2-differences", 1)]


def test_a_broken_link_names_nothing() -> None:
    assert documents_in("../etc/passwd~1.x~.~2.A~1") == []
    assert len(documents_in(".".join(f"a{n}~1" for n in range(99)))) == MOST
    assert link_to([]) is None
