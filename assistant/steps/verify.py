"""Nothing is said that the register does not hold, character for character."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from assistant.answers import Answer, AnswerStatus, Notice, NoticeKind
from assistant.enquiry import Enquiry
from corpus.errors import NotFound
from corpus.passages import Citation, digest
from corpus.register import Register

log = logging.getLogger(__name__)


class Verify:
    """Drops every citation whose quote differs from the stored text, and every sentence left without one."""

    name = "verify"

    def __init__(self, register: Register) -> None:
        self._register = register

    def __call__(self, enquiry: Enquiry) -> Answer:
        draft = enquiry.draft or Answer(AnswerStatus.UNAVAILABLE, enquiry.text)
        verified = tuple(citation for citation in draft.citations if self._is_exact(citation))
        numbers = {citation.number for citation in verified}
        sentences = tuple(
            sentence
            for sentence in draft.sentences
            if sentence.citations and numbers.issuperset(sentence.citations)
        )
        if not sentences:
            return replace(
                draft,
                status=AnswerStatus.UNAVAILABLE,
                sentences=(),
                citations=(),
                notices=(),
                further=(),
            )
        notices = tuple(_of_what_is_left(draft.notices, numbers))
        further = tuple(citation for citation in draft.further if self._is_exact(citation))
        return replace(draft, sentences=sentences, citations=verified, notices=notices, further=further)

    def _is_exact(self, citation: Citation) -> bool:
        try:
            stored = self._register.quote(
                citation.document_id, citation.version, citation.start, citation.end
            )
        except NotFound:
            stored = ""
        exact = stored == citation.quote and digest(stored) == citation.sha256
        if not exact:
            log.error("A quote of %s, version %d, was dropped.", citation.document_id, citation.version)
        return exact


def _of_what_is_left(notices: Sequence[Notice], numbers: Set[int]) -> Iterator[Notice]:
    """What is said of citations that were dropped goes with them; where two differ, with either."""
    for notice in notices:
        left = tuple(number for number in notice.citations if number in numbers)
        if left == notice.citations or (left and notice.kind is not NoticeKind.DIFFERING):
            yield replace(notice, citations=left)
