"""What an ingest did, file by file, for the person who started it and for the register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from corpus.documents import Kind


class Status(StrEnum):
    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    RESTORED = "restored"
    MOVED = "moved"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    HELD = "held back"
    ROLLED_BACK = "rolled back"
    PASSED_OVER = "passed over"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file or page.

    `embedded` counts passages that had to be embedded; `changes` paragraphs that differ from the version
    before; `reason` and `advice` are for one that was not taken in.
    """

    source: str
    status: Status
    document_id: str | None = None
    kind: Kind | None = None
    sections: int = 0
    passages: int = 0
    embedded: int = 0
    changes: int = 0
    warnings: Sequence[str] = ()
    reason: str = ""
    advice: str = ""


@dataclass(slots=True)
class Report:
    """All outcomes of one run, in the order in which they came; `seconds` is wall time, `run` its id."""

    outcomes: list[Outcome] = field(default_factory=list)
    seconds: float = 0.0
    run: int | None = None

    def count(self, status: Status) -> int:
        """How many files ended so."""
        return self.statuses[status]

    @property
    def statuses(self) -> Counter[Status]:
        """Files by how they ended."""
        return Counter(outcome.status for outcome in self.outcomes)

    @property
    def embedded(self) -> int:
        """Passages embedded in this run."""
        return sum(outcome.embedded for outcome in self.outcomes)

    @property
    def is_complete(self) -> bool:
        """Whether nothing was refused."""
        return not self.count(Status.REFUSED)

    def as_json(self) -> dict[str, Any]:
        """Plain values, as kept in the register and printed with `--json`."""
        return {
            "files": [asdict(outcome) for outcome in self.outcomes],
            "counts": {status.value: count for status, count in sorted(self.statuses.items())},
            "embedded": self.embedded,
            "seconds": round(self.seconds, 3),
            "run": self.run,
        }
