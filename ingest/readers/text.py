"""Plain text: structure told from the words alone, by rules set out in docs/decisions/0004."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.blocks import Block, BlockKind, Reading
from ingest.hidden import HiddenText
from ingest.readers.decoding import decode
from ingest.readers.text_contents import Contents, is_top, take_contents
from ingest.readers.text_cover import split_cover
from ingest.readers.text_lines import Line, lines_of, without_page_furniture
from ingest.readers.text_plain import paragraph_drafts
from ingest.readers.text_rules import BULLET, bullet_depth, number_depth, with_bullet
from ingest.readers.text_run_on import is_run_on, split_run_on
from ingest.readers.text_wrapped import Draft, Joiner, is_wrapped

_LONGEST_COVER = 40
"""Lines before a table of contents that can be a cover."""


def read(data: bytes, name: str) -> Reading:  # noqa: ARG001 - every reader has the same signature
    text, warning = decode(data)
    hidden = HiddenText()
    text = hidden.characters(text)
    if is_run_on(text):
        cover, contents, drafts = split_run_on(text)
    else:
        cover, contents, drafts = _from_lines(lines_of(text))
    title, rest = split_cover(cover)
    front = [Draft(title, heading=True), Draft(rest)] if title else [Draft(rest)]
    blocks = tuple(_blocks([draft for draft in [*front, *drafts] if draft.text], contents, bool(title)))
    title = title or _first_heading(blocks)
    left_out = (
        f"The table of contents was left out ({len(contents.titles)} entries)." if contents.titles else ""
    )
    return Reading(
        blocks,
        "text/plain",
        {"title": title} if title else {},
        text.count("\f") + 1 if "\f" in text else None,
        tuple(note for note in (warning, left_out, *hidden.warnings()) if note),
    )


def _from_lines(lines: list[Line]) -> tuple[str, Contents, list[Draft]]:
    lines = without_page_furniture(lines)
    wrapped = is_wrapped(lines)
    lines, entries, first = take_contents(lines)
    contents = Contents(entries)
    cover = ""
    if entries and first <= _LONGEST_COVER:
        cover, lines = " ".join(line.text for line in lines[:first] if line.text), lines[first:]
    drafts = Joiner(lines, contents).drafts() if wrapped else paragraph_drafts(lines, contents)
    return cover, contents, list(drafts)


def _blocks(drafts: list[Draft], contents: Contents, titled: bool) -> Iterator[Block]:
    """`titled`: the first draft is the title."""
    outer = ""
    seen = False
    for place, draft in enumerate(drafts):
        text = with_bullet(draft.text)
        if draft.note:
            yield Block(BlockKind.FOOTNOTE, text, page=draft.page)
            continue
        bullet = BULLET.match(text)
        if draft.heading:
            level = draft.level or (1 if titled and not place else _level(text, contents, seen))
            seen = True
            yield Block(BlockKind.HEADING, text, level, draft.page)
        elif bullet:
            depth = bullet_depth(text, outer)
            outer = outer or bullet[1]
            yield Block(BlockKind.LIST_ITEM, text, depth, draft.page)
            continue
        else:
            yield Block(BlockKind.PARAGRAPH, text, page=draft.page)
        outer = ""


def _level(text: str, contents: Contents, seen: bool) -> int:
    """By the table of contents; without one, by label and number: "Key learning:" above "1) ..."."""
    if contents.titles:
        return contents.level(text)
    if not seen or is_top(text):
        return 1
    depth = number_depth(text)
    return 1 if text.endswith(":") and not depth else 1 + max(depth, 1)


def _first_heading(blocks: tuple[Block, ...]) -> str:
    return next((block.text.rstrip(":") for block in blocks if block.kind is BlockKind.HEADING), "")
