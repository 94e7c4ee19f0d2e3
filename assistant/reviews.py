"""What part of a learning briefing a question asks for, and of which review."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from assistant.evidence import stem_of, stems_of
from corpus.documents import Part

# Reviews name a child by a letter. Typed in lower case, "child a" is no name.
_PSEUDONYM = re.compile(
    r"\b(?i:child|baby|infant|family|young person|adult|siblings?)\s+"
    r"(?:[A-Z]{1,2}\d?|[b-hj-z])\b(?!['’]?[a-z]{2})"
)
_STANDS_FOR = "pseudonym"
_ANY = r"(?: [\w'’,-]+){0,6}?"
_ONE = re.compile(r"\b(?:review|briefing|lcspr|scr)\b", re.IGNORECASE)
_WORD = re.compile(r"[\w'’-]+")
# Who says more of what it is to be about asks a question of its own, and not for a part.
_MOST_WORDS = 5


class ReviewPart(StrEnum):
    """In the order in which a briefing has them."""

    CIRCUMSTANCES = "circumstances"
    KEY_LEARNING = "key_learning"
    RECOMMENDATION = "recommendation"
    ACTION = "action"
    DISCUSSION_POINT = "discussion_point"

    @property
    def marked(self) -> Part | None:
        """As the register marks it; None where only a heading tells."""
        return Part(self.value) if self.value in set(Part) else None

    def is_headed(self, heading: str) -> bool:
        """Whether the part stands under this heading, where that is what tells."""
        pattern = _lists().headings.get(self)
        return pattern is not None and pattern.fullmatch(heading.strip()) is not None


@dataclass(frozen=True, slots=True)
class AskedOf:
    """`parts` as they are asked for, in a briefing's order. `pseudonym` is as it was typed, or empty;
    `subject` are the words that say what it is to be about; `is_one`: it speaks of one review."""

    parts: tuple[ReviewPart, ...]
    pseudonym: str
    subject: str
    is_one: bool

    @property
    def marked(self) -> frozenset[Part]:
        """Those of the parts that the register marks."""
        return frozenset(part.marked for part in self.parts if part.marked)


def asked_of(question: str, latest: str = "") -> AskedOf | None:
    """None where no part of a review is asked for. Of a follow-up, `question` holds the one before and
    `latest` is its last turn: that asks for another part of the same review, or for the same of another."""
    whole = _read(question)
    if not latest or whole is None:
        return whole
    # "What did they recommend?" means the review that was spoken of.
    again, names = _read(f"{latest.rstrip(' ?!.')} review"), _PSEUDONYM.findall(latest)
    if again is None and not names:
        return None
    parts = again.parts if again else whole.parts
    return replace(whole, parts=parts, pseudonym=_name(names) or whole.pseudonym, subject=_subject(latest))


def _read(question: str) -> AskedOf | None:
    names = _PSEUDONYM.findall(question)
    text = _plain(question)
    asked = _lists().asked
    parts = [part for part in ReviewPart if any(pattern.search(text) for pattern in asked[part])]
    subject = _subject(question)
    if not parts or len(stems_of(subject)) > _MOST_WORDS:
        return None
    return AskedOf(tuple(parts), _name(names), subject, bool(names) or bool(_ONE.search(text)))


def _plain(text: str) -> str:
    return _PSEUDONYM.sub(_STANDS_FOR, text).lower().replace("’", "'")


def _name(names: Sequence[str]) -> str:
    return " ".join(names[0].split()) if names else ""


def _subject(question: str) -> str:
    asking = _lists().asking
    words = _WORD.findall(_plain(question))
    return " ".join(word for word in words if stems_of(word) and stem_of(word) not in asking)


class _Lists(NamedTuple):
    asked: Mapping[ReviewPart, tuple[re.Pattern[str], ...]]
    headings: Mapping[ReviewPart, re.Pattern[str]]
    asking: frozenset[str]


@cache
def _lists() -> _Lists:
    """`reviews.yaml`."""
    read: dict[str, Any] = yaml.safe_load(
        files("assistant").joinpath("reviews.yaml").read_text(encoding="utf-8")
    )
    review = "".join(read["review"].split("\n")).replace(" |", "|")
    return _Lists(
        asked={
            ReviewPart(part): tuple(
                re.compile(pattern.replace("{any}", _ANY).replace("{review}", review)) for pattern in patterns
            )
            for part, patterns in read["asked"].items()
        },
        headings={
            ReviewPart(part): re.compile(pattern, re.IGNORECASE) for part, pattern in read["headings"].items()
        },
        asking=frozenset(stem_of(word) for word in read["asking"].split()),
    )
