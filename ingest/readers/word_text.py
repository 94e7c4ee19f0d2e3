"""The words of one Word paragraph as they stand once every tracked change is accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from ingest.colours import WHITE, can_be_seen
from ingest.hidden import HiddenText, Hiding, Kept
from ingest.readers.word_grounds import SHAPES, holds_drawings, is_backdrop, shape_ground
from ingest.readers.word_looks import UNKNOWN, Ground, Look, fill_of, look_of
from ingest.readers.word_numbering import printed_number
from ingest.readers.word_package import Element
from ingest.readers.word_styles import Styles
from ingest.readers.word_xml import W, switched, value

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_REMOVED = {
    W + name for name in ("moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText", "rt", "sdtPr")
}
_UNDERSTOOD = {"wps", "wpg", "wpc", "wpi", "wp14", "w14", "w15", "a14", "v", "o", "aink", "am3d"}
_UNDERSTOOD_FAMILIES = ("w16", "cx")
"""Extensions of the format, by the names that Word gives them. Of a choice that needs another Word shows the
fallback."""
_TEXTS = {W + "t", W + "delText"}
_SPACES = {W + "tab", W + "br", W + "cr", W + "ptab"}
_BULLET_LETTERS = {"F0B7", "F0A7", "F0D8", "F0FC", "F076"}


@dataclass(slots=True)
class Words:
    """What a paragraph holds. `boxes` are text boxes anchored in it, each with what lies behind its words;
    `notes` the notes it refers to."""

    parts: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    boxes: list[tuple[Element, Ground]] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind, id and printed mark of each note."""

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())

    @property
    def all_bold(self) -> bool:
        return bool(self.bold) and all(self.bold)


class Reader:
    """Reads paragraphs in document order, since it counts them and the notes.

    `ground` is what lies behind the words of the paragraph at hand, `page` what the page itself shows.
    """

    def __init__(self, document: Element, styles: Styles, page: Ground, hidden: HiddenText) -> None:
        self._is_drawn_on = cache(lambda: holds_drawings(document))
        self._styles = styles
        self._page = page
        self._hidden = hidden
        self._notes = {"footnote": 0, "endnote": 0}
        self._paragraphs = 0
        self._backdrop = False
        """A picture stands behind the text from here to the end of the page."""
        self.ground = page

    @property
    def where(self) -> str:
        return f"paragraph {self._paragraphs}"

    def words(self, paragraph: Element) -> Words:
        self._paragraphs += 1
        words = Words()
        properties = paragraph.find(W + "pPr")
        style = self._styles.style(value(properties, "pStyle"))
        look = Look(fill=fill_of(properties)).over(style.look).over(self._styles.default_look)
        self._walk(paragraph, words, look, style.bold)
        return words

    def _walk(self, element: Element, words: Words, look: Look, bold: bool) -> None:
        for child in element:
            tag = child.tag
            self._turn_page(child)
            if tag == W + "del":
                self._hidden.add(Hiding.DELETED, words_in(child), self.where)
            elif tag in _REMOVED or _is_placeholder(child):
                continue
            elif tag == _MC + "AlternateContent":
                self._alternatives(child, words, look, bold)
            elif tag == W + "r":
                self._run(child, words, look, bold)
            elif tag == W + "txbxContent":
                words.boxes.append((child, self.ground))
            elif tag in SHAPES:
                self._shape(child, words, look, bold)
            elif tag in {W + "t", _MATH + "t"}:
                words.parts.append(child.text or "")
            elif tag in _SPACES:
                words.parts.append(" ")
            elif tag in {W + "footnoteReference", W + "endnoteReference"}:
                self._note(child, words)
            elif tag == W + "noBreakHyphen":
                words.parts.append("-")
            elif tag == W + "sym":
                words.parts.append("•" if child.get(W + "char", "").upper() in _BULLET_LETTERS else "")
            else:
                self._walk(child, words, look, bold)

    def _alternatives(self, element: Element, words: Words, look: Look, bold: bool) -> None:
        """The same content in several forms: the first that Word understands is the one on the page."""
        for choice in element.findall(_MC + "Choice"):
            needs = choice.get("Requires", "").split()
            if all(need in _UNDERSTOOD or need.startswith(_UNDERSTOOD_FAMILIES) for need in needs):
                return self._walk(choice, words, look, bold)
            self._hidden.add(Hiding.NOT_SHOWN, words_in(choice), self.where)
        for fallback in element.findall(_MC + "Fallback"):
            self._walk(fallback, words, look, bold)
        return None

    def _turn_page(self, element: Element) -> None:
        if element.tag == W + "lastRenderedPageBreak" or element.get(W + "type") == "page":
            self._backdrop = False
        self._backdrop = self._backdrop or is_backdrop(element)

    def _shape(self, shape: Element, words: Words, look: Look, bold: bool) -> None:
        around, self.ground = self.ground, shape_ground(shape, self.ground, self._is_drawn_on)
        self._walk(shape, words, look, bold)
        self.ground = around

    def _run(self, run: Element, words: Words, look: Look, bold: bool) -> None:
        properties = run.find(W + "rPr")
        style_id = value(properties, "rStyle")
        style = self._styles.style(style_id) if style_id else None
        own = look_of(properties)
        look = (own.over(style.look) if style else own).over(look)
        if self._is_hidden(look, run):
            return
        strong = switched(properties, "b")
        before = len(words.parts)
        self._walk(run, words, look, bold)
        if any(part.strip() for part in words.parts[before:]):
            words.bold.append(strong if strong is not None else bold or (style is not None and style.bold))

    def _is_hidden(self, look: Look, run: Element) -> bool:
        ground = UNKNOWN if self._backdrop and self.ground == self._page else self.ground
        hiding = look.hiding(ground)
        if hiding:
            self._hidden.add(hiding, words_in(run), self.where)
        elif not ground and look.colour and not look.fill and not can_be_seen(look.colour, WHITE):
            self._hidden.add(Kept.WHITE, words_in(run), self.where)
        return hiding is not None

    def _note(self, reference: Element, words: Words) -> None:
        """Marks are counted over the whole document: 1, 2, 3 for footnotes, i, ii, iii for endnotes."""
        kind = "footnote" if reference.tag == W + "footnoteReference" else "endnote"
        self._notes[kind] += 1
        mark = printed_number(self._notes[kind], "decimal" if kind == "footnote" else "lowerRoman")
        words.notes.append((kind, reference.get(W + "id", ""), mark))
        words.parts.append(f"[{mark}]")


def _is_placeholder(element: Element) -> bool:
    """A form field that still shows its prompt, "Click here to enter text"."""
    return element.tag == W + "sdt" and switched(element.find(W + "sdtPr"), "showingPlcHdr") is True


def words_in(element: Element) -> str:
    """All words inside, deleted ones too."""
    return " ".join(text.text or "" for text in element.iter() if text.tag in _TEXTS)
