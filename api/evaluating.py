"""What `assistant evaluate` runs: answers to the cases over the store, and retrieval over question sets."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.assembly import Assistant
from assistant.evaluation import own_cases
from assistant.evaluation.ablation import ablate, variants
from assistant.evaluation.applicability import Applicability
from assistant.evaluation.cases import load_cases
from assistant.evaluation.comparison import RetrievalReport, musts
from assistant.evaluation.external import open_bench, open_sets
from assistant.evaluation.faithfulness import measure_support
from assistant.evaluation.halves import Half
from assistant.evaluation.question_sets import Bench
from assistant.evaluation.remembering import RememberingEmbedder
from assistant.evaluation.retrieval import compare
from assistant.evaluation.run import Evaluation, Report
from corpus.embedding import Embedder, open_embedder
from corpus.errors import EvaluationError
from corpus.settings import Settings
from corpus.store import Store
from ingest.pipeline import IngestPipeline

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sets:
    """Where the question sets lie; `names` are those wanted, all that are there where it is empty."""

    cases: Path
    half: Half
    open_folder: Path | None = None
    names: Sequence[str] = ()

    @property
    def wanted(self) -> list[str]:
        if self.names or self.open_folder is None:
            return list(self.names or [own_cases.NAME])
        there = [known.name for known in open_sets() if (self.open_folder / known.name).is_dir()]
        return [own_cases.NAME, *there]


def evaluate(settings: Settings, cases: Path, half: Half) -> list[Report]:
    """Answers and all that leads to them. Raises EvaluationError for cases that cannot be used."""
    chosen = load_cases(cases, half)
    with Store(settings, "evaluate") as store:
        return [Evaluation(Assistant(store, settings), store).run(chosen, f"Cases, {half.value} half")]


def evaluate_situations(settings: Settings, cases: Path, half: Half) -> list[Report]:
    """Which procedures apply, beside vector search. Raises EvaluationError for cases that cannot be used."""
    with Store(settings, "evaluate") as store:
        return [Applicability(store, settings, cases).run(half)]


def evaluate_support(settings: Settings, open_folder: Path | None, half: Half) -> list[Report]:
    """The support checker against people's marks. Raises EvaluationError where those cannot be read."""
    if open_folder is None:
        raise EvaluationError(
            "Where the marked answers lie is not known.", "Name the folder of the open sets with --open."
        )
    measures = measure_support(open_folder, open_embedder(settings.embedding), half)
    return [Report(f"Support checker, {half.value} half", tuple(measures), has_limits=True)]


def evaluate_retrieval(settings: Settings, sets: Sets, *, with_ablation: bool = False) -> RetrievalReport:
    """Ours and the plain stack side by side. Raises EvaluationError for a set that cannot be used."""
    embedder = RememberingEmbedder(open_embedder(settings.embedding))
    limits = musts(settings.evaluation)
    sections, ablations = [], []
    for name in sets.wanted:
        log.info("Making %s ready.", name)
        with bench_of(name, sets, settings, embedder) as bench:
            log.info("Asking the %s questions of %s.", len(bench.questions.questions), name)
            found, ours = compare(bench, settings.retrieval.min_confidence, limits.get(name, {}))
            sections += found
            if with_ablation:
                ablations += ablate(bench, ours, variants(embedder.fingerprint))
    return RetrievalReport(tuple(sections), tuple(ablations))


@contextmanager
def bench_of(name: str, sets: Sets, settings: Settings, embedder: Embedder) -> Iterator[Bench]:
    """The set ready to be asked. Raises EvaluationError where it is not known or not there."""

    def take_in(store: Store, documents: Path) -> None:
        IngestPipeline(store, settings.ingest).run([documents])

    if name == own_cases.NAME:
        with Store(settings, "evaluate", embedder) as store:
            yield own_cases.bench(store, settings, sets.cases, sets.half)
    elif sets.open_folder is None:
        raise EvaluationError(
            f"Where {name} lies is not known.", "Name the folder of the open sets with --open."
        )
    else:
        with open_bench(name, sets.open_folder, settings, take_in, embedder) as bench:
            yield bench
