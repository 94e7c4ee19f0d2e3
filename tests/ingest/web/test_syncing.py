"""Kept sources brought in step: what a manual changes, adds and takes away is so in the library, too."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.documents import Kind
from corpus.errors import IngestError, NotFound
from corpus.settings import WebSettings
from corpus.source_list import KeptSource, SourceKind
from ingest.library import Library
from ingest.report import Status
from ingest.syncing import Sync, source_kind
from ingest.web.visits import Seen
from tests.ingest.grounds import SEE, TELL, Grounds
from tests.ingest.web.site import HOST, Reply, Site, chapter, contents, resolver_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Desk:
    """A library, its sources, and what the clock says."""

    def __init__(self, grounds: Grounds, **settings: object) -> None:
        web = WebSettings.model_validate({"private_hosts": (HOST,), "delay_seconds": 0} | settings)
        self.grounds = grounds
        self.now = NOON
        self.library = Library(grounds.store, grounds.settings.ingest, lambda: self.now)
        self.sync = Sync(
            self.library,
            grounds.store,
            grounds.settings.ingest,
            web,
            clock=lambda: self.now,
            sleep=lambda _: None,
            resolver=resolver_of(),
        )

    def keep(self, location: str, **more: object) -> KeptSource:
        kind, place = source_kind(location)
        return self.sync.sources.add(kind, place, self.now, **more)  # type: ignore[arg-type]

    def look(self, source: KeptSource) -> dict[str, Status]:
        """By the last part of each address; of two outcomes the last."""
        report = self.sync.run(self.sync.sources.get(source.id)).report
        return {outcome.source.rpartition("/")[2]: outcome.status for outcome in report.outcomes}

    def titles(self) -> dict[str, str]:
        documents = self.grounds.store.register.documents()
        return {document.id: document.title for document in documents if not document.withdrawn}


@pytest.fixture
def desk(grounds: Grounds) -> Desk:
    return Desk(grounds)


def manual(site: Site, *chapters: str) -> None:
    site.pages = {"/": contents(*((f"/{name}", f"Chapter on {name}") for name in chapters))}
    site.pages |= {f"/{name}": chapter(f"On {name}", f"This is what {name} asks for.") for name in chapters}


def test_a_manual_is_taken_in_page_by_page_and_brought_in_step(site: Site, desk: Desk) -> None:
    manual(site, "referral", "neglect", "supervision")
    source = desk.keep(f"{site.address}/", document_kind=Kind.PROCEDURE)

    assert set(desk.look(source).values()) == {Status.ADDED}
    assert desk.titles() == {
        "referral": "Chapter on referral",
        "neglect": "Chapter on neglect",
        "supervision": "Chapter on supervision",
    }
    assert {d.kind for d in desk.grounds.store.register.documents()} == {Kind.PROCEDURE}

    manual(site, "referral", "neglect", "escalation")
    site.pages["/neglect"] = chapter("On neglect", "This is what neglect asks for now.")
    assert desk.look(source) == {
        "referral": Status.UNCHANGED,
        "neglect": Status.UPDATED,
        "escalation": Status.ADDED,
        "supervision": Status.WITHDRAWN,
    }
    assert "supervision" not in desk.titles()
    (change,) = desk.grounds.store.register.changes("neglect")
    assert (change.change.before, change.change.after) == (
        "This is what neglect asks for.",
        "This is what neglect asks for now.",
    )


def test_what_comes_from_the_web_stays_when_a_folder_is_taken_in(site: Site, desk: Desk) -> None:
    manual(site, "referral")
    desk.look(desk.keep(f"{site.address}/"))
    desk.grounds.write("visits.md", SEE)
    desk.grounds.run()
    assert set(desk.titles()) == {"referral", "visits"}
    (desk.grounds.folder / "visits.md").unlink()
    desk.grounds.run()
    assert set(desk.titles()) == {"referral"}


def test_a_folder_that_is_empty_for_a_while_withdraws_nothing(desk: Desk) -> None:
    desk.grounds.write("visits.md", SEE)
    source = desk.keep(str(desk.grounds.folder))
    assert desk.look(source) == {"visits.md": Status.ADDED}
    (desk.grounds.folder / "visits.md").unlink()
    assert Status.REFUSED in desk.look(source).values()
    assert set(desk.titles()) == {"visits"}


def test_a_dry_run_shows_what_would_be_taken_and_changes_nothing(site: Site, desk: Desk) -> None:
    manual(site, "referral", "neglect")
    source = desk.keep(f"{site.address}/")

    crawl = desk.sync.dry_run(source)

    assert crawl.counts == {Seen.INDEX: 1, Seen.NEW: 2}
    assert desk.titles() == {}
    assert desk.sync.sources.pages(source.id) == {}
    assert desk.sync.sources.get(source.id).tried_at is None


def test_a_site_that_suddenly_asks_everybody_to_log_in_withdraws_nothing(site: Site, desk: Desk) -> None:
    names = [f"chapter{n}" for n in range(12)]
    manual(site, *names)
    source = desk.keep(f"{site.address}/")
    desk.look(source)

    site.pages = {name: Reply(302, headers={"Location": "/login"}) for name in site.pages if name != "/"}
    site.pages |= {"/": contents(("/login", "Log in")), "/login": chapter("Log in")}
    report = desk.sync.run(source).report

    assert report.count(Status.WITHDRAWN) == 0
    assert any("More than half of the pages seem to be gone" in o.reason for o in report.outcomes)
    assert set(names) <= set(desk.titles())


def test_a_page_that_cannot_be_read_is_refused_and_tried_again(site: Site, desk: Desk) -> None:
    manual(site, "referral")
    site.pages["/"] = contents(("/referral", "Referral"), ("/bad.pdf", "A broken file"))

    def bad(headers: Mapping[str, str]) -> Reply:
        if headers.get("If-None-Match"):
            return Reply(304)
        return Reply(body=b"%PDF-1.7 broken", headers={"Content-Type": "application/pdf", "ETag": '"1"'})

    site.pages["/bad.pdf"] = bad
    source = desk.keep(f"{site.address}/")
    assert desk.look(source)["bad.pdf"] is Status.REFUSED
    assert desk.look(source)["bad.pdf"] is Status.REFUSED


def test_a_withdrawn_page_is_not_brought_back_by_its_manual(site: Site, desk: Desk) -> None:
    manual(site, "referral")
    source = desk.keep(f"{site.address}/")
    desk.look(source)
    desk.library.withdraw("referral")
    site.pages["/referral"] = chapter("On referral", "Other words.")
    assert desk.look(source)["referral"] is Status.HELD
    assert desk.titles() == {}


def test_a_busy_site_is_due_when_it_asked_to_be(site: Site, desk: Desk) -> None:
    manual(site, "referral")
    site.pages["/"] = Reply(429, headers={"Retry-After": "10800"})
    source = desk.keep(f"{site.address}/")
    desk.sync.run(source)
    assert desk.sync.sources.get(source.id).next_at == NOON + timedelta(hours=3)


def test_a_folder_is_a_source_too_and_due_by_the_clock(desk: Desk, tmp_path: Path) -> None:
    desk.grounds.write("visits.md", SEE)
    source = desk.keep(str(desk.grounds.folder), every_hours=6.0)
    assert source.kind is SourceKind.FOLDER
    assert source.is_due(NOON)

    assert desk.look(source) == {"visits.md": Status.ADDED}

    kept = desk.sync.sources.get(source.id)
    assert kept.report is not None
    assert kept.report["counts"] == {"added": 1}
    assert not kept.is_due(NOON + timedelta(hours=5))
    assert kept.is_due(NOON + timedelta(hours=6))
    assert {visit.url for visit in desk.sync.dry_run(kept).visits} == {str(desk.grounds.folder / "visits.md")}
    with pytest.raises(IngestError, match="There is no folder"):
        source_kind(str(tmp_path / "nowhere"))


def test_a_folder_that_is_gone_is_noted_and_withdraws_nothing(desk: Desk) -> None:
    desk.grounds.write("deep/visits.md", SEE, TELL)
    source = desk.keep(str(desk.grounds.folder / "deep"))
    desk.look(source)
    (desk.grounds.folder / "deep").rename(desk.grounds.folder / "elsewhere")

    with pytest.raises(IngestError, match="There is no file or folder"):
        desk.sync.run(source)

    assert set(desk.titles()) == {"visits"}
    noted = desk.sync.sources.get(source.id).report
    assert noted is not None
    assert "There is no file or folder" in noted["files"][0]["reason"]


def test_a_folder_that_no_list_could_hold_or_that_is_not_there_is_no_source(tmp_path: Path) -> None:
    named_in_bytes = tmp_path / os.fsdecode(b"caf\xe9")
    named_in_bytes.mkdir()
    for location, told in (
        (named_in_bytes, r"caf\\xe9 holds bytes that are no text"),
        (tmp_path / "nowhere", "There is no folder"),
        (tmp_path / ("x" * 300), "cannot be looked at"),
    ):
        with pytest.raises(IngestError, match=told):
            source_kind(str(location))


def test_a_source_is_kept_once_changed_made_due_and_removed(desk: Desk) -> None:
    first = desk.keep("https://manual.example.org/", every_hours=0.0)
    again = desk.keep("https://manual.example.org/", every_hours=12.0)
    assert (again.id, again.every_hours, len(desk.sync.sources.all())) == (first.id, 12, 1)
    never = desk.keep("https://other.example.org/", every_hours=0.0)
    assert not never.is_due(NOON)
    desk.sync.sources.make_due(never.id)
    assert desk.sync.sources.get(never.id).is_due(NOON)
    desk.sync.sources.note(desk.sync.sources.get(never.id), NOON, {})
    assert not desk.sync.sources.get(never.id).is_due(NOON + timedelta(days=9))
    desk.sync.sources.remove(never.id)
    with pytest.raises(NotFound):
        desk.sync.sources.remove(never.id)
