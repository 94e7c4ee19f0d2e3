"""What a page shows when a control is pressed is read: accordions and tabs, with their controls' words."""

from __future__ import annotations

import pytest

from ingest.blocks import BlockKind, Reading
from ingest.readers import html

DUTY = "The school must ring the front door on the same day."


def read(main: str, css: str = "") -> Reading:
    return html.read(
        f"<html><head><style>{css}</style></head><body><main><h1>Visits</h1>{main}</main></body></html>".encode(),
        "x.html",
    )


def shown(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks][1:]


@pytest.mark.parametrize(
    ("panel", "css"),
    [
        ("hidden", ""),
        ("aria-hidden=true", ""),
        ("style='display:none'", ""),
        ("class=shut", ".shut { visibility: hidden }"),
        ("class=shut", ".shut { max-height: 0; overflow: hidden }"),
        ("class=shut", ".shut { opacity: 0 }"),
    ],
)
def test_a_folded_panel_of_an_accordion_is_read_under_its_heading(panel: str, css: str) -> None:
    control = "<h2><button aria-expanded=false aria-controls=one>Who must ring</button></h2>"
    reading = read(f"{control}<div id=one {panel}><p>{DUTY}</p></div>", css)

    assert shown(reading) == ["Who must ring", DUTY]
    assert reading.blocks[1].kind is BlockKind.HEADING
    assert reading.warnings == ()


@pytest.mark.parametrize(
    "control",
    [
        "<button aria-expanded=false aria-controls=one>For schools</button>",
        "<div role=tablist><a href='#one' role=tab aria-controls=one>For schools</a></div>",
        "<button data-toggle=collapse data-target='#one'>For schools</button>",
        "<p><a data-bs-toggle=collapse href='#one'>For schools</a></p>",
    ],
)
def test_the_words_of_a_control_stand_before_what_it_opens(control: str) -> None:
    assert shown(read(f"{control}<div id=one hidden><p>{DUTY}</p></div>")) == ["For schools", DUTY]


def test_a_panel_that_opens_with_the_controls_words_says_them_once() -> None:
    control = "<button aria-expanded=false aria-controls=one>For schools</button>"
    panel = f"<div id=one hidden><h2>For schools</h2><p>{DUTY}</p></div>"
    assert shown(read(f"{control}{panel}")) == ["For schools", DUTY]


def test_panels_inside_panels_are_read() -> None:
    inner = (
        f"<button aria-expanded=false aria-controls=two>More</button><div id=two hidden><p>{DUTY}</p></div>"
    )
    outer = f"<button aria-expanded=false aria-controls=one>All</button><div id=one hidden>{inner}</div>"
    assert shown(read(outer)) == ["All", "More", DUTY]


@pytest.mark.parametrize(
    "control",
    [
        "",
        "<button aria-expanded=false aria-controls=one></button>",
        "<button aria-expanded=false aria-controls=other>Open</button>",
        "<button aria-expanded=false aria-controls=one hidden>Open</button>",
        "<div style='display:none'><button aria-expanded=false aria-controls=one>Open</button></div>",
        "<button aria-expanded=false aria-controls=one style='color:white'>Open</button>",
    ],
)
def test_what_no_control_that_is_seen_opens_stays_hidden(control: str) -> None:
    reading = read(f"<p>First.</p>{control}<div id=one hidden><p>{DUTY}</p></div>")
    assert shown(reading) == ["First."]
    assert DUTY in reading.warnings[0]


@pytest.mark.parametrize(
    "panel",
    [
        "<nav id=one hidden><a href=/a>Chapter one of the manual</a></nav>",
        "<ul id=one role=menu hidden><li>Chapter one of the manual</li></ul>",
        "<div id=one hidden><form><label>Your address <input></label></form></div>",
        "<div id=one class=cookie-banner hidden><p>We keep small files on your machine.</p></div>",
    ],
)
def test_menus_and_forms_are_no_text_however_they_are_opened(panel: str) -> None:
    control = "<button aria-expanded=false aria-controls=one>Menu</button>"
    assert shown(read(f"<p>First.</p>{control}{panel}")) == ["First."]


def test_a_button_beside_the_words_of_a_heading_is_no_part_of_it() -> None:
    assert shown(read(f"<h2>Who must ring <button>Copy the link</button></h2><p>{DUTY}</p>")) == [
        "Who must ring",
        DUTY,
    ]
