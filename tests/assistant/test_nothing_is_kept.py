"""Of a text with case data nothing stays in a file, log, reply or fault, but the labelled suggestion."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.service import Service
from assistant.assembly import Assistant
from assistant.records import Records
from assistant.steps.retrieve import Retrieve
from assistant.steps.screen import Screen
from corpus.settings import Settings
from corpus.store import Store
from tests.api.making import open_store, settings_for, write_library
from tests.assistant.screening import written_texts
from tests.stand_ins import WordsEmbedder

SECRETS = {
    "Mrs Quarnby-Osei refuses consent, may I share?": ("Quarnby", "Osei"),
    "olwethu zkwelani keeps missing school, is it 3 times in 90 days?": ("olwethu", "zkwelani"),
    "dob 14.07.2015, NHS 999 107 4880: which team?": ("14.07.2015", "999 107 4880", "9991074880"),
    "They live at 27 Zinnia Gardens, BN79 4ZT. Who goes?": ("Zinnia", "BN79", "4ZT"),
    "Uncle rang from 07700 900582, how soon is a strategy meeting?": ("07700", "900582"),
    "May I write to k.fennimarsh@postkiste.example?": ("fennimarsh", "postkiste"),
    "Liquidlogic 10448271 and UPN L999337670367: is the visit late?": ("10448271", "L999337670367"),
    "Xanthippa Vole is being hit by her father right now": ("Xanthippa", "Vole"),
}
PIECES = [piece for pieces in SECRETS.values() for piece in pieces]
SUGGESTED = "Mrs [name] refuses consent, may I share?"
EVENT_STREAM = {"Accept": "text/event-stream"}


class Sinks:
    """Everything in the data folder that changes from now on, and everything that is logged."""

    def __init__(self, data: Path, logged: pytest.LogCaptureFixture) -> None:
        self._data = data
        self._logged = logged
        self._before = self._files()

    def hold(self, pieces: Iterable[str] = PIECES) -> list[str]:
        files = self._files()
        # Chroma writes memory that it has not filled, so that a file of before may hold anything.
        changed = [content for path, content in files.items() if self._before.get(path) != content]
        records = repr([vars(record) for record in self._logged.records])
        return [
            piece for piece in pieces if any(stands(piece, sink) for sink in (*changed, records.encode()))
        ]

    def _files(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in self._data.rglob("*") if path.is_file()}


def stands(piece: str, content: bytes) -> bool:
    if piece.isdecimal():
        # Six digits stand in some digest or address sooner or later; alone they stand for what was typed.
        return re.search(rb"(?<![0-9a-fA-F])%b(?![0-9a-fA-F])" % piece.encode(), content) is not None
    forms = {piece, piece.lower(), piece.replace(" ", "+"), piece.replace(" ", "%20")}
    return any(form.encode(code) in content for form in forms for code in ("utf-8", "utf-16-le"))


def repeated_in(*shown: bytes | str) -> list[str]:
    contents = [content.encode() if isinstance(content, str) else content for content in shown]
    return [piece for piece in PIECES if any(stands(piece, content) for content in contents)]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_for(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def embedder() -> WordsEmbedder:
    return WordsEmbedder()


@pytest.fixture(scope="module")
def store(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory, embedder: WordsEmbedder
) -> Iterator[Store]:
    with open_store(settings, write_library(tmp_path_factory.mktemp("library")), embedder) as opened:
        yield opened


@pytest.fixture
def client(settings: Settings, store: Store) -> Iterator[TestClient]:
    with TestClient(create_app(settings, store), raise_server_exceptions=False) as connected:
        yield connected


@pytest.fixture
def sinks(settings: Settings, store: Store, caplog: pytest.LogCaptureFixture) -> Sinks:  # noqa: ARG001 (is open)
    caplog.set_level(logging.DEBUG)
    for name in list(logging.root.manager.loggerDict):
        caplog.set_level(logging.DEBUG, logger=name)
    return Sinks(settings.data_dir, caplog)


@pytest.fixture
def assistant(settings: Settings, store: Store) -> Iterator[Assistant]:
    """One that keeps records."""
    records = Records(store.register.engine)
    yield Assistant(store, settings, records)
    records.close()


def test_what_is_kept_would_be_seen(assistant: Assistant, sinks: Sinks) -> None:
    assert assistant.ask("How soon must a referral be confirmed in writing, if at all?").id
    assert sinks.hold(["confirmed in writing, if at all"])


def test_the_assistant_keeps_nothing_and_shows_no_model_anything(
    assistant: Assistant, embedder: WordsEmbedder, sinks: Sinks
) -> None:
    answers = [assistant.ask(text, "c0ffee" * 5) for text in SECRETS]
    assert {str(answer.status) for answer in answers} == {"case_data", "immediate_danger"}
    assert answers[0].suggestion == SUGGESTED
    assert all(answer.id for answer in answers)
    assert repeated_in(repr(answers), repr(embedder.embedded), repr(vars(assistant.conversations))) == []
    assert sinks.hold() == []


@pytest.mark.parametrize("headers", [{}, EVENT_STREAM], ids=["at once", "as a stream"])
def test_no_reply_of_the_service_repeats_it(
    client: TestClient, headers: dict[str, str], sinks: Sinks
) -> None:
    replies = [client.post("/v1/questions", json={"question": text}, headers=headers) for text in SECRETS]
    replies += [client.post("/v1/search", json={"query": text}) for text in SECRETS]
    assert {reply.status_code for reply in replies} == {200, 422}
    assert SUGGESTED in replies[0].text
    assert [repeated_in(reply.content, repr(reply.headers)) for reply in replies] == [[]] * len(replies)
    assert sinks.hold() == []


def test_the_page_shows_the_suggestion_alone(client: TestClient, sinks: Sinks) -> None:
    form = re.search(r'<form[^>]*method="post"[^>]*action="([^"]+)"', client.get("/").text)
    assert form is not None
    for text in SECRETS:
        page = client.post(form[1], data={"question": text}, headers={"Origin": "http://testserver"})
        assert page.status_code == 200
        assert repeated_in(page.content) == []
    assert sinks.hold() == []


@pytest.mark.parametrize("headers", [{}, EVENT_STREAM], ids=["at once", "as a stream"])
@pytest.mark.parametrize("broken", [Screen, Retrieve, Service])
def test_a_fault_that_repeats_the_text_is_told_without_it(
    client: TestClient,
    broken: type[Any],
    headers: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    sinks: Sinks,
) -> None:
    def fail(_: object, given: object, *__: object) -> None:
        raise ValueError(f"cannot read {given!r} of {list(SECRETS)}")

    monkeypatch.setattr(broken, "ask" if broken is Service else "__call__", fail)
    replies = [client.post("/v1/questions", json={"question": text}, headers=headers) for text in SECRETS]
    replies += [client.post("/v1/search", json={"query": text}) for text in SECRETS]
    assert [repeated_in(reply.content) for reply in replies] == [[]] * len(replies)
    assert sinks.hold() == []


def test_of_many_texts_no_piece_is_kept_or_shown(assistant: Assistant, sinks: Sinks) -> None:
    texts = [text for text in written_texts()[::10] if text.spans]
    shown = repr([assistant.ask(text.text) for text in texts])
    # Shorter pieces stand by chance in any file.
    pieces = [span for text in texts for span in text.spans if len(span) > 6]
    assert len(pieces) > 10
    assert [piece for piece in pieces if piece in shown] == []
    assert sinks.hold(pieces) == []
