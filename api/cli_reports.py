"""`assistant report NAME`: one of the reports, as a table, JSON or CSV. Works while the service runs."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from api import cli_output as output
from api.cli_support import AsJson, Data, settings_for
from api.report_schemas import ReportOut
from assistant.reports import links
from assistant.reports.catalogue import CATALOGUE, report
from assistant.reports.context import ReportContext
from assistant.reports.table import Cell, Report, csv_of
from assistant.reports.web import WebCheck
from corpus.database import open_database
from corpus.embedding import open_embedder
from corpus.file_names import shown
from corpus.register import Register
from corpus.room import told_of_disk, write_whole

_LONGEST_CELL = 240
_MOST_COLUMNS = 6


def report_command(
    name: Annotated[str, typer.Argument(help=f"One of: {', '.join(CATALOGUE)}.")],
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    online: Annotated[
        bool, typer.Option("--online", help="With links: call each web address, one a second.")
    ] = False,
    to: Annotated[Path | None, typer.Option("--output", help="Write to this file, as CSV or JSON.")] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Print a report on the library, or on what was asked of it."""
    if as_csv and as_json:
        raise typer.BadParameter("Choose --csv or --json.")
    if online and name != links.NAME:
        raise typer.BadParameter("--online goes with the report links.")
    with output.faults():
        settings = settings_for(data)
        engine = open_database(settings.database, settings.data_dir)
        try:
            embedder = cache(lambda: open_embedder(settings.embedding))
            web = WebCheck() if online else None
            context = ReportContext(Register(engine), settings.reports, date.today(), embedder, web=web)
            made = report(name, context)
        finally:
            engine.dispose()
        if to is not None:
            _write(made, to, as_json=as_json)
        elif as_csv:
            print(csv_of(made), end="")
        elif as_json:
            output.print_json(ReportOut.of(made).model_dump())
        else:
            _print(made)


def _write(made: Report, to: Path, *, as_json: bool) -> None:
    text = ReportOut.of(made).model_dump_json(indent=2) if as_json else csv_of(made)
    with told_of_disk(f"The file {shown(to)}"):
        write_whole(to, text.encode())
    output.console.print(f"{len(made.rows)} rows written to {output.path_shown(to)}.")


def _print(made: Report) -> None:
    """A table where it fits on a line, else the rows one below the other, with long words cut."""
    output.console.print(f"[bold]{escape(made.title)}[/bold]")
    for sentence in made.summary:
        output.console.print(escape(sentence), soft_wrap=True)
    has_quotes = any(column.quote for column in made.columns)
    if has_quotes:
        _print_blocks(made)
    elif made.rows:
        columns = made.columns[:_MOST_COLUMNS]
        table = Table(*(column.title for column in columns), box=None, pad_edge=False)
        for row in made.rows:
            table.add_row(*(escape(_cut(row.get(column.key))) for column in columns))
        output.console.print(table)
        if len(made.columns) > len(columns):
            output.console.print("Further columns are in --csv and --json.")


def _print_blocks(made: Report) -> None:
    for row in made.rows:
        output.console.print()
        for column in made.columns:
            cell = _cut(row.get(column.key))
            if cell:
                shown = f"“{cell}”" if column.quote else cell
                output.console.print(f"[dim]{escape(column.title)}:[/dim] {escape(shown)}", soft_wrap=True)


def _cut(cell: Cell) -> str:
    flat = "" if cell is None else " ".join(str(cell).split())
    return flat if len(flat) <= _LONGEST_CELL else f"{flat[: _LONGEST_CELL - 1]}…"
