"""Sentence spans on the prose that manuals, guidance and briefings are written in."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Refer under s. 47 of the Act.", "Then see para. 8.3.12 and s.47 again.", "Ring Dr. Smith."],
        ["Mrs. Jones and J. K. Smith met.", "See No. 2 below.", "It is 1.5 times as likely."],
        ["Ring the front door (e.g. by telephone, i.e. at once).", "It opens at 8.30am."],
        ["It shuts at 5.30 p.m. on Friday.", "Bring papers, toys, etc.", "Write it down."],
        ["8.3.12 The social worker must visit.", "The child should be seen alone."],
        ["IV. The lead must act.", "Then they write."],
        ["12. Governing bodies must act.", "They should (see Annex A.) plan; and they may ask."],
        ["'Is it safe?' she asked.", "“Ring 999!”", "‘Yes.’", "She left."],
        ["The plan is kept (it is reviewed weekly.)", "It ends."],
        ["They waited... and waited.", "Really?", "Yes!", "It went on…", "Then it stopped."],
        ["He saw Child Q.", "Police came.", "The family was Family A.", "They moved."],
        ["Some images are shared.8", "The school must act.[12]", "See www.example.org.", "Then write."],
        ["Children (under 5s) vs. adults, cf. chapter 2.", "Twelve were seen."],
        ["Look for: a bruise; a burn; and a bite.", "• Ring at once."],
        ["It began in Sept. 2025.", "The answer is no.", "It ended."],
    ],
)
def test_sentences_end_where_a_reader_would_end_them(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_a_line_break_ends_a_sentence_and_white_space_belongs_to_none() -> None:
    assert sentences("  A heading\n\nThe text.  More. \n") == ["A heading", "The text.", "More."]
    assert sentences(" \n ") == []


@given(st.text(alphabet='aB. ?!;\n1’)("e.g.', max_size=200))
def test_spans_are_in_order_trimmed_and_leave_out_only_white_space(text: str) -> None:
    end = 0
    for start, stop in sentence_spans(text):
        assert start >= end
        assert not text[end:start].strip()
        assert text[start:stop] == text[start:stop].strip() != ""
        end = stop
    assert not text[end:].strip()


def test_a_megabyte_takes_about_a_second_at_most() -> None:
    prose = "The social worker must see the child (e.g. alone) under s. 47. It is para. 8.3.12 that says so. "
    for text in (prose * 10_000, "a. " * 300_000):
        before = time.perf_counter()
        sentence_spans(text)
        assert time.perf_counter() - before < 3
