"""Whether a written sentence says what its sources say, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from assistant.modality import modality_of
from assistant.support.clauses import claim_of, pieces_of, sentences_of
from assistant.support.facts import FactFinder, has_odd_quote
from assistant.support.rules import Rules, Statement
from assistant.support.scoring import Features, features_of, logit, probability, weights
from assistant.support.sources import Source, SourceLine
from assistant.support.verdict import Reason, Verdict
from assistant.support.wording import wording
from corpus.embedding import Embedder

_MARKUP = re.compile(r"[<>{}\[\]|*_#`\\^~]")
_ORDER = {reason: place for place, reason in enumerate(Reason)}
_LINES_TRIED = 6
_REMEMBERED = 2_000
_FEWEST = 2
# A sentence of fewer stems that binds nobody ("The child was not brought") tells of nobody in particular, and
# has to stand in a source as it is.
_SHORT = 5
# Said first, nobody can tell who is meant, and a sentence before it may name somebody else.
_SOMEBODY = {"they", "he", "she", "we"}


class SupportChecker:
    """Each claim of a sentence has to pass every rule against one line; then the sentence is scored."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._wording = wording()
        self._finder = FactFinder(self._wording)
        self._rules = Rules(self._wording)
        lists = self._wording.lists
        self._foreign = frozenset(lists["foreign"].split())
        self._english = frozenset(lists["function_words"].split())
        self._instruction = re.compile("|".join(lists["instructions"]), re.IGNORECASE)
        self._model_speaks = re.compile("|".join(lists["model_speaks"]), re.IGNORECASE)
        # The lines of a passage are compared with every sentence that names it.
        self._statement = lru_cache(maxsize=_REMEMBERED)(self._read)

    def check(self, sentence: str, sources: Sequence[Source]) -> Verdict:
        """Against the passages that the sentence names, all of them and no other."""
        lines = [line for source in sources for line in source.lines]
        if not lines:
            return Verdict(0.0, (Reason.MISSING_SOURCE,))
        reasons = set(self._plain_faults(sentence, sources))
        rests_on: list[SourceLine] = []
        for part in sentences_of(sentence) if not reasons else []:
            found = self._lines_for(part, lines)
            rests_on += found
            reasons |= set() if found else self._faults(part, lines)
        if reasons:
            return Verdict(0.0, tuple(sorted(reasons, key=_ORDER.__getitem__)))
        score = probability(logit(self.features(sentence, sources)))
        if score < weights()["threshold"] or self._is_vague(sentence, sources):
            return Verdict(score, (Reason.UNSUPPORTED,))
        return Verdict(score, lines=tuple(dict.fromkeys(rests_on)))

    def features(self, sentence: str, sources: Sequence[Source]) -> Features:
        """What the score is made of."""
        return features_of(sentence, self._embedder.embed([sentence])[0], sources, self._wording)

    def is_instruction(self, text: str) -> bool:
        """Whether the text speaks to a model."""
        return bool(self._instruction.search(text))

    def _is_vague(self, sentence: str, sources: Sequence[Source]) -> bool:
        is_short = len(self._wording.stems(sentence.casefold().split())) < _SHORT
        return is_short and modality_of(sentence) is None and not _stands(sentence, sources)

    def _plain_faults(self, sentence: str, sources: Sequence[Source]) -> Iterator[Reason]:
        """Faults that need no comparison line by line."""
        texts = (sentence, *(source.text for source in sources))
        if self._model_speaks.search(sentence) or any(map(self.is_instruction, texts)):
            yield Reason.INSTRUCTION
        words = sentence.casefold().split()
        if sum(word in self._foreign for word in words) > sum(word in self._english for word in words):
            yield Reason.FOREIGN_WORDS
        if _MARKUP.search(sentence) or not sentence.isprintable():
            yield Reason.MARKUP
        quotes = self._finder.facts_of(sentence).quotes
        if has_odd_quote(sentence) or not all(_stands(quote, sources) for quote in quotes):
            yield Reason.ALTERED_QUOTE
        if words[0] in _SOMEBODY:
            yield Reason.ROLES
        if len(self._wording.stems(words)) < _FEWEST:
            yield Reason.UNSUPPORTED

    def _lines_for(self, sentence: str, lines: Sequence[SourceLine]) -> list[SourceLine]:
        """One line for each claim of the sentence, in as few claims as can be; none where one has no line."""
        pieces = pieces_of(sentence, self._wording)
        rests_on: list[SourceLine] = []
        first = 0
        while first < len(pieces):
            for last in range(len(pieces) - 1, first - 1, -1):
                claim = claim_of(pieces, first, last)
                # Two claims out of one line are one, which that line did not bear as a whole.
                line = self._line_for(claim, _apart(lines, rests_on)) if claim else None
                if line is not None:
                    break
            else:
                return []
            rests_on.append(line)
            first = last + 1
        return rests_on

    def _line_for(self, claim: str, lines: Sequence[SourceLine]) -> SourceLine | None:
        said = self._statement(claim)
        return next((line for line in self._nearest(said, lines) if not self._broken(said, line)), None)

    def _faults(self, sentence: str, lines: Sequence[SourceLine]) -> set[Reason]:
        """What the nearest line has not; `mixed` where only all lines together have everything."""
        said = self._statement(sentence)
        faults = self._broken(said, self._nearest(said, lines)[0])
        text = "\n".join(line.read for line in lines)
        headings = "\n".join(dict.fromkeys(line.heading for line in lines))
        together = self._statement(text, about=headings)
        if not (faults - {Reason.MIXED}) & set(self._rules.broken(said, together)):
            return {Reason.MIXED}
        return faults

    def _nearest(self, said: Statement, lines: Sequence[SourceLine]) -> list[SourceLine]:
        """By words that are new to the line, fewest first."""
        return sorted(lines, key=lambda line: len(self._rules.new_words(said, self._of(line))))[:_LINES_TRIED]

    def _broken(self, said: Statement, line: SourceLine) -> set[Reason]:
        return set(self._rules.broken(said, self._of(line)))

    def _of(self, line: SourceLine) -> Statement:
        return self._statement(line.own, line.before, line.heading)

    def _read(self, text: str, before: str = "", about: str = "") -> Statement:
        return Statement(text, self._wording, self._finder, before, about)


def _apart(lines: Sequence[SourceLine], others: Sequence[SourceLine]) -> list[SourceLine]:
    """Those that share no words with the others."""
    return [line for line in lines if not any(line.overlaps(other) for other in others)]


def _stands(quote: str, sources: Iterable[Source]) -> bool:
    """Whole words; a comma or full stop before the closing mark may be the sentence's own."""
    whole = re.compile(rf"(?<!\w){re.escape(quote.rstrip('.,'))}(?!\w)")
    ends = quote[len(quote.rstrip(".,")) :]
    return any(whole.search(source.text) for source in sources) and len(ends) <= 1
