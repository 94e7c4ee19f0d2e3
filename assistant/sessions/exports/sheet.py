"""What all formats say alike: where words stand, whose they are, and the whole running order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.sessions.pack import NOT_ON_ONE_PAGE, Item, Pack, Part, Voice, cited_in
from assistant.sessions.sayings import sayings
from assistant.sessions.timing import running_order
from assistant.sessions.titles import short_title
from corpus.passages import Citation

OPEN, CLOSE = "“", "”"


@dataclass(frozen=True, slots=True)
class Look:
    """How a partnership wants its files. `base_url` stands before the permanent links, without a slash at its
    end; `logo` is a PNG or JPEG; the templates are a Word and a PowerPoint file."""

    base_url: str
    logo: Path | None = None
    logo_text: str = ""
    docx_template: Path | None = None
    pptx_template: Path | None = None

    def link(self, citation: Citation) -> str:
        return f"{self.base_url}{citation.url}"

    def pack_link(self, pack: Pack) -> str:
        return f"{self.base_url}/sessions/{pack.id}"


def subtitle(pack: Pack) -> str:
    """ "30 minutes · team meeting · for health services"."""
    said = sayings()
    request = pack.request
    return (
        f"{request.minutes} minutes · {said['formats'][request.format.value]} · "
        f"for {said['audiences'][request.audience.value]}"
    )


def made(pack: Pack) -> str:
    run = f", from the library as of update {pack.run}" if pack.run else ""
    marks = sayings()["marks"]
    said = [f"Made on {day(pack.made_at.date())}{run}.", marks["quoted"]]
    if (phrasing := pack.phrasing) is not None:
        without = phrasing.asked - phrasing.kept
        said.append(
            marks["phrased"].format(
                model=phrasing.model,
                prompt=phrasing.prompt,
                kept=phrasing.kept,
                asked=phrasing.asked,
                without=without,
            )
        )
    return " ".join(said)


def day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def order_rows(pack: Pack) -> list[tuple[str, str, str, str]]:
    """Minutes, from, to and part of each timed part; the last row is the whole."""
    slots = running_order(pack.parts)
    rows = [
        (str(slot.end - slot.start), clock(slot.start), clock(slot.end), slot.part.title) for slot in slots
    ]
    total = sum(slot.end - slot.start for slot in slots)
    return [*rows, (str(total), clock(0), clock(total), sayings()["tables"]["whole"])]


def clock(minutes: int) -> str:
    """Minutes from the beginning as hours and minutes."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def part_heading(part: Part) -> str:
    return f"{part.title} ({part.minutes} min)" if part.minutes else part.title


def quoted(item: Item) -> list[str]:
    """The quote as lines to be set below one another, in quotation marks as a whole."""
    rows = [line for line in item.quote.split("\n") if line.strip()]
    if not rows:
        return []
    return [*([f"{OPEN}{rows[0]}"] if len(rows) > 1 else []), *rows[1:-1], _last(rows)]


def mark(item: Item) -> str:
    """Whose words they are, where they are neither quoted nor instructions."""
    if item.voice is Voice.TRAINER:
        labels = sayings()["labels"]
        voiced: str = labels["trainer_after"] if item.citations else labels["trainer"]
        return voiced
    return item.label


def place(citation: Citation, *, is_known: bool = False) -> str:
    """ "Neglect, 4.2.7, page 3, version 1, reviewed 12 May 2026"; in short where it is known."""
    parts = [short_title(citation.title) if is_known else citation.title]
    if citation.anchor[:1].isdigit():
        parts.append(citation.anchor)
    elif len(citation.heading_trail) > 1:
        parts.append(citation.heading_trail[-1].rstrip(":"))
    if citation.page:
        parts.append(f"page {citation.page}")
    if not is_known:
        parts.append(f"version {citation.version}")
        if citation.last_reviewed:
            parts.append(f"reviewed {day(citation.last_reviewed)}")
    return ", ".join(parts)


def by_number(pack: Pack) -> dict[int, Citation]:
    return {citation.number: citation for citation in pack.citations}


def grouped_sources(pack: Pack) -> list[tuple[str, list[int]]]:
    """Each document once, with the numbers of its citations; on one page, only of those that are there."""
    left_out = NOT_ON_ONE_PAGE if pack.is_one_page else ()
    shown = cited_in(part for part in pack.parts if part.name not in left_out)
    grouped: dict[str, list[int]] = {}
    for citation in (each for each in pack.citations if each.number in shown):
        parts = [citation.title, f"version {citation.version}"]
        if citation.last_reviewed:
            parts.append(f"reviewed {day(citation.last_reviewed)}")
        grouped.setdefault(", ".join(parts), []).append(citation.number)
    return list(grouped.items())


def listed(numbers: Sequence[int]) -> str:
    """ "[1] to [7], [9]"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"[{run[0]}]" if len(run) == 1 else f"[{run[0]}] to [{run[-1]}]" for run in runs)


def _last(rows: list[str]) -> str:
    return f"{OPEN}{rows[0]}{CLOSE}" if len(rows) == 1 else f"{rows[-1]}{CLOSE}"
