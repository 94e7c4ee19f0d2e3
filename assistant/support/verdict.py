"""What a check of one sentence comes to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.support.sources import SourceLine


class Reason(StrEnum):
    """Why a sentence is not said; declared from the plainest fault to the most general one."""

    MISSING_SOURCE = "missing source"
    INSTRUCTION = "instruction"
    FOREIGN_WORDS = "foreign words"
    MARKUP = "markup"
    ALTERED_QUOTE = "altered quote"
    PHONE = "phone"
    CONTACT = "contact"
    LAW = "law"
    DATE = "date"
    NUMBER = "number"
    UNIT = "unit"
    TIME_LIMIT = "time limit"
    MODALITY = "modality"
    NEGATION = "negation"
    BODY = "body"
    ROLES = "roles"
    CONDITION = "condition"
    HEDGE = "hedge"
    CHOICE = "choice"
    MIXED = "mixed"
    NEW_WORDS = "new words"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`score` is the probability, 0 to 1, that people would call the sentence faithful to its sources, and 0
    where it breaks a rule; `reasons` come the plainest first; `lines` are those that it rests on, in the
    order of its clauses."""

    score: float
    reasons: tuple[Reason, ...] = ()
    lines: tuple[SourceLine, ...] = ()

    @property
    def is_supported(self) -> bool:
        return not self.reasons
