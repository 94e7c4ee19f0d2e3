"""What is said: an answer of verified quotes, or one of the fixed replies."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from importlib.resources import files
from typing import Self

import yaml

from assistant.small_talk import SmallTalk
from corpus.documents import Kind
from corpus.passages import Citation
from corpus.settings import AnswerSettings


class AnswerStatus(StrEnum):
    ANSWERED = "answered"
    PARTLY_ANSWERED = "partly_answered"
    NOT_IN_CORPUS = "not_in_corpus"
    IMMEDIATE_DANGER = "immediate_danger"
    CASE_DATA = "case_data"
    OUT_OF_SCOPE = "out_of_scope"
    UNAVAILABLE = "unavailable"


class Group(StrEnum):
    """Under which heading a sentence is shown: what binds, what guides, what was learned."""

    PROCEDURE = "procedure"
    GUIDANCE = "guidance"
    LEARNING = "learning"

    @classmethod
    def of(cls, kind: Kind) -> Self:
        """A briefing says what was learned; it tells nobody what they must do."""
        return cls("learning" if kind is Kind.BRIEFING else kind.value)

    @property
    def heading(self) -> str:
        """What stands above sentences of this group."""
        return _HEADINGS[self]


_HEADINGS = {
    Group.PROCEDURE: "What the procedures say",
    Group.GUIDANCE: "What guidance says",
    Group.LEARNING: "What reviews have learned",
}


class Modality(StrEnum):
    """The binding verb of a sentence, as the source has it."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer with the numbers of the citations that it rests on. `is_item`: it goes on
    from the one before, as an item of the list which that leads in to; `modality` is the lead-in's."""

    text: str
    group: Group
    modality: Modality | None
    citations: tuple[int, ...]
    is_item: bool = False

    @property
    def verb(self) -> Modality | None:
        """What is shown before it. The lead-in has that of its items: "should" before one of the things that
        should not be done would turn it round."""
        return None if self.is_item else self.modality


class NoticeKind(StrEnum):
    """What is said beside the quotes: what to do in danger, that they are only the nearest, a part of the
    question that is not held, sources that do not agree, a newer edition of what is quoted."""

    DANGER = "danger"
    NEAREST = "nearest"
    NOT_HELD = "not_held"
    DIFFERING = "differing"
    OLDER_EDITION = "older_edition"


@dataclass(frozen=True, slots=True)
class Notice:
    """One of the fixed notices with the numbers of the citations that it speaks of."""

    kind: NoticeKind
    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """`signpost` comes before everything else; `suggestion` is the question without case data;
    `confidence` is the probability that the corpus answers the question; `timings` are milliseconds
    by step. `id` is that of the answer's record, and None where none is kept; `standalone` the question
    as it was understood; `notices` are said beside the sentences; `model` and `prompt` name what composed
    it, and are None for quotes alone; `dropped` counts by reason what a model wrote and was not said;
    `further` are passages that stand next to those that are quoted, with numbers that go on.
    """

    status: AnswerStatus
    question: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    notices: tuple[Notice, ...] = ()
    message: str = ""
    signpost: str | None = None
    suggestion: str | None = None
    confidence: float = 0.0
    timings: dict[str, float] = field(default_factory=dict)
    id: str | None = None
    standalone: str = ""
    model: str | None = None
    prompt: str | None = None
    dropped: dict[str, int] = field(default_factory=dict)
    further: tuple[Citation, ...] = ()


class Replies:
    """The fixed wording of `replies.yaml`, with the partnership's own contacts put in."""

    def __init__(self, settings: AnswerSettings) -> None:
        texts = yaml.safe_load(files("assistant").joinpath("replies.yaml").read_text(encoding="utf-8"))
        self._messages: dict[str, str] = texts["messages"]
        self._small_talk: dict[str, str] = texts["small_talk"]
        self._notices: dict[str, str] = texts["notices"]
        signpost: dict[str, str] = texts["signpost"]
        parts = [signpost["emergency"], signpost["front_door"].format(name=settings.front_door_name)]
        if settings.front_door_phone:
            parts.append(signpost["front_door_phone"].format(phone=settings.front_door_phone))
        if settings.out_of_hours_phone:
            parts.append(signpost["out_of_hours"].format(phone=settings.out_of_hours_phone))
        self.signpost = " ".join(parts)

    def message(self, status: AnswerStatus) -> str:
        """The sentence that stands for this status; empty where the answer speaks for itself."""
        return self._messages.get(status.value, "")

    def small_talk(self, kind: SmallTalk) -> str:
        """To a message that asks nothing of the documents."""
        return self._small_talk[kind.value]

    def notice(self, kind: NoticeKind, citations: tuple[int, ...] = (), **words: str) -> Notice:
        """A notice with `words` put into its wording."""
        return Notice(kind, self._notices[kind.value].format(**words), citations)
