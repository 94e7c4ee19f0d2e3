"""Commands: `assistant serve | ingest | ask | search | procedures | session | documents | changes | library |
sync | report | alerts | evaluate | doctor | audit | mcp`."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import Annotated

import typer

from api import cli_alerts, cli_audit, cli_library, cli_sync
from api import cli_output as output
from api.cli_mcp import mcp
from api.cli_procedures import procedures
from api.cli_reports import report_command
from api.cli_sessions import session
from api.cli_support import AsJson, Data, opened, recording, register_of, settings_for
from api.evaluation_output import print_reports
from api.retrieval_output import print_retrieval
from assistant.evaluation.halves import Half
from assistant.evaluation.report import are_met
from corpus.database import LARGEST
from corpus.documents import Kind

app = typer.Typer(
    help="Questions over child-safeguarding procedures and briefings, answered in their exact words.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

app.add_typer(cli_audit.app, name="audit")
app.command()(mcp)
app.command()(procedures)
app.command()(session)
app.add_typer(cli_alerts.app, name="alerts")
app.add_typer(cli_sync.app, name="sync")
app.add_typer(cli_library.app, name="library")
app.command(name="report")(report_command)


class Exit(IntEnum):
    """How a command ended. Faults end in 1, wrong use in 2."""

    SOME_REFUSED = 3
    NOT_ANSWERED = 4


@app.command()
def serve(
    data: Data = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on; loopback by default.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on.")] = None,
) -> None:
    """Answer over HTTP until stopped."""
    from api.serving import serve as run

    with output.faults():
        run(settings_for(data), host, port)


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")],
    kind: Annotated[Kind | None, typer.Option(help="What the documents are, where they do not say.")] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Take in documents; what is unchanged is passed over, what is gone from a folder is withdrawn."""
    with output.faults(), opened(data, "ingest") as (store, settings):
        from ingest.pipeline import IngestPipeline

        with output.progress(hidden=as_json) as progress:
            report = IngestPipeline(store, settings.ingest).run(paths, kind, progress)
        output.print_report(report, as_json)
        if not report.is_complete:
            raise typer.Exit(Exit.SOME_REFUSED)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, without details of real people.")],
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question in the exact words of the documents."""
    with output.faults(), opened(data, "ask") as (store, settings):
        from assistant.assembly import Assistant

        with recording(store, settings) as records:
            answer = Assistant(store, settings, records).ask(question)
        output.print_answer(answer, as_json)
        if not answer.sentences:
            raise typer.Exit(Exit.NOT_ANSWERED)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="Words to look for.")],
    limit: Annotated[int, typer.Option(min=1, max=100, help="Most passages.")] = 5,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Find passages, best first."""
    with output.faults(), opened(data, "search") as (store, settings):
        from assistant.assembly import Assistant
        from assistant.steps.screen import visible

        found = Assistant(store, settings).retriever.search(visible(query), limit)
        output.print_passages(found, as_json)


@app.command()
def documents(data: Data = None, as_json: AsJson = False) -> None:
    """List all documents with their review dates."""
    with output.faults():
        output.print_documents(register_of(data).documents(), as_json)


@app.command()
def changes(
    document: Annotated[str | None, typer.Option(help="Only those of this document.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=LARGEST, help="Most changes.")] = 50,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """List what changed, newest first, paragraph by paragraph."""
    with output.faults():
        output.print_changes(register_of(data).changes(document, limit), as_json)


@app.command()
def evaluate(
    cases: Annotated[Path, typer.Option(help="Folder of the question cases.")] = Path("tests/cases"),
    half: Annotated[Half, typer.Option(help="Which half of the cases.")] = Half.TEST,
    retrieval: Annotated[
        bool, typer.Option("--retrieval", help="Measure retrieval alone, beside a plain LangChain stack.")
    ] = False,
    ablation: Annotated[
        bool, typer.Option("--ablation", help="With --retrieval: what each part of it is worth.")
    ] = False,
    support: Annotated[
        bool, typer.Option("--support", help="With --open: the support checker beside people's marks.")
    ] = False,
    situations: Annotated[
        bool, typer.Option("--situations", help="Which procedures apply, beside vector search alone.")
    ] = False,
    open_sets: Annotated[
        Path | None, typer.Option("--open", help="Folder of the open question sets.")
    ] = None,
    sets: Annotated[
        str,
        typer.Option(help="With --retrieval: only these, with commas between them, such as cases,or_sharc."),
    ] = "",
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Measure answers to question cases, retrieval, or the support checker; fails below the limits."""
    from api import evaluating

    if not retrieval and (ablation or sets or (open_sets and not support)):
        raise typer.BadParameter(
            "--ablation, --open and --sets go with --retrieval, --open also with --support."
        )
    with output.faults():
        settings = settings_for(data)
        if retrieval:
            names = [name.strip() for name in sets.split(",") if name.strip()]
            wanted = evaluating.Sets(cases, half, open_sets, names)
            report = evaluating.evaluate_retrieval(settings, wanted, with_ablation=ablation)
            print_retrieval(report, as_json)
            is_met = report.is_met
        else:
            if support:
                reports = evaluating.evaluate_support(settings, open_sets, half)
            elif situations:
                reports = evaluating.evaluate_situations(settings, cases, half)
            else:
                reports = evaluating.evaluate(settings, cases, half)
            print_reports(reports, settings.evaluation, as_json)
            is_met = are_met(reports, settings.evaluation)
        if not is_met:
            raise typer.Exit(1)


@app.command()
def doctor(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make both indexes anew from the register.")
    ] = False,
    re_embed: Annotated[
        bool, typer.Option("--re-embed", help="Embed everything anew with the model in the settings.")
    ] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Examine the store and the model; mend the indexes."""
    from api.doctor import examine

    with output.faults():
        findings = examine(settings_for(data), rebuild=rebuild, re_embed=re_embed)
        output.print_findings(findings, as_json)
        if not all(finding.is_well for finding in findings):
            raise typer.Exit(1)


if __name__ == "__main__":
    app()
