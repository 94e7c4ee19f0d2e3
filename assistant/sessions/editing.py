"""What the trainer did to a pack: dropped, moved, wrote. The pack itself stays as it was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import TypeAdapter

from assistant.sessions.pack import Item, Pack, Part, PartName, Voice, cited_in
from assistant.sessions.timing import timed


@dataclass(frozen=True, slots=True)
class Edits:
    """`order` are all parts in the trainer's order, empty where it was not changed; `written` is what stands
    in the place of an item, by its key; `added` what the trainer put at the end of a part, a line an item."""

    order: tuple[PartName, ...] = ()
    without_parts: frozenset[PartName] = frozenset()
    without_items: frozenset[str] = frozenset()
    written: Mapping[str, str] = field(default_factory=dict)
    added: Mapping[PartName, str] = field(default_factory=dict)


_EDITS: TypeAdapter[Edits] = TypeAdapter(Edits)


def edits_as_json(edits: Edits) -> Any:
    return _EDITS.dump_python(edits, mode="json")


def edits_from_json(content: Any) -> Edits:
    return _EDITS.validate_python(content)


def edited(pack: Pack, edits: Edits) -> Pack:
    """The pack as the trainer wants it: its minutes add up again, and only what it cites is left."""
    parts = [_edited(part, edits) for part in _ordered(pack, edits) if part.name not in edits.without_parts]
    kept = [part for part in parts if part.items]
    used = cited_in(kept)
    return replace(
        pack,
        parts=timed(kept, pack.request.format, pack.request.minutes, on_procedure=pack.on_procedure),
        citations=tuple(each for each in pack.citations if each.number in used),
    )


def arranged(pack: Pack, edits: Edits, name: PartName, step: int) -> Edits:
    """The part moved by a step among those that are shown: -1 is up, 1 is down; at the end it stays."""
    order = [part.name for part in _ordered(pack, edits)]
    shown = [each for each in order if each not in edits.without_parts]
    if name not in shown:
        return edits
    place = shown.index(name) + step
    if 0 <= place < len(shown):
        one, other = order.index(name), order.index(shown[place])
        order[one], order[other] = order[other], order[one]
    return replace(edits, order=tuple(order))


def with_part_edited(
    part: Part, edits: Edits, kept: frozenset[str], words: Mapping[str, str], added: str
) -> Edits:
    """The part as a form sent it: the keys of the items that are kept, their words, and what was added."""
    keys = {item.key for item in part.items}
    changed = {
        item.key: words[item.key].strip()
        for item in part.items
        if item.key in words and is_written(item, words[item.key])
    }
    others = {key: text for key, text in edits.written.items() if key not in keys}
    more = {name: text for name, text in edits.added.items() if name is not part.name}
    if added.strip():
        more[part.name] = added.strip()
    without = (edits.without_items - keys) | (keys - kept)
    return replace(edits, without_items=without, written=others | changed, added=more)


def is_written(item: Item, words: str) -> bool:
    """Whether these are the trainer's words and not the item's own; white space does not count."""
    return bool(words.strip()) and words.split() != own_words(item).split()


def own_words(item: Item) -> str:
    """What an item says before it is edited, as it is shown in a box to write in."""
    return "\n".join(each for each in (item.quote, item.text) if each)


def carried_over(edits: Edits, old: Pack, new: Pack) -> Edits:
    """The edits for a pack that was made anew: those of items only where the items are the same."""
    before, after = _edited_upon(old), _edited_upon(new)
    same = {key for key, words in before.items() if after.get(key) == words}
    names = [part.name for part in new.parts]
    order = [name for name in edits.order if name in names]
    return Edits(
        order=(*order, *(name for name in names if name not in order)) if order else (),
        without_parts=edits.without_parts & frozenset(names),
        without_items=edits.without_items & same,
        written={key: text for key, text in edits.written.items() if key in same},
        added={name: text for name, text in edits.added.items() if name in names},
    )


def _ordered(pack: Pack, edits: Edits) -> list[Part]:
    places = {name: place for place, name in enumerate(edits.order)}
    return sorted(pack.parts, key=lambda part: places.get(part.name, len(places)))


def _edited(part: Part, edits: Edits) -> Part:
    items = _beside_quotes(
        [_written(item, edits) for item in part.items if item.key not in edits.without_items]
    )
    lines = [line.strip() for line in edits.added.get(part.name, "").splitlines() if line.strip()]
    own = [
        Item(key=f"{part.name.value}-own-{number}", voice=Voice.TRAINER, text=line)
        for number, line in enumerate(lines, start=1)
    ]
    return replace(part, items=(*items, *own))


def _beside_quotes(items: Sequence[Item]) -> list[Item]:
    """What was phrased goes where one of its quotes goes or is written over."""
    quoted = {number for item in items if item.voice is Voice.QUOTE for number in item.citations}
    return [item for item in items if item.voice is not Voice.PHRASED or quoted.issuperset(item.citations)]


def _written(item: Item, edits: Edits) -> Item:
    """In the place of a quote it keeps the number that the quote can be read at."""
    if item.key not in edits.written:
        return item
    cited = () if item.voice is Voice.PHRASED else item.citations
    text = edits.written[item.key]
    return replace(item, voice=Voice.TRAINER, quote="", text=text, label="", citations=cited)


def _edited_upon(pack: Pack) -> dict[str, str]:
    """What an edit of each item was made upon: its own words; of what a model phrased, the quotes above it,
    since the next time it phrases them otherwise."""
    upon: dict[str, str] = {}
    for part in pack.parts:
        above: list[str] = []
        for item in part.items:
            above = above if item.depth else []
            upon[item.key] = "\n".join(above) if item.voice is Voice.PHRASED else own_words(item)
            above.append(own_words(item))
    return upon
