"""What the tests of screening are made of: texts, and a library that publishes its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from assistant.name_model import Span

_CASES = Path(__file__).parents[1] / "cases" / "case_data.yaml"
_TEXTS = Path(__file__).with_name("case_data_texts.yaml")


@dataclass(frozen=True)
class Text:
    """`spans` are the very pieces that are case data; a text without any holds none."""

    text: str
    spans: tuple[str, ...]


@cache
def development_texts() -> tuple[Text, ...]:
    """The cases that rules may be made on."""
    cases = yaml.safe_load(_CASES.read_text(encoding="utf-8"))
    return tuple(Text(case["text"], tuple(case["spans"])) for case in cases if case["half"] == "development")


@cache
def written_texts() -> tuple[Text, ...]:
    entries = yaml.safe_load(_TEXTS.read_text(encoding="utf-8"))
    return tuple(Text(entry["text"], tuple(entry["spans"])) for entry in entries)


def library_publishes(words: str) -> bool:
    """Whether the sample library holds these words; stands in for a store that has taken it in."""
    text, single = _library()
    return words in single or (not words.isalpha() and words in text)


@cache
def _library() -> tuple[str, frozenset[str]]:
    """The text, and its single words."""
    paths = sorted(Path("corpus/library").rglob("*.md"))
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    return text, frozenset(re.findall(r"\w+", text))


class Scores:
    """A recogniser that is sure of the words it is told."""

    def __init__(self, **likelihoods: float) -> None:
        self._likelihoods = likelihoods

    def __call__(self, text: str, words: Sequence[Span]) -> Sequence[float]:
        return [self._likelihoods.get(text[start:end].lower(), 0.0) for start, end in words]
