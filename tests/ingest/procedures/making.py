"""Chapters written as text and read as any other."""

from __future__ import annotations

from corpus.procedures import Duty, ReadProcedure
from ingest.procedures import read_procedure
from ingest.readers import read
from ingest.splitting import split
from ingest.structure import structure


def read_text(markdown: str, name: str = "chapter.md") -> ReadProcedure:
    """What the rules read from it."""
    document = structure(read(markdown.encode(), name), name)
    passages = split("chapter", document)
    return read_procedure("chapter", document.title, document.text, document.sections, passages, 1)


def read_sentence(sentence: str, heading: str = "What to do") -> ReadProcedure:
    """One numbered paragraph under a heading."""
    return read_text(f"# 1.1 A chapter\n\n## {heading}\n\n1.1.1 {sentence}\n")


def duties(sentence: str, heading: str = "What to do") -> tuple[Duty, ...]:
    return read_sentence(sentence, heading).duties


def actor(duty: Duty) -> str | None:
    return duty.actor.words if duty.actor else None
