"""A question on its way through the pipeline; every step returns a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.answers import Answer, Sentence
from assistant.evidence import Evidence
from assistant.reviews import AskedOf
from corpus.passages import Citation, LivePassage

Release = Callable[[Sentence, tuple[Citation, ...]], None]
"""Takes a verified sentence with the citations that it is the first to rest on."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the same conversation, already screened.

    `cited` are the places that its answer cited, as `document_id#anchor`, in their order.
    """

    question: str
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was retrieved. `score` orders passages of one search and means nothing across searches;
    `lines` are its lines with their own scores, best first."""

    live: LivePassage
    score: float
    lines: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Enquiry:
    """`text` is what was typed; `standalone` what is searched for once the turns before are taken in. Of what
    may be a follow-up, `latest` is its last turn, `leans` whether its words point back, `is_bare` whether it
    is too short to name what it is about, and `near` are the documents that the turn before was answered
    from. `is_safe`: the person says, after the signpost, that nobody is in danger now; `may_be_danger`: the
    signpost is to stand above the answer. `of_review` is the part of a review that is asked for, None where
    none is. `not_held` are those of the things asked for which nothing was found; `is_said` whether what was
    found seems to say what is asked. `draft` is what was composed and is not said before it is verified;
    `release`, where somebody waits for it, is handed each sentence of a model as soon as it is verified.
    """

    text: str
    turns: tuple[Turn, ...] = ()
    is_safe: bool = False
    may_be_danger: bool = False
    standalone: str = ""
    latest: str = ""
    leans: bool = False
    is_bare: bool = False
    near: frozenset[str] = frozenset()
    of_review: AskedOf | None = None
    found: tuple[Found, ...] = ()
    confidence: float = 0.0
    not_held: tuple[str, ...] = ()
    is_said: bool = True
    draft: Answer | None = None
    release: Release | None = None
