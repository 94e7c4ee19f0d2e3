"""A session pack: parts of items, quoted, phrased or formed from quotes, fixed, or the trainer's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from corpus.passages import Citation

LENGTHS = (7, 15, 30, 60, 90)
"""Minutes that a session may take."""

GAP = "_____"
"""What stands in a quiz question in the place of its key."""


class SessionFormat(StrEnum):
    TEAM_MEETING = "team-meeting"
    SUPERVISION = "supervision"
    TRAINING = "training"


class Audience(StrEnum):
    """Whom the prompts look at the learning for."""

    MIXED = "mixed"
    SOCIAL_CARE = "social-care"
    HEALTH = "health"
    EDUCATION = "education"
    POLICE = "police"
    COMMUNITY = "community"
    LEADS = "leads"


class Voice(StrEnum):
    """Whose words an item holds. QUOTE, PHRASED and FORMED ones state something, and carry citations: PHRASED
    ones are a chat model's, checked against what they cite. FIXED ones only tell how to run the session."""

    QUOTE = "quote"
    PHRASED = "phrased"
    FORMED = "formed"
    FIXED = "fixed"
    TRAINER = "trainer"


class PartName(StrEnum):
    """In the order in which a session runs; those from LEARNING on are read outside its time."""

    PURPOSE = "purpose"
    NOTICE = "notice"
    CASE = "case"
    MESSAGES = "messages"
    PROCEDURES = "procedures"
    DISCUSSION = "discussion"
    EXERCISE = "exercise"
    QUIZ = "quiz"
    ACTIONS = "actions"
    LEARNING = "learning"
    READING = "reading"


NOT_ON_ONE_PAGE = (PartName.LEARNING, PartName.READING)
"""Parts that a one-page briefing has no room for."""


@dataclass(frozen=True, slots=True)
class ChangeOf:
    """What the `version` of a document changed."""

    document: str
    version: int


@dataclass(frozen=True, slots=True)
class SessionRequest:
    """What was asked for: one of `documents`, `theme` and `change`. Without `graphic_detail`, lines that tell
    of injuries or acts in detail are left out; with `phrased`, a chat model says each key message in short.
    """

    minutes: int
    format: SessionFormat = SessionFormat.TEAM_MEETING
    audience: Audience = Audience.MIXED
    documents: tuple[str, ...] = ()
    theme: str = ""
    change: ChangeOf | None = None
    graphic_detail: bool = True
    phrased: bool = False

    @property
    def is_one_page(self) -> bool:
        return self.minutes == LENGTHS[0]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a part. `key` names it inside the pack.

    `quote` is what the citations quote, theirs put one below the other; `text` is in our words or the
    trainer's. `label` says what the line is ("Key learning 2", "must"). `answer` is the key of a quiz
    question, the quote of citation `answer_citation`. `depth` 1 stands below the item before it.
    """

    key: str
    voice: Voice
    quote: str = ""
    text: str = ""
    label: str = ""
    citations: tuple[int, ...] = ()
    depth: int = 0
    answer: str = ""
    answer_citation: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """`minutes` is 0 for what is read outside the session; `notes` are for the facilitator."""

    name: PartName
    title: str
    minutes: int
    items: tuple[Item, ...]
    notes: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrasing:
    """What came of asking a chat model for `asked` sentences: `kept` stand in the pack as it was made,
    `dropped` counts by reason what was written and not said. `prompt` is the version of the prompt."""

    model: str
    prompt: str
    asked: int
    kept: int
    dropped: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pack:
    """`run` numbers the ingest whose corpus the pack was made from; `left_out` counts the lines that were
    left out for their detail. `phrasing` is None where no model was asked. `on_procedure`: what a procedure
    asks is what the session is about, and has most of its time."""

    id: str
    title: str
    request: SessionRequest
    parts: tuple[Part, ...]
    citations: tuple[Citation, ...]
    made_at: datetime
    run: int | None
    left_out: int = 0
    phrasing: Phrasing | None = None
    on_procedure: bool = False

    @property
    def is_one_page(self) -> bool:
        return self.request.is_one_page

    def part(self, name: PartName) -> Part | None:
        return next((part for part in self.parts if part.name is name), None)


def cited_in(parts: Iterable[Part]) -> set[int]:
    """The numbers of all citations that these parts rest on."""
    items = [item for part in parts for item in (*part.items, *part.notes)]
    answers = {item.answer_citation for item in items if item.answer_citation is not None}
    return answers | {number for item in items for number in item.citations}


_PACK: TypeAdapter[Pack] = TypeAdapter(Pack)


def as_json(pack: Pack) -> Any:
    """The pack as the register keeps it."""
    return _PACK.dump_python(pack, mode="json")


def from_json(content: Any) -> Pack:
    """The pack that `as_json` wrote."""
    return _PACK.validate_python(content)
