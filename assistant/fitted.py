"""What was learned for an embedder: `weights/MODEL/NAME.yaml`, each set by a script of its own.

An embedder that nothing was learned for takes what the usual one has; weights of single dimensions mean
nothing for it, so that what is made of those says which embedder it is for.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from corpus.embedding import known_model
from corpus.setting_sections import USUAL_MODEL

_FOLDER = Path(__file__).with_name("weights")


@cache
def fitted(name: str, fingerprint: str) -> Any:
    """For the embedder of this fingerprint, or for the usual one where nothing was learned for it."""
    return yaml.safe_load(path_of(name, fingerprint).read_text(encoding="utf-8"))


def path_of(name: str, fingerprint: str) -> Path:
    """Where that is kept."""
    return _FOLDER / (known_model(fingerprint) or USUAL_MODEL) / f"{name}.yaml"
