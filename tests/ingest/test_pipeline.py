"""An ingest brings the store in step with the files, and does no more than it has to."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import event

from corpus.documents import Kind
from corpus.errors import DiskFull, IngestError, NotFound, StoreBusy, StoreError
from corpus.settings import DatabaseSettings, IngestSettings, Settings, VectorSettings
from corpus.store import Store
from ingest import originals
from ingest.pipeline import IngestPipeline
from ingest.report import Outcome, Status
from tests.ingest.grounds import Grounds, statuses
from tests.stand_ins import WordsEmbedder

SEE = "1.1 The social worker must see the child alone within five working days."
TELL = "1.2 Parents should be told what happens next, unless that puts the child at risk."
WRITE = "1.3 Each visit is written down by the end of the next working day."
POLICE = "2.1 Police officers join the strategy discussion and share what they know."


@pytest.fixture
def grounds(tmp_path: Path) -> Iterator[Grounds]:
    grounds = Grounds(tmp_path / "files", Settings(data_dir=tmp_path / "data"))
    yield grounds
    grounds.store.close()


def test_all_that_can_be_read_is_taken_in(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE, TELL)
    grounds.write("deep/police.md", POLICE, title="Police")

    report = grounds.run()

    assert statuses(report) == {"visits.md": Status.ADDED, "police.md": Status.ADDED}
    assert grounds.words() == {SEE, TELL, POLICE}
    assert [document.id for document in grounds.store.register.documents()] == ["police", "visits"]


def test_every_passage_and_line_stands_in_the_canonical_text_at_its_offsets(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE, TELL, "- one thing\n- another thing")
    grounds.run()

    version = grounds.store.register.version("visits")
    for passage in grounds.store.register.passages(version.id):
        assert version.text[passage.start : passage.end] == passage.text
        assert all(passage.start <= line.start < line.end <= passage.end for line in passage.lines)


def test_an_unchanged_file_costs_nothing(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE, TELL)
    grounds.run()

    report = grounds.run()

    assert statuses(report) == {"visits.md": Status.UNCHANGED}
    assert (report.embedded, grounds.embedder.embedded) == (0, [])
    assert grounds.store.register.version_numbers("visits") == [1]


def test_a_changed_paragraph_embeds_that_paragraph_only(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE, TELL, WRITE)
    grounds.run()
    told = TELL.replace("should", "must")
    grounds.write("visits.md", SEE, told, WRITE)

    report = grounds.run()

    assert statuses(report) == {"visits.md": Status.UPDATED}
    assert (report.embedded, report.outcomes[0].changes) == (1, 1)
    assert all("Parents must be told" in text for text in grounds.embedder.embedded)
    assert grounds.words() == {SEE, told, WRITE}
    assert grounds.store.register.quote("visits", 1, *_span(grounds, 1, TELL)) == TELL
    (change,) = grounds.store.register.changes()
    assert (change.version, change.change.before, change.change.after) == (2, TELL, told)


def test_renumbering_paragraphs_embeds_nothing(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE, TELL, WRITE)
    grounds.run()
    renumbered = [text.replace("1.", "4.", 1) for text in (SEE, TELL, WRITE)]
    grounds.write("visits.md", *renumbered)

    report = grounds.run()

    assert statuses(report) == {"visits.md": Status.UPDATED}
    assert (report.embedded, grounds.embedder.embedded) == (0, [])
    assert grounds.words() == set(renumbered)


def test_words_that_another_document_has_too_are_embedded_once(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE, TELL)
    grounds.run()
    grounds.write("copy-with-more.md", SEE, TELL, WRITE)

    assert grounds.run().embedded == 1


def test_a_removed_file_is_withdrawn_and_restored_when_it_is_back(grounds: Grounds) -> None:
    path = grounds.write("visits.md", SEE)
    grounds.write("police.md", POLICE, title="Police")
    grounds.run()
    path.unlink()

    assert statuses(grounds.run())["visits.md"] is Status.WITHDRAWN
    assert grounds.words() == {POLICE}
    assert grounds.store.register.quote("visits", 1, *_span(grounds, 1, SEE)) == SEE
    assert "visits.md" not in statuses(grounds.run())

    grounds.write("visits.md", SEE)
    report = grounds.run()
    assert statuses(report)["visits.md"] is Status.RESTORED
    assert report.embedded == 0
    assert grounds.words() == {SEE, POLICE}
    assert statuses(grounds.run())["visits.md"] is Status.UNCHANGED


def test_only_what_lies_under_the_roots_is_withdrawn(grounds: Grounds) -> None:
    path = grounds.write("one/visits.md", SEE)
    grounds.write("two/police.md", POLICE, title="Police")
    grounds.run()
    path.unlink()

    grounds.run(grounds.folder / "two")

    assert grounds.words() == {SEE, POLICE}


def test_a_moved_file_keeps_its_id_and_embeds_nothing(grounds: Grounds) -> None:
    path = grounds.write("visits.md", SEE, TELL)
    grounds.run()
    (grounds.folder / "deep").mkdir()
    path.rename(grounds.folder / "deep" / "home-visits.md")

    report = grounds.run()

    assert statuses(report) == {"home-visits.md": Status.MOVED}
    assert report.embedded == 0
    (document,) = grounds.store.register.documents()
    assert (document.id, document.withdrawn) == ("visits", False)
    assert document.source.endswith("deep/home-visits.md")
    assert grounds.words() == {SEE, TELL}


def test_the_same_file_twice_is_one_document_and_a_duplicate(grounds: Grounds) -> None:
    grounds.write("a.md", SEE)
    grounds.write("b.md", SEE)

    for expected in (Status.ADDED, Status.UNCHANGED):
        report = grounds.run()
        assert statuses(report) == {"a.md": expected, "b.md": Status.DUPLICATE}
        assert report.outcomes[1].reason == f"The same file as {grounds.folder / 'a.md'}."
    assert len(grounds.store.register.documents()) == 1


def test_a_file_that_became_a_copy_of_another_answers_no_more_with_its_old_words(grounds: Grounds) -> None:
    grounds.write("a.md", SEE)
    grounds.write("b.md", POLICE)
    grounds.run()
    grounds.write("b.md", SEE)

    report = grounds.run()

    assert [(Path(each.source).name, each.status) for each in report.outcomes] == [
        ("a.md", Status.UNCHANGED),
        ("b.md", Status.DUPLICATE),
        ("b.md", Status.WITHDRAWN),
    ]
    assert grounds.words() == {SEE}


def test_two_files_that_swap_their_words_are_both_read(grounds: Grounds) -> None:
    grounds.write("a.md", SEE)
    grounds.write("b.md", POLICE)
    grounds.run()
    grounds.write("a.md", POLICE)
    grounds.write("b.md", SEE)

    assert set(statuses(grounds.run()).values()) == {Status.UPDATED}
    assert {(found.document_id, found.passage.text) for found in grounds.live()} == {
        ("a", POLICE),
        ("b", SEE),
    }


def test_a_refused_file_leaves_the_earlier_version_live(grounds: Grounds) -> None:
    grounds.write("police.md", POLICE, title="Police")
    path = grounds.write("visits.md", SEE)
    grounds.run()
    path.write_bytes(b"%PDF-1.7 damaged")

    report = grounds.run()

    assert statuses(report) == {"police.md": Status.UNCHANGED, "visits.md": Status.REFUSED}
    assert not report.is_complete
    assert grounds.words() == {SEE, POLICE}
    assert grounds.store.register.version_numbers("visits") == [1]


@pytest.mark.parametrize("content", [b"", b" \n\n ", b"# \n"])
def test_a_file_without_text_is_refused_with_a_reason_and_advice(grounds: Grounds, content: bytes) -> None:
    (grounds.folder / "empty.md").write_bytes(content)

    (outcome,) = grounds.run().outcomes

    assert (outcome.status, outcome.document_id) == (Status.REFUSED, None)
    assert outcome.reason
    assert outcome.advice
    assert grounds.store.register.documents() == []


def test_originals_are_kept_byte_for_byte(grounds: Grounds) -> None:
    odd = "# Visits\r\n\r\nSee the child \u2013 alone. Café.\r\n".encode("cp1252")
    (grounds.folder / "odd.txt").write_bytes(odd)
    grounds.run()

    version = grounds.store.register.version("odd")
    kept = grounds.store.originals / version.original_sha256
    assert kept.read_bytes() == odd
    assert version.original_sha256 == hashlib.sha256(odd).hexdigest()
    assert [path.name for path in grounds.store.originals.iterdir()] == [version.original_sha256]


def test_an_original_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.EIO, "the disk went")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="the disk went"):
        originals.keep(tmp_path / "originals", "ab12", b"words")
    monkeypatch.undo()

    assert not (tmp_path / "originals" / "ab12").exists()
    assert originals.keep(tmp_path / "originals", "ab12", b"words").read_bytes() == b"words"


def test_a_root_that_is_not_there_changes_nothing(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE)
    grounds.run()

    with pytest.raises(IngestError, match="There is no file or folder"):
        grounds.run(grounds.folder, grounds.folder / "nowhere")

    assert grounds.words() == {SEE}


def test_a_kind_that_is_told_counts_more_than_what_was_recognised(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE)
    pipeline = IngestPipeline(grounds.store, grounds.settings.ingest)

    pipeline.run([grounds.folder], kind=Kind.GUIDANCE)
    assert grounds.store.register.document("visits").kind is Kind.GUIDANCE

    pipeline.run([grounds.folder], kind=Kind.PROCEDURE)
    assert grounds.store.register.document("visits").kind is Kind.PROCEDURE


def test_another_passage_length_means_reading_again(grounds: Grounds) -> None:
    grounds.write("visits.md", *(f"Sentence {number} has seven words in it." for number in range(20)))
    grounds.run()
    shorter = IngestSettings(passage_words=40)

    report = IngestPipeline(grounds.store, shorter).run([grounds.folder])

    assert statuses(report) == {"visits.md": Status.UPDATED}
    assert grounds.store.indexes.drifts() == []


def test_the_report_counts_what_was_done(grounds: Grounds) -> None:
    grounds.write("a.md", SEE, TELL)
    grounds.write("b.md", SEE, TELL)
    grounds.write("c.md", POLICE, title="Police")
    (grounds.folder / "scan.doc").write_bytes(b"old")

    report = grounds.run()

    assert report.statuses == {Status.ADDED: 2, Status.DUPLICATE: 1, Status.REFUSED: 1}
    assert report.embedded == 3
    first = report.outcomes[0]
    assert (first.document_id, first.passages, first.embedded, first.changes) == ("a", 2, 2, 0)
    printed = report.as_json()
    assert printed["counts"] == {"added": 2, "duplicate": 1, "refused": 1}
    assert (printed["embedded"], len(printed["files"])) == (3, 4)
    assert printed["seconds"] > 0


def test_progress_is_told_file_by_file(grounds: Grounds) -> None:
    for name in "abc":
        grounds.write(f"{name}.md", SEE, f"Only in {name}.")
    told: list[tuple[int, int, str]] = []

    IngestPipeline(grounds.store, grounds.settings.ingest).run(
        [grounds.folder], progress=lambda *step: told.append(step)
    )

    assert told[0] == (0, 3, "a.md")
    assert told[-1] == (3, 3, "c.md")
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)


def test_the_clock_that_is_handed_in_is_what_is_recorded(grounds: Grounds) -> None:
    at = datetime(2026, 2, 3, 4, 5, tzinfo=UTC)
    grounds.write("visits.md", SEE)

    IngestPipeline(grounds.store, grounds.settings.ingest, clock=lambda: at).run([grounds.folder])

    assert grounds.store.register.version("visits").ingested_at == at


def test_a_full_disk_while_a_file_is_kept_leaves_the_store_whole(
    grounds: Grounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _two_files_and_then_two_more(grounds)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull, match=r"The disk is full.*Free some space"):
        grounds.run()
    monkeypatch.undo()

    _assert_whole_and_mended(grounds, before)


def test_a_full_disk_while_the_register_is_written_leaves_the_store_whole(grounds: Grounds) -> None:
    before = _two_files_and_then_two_more(grounds)
    engine = grounds.store.register.engine

    def no_more_pages(connection: object, *_: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA max_page_count = 1")  # SQLite takes the present size for the least
        cursor.close()

    engine.dispose()
    event.listen(engine, "connect", no_more_pages)
    grounds.write("visits.md", SEE, *(f"Paragraph {number}. " + "More. " * 90 for number in range(40)))
    with pytest.raises(DiskFull, match=r"The disk is full.*Free some space"):
        grounds.run()
    event.remove(engine, "connect", no_more_pages)

    grounds.reopen()
    assert grounds.words() == before
    grounds.write("visits.md", SEE, WRITE)
    _assert_whole_and_mended(grounds, before)


def test_a_folder_that_cannot_be_written_is_a_store_error(
    grounds: Grounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    grounds.write("visits.md", SEE)
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StoreError, match="cannot be written: Read-only file system"):
        grounds.run()


def _two_files_and_then_two_more(grounds: Grounds) -> set[str]:
    """A store with two documents, of which one has changed since and a third has come; what is live."""
    grounds.write("police.md", POLICE, title="Police")
    grounds.write("visits.md", SEE, TELL)
    grounds.run()
    before = grounds.words()
    grounds.write("visits.md", SEE, WRITE)
    grounds.write("new.md", "3.1 A new procedure.", title="New")
    return before


def _assert_whole_and_mended(grounds: Grounds, before: set[str]) -> None:
    grounds.reopen()
    assert grounds.words() == before
    grounds.run()
    assert grounds.words() == {POLICE, SEE, WRITE, "3.1 A new procedure."}


@pytest.mark.parametrize(
    "cut",
    ["originals.keep", "embed_passages", "Indexes.add", "Recorder.record", "Indexes.remove", "withdraw"],
)
@pytest.mark.parametrize("after", [False, True])
def test_cut_off_at_any_step_the_next_opening_and_run_end_the_same(
    grounds: Grounds, monkeypatch: pytest.MonkeyPatch, cut: str, after: bool
) -> None:
    grounds.write("police.md", POLICE, title="Police")
    grounds.write("visits.md", SEE, TELL)
    grounds.run()
    before = grounds.words()
    grounds.write("visits.md", SEE, WRITE)
    (grounds.folder / "police.md").unlink()
    _cut_off_at(cut, after, monkeypatch)

    with pytest.raises(PowerCut):
        grounds.run()
    monkeypatch.undo()

    grounds.reopen()
    switched = {"Recorder.record": after, "Indexes.remove": True, "withdraw": True}.get(cut, False)
    withdrawn = cut == "withdraw" and after
    assert grounds.words() == (
        ({SEE, WRITE, POLICE} if switched else before) - ({POLICE} if withdrawn else set())
    )
    grounds.run()
    assert grounds.words() == {SEE, WRITE}
    assert grounds.store.register.version_numbers("visits") == [1, 2]


class PowerCut(BaseException):
    """Caught by nothing, as a kill is."""


def _cut_off_at(cut: str, after: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    target = {
        "originals.keep": "ingest.originals.keep",
        "embed_passages": "ingest.pipeline.embed_passages",
        "Indexes.add": "corpus.indexes.Indexes.add",
        "Recorder.record": "corpus.recording.Recorder.record",
        "Indexes.remove": "corpus.indexes.Indexes.remove",
        "withdraw": "corpus.recording.Recorder.withdraw",
    }[cut]
    owner, name = target.rsplit(".", 1)
    step = _resolved(owner, name)

    def cut_off(*arguments: object) -> None:
        if after:
            step(*arguments)
        raise PowerCut

    monkeypatch.setattr(target, cut_off)


def _resolved(owner: str, name: str) -> object:
    return getattr(pytest.importorskip(owner) if owner.islower() else _class(owner), name)


def _class(path: str) -> object:
    module, name = path.rsplit(".", 1)
    return getattr(pytest.importorskip(module), name)


@pytest.mark.parametrize("make", ["sqlite", "postgresql"])
def test_the_second_of_two_ingests_at_once_is_refused(
    tmp_path: Path, chroma_url: str, request: pytest.FixtureRequest, make: str
) -> None:
    url = request.getfixturevalue("postgres_url") if make == "postgresql" else None
    settings = Settings(
        data_dir=tmp_path / "data",
        database=DatabaseSettings(url=url),
        vectors=VectorSettings(url=chroma_url, collection=f"test-{uuid4().hex}"),
    )
    grounds = Grounds(tmp_path / "files", settings)
    grounds.write("visits.md", SEE)
    refused: list[StoreBusy] = []
    with Store(settings, "serve", WordsEmbedder()) as other:

        def ingest_too(*_: object) -> None:
            with pytest.raises(StoreBusy, match="Another process is writing") as refusal:
                IngestPipeline(other, settings.ingest).run([grounds.folder])
            refused.append(refusal.value)

        pipeline = IngestPipeline(grounds.store, settings.ingest)
        report = pipeline.run([grounds.folder], progress=ingest_too)
        again = IngestPipeline(other, settings.ingest).run([grounds.folder])

    assert refused
    assert (report.count(Status.ADDED), again.count(Status.UNCHANGED)) == (1, 1)
    grounds.store.close()


def test_an_embedded_store_that_is_open_refuses_a_second_ingest(grounds: Grounds) -> None:
    with pytest.raises(StoreBusy, match="in use by `assistant ingest`"):
        Store(grounds.settings, "ingest", WordsEmbedder())


def test_outcomes_are_plain_values_for_the_register(grounds: Grounds) -> None:
    outcome = Outcome("a.md", Status.REFUSED, reason="No text.", advice="Check it.")

    assert (outcome.kind, outcome.embedded, list(outcome.warnings)) == (None, 0, [])
    with pytest.raises(NotFound):
        grounds.store.register.document("a")


def _span(grounds: Grounds, version: int, words: str) -> tuple[int, int]:
    start = grounds.store.register.version("visits", version).text.index(words)
    return start, start + len(words)
