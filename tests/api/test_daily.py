from __future__ import annotations

import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from api.daily import DailyPurge
from api.service import Service
from assistant.archive import Archive
from assistant.records import Records
from assistant.retention import Purged, Retention
from corpus.errors import StoreError
from corpus.store import Store
from tests.api.making import settings_for
from tests.assistant.recording import CONVERSATION, NOON, Clock, answered
from tests.stand_ins import WordsEmbedder


def wait_for(log: pytest.LogCaptureFixture, words: str) -> None:
    deadline = time.monotonic() + 10
    while words not in log.text:
        assert time.monotonic() < deadline, log.text
        time.sleep(0.01)


def test_what_is_over_its_time_goes_when_the_service_starts(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    settings = settings_for(tmp_path)
    with Store(settings, "test", WordsEmbedder()) as store:
        clock = Clock()
        clock.time = NOON - timedelta(days=365)
        records = Records(store.register.engine, clock)
        records.keep(answered(), CONVERSATION)
        records.close()

        with DailyPurge(Service(settings, store)):
            wait_for(caplog, "The newest record is 1 with the hash")

        [record] = Archive(store.register.engine).all()
    assert record.answer.question == ""
    assert "1 questions" in caplog.text


def test_a_fault_that_nobody_foresaw_does_not_end_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = [OverflowError("date value out of range"), StoreError("The register is busy.")]

    def failing(_: Retention) -> Purged:
        if faults:
            raise faults.pop(0)
        return Purged(0, 0)

    caplog.set_level("INFO")
    monkeypatch.setattr("api.daily._AGAIN_SECONDS", 0.01)
    monkeypatch.setattr(Retention, "purge", failing)
    with (
        Store(settings_for(tmp_path), "test", WordsEmbedder()) as store,
        DailyPurge(Service(settings_for(tmp_path), store)),
    ):
        wait_for(caplog, "Over their time: 0 questions and 0 records.")
    assert "The records could not be purged: OverflowError" in caplog.text


def test_it_ends_with_the_service_and_does_not_stop_it_where_there_is_no_store(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = threading.enumerate()
    with DailyPurge(Service(settings_for(tmp_path))):
        wait_for(caplog, "The records could not be purged: The store is not open.")
    assert threading.enumerate() == before
