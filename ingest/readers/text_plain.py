"""Text in which every line is a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.readers.text_contents import Contents
from ingest.readers.text_lines import Line
from ingest.readers.text_rules import could_be_heading
from ingest.readers.text_wrapped import Draft

_UNDERLINE = re.compile(r"={3,}|-{3,}|_{3,}|\*{3,}|~{3,}")


def paragraph_drafts(lines: list[Line], contents: Contents) -> Iterator[Draft]:
    """One draft a line; the lines of the first heading, which is the title, become one."""
    place, titled = 0, False
    while place < len(lines):
        line = lines[place]
        run = 1
        if line.note:
            yield Draft(line.text, line.page, note=True)
        elif line.text and not _UNDERLINE.fullmatch(line.text):
            entry = contents.find(line.text)
            heading = entry is not None or _is_heading(lines, place)
            if heading and not titled:
                run, titled = _title_run(lines, place), True
            text = " ".join(each.text for each in lines[place : place + run])
            level = 0 if entry is None else contents.take(entry)
            yield Draft(text, line.page, heading, level)
        place += run


def _title_run(lines: list[Line], place: int) -> int:
    run = 1
    while place + run < len(lines) and not lines[place].text.endswith(":"):
        if not lines[place + run].text or not _is_heading(lines, place + run):
            break
        run += 1
    return run


def _is_heading(lines: list[Line], place: int) -> bool:
    """A title-like line with text after it, or one that is underlined."""
    text = lines[place].text
    following = any(lines[after].text for after in range(place + 1, len(lines)))
    underlined = place + 1 < len(lines) and bool(_UNDERLINE.fullmatch(lines[place + 1].text))
    return following and (underlined or could_be_heading(text))
