"""Commands for the library's keepers: withdraw, restore, supersede, roll back."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from api import cli_output as output
from api.cli_support import AsJson, Data, opened, register_of
from corpus.database import LARGEST
from corpus.runs import Runs

app = typer.Typer(help="Withdraw, restore and supersede documents; roll back ingests.", no_args_is_help=True)

DocumentId = Annotated[str, typer.Argument(help="The document's id; `assistant documents` lists all.")]


@app.command()
def withdraw(document: DocumentId, data: Data = None) -> None:
    """Make a document answer nothing; its citations still open."""
    with output.faults(), opened(data, "library") as (store, settings):
        from ingest.library import Library

        done = Library(store, settings.ingest).withdraw(document)
        output.console.print(f"{escape(done.title)} answers no questions any more.")


@app.command()
def restore(document: DocumentId, data: Data = None) -> None:
    """Make a withdrawn document answer again."""
    with output.faults(), opened(data, "library") as (store, settings):
        from ingest.library import Library

        done = Library(store, settings.ingest).restore(document)
        output.console.print(f"{escape(done.title)} answers questions again.")


@app.command()
def supersede(
    document: DocumentId,
    by: Annotated[str, typer.Option(help="The id of the document that takes its place.")],
    data: Data = None,
) -> None:
    """Let a newer document take an older one's place."""
    with output.faults(), opened(data, "library") as (store, settings):
        from ingest.library import Library

        done = Library(store, settings.ingest).supersede(document, by)
        output.console.print(f"{escape(done.title)} answers no questions any more: it is superseded.")


@app.command()
def ingests(
    limit: Annotated[int, typer.Option(min=1, max=LARGEST, help="Most ingests.")] = 20,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """List the last ingests, newest first."""
    with output.faults():
        runs = Runs(register_of(data).engine).newest(limit)
        if as_json:
            return output.print_json(runs)
        for run in runs:
            counts = ", ".join(f"{count} {status}" for status, count in run.counts.items())
            ended = counts or ("nothing found" if run.finished_at else "cut off")
            roots = escape(", ".join(run.roots))
            output.console.print(f"{run.id:>4}  {run.started_at:%d %b %Y %H:%M}  {ended}  [dim]{roots}[/dim]")
        if not runs:
            output.console.print("No ingests yet.")
    return None


@app.command("roll-back")
def roll_back(
    run: Annotated[
        int,
        typer.Argument(
            min=1, max=LARGEST, help="The ingest's number; `assistant library ingests` lists them."
        ),
    ],
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Undo an ingest: what it brought gives way to what was there before."""
    with output.faults(), opened(data, "library") as (store, settings):
        from ingest.library import Library

        output.print_report(Library(store, settings.ingest).roll_back(run), as_json)
