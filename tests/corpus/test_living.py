"""Sources, uploads, holds and withdrawals in both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from corpus.documents import Because, Kind
from corpus.errors import NotFound
from corpus.holds import HeldBecause, Hold, Holds
from corpus.recording import Recorder
from corpus.register import Register
from corpus.runs import Runs
from corpus.source_list import PageState, SourceKind, SourceList
from corpus.uploads import Upload, Uploads, UploadState
from tests.corpus.making import NOON, new_version, record

LATER = NOON + timedelta(hours=1)


def test_a_withdrawal_says_why_since_when_and_what_took_its_place(engine: Engine) -> None:
    recorder, register = Recorder(engine), Register(engine)
    record(recorder, new_version("old", "See the child."))
    record(recorder, new_version("new", "See the child first."))

    recorder.withdraw("old", "/files/old.md", Because.SUPERSEDED, NOON, "new")

    document = register.document("old")
    assert (document.because, document.withdrawn_at, document.superseded_by) == (
        Because.SUPERSEDED,
        NOON,
        "new",
    )
    assert recorder.sources()["/files/old.md"].because is Because.SUPERSEDED
    recorder.restore("old")
    document = register.document("old")
    assert (document.withdrawn, document.because, document.superseded_by) == (False, None, None)


def test_holds_are_kept_by_source_and_bytes_and_released(engine: Engine) -> None:
    run = Recorder(engine).begin_run(["/files"], NOON)
    holds = Holds(engine)
    holds.add(Hold("/a.md", "0" * 64, HeldBecause.ROLLED_BACK, NOON, run))
    holds.add(Hold("/a.md", "0" * 64, HeldBecause.ROLLED_BACK, LATER, run))
    holds.add(Hold("/b.md", "1" * 64, HeldBecause.OLDER_THAN_UPLOAD, NOON))
    assert holds.all()["/a.md", "0" * 64].at == LATER
    holds.release_run(run)
    assert list(holds.all()) == [("/b.md", "1" * 64)]
    holds.release("/b.md", "1" * 64)
    assert holds.all() == {}


def test_uploads_wait_in_the_order_in_which_they_came(engine: Engine) -> None:
    uploads = Uploads(engine)
    later = Upload("b" * 32, "b.md", "1" * 64, LATER, Kind.PROCEDURE, publish_on=date(2026, 4, 1))
    uploads.add(later)
    uploads.add(Upload("a" * 32, "a.md", "0" * 64, NOON))
    assert [upload.name for upload in uploads.waiting()] == ["a.md", "b.md"]
    assert uploads.get("b" * 32) == later
    uploads.change("a" * 32, state=UploadState.DISCARDED.value)
    assert uploads.waiting() == [later]
    with pytest.raises(NotFound):
        uploads.get("c" * 32)


def test_a_manuals_pages_are_kept_with_their_links(engine: Engine) -> None:
    sources = SourceList(engine)
    source = sources.add(SourceKind.WEB, "https://manual.example.org/", NOON, max_pages=5)
    one = PageState("https://manual.example.org/a", '"1"', None, "0" * 64, "A", (("https://x/", "X"),), True)
    other = PageState("https://manual.example.org/b", None, "now", "1" * 64, "B", (), False)
    sources.keep_pages(source.id, [one, other], [], NOON)
    sources.keep_pages(source.id, [one], [other.url], LATER)
    assert sources.pages(source.id) == {one.url: one}
    sources.remove(source.id)
    assert sources.all() == []
    assert sources.pages(source.id) == {}


def test_a_source_is_due_again_after_its_hours(engine: Engine) -> None:
    sources = SourceList(engine)
    source = sources.add(SourceKind.FOLDER, "/files", NOON, every_hours=2.0, document_kind=Kind.GUIDANCE)
    assert source.is_due(NOON)
    sources.note(source, NOON, {"counts": {"added": 1}})
    source = sources.get(source.id)
    assert (source.report, source.document_kind) == ({"counts": {"added": 1}}, Kind.GUIDANCE)
    assert (source.is_due(LATER), source.is_due(NOON + timedelta(hours=2))) == (False, True)
    sources.note(source, NOON, {}, wait_hours=5)
    assert sources.get(source.id).next_at == datetime(2026, 3, 2, 17, tzinfo=UTC)


def test_runs_tell_which_versions_are_still_current(engine: Engine) -> None:
    recorder = Recorder(engine)
    record(recorder, new_version("visits", "See the child."))
    record(recorder, new_version("visits", "See the child first."))
    recorder.end_run(2, LATER, {"counts": {"updated": 1}, "files": []})
    runs = Runs(engine)
    newest, oldest = runs.newest()
    assert (newest.finished_at, newest.counts) == (LATER, {"updated": 1})
    assert (oldest.finished_at, oldest.counts) == (None, {})
    assert [version.is_current for version in runs.versions(oldest.id)] == [False]
    assert [version.is_current for version in runs.versions(newest.id)] == [True]
