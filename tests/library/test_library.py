"""The sample library keeps its own rules: form, cross-references, time limits, and words of its own."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import corpus
from tests.library.time_limits import TIME_LIMITS, TimeLimit, stated

LIBRARY = Path(corpus.__file__).parent / "library"
RUN = 8
"""As many words in a row in common with a real text are a copy, not chance."""

STATUTORY_TERMS = (
    r"reasonable cause to suspect that a child",
    r"suffering or (?:is )?likely to suffer significant harm",
    r"section \w+ of the(?: \w+){1,6} act \d{4}",
    r"data protection act 2018 and the uk gdpr",
)
"""Words that have to be what they are; a run of common words ends where one of them begins."""


@dataclass(frozen=True)
class Text:
    """A chapter or a briefing. `body` is everything after the front matter."""

    path: Path
    front: dict[str, Any]
    body: str

    def __str__(self) -> str:
        return self.path.stem


def read(path: Path) -> Text:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return Text(path, yaml.safe_load(front), body)


@cache
def chapters() -> tuple[Text, ...]:
    """Six chapters are also shipped as Word or PDF files; their Markdown then lies in `sources`."""
    paths = [path for folder in ("procedures", "sources") for path in LIBRARY.glob(f"{folder}/*.md")]
    return tuple(read(path) for path in sorted(paths, key=lambda path: path.name))


@cache
def briefings() -> tuple[Text, ...]:
    return tuple(read(path) for path in sorted(LIBRARY.glob("briefings/*.md")))


def paragraph_numbers(chapter: Text) -> list[str]:
    return re.findall(r"^(\d+\.\d+\.\d+) ", chapter.body, flags=re.MULTILINE)


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "'").replace("'", ""))


each_chapter = pytest.mark.parametrize("chapter", chapters(), ids=str)


def test_the_manual_has_at_least_28_chapters_each_numbered_once() -> None:
    numbers = Counter(chapter.front["chapter"] for chapter in chapters())
    assert len(numbers) >= 28
    assert [number for number, times in numbers.items() if times > 1] == []


@each_chapter
def test_a_chapter_has_700_to_2500_words(chapter: Text) -> None:
    assert 700 <= len(chapter.body.split()) <= 2500


@each_chapter
def test_a_chapter_opens_with_its_number_and_title(chapter: Text) -> None:
    number, title = chapter.front["chapter"], chapter.front["title"]
    assert chapter.path.name.startswith(f"{number}-")
    assert f"# {number} {title}\n" in chapter.body


@each_chapter
def test_paragraphs_are_numbered_without_a_gap(chapter: Text) -> None:
    found = paragraph_numbers(chapter)
    assert len(found) >= 15
    assert found == [f"{chapter.front['chapter']}.{n}" for n in range(1, len(found) + 1)]


@each_chapter
def test_a_chapter_says_when_it_applies(chapter: Text) -> None:
    assert re.search(r"^\d\S+ This procedure applies when[^\n]*:\n\n- ", chapter.body, flags=re.MULTILINE)


@each_chapter
def test_a_chapter_has_review_dates_and_a_dated_list_of_amendments(chapter: Text) -> None:
    last, following = chapter.front["last_reviewed"], chapter.front["next_review"]
    assert isinstance(last, date)
    assert isinstance(following, date)
    assert last < following
    amendments = chapter.body.partition("\n## Amendments\n\n| Date | Change |\n| --- | --- |\n")[2]
    assert re.match(r"\| \d{1,2} [A-Z][a-z]+ 20\d\d \| \S", amendments)


@pytest.mark.parametrize("text", chapters() + briefings(), ids=str)
def test_every_cross_reference_leads_to_a_chapter_or_paragraph(text: Text) -> None:
    titles = {chapter.front["chapter"]: chapter.front["title"] for chapter in chapters()}
    paragraphs = {number for chapter in chapters() for number in paragraph_numbers(chapter)}
    # Inside parentheses the title follows a comma: "(see chapter 2.1, Making a referral)".
    ends = "|".join(rf" \({re.escape(title)}\)|, {re.escape(title)}\)" for title in titles.values())
    named = re.findall(rf"[Cc]hapter (\d+\.\d+)(?!\.)({ends})?", text.body)
    wrong = [(number, end) for number, end in named if end.strip(" ,()") != titles.get(number)]
    assert wrong == []
    lost = set(re.findall(r"[Pp]aragraph (\d+\.\d+\.\d+)", text.body)) - paragraphs
    assert lost == set()


@pytest.mark.parametrize("limit", TIME_LIMITS, ids=lambda limit: limit.event)
def test_a_time_limit_is_the_same_wherever_it_is_stated(limit: TimeLimit) -> None:
    found = {str(text): stated(limit, text.body) for text in chapters() + briefings()}
    differing = {name: amounts for name, amounts in found.items() if set(amounts) - {limit.amount}}
    assert differing == {}
    assert sum(map(len, found.values())) >= limit.times


def real_words(folder: Path) -> Iterator[list[str]]:
    """The words of each text, web page and record under the folder."""
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".txt", ".html", ".jsonl"} or not path.is_file():
            continue
        text = decoded(path.read_bytes())
        if path.suffix == ".html":
            text = re.sub(r"<[^>]*>", " ", text)
        if path.suffix == ".jsonl":
            text = "\n".join(strings(json.loads(line)) for line in text.splitlines() if line.strip())
        yield words(text)


def decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def strings(value: Any) -> str:
    """Every string inside a JSON value, each on its own line."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        value = list(value.values())
    return "\n".join(strings(item) for item in value) if isinstance(value, list) else ""


def runs(tokens: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(tokens[start:] for start in range(RUN)), strict=False)


def test_no_sentence_is_copied_from_a_real_text(shared_data: Path) -> None:
    ours: dict[tuple[str, ...], str] = {}
    for text in chapters() + briefings():
        for piece in re.split("|".join(STATUTORY_TERMS), " ".join(words(text.body))):
            ours.update((run, str(text)) for run in runs(piece.split()))
    copied = {run for tokens in real_words(shared_data) for run in runs(tokens) if run in ours}
    assert {" ".join(run): ours[run] for run in copied} == {}
