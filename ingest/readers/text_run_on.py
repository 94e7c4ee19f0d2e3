"""A whole document on one line, as some conversions from PDF leave it, cut up again.

The page numbers count up by one a page, the footnotes by one a note, and the table of contents names the
headings; these three, found in this order, give back most of what the line breaks said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.readers.text_contents import Contents, Entry, key
from ingest.readers.text_lines import Run, has_mark, note_numbers
from ingest.readers.text_wrapped import Draft

_LONGEST_LINE = 5_000
_SHORTEST_PAGE = 450
"""Characters. A page number nearer than this to the one before is a figure in the text."""
_NAMESAKES = 100
"""Figures of one value that are weighed as the page number before."""
_PAGE = "\x01"
_NOTE = "\x02"
_FIGURE = re.compile(r"(?<= )\d{1,3}(?= )")
_CONTENTS = re.compile(r"\b(?:Table of )?[Cc]ontents ")
_ENTRY = re.compile(r"(\S.{1,200}?) (\d{1,3})(?= |$)")
_BEFORE_HEADING = re.compile(r"(?:^|[.?!:;”’)\]][\d]{0,3}|\x01|\x02)\s*$")
_AFTER_HEADING = re.compile(r"\s*[\x01\x02]?\s*(?:[A-Z•“‘(\"']|\d+[.)] )")
_BULLET = re.compile(r"\s*[•▪●]\s+")
_RESUMED = re.compile(
    r"(?<=[a-z0-9)’”]) (?=(?:The|This|These|It|If|In|Where|When|Whatever|Whilst|While|Further|You|For|Some|We"
    r"|There|Practitioners|Children|Staff|All)\s[a-z])"
)
_RESTATED = re.compile(r"(?:(?<=[.?!:\x01\x02] )|^)([A-Z][\w’]*(?: [\w’()]+){0,5}) (?=(?i:\1)\b)")


def is_run_on(text: str) -> bool:
    """One line longer than any paragraph, and nearly all of the text."""
    longest = max((len(line) for line in text.splitlines()), default=0)
    return longest > _LONGEST_LINE and longest > 0.8 * len(text)


def split_run_on(text: str) -> tuple[str, Contents, list[Draft]]:
    """The words of the cover, the table of contents, and the rest as drafts."""
    pages = _pages(" ".join(text.split()))
    flat, notes = _without_notes(pages)
    cover, entries, body = _without_contents(flat)
    drafts: list[Draft] = []
    contents = Contents(entries)
    for heading, words in _under_headings(body, contents.titles):
        if heading:
            entry = contents.find(_clean(heading))
            level = 0 if entry is None else contents.take(entry)
            drafts.append(Draft(_clean(heading), heading=True, level=level))
        drafts += _paragraphs(words, notes)
    return _clean(cover), contents, drafts


def _pages(flat: str) -> list[str]:
    """The text between the page numbers: the longest run of figures that counts up, a page's length apart."""
    runs: dict[int, list[Run]] = {}
    last: Run | None = None
    for figure in _FIGURE.finditer(flat):
        number, start = int(figure[0]), figure.start()
        before = [
            run for run in runs.get(number - 1, [])[-_NAMESAKES:] if start - run.place >= _SHORTEST_PAGE
        ]
        run = Run(start, max(reversed(before), key=lambda each: each.length, default=None))
        runs.setdefault(number, []).append(run)
        if last is None or run.length >= last.length:
            last = run
    longest = last.places() if last else []
    if len(longest) < 3:
        return [flat]
    ends = [*longest, len(flat)]
    starts = [0, *(start + len(str(_figure_at(flat, start))) for start in longest)]
    return [flat[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _figure_at(flat: str, start: int) -> int:
    return int(flat[start:].split(" ", 1)[0])


def _without_notes(pages: list[str]) -> tuple[str, list[str]]:
    """The pages as one text, a mark in the place of each footnote, and the footnotes."""
    notes: list[str] = []
    kept: list[str] = []
    expected, before = 1, ""
    for page in pages:
        start = _first_note(page, before, expected)
        before = page
        if start is None:
            kept.append(page)
            continue
        found, expected = note_numbers(page[start:], expected)
        kept.append(page[:start] + "".join(f"{_NOTE}{len(notes) + i}{_NOTE}" for i in range(len(found))))
        notes += found
    return f" {_PAGE} ".join(kept), notes


def _first_note(page: str, before: str, number: int) -> int | None:
    """Where the next footnote opens; its mark stands before it, stuck to a word."""
    for opening in reversed(list(re.finditer(rf"(?<= ){number} (?=[A-Za-z‘“])", page))):
        if has_mark(f"{before} {page[: opening.start()]}", number):
            return opening.start()
    return None


def _without_contents(flat: str) -> tuple[str, list[Entry], str]:
    """What stands before the table of contents, its entries, and what follows."""
    opened = _CONTENTS.search(flat[:_LONGEST_LINE])
    if opened is None:
        return "", [], flat
    entries: list[Entry] = []
    place, last = opened.end(), 0
    while entry := _ENTRY.match(flat, place + _gap(flat, place)):
        title, number = _clean(entry[1]), int(entry[2])
        if number < last or (entries and key(title).startswith(key(entries[0].title))):
            break
        entries.append(Entry(title, number))
        place, last = entry.end(), number
    if len(entries) < 3:
        return "", [], flat
    return flat[: opened.start()], entries, flat[place:]


def _gap(flat: str, place: int) -> int:
    gap = re.compile(rf"[\s{_PAGE}]*").match(flat, place)
    return len(gap[0]) if gap else 0


def _under_headings(body: str, titles: list[str]) -> Iterator[tuple[str, str]]:
    """Each heading that the contents name, in order, with the text under it."""
    cuts: list[tuple[int, int]] = [(0, 0)]
    for title in titles:
        if found := _find_heading(body, title, cuts[-1][1]):
            cuts.append(found)
    cuts.append((len(body), len(body)))
    for (start, end), (following, _) in pairwise(cuts):
        yield body[start:end], body[end:following]


def _find_heading(body: str, title: str, start: int) -> tuple[int, int] | None:
    """The title where a sentence has ended before it; failing that, where a sentence begins after it."""
    pattern = re.compile(rf"[\s{_PAGE}]+".join(re.escape(word) for word in title.split()))
    followed = [m for m in pattern.finditer(body, start) if _AFTER_HEADING.match(body, m.end())]
    for match in followed:
        if _BEFORE_HEADING.search(body[max(0, match.start() - 8) : match.start()]):
            return match.span()
    return followed[0].span() if followed else None


def _paragraphs(words: str, notes: list[str]) -> Iterator[Draft]:
    """Bullets, numbered points and running text under one heading."""
    pieces = _BULLET.split(words)
    for place, piece in enumerate(pieces):
        if place == 0:
            yield from _running_text(piece, notes)
            continue
        item, *rest = _RESUMED.split(piece, maxsplit=1)
        if place < len(pieces) - 1 and not (rest and rest[0].rstrip().endswith(":")):
            item, rest = piece, []  # only a lead-in can stand between one item and the next
        yield from _noted(f"• {item}", notes)
        for text in rest:
            yield from _running_text(text, notes)


def _running_text(words: str, notes: list[str]) -> Iterator[Draft]:
    for point in _points(_strip(words)):
        after = 0
        for restated in _RESTATED.finditer(point):
            yield from _noted(point[after : restated.start()], notes)
            yield Draft(_clean(restated[1]), heading=True)
            after = restated.end()
        yield from _noted(point[after:], notes)


def _points(words: str) -> Iterator[str]:
    """Cut before "1. ", "2. " and before "a) ", "b) ", as long as they count up from the first."""
    cuts = [0]
    for marks in ([f"{n}." for n in range(1, 200)], [f"{letter})" for letter in "abcdefghijklmnop"]):
        place = 0
        for mark in marks:
            found = re.compile(rf"(?:^|(?<=\s)){re.escape(mark)} (?=\w)").search(words, place)
            if found is None:
                break
            cuts.append(found.start())
            place = found.end()
    for start, end in pairwise(sorted({*cuts, len(words)})):
        yield words[start:end]


def _noted(words: str, notes: list[str]) -> Iterator[Draft]:
    """The words, then the footnotes whose marks stood among them."""
    pieces = words.split(_NOTE)
    if text := _clean(" ".join(pieces[::2])):
        yield Draft(text)
    for place in pieces[1::2]:
        yield Draft(_clean(notes[int(place)]), note=True)


def _strip(words: str) -> str:
    return words.strip(f" {_PAGE}")


def _clean(words: str) -> str:
    return " ".join(words.replace(_PAGE, " ").split())
