"""The register keeps its promises on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import event

from corpus.changes import Change, ChangeKind, changes_between
from corpus.database import open_database
from corpus.documents import Section
from corpus.embedding import PassageVectors
from corpus.errors import NotFound
from corpus.passages import Passage
from corpus.recording import NewVersion, Recorder
from corpus.register import Register
from corpus.settings import DatabaseSettings
from corpus.word_pieces import signs_of
from tests.corpus.making import NOON, new_version, passages_of, record

SEE = "The child must be seen alone."
TELL = "Parents should be told, unless that puts the child at risk – “always” ask first."
WRITE = "Write it down within one day."


def test_a_version_comes_back_as_it_was_recorded(register: Register, recorder: Recorder) -> None:
    new = new_version("visits", SEE, TELL)

    assert record(recorder, new) == 1

    version = register.version("visits")
    assert (version.number, version.title, version.kind) == (1, new.title, new.kind)
    assert (version.text, version.original_sha256) == (new.text, new.original_sha256)
    assert (version.last_reviewed, version.next_review) == (new.last_reviewed, None)
    assert register.sections(version.id) == list(new.sections)
    assert register.passages(version.id) == list(new.passages)


def test_times_come_back_with_their_zone_and_in_utc(register: Register, recorder: Recorder) -> None:
    there = NOON.astimezone(timezone(timedelta(hours=9)))

    record(recorder, new_version("visits", SEE), at=there)

    at = register.version("visits").ingested_at
    assert at == NOON
    assert at.utcoffset() == timedelta(0)


def test_documents_are_listed_by_title_with_their_counts(register: Register, recorder: Recorder) -> None:
    record(recorder, new_version("visits", SEE, TELL))
    record(recorder, new_version("contacts", WRITE))

    listed = [(doc.id, doc.version, doc.sections, doc.passages) for doc in register.documents()]
    assert listed == [("contacts", 1, 1, 1), ("visits", 1, 1, 2)]


def test_older_versions_are_kept(register: Register, recorder: Recorder) -> None:
    record(recorder, new_version("visits", SEE))
    record(recorder, new_version("visits", TELL))

    assert register.version_numbers("visits") == [1, 2]
    assert register.version("visits", 1).text == SEE
    assert register.version("visits").text == TELL
    assert register.document("visits").version == 2


def test_a_quote_is_found_by_its_offsets_in_old_versions_too(register: Register, recorder: Recorder) -> None:
    text = "Ask – “why now?” 👪 Then write."
    record(recorder, new_version("visits", text))
    record(recorder, new_version("visits", SEE))

    for start, end in ((0, 3), (4, 5), (6, 16), (17, 18), (19, len(text)), (0, len(text))):
        assert register.quote("visits", 1, start, end) == text[start:end]
    assert register.quote("visits", 2, 0, len(SEE)) == SEE


@pytest.mark.parametrize(
    ("document_id", "version", "start", "end"),
    [
        ("visits", 1, 0, 1000),
        ("visits", 1, 5, 5),
        ("visits", 1, -1, 3),
        ("visits", 2, 0, 3),
        ("none", 1, 0, 3),
    ],
)
def test_a_quote_that_is_not_there_is_not_found(
    register: Register, recorder: Recorder, document_id: str, version: int, start: int, end: int
) -> None:
    record(recorder, new_version("visits", SEE))

    with pytest.raises(NotFound):
        register.quote(document_id, version, start, end)


def test_what_does_not_exist_is_not_found(register: Register) -> None:
    for ask in (register.document, register.version):
        with pytest.raises(NotFound, match="There is no document visits"):
            ask("visits")


def test_only_the_current_version_is_live(register: Register, recorder: Recorder) -> None:
    record(recorder, new_version("visits", SEE, TELL))
    record(recorder, new_version("visits", SEE, WRITE))
    see, tell, write = (passage.id for passage in passages_of("visits", SEE, TELL, WRITE))

    live = register.live([see, tell, write, "unknown"])

    assert live.keys() == {see, write} == register.live_ids()
    assert register.live_count() == 2
    assert {(found.version, found.document_id, found.title) for found in live.values()} == {
        (2, "visits", "On visits")
    }


def test_a_withdrawn_document_answers_nothing_and_keeps_its_versions(
    register: Register, recorder: Recorder
) -> None:
    new = new_version("visits", SEE)
    record(recorder, new)

    assert recorder.withdraw("visits", new.source)

    ids = [new.passages[0].id]
    assert (register.live(ids), register.live_ids(), register.live_count()) == ({}, set(), 0)
    assert (register.vectors(ids), register.candidates(ids)) == ({}, [])
    assert register.document("visits").withdrawn
    assert register.quote("visits", 1, 0, len(SEE)) == SEE


def test_a_document_that_has_moved_is_not_withdrawn_for_its_old_place(
    register: Register, recorder: Recorder
) -> None:
    record(recorder, new_version("visits", SEE, source="/files/old.md"))
    record(recorder, new_version("visits", SEE, source="/files/new.md"))

    assert not recorder.withdraw("visits", "/files/old.md")
    assert not register.document("visits").withdrawn


def test_a_withdrawn_document_is_live_again_with_its_next_version(
    register: Register, recorder: Recorder
) -> None:
    new = new_version("visits", SEE)
    record(recorder, new)
    recorder.withdraw("visits", new.source)

    record(recorder, new)

    assert register.live_ids() == {new.passages[0].id}
    assert not recorder.sources()[new.source].withdrawn


def test_changes_are_kept_newest_first(register: Register, recorder: Recorder) -> None:
    record(recorder, new_version("visits", SEE))
    later = changes_between(passages_of("visits", SEE), passages_of("visits", SEE, TELL))
    record(recorder, new_version("visits", SEE, TELL, changes=later))
    last = changes_between(passages_of("visits", SEE, TELL), passages_of("visits", TELL))
    record(recorder, new_version("visits", TELL, changes=last))
    record(recorder, new_version("contacts", WRITE))

    kept = register.changes()

    assert [(each.version, each.change) for each in kept] == [
        (3, Change(ChangeKind.REMOVED, "visits", SEE, None)),
        (2, Change(ChangeKind.ADDED, "visits", None, TELL)),
    ]
    assert {(each.title, each.at) for each in kept} == {("On visits", NOON)}
    assert register.changes("contacts") == []
    assert register.changes("visits", limit=1) == kept[:1]


def test_long_lists_of_ids_are_no_obstacle(register: Register, recorder: Recorder) -> None:
    new = new_version("visits", *(f"Paragraph {number}." for number in range(2_000)))
    record(recorder, new)

    ids = [passage.id for passage in new.passages]
    assert len(register.live(ids)) == len(register.vectors(ids)) == register.live_count() == 2_000


def test_candidates_come_with_the_vectors_of_their_passage_and_of_its_lines(
    register: Register, recorder: Recorder
) -> None:
    new = new_version("visits", SEE, TELL, WRITE)
    rng = np.random.default_rng(1)
    passage, lines = (rng.random(size, dtype=np.float32) for size in ((3, 8), (4, 8)))
    lines = lines.astype(np.float16).astype(np.float32)
    counts = {SEE: slice(0, 1), TELL: slice(1, 4), WRITE: slice(4, 4)}
    pieces = {
        text: signs_of(rng.standard_normal((count, 8))) for text, count in ((SEE, 5), (TELL, 0), (WRITE, 2))
    }
    new = replace(new, passages=[_with_lines(p, counts[p.text]) for p in new.passages])
    stored = {
        key: PassageVectors(passage[row], lines[counts[p.text]], pieces[p.text])
        for row, (key, p) in enumerate(zip(new.embeddings, new.passages, strict=True))
    }
    recorder.store_embeddings("words@1", stored)
    recorder.record(recorder.begin_run(["/files"], NOON), new, NOON)

    found = {found.live.passage.text: found for found in register.candidates(p.id for p in new.passages)}

    assert {text: one.live.passage for text, one in found.items()} == {p.text: p for p in new.passages}
    for row, text in enumerate((SEE, TELL, WRITE)):
        assert np.array_equal(found[text].vector, passage[row])
        assert np.array_equal(found[text].lines, lines[counts[text]])
        assert np.array_equal(found[text].pieces, pieces[text])


def _with_lines(passage: Passage, rows: slice) -> Passage:
    return replace(passage, lines=passage.lines * len(range(rows.start, rows.stop)))


@pytest.mark.parametrize("read", ["live", "vectors", "candidates"])
def test_what_a_question_reads_is_looked_up_by_key(tmp_path: Path, read: str) -> None:
    engine = open_database(DatabaseSettings(), tmp_path)
    asked: list[tuple[str, Any]] = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2:4]))

    getattr(Register(engine), read)(["a", "b"])

    [(statement, values)] = asked
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    assert [row.detail for row in plan if "SCAN" in row.detail] == []
    engine.dispose()


def test_sections_keep_their_order_and_their_nesting(register: Register, recorder: Recorder) -> None:
    new = new_version("visits", SEE)
    nested = [
        Section(0, None, 1, None, "Visits", "visits", 0, 20),
        Section(1, 0, 2, "1.1", "When", "1.1", 5, 20, page=3),
        Section(2, 1, 3, None, "", "1.1-a", 9, 20, body="All agencies"),
    ]
    fields = {name: getattr(new, name) for name in NewVersion.__dataclass_fields__}
    record(recorder, NewVersion(**fields | {"sections": nested}))

    assert register.sections(register.version("visits").id) == nested
