"""`assistant sync`: folders and web manuals brought in step, and the list of those that are kept."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from api import cli_output as output
from api.cli_support import AsJson, Data, opened, register_of, settings_for
from corpus.database import LARGEST
from corpus.documents import Kind
from corpus.errors import AssistantError, IngestError
from corpus.setting_sections import MOST_HOURS
from corpus.source_list import KeptSource, SourceList
from ingest.web.visits import Crawl, Seen

app = typer.Typer(help="Bring the kept folders and web manuals in step.", invoke_without_command=True)

_SOME_FAILED = 3


@app.callback()
def sync(
    context: typer.Context,
    only: Annotated[int | None, typer.Option(help="Only the source of this number.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be taken, and change nothing.")
    ] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Look at all kept sources now, whether they are due or not."""
    if context.invoked_subcommand is not None:
        return
    with output.faults(), opened(data, "sync") as (store, settings):
        from ingest.library import Library
        from ingest.syncing import Sync

        step = Sync(Library(store, settings.ingest), store, settings.ingest, settings.web, sleep=time.sleep)
        sources = [step.sources.get(only)] if only is not None else step.sources.all()
        if not sources:
            raise IngestError("No sources are kept.", "Add one with `assistant sync add FOLDER-OR-ADDRESS`.")
        failed = False
        for source in sources:
            if not as_json:
                output.console.print(f"[bold]{output.path_shown(source.location)}[/bold]", soft_wrap=True)
            try:
                if dry_run:
                    crawl = step.dry_run(source)
                    _print_crawl(crawl, as_json)
                    failed = failed or bool(crawl.ended)
                else:
                    report = step.run(source).report
                    output.print_report(report, as_json)
                    failed = failed or not report.is_complete
            except AssistantError as error:
                # One source's fault must not keep the others from being looked at.
                output.errors.print(f"[red]{escape(str(error))}[/red]", soft_wrap=True)
                failed = True
        if failed:
            raise typer.Exit(_SOME_FAILED)


@app.command()
def add(
    location: Annotated[str, typer.Argument(help="A folder, or the address of a manual or sitemap.")],
    kind: Annotated[Kind | None, typer.Option(help="What the documents are, where they do not say.")] = None,
    every_hours: Annotated[
        float | None,
        typer.Option(min=0, max=MOST_HOURS, help="How often the service looks at it; 0 for never."),
    ] = None,
    max_pages: Annotated[int | None, typer.Option(min=1, max=LARGEST, help="Most pages of a manual.")] = None,
    max_depth: Annotated[
        int | None, typer.Option(min=0, max=LARGEST, help="Most links from the start.")
    ] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Keep a source; one that is kept already gets these settings."""
    from ingest.syncing import source_kind

    with output.faults():
        settings = settings_for(data)
        sort, place = source_kind(location)
        source = SourceList(register_of(data).engine).add(
            sort,
            place,
            datetime.now(UTC),
            every_hours=settings.web.every_hours if every_hours is None else every_hours,
            document_kind=kind,
            max_pages=max_pages,
            max_depth=max_depth,
        )
        _print_sources([source], as_json)


@app.command("list")
def list_sources(data: Data = None, as_json: AsJson = False) -> None:
    """List the kept sources."""
    with output.faults():
        _print_sources(SourceList(register_of(data).engine).all(), as_json)


@app.command()
def remove(
    number: Annotated[int, typer.Argument(help="The source's number in the list.")], data: Data = None
) -> None:
    """Look at a source no more; its documents stay."""
    with output.faults():
        SourceList(register_of(data).engine).remove(number)
        output.console.print("It is looked at no more. Its documents stay.")


def _print_sources(sources: list[KeptSource], as_json: bool) -> None:
    if as_json:
        return output.print_json(sources)
    table = Table("No.", "Source", "Kind", "Every", "Last looked at", box=None, pad_edge=False)
    for source in sources:
        every = f"{source.every_hours:g} h" if source.every_hours > 0 else "when told to"
        tried = f"{source.tried_at:%d %b %Y %H:%M}" if source.tried_at else "not yet"
        kind = source.document_kind.value if source.document_kind else "recognised"
        table.add_row(str(source.id), output.path_shown(source.location), kind, every, tried)
    output.console.print(table if sources else "No sources are kept: `assistant sync add FOLDER-OR-ADDRESS`.")
    return None


def _print_crawl(crawl: Crawl, as_json: bool) -> None:
    if as_json:
        return output.print_json(crawl.as_json())
    for visit in crawl.visits:
        name = visit.title or ""
        told = f" {visit.reason}" if visit.reason else ""
        colour = "red" if visit.seen is Seen.FAILED else "default"
        line = f"  [{colour}]{visit.seen.value:>16}[/{colour}]  {output.path_shown(visit.url)}"
        output.console.print(f"{line}  [dim]{escape(name)}{escape(told)}[/dim]", soft_wrap=True)
    counts = ", ".join(f"{count} {seen.value}" for seen, count in sorted(crawl.counts.items()))
    output.console.print(f"{counts or 'Nothing was found'}. Nothing was changed: this was a dry run.")
    if crawl.ended:
        output.console.print(f"[red]{escape(crawl.ended)}[/red]")
    return None
