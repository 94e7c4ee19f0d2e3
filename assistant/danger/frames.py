"""Which statements of a text stand for here and now.

A frame takes what it governs out of here and now: a question, a supposition, a date in the past, a habit, a
negation, a play of words, something made up. An explicit "now", or a call for help, puts it back.
"""

from __future__ import annotations

from assistant.danger.chart import QUESTION, Chart
from assistant.danger.evidence import ALARM, HINT, PLEA, PRESENT, SCENE, SCENE_TAGS, SIGN, Evidence
from assistant.danger.spans import Spans

_NOW_WITHIN, _HABIT_WITHIN, _IDIOM_WITHIN = 7, 5, 8
_OWN_BEFORE, _WAS_BEFORE = 3, 2
_TOLD_FIRST_WITHIN = 8
_SEARCH_UP_TO, _STORY_FROM, _SHORT_UP_TO = 8, 16, 100
"""All in words."""

_ELSEWHERE = "<inquiry> <labelled> <made-up> <past> <resolved> <idiom> <jest>".split()
_USUAL = ["<habit>", "<trait>"]
"""With one of either the text is not all of it about here and now."""
_DISCLOSED = "<disclosed>"
"""What is done to the writer is about here and now, however usual."""
_STATED = ("<statement>", _DISCLOSED, *SCENE_TAGS, "<be>", "<have>", "<he>", "<i>")
"""Without one of these it is a few words to search for."""
_OTHERS = ("<kid>", "<he>", "<has-told>")
_PEOPLE = ("<kid>", "<tot>", "<kin>", "<adult>", "<he>")


class Frames:
    """Of a chart on which the rules of harm and those of frames have been run.

    `plain`: the text asks nothing and tells only of the present. `of_people`: it is short and about people.
    `is_story`: it is more than a line, about somebody, and does not end in asking what to do. `discloses`: it
    begins with what is done to the writer, and so is not a quoted child's, whatever it asks then.
    """

    def __init__(self, chart: Chart) -> None:
        spans = self._spans = Spans(chart)
        supposed = spans.sentences("<condition>")
        cries = [span for span in spans.found("<cry>") if spans.sentence(span[0]) not in supposed]
        cried = {place for start, end in cries for place in range(start, end)}
        self._asked = [start for start, end in spans.found("<asked>") if cried.isdisjoint(range(start, end))]
        # A question mark is counted to the sentence after it.
        questions = {number - 1 for number in spans.sentences(QUESTION)}
        questions -= {spans.sentence(start) for start, _ in cries}
        stated = self._stated = spans.any(_STATED)
        self._search = chart.size <= _SEARCH_UP_TO and not stated and spans.any(["<topic-word>"])
        self._short = chart.size <= _SHORT_UP_TO
        elsewhere = _ELSEWHERE if spans.any([_DISCLOSED]) else [*_ELSEWHERE, *_USUAL]
        self._present = not spans.any(elsewhere) and not self._is_case()
        self._live = self._present and not (self._asked or questions or spans.any(["<imagined>"]))
        self.plain = self._live and stated
        self.of_people = self._short and spans.any(_PEOPLE)
        self.discloses = self._begins_with_disclosure()
        self.is_story = chart.size >= _STORY_FROM and not cries and spans.any(["<he>", "<tot>"])

    def stands(self, evidence: Evidence) -> bool:
        if self._search or self._made_up(evidence) or self._negated(evidence):
            return False
        if self._in_play(evidence) or self._figurative(evidence):
            return False
        if evidence.category == SCENE and not self._present:
            return False
        if evidence.kind == HINT and evidence.category != SCENE and not self._live:
            return False
        if evidence.category == ALARM and not (self._live and self._stated and self._short):
            return False
        if self._over(evidence) or (self._usual(evidence) and not self._now(evidence)):
            return False
        if not self._governed(evidence):
            return True
        return evidence.kind not in (SIGN, HINT) and (
            self._is_own(evidence) or self._in_sentence("<urgent>", evidence)
        )

    def _is_case(self) -> bool:
        """Somebody is introduced ("A girl of 14"), and nothing points to the writer, to here or to now."""
        return self._spans.any(["<case>"]) and not self._spans.any(["<deictic>", SCENE_TAGS[0]])

    def _begins_with_disclosure(self) -> bool:
        first = min((start for start, _ in self._spans.found(_DISCLOSED)), default=_TOLD_FIRST_WITHIN)
        others = [start for tag in _OTHERS for start, _ in self._spans.found(tag)]
        return first < _TOLD_FIRST_WITHIN and all(start >= first - 1 for start in (*others, *self._asked))

    def _made_up(self, evidence: Evidence) -> bool:
        """What is made up stays so from the sentence of the frame on, unless the writer calls for help."""
        tags = ["<labelled>"] if self._spans.any(["<first>"]) else ["<labelled>", "<made-up>"]
        return any(self._spans.since(tag, evidence.start) for tag in tags)

    def _negated(self, evidence: Evidence) -> bool:
        return self._spans.ends_at("<negated>", evidence.start)

    def _in_play(self, evidence: Evidence) -> bool:
        sentence = self._spans.sentence(evidence.start)
        jests = self._spans.sentences("<jest>")
        return not jests.isdisjoint(range(sentence - 1, sentence + 2)) or self._near(
            "<idiom>", evidence, _IDIOM_WITHIN
        )

    def _figurative(self, evidence: Evidence) -> bool:
        """Only the words themselves: what is told beside a figure of speech may well be danger."""
        return self._overlaps("<figure>", evidence)

    def _over(self, evidence: Evidence) -> bool:
        """Past or ended: what the present tense says never is."""
        was = self._spans.between("<was>", evidence.start - _WAS_BEFORE, evidence.end)
        if evidence.kind == PRESENT and not was:
            return False
        if self._spans.any(["<resolved>"]):
            return True
        return not self._now(evidence) and (was or self._spans.since("<past>", evidence.start))

    def _usual(self, evidence: Evidence) -> bool:
        """Not what is done to the writer: a child who is hit every day is in danger today."""
        if self._overlaps(_DISCLOSED, evidence):
            return False
        of_trait = evidence.kind in (SIGN, HINT) and self._in_sentence("<trait>", evidence)
        return of_trait or self._near("<habit>", evidence, _HABIT_WITHIN)

    def _governed(self, evidence: Evidence) -> bool:
        """Asked or supposed: until a statement that stands by itself."""
        start = evidence.start
        if self._spans.latest("<imagined>", start + 1) is not None:
            return True
        heads = [self._spans.latest("<condition>", start)]
        if evidence.category != PLEA:
            heads += [head for head in self._asked if head < start and self._spans.together(head, start)]
        latest = max((head for head in heads if head is not None), default=None)
        return latest is not None and not self._spans.between("<statement>", latest + 1, start + 1)

    def _is_own(self, evidence: Evidence) -> bool:
        return self._spans.between("<own>", evidence.start - _OWN_BEFORE, evidence.end)

    def _now(self, evidence: Evidence) -> bool:
        return self._near("<now>", evidence, _NOW_WITHIN)

    def _overlaps(self, tag: str, evidence: Evidence) -> bool:
        return any(start < evidence.end and evidence.start < end for start, end in self._spans.found(tag))

    def _near(self, tag: str, evidence: Evidence, within: int) -> bool:
        return self._spans.near(tag, evidence.start, evidence.start - within, evidence.end + within + 1)

    def _in_sentence(self, tag: str, evidence: Evidence) -> bool:
        return self._spans.sentence(evidence.start) in self._spans.sentences(tag)
