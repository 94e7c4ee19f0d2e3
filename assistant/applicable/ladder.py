"""The stages by which a professional difference is taken further, as steps with who and by when."""

from __future__ import annotations

from assistant.applicable.places import Places
from assistant.applicable.results import Ladder, Rung
from corpus.procedures import ReadProcedure


def ladder_of(read: ReadProcedure, places: Places) -> Ladder | None:
    """None where the procedure has no stages."""
    if not read.stages:
        return None
    rungs = [
        Rung(
            number=stage.number,
            heading=stage.heading.words if stage.heading else "",
            who=stage.who.words if stage.who else "",
            deadline=stage.deadline.place.words if stage.deadline else "",
            citation=places.cite(stage.place),
        )
        for stage in read.stages
    ]
    return Ladder(read.document_id, read.title, tuple(sorted(rungs, key=lambda rung: rung.number)))
