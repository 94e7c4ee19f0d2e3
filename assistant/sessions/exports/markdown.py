"""A pack as Markdown (CommonMark with footnotes and tables)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.markdown import escaped
from assistant.sessions.exports.sheet import (
    Look,
    made,
    mark,
    order_rows,
    part_heading,
    place,
    quoted,
    subtitle,
)
from assistant.sessions.pack import Item, Pack, Part, PartName
from assistant.sessions.sayings import sayings


def as_markdown(pack: Pack, look: Look) -> str:
    """The whole pack; each citation is a footnote with its permanent link."""
    said = sayings()
    rows = [f"# {_plain(pack.title)}", "", _plain(subtitle(pack)), "", _plain(made(pack)), ""]
    rows += [f"<{look.pack_link(pack)}>", "", f"## {said['tables']['running_order']}", ""]
    rows += _table(said["tables"]["columns"], order_rows(pack))
    for part in pack.parts:
        rows += [f"## {_plain(part_heading(part))}", "", *_items(part.items)]
        if part.name is PartName.QUIZ:
            rows += _answers(part)
        if part.notes:
            rows += [f"### {said['marks']['facilitator']}", "", *_items(part.notes)]
        if part.name is PartName.ACTIONS:
            rows += [f"### {said['tables']['action_plan']}", ""]
            rows += _table(said["actions"]["columns"], [[" "] * 4] * 3)
            rows += [f"### {said['actions']['log_title']}", ""]
            rows += [_plain(said["actions"]["log"].format(url=look.pack_link(pack))), ""]
    for citation in pack.citations:
        link = f"[{_plain(place(citation))}]({look.link(citation)})"
        rows.append(f"[^{citation.number}]: {link}")
    return "\n".join(rows).rstrip() + "\n"


def _items(items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        indent = "  " * item.depth
        text = "  \n".join(f"{indent}  {_plain(line)}" for line in quoted(item)).lstrip()
        said = _plain(item.text)
        label = f"**{_plain(mark(item))}:** " if mark(item) else ""
        notes = "" if item.answer else _notes(item)
        if text:
            yield f"{indent}- {label}{text}{notes}{'  ' + chr(10) + indent + '  ' + said if said else ''}"
        else:
            yield f"{indent}- {label}{said}{notes}"
    yield ""


def _answers(part: Part) -> Iterator[str]:
    yield f"### {sayings()['labels']['answer']}s"
    yield ""
    for number, item in enumerate((each for each in part.items if each.answer), start=1):
        yield f"{number}. “{_plain(item.answer)}”[^{item.answer_citation}] {_notes(item)}"
    yield ""


def _notes(item: Item) -> str:
    return "".join(f"[^{number}]" for number in item.citations)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(_plain(cell) for cell in row)} |"
    yield ""


def _plain(text: str) -> str:
    """On one line, so that no character of it is taken for a mark."""
    return escaped(text.replace("\n", " "))
