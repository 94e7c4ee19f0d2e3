"""A conversation reads well as a document, and nothing in it is taken for a mark."""

from __future__ import annotations

from dataclasses import replace

from markdown_it import MarkdownIt

from assistant.answers import Group, Sentence
from assistant.archive import Archive
from assistant.records import Records
from assistant.transcript import as_markdown
from tests.assistant.recording import ALSO, CONVERSATION, QUESTION, QUOTE, answered, citation

ODD = "1) A <b>list</b> of *things*:\n- one & `two`\n2. [three](x) | four # five\n# six"


def test_question_words_and_place_stand_in_it(records: Records, archive: Archive) -> None:
    answer = records.keep(answered(), CONVERSATION)
    page = MarkdownIt().render(as_markdown(archive.conversation(CONVERSATION)))
    for words in (
        QUESTION,
        QUOTE,
        ALSO,
        "2 March 2026, 12:00 UTC",
        "2.1.1, page 2, version 3",
        str(answer.id),
    ):
        assert words in page
    assert f'href="{answer.citations[0].url}"' in page
    assert page.count(QUOTE) == 1


def test_marks_in_a_text_come_out_as_they_are(records: Records, archive: Archive) -> None:
    odd = replace(citation(), quote=ODD)
    answer = replace(answered(ODD, odd), sentences=(Sentence("Said otherwise", Group.LEARNING, None, (1,)),))
    records.keep(answer, CONVERSATION)

    page = MarkdownIt("commonmark").enable("table").render(as_markdown(archive.conversation(CONVERSATION)))

    shown = page.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert shown.count(ODD) == 2
    assert page.count("<li>") == 1
    assert "<b>" not in page
