"""Sentences of the sample library pass as they stand, and fail with one thing changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.support.checker import SupportChecker
from assistant.support.sources import Source, source_of_text
from tests.stand_ins import WordsEmbedder

LIBRARY = Path(__file__).resolve().parents[3] / "corpus/library/procedures"
CHAPTERS = ("2.3-strategy-discussions.md", "6.1-allegations-against-people-who-work-with-children.md")
PARAGRAPH = re.compile(r"^\d+\.\d+\.\d+ (.+)$", re.MULTILINE)
UNITS = {"working days": "days", "working day": "day", "hours": "days", "days": "weeks", "months": "weeks"}


@pytest.fixture(scope="module")
def checked() -> list[tuple[SupportChecker, str, Source]]:
    """Each sentence that stands alone, with its paragraph."""
    embedder = WordsEmbedder()
    checker = SupportChecker(embedder)
    texts = [(LIBRARY / chapter).read_text(encoding="utf-8") for chapter in CHAPTERS]
    sources = [source_of_text(found, embedder) for text in texts for found in PARAGRAPH.findall(text)]
    return [
        (checker, line.text, source)
        for source in sources
        for line in source.lines
        if not line.text.endswith(":") and '"' not in line.text and not line.text.startswith("They ")
    ]


def changed(sentence: str) -> Iterator[str]:
    """The sentence with one number, unit, binding verb or denial changed."""
    for number in re.finditer(r"(?<![\d.])\d+(?![\d.])", sentence):
        yield f"{sentence[: number.start()]}{int(number[0]) + 3}{sentence[number.end() :]}"
    for verb, other in (("must", "may"), ("must", "should"), ("should", "must"), ("may", "must")):
        if re.search(rf"\b{verb}\b", sentence):
            yield re.sub(rf"\b{verb}\b", other, sentence, count=1)
    for verb in ("must", "should"):
        if re.search(rf"\b{verb} not\b", sentence):
            yield re.sub(rf"\b{verb} not\b", verb, sentence, count=1)
        elif re.search(rf"\b{verb}\b", sentence):
            yield re.sub(rf"\b{verb}\b", f"{verb} not", sentence, count=1)
    unit = next((unit for unit in UNITS if re.search(rf"\d {unit}\b", sentence)), None)
    if unit:
        yield re.sub(rf"(?<=\d ){unit}\b", UNITS[unit], sentence, count=1)


def test_the_library_s_own_sentences_are_supported(checked: list[tuple[SupportChecker, str, Source]]) -> None:
    passed = [checker.check(sentence, [source]).is_supported for checker, sentence, source in checked]
    assert len(passed) > 100
    assert sum(passed) >= 0.98 * len(passed)


def test_a_sentence_with_one_thing_changed_is_not(checked: list[tuple[SupportChecker, str, Source]]) -> None:
    false = [(checker, other, source) for checker, said, source in checked for other in changed(said)]
    released = [text for checker, text, source in false if checker.check(text, [source]).is_supported]
    assert len(false) > 200
    assert released == []
