"""How measured retrieval is printed: a table for each form of question, confidence, what each part costs."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import Console, RenderableType
from rich.table import Table

from api.cli_output import console, print_json
from assistant.evaluation.comparison import Ablation, Compared, RetrievalReport, Section
from assistant.evaluation.measures import Measure

_WIDTH = 160
_NOTES = """\
Plain is LangChain's tutorial stack over the same texts and vectors: chunks of 1,000 characters that overlap
by 200, Chroma, similarity search. Intervals are 95 %, from a bootstrap over questions; for Ahead, which is
ours less plain, the same questions are drawn for both."""
_RELIABILITY_NOTE = """\
The questions by confidence, from the lowest tenth to the highest: mean confidence, then the share that the
texts answer. A question that was asked again with its page hidden counts as one that they do not."""
_ABLATION_NOTE = """\
In points of 100: what changes where the part is switched off, and the paired 95 % interval; * where that
leaves out 0."""


def print_retrieval(report: RetrievalReport, json: bool) -> None:
    if json:
        return print_json(report.as_json())
    for section in report.sections:
        _print(_section(section))
    _print(_NOTES)
    if any(section.reliability for section in report.sections):
        _print(_reliability([section for section in report.sections if section.reliability]))
        _print(_RELIABILITY_NOTE)
    for ablation in report.ablations:
        _print(_ablation(ablation))
    if report.ablations:
        _print(_ABLATION_NOTE)
    return None


def _print(shown: RenderableType) -> None:
    # A file or a pipe has no width of its own, and folded cells cannot be read there.
    wide = console if console.is_terminal else Console(width=_WIDTH, highlight=False)
    wide.print(shown, markup=False)
    wide.print()


def _section(section: Section) -> Table:
    table = Table(_title(section), "Ours", "Plain", "Ahead", "Cases", "Must", box=None, pad_edge=False)
    for row in section.rows:
        cases = str(row.ours.cases)
        cells = (row.ours.name, _with_interval(row.ours), _with_interval(row.plain), _ahead(row.ahead), cases)
        table.add_row(*cells, _must(row), style=None if row.is_met else "red")
    return table


def _reliability(sections: Sequence[Section]) -> Table:
    table = Table("Reliability", *map(_title, sections), box=None, pad_edge=False)
    for tenth in range(max(len(section.reliability) for section in sections)):
        cells = []
        for section in sections:
            bins = section.reliability[tenth : tenth + 1]
            cells += [f"{b.confidence:.2f}  {b.observed:.2f}" for b in bins] or [""]
        table.add_row(f"tenth {tenth + 1}", *cells)
    return table


def _ablation(ablation: Ablation) -> Table:
    names = [change.name for change in ablation.costs[0].changes] if ablation.costs else []
    table = Table(f"Without, {_title(ablation)}", *names, box=None, pad_edge=False)
    for cost in ablation.costs:
        table.add_row(cost.part, *map(_points, cost.changes))
    return table


def _title(of: Section | Ablation) -> str:
    return f"{of.set_name}, {of.form}" if of.form else of.set_name


def _with_interval(measure: Measure | None) -> str:
    if measure is None:
        return ""
    if math.isnan(measure.value):
        return "–"
    return f"{measure.value:.3f} ({measure.low:.3f} to {measure.high:.3f})"


def _ahead(measure: Measure | None) -> str:
    if measure is None or math.isnan(measure.value):
        return ""
    return f"{measure.value:+.3f} ({measure.low:+.3f} to {measure.high:+.3f})"


def _points(change: Measure) -> str:
    mark = "*" if change.low > 0 or change.high < 0 else " "
    low, value, high = (100 * number for number in (change.low, change.value, change.high))
    return f"{value:+.1f}{mark}({low:+.1f} to {high:+.1f})"


def _must(row: Compared) -> str:
    if row.must is None:
        return ""
    return f"{row.must:.2f}" if row.is_met else f"{row.must:.2f} not reached"
