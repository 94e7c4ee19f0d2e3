"""Readings made by hand, shared by the tests of structure, briefings and splitting."""

from __future__ import annotations

from ingest.blocks import Block, BlockKind, Reading


def heading(text: str, level: int = 2, anchor: str | None = None) -> Block:
    return Block(BlockKind.HEADING, text, level, anchor=anchor)


def paragraph(text: str, page: int | None = None) -> Block:
    return Block(BlockKind.PARAGRAPH, text, page=page)


def item(text: str, level: int = 1) -> Block:
    return Block(BlockKind.LIST_ITEM, text, level)


def table(*rows: tuple[str, ...]) -> list[Block]:
    return [Block(BlockKind.TABLE_ROW, " | ".join(row), cells=row, header=rows[0]) for row in rows]


def reading(*blocks: Block, **metadata: str) -> Reading:
    return Reading(blocks, "text/plain", metadata)
