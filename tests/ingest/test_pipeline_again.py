"""A further ingest brings the store in step with the files, and does no more than it has to."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.documents import Kind
from corpus.settings import IngestSettings
from ingest import pipeline
from ingest.pipeline import IngestPipeline
from ingest.readers.sandbox import ReaderProcess
from ingest.report import Status
from tests.ingest.grounds import LAST, POLICE, SEE, TELL, Grounds, statuses


def test_an_unchanged_file_costs_nothing(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE, TELL)
    grounds.run()

    report = grounds.run()

    assert statuses(report) == {"visits.md": Status.UNCHANGED}
    assert (report.embedded, grounds.embedder.embedded) == (0, [])
    assert grounds.store.register.version_numbers("visits") == [1]


def test_a_changed_paragraph_embeds_that_paragraph_only(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE, TELL, LAST)
    grounds.run()
    told = TELL.replace("should", "must")
    grounds.write("visits.md", SEE, told, LAST)

    report = grounds.run()

    assert statuses(report) == {"visits.md": Status.UPDATED}
    assert (report.embedded, report.outcomes[0].changes) == (1, 1)
    assert all("Parents must be told" in text for text in grounds.embedder.embedded)
    assert grounds.words() == {SEE, told, LAST}
    assert grounds.store.register.quote("visits", 1, *_span(grounds, 1, TELL)) == TELL
    (change,) = grounds.store.register.changes()
    assert (change.version, change.change.before, change.change.after) == (2, TELL, told)


def test_renumbering_paragraphs_embeds_nothing(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE, TELL, LAST)
    grounds.run()
    renumbered = [text.replace("1.", "4.", 1) for text in (SEE, TELL, LAST)]
    grounds.write("visits.md", *renumbered)

    report = grounds.run()

    assert statuses(report) == {"visits.md": Status.UPDATED}
    assert (report.embedded, grounds.embedder.embedded) == (0, [])
    assert grounds.words() == set(renumbered)


def test_words_that_another_document_has_too_are_embedded_once(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE, TELL)
    grounds.run()
    grounds.write("copy-with-more.md", SEE, TELL, LAST)

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


def test_another_passage_length_means_reading_again(grounds: Grounds) -> None:
    grounds.write("visits.md", *(f"Sentence {number} has seven words in it." for number in range(20)))
    grounds.run()
    shorter = IngestSettings(passage_words=40)

    report = IngestPipeline(grounds.store, shorter).run([grounds.folder])

    assert statuses(report) == {"visits.md": Status.UPDATED}
    assert grounds.store.indexes.drifts() == []


def test_a_file_that_reads_the_same_by_other_rules_gets_no_version(
    grounds: Grounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    grounds.write("visits.md", SEE, TELL)
    grounds.run()
    monkeypatch.setattr(pipeline, "RULES", "other")

    assert statuses(grounds.run()) == {"visits.md": Status.UNCHANGED}
    assert grounds.store.register.version_numbers("visits") == [1]
    monkeypatch.setattr(ReaderProcess, "read", lambda *_: pytest.fail("It was read once more."))
    assert statuses(grounds.run()) == {"visits.md": Status.UNCHANGED}


def test_a_kind_that_is_told_later_makes_a_version(grounds: Grounds) -> None:
    grounds.write("visits.md", SEE)
    grounds.run()
    IngestPipeline(grounds.store, grounds.settings.ingest).run([grounds.folder], Kind.BRIEFING)
    assert grounds.store.register.version_numbers("visits") == [1, 2]


def _span(grounds: Grounds, version: int, words: str) -> tuple[int, int]:
    start = grounds.store.register.version("visits", version).text.index(words)
    return start, start + len(words)


def test_earlier_versions_come_in_first_and_only_with_a_new_document(grounds: Grounds) -> None:
    grounds.write("earlier/visits@2025-03-10.md", SEE)
    grounds.write("visits.md", TELL)
    grounds.run()
    register = grounds.store.register
    assert grounds.words() == {TELL}
    assert register.version_numbers("visits") == [1, 2]
    assert SEE in register.version("visits", 1).text
    assert [change.version for change in register.changes("visits")] != []

    again = grounds.run()
    assert statuses(again).keys() == {"visits.md"}
    assert again.count(Status.UNCHANGED) == 2
    assert register.version_numbers("visits") == [1, 2]


def test_a_file_that_equals_its_earlier_version_answers(grounds: Grounds) -> None:
    grounds.write("earlier/visits@2025-03-10.md", SEE)
    grounds.write("visits.md", SEE)
    grounds.run()
    assert grounds.words() == {SEE}
    assert not grounds.store.register.document("visits").withdrawn


def test_an_earlier_version_answers_nothing_when_its_successor_is_refused(grounds: Grounds) -> None:
    grounds.write("earlier/visits@2025-03-10.md", SEE)
    (grounds.folder / "visits.md").write_bytes(b"")
    grounds.run()
    assert grounds.words() == set()
    assert grounds.store.indexes.drifts() == []

    grounds.write("visits.md", TELL)
    grounds.run()
    assert grounds.words() == {TELL}
