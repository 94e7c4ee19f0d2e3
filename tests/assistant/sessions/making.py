"""Packs for tests, and the check that nothing in one is said without its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from assistant.sessions.exports.sheet import Look
from assistant.sessions.pack import GAP, Item, Pack, SessionRequest, Voice
from assistant.sessions.planner import Planner
from assistant.sessions.quoted import QuotedWords
from assistant.sessions.sayings import sayings, scenes
from assistant.support.checker import SupportChecker
from corpus.passages import digest
from corpus.register import Register
from corpus.settings import RetrievalSettings
from corpus.store import Store
from tests.stand_ins import WordsEmbedder

SIGNPOST = "If a child is in immediate danger, ring 999 now."
LOOK = Look("https://assistant.example")
MADE_AT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


def plan(store: Store, request: SessionRequest) -> Pack:
    return Planner(store, RetrievalSettings(), SIGNPOST, clock=lambda: MADE_AT).plan(request)


def items(pack: Pack) -> Iterator[Item]:
    for part in pack.parts:
        yield from part.items
        yield from part.notes


def assert_wholly_cited(pack: Pack, register: Register) -> None:
    """Each citation equals the stored text; each quote equals its citations; each phrased line is borne by
    its citations; each formed line has some; each fixed line is fixed wording, which states nothing."""
    words, checker = QuotedWords(register, WordsEmbedder()), SupportChecker(WordsEmbedder())
    by_number = {citation.number: citation for citation in pack.citations}
    for citation in pack.citations:
        stored = register.quote(citation.document_id, citation.version, citation.start, citation.end)
        assert stored == citation.quote
        assert digest(stored) == citation.sha256
    for item in items(pack):
        quotes = [by_number[number].quote for number in item.citations]
        if item.voice is Voice.FIXED:
            assert not item.quote
            assert _is_fixed(item.text), item.text
            continue
        assert item.citations, item
        if item.voice is Voice.PHRASED:
            quoted = words.source([by_number[number] for number in item.citations])
            assert checker.check(item.text, [quoted]).is_supported, item.text
            assert item.label == sayings()["labels"]["in_short"]
        elif item.quote:
            assert item.quote == "\n".join(quotes)
        else:
            assert item.voice is Voice.FORMED
        if item.answer:
            assert item.answer_citation is not None
            assert item.answer == by_number[item.answer_citation].quote
            assert item.text.count(GAP) == 1
            assert quotes[0] in item.text.replace(GAP, item.answer)


_INSTRUCTIONS = ("purpose", "outcomes", "notice", "facilitator", "actions")


def _is_fixed(text: str) -> bool:
    """Whether it is a fixed wording as a whole, with nothing put in but a count and where help is."""
    return any(pattern.fullmatch(text) for pattern in _fixed())


def _fixed() -> list[re.Pattern[str]]:
    said = [*(sayings()[name] for name in _INSTRUCTIONS), scenes()]
    texts = [re.escape(each.replace("{signpost}", SIGNPOST)) for each in _strings(said)]
    return [re.compile(each.replace(re.escape("{count}"), r"\d+")) for each in texts]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
