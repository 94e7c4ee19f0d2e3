"""Measure what is read from procedures against what was marked by hand.

    .venv/bin/python -m scripts.measure_extraction [--guidance FOLDER] [--half test] [--faults]

`open` documents were looked at while the rules were made; `test` documents were marked before that, and
nothing was changed because of them.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from scripts.extraction_marks import load, offsets_open_at_their_words
from scripts.extraction_measures import Counts, measure

MARKS = Path("tests/ingest/procedures/marked")
LIBRARY = Path("corpus/library/procedures")


class Half(StrEnum):
    OPEN = "open"
    TEST = "test"
    BOTH = "both"


def main(
    guidance: Annotated[
        Path | None, typer.Option(help="Where the real guidance lies; left out without it.")
    ] = None,
    half: Annotated[Half, typer.Option(help="Which of the documents.")] = Half.BOTH,
    faults: Annotated[
        bool, typer.Option("--faults", help="Also what was missed and what was wrong.")
    ] = False,
    marks: Annotated[Path, typer.Option(help="Folder of the marks.")] = MARKS,
) -> None:
    """Print precision and recall of duties, verbs, actors, time limits and triggers."""
    folders = [LIBRARY, *([guidance] if guidance else [])]
    totals: dict[tuple[str, str], Counts] = {}
    places = 0
    for file in sorted(marks.glob("*.yaml")):
        marked = load(file, folders)
        if marked is None:
            typer.echo(f"{file.stem}: its document is not there, left out", err=True)
            continue
        if half not in (Half.BOTH, marked.half):
            continue
        places += offsets_open_at_their_words(marked)
        source = "library" if file.stem[0].isdigit() else "guidance"
        for counts in measure(marked):
            key = f"{marked.half}, {source}", counts.name
            totals.setdefault(key, Counts(counts.name)).add(counts)
    if not totals:
        raise typer.BadParameter(f"No marked document of {half.value} was found by the marks in {marks}.")
    typer.echo(f"{'':24}{'':14}{'marked':>8}{'read':>8}{'right':>8}{'precision':>12}{'recall':>10}")
    for (group, name), counts in sorted(totals.items(), key=lambda item: item[0][0]):
        typer.echo(
            f"{group:24}{name:14}{counts.marked:8}{counts.read:8}{counts.right:8}"
            f"{counts.precision:12.3f}{counts.recall:10.3f}"
        )
        if faults:
            for label, found in (("missed", counts.missed), ("wrong", counts.wrong)):
                for one in found:
                    typer.echo(f"    {label}: {one}")
    typer.echo(f"All {places} places open at their exact words.")


if __name__ == "__main__":
    typer.run(main)
