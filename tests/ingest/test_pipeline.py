"""An ingest takes in all that can be read and tells what it did."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime

import pytest

from corpus.documents import Kind
from corpus.errors import IngestError
from corpus.runs import Runs
from ingest.pipeline import IngestPipeline
from ingest.report import Status
from tests.ingest.grounds import LAST, POLICE, SEE, TELL, WRITE, Grounds, statuses


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


@pytest.mark.parametrize("content", [b"", b" \n\n ", b"# \n"])
def test_a_file_without_text_is_refused_with_a_reason_and_advice(grounds: Grounds, content: bytes) -> None:
    (grounds.folder / "empty.md").write_bytes(content)

    (outcome,) = grounds.run().outcomes

    assert (outcome.status, outcome.document_id) == (Status.REFUSED, None)
    assert outcome.reason
    assert outcome.advice
    assert grounds.store.register.documents() == []


def test_half_a_character_in_a_title_ends_no_ingest(grounds: Grounds) -> None:
    (grounds.folder / "half.md").write_text(f'---\ntitle: "Visits\\ud83d today"\n---\n\n{SEE}\n')
    grounds.write("other.md", TELL)

    assert set(statuses(grounds.run()).values()) == {Status.ADDED}
    assert grounds.store.register.document("half").title == "Visits today"


def test_originals_are_kept_byte_for_byte(grounds: Grounds) -> None:
    odd = "# Visits\r\n\r\nSee the child \u2013 alone. Café.\r\n".encode("cp1252")
    (grounds.folder / "odd.txt").write_bytes(odd)
    grounds.run()

    version = grounds.store.register.version("odd")
    kept = grounds.store.originals / version.original_sha256
    assert kept.read_bytes() == odd
    assert version.original_sha256 == hashlib.sha256(odd).hexdigest()
    assert [path.name for path in grounds.store.originals.iterdir()] == [version.original_sha256]


def test_a_root_that_is_not_there_changes_nothing(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE)
    grounds.run()

    with pytest.raises(IngestError, match="There is no file or folder"):
        grounds.run(grounds.folder, grounds.folder / "nowhere")

    assert grounds.words() == {SEE}


def test_a_kind_that_is_told_counts_more_than_what_was_recognised(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE)
    ingest = IngestPipeline(grounds.store, grounds.settings.ingest)

    ingest.run([grounds.folder], kind=Kind.GUIDANCE)
    assert grounds.store.register.document("visits").kind is Kind.GUIDANCE

    ingest.run([grounds.folder], kind=Kind.PROCEDURE)
    assert grounds.store.register.document("visits").kind is Kind.PROCEDURE


def test_the_report_counts_what_was_done(grounds: Grounds) -> None:
    grounds.write("a.md", SEE, TELL)
    grounds.write("b.md", SEE, TELL)
    grounds.write("c.md", POLICE, title="Police")
    (grounds.folder / "scan.pdf").write_bytes(b"%PDF-1.7 damaged")

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


def test_a_name_that_is_no_text_is_refused_and_the_others_are_taken_in(grounds: Grounds) -> None:
    grounds.write("a.md", SEE)
    grounds.write(os.fsdecode(b"caf\xe9.md"), TELL)
    grounds.write("line\nbreak \x1b[31m.md", WRITE, title="Line")
    grounds.write(f"{'long ' * 45}.md", LAST, title="Long")

    report = grounds.run()

    assert [outcome.status for outcome in report.outcomes].count(Status.ADDED) == 3
    (refused,) = (outcome for outcome in report.outcomes if outcome.status is Status.REFUSED)
    assert refused.source.endswith(r"caf\xe9.md")
    assert "Rename it" in refused.advice
    assert grounds.words() == {SEE, WRITE, LAST}
    names = {
        grounds.store.register.version(each.id).original_name for each in grounds.store.register.documents()
    }
    assert "linebreak [31m.md" in names
    (kept,) = Runs(grounds.store.register.engine).newest(1)
    assert kept.report == json.loads(json.dumps(report.as_json()))


def test_a_folder_whose_own_name_is_no_text_is_told_of_and_noted(grounds: Grounds) -> None:
    path = grounds.write(os.fsdecode(b"files\xff/inside.md"), SEE)

    report = grounds.run(path.parent)

    assert [outcome.status for outcome in report.outcomes] == [Status.REFUSED]
    (kept,) = Runs(grounds.store.register.engine).newest(1)
    assert kept.roots[0].endswith(r"files\xff")
