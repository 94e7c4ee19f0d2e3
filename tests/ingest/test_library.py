"""The acts of the library's keepers, and ingests that leave them be."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from corpus.changes import ChangeKind
from corpus.database import writer_lock
from corpus.documents import Because
from corpus.errors import DiskFull, IngestError, NotFound, TooLarge, UnreadableFile
from corpus.holds import Holds
from corpus.runs import Runs
from corpus.settings import IngestSettings
from corpus.uploads import Upload, UploadState
from ingest.library import Library
from ingest.pipeline import IngestPipeline
from ingest.preview import Preview
from ingest.report import Status
from tests.ingest.grounds import LAST, POLICE, SEE, TELL, WRITE, Grounds, statuses

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TELL_NOW = TELL.replace("should", "must")


@pytest.fixture
def library(grounds: Grounds) -> Library:
    return Library(grounds.store, grounds.settings.ingest, lambda: NOON)


def page(*paragraphs: str, title: str = "Visits") -> bytes:
    return "\n\n".join((f"# {title}", *paragraphs)).encode() + b"\n"


def test_an_upload_answers_nothing_before_it_is_published(grounds: Grounds, library: Library) -> None:
    upload, preview = library.receive("visits.md", page(SEE, TELL))

    assert (preview.document.title, preview.numbered, preview.passages) == ("Visits", ("1.1", "1.2"), 2)
    assert [section.heading for section in preview.headings] == ["Visits"]
    assert grounds.words() == set()
    assert library.uploads.waiting() == [upload]

    outcome = library.publish(upload.id)

    assert (outcome.status, outcome.document_id) == (Status.ADDED, "visits")
    assert grounds.words() == {SEE, TELL}
    assert library.uploads.get(upload.id).state is UploadState.PUBLISHED
    with pytest.raises(NotFound, match="does not wait any more"):
        library.publish(upload.id)


def test_a_preview_tells_what_to_look_at(library: Library) -> None:
    _, preview = library.receive("visits.md", page(SEE, "1.2 Tell them.", LAST.replace("1.3", "1.5")))
    assert "Paragraph 1.2 is followed by 1.5: is something missing or not recognised?" in preview.doubts
    assert "No date of the last review was found." in preview.doubts


def test_a_new_version_is_shown_against_the_present_one(grounds: Grounds, library: Library) -> None:
    grounds.write("visits.md", SEE, TELL, LAST)
    grounds.run()

    upload, preview = library.receive("new.md", page(SEE, TELL_NOW, title="Visits"), document_id="visits")

    assert preview.replaces is not None
    assert [(change.kind, change.anchor) for change in preview.changes] == [
        (ChangeKind.REWORDED, "1.2"),
        (ChangeKind.REMOVED, "1.3"),
    ]
    assert library.publish(upload.id).status is Status.UPDATED
    assert grounds.words() == {SEE, TELL_NOW}
    assert [c.change.kind for c in grounds.store.register.changes()] == [
        ChangeKind.REMOVED,
        ChangeKind.REWORDED,
    ]


def test_uploads_stay_when_a_folder_is_taken_in(grounds: Grounds, library: Library) -> None:
    grounds.write("police.md", POLICE, title="Police")
    grounds.run()
    library.publish(library.receive("visits.md", page(SEE))[0].id)

    report = grounds.run()

    assert statuses(report) == {"police.md": Status.UNCHANGED}
    assert grounds.words() == {SEE, POLICE}


def test_a_file_that_is_a_copy_of_an_upload_is_a_duplicate(grounds: Grounds, library: Library) -> None:
    library.publish(library.receive("visits.md", page(SEE))[0].id)
    (grounds.folder / "copy.md").write_bytes(page(SEE))

    assert statuses(grounds.run()) == {"copy.md": Status.DUPLICATE}
    assert len(grounds.store.register.documents()) == 1


def test_a_stale_file_does_not_come_back_over_a_newer_upload(grounds: Grounds, library: Library) -> None:
    path = grounds.write("visits.md", SEE, TELL)
    grounds.run()
    upload, _ = library.receive("visits.md", page(SEE, TELL_NOW), document_id="visits")
    library.publish(upload.id)

    report = grounds.run()
    assert statuses(report) == {"visits.md": Status.HELD}
    assert "A newer version of this document was uploaded" in report.outcomes[0].reason
    assert grounds.words() == {SEE, TELL_NOW}

    path.write_bytes(page(SEE, WRITE))
    assert statuses(grounds.run()) == {"visits.md": Status.UPDATED}
    assert grounds.words() == {SEE, WRITE}


def test_a_publication_that_is_cut_off_lets_no_stale_file_back(
    grounds: Grounds, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    grounds.write("visits.md", SEE, TELL)
    grounds.run()
    upload, _ = library.receive("visits.md", page(SEE, TELL_NOW), document_id="visits")
    take = IngestPipeline.take

    def killed(*given: Any, **named: Any) -> Any:
        take(*given, **named)
        raise SystemExit

    monkeypatch.setattr(IngestPipeline, "take", killed)
    with pytest.raises(SystemExit):
        library.publish(upload.id)

    monkeypatch.setattr(IngestPipeline, "take", take)
    library.publish(upload.id)
    assert statuses(grounds.run()) == {"visits.md": Status.HELD}
    assert grounds.words() == {SEE, TELL_NOW}


def test_an_upload_that_cannot_be_published_holds_nothing_back(grounds: Grounds, library: Library) -> None:
    grounds.write("visits.md", SEE, TELL)
    grounds.write("other.md", POLICE, title="Other")
    grounds.run()
    data = (grounds.folder / "other.md").read_bytes()
    upload, _ = library.receive("visits.md", data, document_id="visits")

    with pytest.raises(IngestError):
        library.publish(upload.id)
    assert not Holds(grounds.store.register.engine).all()


def test_an_upload_keeps_its_file_when_another_of_the_same_bytes_is_put_aside(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = library.receive("visits.md", page(SEE))
    look = library.preview

    def meanwhile(upload: Upload) -> Preview:
        seen = look(upload)
        library.discard(first.id)
        return seen

    monkeypatch.setattr(library, "preview", meanwhile)
    second, _ = library.receive("visits.md", page(SEE))
    assert library.publish(second.id).status is Status.ADDED


def test_an_upload_stays_when_the_stale_file_leaves_its_folder(grounds: Grounds, library: Library) -> None:
    path = grounds.write("visits.md", SEE, TELL)
    grounds.run()
    upload, _ = library.receive("visits.md", page(SEE, TELL_NOW), document_id="visits")
    library.publish(upload.id)
    path.unlink()

    assert grounds.run().count(Status.WITHDRAWN) == 0
    assert grounds.words() == {SEE, TELL_NOW}


def test_what_was_withdrawn_by_hand_stays_withdrawn_until_it_is_restored(
    grounds: Grounds, library: Library
) -> None:
    grounds.write("visits.md", SEE)
    grounds.run()

    document = library.withdraw("visits")
    assert (document.withdrawn, document.because, document.withdrawn_at) == (True, Because.BY_HAND, NOON)
    assert grounds.words() == set()
    assert statuses(grounds.run()) == {"visits.md": Status.HELD}
    assert grounds.words() == set()

    assert not library.restore("visits").withdrawn
    assert grounds.words() == {SEE}
    assert statuses(grounds.run()) == {"visits.md": Status.UNCHANGED}


@pytest.mark.parametrize("others", [(), ("copy.md",)])
def test_a_withdrawn_file_answers_nothing_under_another_name_either(
    grounds: Grounds, library: Library, others: tuple[str, ...]
) -> None:
    path = grounds.write("visits.md", SEE)
    grounds.run()
    library.withdraw("visits")
    for other in others:
        (grounds.folder / other).write_bytes(path.read_bytes())
    path.rename(grounds.folder / "renamed.md")

    report = grounds.run()
    assert set(statuses(report).values()) == {Status.HELD}
    assert "withdrawn (by hand)" in report.outcomes[0].reason
    assert grounds.words() == set()

    library.restore("visits")
    assert Status.MOVED in statuses(grounds.run()).values()
    assert grounds.words() == {SEE}
    assert [document.id for document in grounds.store.register.documents()] == ["visits"]


def test_a_superseded_file_answers_nothing_under_another_name_either(
    grounds: Grounds, library: Library
) -> None:
    path = grounds.write("old.md", SEE, title="Old")
    grounds.write("new.md", TELL, title="New")
    grounds.run()
    library.supersede("old", "new")
    path.rename(grounds.folder / "older.md")

    assert statuses(grounds.run())["older.md"] is Status.HELD
    assert grounds.words() == {TELL}


def test_a_withdrawal_is_in_force_at_once_also_while_somebody_writes(
    grounds: Grounds, library: Library
) -> None:
    grounds.write("visits.md", SEE)
    grounds.run()
    store = grounds.store

    with writer_lock(store.register.engine, store.data_dir):
        begun = time.monotonic()
        library.withdraw("visits")
        assert time.monotonic() - begun < 1
        assert store.register.live_ids() == set()
    grounds.run()  # the next writer brings the indexes in step

    assert grounds.words() == set()


def test_a_superseded_edition_answers_nothing_and_names_the_newer_one(
    grounds: Grounds, library: Library
) -> None:
    grounds.write("guidance-2023.md", SEE, title="Guidance 2023")
    grounds.run()
    upload, _ = library.receive(
        "guidance-2026.md", page(TELL, title="Guidance 2026"), supersedes="guidance-2023"
    )

    library.publish(upload.id)

    older = grounds.store.register.document("guidance-2023")
    assert (older.because, older.superseded_by) == (Because.SUPERSEDED, "guidance-2026")
    assert grounds.words() == {TELL}
    assert statuses(grounds.run()) == {"guidance-2023.md": Status.HELD}
    assert grounds.words() == {TELL}


def test_superseding_makes_sense_or_is_refused(grounds: Grounds, library: Library) -> None:
    grounds.write("visits.md", SEE)
    grounds.write("police.md", POLICE, title="Police")
    grounds.run()
    with pytest.raises(IngestError, match="cannot supersede itself"):
        library.supersede("visits", "visits")
    with pytest.raises(NotFound):
        library.supersede("visits", "nobody")
    library.withdraw("police")
    with pytest.raises(IngestError, match="is withdrawn itself"):
        library.supersede("visits", "police")


def test_an_upload_goes_live_on_its_day(grounds: Grounds, library: Library) -> None:
    library.receive("visits.md", page(SEE), publish_on=date(2026, 4, 1))
    assert library.publish_due(date(2026, 3, 31)) == []
    assert grounds.words() == set()

    (outcome,) = library.publish_due(date(2026, 4, 1))

    assert outcome.status is Status.ADDED
    assert grounds.words() == {SEE}
    assert library.publish_due(date(2026, 4, 2)) == []


def test_an_upload_that_cannot_go_live_on_its_day_says_why_and_is_not_tried_for_ever(
    grounds: Grounds, library: Library
) -> None:
    library.receive("copy.md", page(SEE), publish_on=date(2026, 4, 1))
    grounds.write("visits.md", SEE)
    grounds.run()

    (outcome,) = library.publish_due(date(2026, 4, 1))

    assert outcome.status is Status.REFUSED
    assert "The same file as" in (library.uploads.waiting()[0].reason or "")
    assert library.publish_due(date(2026, 4, 2)) == []


def test_files_that_cannot_be_taken_are_refused_when_they_are_handed_in(grounds: Grounds) -> None:
    library = Library(grounds.store, IngestSettings(max_file_mb=1))
    with pytest.raises(TooLarge, match="larger than 1 MB"):
        library.receive("big.md", b"x" * 1_000_001)
    for data in (b"", b"%PDF-1.7 damaged", b"\x89PNG\r\n\x1a\n"):
        with pytest.raises(UnreadableFile):
            library.receive("bad.pdf", data)
    with pytest.raises(NotFound):
        library.receive("visits.md", page(SEE), document_id="nobody")
    assert library.uploads.waiting() == []


def test_nothing_is_kept_of_what_was_refused_or_put_aside(grounds: Grounds, library: Library) -> None:
    grounds.write("visits.md", SEE)
    grounds.run()
    originals = grounds.store.originals
    kept = {path.name for path in originals.iterdir()}

    with pytest.raises(UnreadableFile):
        library.receive("bad.pdf", b"%PDF-1.7 damaged")
    once, _ = library.receive("tell.md", page(TELL))
    again, _ = library.receive("tell.md", page(TELL))
    same, _ = library.receive("copy.md", page(SEE))
    library.discard(once.id)
    assert (originals / again.sha256).exists()
    library.discard(again.id)
    library.discard(same.id)

    assert {path.name for path in originals.iterdir()} == kept
    with pytest.raises(NotFound):
        library.discard(again.id)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\me\\visits.md", "visits.md"),
        ("../../etc/passwd", "passwd"),
        ("a\nb\x00c.md", "abc.md"),
        ("x" * 400 + ".md", "x" * 150 + ".md"),
        ("", "document"),
    ],
)
def test_names_of_files_are_made_safe(library: Library, given: str, kept: str) -> None:
    assert library.receive(given, page(SEE))[0].name == kept


def test_an_ingest_rolled_back_leaves_what_was_before(grounds: Grounds, library: Library) -> None:
    grounds.write("visits.md", SEE, TELL)
    grounds.write("police.md", POLICE, title="Police")
    grounds.run()
    before = grounds.words()
    grounds.write("visits.md", SEE, TELL_NOW)
    grounds.write("late.md", LAST, title="Late")
    (grounds.folder / "police.md").unlink()
    run = grounds.run().run
    assert run is not None
    assert grounds.words() == {SEE, TELL_NOW, LAST}

    report = library.roll_back(run)

    assert {outcome.document_id: outcome.status for outcome in report.outcomes} == {
        "visits": Status.ROLLED_BACK,
        "late": Status.WITHDRAWN,
        "police": Status.RESTORED,
    }
    assert grounds.words() == before
    register = grounds.store.register
    assert register.version_numbers("visits") == [1, 2, 3]
    assert TELL_NOW in register.version("visits", 2).text
    assert register.changes("visits")[0].change.after == TELL
    # The files are as they were, so nothing that was rolled back comes in by itself again.
    found = statuses(grounds.run())
    assert (found["visits.md"], found["late.md"]) == (Status.HELD, Status.HELD)
    assert {SEE, TELL} <= grounds.words()
    assert LAST not in grounds.words()


def test_what_was_rolled_back_does_not_come_in_under_another_name(grounds: Grounds, library: Library) -> None:
    path = grounds.write("visits.md", SEE, TELL)
    grounds.run()
    grounds.write("visits.md", SEE, TELL_NOW)
    late = grounds.write("late.md", LAST, title="Late")
    library.roll_back(grounds.run().run or 0)
    path.rename(grounds.folder / "moved.md")
    late.rename(grounds.folder / "later.md")

    report = grounds.run()

    assert statuses(report) == {"moved.md": Status.HELD, "later.md": Status.HELD}
    assert grounds.words() == {SEE, TELL}


def test_a_corrected_file_comes_in_after_a_roll_back(grounds: Grounds, library: Library) -> None:
    grounds.write("visits.md", SEE, TELL)
    grounds.run()
    grounds.write("visits.md", SEE, TELL_NOW)
    library.roll_back(grounds.run().run or 0)
    grounds.write("visits.md", SEE, WRITE)

    assert statuses(grounds.run()) == {"visits.md": Status.UPDATED}
    assert grounds.words() == {SEE, WRITE}


def test_a_roll_back_can_itself_be_rolled_back(grounds: Grounds, library: Library) -> None:
    grounds.write("visits.md", SEE, TELL)
    grounds.run()
    grounds.write("visits.md", SEE, TELL_NOW)
    grounds.write("late.md", LAST, title="Late")
    after = {SEE, TELL_NOW, LAST}
    undone = library.roll_back(grounds.run().run or 0)

    library.roll_back(undone.run or 0)

    assert grounds.words() == after
    assert set(statuses(grounds.run()).values()) <= {Status.UNCHANGED}
    assert grounds.words() == after


def test_a_document_that_changed_since_is_not_rolled_back(grounds: Grounds, library: Library) -> None:
    grounds.write("visits.md", SEE)
    run = grounds.run().run or 0
    grounds.write("visits.md", SEE, TELL)
    grounds.run()

    (outcome,) = library.roll_back(run).outcomes

    assert (outcome.status, outcome.reason) == (
        Status.PASSED_OVER,
        "A later ingest has changed this document, so it stays as it is.",
    )
    assert grounds.words() == {SEE, TELL}


def test_a_document_that_the_ingest_restored_is_withdrawn_again(grounds: Grounds, library: Library) -> None:
    path = grounds.write("visits.md", SEE)
    grounds.run()
    path.unlink()
    grounds.run()
    grounds.write("visits.md", SEE)
    run = grounds.run()
    assert statuses(run) == {"visits.md": Status.RESTORED}

    library.roll_back(run.run or 0)

    assert grounds.words() == set()


def test_no_such_ingest_is_not_found(library: Library) -> None:
    with pytest.raises(NotFound, match="There is no ingest 9"):
        library.roll_back(9)


def test_runs_tell_what_they_did(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE)
    grounds.run()
    runs = Runs(grounds.store.register.engine)
    (run,) = runs.newest()
    assert run.counts == {"added": 1}
    assert run.documents_that("added") == ["visits"]
    (version,) = runs.versions(run.id)
    assert (version.document_id, version.number, version.is_current) == ("visits", 1, True)
    assert Path(version.source).name == "visits.md"


def test_a_document_is_withdrawn_also_where_the_indexes_have_no_room(
    grounds: Grounds,
    library: Library,
    caplog: pytest.LogCaptureFixture,
    leave_free: Callable[[int | None], None],
) -> None:
    grounds.write("visits.md", SEE)
    grounds.write("police.md", POLICE, title="Police")
    grounds.run()
    leave_free(5_000_000)

    library.withdraw("visits")

    assert {found.passage.text for found in grounds.live()} == {POLICE}
    assert "leaves the indexes later. The disk is full" in caplog.text
    leave_free(None)
    grounds.reopen()
    assert grounds.words() == {POLICE}


def test_an_upload_onto_a_full_disk_is_told_and_leaves_nothing(
    grounds: Grounds, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull, match=r"The disk is full.*Free some space"):
        library.receive("visits.md", page(SEE))

    assert list(grounds.store.originals.iterdir()) == []
    assert library.uploads.waiting() == []


def test_an_upload_that_cannot_be_published_for_want_of_room_waits_on(
    grounds: Grounds, library: Library, leave_free: Callable[[int | None], None]
) -> None:
    upload, _ = library.receive("visits.md", page(SEE))
    leave_free(5_000_000)
    with pytest.raises(DiskFull):
        library.publish(upload.id)
    assert [waiting.id for waiting in library.uploads.waiting()] == [upload.id]

    leave_free(None)
    library.publish(upload.id)
    assert grounds.words() == {SEE}
