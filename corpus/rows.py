"""From the register's rows to what the rooms see.

What a question reads by the hundred (passages, live passages, candidates) is taken by place, in the order
of the columns below, and its JSON is parsed here: by name, and parsed by SQLAlchemy, it took twice as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, starmap
from typing import Any

import numpy as np
from orjson import loads
from sqlalchemy import JSON, Row, Text, cast

from corpus.changes import Change, ChangeKind, RecordedChange
from corpus.documents import Because, Document, Kind, Part, Section, Version
from corpus.passages import Candidate, Line, LivePassage, Passage
from corpus.tables import embeddings, passages, versions
from corpus.word_pieces import signs_width

PASSAGE_COLUMNS = tuple(
    cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column
    for column in (passages.c[name] for name in Passage.__dataclass_fields__)
)
LIVE_COLUMNS = (
    *PASSAGE_COLUMNS,
    versions.c.document_id,
    versions.c.number,
    versions.c.title,
    versions.c.kind,
    versions.c.last_reviewed,
)
CANDIDATE_COLUMNS = (*LIVE_COLUMNS, embeddings.c.passage, embeddings.c.lines, embeddings.c.pieces)
_PASSAGE_WIDTH, _LIVE_WIDTH = len(PASSAGE_COLUMNS), len(LIVE_COLUMNS)


def passage_of(row: Sequence[Any]) -> Passage:
    """From a row that begins with PASSAGE_COLUMNS."""
    return _passage(*row[:_PASSAGE_WIDTH])


# The same passages are read for many questions, and to know one again costs little beside taking it apart.
# What is remembered cannot be out of date, for it goes by all that the row says.
@lru_cache(maxsize=8_192)
def _passage(
    id_: str,
    section: int,
    anchor: str,
    number: str | None,
    trail: str,
    text: str,
    start: int,
    end: int,
    page: int | None,
    part: str | None,
    lines: str,
) -> Passage:
    return Passage(
        id_,
        section,
        anchor,
        number,
        tuple(loads(trail)),
        text,
        start,
        end,
        page,
        _part(part),
        tuple(starmap(Line, loads(lines))),
    )


def live_passage_of(row: Sequence[Any]) -> LivePassage:
    """From a row that begins with LIVE_COLUMNS."""
    document_id, number, title, kind, last_reviewed = row[_PASSAGE_WIDTH:_LIVE_WIDTH]
    return LivePassage(passage_of(row), document_id, number, title, Kind(kind), last_reviewed)


def candidates_of(rows: Sequence[Sequence[Any]]) -> list[Candidate]:
    """From rows of CANDIDATE_COLUMNS. The vectors are views of two arrays, read at one go."""
    if not rows:
        return []
    vectors = np.frombuffer(b"".join(row[-3] for row in rows), dtype=np.float32).reshape(len(rows), -1)
    lines = np.frombuffer(b"".join(row[-2] for row in rows), dtype=np.float16).astype(np.float32)
    lines = lines.reshape(-1, vectors.shape[1])
    width = signs_width(vectors.shape[1])
    lives = [live_passage_of(row) for row in rows]
    ends = accumulate(len(live.passage.lines) for live in lives)
    return [
        Candidate(
            live,
            vector,
            lines[end - len(live.passage.lines) : end],
            np.frombuffer(row[-1], dtype=np.uint64).reshape(-1, width),
        )
        for row, live, vector, end in zip(rows, lives, vectors, ends, strict=True)
    ]


def document_of(row: Row[Any]) -> Document:
    return Document(
        id=row.id,
        source=row.source,
        title=row.title,
        kind=Kind(row.kind),
        version=row.number,
        withdrawn=row.withdrawn,
        last_reviewed=row.last_reviewed,
        next_review=row.next_review,
        sections=row.sections,
        passages=row.passages,
        effective_from=row.effective_from,
        because=Because(row.withdrawn_because) if row.withdrawn and row.withdrawn_because else None,
        withdrawn_at=row.withdrawn_at if row.withdrawn else None,
        superseded_by=row.superseded_by if row.withdrawn else None,
    )


def version_of(row: Row[Any]) -> Version:
    return Version(
        id=row.id,
        document_id=row.document_id,
        number=row.number,
        title=row.title,
        kind=Kind(row.kind),
        text=row.text,
        text_sha256=row.text_sha256,
        original_sha256=row.original_sha256,
        original_name=row.original_name,
        media_type=row.media_type,
        ingested_at=row.ingested_at,
        last_reviewed=row.last_reviewed,
        next_review=row.next_review,
        effective_from=row.effective_from,
        run=row.run_id,
        recipe=row.recipe,
        warnings=tuple(row.warnings),
    )


def section_of(row: Row[Any]) -> Section:
    fields = {name: getattr(row, name) for name in Section.__dataclass_fields__}
    return Section(**fields | {"part": _part(row.part)})


def change_of(row: Row[Any]) -> RecordedChange:
    change = Change(
        ChangeKind(row.kind),
        row.anchor,
        row.before,
        row.after,
        row.was,
        bool(row.moved),
        old_span=_span(row.old_start, row.old_end),
        new_span=_span(row.new_start, row.new_end),
        trail=tuple(row.trail or ()),
    )
    return RecordedChange(
        row.document_id, row.title, row.version, change, row.at, row.id, row.previous, row.run_id
    )


def _span(start: int | None, end: int | None) -> tuple[int, int] | None:
    return None if start is None or end is None else (start, end)


def _part(value: str | None) -> Part | None:
    return Part(value) if value else None
