"""How an evaluation is printed: a table for each report, with the worst misses by name."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from api.cli_output import console, print_json
from assistant.evaluation.report import as_json, rows
from assistant.evaluation.run import Report
from corpus.settings import EvaluationSettings


def print_reports(reports: Sequence[Report], settings: EvaluationSettings, json: bool) -> None:
    if json:
        return print_json(as_json(reports, settings))
    for report in reports:
        console.print(_table(report, settings))
        _print_misses(report)
    return None


def _table(report: Report, settings: EvaluationSettings) -> Table:
    table = Table(report.title, "Value", "95 % interval", "Cases", "Limit", box=None, pad_edge=False)
    for row in rows(report, settings):
        table.add_row(*map(escape, row.cells), style=None if row.is_met else "red")
    return table


def _print_misses(report: Report) -> None:
    if not report.misses:
        return
    console.print("\n[bold]The worst misses[/bold]")
    for miss in report.misses:
        place = f"found at {miss.rank}" if miss.rank else "not found"
        console.print(f"{miss.id}: {escape(miss.question)}")
        console.print(
            f"  [dim]{miss.status.value}; {escape(', '.join(miss.wanted))} {place}; "
            f"first was {escape(miss.first_found)}[/dim]"
        )
