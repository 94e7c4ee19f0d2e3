"""Procedures that a review names: titles in the running text of a briefing.

A title is a run of words with capitals, such as reviews write after the word "procedure" or "policy"; or what
stands after a chapter's number, in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.passages import Candidate, LivePassage
from corpus.sentences import sentence_spans

_SPEAKS = re.compile(
    r"\b(?:procedures?|protocols?|polic(?:y|ies)|practice guidance|chapters?)\b", re.IGNORECASE
)
_SMALL = (
    r"(?:and/or|and|or|of|the|to|towards?|with|who|are|is|not|in|for|a|an|by|on|from|at|do|does|their|when|"
    r"against)"
)
_BIG = r"[A-Z][A-Za-z'’-]+"
_TITLE = re.compile(rf"{_BIG}(?:,? (?:{_SMALL} ){{0,3}}{_BIG})+(?: \([A-Z]{{2,6}}\))?")
_CHAPTER = re.compile(r"\bchapter (?P<number>\d+(?:\.\d+)*) \((?P<title>[^()]{4,90})\)", re.IGNORECASE)
# What such a run often is, and is no procedure's title: a body, a person's office, a law, a review.
_OTHER = re.compile(
    r"\b(?:Board|Partnership|Council|Panel|Act|Reviews?|Report|Forum|Team|Services?|Hub|Police|Trust|Officer|"
    r"Authority|Recommendation|Covid|Child [A-Z]|Family [A-Z]|Learning|Briefing|Manual|Procedures?|Point|"
    r"Contract|Undertaking|Agreement|Department|Committee|Office|University|Court|Portal|Training|Plan|National|Local|"
    r"Pan|Single)\b"
)
_START = re.compile(
    r"^(?:The|This|These|Our|All|In|Firstly|Secondly|And|See|Procedures?|Professionals)\b[ ,]*"
)
_GOES_ON = re.compile(
    r"^\W*(?:firstly|secondly|thirdly|the first|the second|one is|these are|they are)\b", re.IGNORECASE
)
_FEWEST_WORDS = 3
_ALIKE = 0.85
_NUMBER = re.compile(r"^\W*(?:chapter )?\d+(?:\.\d+)*\W*", re.IGNORECASE)
_SIGNIFICANT = re.compile(
    r"\b(?:Working|Violence|Abuse|Children|Child|Families|Neglect|Harm|Missing|Threat\w*)\b"
)


@dataclass(frozen=True, slots=True)
class Named:
    """`start` and `end` are offsets into the version's canonical text: the sentence that names it."""

    title: str
    live: LivePassage
    start: int
    end: int

    def is_called(self, title: str) -> bool:
        """Whether this is the document's title, chapter number and small differences aside."""
        one, other = _plain(self.title), _plain(title)
        return one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def named_in(reviews: Iterable[Candidate]) -> Iterator[Named]:
    """Every procedure that these passages name, in their order."""
    for one in reviews:
        passage = one.live.passage
        spans = sentence_spans(passage.text)
        for at, (start, end) in enumerate(spans):
            sentence = passage.text[start:end]
            before = passage.text[slice(*spans[at - 1])] if at else ""
            for title in _titles(sentence, _SPEAKS.search(sentence) is not None, before):
                yield Named(title, one.live, passage.start + start, passage.start + end)


def _titles(sentence: str, speaks: bool, before: str) -> list[str]:
    chapters = [match["title"].strip() for match in _CHAPTER.finditer(sentence)]
    if chapters:
        return chapters
    # "There are two procedures that cover this. Firstly, ... and secondly ...": the word stands one before.
    if not speaks and not (_GOES_ON.search(sentence) and _SPEAKS.search(before)):
        return []
    return [title for title in map(_cleaned, _runs(sentence)) if _is_title(title)]


def _runs(sentence: str) -> Sequence[str]:
    # "A and secondly B" names two.
    parts = re.split(
        r",? and (?:secondly|thirdly|also)\b,? ?|\b(?:Firstly|Secondly|Thirdly|firstly)\b,? ?", sentence
    )
    return [match[0] for part in parts for match in _TITLE.finditer(part)]


def _cleaned(run: str) -> str:
    return _START.sub("", run).strip(" ,")


def _is_title(run: str) -> bool:
    if _OTHER.search(run):
        return False
    return len(run.split()) >= _FEWEST_WORDS or bool(_SIGNIFICANT.match(run) and len(run.split()) > 1)


def _plain(title: str) -> str:
    words = re.findall(r"[a-z]+", _NUMBER.sub("", title).casefold())
    return " ".join(word for word in words if word not in {"and", "or", "the", "of", "a"})
