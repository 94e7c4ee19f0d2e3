"""The shapes of session packs at the door."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from api.schemas import CitationOut
from assistant.sessions.changed import Outdated
from assistant.sessions.exports.files import FileKind
from assistant.sessions.kept import Kept
from assistant.sessions.pack import Audience, ChangeOf, PartName, SessionFormat, SessionRequest, Voice
from assistant.sessions.timing import running_order
from assistant.sessions.uses import LoggedUse
from assistant.steps.screen import visible
from corpus.database import LARGEST

MOST_THEME, MOST_DOCUMENTS, MOST_WRITTEN = 300, 20, 2000
NOT_YET_HELD = "A session is entered once it was held: its date cannot lie in the future."
_ID = r"^[a-z0-9-]{1,200}$"


class ChangeIn(BaseModel):
    """What this version of a document changed."""

    document: str = Field(pattern=_ID)
    version: int = Field(ge=2, le=LARGEST)


class SourceIn(BaseModel):
    """One of the three."""

    documents: list[str] = Field([], max_length=MOST_DOCUMENTS, description="Ids of briefings or procedures.")
    theme: str = Field(
        "", max_length=MOST_THEME, description="A theme across reviews, without details of real people."
    )
    change: ChangeIn | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if sum(map(bool, (self.documents, visible(self.theme), self.change))) != 1:
            raise ValueError("give one of documents, theme and change")
        return self


class SessionIn(BaseModel):
    """What the session is about, how long it takes, and for whom it is."""

    source: SourceIn
    minutes: Literal[7, 15, 30, 60, 90] = 30
    format: SessionFormat = SessionFormat.TEAM_MEETING
    audience: Audience = Audience.MIXED
    graphic_detail: bool = Field(
        True, description="Without it, lines that tell of injuries or acts in detail are left out."
    )
    phrased: bool = Field(
        False,
        description="With it, where a chat model is configured, each key message is said in short, too, by a "
        "sentence of the model that passed the checks of answers. Not on one page, nor of a change.",
    )

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"source": {"theme": "invisible fathers"}, "minutes": 30, "format": "team-meeting"}]
        }
    )

    def request(self, theme: str) -> SessionRequest:
        """With the theme as it was screened."""
        change = self.source.change
        return SessionRequest(
            minutes=self.minutes,
            format=self.format,
            audience=self.audience,
            documents=tuple(self.source.documents),
            theme=theme,
            change=ChangeOf(change.document, change.version) if change else None,
            graphic_detail=self.graphic_detail,
            phrased=self.phrased,
        )


class ItemOut(BaseModel):
    """`quote` is the documents' own words, `text` anybody else's; `voice` says whose. `answer` is the
    key of a quiz question, quoted by citation `answer_citation`."""

    key: str
    voice: Voice
    quote: str
    text: str
    label: str
    citations: tuple[int, ...]
    depth: int
    answer: str
    answer_citation: int | None


class PartOut(BaseModel):
    """`minutes` is 0 for what is read outside the session; `notes` are for the facilitator."""

    name: PartName
    title: str
    minutes: int
    items: tuple[ItemOut, ...]
    notes: tuple[ItemOut, ...]


class SlotOut(BaseModel):
    """Minutes from the beginning."""

    part: PartName
    title: str
    start: int
    end: int


class PhrasingOut(BaseModel):
    """What came of asking a chat model to say `asked` key messages in short. `kept` sentences passed the
    checks; `dropped` counts by reason what was written and not said."""

    model: str
    prompt: str
    asked: int
    kept: int
    dropped: dict[str, int]


class PlanOut(BaseModel):
    """The parts in their order, the trainer's edits taken in; the running order adds up to `minutes`."""

    title: str
    minutes: int
    format: SessionFormat
    audience: Audience
    graphic_detail: bool
    left_out: int = Field(description="Lines that were left out for their detail.")
    phrasing: PhrasingOut | None = Field(description="Null where no chat model was asked.")
    running_order: list[SlotOut]
    parts: list[PartOut]


class OutdatedOut(BaseModel):
    """A citation whose words have changed. `current` is null where the document was withdrawn, `now` where it
    is not known what took their place."""

    citation: int
    document_id: str
    title: str
    quote: str
    current: int | None
    now: str | None


class SessionOut(BaseModel):
    """A session pack. `url` is its permanent page, `exports` its files; all relative to the service."""

    id: str
    plan: PlanOut
    citations: list[CitationOut]
    exports: dict[FileKind, str]
    url: str
    made_at: datetime
    run: int | None = Field(description="Number of the ingest run whose library it was made from.")
    outdated: list[OutdatedOut]
    earlier: str | None = Field(description="The pack that it was made anew from.")
    later: str | None = Field(description="The pack that was made anew from it.")

    @classmethod
    def of(cls, kept: Kept, outdated: list[Outdated]) -> Self:
        pack = kept.edited
        request = pack.request
        slots = running_order(pack.parts)
        return cls(
            id=pack.id,
            plan=PlanOut(
                title=pack.title,
                minutes=request.minutes,
                format=request.format,
                audience=request.audience,
                graphic_detail=request.graphic_detail,
                left_out=pack.left_out,
                phrasing=PhrasingOut.model_validate(asdict(pack.phrasing)) if pack.phrasing else None,
                running_order=[
                    SlotOut(part=each.part.name, title=each.part.title, start=each.start, end=each.end)
                    for each in slots
                ],
                parts=[PartOut.model_validate(asdict(part)) for part in pack.parts],
            ),
            citations=[CitationOut.model_validate(asdict(each)) for each in pack.citations],
            exports={kind: f"/v1/sessions/{pack.id}.{kind.value}" for kind in FileKind},
            url=f"/sessions/{pack.id}",
            made_at=pack.made_at,
            run=pack.run,
            outdated=[_outdated(each) for each in outdated],
            earlier=kept.earlier,
            later=kept.later,
        )


class UseIn(BaseModel):
    """A session that was held. Teams, services and roles only: names of people are refused."""

    on: date = Field(description="Not in the future.")
    team: str = Field(min_length=1, max_length=200)
    people: int = Field(ge=1, le=10_000)
    actions: str = Field("", max_length=MOST_WRITTEN)

    @field_validator("team")
    @classmethod
    def _is_said(cls, team: str) -> str:
        if not visible(team):
            raise ValueError("give the team, service or role")
        return team


class UseOut(BaseModel):
    """An entry of the use log."""

    pack_id: str
    title: str
    on: date
    team: str
    people: int
    actions: str
    at: datetime

    @classmethod
    def of(cls, logged: LoggedUse) -> Self:
        return cls(**asdict(logged.use), title=logged.title, at=logged.at)


def _outdated(each: Outdated) -> OutdatedOut:
    fields: dict[str, Any] = {"current": each.current, "now": each.now}
    citation = each.citation
    return OutdatedOut(
        citation=citation.number,
        document_id=citation.document_id,
        title=citation.title,
        quote=citation.quote,
        **fields,
    )
