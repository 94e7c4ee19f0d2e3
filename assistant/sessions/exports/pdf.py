"""A pack as a tagged PDF (PDF/UA-1), set by Typst, which brings its fonts with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from assistant.sessions.exports.own_files import kind_of_logo
from assistant.sessions.exports.sheet import (
    Look,
    by_number,
    grouped_sources,
    made,
    mark,
    order_rows,
    part_heading,
    place,
    quoted,
    subtitle,
)
from assistant.sessions.exports.typesetting import typeset
from assistant.sessions.pack import NOT_ON_ONE_PAGE, Item, Pack, Part, PartName, Voice
from assistant.sessions.sayings import sayings


def as_pdf(pack: Pack, look: Look) -> bytes:
    """Made on the day of the pack, so that the same pack is the same file."""
    template = Path(str(files("assistant.sessions.exports").joinpath("pack.typ")))
    root = look.logo.parent if look.logo else template.parent
    data = json.dumps(data_of(pack, look), ensure_ascii=False)
    return typeset(template, root, data, int(pack.made_at.timestamp()))


def data_of(pack: Pack, look: Look) -> dict[str, Any]:
    """What the template sets: words and numbers alone."""
    said = sayings()
    parts = [each for each in pack.parts if not (pack.is_one_page and each.name in NOT_ON_ONE_PAGE)]
    return {
        "title": pack.title,
        "subtitle": subtitle(pack),
        "made": made(pack),
        "link": look.pack_link(pack),
        "logo": _logo(look),
        "one_page": pack.is_one_page,
        "order": order_rows(pack),
        "parts": [_part(each, pack) for each in parts],
        "citations": _citations(pack, look),
        "sources": [{"title": title, "numbers": numbers} for title, numbers in grouped_sources(pack)],
        "words": {
            **{key: said["tables"][key] for key in ("running_order", "contents", "action_plan")},
            "sources": said["tables"]["citations"],
            "order_columns": said["tables"]["columns"],
            "plan_columns": said["actions"]["columns"],
            "log_columns": said["actions"]["log_columns"],
            "log_title": said["actions"]["log_title"],
            "log": said["actions"]["log"].format(url=look.pack_link(pack)),
            "answers": f"{said['labels']['answer']}s",
            "facilitator": said["marks"]["facilitator"],
        },
    }


def _citations(pack: Pack, look: Look) -> dict[str, dict[str, str]]:
    """By number; the first of each document names its version, too."""
    known: set[tuple[str, int]] = set()
    found = {}
    for number, each in by_number(pack).items():
        document = (each.document_id, each.version)
        found[str(number)] = {"place": place(each, is_known=document in known), "link": look.link(each)}
        known.add(document)
    return found


def _logo(look: Look) -> dict[str, str] | None:
    """With its kind, which Typst would take from the name."""
    if look.logo is None:
        return None
    return {"name": look.logo.name, "kind": kind_of_logo(look.logo), "alt": look.logo_text or "Logo"}


def _part(part: Part, pack: Pack) -> dict[str, Any]:
    asked = [each for each in part.items if each.answer]
    return {
        "heading": part_heading(part),
        "items": _items(part.items),
        "notes": [] if pack.is_one_page else _items(part.notes),
        "answers": [_answer(number, each) for number, each in enumerate(asked, start=1)],
        "plan": part.name is PartName.ACTIONS,
    }


def _items(items: Sequence[Item]) -> list[dict[str, Any]]:
    """Each tells whether it leads to others that stand below it, and is not left at the foot of a page."""
    depths = [*(each.depth for each in items[1:]), 0]
    return [_item(each, leads=below > each.depth) for each, below in zip(items, depths, strict=False)]


def _item(item: Item, *, leads: bool) -> dict[str, Any]:
    return {
        "leads": leads,
        "label": mark(item),
        "quote": quoted(item),
        "text": item.text,
        "depth": item.depth,
        "plain": item.voice is Voice.FIXED and not item.label,
        "citations": [] if item.answer else list(item.citations),
    }


def _answer(number: int, item: Item) -> dict[str, Any]:
    citations = [each for each in (item.answer_citation, *item.citations) if each is not None]
    return {
        "leads": False,
        "label": f"{number}.",
        "quote": [f"“{item.answer}”"],
        "text": "",
        "depth": 1,
        "plain": False,
        "citations": citations,
    }
