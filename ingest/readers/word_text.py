"""The words of one Word paragraph as they stand once every tracked change is accepted."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.readers.word_numbering import printed_number
from ingest.readers.word_package import Element
from ingest.readers.word_styles import Styles, W, switched, value

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_REMOVED = {
    W + name
    for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText", "rt", "sdtPr")
} | {_MC + "Fallback"}  # the same text box once more, for older programs
_SPACES = {W + "tab", W + "br", W + "cr", W + "ptab"}
_BULLET_LETTERS = {"F0B7", "F0A7", "F0D8", "F0FC", "F076"}


@dataclass(slots=True)
class Words:
    """What a paragraph holds. `boxes` are text boxes anchored in it, `notes` the notes it refers to."""

    parts: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind, id and printed mark of each note."""

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())

    @property
    def all_bold(self) -> bool:
        return bool(self.bold) and all(self.bold)


class Reader:
    """Reads paragraphs in document order, since it numbers the notes and counts the hidden runs."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._notes = {"footnote": 0, "endnote": 0}
        self.hidden = 0

    def words(self, paragraph: Element) -> Words:
        words = Words()
        style = self._styles.style(value(paragraph.find(W + "pPr"), "pStyle"))
        self._walk(paragraph, words, style.hidden, style.bold)
        return words

    def _walk(self, element: Element, words: Words, hidden: bool, bold: bool) -> None:
        for child in element:
            tag = child.tag
            if tag in _REMOVED or _is_placeholder(child):
                continue
            if tag == W + "r":
                self._run(child, words, hidden, bold)
            elif tag == W + "txbxContent":
                words.boxes.append(child)
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
                self._walk(child, words, hidden, bold)

    def _run(self, run: Element, words: Words, hidden: bool, bold: bool) -> None:
        properties = run.find(W + "rPr")
        style_id = value(properties, "rStyle")
        style = self._styles.style(style_id) if style_id else None
        vanish, strong = switched(properties, "vanish"), switched(properties, "b")
        if vanish if vanish is not None else hidden or (style is not None and style.hidden):
            self.hidden += any(text.text and text.text.strip() for text in run.iter(W + "t"))
            return
        before = len(words.parts)
        self._walk(run, words, hidden, bold)
        if any(part.strip() for part in words.parts[before:]):
            words.bold.append(strong if strong is not None else bold or (style is not None and style.bold))

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
