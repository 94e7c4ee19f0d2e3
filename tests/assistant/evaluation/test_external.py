"""The open sets are taken in by the ordinary ingest, and their evidence is found by its place in the text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.conditionalqa import evidence_recall, locate, shown_spans
from assistant.evaluation.external import run_open_set
from corpus.errors import EvaluationError
from corpus.settings import EvaluationSettings, IngestSettings, Settings
from corpus.store import Store
from ingest.pipeline import IngestPipeline
from tests.assistant.making import found
from tests.stand_ins import WordsEmbedder

PAGE = {
    "doc": "keeping-bees",
    "title": "Keeping bees",
    "lines": [
        "<h1>Before you start</h1>",
        "<p>You must register every hive &amp; swarm.</p>",
        "<p>You’ll need:</p>",
        "<li>a veil</li>",
        "<li>a smoker</li>",
        "<tr>Hives | Fee</tr>",
        "<tr>Up to 3 | 20 pounds</tr>",
    ],
}
DISTRACTOR = {"doc": "keeping-goats", "lines": ["You must tag every goat.", "Goats like company."]}
QUESTION = {
    "id": "q-1",
    "doc": "keeping-bees",
    "scenario": "I have one hive.",
    "question": "Must I register every hive?",
    "answerable": True,
    "answers": ["yes"],
    "evidence_lines": [1, 4, 6],
}


def test_lines_are_located_in_order_and_one_that_is_absent_is_none() -> None:
    assert locate(["a veil", "no such line", "a veil"], "a veil, then a veil") == [(0, 6), None, (13, 19)]


def test_what_is_shown_ends_with_the_last_word_that_fits() -> None:
    passages = [found("one two three", document="other"), found("four five six", start=10)]
    assert list(shown_spans("manual", passages, 5)) == [(10, 19)]
    assert list(shown_spans("manual", passages, 3)) == []


def test_evidence_counts_only_where_it_is_shown_whole() -> None:
    passages = [found("four five six")]
    assert evidence_recall([(0, 4), (5, 13)], "manual", passages, 2) == 0.5
    assert evidence_recall([(0, 4), None], "manual", passages, 3) == 0.5
    assert evidence_recall([(0, 4)], "other", passages, 3) == 0


def test_conditionalqa_is_measured_through_the_product(tmp_path: Path) -> None:
    write(
        tmp_path / "conditionalqa",
        documents=[PAGE],
        distractors=[DISTRACTOR],
        questions=[QUESTION, QUESTION | {"id": "q-2", "answerable": False, "evidence_lines": []}],
    )
    measured = run("conditionalqa", tmp_path)
    assert measured["question: evidence within 300 words"] == 1
    assert measured["question: first passage from the right page"] == 1
    assert measured["scenario: evidence within 1200 words"] == 1


def test_or_sharc_is_measured_through_the_product(tmp_path: Path) -> None:
    write(
        tmp_path / "or_sharc",
        passages=[
            {"id": "7", "text": "# Hives\n\nRegister every hive."},
            {"id": "8", "text": "Tag every goat."},
        ],
        questions=[{"question": "Who must tag a goat?", "gold": "8"}],
    )
    assert run("or_sharc", tmp_path) == {"R@1": 1, "R@5": 1, "MRR@10": 1}


def test_mtrag_un_leaves_out_turns_that_nothing_answers(tmp_path: Path) -> None:
    history = [{"speaker": "user", "text": "I keep goats."}, {"speaker": "agent", "text": "How nice."}]
    write(
        tmp_path / "mtrag_un",
        passages=[
            {"id": "a", "title": None, "text": "Tag every goat."},
            {"id": "b", "title": "B", "text": "Hives."},
        ],
        tasks=[
            {"history": history, "question": "Must I tag them?", "contexts": ["a"]},
            {"history": [], "question": "Nothing.", "contexts": []},
        ],
    )
    assert run("mtrag_un", tmp_path) == {"R@5, last turn": 1, "R@5, last two turns": 1}


def test_squad2_tells_answerable_questions_by_confidence(tmp_path: Path) -> None:
    write(
        tmp_path / "squad2",
        paragraphs=[{"id": "Bees#0", "text": "Bees make honey in a hive."}],
        questions=[
            {"question": "What do bees make in a hive?", "gold": "Bees#0", "answerable": True},
            {"question": "Whither went yonder goats?", "gold": "Bees#0", "answerable": False},
        ],
    )
    assert set(run("squad2", tmp_path).values()) == {1}


def test_a_second_run_embeds_the_questions_alone(tmp_path: Path) -> None:
    write(
        tmp_path / "or_sharc",
        passages=[{"id": "8", "text": "Tag every goat."}],
        questions=[{"question": "Who must tag a goat?", "gold": "8"}],
    )
    run("or_sharc", tmp_path)
    embedder = WordsEmbedder()
    run("or_sharc", tmp_path, embedder)
    assert embedder.embedded == ["Who must tag a goat?"]


def test_a_set_that_is_not_there_is_told_with_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="conditionalqa, or_sharc, mtrag_un, squad2"):
        run("trivia", tmp_path)


def write(folder: Path, **files: list[dict[str, Any]]) -> None:
    folder.mkdir()
    for name, records in files.items():
        lines = "\n".join(json.dumps(record) for record in records)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")


def run(name: str, folder: Path, embedder: WordsEmbedder | None = None) -> dict[str, float]:
    """The measures' values by name."""
    settings = Settings(data_dir=folder / "unused", evaluation=EvaluationSettings(cache_dir=folder / "cache"))

    def take_in(store: Store, documents: Path) -> None:
        IngestPipeline(store, IngestSettings()).run([documents])

    measures = run_open_set(name, folder, settings, take_in, embedder or WordsEmbedder())
    return {measure.name: measure.value for measure in measures}
