"""The question cases load, fall into two halves by document, and mean places that are in the library."""

from __future__ import annotations

from pathlib import Path

import pytest

import corpus
from assistant.evaluation.cases import Cases, load_cases
from assistant.evaluation.halves import Half, Halves, alternately, document_of
from assistant.evaluation.references import Outline, References
from corpus.errors import EvaluationError
from corpus.settings import IngestSettings
from ingest.readers import read
from ingest.splitting import split
from ingest.structure import structure

CASES = Path(__file__).resolve().parents[2] / "cases"
LIBRARY = Path(corpus.__file__).parent / "library"


@pytest.fixture(scope="module")
def references() -> References:
    paths = sorted([*(LIBRARY / "procedures").glob("*.*"), *(LIBRARY / "briefings").iterdir()])
    return References(_outline(path) for path in paths)


def _outline(path: Path) -> Outline:
    document = structure(read(path.read_bytes(), path.name), path.name)
    document_id = path.stem.replace(".", "-")
    passages = split(document_id, document, IngestSettings().passage_words)
    return Outline(document_id, document.sections, passages)


@pytest.fixture(scope="module")
def cases() -> Cases:
    return load_cases(CASES)


def test_every_reference_means_a_place_that_a_passage_or_two_hold(
    cases: Cases, references: References
) -> None:
    answers = [r for case in (*cases.answerable, *cases.follow_ups) for r in case.answers]
    near = [r for case in cases.unanswerable for r in case.near]
    for reference in {*answers, *near}:
        assert 1 <= len(references.place(reference).passages) <= 2, reference


def test_every_chapter_of_a_situation_is_in_the_library(cases: Cases, references: References) -> None:
    for case in cases.situations:
        for chapter in (*case.applies, *case.arguable, *case.lookalikes):
            assert references.document_id(chapter).startswith(chapter.replace(".", "-"))


def test_each_chapter_that_applies_is_borne_out_by_a_piece_of_its_situation(cases: Cases) -> None:
    for case in cases.situations:
        assert set(case.why) == set(case.applies), case.id
        assert all(piece in case.situation for piece in case.why.values()), case.id
        assert set(case.applies).isdisjoint((*case.arguable, *case.lookalikes)), case.id


def test_there_are_as_many_cases_as_the_figures_need(cases: Cases) -> None:
    assert len(cases.answerable) >= 220
    assert sum(case.paraphrase for case in cases.answerable) >= 60
    assert len(cases.unanswerable) >= 100
    assert len(cases.follow_ups) >= 40
    assert len(cases.situations) >= 190
    assert sum(case.unseen for case in cases.situations) >= 40
    assert len(cases.danger) >= 40
    assert len(cases.case_data) >= 60


def test_the_halves_share_no_case_and_leave_none_out(cases: Cases) -> None:
    halves = [load_cases(CASES, half) for half in Half]
    for sort in ("answerable", "unanswerable", "follow_ups", "situations", "danger", "case_data"):
        ids = [{case.id for case in getattr(half, sort)} for half in halves]
        assert ids[0].isdisjoint(ids[1])
        assert ids[0] | ids[1] == {case.id for case in getattr(cases, sort)}
        assert len(getattr(cases, sort)) == len(ids[0] | ids[1])


def test_the_split_deals_the_documents_out_in_turn() -> None:
    chapters = sorted(
        {document_of(path.name.partition("-")[0]) for path in (LIBRARY / "procedures").glob("*.*")},
        key=lambda chapter: [int(part) for part in chapter.split(".")],
    )
    briefings = sorted(path.stem for path in (LIBRARY / "briefings").iterdir())
    halves = Halves.load(CASES)
    for documents in (chapters, briefings):
        for half, dealt in alternately(documents).items():
            assert {halves.of(document) for document in dealt} == {half}


def test_a_document_that_the_split_does_not_name_is_told() -> None:
    with pytest.raises(EvaluationError, match=r"9\.9"):
        Halves.load(CASES).of("9.9")


def test_a_reference_to_nothing_is_told(references: References) -> None:
    with pytest.raises(EvaluationError, match=r"2\.1\.999"):
        references.place("2.1.999")
    with pytest.raises(EvaluationError, match="no-such-briefing"):
        references.place("no-such-briefing#L1")


def test_a_folder_without_cases_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"split\.yaml"):
        load_cases(tmp_path)


def test_a_case_that_lacks_a_field_is_told(tmp_path: Path) -> None:
    (tmp_path / "split.yaml").write_text('development: ["1.1"]\ntest: []\n', encoding="utf-8")
    (tmp_path / "answerable-1.yaml").write_text('- {id: a-1, question: "why?"}\n', encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"a-1 lacks role"):
        load_cases(tmp_path)


@pytest.mark.parametrize(
    ("reference", "document"), [("2.1.9", "2.1"), ("2.1", "2.1"), ("two-families#L3", "two-families")]
)
def test_a_reference_names_its_document(reference: str, document: str) -> None:
    assert document_of(reference) == document
