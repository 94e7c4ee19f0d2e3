"""No quote that differs from the register by one character is said."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from assistant.answers import Answer, AnswerStatus, Notice, NoticeKind
from assistant.enquiry import Enquiry
from assistant.steps.compose import Compose
from assistant.steps.verify import Verify
from corpus.errors import NotFound
from corpus.passages import Citation
from corpus.register import Register
from corpus.settings import AnswerSettings
from tests.assistant.making import found

TEXT = "The front door must decide within 1 working day. A manager should record why."


class Stored:
    """Holds one version of one document, as the register does."""

    def quote(self, document_id: str, version: int, start: int, end: int) -> str:
        if (document_id, version) != ("manual", 1) or end > len(TEXT):
            raise NotFound("No text at these offsets.")
        return TEXT[start:end]


def draft() -> Answer:
    passages = found(TEXT[:48]), found(TEXT[49:], start=49)
    enquiry = Compose(AnswerSettings())(Enquiry("How long?", found=passages))
    assert isinstance(enquiry, Enquiry)
    assert enquiry.draft
    return enquiry.draft


def verified(answer: Answer) -> Answer:
    return Verify(cast(Register, Stored()))(Enquiry("How long?", draft=answer))


def test_exact_quotes_are_said() -> None:
    assert verified(draft()) == draft()


@pytest.mark.parametrize(
    "change",
    [
        {"quote": TEXT[:48].replace("must", "may")},
        {"quote": TEXT[:48].replace("1", "2")},
        {"quote": TEXT[:47]},
        {"start": 1},
        {"version": 2},
        {"document_id": "other"},
        {"end": 4_000},
        {"sha256": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_quote_off_in_any_way_is_dropped_with_its_sentence(change: dict[str, object]) -> None:
    answer = draft()
    forged = cast(Citation, replace(answer.citations[0], **change))  # type: ignore[arg-type]
    result = verified(replace(answer, citations=(forged, *answer.citations[1:])))
    assert [citation.number for citation in result.citations] == [2]
    assert [sentence.citations for sentence in result.sentences] == [(2,)]


def test_of_the_passages_named_below_those_stay_that_are_exact() -> None:
    answer = draft()
    exact, *others = answer.citations
    forged = replace(exact, number=3, quote=exact.quote.upper())
    result = verified(replace(answer, further=(forged, replace(exact, number=4))))
    assert [each.number for each in result.further] == [4]
    assert len(result.citations) == 1 + len(others)


def test_no_quote_left_is_no_answer() -> None:
    answer = draft()
    forged = tuple(replace(citation, start=1) for citation in answer.citations)
    result = verified(replace(answer, citations=forged, further=answer.citations))
    assert result.status is AnswerStatus.UNAVAILABLE
    assert result.sentences == ()
    assert result.further == ()


def test_a_sentence_without_a_citation_is_never_said() -> None:
    answer = draft()
    bare = replace(answer.sentences[0], citations=())
    result = verified(replace(answer, sentences=(bare, answer.sentences[1])))
    assert len(result.sentences) == 1


def test_a_notice_speaks_of_no_citation_that_was_dropped() -> None:
    notices = (
        Notice(NoticeKind.DIFFERING, "They differ.", (1, 2)),
        Notice(NoticeKind.NEAREST, "Only near.", (1, 2)),
        Notice(NoticeKind.NOT_HELD, "A part is not held."),
    )
    first, second = draft().citations
    changed = replace(draft(), notices=notices, citations=(first, replace(second, sha256="0" * 64)))
    left = verified(changed).notices
    assert [(notice.kind, notice.citations) for notice in left] == [
        (NoticeKind.NEAREST, (1,)),
        (NoticeKind.NOT_HELD, ()),
    ]
    none = replace(changed, citations=(replace(first, sha256="0" * 64), changed.citations[1]))
    assert verified(none).notices == ()
