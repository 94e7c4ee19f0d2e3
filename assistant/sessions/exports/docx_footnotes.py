"""Footnotes, which python-docx cannot write yet: a part of their own, with a link in each."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from assistant.sessions.exports.docx_xml import element

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_EMPTY = f"""<w:footnotes {nsdecls("w", "r")}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>
</w:footnote>
</w:footnotes>"""


class Footnotes:
    """Of one document; `text_style` and `reference_style` are ids of its styles. Ended by `write`."""

    def __init__(self, document: Document, text_style: str, reference_style: str) -> None:
        self._document = document
        self._text_style = text_style
        self._reference_style = reference_style
        self._part = self._existing() or self._new()
        self._notes: Any = parse_xml(self._part.blob)
        self._next = max(int(each.get(qn("w:id"))) for each in self._notes) + 1

    def add(self, paragraph: Paragraph, text: str, url: str) -> None:
        """A reference at the paragraph's end, and the note: the text as a link."""
        reference = paragraph.add_run()
        reference._r.get_or_add_rPr().append(element("rStyle", val=self._reference_style))
        reference._r.append(element("footnoteReference", id=self._next))
        self._notes.append(self._note(text, url))
        self._next += 1

    def write(self) -> None:
        self._part._blob = serialize_part_xml(self._notes)

    def _note(self, text: str, url: str) -> Any:
        note = element("footnote", id=self._next)
        paragraph = element("p")
        properties = element("pPr")
        properties.append(element("pStyle", val=self._text_style))
        paragraph.append(properties)
        number = self._run("")
        number.rPr.append(element("rStyle", val=self._reference_style))
        number.append(element("footnoteRef"))
        link = element("hyperlink", history="1")
        link.set(qn("r:id"), self._part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        link.append(self._run(text))
        for each in (number, self._run(" "), link):
            paragraph.append(each)
        note.append(paragraph)
        return note

    def _run(self, text: str) -> Any:
        run = element("r")
        run.append(element("rPr"))
        if text:
            words = element("t")
            words.text = text
            words.set(qn("xml:space"), "preserve")
            run.append(words)
        return run

    def _existing(self) -> Part | None:
        rels = self._document.part.rels.values()
        return next((each.target_part for each in rels if each.reltype == RELATIONSHIP_TYPE.FOOTNOTES), None)

    def _new(self) -> Part:
        part = Part(PackURI("/word/footnotes.xml"), _TYPE, _EMPTY.encode(), self._document.part.package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        return part
