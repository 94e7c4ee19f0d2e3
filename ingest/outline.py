"""The section tree: where sections open, and from that their parents, ends and anchors."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.documents import Part, Section
from ingest.blocks import Block, BlockKind
from ingest.layout import Element

_FRAGMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")
_LONGEST_SLUG = 60
_LONGEST_GIVEN = 200


@dataclass(frozen=True, slots=True)
class Opening:
    """The place where a section begins. `given` is the source's own anchor, `wanted` the words from which
    an anchor is made otherwise."""

    start: int
    level: int
    heading: str
    number: str | None
    page: int | None
    wanted: str
    given: str | None = None
    part: Part | None = None
    body: str | None = None


def openings_of(blocks: Sequence[Block], elements: Sequence[Element], text: str) -> list[Opening]:
    """An opening for each heading and each numbered paragraph, in order; levels run without jumps."""
    found: list[Opening] = []
    trail: list[int] = []  # the levels, as the source gives them, of the headings that are open
    numbers: list[str] = []  # the numbered paragraphs that are open under the last heading
    if elements and not _opens(elements[0]):
        found.append(Opening(0, 1, "", None, elements[0].page, "start"))
    for block, element in zip(blocks, elements, strict=True):
        if element.kind is BlockKind.HEADING:
            trail = [*(level for level in trail if level < element.level), element.level]
            numbers = []
        elif element.number:
            numbers = [*(n for n in numbers if element.number.startswith(f"{n}.")), element.number]
        if _opens(element):
            found.append(_opening(block, element, len(trail) + len(numbers), text))
    return found


def _opens(element: Element) -> bool:
    return element.kind is BlockKind.HEADING or element.number is not None


def _opening(block: Block, element: Element, level: int, text: str) -> Opening:
    heading = text[element.start : element.end] if element.kind is BlockKind.HEADING else ""
    return Opening(
        start=element.start,
        level=level,
        heading=heading,
        number=element.number,
        page=element.page,
        wanted=element.number or heading,
        given=block.anchor,
    )


def sections_of(openings: Sequence[Opening], text: str) -> tuple[Section, ...]:
    """Sections with parents, ends and anchors; a section ends where the next of its level or above begins."""
    anchors = _anchors(openings)
    sections = []
    path: list[int] = []
    for ordinal, opening in enumerate(openings):
        path = [above for above in path if openings[above].level < opening.level]
        sections.append(
            Section(
                ordinal=ordinal,
                parent=path[-1] if path else None,
                level=opening.level,
                number=opening.number,
                heading=opening.heading,
                anchor=anchors[ordinal],
                start=opening.start,
                end=_end(openings, ordinal, text),
                page=opening.page,
                part=opening.part,
                body=opening.body,
            )
        )
        path.append(ordinal)
    return tuple(sections)


def _end(openings: Sequence[Opening], ordinal: int, text: str) -> int:
    level = openings[ordinal].level
    later = (other.start for other in openings[ordinal + 1 :] if other.level <= level)
    end = next(later, len(text))
    while text[end - 1].isspace():
        end -= 1
    return end


def _anchors(openings: Sequence[Opening]) -> list[str]:
    given = Counter(opening.given for opening in openings if opening.given)
    own = {name for name, times in given.items() if times == 1 and _is_anchor(name)}
    taken = dict.fromkeys(own, 1)
    return [o.given if o.given in own else _unique(slug(o.wanted), taken) for o in openings]


def _is_anchor(name: str) -> bool:
    return len(name) <= _LONGEST_GIVEN and bool(_FRAGMENT.fullmatch(name))


def _unique(name: str, taken: dict[str, int]) -> str:
    """The name, with '-2', '-3' ... where it is taken; `taken` counts the uses of each name."""
    anchor, times = name, taken.get(name, 0)
    while anchor in taken:
        times += 1
        anchor = f"{name}-{times}"
    taken[name] = max(times, 1)
    taken[anchor] = max(taken.get(anchor, 0), 1)
    return anchor


def slug(words: str) -> str:
    """Lower-case letters, digits and hyphens; the dots of '8.3.12' stay."""
    if re.fullmatch(r"\d+(\.\d+)*", words):
        return words
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    if len(plain) > _LONGEST_SLUG:
        plain = plain[: _LONGEST_SLUG + 1].rpartition("-")[0] or plain[:_LONGEST_SLUG]
    return plain or "section"


def trail_of(title: str, sections: Sequence[Section], ordinal: int) -> tuple[str, ...]:
    """The document's title and the headings down to this section, as printed.

    A first heading that repeats the title, with or without a chapter number, takes its place.
    """
    path: list[Section] = []
    place: int | None = ordinal
    while place is not None:
        path.insert(0, sections[place])
        place = sections[place].parent
    headed = [section for section in path if section.heading]
    trail = tuple(section.heading for section in headed)
    return trail if headed and _repeats(headed[0], title) else (title, *trail)


def _repeats(section: Section, title: str) -> bool:
    words = section.heading.removeprefix(section.number or "").lstrip(" .:)\u2013-")
    return slug(title) in (slug(words), slug(section.heading))
