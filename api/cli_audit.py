"""`assistant audit verify | list | export | purge`: the records of answers. Works while the service runs."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Column, Table

from api import cli_output as output
from api.cli_support import AsJson, Data, database_of
from assistant.archive import Archive, RecordedAnswer
from assistant.audit import Audit, Verdict
from assistant.retention import Purged, Retention
from assistant.transcript import as_markdown
from corpus.database import LARGEST

app = typer.Typer(help="The records of answers: verify, list, export, purge.", no_args_is_help=True)

Conversation = Annotated[str | None, typer.Option(help="Id of one conversation.")]


@app.command()
def verify(
    expect: Annotated[
        str | None, typer.Option(help="A head that was noted before: its record must still be there.")
    ] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Check that no record was changed, put in, taken out or moved; exit status 1 if one was."""
    with database_of(data) as (engine, _):
        verdict = Audit(engine).verify(expect)
        output.print_json(verdict) if as_json else _print_verdict(verdict)
        if not verdict.is_whole:
            raise typer.Exit(1)


@app.command(name="list")
def list_records(
    limit: Annotated[int, typer.Option(min=1, max=LARGEST, help="Most records.")] = 50,
    document: Annotated[str | None, typer.Option(help="Only answers that cite this document.")] = None,
    version: Annotated[int | None, typer.Option(min=1, max=LARGEST, help="Only this version of it.")] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """List records, newest first."""
    with database_of(data) as (engine, _):
        found = Archive(engine).newest(limit, document, version)
        output.print_json(found) if as_json else _print_records(found)


@app.command()
def export(
    conversation: Conversation = None,
    as_markdown_file: Annotated[
        bool, typer.Option("--markdown", help="A conversation as Markdown, not as JSON.")
    ] = False,
    data: Data = None,
) -> None:
    """Print all that is kept, one record a line, or of one conversation alone."""
    if as_markdown_file and conversation is None:
        raise typer.BadParameter("--markdown needs --conversation.")
    with database_of(data) as (engine, _):
        archive = Archive(engine)
        records = archive.all() if conversation is None else archive.conversation(conversation)
        if as_markdown_file:
            print(as_markdown(list(records)), end="")
            return
        for record in records:
            print(json.dumps(record, default=output.plain, ensure_ascii=False))


@app.command()
def purge(
    conversation: Conversation = None,
    answer: Annotated[str | None, typer.Option(help="Id of one answer.")] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Remove what is over its time; or, at once, what was asked and said in one conversation or answer."""
    with database_of(data) as (engine, settings):
        retention = Retention(engine, settings.records)
        if conversation is None and answer is None:
            purged = retention.purge()
        else:
            erased = retention.erase_conversation(conversation) if conversation else 0
            purged = Purged(erased + (retention.erase_answer(answer) if answer else 0), 0)
        output.print_json(purged) if as_json else _print_purged(purged)


def _print_verdict(verdict: Verdict) -> None:
    if verdict.first_at and verdict.last_at:
        span = f", {verdict.first_at:%d %b %Y %H:%M} to {verdict.last_at:%d %b %Y %H:%M} UTC"
        output.console.print(f"{verdict.records} records, from number {verdict.first}{span}.", soft_wrap=True)
    else:
        output.console.print("There are no records.")
    output.console.print(
        f"Removed by now: what was asked in {verdict.without_question} of them, "
        f"what was said in {verdict.without_words}."
    )
    if verdict.broken is None:
        output.console.print(f"[green]OK[/green]. Head: {verdict.head}", soft_wrap=True)
    else:
        which = f"record {verdict.broken.sequence}" if verdict.broken.sequence else "the chain"
        name = f" ({verdict.broken.id})" if verdict.broken.id else ""
        reason = escape(verdict.broken.reason)
        output.console.print(f"[red]Broken[/red] at {which}{name}: {reason}", soft_wrap=True)


def _print_purged(purged: Purged) -> None:
    questions, records = purged.questions, purged.records
    output.console.print(f"Removed: what was asked in {questions} answers; {records} records as a whole.")


def _print_records(found: list[RecordedAnswer]) -> None:
    columns = "Number", "At (UTC)", "Status", Column("Id", no_wrap=True), "Question"
    table = Table(*columns, box=None, pad_edge=False)
    for record in found:
        answer = record.answer
        at = f"{record.at:%d %b %Y %H:%M}"
        table.add_row(str(record.sequence), at, answer.status.value, answer.id, escape(answer.question))
    output.console.print(table if found else "There are no records.")
