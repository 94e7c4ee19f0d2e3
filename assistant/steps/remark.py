"""What has to be said beside the quotes: danger first, that they are only near, a part not held, sources that
do not agree, a newer edition; and what else was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations

from assistant.answers import Answer, AnswerStatus, Notice, NoticeKind, Replies
from assistant.citing import citation_of, place_of, sentence_of
from assistant.differing import differing
from assistant.enquiry import Enquiry
from assistant.further import further
from corpus.passages import Citation
from corpus.settings import AnswerSettings

_EDITION = re.compile(r"\W*\b(?:(?:19|20)\d\d|edition|version|updated|revised)\b\W*", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Remark:
    """Adds to what was composed. Words that do not agree are shown side by side, whatever else was chosen."""

    name = "remark"

    def __init__(self, replies: Replies, settings: AnswerSettings) -> None:
        self._replies = replies
        self._most = settings.max_further

    def __call__(self, enquiry: Enquiry) -> Enquiry:
        if enquiry.draft is None:
            return enquiry
        draft = self._side_by_side(enquiry.draft, enquiry)
        notices = (
            *self._danger(enquiry),
            *draft.notices,
            *self._nearest(draft),
            *self._older_editions(draft.citations),
            *self._not_held(enquiry.not_held),
        )
        if enquiry.not_held and enquiry.is_said:
            draft = replace(draft, status=AnswerStatus.PARTLY_ANSWERED)
        beside = further(draft, enquiry.found, self._most)
        return replace(enquiry, draft=replace(draft, notices=notices, further=beside))

    def _side_by_side(self, draft: Answer, enquiry: Enquiry) -> Answer:
        for said, other in list(differing(draft.citations, enquiry.found)):
            citation = next(
                (c for c in draft.citations if _is_at(c, other.live.document_id, other.start)), None
            )
            if citation is None:
                citation = citation_of(max(c.number for c in draft.citations) + 1, other)
                sentences = list(draft.sentences)
                after = max(n for n, said_so in enumerate(sentences, 1) if said.number in said_so.citations)
                # Nothing comes between a lead-in and its items.
                while after < len(sentences) and sentences[after].is_item:
                    after += 1
                sentences.insert(after, sentence_of(citation.number, other))
                draft = replace(draft, sentences=tuple(sentences), citations=(*draft.citations, citation))
            numbers = said.number, citation.number
            if not any(set(notice.citations) == set(numbers) for notice in draft.notices):
                notice = self._replies.notice(
                    NoticeKind.DIFFERING, numbers, first=place_of(said), second=place_of(citation)
                )
                draft = replace(draft, notices=(*draft.notices, notice))
        return draft

    def _older_editions(self, citations: Sequence[Citation]) -> Iterator[Notice]:
        by_document = {citation.document_id: citation for citation in reversed(citations)}
        for older, newer in permutations(by_document.values(), 2):
            if _is_older(older.title, newer.title):
                yield self._replies.notice(
                    NoticeKind.OLDER_EDITION,
                    tuple(c.number for c in citations if c.document_id == older.document_id),
                    older=older.title,
                    newer=newer.title,
                )

    def _danger(self, enquiry: Enquiry) -> Iterator[Notice]:
        if enquiry.may_be_danger:
            yield self._replies.notice(NoticeKind.DANGER)

    def _nearest(self, draft: Answer) -> Iterator[Notice]:
        if draft.status is AnswerStatus.NOT_IN_CORPUS:
            yield self._replies.notice(NoticeKind.NEAREST, tuple(each.number for each in draft.citations))

    def _not_held(self, parts: Sequence[str]) -> Iterator[Notice]:
        for part in parts:
            yield self._replies.notice(NoticeKind.NOT_HELD, part=part)


def _is_at(citation: Citation, document_id: str, start: int) -> bool:
    return citation.document_id == document_id and citation.start <= start < citation.end


def _is_older(title: str, other: str) -> bool:
    """Whether both are editions of one work, by their titles, and the first has the earlier year."""
    years, others = _YEAR.findall(title), _YEAR.findall(other)
    same = _EDITION.sub(" ", title).casefold().split() == _EDITION.sub(" ", other).casefold().split()
    return bool(same and years and others and max(years) < max(others))
