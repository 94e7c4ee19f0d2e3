"""The schedule inside the service, and the commands around the kept sources."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.service import Service
from api.syncing import ScheduledSync
from corpus.settings import Settings, WebSettings
from corpus.source_list import SourceKind, SourceList
from corpus.store import Store
from ingest.library import Library
from tests.api.making import ESCALATION, REFERRAL, settings_for
from tests.ingest.web.site import HOST, chapter, contents, resolver_of, running
from tests.stand_ins import WordsEmbedder

APRIL = datetime(2026, 4, 1, 6, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    web = WebSettings(delay_seconds=0, check_seconds=0.05, private_hosts=(HOST,))
    return settings_for(tmp_path / "data").model_copy(update={"web": web})


def titles(store: Store) -> set[str]:
    return {document.title for document in store.register.documents() if not document.withdrawn}


def wait_for(store: Store, expected: set[str]) -> None:
    deadline = time.monotonic() + 10
    while titles(store) != expected:
        assert time.monotonic() < deadline, titles(store)
        time.sleep(0.02)


def test_what_is_due_is_looked_at_and_uploads_go_live_on_their_day(
    settings: Settings, tmp_path: Path
) -> None:
    with running() as site, Store(settings, "test", WordsEmbedder()) as store:
        site.pages = {"/": contents(("/referral", "Making referrals")), "/referral": chapter("Referral")}
        folder = tmp_path / "folder"
        folder.mkdir()
        (folder / "escalation.md").write_text(ESCALATION)
        sources = SourceList(store.register.engine)
        sources.add(SourceKind.WEB, f"{site.address}/", APRIL)
        sources.add(SourceKind.FOLDER, str(folder), APRIL)
        never = sources.add(SourceKind.FOLDER, str(tmp_path / "never"), APRIL, every_hours=0.0)
        library = Library(store, settings.ingest)
        library.receive("referral.md", REFERRAL.encode(), publish_on=APRIL.date())

        with ScheduledSync(Service(settings, store), lambda: APRIL, resolver_of()):
            wait_for(store, {"Making referrals", "Escalation", "Making a referral"})

        assert sources.get(never.id).tried_at is None
        assert all(s.tried_at for s in sources.all() if s.id != never.id)


def test_one_fault_neither_stops_the_schedule_nor_the_other_sources(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Store(settings, "test", WordsEmbedder()) as store:
        (tmp_path / "escalation.md").write_text(ESCALATION)
        sources = SourceList(store.register.engine)
        gone = sources.add(SourceKind.FOLDER, str(tmp_path / "gone"), APRIL)
        sources.add(SourceKind.FOLDER, str(tmp_path / "escalation.md"), APRIL)
        with ScheduledSync(Service(settings, store), lambda: APRIL, resolver_of()):
            wait_for(store, {"Escalation"})
        assert "could not be brought in step" in caplog.text
        report = sources.get(gone.id).report
        assert report is not None
        assert report["counts"] == {"refused": 1}


def test_a_service_that_stops_does_not_wait_for_a_site(settings: Settings) -> None:
    web = settings.web.model_copy(update={"delay_seconds": 30.0})
    settings = settings.model_copy(update={"web": web})
    with running() as site, Store(settings, "test", WordsEmbedder()) as store:
        site.pages = {"/": contents(("/referral", "Referral")), "/referral": chapter("Referral")}
        SourceList(store.register.engine).add(SourceKind.WEB, f"{site.address}/", APRIL)
        with ScheduledSync(Service(settings, store), lambda: APRIL, resolver_of()):
            deadline = time.monotonic() + 5
            while not site.asked["/"] and time.monotonic() < deadline:
                time.sleep(0.02)
            begun = time.monotonic()
        assert time.monotonic() - begun < 5
        assert titles(store) == set()


def test_without_a_store_it_says_so_and_goes_on(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    ScheduledSync(Service(settings)).look()
    assert "What is due could not be looked for: The store is not open." in caplog.text


def test_sources_are_kept_listed_synced_and_removed_from_the_command_line(tmp_path: Path) -> None:
    data = ["--data", str(tmp_path / "data")]
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "escalation.md").write_text(ESCALATION)

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, [*arguments, *data])
        return result.exit_code, result.output

    code, output = run("sync")
    assert (code, "No sources are kept." in output) == (1, True)
    code, output = run("sync", "add", str(tmp_path / "nowhere"))
    assert (code, "There is no folder" in output) == (1, True)
    code, output = run("sync", "add", str(folder), "--every-hours", "6", "--json")
    assert code == 0
    assert json.loads(output)[0]["every_hours"] == 6

    code, output = run("sync", "--dry-run")
    assert (code, "Nothing was changed: this was a dry run." in output) == (0, True)
    code, output = run("sync")
    assert (code, "1 added" in output) == (0, True)
    code, output = run("sync", "--only", "7")
    assert (code, "There is no source 7." in output) == (1, True)

    code, output = run("library", "ingests", "--json")
    assert (code, json.loads(output)[0]["report"]["counts"]) == (0, {"added": 1})
    assert run("library", "withdraw", "escalation")[1].startswith("Escalation answers no questions any more.")
    assert run("library", "restore", "escalation")[1].startswith("Escalation answers questions again.")
    assert run("library", "supersede", "escalation", "--by", "nobody")[0] == 1
    code, output = run("library", "roll-back", "1")
    assert (code, "1 withdrawn" in output) == (0, True)

    assert run("sync", "remove", "1")[0] == 0
    assert "No sources are kept" in run("sync", "list")[1]
