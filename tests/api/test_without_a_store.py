from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.service import Service
from corpus.database import open_database
from corpus.errors import StoreError
from corpus.ownership import Ownership
from corpus.settings import ChatSettings, DatabaseSettings, RetrievalSettings
from corpus.store import Store
from tests.api.making import QUESTION, settings_for

DANGER = "He is hitting her right now"


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Ownership]:
    ownership = Ownership(tmp_path / "data", "ingest")
    yield ownership
    ownership.release()


def status_of(client: TestClient, question: str) -> str:
    response = client.post("/v1/questions", json={"question": question})
    assert response.status_code == 200
    assert "999" in response.json()["signpost"]
    return str(response.json()["status"])


@pytest.mark.usefixtures("held")
def test_danger_is_signposted_while_another_process_owns_the_store(tmp_path: Path) -> None:
    with TestClient(create_app(settings_for(tmp_path / "data"))) as client:
        assert status_of(client, DANGER) == "immediate_danger"
        assert status_of(client, "My pupil Tom Baker has a bruise") == "case_data"
        assert status_of(client, QUESTION) == "unavailable"
        assert "999" in client.get("/").text
        assert client.get("/healthz").status_code == 200
        for path in ("/readyz", "/v1/documents", "/v1/changes"):
            response = client.get(path)
            assert response.status_code == 503
            assert response.headers["content-type"] == "application/problem+json"
        assert client.post("/v1/search", json={"query": "referral"}).status_code == 503


def test_a_store_that_becomes_free_is_opened_at_the_next_look(held: Ownership, tmp_path: Path) -> None:
    with TestClient(create_app(settings_for(tmp_path / "data"))) as client:
        assert client.get("/readyz").status_code == 503
        held.release()
        assert client.get("/readyz").json() == {"status": "ready", "documents": 0, "passages": 0}


def test_a_store_that_becomes_free_is_opened_also_where_nobody_looks(
    held: Ownership, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.opening._AGAIN_SECONDS", 0.05)
    app = create_app(settings_for(tmp_path / "data"))
    with TestClient(app) as client:
        assert status_of(client, QUESTION) == "unavailable"
        held.release()
        deadline = time.monotonic() + 20
        while not app.state.service.is_open:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert status_of(client, QUESTION) == "not_in_corpus"


def test_a_store_that_is_no_store_does_not_stop_the_service(tmp_path: Path) -> None:
    (tmp_path / "register.sqlite").write_bytes(b"this is no database" * 100)
    with TestClient(create_app(settings_for(tmp_path))) as client:
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 503
        assert status_of(client, DANGER) == "immediate_danger"


@pytest.mark.parametrize(
    ("section", "told"),
    [
        ({"chat": ChatSettings(model="gpt")}, "The chat model gpt has no provider."),
        (
            {"retrieval": RetrievalSettings(reranker="nowhere:make")},
            "The reranker nowhere:make cannot be",
        ),
        ({"database": DatabaseSettings(url="nonsense")}, "ASSISTANT_DATABASE__URL is no address"),
    ],
)
def test_a_wrong_setting_is_told_once_and_danger_is_signposted(
    tmp_path: Path, section: dict[str, object], told: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_for(tmp_path / "data").model_copy(update=section)
    with TestClient(create_app(settings)) as client:
        assert status_of(client, DANGER) == "immediate_danger"
        assert status_of(client, QUESTION) == "unavailable"
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 503
        assert client.get("/v1/documents").status_code == 503
        # Nothing is held on to: a command may look what is wrong.
        Store(settings_for(tmp_path / "data"), "test").close()
    assert caplog.text.count(f"No question can be answered: {told}") == 1
    assert "Traceback" not in caplog.text


def test_a_database_of_a_later_version_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    engine = open_database(DatabaseSettings(), tmp_path)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'later'")
    engine.dispose()
    with TestClient(create_app(settings_for(tmp_path))) as client:
        assert status_of(client, DANGER) == "immediate_danger"
        assert client.get("/readyz").status_code == 503
    assert "its schema later is not known here" in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("fault", [StoreError("The disk is gone."), RuntimeError("segment lost")])
def test_a_store_that_fails_at_run_time_is_told(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise fault

    for method in ("documents", "live", "live_count", "vectors", "quote", "version"):
        monkeypatch.setattr(f"corpus.register.Register.{method}", broken)
    assert status_of(client, DANGER) == "immediate_danger"
    assert status_of(client, QUESTION) == "unavailable"
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503


def test_the_service_opens_and_leaves_a_store_of_its_own(tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "data")
    with TestClient(create_app(settings)) as client:
        assert client.get("/readyz").status_code == 200
    Store(settings, "test").close()


def test_a_store_that_was_given_stays_open(client: TestClient, store: Store) -> None:
    with TestClient(create_app(client.app.state.service.settings, store)) as another:
        assert another.get("/readyz").json()["documents"] == 3
    assert store.register.live_count() > 0


def test_whoever_looks_while_the_store_is_being_opened_is_told_at_once(tmp_path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()
    service = Service(settings_for(tmp_path / "data"))

    def open_slowly() -> None:
        begun.set()
        go_on.wait(10)

    service._open_own = open_slowly  # type: ignore[method-assign]
    opening = threading.Thread(target=service.open)
    opening.start()
    assert begun.wait(5)
    looking = threading.Thread(target=service.open)
    looking.start()
    looking.join(2)
    is_waiting = looking.is_alive()
    go_on.set()
    opening.join()
    looking.join()
    assert not is_waiting
