"""The plain stack that retrieval is compared with."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from assistant.evaluation.plain import PlainStack
from assistant.evaluation.remembering import RememberingEmbedder
from tests.stand_ins import WordsEmbedder

TEXTS = {"bees": "Register every hive of bees.", "goats": "Tag every goat at birth."}


def test_the_nearest_chunk_stands_first_with_its_place_in_the_text(tmp_path: Path) -> None:
    seen = PlainStack(tmp_path, TEXTS, WordsEmbedder()).search("every goat")
    first = seen.passages[0]
    assert first.document == "goats"
    assert TEXTS["goats"][first.start : first.end] == first.text


def test_confidence_is_the_similarity_of_the_first_hit(tmp_path: Path) -> None:
    seen = PlainStack(tmp_path, TEXTS, WordsEmbedder()).search("Tag every goat at birth.")
    assert seen.confidence == pytest.approx(1, abs=1e-4)


def test_a_hidden_document_is_not_found(tmp_path: Path) -> None:
    stack = PlainStack(tmp_path, TEXTS, WordsEmbedder())
    seen = stack.search("every goat", frozenset({"goats"}))
    assert [shown.document for shown in seen.passages] == ["bees"]
    assert seen.confidence < stack.search("every goat").confidence
    assert stack.search("every goat", frozenset(TEXTS)).confidence == 0


def test_long_texts_are_cut_into_overlapping_chunks(tmp_path: Path) -> None:
    text = " ".join(f"word{number}" for number in range(400))
    shown = PlainStack(tmp_path, {"long": text}, WordsEmbedder()).search("word1").passages
    ordered = sorted(shown, key=lambda chunk: chunk.start)
    assert len(ordered) > 2
    assert all(len(chunk.text) <= 1000 for chunk in ordered)
    assert all(after.start < before.end for before, after in pairwise(ordered))


def test_texts_are_embedded_once_and_again_when_they_have_changed(tmp_path: Path) -> None:
    PlainStack(tmp_path, TEXTS, WordsEmbedder())
    again = WordsEmbedder()
    PlainStack(tmp_path, TEXTS, again)
    assert again.embedded == []
    changed = PlainStack(tmp_path, {"cows": "Milk every cow."}, again)
    assert again.embedded == ["Milk every cow."]
    assert [shown.document for shown in changed.search("every goat").passages] == ["cows"]


def test_a_remembering_embedder_embeds_no_text_twice() -> None:
    inner = WordsEmbedder()
    embedder = RememberingEmbedder(inner)
    first = embedder.embed(["bees", "goats", "bees"])
    assert inner.embedded == ["bees", "goats"]
    assert (embedder.embed(["goats"])[0] == first[1]).all()
    assert inner.embedded == ["bees", "goats"]
    assert embedder.fingerprint == inner.fingerprint
    assert len(embedder.embed([])) == 0
