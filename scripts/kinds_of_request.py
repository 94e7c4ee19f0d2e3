"""What people and programs ask of the service, by kind; made of the library's own words, ever new."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx

Request = Callable[[int], object]
"""Sends request number n, and reads what comes."""

_EVENTS = {"Accept": "text/event-stream"}
_REPORTS = ("reviews", "stale-references", "coverage", "recommendations", "contradictions", "unanswered")
_LONG, _LONGEST = 2_000, 8_000


@dataclass(frozen=True, slots=True)
class Kind:
    """`share`: how many of these are sent for each question; `prepare` makes what they need, beforehand."""

    name: str
    send: Request
    share: float = 1.0
    prepare: Callable[[], None] = lambda: None


class Texts:
    """Questions, situations and long texts from the sentences of a library; number n is always the same."""

    def __init__(self, client: httpx.Client) -> None:
        self.documents: list[dict[str, Any]] = client.get("/v1/documents").json()
        texts = [client.get(f"/v1/documents/{each['id']}/text").text for each in self.documents]
        self.sentences = [
            sentence
            for text in texts
            for sentence in re.split(r"(?<=[.;:])\s+", text)
            if 6 <= len(sentence.split()) <= 40
        ]

    def question(self, n: int) -> str:
        chosen = random.Random(n)
        words = chosen.choice(self.sentences).split()
        first, other = words[: chosen.randint(4, 10)], chosen.choice(self.sentences).split()[:4]
        return (
            f"{chosen.choice(('What', 'Who', 'When', 'How soon', 'Must we'))} {' '.join([*first, *other])}?"
        )

    def situation(self, n: int) -> str:
        chosen = random.Random(n)
        return " ".join(chosen.choice(self.sentences) for _ in range(4))[:1_900]

    def long(self, n: int, characters: int) -> str:
        """As hostile as text can be: sentences, one endless word, or signs."""
        chosen = random.Random(n)
        if n % 3 == 0:
            return "".join(chosen.choices("abcdefghijklmnopqrstuvwxyz", k=characters))
        if n % 3 == 1:
            return "".join(chosen.choices("abc -.,;:!?'0123456789\n()", k=characters))
        return " ".join(chosen.choices(self.sentences, k=characters // 40))[:characters]


def kinds(client: httpx.Client) -> Iterator[Kind]:
    """All of them, of a running service."""
    texts = Texts(client)
    post, get = partial(_posted, client), partial(_got, client)
    yield Kind("questions", lambda n: post("/v1/questions", {"question": texts.question(n)}))
    yield Kind("conversations of four turns", lambda n: _converse(client, texts, n), 0.25)
    yield Kind("questions as a stream", lambda n: _streamed(client, texts.question(n)))
    yield Kind("questions by the page", lambda n: _form(client, texts.question(n)))
    yield Kind("searches", lambda n: post("/v1/search", _search(texts, n)))
    yield Kind("situations", lambda n: post("/v1/applicable-procedures", {"situation": texts.situation(n)}))
    yield Kind("chat completions", lambda n: post("/v1/chat/completions", _completion(texts, n)), 0.5)
    yield Kind("texts of 2,000 characters", lambda n: _everywhere(client, texts.long(n, _LONG)), 0.25)
    yield Kind("texts of 8,000 characters", lambda n: _everywhere(client, texts.long(n, _LONGEST)), 0.25)
    yield Kind("documents and citations", lambda n: _read(client, texts, n))
    yield Kind("reports", lambda n: get(f"/v1/reports/{_REPORTS[n % len(_REPORTS)]}"), 0.25)
    yield Kind("session packs of 60 minutes", lambda n: _pack(client, texts, n), 0.1)
    for format in ("docx", "pptx", "pdf", "md"):
        exports = _Exports(client, texts, format)
        yield Kind(f"packs as {format}", exports.fetch, 0.25, exports.prepare)
    yield Kind("uploads, published", lambda n: _uploaded(client, texts, n), 0.1)


class _Exports:
    """Files of a few packs in turn."""

    def __init__(self, client: httpx.Client, texts: Texts, format: str) -> None:
        self._client = client
        self._format = format
        self._texts = texts
        self._made: list[str] = []

    def prepare(self) -> None:
        self._made = [_pack(self._client, self._texts, n) for n in range(6)]

    def fetch(self, n: int) -> httpx.Response:
        return _got(self._client, f"/v1/sessions/{self._made[n % len(self._made)]}.{self._format}")


def _posted(client: httpx.Client, path: str, body: dict[str, Any]) -> httpx.Response:
    return client.post(path, json=body)


def _got(client: httpx.Client, path: str) -> httpx.Response:
    return client.get(path)


def _converse(client: httpx.Client, texts: Texts, n: int) -> None:
    conversation = {"conversation_id": f"measured-conversation-number-{n:09}"}
    for turn in range(4):
        asked = texts.question(n) if not turn else f"And {texts.question(4 * n + turn)}"
        _posted(client, "/v1/questions", conversation | {"question": asked})


def _streamed(client: httpx.Client, question: str) -> None:
    with client.stream("POST", "/v1/questions", json={"question": question}, headers=_EVENTS) as answer:
        answer.read()


def _form(client: httpx.Client, question: str) -> httpx.Response:
    return client.post("/ask", data={"question": question})


def _search(texts: Texts, n: int) -> dict[str, Any]:
    return {"query": texts.question(n), "limit": 20, "context": 2}


def _completion(texts: Texts, n: int) -> dict[str, Any]:
    turns = [
        {"role": role, "content": texts.question(8 * n + turn)}
        for turn in range(4)
        for role in ("user", "assistant")
    ]
    last = {"role": "user", "content": texts.question(n)}
    return {"model": "safeguarding-assistant", "messages": [*turns, last], "stream": n % 2 == 0}


def _everywhere(client: httpx.Client, text: str) -> None:
    """To every door that takes text."""
    for path, field in (
        ("/v1/questions", "question"),
        ("/v1/search", "query"),
        ("/v1/applicable-procedures", "situation"),
    ):
        _posted(client, path, {field: text})


def _read(client: httpx.Client, texts: Texts, n: int) -> None:
    document = texts.documents[n % len(texts.documents)]
    start = random.Random(n).randrange(1_000)
    _got(client, f"/cite/{document['id']}/{document['version']}/{start}-{start + 80}")
    _got(client, f"/v1/documents/{document['id']}")


def _pack(client: httpx.Client, texts: Texts, n: int) -> str:
    briefings = [each["id"] for each in texts.documents if each["kind"] == "briefing"]
    source = {"documents": [briefings[n % len(briefings)]]}
    asked = {"source": source, "minutes": 60, "format": "training"}
    made: str = _posted(client, "/v1/sessions", asked).raise_for_status().json()["id"]
    return made


def _uploaded(client: httpx.Client, texts: Texts, n: int) -> None:
    """A new version each time of one document, most of whose paragraphs are new."""
    paragraphs = "\n\n".join(f"9.9.{place + 1} {texts.situation(20 * n + place)}" for place in range(20))
    head = "---\ntitle: A measured chapter\nchapter: '9.9'\nkind: procedure\n---\n\n# 9.9 A measured chapter"
    text = f"{head}\n\n{paragraphs}\n"
    file = {"file": ("measured.md", text.encode(), "text/markdown")}
    upload = client.post("/v1/documents", files=file).raise_for_status().json()
    client.post(f"/v1/uploads/{upload['id']}/publish").raise_for_status()
