from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from threading import Timer

import pytest

from corpus.errors import UnreadableFile
from ingest.readers import read
from ingest.readers.sandbox import ReaderProcess
from tests.ingest.readers.word_maker import docx, p, row, table

MARKDOWN = b"---\ntitle: T\n---\n# Top {#top}\n\n- item\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"


@pytest.fixture(scope="module")
def process() -> Iterator[ReaderProcess]:
    with ReaderProcess() as running:
        yield running


def test_a_reading_comes_back_as_it_was_made(process: ReaderProcess) -> None:
    for data, name in (
        (MARKDOWN, "a.md"),
        (docx(p("Words") + table(row("a", "b"), row("c", "d"))), "a.docx"),
    ):
        assert process.read(data, name) == read(data, name)


def test_a_refusal_comes_back_with_its_advice_and_the_next_file_is_read(process: ReaderProcess) -> None:
    with pytest.raises(UnreadableFile, match="empty") as refusal:
        process.read(b"", "a.txt")
    assert refusal.value.advice
    assert process.read(MARKDOWN, "a.md").metadata == {"title": "T"}


def test_a_small_file_costs_little(process: ReaderProcess) -> None:
    process.read(b"Words.", "a.txt")
    start = time.perf_counter()
    for _ in range(20):
        process.read(b"Words.", "a.txt")
    assert (time.perf_counter() - start) / 20 < 0.05


def test_a_file_that_takes_too_long_is_refused() -> None:
    with (
        ReaderProcess(seconds=0.001) as process,
        pytest.raises(UnreadableFile, match=r"longer than 0\.001 s"),
    ):
        process.read(MARKDOWN, "a.md")


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on memory there")
def test_a_file_that_needs_too_much_memory_is_refused_and_the_next_is_read() -> None:
    with ReaderProcess(memory_mb=200) as process:
        with pytest.raises(UnreadableFile, match="more than 200 MB"):
            process.read(b"word " * 40_000_000, "a.txt")
        assert process.read(MARKDOWN, "a.md").blocks


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")
def test_a_crash_costs_one_file() -> None:
    with ReaderProcess() as process:
        process.read(MARKDOWN, "a.md")
        worker = process._worker
        assert worker is not None
        os.kill(worker.pid, signal.SIGSTOP)
        crash = Timer(0.1, os.kill, (worker.pid, signal.SIGKILL))
        crash.start()
        with pytest.raises(UnreadableFile, match="is damaged"):
            process.read(MARKDOWN, "a.md")
        crash.join()
        assert process.read(MARKDOWN, "a.md").blocks
