"""What is recorded is seen whole or not at all, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

import numpy as np
import pytest

from corpus import recording
from corpus.recording import NewVersion, Recorder
from corpus.register import Register
from tests.corpus.making import NOON, keep_embeddings, new_version, passages_of, record
from tests.stand_ins import WordsEmbedder

SEE = "The child must be seen alone."
TELL = "Parents should be told, unless that puts the child at risk – “always” ask first."
WRITE = "Write it down within one day."

T = TypeVar("T")


def test_embeddings_are_kept_by_key_for_passages_and_lines(register: Register, recorder: Recorder) -> None:
    new = new_version("visits", SEE, TELL)
    vectors = keep_embeddings(recorder, new, WordsEmbedder())
    recorder.record(recorder.begin_run([], NOON), new, NOON)

    ids = [passage.id for passage in new.passages]
    lines = {found.live.passage.id: found.lines for found in register.candidates(ids)}
    known = recorder.known_embeddings([*new.embeddings, "unknown"])
    assert known.keys() == set(new.embeddings)
    for row, (passage_id, key) in enumerate(zip(ids, new.embeddings, strict=True)):
        assert np.array_equal(known[key], vectors[row])
        assert np.array_equal(register.vectors(ids)[passage_id], vectors[row])
        assert lines[passage_id] == pytest.approx(vectors[row : row + 1], abs=1e-3)


def test_only_embeddings_that_no_version_uses_are_dropped(recorder: Recorder) -> None:
    old, new, never = (new_version("visits", text) for text in (SEE, TELL, WRITE))
    record(recorder, old)
    record(recorder, new)
    keep_embeddings(recorder, never, WordsEmbedder())

    assert recorder.remove_unused_embeddings() == 1
    assert recorder.known_embeddings([*never.embeddings]) == {}
    assert len(recorder.known_embeddings([*old.embeddings, *new.embeddings])) == 2


def test_state_is_kept_and_replaced(register: Register, recorder: Recorder) -> None:
    assert register.get_state("colour") is None
    for value in ("red", "blue"):
        recorder.set_state("colour", value)
        assert register.get_state("colour") == value


def test_a_version_that_fails_half_way_leaves_no_trace(
    register: Register, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(recorder, new_version("visits", SEE))

    def fail(*_: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(recording, "insert_changes", fail)
    for document_id in ("visits", "contacts"):
        with pytest.raises(RuntimeError):
            record(recorder, new_version(document_id, TELL))

    assert register.version_numbers("visits") == [1]
    assert [document.id for document in register.documents()] == ["visits"]
    assert register.live_ids() == {passages_of("visits", SEE)[0].id}


def test_readers_see_a_version_whole_or_not_at_all(register: Register, recorder: Recorder) -> None:
    states = [_numbered(number) for number in range(1, 16)]
    for state in states:
        keep_embeddings(recorder, state, WordsEmbedder())
    whole = {frozenset(passage.id for passage in state.passages) for state in states}
    record(recorder, states[0])
    run = recorder.begin_run([], NOON)

    with ThreadPoolExecutor(2) as threads:
        done = Event()
        seen = threads.submit(_seen_until, done, lambda: frozenset(register.live_ids()))
        counts = threads.submit(_seen_until, done, lambda: _counts(register))
        for state in states[1:]:
            recorder.record(run, state, NOON)
        done.set()

    assert seen.result() <= whole
    assert counts.result() == {(1, 20)}
    assert frozenset(register.live_ids()) == frozenset(passage.id for passage in states[-1].passages)


def _numbered(number: int) -> NewVersion:
    return new_version("visits", *(f"Paragraph {index} of state {number}." for index in range(20)))


def _counts(register: Register) -> tuple[int, int]:
    document = register.document("visits")
    return document.sections, document.passages


def _seen_until(done: Event, look: Callable[[], T]) -> set[T]:
    seen: set[T] = set()
    while not done.is_set():
        seen.add(look())
    return seen
