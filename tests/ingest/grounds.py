"""A folder of made-up procedures and a store to take them into."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from corpus.passages import LivePassage
from corpus.settings import Settings
from corpus.store import Store
from ingest.pipeline import IngestPipeline
from ingest.report import Report, Status
from tests.stand_ins import WordsEmbedder

SEE = "1.1 The social worker must see the child alone within five working days."
TELL = "1.2 Parents should be told what happens next, unless that puts the child at risk."
WRITE = "1.2 Each visit is written down by the end of the next working day."
LAST = "1.3 Managers look at one visit in ten."
POLICE = "2.1 Police officers join the strategy discussion and share what they know."


@dataclass
class Grounds:
    """`folder` holds the files; `run` takes them in with an embedder that remembers what it embedded."""

    folder: Path
    settings: Settings
    embedder: WordsEmbedder = field(default_factory=WordsEmbedder)

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self.store = Store(self.settings, "ingest", self.embedder)

    def write(self, name: str, *paragraphs: str, title: str = "Visits") -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join((f"# {title}", *paragraphs)) + "\n")
        return path

    def run(self, *roots: Path) -> Report:
        self.embedder.embedded.clear()
        return IngestPipeline(self.store, self.settings.ingest).run(roots or [self.folder])

    def reopen(self) -> None:
        self.store.close()
        self.store = Store(self.settings, "ingest", self.embedder)

    def live(self) -> list[LivePassage]:
        register = self.store.register
        return list(register.live(register.live_ids()).values())

    def words(self) -> set[str]:
        """All live passages' texts, and that both indexes hold just these."""
        assert self.store.indexes.drifts() == []
        return {found.passage.text for found in self.live()}


def statuses(report: Report) -> dict[str, Status]:
    """How each file ended, by its name."""
    return {Path(outcome.source).name: outcome.status for outcome in report.outcomes}
