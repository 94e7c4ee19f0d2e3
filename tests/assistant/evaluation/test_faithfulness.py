"""The support score is measured against people's marks, on questions that its weights have not seen."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.evaluation.faithfulness import half_of, marked_answers, measure_support, precision_at
from assistant.evaluation.halves import Half
from corpus.errors import EvaluationError
from tests.stand_ins import WordsEmbedder

QUESTIONS = [f"When must form {number} be sent?" for number in range(12)]
PASSAGE = "The form must be sent within 3 days. The office keeps a copy."


def write(folder: Path) -> Path:
    """Of each question a faithful and an unfaithful answer."""
    answers = [
        {"question": question, "contexts": [PASSAGE], "response": response, "faithfulness": marks}
        for question in QUESTIONS
        for response, marks in (
            ("The form must be sent within 3 days. The office keeps a copy.", [4, 4, 3]),
            ("Nobody ever needs to worry about any such paper, and penguins agree.", [1, 2, 1]),
        )
    ]
    place = folder / "mtrag_faithfulness"
    place.mkdir()
    lines = "\n".join(json.dumps(answer) for answer in answers)
    (place / "responses.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_each_question_is_in_one_half(tmp_path: Path) -> None:
    folder = write(tmp_path)
    counts = [len(marked_answers(folder, WordsEmbedder(), half)) for half in Half]
    assert counts == [2 * sum(half_of(q) is half for q in QUESTIONS) for half in Half]
    assert all(counts)


def test_faithful_answers_score_above_others(tmp_path: Path) -> None:
    values = {m.name: m for m in measure_support(write(tmp_path), WordsEmbedder(), Half.TEST)}
    assert values["support: AUROC, faithful"].value == 1
    assert values["support: precision at recall 0.9, faithful"].value == 1
    assert values["support: AUROC, faithful"].low <= values["support: AUROC, faithful"].high


def test_an_answer_without_passages_has_no_support(tmp_path: Path) -> None:
    place = write(tmp_path) / "mtrag_faithfulness" / "responses.jsonl"
    answers = [json.loads(line) | {"contexts": []} for line in place.read_text().splitlines()]
    place.write_text("\n".join(map(json.dumps, answers)))
    assert {answer.score for answer in marked_answers(tmp_path, WordsEmbedder(), Half.TEST)} == {0}


def test_precision_is_taken_where_the_recall_is_reached() -> None:
    good, poor = np.array([0.9, 0.8, 0.7, 0.2]), np.array([0.75, 0.1])
    assert precision_at(0.75)(good, poor) == pytest.approx(3 / 4)
    assert precision_at(0.5)(good, poor) == 1
    assert precision_at(1.0)(good, poor) == pytest.approx(4 / 5)


def test_a_folder_without_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="cannot be read"):
        measure_support(tmp_path, WordsEmbedder(), Half.TEST)
