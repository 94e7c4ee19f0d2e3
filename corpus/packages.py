"""Packages that carry the weights of models: found without being imported, their files checked."""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ModelError


@dataclass(frozen=True, slots=True)
class PinnedPackage:
    """`module` is what the `requirement` installs, which may name what belongs to it as well; `options` are
    how pip must be told to."""

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
            raise self.altered(path.name)

    def altered(self, name: str) -> ModelError:
        """What is raised where a file of it is missing or another."""
        return ModelError(
            f"The model file {name} is missing or is not the published one.",
            f"Install the package again: `pip install --force-reinstall {self.options}{self.requirement}`.",
        )


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
