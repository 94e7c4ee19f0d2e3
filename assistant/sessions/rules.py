"""What a procedure or guidance asks, rule by rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.answers import Modality
from assistant.leaning import is_whole
from assistant.modality import modality_of
from assistant.quotes import quotes_of
from assistant.sessions.leaning import leans
from assistant.sessions.sources import Source, Words
from corpus.passages import Line, LivePassage
from corpus.procedures import Duty

# A question that a manual gives to be asked binds nobody: "What should I tell the others?"
_QUESTION = re.compile(r"(?:What|Whom?|Whose|Which|How|Why|Should|May|Must|Can|Is|Are|Does?)\b[^.]*\?\W*\Z")
_BAR = " | "
_LONGEST_RULE, _LONGEST_LIST = 60, 110
_MODALITIES = list(Modality)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a procedure or guidance asks: a sentence with those that it leans on, a list with its lead-in.
    `paragraph` is its printed number, `heading` what it stands under; `modality` is the strongest of its own,
    `line` the sentence or list that asks."""

    words: Words
    modality: Modality
    paragraph: str
    heading: str
    line: Words

    @property
    def text(self) -> str:
        return self.words.text

    @property
    def source(self) -> Source:
        return self.words.source

    @property
    def place(self) -> tuple[str, int]:
        """Names it in the library; the items of one list are one rule, and so are sentences of which one
        leans on the other."""
        return self.source.id, self.words.start

    @property
    def duties(self) -> tuple[Duty, ...]:
        """Who must do what, as it was read from its words."""
        span = range(self.words.start, self.words.end)
        return tuple(duty for duty in self.source.duties if duty.line.start in span)


class Chapter:
    """A procedure or guidance by what it asks."""

    def __init__(self, source: Source) -> None:
        self.source = source

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """In reading order, each once; of sentences of which one leans on the other, all together where what
        leans says more than that something may be done."""
        found: dict[tuple[str, int], Rule] = {}
        for passage in self.source.passages:
            live = self.source.live(passage)
            for line in passage.lines:
                rule = rule_of(self.source, live, line)
                if rule and (rule.place not in found or modality_of(rule.line.text) is not Modality.MAY):
                    found[rule.place] = rule
        return tuple(found.values())

    @cached_property
    def purpose(self) -> Words | None:
        """Its first sentence of some length."""
        for passage in self.source.passages:
            for line in passage.lines:
                if len(passage.words(line).split()) > 7:
                    return self.source.words(line.start, line.end)
        return None


def rule_of(source: Source, live: LivePassage, line: Line) -> Rule | None:
    """What the line asks; of a list, all of it, since one item alone may say something else; with the
    sentences that it leans on. None where it binds nobody, cannot stand, or takes too long."""
    spans = quotes_of(live, line)
    own = source.words(spans[0].start, spans[0].end)
    if len(spans) > 1:
        same = (spans[0].start, spans[0].end)
        items = [each for each in live.passage.lines if (each.lead_start, each.lead_end) == same]
        own = source.words(spans[0].start, max(each.end for each in items))
    modality = modality_of(spans[0].bound_by)
    is_said = own.text.rstrip().endswith(":") or _QUESTION.match(own.text) is not None
    if modality is None or is_said or _BAR in own.text:
        return None
    needed = _needed(source, live, own)
    if not needed:
        return None
    words = source.words(needed[0].start, own.end)
    length = len(words.text.split())
    if length > (_LONGEST_LIST if "\n" in words.text else _LONGEST_RULE) or not is_whole(words.text):
        return None
    bound = [modality, *(modality_of(each.text) for each in needed[:-1])]
    strongest = min((each for each in bound if each), key=_MODALITIES.index)
    number = live.passage.number or ""
    heading = live.passage.trail[-1] if len(live.passage.trail) > 1 else ""
    return Rule(words, strongest, number if number[:1].isdigit() else "", heading, own)


def _needed(source: Source, live: LivePassage, own: Words) -> list[Words]:
    """The words and those that they lean on, in order: sentences of their own paragraph; where it begins so,
    all of the paragraph before under the same heading. Empty where what they lean on is not there."""
    needed = [own]
    before = [each for each in live.passage.lines if each.end <= own.start]
    while leans(needed[0]):
        if before and "\n" in source.version.text[before[-1].end : needed[0].start]:
            return []
        if not before:
            paragraph = _paragraph_before(source, live)
            return [paragraph, *needed] if paragraph else []
        line = before.pop()
        needed.insert(0, source.words(line.start, line.end))
    return needed


def _paragraph_before(source: Source, live: LivePassage) -> Words | None:
    """None where it is a list, or leans itself."""
    place = next(n for n, each in enumerate(source.passages) if each.id == live.passage.id)
    before = source.passages[place - 1] if place else None
    if before is None or before.trail != live.passage.trail or "\n" in before.text.strip():
        return None
    words = source.words(before.lines[0].start, before.lines[-1].end) if before.lines else None
    return None if words is None or leans(words) else words
