"""The fixed wording of packs, and the rules by which a question or a changed situation is chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def sayings() -> dict[str, Any]:
    """`words.yaml`."""
    read: dict[str, Any] = _read("words.yaml")
    return read


@cache
def scenes() -> dict[str, Any]:
    """`scenes.yaml`."""
    read: dict[str, Any] = _read("scenes.yaml")
    return read


class Fitting:
    """Texts that go with a pattern, and general ones: each is given out once, the first that fits."""

    def __init__(self, patterned: Sequence[dict[str, str]], key: str, general: Sequence[str]) -> None:
        self._patterned = [(re.compile(each["pattern"], re.IGNORECASE), each[key]) for each in patterned]
        self._general: Iterator[str] = iter(general)
        self._used: set[str] = set()

    def fitting(self, *texts: str) -> str | None:
        """For the most telling of `texts` first; None where no unused one fits."""
        for text in texts:
            for pattern, said in self._patterned:
                if said not in self._used and pattern.search(text):
                    self._used.add(said)
                    return said
        return None

    def next(self) -> str | None:
        """The next general one; None where all were given out."""
        return next(self._general, None)


def _read(name: str) -> Any:
    return yaml.safe_load(files("assistant.sessions").joinpath(name).read_text(encoding="utf-8"))
