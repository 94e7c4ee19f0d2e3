"""An answer in the making: what a chat model writes is checked sentence by sentence, and kept or dropped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from assistant.answers import Answer, AnswerStatus, Group, Modality, Sentence
from assistant.citing import CitationList
from assistant.claims import Claim, Flaw
from assistant.enquiry import Enquiry
from assistant.modality import modality_of
from assistant.quotes import Quote, quotes_of
from assistant.support.checker import SupportChecker
from assistant.support.sources import Source, SourceLine
from assistant.support.verdict import Reason
from assistant.support.wording import wording
from corpus.passages import Citation

Verifying = Callable[[Enquiry], Answer]
"""Compares an enquiry's draft with the register, and leaves only what is exact."""


class Draft:
    """`offered` are the passages by the short names that the model knows them by.

    A sentence is handed to whoever waits as soon as it and `fewest - 1` others are verified.
    """

    def __init__(
        self,
        enquiry: Enquiry,
        offered: Mapping[str, Source],
        checker: SupportChecker,
        verifying: Verifying,
        fewest: int,
    ) -> None:
        self.sentences: list[Sentence] = []
        self.dropped: Counter[str] = Counter()
        self._enquiry = enquiry
        self._offered = offered
        self._checker = checker
        self._verifying = verifying
        self._fewest = fewest
        self._cited = CitationList()
        self._released = 0
        self._shown: set[int] = set()

    @property
    def share(self) -> float:
        """Of what was written, how much was kept; 0 to 1."""
        return len(self.sentences) / max(len(self.sentences) + self.dropped.total(), 1)

    def take(self, written: Claim | Flaw) -> None:
        """Keep what is verified; count what is not by its plainest fault."""
        kept = written if isinstance(written, Flaw) else self._sentence(written)
        if isinstance(kept, Sentence):
            self.sentences.append(kept)
            self._release()
        else:
            self.drop(kept)

    def drop(self, reason: StrEnum) -> None:
        self.dropped[reason.value] += 1

    def answer(self, model: str, prompt: str) -> Answer:
        """All that was kept."""
        used = {number for sentence in self.sentences for number in sentence.citations}
        return Answer(
            status=AnswerStatus.ANSWERED,
            question=self._enquiry.text,
            sentences=tuple(self.sentences),
            citations=tuple(citation for citation in self._cited.citations if citation.number in used),
            confidence=self._enquiry.confidence,
            model=model,
            prompt=prompt,
            dropped=dict(self.dropped),
        )

    def _sentence(self, claim: Claim) -> Sentence | Reason | Flaw:
        if any(claim.text.casefold() == kept.text.casefold() for kept in self.sentences):
            return Flaw.REPEAT
        if not claim.sources or not set(claim.sources) <= set(self._offered):
            return Reason.MISSING_SOURCE
        verdict = self._checker.check(
            claim.text, [self._offered[name] for name in dict.fromkeys(claim.sources)]
        )
        if verdict.reasons:
            return verdict.reasons[0]
        groups = {Group.of(line.live.kind) for line in verdict.lines if line.live}
        if len(groups) != 1:
            # What was learned must not be read as what binds.
            return Reason.MIXED
        return self._verified(claim.text, groups.pop(), verdict.lines)

    def _verified(self, text: str, group: Group, lines: Sequence[SourceLine]) -> Sentence | Reason:
        quotes = [
            quote
            for line in lines
            if line.live
            for place in line.places
            for quote in quotes_of(line.live, place)
        ]
        citations = self._cited.cite(quotes)
        sentence = Sentence(
            text, group, _modality(text, group, quotes), tuple(citation.number for citation in citations)
        )
        alone = Answer(AnswerStatus.ANSWERED, self._enquiry.text, (sentence,), citations)
        is_exact = self._verifying(replace(self._enquiry, draft=alone)).sentences == (sentence,)
        return sentence if is_exact else Reason.ALTERED_QUOTE

    def _release(self) -> None:
        if self._enquiry.release is None or len(self.sentences) < self._fewest:
            return
        for sentence in self.sentences[self._released :]:
            new = self._first_shown(sentence)
            self._shown.update(citation.number for citation in new)
            self._enquiry.release(sentence, new)
        self._released = len(self.sentences)

    def _first_shown(self, sentence: Sentence) -> tuple[Citation, ...]:
        numbers = set(sentence.citations) - self._shown
        return tuple(citation for citation in self._cited.citations if citation.number in numbers)


def _modality(text: str, group: Group, quotes: Sequence[Quote]) -> Modality | None:
    """That of the sentence, where a quote binds by the very word: "has to" is a must if the source's is."""
    modality = None if group is Group.LEARNING else modality_of(wording().canonical(text))
    says_so = modality and any(
        re.search(rf"\b{modality}\b", quote.bound_by, re.IGNORECASE) for quote in quotes
    )
    return modality if says_so else None
