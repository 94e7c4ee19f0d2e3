"""What the live documents say is told from what nobody wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.settings import Settings
from corpus.store import Store
from tests.corpus.making import fill, new_version
from tests.stand_ins import WordsEmbedder

TEXTS = (
    "The front door is on 01632 960100, or write to front.door@sample-scp.example.",
    "Staff had heard that Alex might be hurt, and of Leah's mother. Sarah's Law is explained in chapter 2.",
    "Mark each visit on the calendar. A mark on the ear is always examined.",
    "Ask for Jane Tregenza at County Hall, 4 Harbour Row, ZZ9 9ZZ.",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(Settings(data_dir=tmp_path_factory.mktemp("data")), "test", WordsEmbedder()) as store:
        fill(store, new_version("manual", *TEXTS))
        store.vocabulary.update()
        yield store


@pytest.mark.parametrize(
    "words",
    [
        "01632 960100",
        "01632960100",
        "(01632) 960-100",
        "front.door@sample-scp.example",
        "Front.Door@sample-scp.example",
        "ZZ9 9ZZ",
        "4 Harbour Row, ZZ9 9ZZ",
        "Alex",
        "Leah",
        "Jane Tregenza",
        "mark",
        "might be hurt",
    ],
)
def test_published(store: Store, words: str) -> None:
    assert store.publishes(words)


@pytest.mark.parametrize(
    "words",
    [
        "01632 960101",
        "01632 96010",
        "door@sample-scp.examples",
        "ZZ9 9ZY",
        "Alex Thornbury",
        "Alexa",
        "Sarah",
        "Mark",
        "Jane",
        "Tregenza",
        "tregenza",
        "be hurt might",
        "Zofia",
        "",
    ],
)
def test_not_published(store: Store, words: str) -> None:
    assert not store.publishes(words)


def test_what_is_withdrawn_is_published_no_more(tmp_path: Path) -> None:
    with Store(Settings(data_dir=tmp_path), "test", WordsEmbedder()) as store:
        fill(store, new_version("manual", *TEXTS))
        store.vocabulary.update()
        assert store.publishes("01632 960100")
        store.recorder.withdraw("manual", "/files/manual.md")
        assert not store.publishes("01632 960100")
