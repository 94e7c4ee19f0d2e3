"""`assistant session`: a session pack as a file."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from api import cli_output as output
from api.cli_support import AsJson, Data, opened
from api.session_desk import typed
from api.session_schemas import SessionOut
from assistant.answers import Answer, Replies
from assistant.enquiry import Enquiry
from assistant.name_model import name_scores
from assistant.sessions.desk import look_of, open_desk, open_in_short
from assistant.sessions.exports.files import FileKind, as_file, require_own_files
from assistant.sessions.exports.sheet import order_rows
from assistant.sessions.kept import Kept
from assistant.sessions.pack import LENGTHS, Audience, ChangeOf, SessionFormat, SessionRequest
from assistant.steps.screen import Screen
from corpus.errors import StoreError
from corpus.file_names import shown
from corpus.room import disk_fault, write_whole
from corpus.settings import Settings
from corpus.store import Store

NOT_MADE = 4
"""How the command ends where the theme was refused."""


def session(
    output_file: Annotated[
        Path, typer.Option("--output", help="File to write: .docx, .pptx, .pdf or .md.", dir_okay=False)
    ],
    theme: Annotated[str, typer.Option(help="A theme across reviews, without details of real people.")] = "",
    document: Annotated[
        list[str] | None, typer.Option(help="Id of a briefing or procedure; may be given several times.")
    ] = None,
    change: Annotated[str, typer.Option(help="What a version changed, as ID@VERSION.")] = "",
    minutes: Annotated[int, typer.Option(help="7, 15, 30, 60 or 90.")] = 30,
    format_: Annotated[
        SessionFormat, typer.Option("--format", help="Where it is held.")
    ] = SessionFormat.TEAM_MEETING,
    audience: Annotated[Audience, typer.Option(help="For whom it is.")] = Audience.MIXED,
    no_graphic_detail: Annotated[
        bool,
        typer.Option("--no-graphic-detail", help="Leave out lines that tell of injuries or acts in detail."),
    ] = False,
    phrased: Annotated[
        bool, typer.Option("--phrased", help="Say each key message in short, too, phrased by the chat model.")
    ] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Make a session pack from reviews, a theme, a procedure or a change, and write it to a file."""
    kind = _kind(output_file)
    if minutes not in LENGTHS:
        raise typer.BadParameter(f"--minutes is one of {', '.join(map(str, LENGTHS))}.")
    if sum(map(bool, (theme.strip(), document, change))) != 1:
        raise typer.BadParameter("Give one of --theme, --document and --change.")
    changed = _change(change) if change else None
    with output.faults(), opened(data, "session") as (store, settings):
        _require_place(output_file)
        request = SessionRequest(
            minutes=minutes,
            format=format_,
            audience=audience,
            documents=tuple(document or ()),
            theme=_screened(theme, store, settings) if theme else "",
            change=changed,
            graphic_detail=not no_graphic_detail,
            phrased=phrased,
        )
        address = settings.alerts.public_url or f"http://{settings.api.host}:{settings.api.port}"
        look = look_of(settings.sessions, address)
        require_own_files(kind, look)
        replies = Replies(settings.answers)
        in_short = open_in_short(store, settings.chat) if phrased else None
        if phrased and in_short is None:
            output.errors.print("No chat model is configured: the pack is quotes alone.", soft_wrap=True)
        desk = open_desk(store, settings, replies.signpost, in_short)
        pack = desk.make(request)
        _write(output_file, as_file(pack, kind, look), look.pack_link(pack))
        kept = desk.packs.get(pack.id)
        shown = SessionOut.of(kept, desk.outdated(kept))
        output.print_json(shown.model_dump(mode="json")) if as_json else _print(
            kept, output_file, look.pack_link(pack)
        )


def _write(file: Path, content: bytes, link: str) -> None:
    """Raises StoreError, which says that the pack itself is kept."""
    try:
        write_whole(file, content)
    except OSError as error:
        fault = disk_fault(f"The file {shown(file)}", error)
        fault.advice += f" The session itself is kept as {link}"
        raise fault from error


def _kind(file: Path) -> FileKind:
    try:
        return FileKind(file.suffix.lower().removeprefix("."))
    except ValueError:
        raise typer.BadParameter("--output ends in .docx, .pptx, .pdf or .md.") from None


def _change(text: str) -> ChangeOf:
    document, _, version = text.partition("@")
    if not document or not re.fullmatch("[0-9]{1,9}", version):
        raise typer.BadParameter("--change is written as ID@VERSION.")
    return ChangeOf(document, int(version))


def _require_place(file: Path) -> None:
    """Before anything is made and kept for it."""
    if not os.access(file.parent, os.W_OK | os.X_OK):
        raise StoreError(
            f"The folder {file.parent} is not there, or may not be written to.",
            "Make it, or choose another one for --output.",
        )


def _screened(theme: str, store: Store, settings: Settings) -> str:
    """The theme as it may be kept. Ends the command where it may not."""
    # By the rules alone, as everywhere for a theme: `Service.screen` says why.
    screen = Screen(store.publishes, name_scores(settings.screen))
    answer = screen(Enquiry(typed(theme)))
    if isinstance(answer, Answer):
        replies = Replies(settings.answers)
        output.errors.print(escape(f"{replies.message(answer.status)} {replies.signpost}"), soft_wrap=True)
        if answer.suggestion:
            output.errors.print(escape(f"Without the details: {answer.suggestion}"), soft_wrap=True)
        raise typer.Exit(NOT_MADE)
    return answer.text


def _print(kept: Kept, file: Path, link: str) -> None:
    pack = kept.edited
    output.console.print(f"[bold]{escape(pack.title)}[/bold]")
    table = Table("Minutes", "From", "To", "Part", box=None, pad_edge=False)
    for row in order_rows(pack):
        table.add_row(*row)
    output.console.print(table)
    if phrasing := pack.phrasing:
        output.console.print(
            f"{phrasing.kept} of {phrasing.asked} key messages are said in short by {escape(phrasing.model)}."
        )
    output.console.print(
        f"{len(pack.citations)} citations. Written to {output.path_shown(file)}; kept as {link}",
        soft_wrap=True,
    )
