"""Search over a store, made of real documents with a stand-in for the embedder."""

from __future__ import annotations

from pathlib import Path

from assistant.retriever import HybridRetriever
from corpus.documents import Part
from corpus.settings import RetrievalSettings
from tests.api.making import open_store, settings_for, write_library
from tests.assistant.sessions.small import REVIEW
from tests.stand_ins import WordsEmbedder


def test_of_parts_that_are_asked_for_nothing_else_is_found(tmp_path: Path) -> None:
    library = write_library(tmp_path / "library", {"k.md": REVIEW})
    with open_store(settings_for(tmp_path / "data"), library, WordsEmbedder()) as store:
        retriever = HybridRetriever(store=store, settings=RetrievalSettings())
        everything = retriever.results("tired")
        learned = retriever.results("tired", parts=frozenset({Part.KEY_LEARNING}))
    parts = {item.live.passage.part for item in everything.found}
    assert {None, Part.KEY_LEARNING, Part.DISCUSSION_POINT} <= parts
    assert {item.live.passage.part for item in learned.found} == {Part.KEY_LEARNING}
    assert len(learned.found) == 2
