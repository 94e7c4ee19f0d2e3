"""`assistant evaluate`, with the real model on one chapter and a handful of cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app

RUNNER = CliRunner()
CHAPTER = """---
title: Making a referral
kind: procedure
---
# 2.1 Making a referral

2.1.1 The front door manager must decide on a referral within one working day.
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
