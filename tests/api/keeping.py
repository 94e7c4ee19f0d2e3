"""A service of one's own whose library may be changed, as whoever sits at the machine sees it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi.testclient import TestClient

from api.app import create_app
from corpus.settings import Settings
from corpus.store import Store
from tests.api.making import FILES, open_store, settings_for, write_library
from tests.stand_ins import WordsEmbedder

HERE = "http://127.0.0.1:8321"
REFERRAL = "2-1-making-a-referral"
TOKEN = "a-token-of-more-than-24-signs"


@dataclass
class Kept:
    """`client` sends requests from the machine itself; `folder` is what was taken in."""

    client: TestClient
    store: Store
    settings: Settings
    folder: Path

    def upload(self, name: str, text: str, **fields: str) -> dict[str, object]:
        """Hand in a file over HTTP; the answer's body."""
        response = self.client.post("/v1/documents", files={"file": (name, text.encode())}, data=fields)
        body: dict[str, object] = response.json()
        return body

    def publish(self, name: str, text: str, **fields: str) -> dict[str, object]:
        upload = self.upload(name, text, **fields)
        body: dict[str, object] = self.client.post(f"/v1/uploads/{upload['id']}/publish").json()
        return body

    def quotes(self, question: str) -> list[str]:
        """The quoted sentences of an answer."""
        answer = self.client.post("/v1/questions", json={"question": question}).json()
        return [citation["quote"] for citation in answer["citations"]]


def prepare(folder: Path) -> Path:
    """A data folder with the small library in it, to be copied: an ingest for each test takes too long."""
    library = write_library(folder / "library", FILES)
    open_store(settings_for(folder / "data"), library, WordsEmbedder()).close()
    return folder


@contextmanager
def kept(prepared: Path, folder: Path, **api: object) -> Iterator[Kept]:
    """Over a copy of what was prepared; the documents' files stay where they were taken in from."""
    settings = settings_for(folder / "data", **api)
    shutil.copytree(prepared / "data", settings.data_dir)
    library = prepared / "library"
    with Store(settings, "test", WordsEmbedder()) as store:
        app = create_app(settings, store)
        with TestClient(app, base_url=HERE, client=("127.0.0.1", 50000)) as client:
            yield Kept(client, store, settings, library)
