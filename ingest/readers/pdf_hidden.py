"""Characters of a PDF page that are not seen: without them the page looks the same."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.hidden import Hiding, Kept
from ingest.readers.pdf_objects import Box, Handle, Objects, address

_FAINT = 16
"""Of 255; a smaller difference in brightness is not seen."""
_PICTURE_SHARE = 0.5
_VISIBLE_SHARE = 0.2
_FEW = 10
_UNMAPPED = ("\0", "\ufffd")
_LONGEST_SIDE = 1600
"""Pixels."""


@dataclass(slots=True)
class Unseen:
    """`characters` are left out, by index; `told` is what the report must say of the page."""

    characters: set[int] = field(default_factory=set)
    told: list[tuple[Hiding | Kept, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters of one text without white space between them."""

    first: int
    last: int
    source: int

    def words(self, codes: Sequence[int]) -> str:
        return "".join(map(chr, codes[self.first : self.last + 1]))


def unseen_characters(
    page: pdfium.PdfPage, text_page: Handle, codes: Sequence[int], found: Objects
) -> Unseen:
    """`codes` are the characters of the page's text layer."""
    unseen = Unseen()
    suspects = found.suspects
    if len(suspects) <= _FEW:  # to ask for the words of a text, PDFium looks through the whole page
        suspects = {key: each for key, each in suspects.items() if not _is_blank(each[0], text_page)}
    if not (found.unpainted or suspects):
        return unseen
    runs = list(_runs(text_page, codes))
    lost = [(Hiding.TRANSPARENT, run) for run in runs if run.source in found.unpainted]
    for hiding in sorted({hiding for _, hiding in suspects.values()}):
        texts = {key: text for key, (text, why) in suspects.items() if why is hiding}
        doubtful = [run for run in runs if run.source in texts and run.source not in found.unpainted]
        lost += [(hiding, run) for run in _without_effect(page, text_page, doubtful, texts)]
    recognised = _is_recognised(page, [run for _, run in lost], runs, found)
    for hiding, run in lost:
        unseen.told.append((Kept.RECOGNISED if recognised else hiding, run.words(codes)))
        if not recognised:
            unseen.characters.update(range(run.first, run.last + 1))
    return unseen


def words_replaced(page: pdfium.PdfPage, found: Objects) -> str | None:
    """Takes off the marks that give other words in place of those on the page, and returns the words lost so.

    None where the fonts do not say what stands on the page: then the page has to be loaded again.
    """
    given = _text(page)
    for text, mark in found.replaced:
        raw.FPDFPageObj_RemoveMark(text, mark)
    printed = _text(page)
    if sum(map(printed.count, _UNMAPPED)) > sum(map(given.count, _UNMAPPED)):
        return None
    if _letters(given) == _letters(printed):
        return ""
    known = set(printed.split())
    return " ".join(word for word in given.split() if word not in known)


def _is_blank(text: Handle, text_page: Handle) -> bool:
    """Whether a text holds nothing but spaces, which lie on every picture's edge."""
    letters = (ctypes.c_ushort * 8)()
    length = raw.FPDFTextObj_GetText(text, text_page, letters, ctypes.sizeof(letters)) // 2
    return length <= len(letters) and not any(code > ord(" ") for code in letters[: max(length - 1, 0)])


def _runs(text_page: Handle, codes: Sequence[int]) -> Iterator[_Run]:
    first, source = 0, 0
    for i, code in enumerate([*codes, ord(" ")]):
        blank = chr(code).isspace()
        here = 0 if blank else address(raw.FPDFText_GetTextObject(text_page, i))
        if here != source:
            if source:
                yield _Run(first, i - 1, source)
            first, source = i, here


def _is_recognised(page: pdfium.PdfPage, lost: Sequence[_Run], runs: Sequence[_Run], found: Objects) -> bool:
    """Whether a picture of the whole page stands over the words, and next to nothing else: a scan."""
    width, height = page.get_size()
    large = any((x1 - x0) * (y1 - y0) > _PICTURE_SHARE * width * height for x0, y0, x1, y1 in found.pictures)
    if not (lost and large):
        return False
    hidden, everything = (sum(run.last + 1 - run.first for run in some) for some in (lost, runs))
    return everything - hidden < _VISIBLE_SHARE * hidden


def _without_effect(
    page: pdfium.PdfPage, text_page: Handle, runs: Sequence[_Run], texts: Mapping[int, Handle]
) -> list[_Run]:
    """The runs that the page looks the same without."""
    if not runs:
        return []
    before = _Picture(page)
    for text in texts.values():
        raw.FPDFPageObj_SetIsActive(text, False)
    after = _Picture(page)
    for text in texts.values():
        raw.FPDFPageObj_SetIsActive(text, True)
    return [run for run in runs if not before.differs(after, _box(text_page, run))]


def _box(text_page: Handle, run: _Run) -> Box:
    edges = [ctypes.c_double() for _ in range(4)]
    boxes = []
    for i in range(run.first, run.last + 1):
        raw.FPDFText_GetCharBox(text_page, i, *edges)
        boxes.append([edge.value for edge in edges])
    left, right, bottom, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


class _Picture:
    """A page in shades of grey, one pixel a point unless it is very large."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        bitmap = page.render(scale=min(1, _LONGEST_SIDE / max(page.get_size())), grayscale=True)
        self.width, self.height, self.stride = bitmap.width, bitmap.height, bitmap.stride
        self.pixels = bytes(bitmap.buffer)
        bitmap.close()

    def differs(self, other: _Picture, box: Box) -> bool:
        (xa, ya), (xb, yb) = self._pixel(box[0], box[1]), self._pixel(box[2], box[3])
        x0, x1 = max(0, min(xa, xb)), min(self.width, max(xa, xb) + 1)
        for row in range(max(0, min(ya, yb)), min(self.height, max(ya, yb) + 1)):
            start, end = row * self.stride + x0, row * self.stride + x1
            here, there = self.pixels[start:end], other.pixels[start:end]
            if here != there and any(abs(a - b) > _FAINT for a, b in zip(here, there, strict=True)):
                return True
        return False

    def _pixel(self, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(self._page.raw, 0, 0, self.width, self.height, 0, x, y, across, down)
        return across.value, down.value


def _text(page: pdfium.PdfPage) -> str:
    text_page = page.get_textpage()
    count = text_page.count_chars()
    text = "".join(chr(raw.FPDFText_GetUnicode(text_page.raw, i)) for i in range(count))
    text_page.close()
    return text


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).lower()))
