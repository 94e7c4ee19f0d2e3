"""The files as they came, kept under their digest beside the register, for download."""

from __future__ import annotations

import os
from pathlib import Path


def keep(folder: Path, sha256: str, data: bytes) -> Path:
    """Write once, whole or not at all; returns where."""
    target = folder / sha256
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        partial = folder / f".{sha256}.partial"
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    return target
