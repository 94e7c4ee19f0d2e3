"""Find the passages, and tell whether they are strong enough to answer from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import Answer, AnswerStatus
from assistant.enquiry import Enquiry, Found
from assistant.evidence import stems_of
from assistant.figures import holds_limit, limited_in
from assistant.parts import parts_of
from assistant.retriever import HybridRetriever, Results
from corpus.settings import RetrievalSettings

_READ = 5
_COVERED = 0.6
_HALF = 0.5
# In so many of the first passages a line is looked for that holds a time limit and all that it is asked for,
# where that is so many words.
_PLAIN = 3
_FEWEST = 2
_SURE = 0.5
# A short question is read with what came before where what is found so meets its own words as well, and seems
# to say them no less by more than so much; else by itself, a bare one where that is so sure.
_NO_LESS = 0.1
_ALONE = 0.8


class Retrieve:
    """Ends in `not_in_corpus` below the confidence that the settings ask for.

    What is found and does not seem to say what is asked is handed on as such. That is learned from questions
    that stand alone, and told of no follow-up.

    Of a question that asks several things, each is searched for by itself too: what is found for any of them
    is handed on, and what nothing is found for is named.
    """

    name = "retrieve"

    def __init__(self, retriever: HybridRetriever, settings: RetrievalSettings) -> None:
        self._retriever = retriever
        self._settings = settings

    def __call__(self, enquiry: Enquiry) -> Enquiry | Answer:
        if enquiry.draft is not None:
            return enquiry
        learned = self._of_reviews(enquiry)
        if learned is not None:
            return learned
        enquiry, whole = self._whole(enquiry)
        # A part of a follow-up would mean little without what it leans on.
        asked = () if enquiry.latest else parts_of(enquiry.standalone)
        parts = {part: self._retriever.results(part) for part in asked}
        held = {part: results for part, results in parts.items() if self._is_held(part, results)}
        if not held and not self._is_enough(whole):
            return Answer(AnswerStatus.NOT_IN_CORPUS, enquiry.text, confidence=whole.probability)
        not_held = tuple(part for part in parts if held and part not in held)
        firsts = list(held.values())
        # What is asked besides and not held would draw in passages that answer nothing.
        found = firsts[0].found if not_held else whole.found
        return replace(
            enquiry,
            standalone=whole.wording,
            found=_with_firsts(found, firsts),
            confidence=max(results.probability for results in (whole, *firsts)),
            not_held=not_held,
            is_said=bool(enquiry.latest)
            or self._is_said(whole, *firsts)
            or _is_plain_limit(enquiry.text, found[:_PLAIN]),
        )

    def _of_reviews(self, enquiry: Enquiry) -> Enquiry | None:
        """What reviews learned or recommended about something is searched for among the passages that say so.
        None where nothing of the kind is asked for or found."""
        asked = enquiry.of_review
        if asked is None or not asked.marked or not asked.subject:
            return None
        results = self._retriever.results(asked.subject, parts=asked.marked)
        found = tuple(filter(_covers, results.found))
        if not found or not self._is_enough(results):
            return None
        return replace(
            enquiry,
            standalone=results.wording,
            found=found,
            confidence=results.probability,
            is_said=True,
        )

    def _whole(self, enquiry: Enquiry) -> tuple[Enquiry, Results]:
        """All of it at once; a question in a conversation that is only short, by itself where the
        conversation adds nothing to it."""
        results = self._retriever.results(enquiry.standalone, latest=enquiry.latest, near=enquiry.near)
        if enquiry.latest and not enquiry.leans:
            alone = self._retriever.results(enquiry.latest)
            stands = alone.confidence >= _ALONE or not enquiry.is_bare
            if stands and not _is_as_good(results, alone, enquiry.latest):
                return replace(enquiry, standalone=enquiry.latest, latest="", near=frozenset()), alone
        return enquiry, results

    def _is_held(self, part: str, results: Results) -> bool:
        """A part is named as not held where what was found does not seem to say it, and sooner where half of
        its words stand nowhere in that."""
        words = stems_of(part)
        missing = words - _words_of(results.found[:_READ])
        is_sure = len(missing) < _HALF * len(words) or results.confidence >= _SURE
        return self._is_enough(results) and is_sure and self._is_said(results)

    def _is_said(self, *readings: Results) -> bool:
        return max(results.answerability for results in readings) >= self._settings.min_answerability

    def _is_enough(self, results: Results) -> bool:
        return results.confidence >= self._settings.min_confidence


def _covers(found: Found) -> bool:
    """Whether a line, with its headings, says most of what it is to be about: a review is right as a whole
    where its title does."""
    return any(line.coverage >= _COVERED for line in found.lines)


def _is_plain_limit(question: str, found: Sequence[Found]) -> bool:
    """Whether a time limit is asked for, and one line, under its headings, holds one and every word of what
    it is asked for: that is said, however the question is put."""
    asked = stems_of(limited_in(question))
    return len(asked) >= _FEWEST and any(
        holds_limit(line.text) and asked <= stems_of(line.text) | stems_of(" ".join(item.live.passage.trail))
        for item in found
        for line in item.lines
    )


def _is_as_good(together: Results, alone: Results, latest: str) -> bool:
    """Whether what was found together meets the words of the last turn as well as what was found by them
    alone: a new subject stands in another passage."""
    words = stems_of(latest)
    met, by_itself = (len(words & _words_of(results.found[:1])) for results in (together, alone))
    return met >= by_itself and together.answerability >= alone.answerability - _NO_LESS


def _words_of(found: Sequence[Found]) -> frozenset[str]:
    """Of the passages and their headings."""
    texts = [text for item in found for text in (*item.live.passage.trail, item.live.passage.text)]
    return stems_of("\n".join(texts))


def _with_firsts(found: Sequence[Found], parts: Sequence[Results]) -> tuple[Found, ...]:
    """The passages, with the best of each part among the first."""
    if not parts:
        return tuple(found)
    firsts = {item.live.passage.id: item for part in parts for item in part.found[:1]}
    best, *others = found
    ahead = [best, *(item for key, item in firsts.items() if key != best.live.passage.id)]
    known = {item.live.passage.id for item in ahead}
    return (*ahead, *(item for item in others if item.live.passage.id not in known))
