"""What `assistant evaluate` runs: the cases over the store, and each open set over a store of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.assembly import Assistant
from assistant.evaluation.cases import load_cases
from assistant.evaluation.external import open_sets, run_open_set
from assistant.evaluation.halves import Half
from assistant.evaluation.run import Evaluation, Report
from corpus.settings import Settings
from corpus.store import Store
from ingest.pipeline import IngestPipeline


def evaluate(
    settings: Settings, cases: Path, half: Half, open_folder: Path | None = None, only: Sequence[str] = ()
) -> list[Report]:
    """The cases first, then those open sets that lie under `open_folder`, or only the ones named.

    Raises EvaluationError for cases or sets that cannot be used.
    """
    chosen = load_cases(cases, half)
    with Store(settings, "evaluate") as store:
        reports = [Evaluation(Assistant(store, settings), store).run(chosen, f"Cases, {half.value} half")]
    if open_folder is not None:
        names = only or [s.name for s in open_sets() if (open_folder / s.name).is_dir()]
        reports += [_open_set(name, open_folder, settings) for name in names]
    return reports


def _open_set(name: str, folder: Path, settings: Settings) -> Report:
    def take_in(store: Store, documents: Path) -> None:
        IngestPipeline(store, settings.ingest).run([documents])

    return Report(f"Open set {name}", tuple(run_open_set(name, folder, settings, take_in)))
