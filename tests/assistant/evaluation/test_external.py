"""The open sets are taken in by the ordinary ingest and asked of the ordinary retriever."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation import conditionalqa
from assistant.evaluation.comparison import musts
from assistant.evaluation.external import open_bench, open_sets
from assistant.evaluation.passage_sets import as_files, file_names
from assistant.evaluation.question_sets import Bench, Seen
from assistant.evaluation.retrieval import ask
from corpus.errors import EvaluationError
from corpus.settings import EvaluationSettings, IngestSettings, Settings
from corpus.store import Store
from ingest.pipeline import IngestPipeline
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
TURNS = [{"speaker": "user", "text": "I keep goats."}, {"speaker": "agent", "text": "How nice."}]
SETS: dict[str, dict[str, list[dict[str, Any]]]] = {
    "conditionalqa": {
        "documents": [PAGE],
        "distractors": [DISTRACTOR],
        "questions": [QUESTION, QUESTION | {"id": "q-2", "answerable": False, "evidence_lines": []}],
    },
    "or_sharc": {
        "passages": [
            {"id": "7", "text": "# Hives\n\nRegister every hive."},
            {"id": "8", "text": "Tag every goat."},
        ],
        "questions": [{"question": "Who must tag a goat?", "gold": "8"}],
    },
    "mtrag_un": {
        "passages": [
            {"id": "a", "title": None, "text": "Tag every goat."},
            {"id": "b", "title": "B", "text": "Hives."},
        ],
        "tasks": [
            {
                "id": "t<::>1",
                "answerability": "ANSWERABLE",
                "history": TURNS,
                "question": "Must I tag them?",
                "contexts": ["a"],
            },
            {
                "id": "u<::>1",
                "answerability": "UNANSWERABLE",
                "history": [],
                "question": "Nothing.",
                "contexts": [],
            },
        ],
    },
    "squad2": {
        "paragraphs": [{"id": "Bees#0", "text": "Bees make honey in a hive."}],
        "questions": [
            {"question": "What do bees make in a hive?", "gold": "Bees#0", "answerable": True},
            {"question": "Whither went yonder goats?", "gold": "Bees#0", "answerable": False},
        ],
    },
}


@pytest.mark.parametrize("name", SETS)
def test_both_systems_find_what_a_small_set_asks_for(name: str, tmp_path: Path) -> None:
    with bench(name, tmp_path) as made:
        ours, plain = ask(made.ours(), made.questions), ask(made.plain, made.questions)
    for form, values in ours.values.items():
        assert set(values) == set(plain.values[form])
        assert all(value == 1 for told in values.values() for value in told), form


@pytest.mark.parametrize("name", SETS)
def test_every_must_is_one_of_a_measure_that_the_set_has(name: str, tmp_path: Path) -> None:
    with bench(name, tmp_path) as made:
        outcome = ask(made.ours(), made.questions)
    for form, least in musts(EvaluationSettings()).get(name, {}).items():
        assert least.keys() <= {*outcome.values[form], "AUROC of confidence, page gone"}


def test_a_hidden_page_is_not_found(tmp_path: Path) -> None:
    with bench("conditionalqa", tmp_path) as made:
        (question, _) = made.questions.questions
        for system in (made.ours(), made.plain):
            assert question.documents <= documents(system.search(question.text))
            assert not question.documents & documents(system.search(question.text, question.documents))


def test_a_page_that_only_distracts_has_no_title_and_no_telling_name(tmp_path: Path) -> None:
    write(tmp_path / "conditionalqa", **SETS["conditionalqa"])
    files = conditionalqa.files(tmp_path / "conditionalqa")
    assert list(files) == ["page-00000.html", "page-00001.html"]
    assert "<title>Keeping bees</title>" in files["page-00000.html"]
    assert "<title>" not in files["page-00001.html"]


def test_what_is_unanswerable_of_mtrag_un_is_judged_and_not_ranked(tmp_path: Path) -> None:
    with bench("mtrag_un", tmp_path) as made:
        outcome = ask(made.ours(), made.questions)
    assert [len(told) for told in outcome.judged.values()] == [2, 2]
    assert [len(told["R@5"]) for told in outcome.values.values()] == [1, 1]


def test_passages_with_the_same_text_are_one() -> None:
    texts = {"a": "Tag every goat.", "b": "Hives.", "c": "Tag every goat."}
    names = file_names(texts)
    assert names["a"] == names["c"] != names["b"]
    assert as_files(texts) == {names["a"]: "Tag every goat.", names["b"]: "Hives."}


def test_a_store_that_lacks_a_document_is_not_measured(tmp_path: Path) -> None:
    write(tmp_path / "or_sharc", **SETS["or_sharc"])
    settings = Settings(data_dir=tmp_path, evaluation=EvaluationSettings(cache_dir=tmp_path / "cache"))
    opened = open_bench("or_sharc", tmp_path, settings, lambda *_: None, WordsEmbedder())
    with pytest.raises(EvaluationError, match="does not hold exactly its documents"), opened:
        pass


def test_a_second_run_embeds_the_questions_alone(tmp_path: Path) -> None:
    with bench("or_sharc", tmp_path):
        pass
    embedder = WordsEmbedder()
    with bench("or_sharc", tmp_path, embedder) as made:
        ask(made.ours(), made.questions)
        ask(made.plain, made.questions)
    assert set(embedder.embedded) == {"Who must tag a goat?"}


def test_a_set_that_is_not_there_is_told_with_those_that_are_known(tmp_path: Path) -> None:
    names = ", ".join(known.name for known in open_sets())
    assert names == "conditionalqa, or_sharc, mtrag_un, squad2"
    with pytest.raises(EvaluationError, match=names), bench("trivia", tmp_path):
        pass


@contextmanager
def bench(name: str, folder: Path, embedder: WordsEmbedder | None = None) -> Iterator[Bench]:
    settings = Settings(data_dir=folder / "unused", evaluation=EvaluationSettings(cache_dir=folder / "cache"))

    def take_in(store: Store, documents: Path) -> None:
        IngestPipeline(store, IngestSettings()).run([documents])

    if name in SETS and not (folder / name).exists():
        write(folder / name, **SETS[name])
    with open_bench(name, folder, settings, take_in, embedder or WordsEmbedder()) as made:
        yield made


def write(folder: Path, **files: list[dict[str, Any]]) -> None:
    folder.mkdir()
    for name, records in files.items():
        lines = "\n".join(json.dumps(record) for record in records)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")


def documents(seen: Seen) -> set[str]:
    return {shown.document for shown in seen.passages}
