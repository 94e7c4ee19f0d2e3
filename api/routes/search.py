"""Passages that speak of something, for those who want to read for themselves."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from http import HTTPStatus

from fastapi import APIRouter

from api.dependencies import ServiceOf, require_length
from api.errors import CaseDataFound, responses
from api.schemas import PassageOut, SearchIn, SearchOut
from api.service import Service
from assistant.answers import Answer, AnswerStatus, Replies
from assistant.enquiry import Found
from assistant.letters import is_in_other_letters
from assistant.small_talk import SmallTalk
from corpus.passages import Passage, permanent_link
from corpus.register import Register

router = APIRouter(prefix="/v1", tags=["search"])

PassagesOf = Callable[[str, int], list[Passage]]


@router.post(
    "/search",
    responses=responses(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.SERVICE_UNAVAILABLE),
)
async def search(asked: SearchIn, service: ServiceOf) -> SearchOut:
    """Find passages. Details of real people are refused, and danger is signposted, as in a question."""
    require_length(asked.query, service)
    return await service.asking.run(lambda: _searched(asked, service), asked.query)


def _searched(asked: SearchIn, service: Service) -> SearchOut:
    screened = service.screen(asked.query)
    if isinstance(screened, Answer):
        return _not_searched(screened, service.replies)
    if is_in_other_letters(screened.text):
        message = service.replies.small_talk(SmallTalk.OTHER_LETTERS)
        return SearchOut(passages=[], confidence=0, message=message, signpost=service.replies.signpost)
    results = service.assistant.retriever.results(screened.text, asked.limit)
    passages_of = cache(lambda document_id, version: _passages(service.store.register, document_id, version))
    return SearchOut(
        passages=[_passage(item, asked.context, passages_of) for item in results.found],
        confidence=results.confidence,
        signpost=service.replies.signpost,
    )


def _not_searched(answer: Answer, replies: Replies) -> SearchOut:
    if answer.status is AnswerStatus.CASE_DATA:
        raise CaseDataFound(
            "The search seems to hold details of a real person. They were not kept.",
            "Leave them out and search again.",
        )
    return SearchOut(
        passages=[], confidence=0, message=replies.message(answer.status), signpost=replies.signpost
    )


def _passages(register: Register, document_id: str, version: int) -> list[Passage]:
    return register.passages(register.version(document_id, version).id)


def _passage(found: Found, context: int, passages_of: PassagesOf) -> PassageOut:
    live, passage = found.live, found.live.passage
    before: list[str] = []
    after: list[str] = []
    if context:
        before, after = _neighbours(passage, passages_of(live.document_id, live.version), context)
    return PassageOut(
        document_id=live.document_id,
        title=live.title,
        kind=live.kind,
        version=live.version,
        anchor=passage.anchor,
        heading_trail=passage.trail,
        page=passage.page,
        text=passage.text,
        start=passage.start,
        end=passage.end,
        url=permanent_link(live.document_id, live.version, passage.start, passage.end),
        last_reviewed=live.last_reviewed,
        score=found.score,
        context_before=before,
        context_after=after,
    )


def _neighbours(passage: Passage, passages: list[Passage], count: int) -> tuple[list[str], list[str]]:
    """Under the same heading: a numbered paragraph is a section of its own, with no neighbours in it."""
    together = [other for other in passages if other.trail == passage.trail]
    before = [other.text for other in together if other.start < passage.start]
    after = [other.text for other in together if other.start > passage.start]
    return before[-count:], after[:count]
