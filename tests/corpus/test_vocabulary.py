"""The vocabulary follows the register, document by document, and survives the loss of its file."""

from __future__ import annotations

from pathlib import Path

from corpus.recording import Recorder
from corpus.register import Register
from corpus.vocabulary import Terms, Vocabulary
from tests.corpus.making import keep_embeddings, new_version, passages_of, record
from tests.stand_ins import WordsEmbedder

VISITS = "The core group must meet. The core group plans. A core group visit follows."


def take_in(recorder: Recorder, document_id: str, *paragraphs: str) -> None:
    new = new_version(document_id, *paragraphs)
    keep_embeddings(recorder, new, WordsEmbedder())
    record(recorder, new)


def test_a_word_counts_once_a_passage() -> None:
    terms = Terms.of(passages_of("a", "Visit and visit again.", "Another visit."))
    assert terms.words["visit"] == 2
    assert terms.words["visits"] == 2  # the heading's


def test_phrases_are_those_that_recur_or_stand_in_a_heading() -> None:
    terms = Terms.of(passages_of("a", VISITS, "The family support worker was told."))
    assert terms.phrases["core group"] == 3
    assert "family support" not in terms.phrases


def test_a_new_version_replaces_what_the_old_one_counted(
    register: Register, recorder: Recorder, tmp_path: Path
) -> None:
    take_in(recorder, "a", "Ask the headteacher.")
    vocabulary = Vocabulary(register, tmp_path / "vocabulary.json")
    take_in(recorder, "a", "Ask the midwife.")
    vocabulary.update()
    assert "headteacher" not in vocabulary.terms.words
    assert vocabulary.terms.words["midwife"] == 1


def test_it_is_read_again_from_its_file(register: Register, recorder: Recorder, tmp_path: Path) -> None:
    take_in(recorder, "a", VISITS, "The public law outline (PLO) applies.")
    path = tmp_path / "vocabulary.json"
    first = Vocabulary(register, path).terms
    assert path.is_file()
    assert Vocabulary(register, path).terms == first


def test_a_broken_file_is_made_anew(register: Register, recorder: Recorder, tmp_path: Path) -> None:
    take_in(recorder, "a", VISITS)
    path = tmp_path / "vocabulary.json"
    path.write_text('{"versions": [1], "words"')
    assert Vocabulary(register, path).terms.words["core"] == 1


def test_what_another_process_took_in_is_noticed_after_a_few_seconds(
    register: Register, recorder: Recorder, tmp_path: Path
) -> None:
    now = [0.0]
    vocabulary = Vocabulary(register, tmp_path / "vocabulary.json", clock=lambda: now[0])
    take_in(recorder, "a", VISITS)
    assert not vocabulary.terms.words
    now[0] = 6.0
    _ = vocabulary.terms
    vocabulary.update()  # waits for the one that runs beside the questions
    assert vocabulary.terms.words["core"] == 1
