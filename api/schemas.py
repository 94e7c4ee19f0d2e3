"""The shapes at the door. Fields may be added; none is ever renamed."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field

from assistant.answers import Answer, AnswerStatus, Group, Modality, NoticeKind, Sentence
from assistant.figures import highlights
from corpus.documents import Kind
from corpus.passages import digest

_QUESTION = "Who must be told when a baby who is not yet mobile has a bruise?"
_QUOTE = (
    "Any practitioner who sees a bruise on a baby who is not yet mobile must make a referral the same day."
)


def _example(**fields: Any) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [fields]}, from_attributes=True)


ConversationId = Annotated[str, Field(pattern="^[A-Za-z0-9_-]{1,64}$")]


class QuestionIn(BaseModel):
    """A question, without details of real people."""

    question: str = Field(min_length=1, examples=[_QUESTION])
    conversation_id: ConversationId | None = Field(
        None,
        description=(
            "That of an earlier answer, or one of your choice: questions under one id are read together. "
            "One of under 22 characters could be guessed: it lasts half an hour and is not recorded."
        ),
    )
    role: str | None = Field(
        None,
        max_length=100,
        description="What the asker does, such as `health visitor`.",
        examples=["teacher"],
    )
    no_immediate_danger: bool = Field(
        False,
        description=(
            "The person says, after the answer `immediate_danger`, that nobody is in danger now: the "
            "question is then answered, below the signpost."
        ),
    )

    model_config = _example(question=_QUESTION, conversation_id="5f2b8c0e4d6a4f3e9b7a1c2d3e4f5a6b")


class SentenceOut(BaseModel):
    """A sentence of the answer with the numbers of its citations."""

    text: str
    group: Group
    modality: Modality | None
    citations: tuple[int, ...]
    is_item: bool = Field(
        False,
        description="Whether it goes on from the sentence before, as an item of the list which that leads in "
        "to: to be shown below it, without a verb of its own.",
    )
    highlights: tuple[tuple[int, int], ...] = Field(
        (), description="Spans of the text that hold the time limit, number or contact asked for: start, end."
    )

    model_config = _example(
        text=_QUOTE, group="procedure", modality="must", citations=[1], highlights=[[87, 99]]
    )


class NoticeOut(BaseModel):
    """What is said beside the quotes: `not_held`, a part of the question that the documents do not hold;
    `differing`, two cited sources that do not agree; `older_edition`, a newer edition of what is cited."""

    kind: NoticeKind
    text: str
    citations: tuple[int, ...]

    model_config = ConfigDict(from_attributes=True)


class CitationOut(BaseModel):
    """Words of one version of a document: `text[start:end] == quote`, counted in Unicode code points."""

    number: int
    document_id: str
    title: str
    kind: Kind
    version: int
    anchor: str
    heading_trail: tuple[str, ...]
    page: int | None
    quote: str
    start: int
    end: int
    sha256: str = Field(description="Of the quote's UTF-8 bytes.")
    url: str = Field(description="The permanent link, relative to the service.")
    last_reviewed: date | None

    model_config = _example(
        number=1,
        document_id="3-2-bruising-in-babies",
        title="Bruising in babies who are not yet mobile",
        kind="procedure",
        version=1,
        anchor="3.2.7",
        heading_trail=["3.2 Bruising in babies who are not yet mobile", "Time limits"],
        page=2,
        quote=_QUOTE,
        start=2132,
        end=2132 + len(_QUOTE),
        sha256=digest(_QUOTE),
        url=f"/cite/3-2-bruising-in-babies/1/2132-{2132 + len(_QUOTE)}#cited",
        last_reviewed="2026-03-09",
    )


class AnswerOut(BaseModel):
    """An answer, or a fixed reply: `status` tells, `message` holds its wording.

    `signpost` is to be shown before everything else. `suggestion` is the question without case data.
    """

    id: str | None = Field(description="Of its record: 32 hexadecimal digits; null where none is kept.")
    conversation_id: str | None = Field(None, description="To be sent with the next question.")
    status: AnswerStatus
    question: str = Field(description="Empty where it was not to be kept: case data and immediate danger.")
    standalone: str = Field("", description="The question as it was understood, the ones before taken in.")
    answer: tuple[SentenceOut, ...]
    citations: tuple[CitationOut, ...]
    notices: tuple[NoticeOut, ...] = Field((), description="To be shown before the sentences.")
    further: tuple[CitationOut, ...] = Field(
        (),
        description="Passages found next that no sentence quotes: to be shown folded, below the sentences.",
    )
    message: str
    signpost: str | None
    suggestion: str | None
    confidence: float = Field(description="Probability, 0 to 1, that the documents answer the question.")
    timings: dict[str, float] = Field(description="Milliseconds by step.")
    model: str | None = Field(None, description="The chat model that composed it; null for quotes alone.")
    prompt: str | None = Field(None, description="The version of the prompt that the model was given.")
    dropped: dict[str, int] = Field(
        default_factory=dict, description="What a model wrote and was not said: sentences by reason."
    )

    @classmethod
    def of(cls, answer: Answer, **more: Any) -> Self:
        """The answer in this shape, with `more` fields that are not its own."""
        sentences = tuple(sentence_out(each, answer.standalone) for each in answer.sentences)
        return cls(answer=sentences, **_fields(answer, "sentences"), **more)


def sentence_out(sentence: Sentence, question: str) -> SentenceOut:
    """The sentence with what the question asks for marked in it."""
    return SentenceOut(**_fields(sentence), highlights=highlights(question, sentence.text))


def _fields(of: Answer | Sentence, *but: str) -> dict[str, Any]:
    """As `asdict`, which copies all that is in them, and takes longer over that than the rest of the door."""
    return {each.name: getattr(of, each.name) for each in fields(of) if each.name not in but}


class SearchIn(BaseModel):
    """Words to look for, without details of real people."""

    query: str = Field(min_length=1, examples=["time limit for a strategy discussion"])
    limit: int = Field(5, ge=1, le=50, description="Most passages.")
    context: int = Field(0, ge=0, le=5, description="Neighbouring passages on each side.")

    model_config = _example(query="time limit for a strategy discussion", limit=3, context=1)


class PassageOut(BaseModel):
    """A passage and, where context was asked for, its neighbours under the same heading in reading order."""

    document_id: str
    title: str
    kind: Kind
    version: int
    anchor: str
    heading_trail: tuple[str, ...]
    page: int | None
    text: str
    start: int
    end: int
    url: str
    last_reviewed: date | None
    score: float = Field(description="Orders the passages of one search; means nothing across searches.")
    context_before: list[str]
    context_after: list[str]


class SearchOut(BaseModel):
    """Passages, best first; none in immediate danger: `message` and `signpost` then say what to do."""

    passages: list[PassageOut]
    confidence: float = Field(description="Probability, 0 to 1, that the passages answer the query.")
    message: str = ""
    signpost: str | None = None


class HealthOut(BaseModel):
    """The process is up."""

    status: str = Field("up", examples=["up"])


class ReadinessOut(BaseModel):
    """The store answers."""

    status: str = Field("ready", examples=["ready"])
    documents: int
    passages: int
