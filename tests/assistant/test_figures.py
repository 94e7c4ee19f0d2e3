"""The time limit, number or contact that was asked for is marked in a quote, and nothing else."""

from __future__ import annotations

import pytest

from assistant.figures import highlights, holds_figure


def marked(question: str, text: str) -> list[str]:
    return [text[start:end] for start, end in highlights(question, text)]


@pytest.mark.parametrize(
    ("question", "text", "spans"),
    [
        ("How soon must it meet?", "It must meet within 10 working days of it.", ["within 10 working days"]),
        ("By when?", "The manager must decide on the next working day.", ["the next working day"]),
        ("How often?", "It is reviewed every four weeks, or at once.", ["every four weeks", "at once"]),
        ("How often?", "The group must meet once a month.", ["once a month"]),
        ("Which number do I ring?", "Ring 01632 960100 within 2 days.", ["01632 960100"]),
        ("How do I contact them?", "Write to duty@example.org or ring 999.", ["duty@example.org", "999"]),
        ("Within how many hours?", "Ring at once, and write within 24 hours.", ["within 24 hours"]),
        ("Within how many hours?", "Write within 2 days.", ["within 2 days"]),
        ("How many people attend?", "At least three professionals attend.", ["three"]),
        ("What is the LADO number?", "Ring the LADO on 01632 960140 within 1 working day.", ["01632 960140"]),
        ("childline number", "Any child may ring 0800 1111.", ["0800 1111"]),
        (
            "How much notice do they get?",
            "They get it at least 2 working days before.",
            ["at least 2 working days"],
        ),
        ("How many misses?", "After a second, ring 01632 960100 within 5 working days.", ["second"]),
        ("How many agencies?", "At least two agencies; see chapter 2.5 and section 47.", ["two"]),
        ("How old must she be?", "She must be 16 years old.", ["16"]),
        ("How many cases may she hold?", "The manager holds a case until one is allocated.", []),
        ("What age does the Act start?", "The Mental Capacity Act 2005 applies from 16.", ["16"]),
        ("When is she seen?", "No order may be made once a young person is 17.", []),
        (
            "How often?",
            "It is audited at least once a year, or twice each school term.",
            ["once a year", "twice each school term"],
        ),
        ("Where do I send it?", "Send it to team@example.org, or ring 101.", ["team@example.org", "101"]),
        (
            "What are the opening hours?",
            "Monday to Friday, 8.30am to 5.30pm | Front Door | 01632 960100",
            ["Monday to Friday, 8.30am to 5.30pm"],
        ),
        ("When does the front door close?", "It answers until 5.30pm each day.", ["5.30pm"]),
        ("Who must attend?", "The police must attend within 2 days.", []),
        ("When is it held?", "It is held at the school.", []),
    ],
)
def test_what_was_asked_for_is_marked(question: str, text: str, spans: list[str]) -> None:
    assert marked(question, text) == spans


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How soon must it meet?", "It must meet within 10 working days of it."),
        ("Which number do I ring?", "Ring 01632 960100 within 2 days."),
        ("How many people attend?", "At least three professionals attend."),
        ("How many people attend?", "Ring 01632 960100 within 2 days."),
        ("Which number do I ring?", "It must meet within 10 working days of it."),
        ("Who must attend?", "The police must attend within 2 days."),
    ],
)
def test_a_text_holds_a_figure_where_one_would_be_marked(question: str, text: str) -> None:
    assert holds_figure(question, text) is bool(highlights(question, text))
