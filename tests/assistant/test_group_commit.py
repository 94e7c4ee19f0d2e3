"""Written in one go for all who wait, in order of arrival; nobody waits for long, or for others' faults."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from assistant.group_commit import GroupCommit
from corpus.errors import StoreBusy, StoreError

_LONG = 30.0
"""Seconds; no test waits for so long, unless it fails."""


class Paper:
    """What is written, one list a write. A write of an item that has a gate goes on when that is open."""

    def __init__(self) -> None:
        self.written: list[list[int]] = []
        self.faults: dict[int, BaseException] = {}
        self.gates: defaultdict[int, threading.Event] = defaultdict(threading.Event)
        self.begun = threading.Event()

    @property
    def items(self) -> list[int]:
        return [item for written in self.written for item in written]

    def __call__(self, items: Sequence[int]) -> None:
        self.begun.set()
        for item in items:
            if item in self.gates:
                assert self.gates[item].wait(_LONG)
            if item in self.faults:
                raise self.faults[item]
        self.written.append(list(items))


class People:
    """Each brings an item in a thread of its own, and stands in the line before the next one comes."""

    def __init__(self, paper: Paper, patience: float = _LONG) -> None:
        self.line = GroupCommit(paper, patience)
        self._paper = paper
        self._threads = ThreadPoolExecutor(64)

    def bring(self, item: int) -> Future[None]:
        arrived = len(self.line._line)
        put = self._threads.submit(self.line.put, item)
        _until(lambda: len(self.line._line) > arrived or put.done())
        return put

    def begin(self, item: int) -> Future[None]:
        """Bring the item and begin to write it, until its gate is opened."""
        self._paper.gates[item].clear()
        put = self._threads.submit(self.line.put, item)
        assert self._paper.begun.wait(_LONG)
        return put

    def leave(self) -> None:
        for gate in self._paper.gates.values():
            gate.set()
        self._threads.shutdown()


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def people(paper: Paper) -> Iterator[People]:
    people = People(paper)
    yield people
    people.leave()


@pytest.fixture
def hurried(paper: Paper) -> Iterator[People]:
    """They wait for a second."""
    people = People(paper, patience=1.0)
    yield people
    people.leave()


def test_alone_everybody_writes_at_once(paper: Paper, people: People) -> None:
    for item in range(3):
        people.line.put(item)
    assert paper.written == [[0], [1], [2]]


def test_all_who_wait_are_in_the_next_write_in_order_of_arrival(paper: Paper, people: People) -> None:
    puts = [people.begin(0), *(people.bring(item) for item in range(1, 50))]

    paper.gates[0].set()

    for put in puts:
        put.result(_LONG)
    assert paper.written == [[0], list(range(1, 50))]


def test_nobody_waits_for_more_than_one_write_before_their_own(paper: Paper) -> None:
    def write(items: Sequence[int]) -> None:
        time.sleep(0.05)
        paper(items)

    line, start = GroupCommit(write, patience=0.75), threading.Barrier(40)

    def put(item: int) -> None:
        start.wait()
        for at in range(5):
            line.put(10 * item + at)

    # One by one, each would wait for 39 others, two seconds.
    with ThreadPoolExecutor(40) as threads:
        list(threads.map(put, range(40)))
    assert sorted(paper.items) == [10 * item + at for item in range(40) for at in range(5)]


def test_a_fault_of_the_database_is_told_to_all_it_befell_and_the_next_go_on(
    paper: Paper, people: People
) -> None:
    paper.faults[0] = StoreError("The disk is full.")
    first, second = people.begin(0), people.bring(1)
    paper.faults[2] = StoreError("It is still full.")
    third = people.bring(2)
    paper.gates[0].set()

    told = [str(put.exception(_LONG)) for put in (first, second, third)]
    people.line.put(3)

    assert told == ["The disk is full.", "It is still full.", "It is still full."]
    assert paper.written == [[3]]


def test_what_cannot_be_written_costs_nobody_else(paper: Paper, people: People) -> None:
    paper.faults[2] = ValueError("not a number")
    puts = [people.begin(0), *(people.bring(item) for item in (1, 2, 3))]

    paper.gates[0].set()

    assert [type(put.exception(_LONG)) for put in puts] == [type(None), type(None), ValueError, type(None)]
    assert paper.written == [[0], [1], [3]]


def test_whoever_is_broken_off_while_writing_hands_on(paper: Paper, people: People) -> None:
    paper.faults[1] = KeyboardInterrupt()
    first, writer, other = people.begin(0), people.bring(1), people.bring(2)
    paper.gates[0].set()

    first.result(_LONG)
    assert isinstance(writer.exception(_LONG), KeyboardInterrupt)
    with pytest.raises(StoreError, match="broken off"):
        other.result(_LONG)
    people.line.put(3)
    assert paper.written == [[0], [3]]


def test_whoever_has_waited_too_long_leaves_and_the_others_stay_in_order(
    paper: Paper, hurried: People
) -> None:
    first, impatient = hurried.begin(0), hurried.bring(1)
    time.sleep(0.5)
    others = [hurried.bring(2), hurried.bring(3)]

    with pytest.raises(StoreBusy, match="Too many answers wait"):
        impatient.result(_LONG)
    paper.gates[0].set()

    for put in (first, *others):
        put.result(_LONG)
    assert paper.written == [[0], [2, 3]]


def test_nobody_waits_without_end_for_what_others_write(paper: Paper, hurried: People) -> None:
    hanging = paper.gates[1]
    first, second, third = hurried.begin(0), hurried.bring(1), hurried.bring(2)
    paper.gates[0].set()
    first.result(_LONG)

    with pytest.raises(StoreBusy):
        third.result(_LONG)
    assert paper.written == [[0]]
    hanging.set()

    second.result(_LONG)
    hurried.line.put(3)
    assert paper.written == [[0], [1, 2], [3]]


def test_however_short_the_patience_all_is_written_once_or_refused(paper: Paper) -> None:
    line = GroupCommit(paper, patience=0.0005)
    refused: list[int] = []

    def put(thread: int) -> None:
        for item in range(1_000 * thread, 1_000 * thread + 500):
            try:
                line.put(item)
            except StoreBusy:
                refused.append(item)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(put, range(8)))
    line.put(-1)

    everything = {1_000 * thread + at for thread in range(8) for at in range(500)} | {-1}
    assert len(paper.items) == len(set(paper.items))
    assert set(paper.items) | set(refused) == everything


def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _LONG
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.001)
