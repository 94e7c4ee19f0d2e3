"""A page of PDFium's becomes placed words and ruled lines.

All lengths are points; x counts from the left edge of the page, y downwards from its top.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.characters import visible
from ingest.hidden import HiddenText, Hiding
from ingest.readers.pdf_hidden import Unseen, unseen_characters, words_replaced
from ingest.readers.pdf_objects import Objects, objects_of
from ingest.readers.pdf_rulings import Placement, Ruling, rulings_of

HYPHEN_AT_LINE_END = "\x02"
"""What PDFium puts where a line ends in a hyphen."""
_LINE_END_IN_TEXT = 0xFFFE
"""The same in PDFium's text as a whole."""
_SMALLEST = 2.0
"""Points; smaller type is a line of dust."""

_REPLACED = str.maketrans(
    {
        **dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe\uffff"),
        **dict.fromkeys("\uf0b7\uf0a7\uf0a8\uf0d8\uf0fc\uf06e\uf076\uf02d", "•"),
        HYPHEN_AT_LINE_END: "-",
    }
)
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PIECE = re.compile(rf"[^\s{HYPHEN_AT_LINE_END}\x00]+{HYPHEN_AT_LINE_END}?|{HYPHEN_AT_LINE_END}")
_BOLD = re.compile(rb"bold|black|heavy|semib|cmbx", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """`y` is the baseline, `size` the height of the type."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rulings: tuple[Ruling, ...]
    unmapped: int
    """Characters for which the file's fonts name no letter."""


def read_page(document: pdfium.PdfDocument, index: int, hidden: HiddenText) -> Page:
    """The page at `index`, counted from 0. Raises PdfiumError where the page is damaged."""
    page = document[index]
    where = f"page {index + 1}"
    try:
        found = objects_of(page)
        if found.replaced:
            page, found = _without_replacements(document, index, page, found, hidden)
        place = Placement(page)
        layer = _TextLayer(page, place, where, hidden)
        layer.leave_out(unseen_characters(page, layer.handle, layer.codes, found))
        words = tuple(layer.words())
        rulings = tuple(rulings_of(page, found.shapes, place))
        layer.close()
        return Page(index + 1, place.width, place.height, words, rulings, layer.unmapped)
    finally:
        page.close()


def _without_replacements(
    document: pdfium.PdfDocument, index: int, page: pdfium.PdfPage, found: Objects, hidden: HiddenText
) -> tuple[pdfium.PdfPage, Objects]:
    """The page as its letters are drawn; as it says of itself where its fonts name no letters."""
    replaced = words_replaced(page, found)
    if replaced is not None:
        hidden.add(Hiding.REPLACED, replaced, f"page {index + 1}")
        return page, found
    page.close()
    page = document[index]
    return page, objects_of(page)


class _TextLayer:
    """A page's characters by index, as PDFium numbers them."""

    def __init__(self, page: pdfium.PdfPage, place: Placement, where: str, hidden: HiddenText) -> None:
        self._text_page = page.get_textpage()
        self.handle = self._text_page.raw
        self.close = self._text_page.close
        self._place = place
        self._where = where
        self._hidden = hidden
        self._styles: dict[int, tuple[float, bool, bool]] = {}
        # Made once, because one a character costs more than PDFium's own work.
        self._box = [ctypes.c_double() for _ in range(4)]
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self.codes = _codes(self.handle, self._text_page.count_chars())
        self.unmapped = sum(code in (0, 0xFFFD) or 0xE000 <= code < 0xF000 for code in self.codes)
        hidden.characters("".join(map(chr, self.codes)), where)

    def leave_out(self, unseen: Unseen) -> None:
        """A gap takes the place of each character that is not seen."""
        for index in unseen.characters:
            self.codes[index] = 0
        for what, words in unseen.told:
            self._hidden.add(what, words, self._where)

    def words(self) -> Iterator[Word]:
        for match in _PIECE.finditer("".join(map(chr, self.codes))):
            first, last = match.start(), match.end() - 1
            shown = match.group().translate(_REPLACED)
            if not shown.isprintable():
                shown = "".join(filter(str.isprintable, shown))
            if not shown.isascii():
                shown = visible(shown)
            size, bold, slanted = self._style(first)
            if not shown or slanted:
                continue  # slanted words are a watermark over the page
            if shown[-1].isdigit() and not shown[0].isdigit() and self._style(last)[0] < 0.8 * size:
                shown = _raise_note_mark(shown)
            start, _, y = self._edges(first)
            _, end, _ = self._edges(last)
            word = Word(shown, start, end, y, size, bold)
            if hiding := self._hiding(word):
                self._hidden.add(hiding, shown, self._where)
            else:
                yield word

    def _hiding(self, word: Word) -> Hiding | None:
        if word.size < _SMALLEST:
            return Hiding.SIZE
        across = word.x1 > 0 and word.x0 < self._place.width
        inside = across and word.y > 0 and word.y - word.size < self._place.height
        return None if inside else Hiding.OUTSIDE

    def _edges(self, index: int) -> tuple[float, float, float]:
        """A character's left and right edge on its baseline, and the baseline."""
        raw.FPDFText_GetCharBox(self.handle, index, *self._box)
        raw.FPDFText_GetCharOrigin(self.handle, index, self._x, self._y)
        xa, _ = self._place(self._box[0].value, self._box[2].value)
        xb, _ = self._place(self._box[1].value, self._box[3].value)
        _, y = self._place(self._x.value, self._y.value)
        return min(xa, xb), max(xa, xb), y

    def _style(self, index: int) -> tuple[float, bool, bool]:
        """Size, whether bold, whether slanted: the same for all characters of one text object."""
        key = ctypes.cast(raw.FPDFText_GetTextObject(self.handle, index), ctypes.c_void_p).value or -1
        if key not in self._styles:
            turn = math.degrees(raw.FPDFText_GetCharAngle(self.handle, index)) / 90
            slanted = abs(turn - round(turn)) > 0.05
            self._styles[key] = (_size(self.handle, index), _is_bold(self.handle, index), slanted)
        return self._styles[key]


def _codes(handle: raw.FPDF_TEXTPAGE, count: int) -> list[int]:
    """All characters at once, or one by one where there are some that take two places."""
    text = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(handle, 0, count, text) != count + 1:
        return [raw.FPDFText_GetUnicode(handle, i) for i in range(count)]
    return [ord(HYPHEN_AT_LINE_END) if code == _LINE_END_IN_TEXT else code for code in text[:count]]


def _size(handle: raw.FPDF_TEXTPAGE, index: int) -> float:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(handle, index, matrix)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    return round(float(raw.FPDFText_GetFontSize(handle, index)) * scale * 2) / 2


def _is_bold(handle: raw.FPDF_TEXTPAGE, index: int) -> bool:
    name = ctypes.create_string_buffer(80)
    raw.FPDFText_GetFontInfo(handle, index, name, 80, ctypes.c_int())
    return bool(_BOLD.search(name.value)) or raw.FPDFText_GetFontWeight(handle, index) >= 600


def _raise_note_mark(shown: str) -> str:
    """Shows a note mark as it is printed, above the line, or "28 days1" would read as a number."""
    stem = shown.rstrip("0123456789")
    return stem + shown[len(stem) :].translate(_SUPERSCRIPT)
