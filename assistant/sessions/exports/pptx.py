"""A pack as a PowerPoint presentation: what is shown on the slides, what is said and cited in the notes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from pptx.util import Emu, Inches, Pt

from assistant.sessions.exports.own_files import logo_in_use
from assistant.sessions.exports.pptx_fit import SIZES, packed, pieces, size_for
from assistant.sessions.exports.pptx_layouts import WIDTH, Kind, body_of, open_with_layouts, room_of
from assistant.sessions.exports.pptx_text import (
    add_note,
    add_number,
    colour_cell,
    messages,
    set_language,
    shown,
    with_numbers,
    write_line,
)
from assistant.sessions.exports.sheet import (
    Look,
    by_number,
    grouped_sources,
    listed,
    made,
    mark,
    order_rows,
    place,
    subtitle,
)
from assistant.sessions.pack import Item, Pack, Part, PartName, Voice
from assistant.sessions.sayings import sayings

_KINDS = {
    PartName.CASE: Kind.CASE,
    PartName.MESSAGES: Kind.MESSAGE,
    PartName.PROCEDURES: Kind.RULE,
    PartName.DISCUSSION: Kind.QUESTION,
    PartName.EXERCISE: Kind.EXERCISE,
    PartName.QUIZ: Kind.QUIZ,
}
# How many lines of a part one slide shows at most, and the size at which they are packed.
_TOGETHER = {
    PartName.PURPOSE: (8, 18),
    PartName.CASE: (3, 24),
    PartName.MESSAGES: (4, 22),
    PartName.DISCUSSION: (2, 24),
    PartName.PROCEDURES: (2, 22),
    PartName.QUIZ: (1, 24),
    PartName.EXERCISE: (7, 20),
}
_OTHERWISE = (5, 22)
_HANDED_OUT = (PartName.LEARNING, PartName.READING)
_EMPTY_ROWS = 3
_HEADER = 0.5


def as_pptx(pack: Pack, look: Look) -> bytes:
    return _Deck(pack, look).write()


class _Deck:
    def __init__(self, pack: Pack, look: Look) -> None:
        self._pack = pack
        self._look = look
        self._presentation, self._layouts = open_with_layouts(look.pptx_template)
        self._citations = by_number(pack)
        self._room = room_of(self._layouts[Kind.TEXT])

    def write(self) -> bytes:
        self._first()
        said = sayings()["tables"]
        self._table(said["running_order"], said["columns"], order_rows(self._pack), (1.9, 1.4, 1.4, 6.9))
        for part in self._pack.parts:
            if part.name not in _HANDED_OUT:
                self._part(part)
        self._text(
            said["citations"],
            [f"{title}: {listed(numbers)}" for title, numbers in grouped_sources(self._pack)],
        )
        properties = self._presentation.core_properties
        properties.title, properties.language, properties.author = self._pack.title, "en-GB", ""
        properties.subject = subtitle(self._pack)
        file = io.BytesIO()
        self._presentation.save(file)
        return file.getvalue()

    def _first(self) -> None:
        slide = self._slide(Kind.TITLE, self._pack.title)
        self._fill(slide, [subtitle(self._pack)], [])
        add_note(slide, [made(self._pack), self._look.pack_link(self._pack)])
        if self._look.logo:
            with logo_in_use(self._look.logo):
                picture = slide.shapes.add_picture(
                    str(self._look.logo), Inches(0.9), Inches(0.6), height=Inches(0.9)
                )
            picture._element.nvPicPr.cNvPr.set("descr", self._look.logo_text or "Logo")

    def _part(self, part: Part) -> None:
        kind = _KINDS.get(part.name, Kind.TEXT)
        for title, group in self._groups(part):
            slide = self._slide(kind, title)
            quotes = [item for item in group if item.voice is not Voice.PHRASED]
            self._fill(slide, [shown(item) for item in quotes], quotes)
            add_note(slide, self._said(part, group))
        if part.name is PartName.QUIZ:
            answers = [
                f"{number}. “{item.answer}”" for number, item in enumerate(part.items, start=1) if item.answer
            ]
            self._text(f"{part.title}: {sayings()['labels']['answer'].lower()}s", answers, kind)
        if part.name is PartName.ACTIONS:
            said = sayings()
            self._table(
                said["tables"]["action_plan"],
                said["actions"]["columns"],
                [[""] * 4] * _EMPTY_ROWS,
                (4.4, 2.6, 1.8, 2.8),
            )

    def _groups(self, part: Part) -> Iterable[tuple[str, list[Item]]]:
        """Slide by slide: a message with what stands under it, else as many lines as can be read at once.

        What was phrased goes with the first slide of its message, in the notes, to be said.
        """
        minutes = f" ({part.minutes} min)" if part.minutes else ""
        title = f"{part.title}{minutes}"
        if part.name is PartName.MESSAGES:
            for message in messages(part.items, _TOGETHER[PartName.MESSAGES][0]):
                quotes = [item for item in message if item.voice is not Voice.PHRASED]
                phrased = [item for item in message if item.voice is Voice.PHRASED]
                for slide, group in enumerate(self._split(quotes, *_TOGETHER[PartName.MESSAGES])):
                    yield title, [*group, *([] if slide else phrased)]
            return
        for group in self._split(list(part.items), *_TOGETHER.get(part.name, _OTHERWISE)):
            yield title, group

    def _split(self, items: Sequence[Item], most: int, size: int) -> Iterable[list[Item]]:
        """What leads in to the next slide stands on it."""
        texts = [shown(item) for item in items]
        group: list[Item] = []
        for indexes in packed(texts, self._room.width, self._room.height, size, most):
            group += [items[index] for index in indexes]
            last, following = group[-1], items[indexes[-1] + 1 : indexes[-1] + 2]
            leads = len(group) > 1 and last.text.endswith(":") and any(item.depth for item in following)
            yield group[:-1] if leads else group
            group = [last] if leads else []

    def _text(self, title: str, texts: Sequence[str], kind: Kind = Kind.TEXT) -> None:
        for indexes in packed(texts, self._room.width, self._room.height, 22, 8):
            self._fill(self._slide(kind, title), [texts[index] for index in indexes], [])

    def _slide(self, kind: Kind, title: str) -> Any:
        slide = self._presentation.slides.add_slide(self._layouts[kind])
        if slide.shapes.title is not None:
            slide.shapes.title.text_frame.text = title
            set_language(slide.shapes.title.text_frame)
        add_number(slide)
        return slide

    def _fill(self, slide: Any, texts: Sequence[str], items: Sequence[Item]) -> None:
        """Set as large as fits; what does not fit at the smallest size goes on to further slides."""
        body = body_of(slide.placeholders)
        if body is None:
            body = slide.shapes.add_textbox(*(Inches(each) for each in (0.9, 1.75, 11.6, 4.95)))
        width, height = Emu(body.width).inches - 0.2, Emu(body.height).inches - 0.1
        size = size_for(texts, width, height)
        if size is None:
            first, *others = pieces("\n".join(texts), width, height)
            self._write(body, [first], items, SIZES[-1])
            for other in others:
                self._fill(self._slide_like(slide), [other], items)
            return
        self._write(body, texts, items, size)

    def _slide_like(self, slide: Any) -> Any:
        kind = next(each for each, layout in self._layouts.items() if layout == slide.slide_layout)
        title = slide.shapes.title.text_frame.text if slide.shapes.title is not None else ""
        return self._slide(kind, title)

    def _write(self, body: Any, texts: Sequence[str], items: Sequence[Item], size: int) -> None:
        frame = body.text_frame
        frame.word_wrap = True
        for index, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(size * 0.45)
            for row, line in enumerate(text.split("\n")):
                if row:
                    paragraph.add_line_break()
                item = items[index] if len(items) == len(texts) else None
                write_line(paragraph, line, mark(item) if item and not row else "", size)
            if item and not item.answer:
                self._refer(paragraph, item.citations)
        set_language(frame)

    def _refer(self, paragraph: Any, numbers: Sequence[int]) -> None:
        """Numbers that open the words, at the size of the smallest text that slides have."""
        for number in numbers:
            run = paragraph.add_run()
            run.text = f" [{number}]"
            run.font.size = Pt(SIZES[-1])
            run.hyperlink.address = self._look.link(self._citations[number])

    def _said(self, part: Part, group: Sequence[Item]) -> list[str]:
        said = [with_numbers(note) for note in part.notes]
        for item in group:
            if item.voice is Voice.PHRASED:
                said.append(with_numbers(item))
            if item.answer:
                said.append(f"{sayings()['labels']['answer']}: “{item.answer}” [{item.answer_citation}]")
        numbers = sorted(
            {
                number
                for item in [*group, *part.notes]
                for number in (*item.citations, item.answer_citation or 0)
            }
            - {0}
        )
        for number in numbers:
            citation = self._citations[number]
            said.append(f"[{number}] {place(citation)}: {self._look.link(citation)}")
        return said

    def _table(
        self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
    ) -> None:
        slide = self._slide(Kind.TABLE, title)
        size = 18
        height = min(4.9, 0.5 * (len(rows) + 1)) if any(any(row) for row in rows) else 4.2
        unused = body_of(slide.placeholders)
        if unused is not None:
            unused._element.getparent().remove(unused._element)
        # A template's slides may be narrower than ours.
        scale = min(1.0, Emu(self._presentation.slide_width).inches / WIDTH)
        left, across = Inches(0.9 * scale), Inches(sum(widths) * scale)
        frame = slide.shapes.add_table(
            len(rows) + 1, len(columns), left, Inches(1.75), across, Inches(height)
        )
        frame._element.nvGraphicFramePr.cNvPr.set("descr", f"{title}: {', '.join(columns)}")
        table = frame.table
        table.first_row = True
        # Rows to be written in are tall, their header is not.
        spare = frame.height - Inches(_HEADER)
        for number, row in enumerate(table.rows):
            row.height = int(spare / len(rows)) if number else Inches(_HEADER)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Inches(width * scale)
        for index, row in enumerate([columns, *rows]):
            for cell, text in zip(table.rows[index].cells, row, strict=True):
                cell.text_frame.text = text
                cell.margin_top = cell.margin_bottom = Inches(0.04)
                for run in cell.text_frame.paragraphs[0].runs:
                    run.font.size = Pt(size)
                set_language(cell.text_frame)
                colour_cell(cell, is_header=index == 0)
