"""The typed parts of a learning briefing: key learning, recommendations, points for discussion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.documents import Part
from ingest.addressee import addressee
from ingest.blocks import Block, BlockKind
from ingest.layout import Element
from ingest.numbering import BULLET
from ingest.outline import Opening

_PARTS = (
    (
        Part.KEY_LEARNING,
        r"(?:the )?(?:key|main) (?:learning|findings|messages|lessons|themes)(?: points?| themes?)?(?: .*)?|"
        r"learning (?:points|themes)|findings|lessons(?: learn\w+)?|what (?:we|the review) (?:have )?"
        r"(?:learned|learnt|found)",
    ),
    (Part.RECOMMENDATION, r"(?:the |key |our )?recommendations?(?: (?:for|made|from|and) .*)?"),
    (
        Part.DISCUSSION_POINT,
        r"(?:\w+ )?(?:points|questions|prompts) (?:for|to) (?:\w+ )?"
        r"(?:discuss|consider|reflect|team|supervision|practi)\w*"
        r"(?: .*)?|(?:discussion|reflective|reflection) (?:points|questions|prompts)",
    ),
)
_OTHER = (
    r"actions? taken(?: .*)?|what (?:has|have) (?:changed|been done)(?: .*)?|next steps|"
    r"(?:useful |further )?(?:links|information|resources|reading|contacts?)(?: and .*)?|"
    r"learning for practice|(?:the )?(?:background|circumstances)|"
    r"what (?:is|was) .{3,60}|(?:good|effective) practice"
)
_NUMBERED = re.compile(r"\d{1,2}[.)]\s+\S")
_LETTERED = re.compile(r"(?:^|(?<=\s))\(?(?P<letter>[a-z])\)\s+")
_MOST_HEADING_WORDS = 22


def with_headings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the headings of the genre recognised where the file shows them as plain lines, and the
    numbered headings of the key learning set one level below it. No text changes."""
    found: list[Block] = []
    part: Part | None = None
    level = 2
    for block in blocks:
        if _is_part_heading(block):
            part = _part(block.text)
            level = block.level if block.kind is BlockKind.HEADING else level
            block = replace(block, kind=BlockKind.HEADING, level=level)
        elif part is Part.KEY_LEARNING and _is_numbered_heading(block):
            block = replace(block, kind=BlockKind.HEADING, level=max(block.level, level + 1))
        elif block.kind is BlockKind.HEADING and block.level <= level:
            part = None
        found.append(block)
    return found


def _is_part_heading(block: Block) -> bool:
    if block.kind is BlockKind.HEADING:
        return _part(block.text) is not None
    words = block.text.strip()
    known = _part(words) is not None or _matches(_OTHER, words)
    return block.kind is BlockKind.PARAGRAPH and known and len(words.split()) <= 8 and words[-1] not in ".;?!"


def _is_numbered_heading(block: Block) -> bool:
    if block.kind is BlockKind.TABLE_ROW or not _NUMBERED.match(block.text):
        return False
    return len(block.text.split()) <= _MOST_HEADING_WORDS and block.text.rstrip()[-1] not in ".;:"


def _part(heading: str) -> Part | None:
    return next((part for part, pattern in _PARTS if _matches(pattern, heading)), None)


def _matches(pattern: str, heading: str) -> bool:
    words = re.sub(r"^\W*(?:\d{1,2}[.)]?\s+)?|[\s:]+$", "", heading)
    return len(words.split()) <= 8 and re.fullmatch(pattern, words, re.IGNORECASE) is not None


def with_parts(openings: Sequence[Opening], elements: Sequence[Element], text: str) -> list[Opening]:
    """The openings with every point of a typed part marked as such; points without an opening get one."""
    marked = {opening.start: opening for opening in openings}
    for region in _regions(openings, elements, text):
        for opening in _points(region, marked, text):
            marked[opening.start] = opening
    return sorted(marked.values(), key=lambda opening: opening.start)


@dataclass(frozen=True, slots=True)
class _Region:
    """A typed part: its heading's opening and the elements from there to the next heading of its level."""

    part: Part
    opening: Opening
    elements: tuple[Element, ...]


def _regions(openings: Sequence[Opening], elements: Sequence[Element], text: str) -> Iterator[_Region]:
    for place, opening in enumerate(openings):
        part = _part(opening.heading) if opening.heading else None
        if part is None:
            continue
        later = (o.start for o in openings[place + 1 :] if o.heading and o.level <= opening.level)
        end = next(later, len(text))
        inside = tuple(e for e in elements if opening.start < e.start < end)
        yield _Region(part, opening, inside)


def _points(region: _Region, marked: dict[int, Opening], text: str) -> Iterator[Opening]:
    heads = _heads(region, text)
    for count, head in enumerate(heads, start=1):
        end = heads[count].start if count < len(heads) else region.elements[-1].end
        own = [e for e in region.elements if head.start <= e.start < end]
        point = _point(region, head, count, marked.get(head.start))
        if region.part is Part.RECOMMENDATION:
            yield from _recommendation(point, own, text)
        else:
            yield point


def _heads(region: _Region, text: str) -> list[Element]:
    """The elements that begin the points: sub-headings, numbers, bullets or paragraphs, as the part shows."""
    headings = [e for e in region.elements if e.kind is BlockKind.HEADING]
    top = min((e.level for e in headings), default=0)
    headings = [e for e in headings if e.level == top]
    numbered = [e for e in region.elements if e.number and e.kind is not BlockKind.HEADING]
    items = [e for e in region.elements if e.kind is BlockKind.LIST_ITEM and e.level <= 1]
    paragraphs = [e for e in region.elements if e.kind is BlockKind.PARAGRAPH and text[e.end - 1] != ":"]
    if region.part is Part.DISCUSSION_POINT:
        asked = [e for e in paragraphs if text[e.end - 1] == "?"]
        return items or numbered or asked or headings
    titled = [e for e in numbered if e.number and not e.number.isdigit()]
    return titled or headings or numbered or items or paragraphs


def _point(region: _Region, head: Element, count: int, opening: Opening | None) -> Opening:
    number = head.number
    if number and number.isdigit() and region.part is Part.RECOMMENDATION:
        number = f"Recommendation {number}"
    name = region.part.value.replace("_", "-")
    made = Opening(head.start, region.opening.level + 1, "", number, head.page, "")
    return replace(
        opening or made,
        number=number,
        part=region.part,
        wanted=f"{name} {count}",
    )


def _recommendation(point: Opening, own: Sequence[Element], text: str) -> Iterator[Opening]:
    """A recommendation with its body, then its lettered sub-points, whether in one paragraph or a list."""
    first = next((e for e in own if e.kind is not BlockKind.HEADING), own[0])
    body = addressee(text[first.words : first.end])
    yield replace(point, body=body)
    expected = "a"
    for start, letter in _letters(own, text):
        if letter == expected:
            expected = chr(ord(letter) + 1)
            yield Opening(
                start=start,
                level=point.level + 1,
                heading="",
                number=f"{point.number or ''} {letter})".strip(),
                page=point.page,
                wanted=f"{point.wanted} {letter}",
                body=body,
            )


def _letters(own: Sequence[Element], text: str) -> Iterator[tuple[int, str]]:
    """The letters 'a)', 'b)' in the order printed, each with its place; a bullet before it belongs to it."""
    for element in own:
        words = text[element.start : element.end]
        bullet = BULLET.match(words)
        marker = _LETTERED.match(words[bullet.end() :] if bullet else words)
        if marker and element.kind is BlockKind.LIST_ITEM:
            yield element.start, marker["letter"]
        for found in _LETTERED.finditer(text[element.words : element.end]):
            yield element.words + found.start(), found["letter"]
