"""The files as they came, kept under their digest beside the register, for download."""

from __future__ import annotations

from pathlib import Path

from corpus.room import write_whole


def keep(folder: Path, sha256: str, data: bytes) -> Path:
    """Write once, whole or not at all; returns where."""
    target = folder / sha256
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(target, data)
    return target
