"""An answer as server-sent events: each sentence as soon as it is verified."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator

from fastapi.sse import format_sse_event
from pydantic import BaseModel

from api.errors import fault_body
from api.lanes import Lane
from api.schemas import AnswerOut, CitationOut, sentence_out
from assistant.answers import AnswerStatus, Sentence
from assistant.enquiry import Release
from corpus.passages import Citation

Answering = Callable[[Release], AnswerOut]
"""Gives the answer, and hands over each of its sentences that is ready before the others."""

Released = tuple[Sentence, tuple[Citation, ...]]

_IN_STATUS = {"id", "conversation_id", "status", "message", "signpost", "suggestion", "confidence", "notices"}


async def events(lane: Lane, answering: Answering, question: str, signpost: str) -> AsyncIterator[bytes]:
    """`status`, then each `sentence` and each `citation` that it is first to rest on, and last the whole
    `answer`; or `error`, a problem, in its place.

    Where sentences are ready before the answer, the first `status` holds the signpost alone. A second one
    begins anew: too little of a model's text could be verified, or more has to be said in between.
    """
    ready: asyncio.Queue[Released | AnswerOut | Exception] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def put(item: Released | AnswerOut | Exception) -> None:
        loop.call_soon_threadsafe(ready.put_nowait, item)

    lane.begin(lambda: _answer(answering, put), question)
    told: list[Sentence] = []
    while True:
        item = await ready.get()
        if isinstance(item, AnswerOut):
            for event in _rest(item, [sentence.text for sentence in told]):
                yield event
            return
        if isinstance(item, Exception):
            # The response has begun: the fault can only be told as one more event.
            yield format_sse_event(event="error", data_str=json.dumps(fault_body(item)))
            return
        sentence, citations = item
        if not told:
            early = {"status": AnswerStatus.ANSWERED.value, "signpost": signpost}
            yield format_sse_event(event="status", data_str=json.dumps(early))
        told.append(sentence)
        yield _event("sentence", sentence_out(sentence, question))
        for citation in citations:
            yield _event("citation", CitationOut.model_validate(citation, from_attributes=True))


def _answer(answering: Answering, put: Callable[[Released | AnswerOut | Exception], None]) -> None:
    try:
        put(answering(lambda sentence, citations: put((sentence, citations))))
    except Exception as error:
        put(error)


def _rest(answer: AnswerOut, told: list[str]) -> Iterator[bytes]:
    """What is not told yet; everything, where what was told does not stand as it was told."""
    texts = [sentence.text for sentence in answer.answer]
    known = len(told) if told and texts[: len(told)] == told else 0
    if not known:
        yield _event("status", answer, _IN_STATUS)
    citations = {citation.number: citation for citation in answer.citations}
    for place, sentence in enumerate(answer.answer):
        new = [citations.pop(number) for number in sentence.citations if number in citations]
        if place >= known:
            yield _event("sentence", sentence)
            yield from (_event("citation", citation) for citation in new)
    yield _event("answer", answer)


def _event(name: str, content: BaseModel, only: set[str] | None = None) -> bytes:
    return format_sse_event(event=name, data_str=content.model_dump_json(include=only))
