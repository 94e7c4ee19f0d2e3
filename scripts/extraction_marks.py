"""What was marked by hand in documents, beside what the rules read from them."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from corpus.errors import EvaluationError
from corpus.procedures import Anchored, ReadProcedure
from ingest.procedures import read_procedure
from ingest.readers import read
from ingest.splitting import split
from ingest.structure import Structured, structure

_DIGEST = 16  # hexadecimal digits of the SHA-256 that stand for words which are not ours to copy


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked document: its structure, and the marks as they stand in the file."""

    name: str
    half: str
    document: Structured
    read: ReadProcedure
    marks: Mapping[str, Any]

    def places(self, sort: str) -> list[tuple[tuple[int, int], Mapping[str, Any]]]:
        """The marks of a sort with their spans; words marked twice at an anchor stand there twice."""
        seen: Counter[tuple[str, str]] = Counter()
        found = []
        for mark in self.marks[sort]:
            key = mark["anchor"], mark.get("words", "")
            found.append((self._place(mark, seen[key]), mark))
            seen[key] += 1
        return found

    def _place(self, mark: Mapping[str, Any], earlier: int) -> tuple[int, int]:
        """The span of a mark. Raises EvaluationError where its words do not stand at its anchor."""
        text = self.document.text
        if "start" in mark:
            start, end = mark["start"], mark["end"]
            found = hashlib.sha256(text[start:end].encode()).hexdigest()[:_DIGEST]
            if found != mark["sha256"]:
                raise EvaluationError(f"{self.name}: other words stand at {start}-{end} than were marked.")
            return start, end
        places = self.document.sections
        for section, following in zip(places, [*places[1:], None], strict=True):
            if section.anchor == mark["anchor"]:
                end = following.start if following else len(text)
                words = re.escape(mark["words"])
                spans = [match.span() for match in re.finditer(words, text[section.start : end])]
                if len(spans) > earlier:
                    return section.start + spans[earlier][0], section.start + spans[earlier][1]
        raise EvaluationError(f"{self.name}: '{mark['words']}' does not stand at {mark['anchor']}.")

    def covers(self, place: Anchored) -> bool:
        """Whether the place lies in what was marked; all of it was, where no ranges are given."""
        ranges = self.marks.get("ranges")
        return not ranges or any(one["start"] <= place.start < one["end"] for one in ranges)


def load(file: Path, folders: Sequence[Path]) -> Marked | None:
    """A file of marks with its document, None where that lies in none of the folders."""
    marks = yaml.safe_load(file.read_text("utf-8"))
    name = marks["document"]
    path = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if path is None:
        return None
    document = structure(read(path.read_bytes(), name), name)
    passages = split(path.stem, document)
    found = read_procedure(path.stem, document.title, document.text, document.sections, passages)
    return Marked(name, marks["half"], document, found, marks)


def all_places(read: ReadProcedure) -> Iterator[Anchored]:
    """Every place of everything that was read."""
    for items in (read.triggers, read.duties, read.time_limits, read.named, read.references, read.stages):
        for item in items:
            yield from _places_of(item)


def _places_of(value: object) -> Iterator[Anchored]:
    if isinstance(value, Anchored):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _places_of(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _places_of(getattr(value, name))


def offsets_open_at_their_words(marked: Marked) -> int:
    """How many places there are. Raises EvaluationError for one whose offsets do not open at its words."""
    count = 0
    for place in all_places(marked.read):
        count += 1
        if not place.words or marked.document.text[place.start : place.end] != place.words:
            raise EvaluationError(f"{marked.name}: {place} does not open at its words.")
    return count
