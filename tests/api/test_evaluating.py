"""`assistant evaluate`, with the real model on one chapter and a handful of cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from api.cli import app

RUNNER = CliRunner()
CHAPTER = """---
title: Making a referral
kind: procedure
---
# 2.1 Making a referral

2.1.1 The front door manager must decide on a referral within one working day.

2.1.2 A worker who visits alone should carry a telephone.
"""
CASES = {
    "split.yaml": """
development: []
test: ["2.1"]
""",
    "answerable-1.yaml": """
- id: a-1
  question: When must the manager decide on a referral?
  role: teacher
  style: plain
  paraphrase: false
  answers: ["2.1.1"]
""",
    "unanswerable.yaml": """
- {id: n-1, question: "Who won the cup final?", role: teacher, why: no sport, near: ["2.1.1"]}
""",
    "followups.yaml": """
- {id: f-1, turns: [a referral, "when is it decided?"], standalone: "", answers: ["2.1.1"]}
""",
    "situations.yaml": """
- {id: s-1, situation: A referral was made., applies: ["2.1"], lookalikes: []}
""",
    "danger.yaml": """
- {id: d-1, text: He is hitting her now, danger: true, half: test}
""",
    "case_data.yaml": """
- {id: c-1, text: Ring 01632 960123, case_data: true, spans: ["01632 960123"], half: test}
""",
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Store and cases."""
    manual, data, cases = (tmp_path_factory.mktemp(name) for name in ("manual", "data", "cases"))
    (manual / "2.1-making-a-referral.md").write_text(CHAPTER, encoding="utf-8")
    for name, text in CASES.items():
        (cases / name).write_text(text, encoding="utf-8")
    assert RUNNER.invoke(app, ["ingest", str(manual), "--data", str(data)]).exit_code == 0
    return data, cases


def test_the_table_names_what_was_measured_and_a_limit_not_kept_ends_in_1(
    folders: tuple[Path, Path],
) -> None:
    data, cases = folders
    result = RUNNER.invoke(app, ["evaluate", "--cases", str(cases), "--data", str(data)])
    assert "Cases, test half" in result.output
    assert "R@1" in result.output
    assert result.exit_code == 1  # there is no text without danger, so that limit cannot be kept


def test_json_holds_every_measure_with_its_interval(folders: tuple[Path, Path]) -> None:
    data, cases = folders
    result = RUNNER.invoke(app, ["evaluate", "--cases", str(cases), "--data", str(data), "--json"])
    told = json.loads(result.stdout)
    measures = {measure["name"]: measure for measure in told["reports"][0]["measures"]}
    assert measures["R@1"]["value"] == measures["R@1"]["low"] == 1
    assert told["passed"] is False


def test_cases_that_are_not_there_end_in_two_plain_lines(folders: tuple[Path, Path], tmp_path: Path) -> None:
    result = RUNNER.invoke(app, ["evaluate", "--cases", str(tmp_path), "--data", str(folders[0])])
    assert result.exit_code == 1
    assert "split.yaml" in " ".join(result.output.split())


def test_retrieval_is_told_beside_the_plain_stack(folders: tuple[Path, Path], tmp_path: Path) -> None:
    result = evaluate_retrieval(folders, tmp_path, "--ablation")
    lines = [line.split() for line in result.stdout.splitlines()]
    header = next(line for line in lines if line[:1] == ["cases"])
    assert header == ["cases", "Ours", "Plain", "Ahead", "Cases", "Must"]
    recall = next(line for line in lines if line[:1] == ["R@1"])
    assert (recall[1], recall[5], recall[9], recall[-1]) == ("1.000", "1.000", "+0.000", "0.85")
    assert "Reliability" in result.stdout
    assert "part: keywords" in result.stdout
    assert result.exit_code == 0


def test_a_must_of_retrieval_that_is_not_reached_is_marked_and_ends_in_1(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    data, _ = folders
    for name, text in CASES.items():
        (tmp_path / name).write_text(
            text.replace('answers: ["2.1.1"]', 'answers: ["2.1.2"]'), encoding="utf-8"
        )
    result = evaluate_retrieval((data, tmp_path), tmp_path)
    assert "0.85 not reached" in result.stdout
    assert result.exit_code == 1


def test_retrieval_as_json_holds_everything(folders: tuple[Path, Path], tmp_path: Path) -> None:
    told = json.loads(evaluate_retrieval(folders, tmp_path, "--ablation", "--json").stdout)
    (section,) = told["sections"]
    assert section["rows"][0].keys() == {"ours", "plain", "ahead", "must", "is_met"}
    assert {"confidence", "observed", "cases"} == section["reliability"][0].keys()
    assert told["ablations"][0]["costs"][0]["changes"][0]["value"] == 0


def test_what_belongs_to_retrieval_alone_is_refused_without_it() -> None:
    result = RUNNER.invoke(app, ["evaluate", "--ablation"])
    assert result.exit_code == 2
    assert "--retrieval" in result.output


def test_an_open_set_whose_folder_is_not_named_ends_in_two_plain_lines(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    result = evaluate_retrieval(folders, tmp_path, "--sets", "or_sharc")
    assert result.exit_code == 1
    assert "--open" in result.output


def evaluate_retrieval(folders: tuple[Path, Path], tmp_path: Path, *options: str) -> Result:
    data, cases = folders
    arguments = ["evaluate", "--retrieval", "--cases", str(cases), "--data", str(data), *options]
    return RUNNER.invoke(app, arguments, env={"ASSISTANT_EVALUATION__CACHE_DIR": str(tmp_path / "cache")})
