"""The time limit, the number or the telephone that was asked for, as it stands in a quote."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.remembering import remembered

_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty|thirty|forty(?:-five)?|forty|fifty|sixty|ninety"
)
_ASKS_FOR_TIME = re.compile(
    r"\b(?:how (?:long|often|soon|quick(?:ly)?|fast|late|early)|when|deadlines?|by when|until|till|frequency"
    r"|time ?(?:limit|scale|frame)s?|(?:within|in) (?:how many|what|which)|how many (?:working |school )?"
    r"(?:minutes|hours|days|weeks|months|years|times)|how much (?:notice|time|warning))\b",
    re.IGNORECASE,
)
_ASKS_FOR_CONTACT = re.compile(
    r"\b(?:phone|telephone|tel|ring|call|contact|e-?mail|(?:what|which)(?:'s| is)? (?:the |their )?number"
    r"|helpline|web ?site|address)\b|\bnumber(?: for\b|[\s.?!]*$)"
    r"|\bwhere (?:do|should|must|can|shall) (?:i|we|they|you) (?:send|report|write|go)\b",
    re.IGNORECASE,
)
_ASKS_FOR_AMOUNT = re.compile(
    r"\bhow (?:many|much|old|far|big)\b|\bwhat (?:age|percentage|number)\b", re.IGNORECASE
)
_TIME = re.compile(
    rf"(?:\b(?:within|at least|at most|no later than|not later than|no more than|not more than|up to|every"
    rf"|after|for|the next|next|by the end of the next)\s+)?"
    rf"(?:\b(?:the\s+)?(?:same|next)\s+(?:working\s+|school\s+|calendar\s+)?day\b"
    rf"|\b(?:\d+(?:\.\d+)?|{_NUMBERS})(?:\s+(?:to|or|and)\s+(?:\d+|{_NUMBERS}))?[\s-]+"
    rf"(?:(?:working|school|calendar|clear|further|consecutive|full|more)\s+)*"
    rf"(?:minute|hour|day|week|month|year|term)s?\b"
    rf"|\b(?:immediately|straight away|without delay|at once)\b)"
    r"|\b(?:once|twice)\s+(?:a|every|each)\s+(?:\w+\s+)?(?:hour|day|week|fortnight|month|term|year)\b",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]|\bwww\.[^\s<>\"]+[^\s<>\".,;:!?)]|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?:\+44[\s(]?|\b0)\d[\d ()-]{5,}\d\b|\b(?:999|101|111|112)\b|\b116[\s-]?\d{3}\b"
)
# No year of an Act, and no "one" that stands for a person or a thing: "until one is allocated".
_AMOUNT = re.compile(
    rf"(?<!chapter )(?<!section )(?<!paragraph )(?<!stage )(?<!level )(?<!\d\.)"
    rf"\b(?!(?:19|20)\d\d\b)(?!one (?:is|was|has|may|must|should|of|who|that|which|can|night)\b|one[.,;:?!])"
    rf"(?:\d+(?:[.,]\d+)*|{_NUMBERS}|second|third)\b(?:\s*(?:%|per cent))?",
    re.IGNORECASE,
)
_ASKS_FOR_CLOCK = re.compile(
    r"\b(?:opening|office|working) (?:hours|times)\b|\b(?:what|which) (?:time|hours)\b"
    r"|\bwhen\b[^?]*\b(?:open|closed?)s?\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days? to (?:mon|tues|wednes|thurs|fri|satur|sun)days?,? )?"
    r"\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\b\.?(?: (?:to|and|until) \d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\b)?",
    re.IGNORECASE,
)
_ASKS_IN_UNIT = re.compile(
    r"\bhow many (?:working |school |calendar )?(minute|hour|day|week|month|year)s\b", re.IGNORECASE
)
_ASKS_FOR_COUNT = re.compile(r"\bhow many\b", re.IGNORECASE)

_SOUGHT = (
    (_ASKS_FOR_TIME, _TIME),
    (_ASKS_FOR_CLOCK, _CLOCK),
    (_ASKS_FOR_CONTACT, _CONTACT),
    (_ASKS_FOR_AMOUNT, _AMOUNT),
)


def highlights(question: str, text: str) -> tuple[tuple[int, int], ...]:
    """The spans of `text` that the question asks for, from left to right, apart from each other; none for a
    question that asks for no figure."""
    forms = _forms(question)
    spans = sorted(match.span() for form in forms for match in form.finditer(text))
    if forms == (_AMOUNT,):
        spans = _amounts(question, text, spans)
    if unit := _ASKS_IN_UNIT.search(question):
        # "Within how many hours": "at once" beside it is not what was asked for.
        spans = [span for span in spans if unit[1].lower() in text[slice(*span)].lower()] or spans
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def holds_figure(question: str, text: str) -> bool:
    """Whether the text holds a figure of the kind that the question asks for."""
    forms = _forms(question)
    if forms == (_AMOUNT,):
        return bool(highlights(question, text))
    return any(_holds(form, text) for form in forms)


def limited_in(question: str) -> str:
    """What a time limit is asked for: the question without the words that ask; empty where none is asked
    for."""
    return _ASKS_FOR_TIME.sub(" ", question) if _ASKS_FOR_TIME.search(question) else ""


def holds_limit(text: str) -> bool:
    return _holds(_TIME, text)


@remembered(256, longest=1_500)
def _forms(question: str) -> tuple[re.Pattern[str], ...]:
    forms = tuple(form for asks, form in _SOUGHT if asks.search(question))
    # "What number do I ring": a figure of any kind is too little where a telephone is asked for.
    return tuple(form for form in forms if form is not _AMOUNT) or forms


# A hundred lines are looked at for each question, and the same ones again and again.
@lru_cache(maxsize=8_192)
def _holds(form: re.Pattern[str], text: str) -> bool:
    return form.search(text) is not None


def _amounts(question: str, text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without telephone numbers and, where things are counted, without lengths of time."""
    others = [match.span() for match in _CONTACT.finditer(text)]
    if _ASKS_FOR_COUNT.search(question):
        others += [match.span() for match in _TIME.finditer(text)]
    return [span for span in spans if not any(start < span[1] and span[0] < end for start, end in others)]
