"""`assistant evaluate --situations`: what applies, beside vector search, with limits that can fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from tests.api.making import open_store, settings_for, write_library
from tests.api.test_evaluating import CASES
from tests.assistant.applicable.library import FILES

RUNNER = CliRunner()
SPLIT = """
development: ["4.4"]
test: ["2.1", "4.5", "5.2", "6.2"]
"""
SITUATIONS = """
- id: s-1
  situation: The parents refuse every visit. No one has seen the children for weeks.
  applies: ["4.4"]
  lookalikes: ["5.2"]
- id: s-2
  situation: A girl of 13 has gone missing from her foster home. She did not come back last night.
  applies: ["5.2"]
  lookalikes: ["4.4"]
- id: s-3
  situation: The father threatened our social worker and pushed her. She is afraid to go there alone.
  applies: ["{right}"]
  lookalikes: ["6.2"]
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("situations-data")
    library = write_library(tmp_path_factory.mktemp("situations-manual"), FILES)
    with open_store(settings_for(folder), library):
        pass
    return str(folder)


def cases(folder: Path, right: str) -> str:
    own = CASES | {"split.yaml": SPLIT, "situations.yaml": SITUATIONS.replace("{right}", right)}
    for name, text in own.items():
        (folder / name).write_text(text, encoding="utf-8")
    return str(folder)


def test_ours_stands_beside_vector_search_and_is_held_against_its_limits(data: str, tmp_path: Path) -> None:
    given = ["evaluate", "--situations", "--json", "--data", data, "--cases"]

    well = RUNNER.invoke(app, [*given, cases(tmp_path, "4.5")])

    (report,) = json.loads(well.output)["reports"]
    values = {measure["name"]: measure["value"] for measure in report["measures"]}
    assert well.exit_code == 0
    assert values["situations: recall of what applies"] == 1
    assert values["situations: precision of applies"] == 1
    assert values["situations: look-alikes under applies"] == 0
    assert values["situations: quotes that equal the source"] == 1
    assert "situations: recall of what applies, by vector search alone" in values

    # The same with a case whose answer is another.
    assert RUNNER.invoke(app, [*given, cases(tmp_path, "6.2")]).exit_code == 1


UNSEEN = """
- id: s-4
  half: test
  unseen: true
  situation: The father threatened our social worker and pushed her. She is afraid to go there alone.
  applies: ["6.2"]
  arguable: ["4.5"]
  lookalikes: ["5.2"]
"""


def test_what_is_arguable_is_neither_right_nor_wrong_and_the_unseen_stand_apart(
    data: str, tmp_path: Path
) -> None:
    folder = Path(cases(tmp_path, "4.5"))
    (folder / "situations-unseen.yaml").write_text(UNSEEN, encoding="utf-8")
    given = ["evaluate", "--situations", "--json", "--data", data, "--cases", str(folder)]

    (report,) = json.loads(RUNNER.invoke(app, given).output)["reports"]

    values = {measure["name"]: measure["value"] for measure in report["measures"]}
    assert values["situations: recall of what applies, never seen"] == 0
    assert values["situations: recall of what applies"] == pytest.approx(2 / 3)
    assert values["situations: precision of applies"] == 1
