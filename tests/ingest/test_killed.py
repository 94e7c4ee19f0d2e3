"""An ingest killed at any moment and run again ends as if nothing had happened, and no reader notices."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from corpus.settings import Settings, VectorSettings
from tests.ingest.killing import all_of, ask_throughout, assert_same, ingest, start, wait_for, write_files

KILLED = -9
KILLS_A_ROUND = {1: 3, 2: 3}
"""Tries to kill an ingest of the folder's first and of its second state, before it is let through."""


class Round:
    """One store's life: both states of the folder taken in, one after the other."""

    def __init__(self, place: Path, url: str | None) -> None:
        vectors = VectorSettings(url=url, collection=f"killed-{uuid4().hex}")
        self.settings = Settings(data_dir=place / f"data-{uuid4().hex}", vectors=vectors)
        self.folder = place / "files"

    def undisturbed(self) -> dict[int, float]:
        """How many seconds each ingest took."""
        seconds = {}
        start(time.time).join()  # what is imported once is not what an ingest takes
        for state in (1, 2):
            write_files(self.folder, state)
            began = time.monotonic()
            self._let_through()
            seconds[state] = time.monotonic() - began
        return seconds

    def disturbed(self, rng: random.Random, seconds: dict[int, float]) -> int:
        """How many ingests were killed while they ran."""
        kills = 0
        for state, tries in KILLS_A_ROUND.items():
            write_files(self.folder, state)
            # Two thirds at most: what an earlier one had done before its kill is not done again.
            moments = [rng.uniform(0, seconds[state] * 2 / 3) for _ in range(tries)]
            kills += sum(self._killed_after(moment) for moment in moments)
            self._let_through()
        return kills

    def everything(self) -> dict[str, Any]:
        return all_of(self.settings, self.folder)

    def _killed_after(self, seconds: float) -> bool:
        process = start(ingest, self.settings, self.folder)
        process.join(seconds)
        process.kill()
        process.join()
        assert process.exitcode in (0, KILLED)
        return bool(process.exitcode == KILLED)

    def _let_through(self) -> None:
        process = start(ingest, self.settings, self.folder)
        process.join()
        assert process.exitcode == 0


def test_killed_at_random_moments_a_rerun_ends_as_an_undisturbed_run(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    plain = Round(tmp_path, url=None)
    seconds = plain.undisturbed()
    expected = plain.everything()
    wanted, kills, rng = request.config.getoption("--kills"), 0, random.Random(20)

    for _ in range(wanted):
        disturbed = Round(tmp_path, url=None)
        kills += disturbed.disturbed(rng, seconds)
        assert_same(disturbed.everything(), expected)
        if kills >= wanted:
            break

    assert kills >= wanted


def test_a_reader_asking_throughout_never_sees_a_part_of_a_document(
    tmp_path: Path, chroma_url: str, request: pytest.FixtureRequest
) -> None:
    plain = Round(tmp_path, chroma_url)
    seconds = plain.undisturbed()
    expected = plain.everything()
    wanted, kills, rng = request.config.getoption("--kills"), 0, random.Random(21)

    for number in range(wanted):
        disturbed = Round(tmp_path, chroma_url)
        ready, stop, findings = (tmp_path / f"{name}-{number}" for name in ("ready", "stop", "findings"))
        reader = start(ask_throughout, disturbed.settings, ready, stop, findings)
        wait_for(ready)
        kills += disturbed.disturbed(rng, seconds)
        stop.touch()
        reader.join()

        found = json.loads(findings.read_text())
        assert found["faults"] == []
        assert found["looks"] > 20
        assert_same(disturbed.everything(), expected)
        if kills >= wanted:
            break

    assert kills >= wanted
