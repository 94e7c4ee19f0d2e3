"""Chapter and paragraph numbers as printed, told from dates and amounts that stand in the same place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.blocks import Block, BlockKind


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed number and how many characters it takes, white space after it included."""

    number: str
    width: int


BULLET = re.compile(r"(?:[•·◼▪■●○◦‣∙✓➢\u2013\u2014*\uf0b7\uf0a7-]\s+)")
_ITEM = re.compile(r"\(?(?P<mark>\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s+")
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DOTTED = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3}){1,4})[.:)]?\s+(?=\S)")
_PLAIN = re.compile(rf"\(?(?P<number>(?P<digits>\d{{1,3}}))(?P<style>[.):])\s+(?!{_MONTH}\b)(?=\S)")
_BARE = re.compile(rf"(?P<number>(?P<digits>\d{{1,3}}))(?P<style>)\s+(?!{_MONTH}\b)(?=[A-Z\u2018\u201c'\"(])")
_TITLED = re.compile(
    r"(?P<number>(?P<style>recommendation|learning point|key learning|finding|stage|step|principle|"
    r"standard)\s+(?P<digits>\d{1,2}))\s*[:.]\s+(?=\S)",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"(?P<number>[A-Z]|[ivx]{1,5}|(?=[IVXL]{2,6}\b)X{0,3}(?:XL|L)?X{0,3}(?:IX|IV|V?I{0,3}))[.):]\s+(?=[A-Z\u2018\u201c'\"(])"
)
_ORDINAL = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_NAMED = re.compile(
    r"(?P<number>(?P<name>part|annex|appendix|section|chapter|schedule|stage|step|standard|principle|outcome|"
    r"theme|finding|key learning|learning point|recommendation|module|phase)\s+"
    rf"(?:(?P<digits>\d{{1,2}}[a-z]?)|(?:{_ORDINAL})\b|[A-Z](?!\w)|[IVX]+\b))(?P<after>\s*[:.\u2013\u2014-]\s*|\s*$|\s+)",
    re.IGNORECASE,
)


def printed_numbers(blocks: Sequence[Block]) -> list[Printed | None]:
    """For each block the number of its chapter, section or paragraph; None where it has none.

    A number counts when it takes part in a run (12, 13, 14 ... or 8.3.11, 8.3.12); the items of a
    short list that a sentence introduces are not paragraphs of the document and get None.
    """
    numbers: list[Printed | None] = [None] * len(blocks)
    listed = _items_of_introduced_lists(blocks)
    headings = [i for i, block in enumerate(blocks) if block.kind is BlockKind.HEADING]
    texts = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
    paragraphs = [i for i, block in enumerate(blocks) if block.kind in texts and i not in listed]
    for i in headings:
        numbers[i] = _own_number(blocks[i].text)
    _number_in_runs(blocks, headings, (_PLAIN, _BARE), numbers)
    _number_in_runs(blocks, paragraphs, (_PLAIN, _TITLED), numbers)
    _number_dotted(blocks, paragraphs, numbers)
    return numbers


def item_marker(text: str) -> int:
    """Characters that the bullet, letter or number at the start of a list item takes; 0 if none."""
    bullet = BULLET.match(text)
    width = bullet.end() if bullet else 0
    marker = _ITEM.match(text, width)
    return marker.end() if marker else width


def is_lettered(text: str) -> bool:
    """Whether a paragraph starts like 'a) ', '(b) ' or 'iv. '."""
    marker = _ITEM.match(text)
    return marker is not None and not marker["mark"].isdigit()


def running(values: Sequence[int]) -> list[bool]:
    """Which values take part in a run that counts upwards; a run may nest inside another, and one
    or two numbers may be missing from it."""
    open_runs: list[int] = []
    kept = []
    for i, value in enumerate(values):
        place = _run_continued(open_runs, value)
        if place is not None:
            del open_runs[place:]
        kept.append(place is not None or value + 1 in values[i + 1 : i + 4])
        if kept[-1]:
            open_runs = [*(last for last in open_runs if last != value), value]
    return kept


def _run_continued(open_runs: Sequence[int], value: int) -> int | None:
    for step in (1, 2, 3):
        for place in range(len(open_runs) - 1, -1, -1):
            if value - open_runs[place] == step:
                return place
    return None


def _own_number(heading: str) -> Printed | None:
    """A heading's number where the heading alone is proof: '2.1 Making ...', 'Part one: ...', 'Annex A'."""
    dotted = _DOTTED.match(heading)
    if dotted and not heading[dotted.end()].islower():
        return Printed(dotted["number"], dotted.end())
    named = _NAMED.match(heading)
    if named:
        return _named_number(heading, named)
    letter = _LETTER.match(heading)
    return Printed(letter["number"], letter.end()) if letter else None


def _named_number(heading: str, named: re.Match[str]) -> Printed | None:
    parted = bool(named["after"].strip()) or named.end() == len(heading)
    # 'Section 47 enquiries' is a matter of law, not the forty-seventh section.
    statutory = named["name"].lower() in ("section", "schedule", "part") and named["digits"]
    if not parted and (statutory or heading[named.end()].islower()):
        return None
    return Printed(named["number"], named.end())


def _items_of_introduced_lists(blocks: Sequence[Block]) -> set[int]:
    """Positions of the items of lists that a paragraph ending with a colon introduces."""
    found: set[int] = set()
    introduced = False
    for i, block in enumerate(blocks):
        if block.kind is not BlockKind.LIST_ITEM:
            introduced = block.text.rstrip().endswith(":") and block.kind is BlockKind.PARAGRAPH
            continue
        first = blocks[i - 1].kind is not BlockKind.LIST_ITEM if i else True
        plain = _PLAIN.match(block.text)
        if first and plain and plain["number"] != "1":
            introduced = False
        if introduced:
            found.add(i)
    return found


def _number_in_runs(
    blocks: Sequence[Block],
    places: Iterable[int],
    patterns: Sequence[re.Pattern[str]],
    numbers: list[Printed | None],
) -> None:
    styles: dict[str, list[tuple[int, re.Match[str]]]] = defaultdict(list)
    for i in places:
        match = next((m for m in (p.match(blocks[i].text) for p in patterns) if m), None)
        if match and numbers[i] is None:
            styles[match["style"].lower()].append((i, match))
    for found in styles.values():
        for (i, match), kept in zip(found, running([int(m["digits"]) for _, m in found]), strict=True):
            if kept:
                numbers[i] = Printed(match["number"], match.end())


def _number_dotted(blocks: Sequence[Block], places: Iterable[int], numbers: list[Printed | None]) -> None:
    families: dict[str, list[tuple[int, re.Match[str]]]] = defaultdict(list)
    for i in places:
        match = _DOTTED.match(blocks[i].text)
        if match and (match["number"].count(".") > 1 or not blocks[i].text[match.end()].islower()):
            families[match["number"].rpartition(".")[0]].append((i, match))
    sizes = Counter({prefix: len(found) for prefix, found in families.items()})
    for prefix, found in families.items():
        kept = running([int(m["number"].rpartition(".")[2]) for _, m in found])
        for (i, match), in_run in zip(found, kept, strict=True):
            if in_run or _stands_alone(match["number"], prefix, sizes):
                numbers[i] = Printed(match["number"], match.end())


def _stands_alone(number: str, prefix: str, sizes: Counter[str]) -> bool:
    """A lone '3.1' counts between 2.x and 4.x, a lone '8.3.12' where 8.3 is the commonest prefix or alone."""
    if prefix.isdigit():
        beside = (str(int(prefix) - 1), str(int(prefix) + 1))
        return number.endswith(".1") and any(other in sizes for other in beside)
    return sizes[prefix] == max(sizes.values()) or number.endswith(".1")
