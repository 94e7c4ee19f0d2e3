"""`assistant procedures "..."`: what applies to a situation, for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer
from rich.markup import escape

from api.cli_output import console, faults
from api.cli_support import AsJson, Data, opened
from api.pages.procedures import ROLE_NAMES, ROLES, VERDICTS, grouped
from api.procedure_schemas import ApplicableOut
from assistant.answers import AnswerStatus, Replies
from assistant.applicable.finder import Finder
from assistant.applicable.results import Because, Findings, Procedure, Step, Verdict
from assistant.citing import place_of
from assistant.name_model import name_scores
from corpus.passages import Citation
from corpus.procedures import Role

_NOTHING_FOUND = 4
_MOST_STEPS = 12


def procedures(
    situation: Annotated[str, typer.Argument(help="What is going on, without details of real people.")],
    role: Annotated[str, typer.Option(help=f"Whose duties: {', '.join(ROLES)}; all by default.")] = "",
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Say which procedures apply to a situation, why, and who must do what by when."""
    chosen = _role(role)
    with faults(), opened(data, "procedures") as (store, settings):
        finder = Finder(store, Replies(settings.answers), name_scores(settings.screen))
        found = finder.find(situation, chosen)
        if as_json:
            # Plain print: rich would fold long lines inside strings.
            typer.echo(ApplicableOut.of(found).model_dump_json(indent=2))
        else:
            _print(found)
        if not found.of(Verdict.APPLIES) and not found.of(Verdict.MAY_APPLY) and not found.named:
            raise typer.Exit(_NOTHING_FOUND)


def _role(name: str) -> Role | None:
    plain = name.strip().lower().replace(" ", "_").replace("-", "_")
    if plain and plain not in ROLES:
        raise typer.BadParameter(f"There is no role {name!r}. Choose one of {', '.join(ROLES)}.")
    return ROLES.get(plain)


def _print(found: Findings) -> None:
    if found.status is AnswerStatus.IMMEDIATE_DANGER and found.signpost:
        console.print(f"[bold red]{escape(found.signpost)}[/bold red]")
    if found.message:
        console.print(escape(found.message))
    if found.suggestion:
        console.print(f"Without the details: {escape(found.suggestion)}")
    citations = {citation.number: citation for citation in found.citations}
    for verdict in Verdict:
        if shown := found.of(verdict):
            console.print(f"\n[bold]{VERDICTS[verdict.value]}[/bold]")
            for one in shown:
                _print_procedure(one, citations)
    if found.named:
        console.print("\n[bold]Named by a review, not in this library[/bold]")
        for named in found.named:
            console.print(f"  [bold]{escape(named.title)}[/bold]")
            console.print(f"    “{escape(named.situation)}”")
            _print_quote(citations[named.citation])
    if found.not_covered and found.procedures:
        console.print("\n[bold]No procedure in this library covers[/bold]")
        for aspect in found.not_covered:
            console.print(f"  “{escape(aspect)}”")
    _print_steps(found, citations)
    _print_rest(found, citations)


def _print_procedure(one: Procedure, citations: Mapping[int, Citation]) -> None:
    console.print(f"  [bold]{escape(one.title)}[/bold] [dim]{one.strength:.0%} likely[/dim]")
    for because in one.because:
        _print_because(because, citations)
    for question in one.to_know:
        console.print(f"    To decide: {escape(question.text)}")


def _print_because(because: Because, citations: Mapping[int, Citation]) -> None:
    is_not = "[bold]not so:[/bold] " if because.is_denied else ""
    console.print(f"    {is_not}“{escape(because.situation)}”")
    _print_quote(citations[because.citation])


def _print_quote(citation: Citation) -> None:
    console.print(f"      {escape(citation.quote)} [dim]({escape(place_of(citation))})[/dim]")


def _print_steps(found: Findings, citations: Mapping[int, Citation]) -> None:
    near = [step for step in found.steps if step.is_near][:_MOST_STEPS]
    if not near:
        return
    whose = f" ({ROLE_NAMES[found.role.value]})" if found.role else ""
    console.print(f"\n[bold]What to do, in order{whose}[/bold]")
    for heading, steps in grouped(near).items():
        console.print(f"  [bold]{heading}[/bold]")
        for step in steps:
            _print_step(step, citations)
    left = len(found.steps) - len(near)
    if left:
        console.print(
            f"  [dim]{left} more duties: with --json, or on the page {escape(found.link or '')}[/dim]"
        )


def _print_step(step: Step, citations: Mapping[int, Citation]) -> None:
    verb = f"{step.verb.value.upper()}{' NOT' if step.negated else ''}"
    lead = f"{step.lead} " if step.lead else ""
    place = place_of(citations[step.citation])
    console.print(f"    [bold]{verb}[/bold] {escape(lead + step.text)} [dim]({escape(place)})[/dim]")


def _print_rest(found: Findings, citations: Mapping[int, Citation]) -> None:
    if found.disagreements:
        console.print("\n[bold]These do not agree[/bold]")
        for pair in found.disagreements:
            _print_quote(citations[pair.one.citation])
            _print_quote(citations[pair.other.citation])
    if found.ladder:
        console.print("\n[bold]If professionals disagree: the stages[/bold]")
        for rung in found.ladder.rungs:
            console.print(f"  {rung.number}. {escape(rung.who or rung.heading)}: {escape(rung.deadline)}")
    if found.lessons:
        console.print("\n[bold]What reviews have learned[/bold]")
        for lesson in found.lessons:
            _print_quote(citations[lesson.citation])
