"""What the commands print: tables and sentences for people, JSON for programs."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column, Table

from api.doctor import Finding
from api.schemas import AnswerOut
from assistant.answers import Answer, AnswerStatus
from assistant.enquiry import Found
from assistant.figures import highlights
from corpus.changes import RecordedChange
from corpus.documents import Document
from corpus.errors import AssistantError
from corpus.file_names import shown
from corpus.passages import Citation
from corpus.room import disk_full, tells_of_full_disk
from ingest.report import Report, Status

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


@contextmanager
def faults() -> Iterator[None]:
    """A fault of ours ends in two plain lines and exit status 1."""
    try:
        yield
    except AssistantError as error:
        _print_fault(error)
        raise typer.Exit(1) from error
    except OSError as error:
        if not tells_of_full_disk(error):
            raise
        _print_fault(disk_full())
        raise typer.Exit(1) from error


def _print_fault(error: AssistantError) -> None:
    logging.getLogger(__name__).debug("The command failed.", exc_info=True)
    errors.print(f"[red]{escape(error.message)}[/red]", soft_wrap=True)
    if error.advice:
        errors.print(escape(error.advice), soft_wrap=True)


def path_shown(path: Path | str) -> str:
    """Of a file or folder, or an address, fit for a terminal."""
    return escape(shown(path))


@contextmanager
def progress(*, hidden: bool) -> Iterator[Callable[[int, int, str], None]]:
    """A bar on standard error that follows an ingest."""
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=errors, disable=hidden, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, name: bar.update(
            task, completed=done, total=total, description=path_shown(name)
        )


def print_report(report: Report, as_json: bool) -> None:
    if as_json:
        return print_json(report.as_json())
    table = Table("File", "Result", "Kind", "Sections", "Passages", "Embedded", box=None, pad_edge=False)
    for column in table.columns[3:]:
        column.justify = "right"
    for outcome in report.outcomes:
        if outcome.status is Status.UNCHANGED:
            continue
        numbers = [str(n) if n else "" for n in (outcome.sections, outcome.passages, outcome.embedded)]
        name = path_shown(Path(outcome.source).name)
        table.add_row(name, outcome.status.value, outcome.kind.value if outcome.kind else "", *numbers)
    if table.row_count:
        console.print(table)
    for outcome in report.outcomes:
        name = path_shown(Path(outcome.source).name)
        if outcome.reason:
            console.print(f"[red]{name}[/red]: {escape(outcome.reason)} {escape(outcome.advice)}")
        for warning in outcome.warnings:
            console.print(f"[yellow]{name}[/yellow]: {escape(warning)}")
    counts = ", ".join(f"{count} {status.value}" for status, count in sorted(report.statuses.items()))
    console.print(
        f"{counts or 'No file that can be read was found'}; "
        f"{report.embedded} passages embedded; {report.seconds:.1f} s."
    )
    return None


def print_answer(answer: Answer, as_json: bool) -> None:
    if as_json:
        return print_json(AnswerOut.of(answer).model_dump(mode="json"))
    if answer.status is AnswerStatus.IMMEDIATE_DANGER and answer.signpost:
        console.print(f"[bold red]{escape(answer.signpost)}[/bold red]")
    if answer.message:
        console.print(escape(answer.message))
    if answer.suggestion:
        console.print(f"Without the details: {escape(answer.suggestion)}")
    for notice in answer.notices:
        console.print(f"[yellow]{escape(notice.text)}[/yellow]")
    citations = {citation.number: citation for citation in answer.citations}
    group = None
    for sentence in answer.sentences:
        if sentence.group is not group:
            group = sentence.group
            console.print(f"\n[bold]{group.heading}[/bold]")
        verb = f"[bold]{sentence.verb.value.upper()}[/bold] " if sentence.verb else ""
        indent = "    " if sentence.is_item else "  "
        console.print(f"{indent}{verb}{_marked(sentence.text, answer.standalone)}")
        for number in sentence.citations:
            console.print(f"    [dim]{escape(_place(citations[number]))}[/dim]")
    if answer.further:
        console.print("\n[bold]Also found[/bold]")
    for citation in answer.further:
        console.print(f"  [dim]{escape(_place(citation))}[/dim]")
    return None


def _marked(text: str, question: str) -> str:
    """With what the question asks for in bold."""
    marked, last = "", 0
    for start, end in highlights(question, text):
        marked += f"{escape(text[last:start])}[bold]{escape(text[start:end])}[/bold]"
        last = end
    return marked + escape(text[last:])


def print_passages(found: Sequence[Found], as_json: bool) -> None:
    if as_json:
        return print_json(
            [
                asdict(item.live.passage)
                | {"document_id": item.live.document_id, "title": item.live.title, "score": item.score}
                for item in found
            ]
        )
    for item in found:
        console.print(f"[bold]{escape(' > '.join(item.live.passage.trail))}[/bold]")
        console.print(f"{escape(item.live.passage.text)}\n")
    return None


def print_documents(found: Sequence[Document], as_json: bool) -> None:
    if as_json:
        return print_json(found)
    # An id is there to be copied into the next command: it is broken rather than cut.
    ids = Column("Document", overflow="fold")
    table = Table(ids, "Title", "Kind", "Version", "Reviewed", "Next review", box=None, pad_edge=False)
    for document in found:
        kind = "withdrawn" if document.withdrawn else document.kind.value
        dates = [_date(document.last_reviewed), _date(document.next_review)]
        table.add_row(document.id, escape(document.title), kind, str(document.version), *dates)
    console.print(table if found else "No documents yet: take some in with `assistant ingest PATH`.")
    return None


def print_changes(found: Sequence[RecordedChange], as_json: bool) -> None:
    if as_json:
        return print_json(found)
    for recorded in found:
        change = recorded.change
        where = f"{recorded.title}, version {recorded.version}, {change.anchor}"
        kind = f"{change.kind.value}{' and moved' if change.moved and change.kind.value != 'moved' else ''}"
        was = f", was {change.was}" if change.was else ""
        console.print(f"[bold]{escape(where)}[/bold]: {kind} on {recorded.at:%d %B %Y}{escape(was)}")
        if change.before and change.before != change.after:
            console.print(f"  [red]- {escape(change.before)}[/red]")
        if change.after:
            console.print(f"  [green]+ {escape(change.after)}[/green]")
    if not found:
        console.print("No changes are recorded.")
    return None


def print_findings(found: Sequence[Finding], as_json: bool) -> None:
    if as_json:
        return print_json(found)
    for finding in found:
        mark = "[green]well[/green]" if finding.is_well else "[red]not well[/red]"
        console.print(f"{finding.name}: {mark}. {escape(finding.detail)}")
    return None


def print_json(value: Any) -> None:
    print(json.dumps(value, default=plain, ensure_ascii=False, indent=2))


def plain(value: Any) -> Any:
    """A form that JSON has, of a value that it has none for."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _place(citation: Citation) -> str:
    page = f", page {citation.page}" if citation.page else ""
    return f"[{citation.number}] {' > '.join(citation.heading_trail)}, {citation.anchor}{page}"


def _date(value: date | None) -> str:
    return f"{value:%d %b %Y}" if value else ""
