"""Words of a PDF without which the page looks the same are left out and told."""

from __future__ import annotations

import pytest

from corpus.errors import UnreadableFile
from ingest.blocks import Reading
from ingest.readers import pdf
from tests.ingest.readers.pdf_maker import make_pdf, words

FIRST = words(72, 72, "The first line of this page is seen by everybody.")
HIDDEN = "hidden words for machines"
SEEN = "plain words for readers"
LAYER = "<< /Type /OCG /Name (Layer) >>"
OFF = "/OCProperties << /OCGs [8 0 R] /D << /OFF [8 0 R] /Order [8 0 R] >> >>"
ON = OFF.replace("/OFF", "/ON")
IN_LAYER = "/Properties << /L 8 0 R >>"
PICTURE = (
    "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    "/Length 1 >>\nstream\n\xc8\nendstream"
)


def text(shown: str, y: float = 600, size: float = 11) -> str:
    return f"BT /F1 {size} Tf 72 {y} Td ({shown}) Tj ET\n"


def box(colour: str) -> str:
    return f"q {colour} 60 590 300 30 re f Q "


def form(content: str, box: str = "[0 0 595 842]") -> str:
    return (
        f"<< /Type /XObject /Subtype /Form /BBox {box} /Resources << /Font << /F1 3 0 R >> >> "
        f"/Length {len(content)} >>\nstream\n{content}\nendstream"
    )


def read(content: str, **more: object) -> Reading:
    return pdf.read(make_pdf([FIRST + content], **more), "a.pdf")  # type: ignore[arg-type]


def texts(reading: Reading) -> str:
    return " ".join(block.text for block in reading.blocks)


@pytest.mark.parametrize(
    ("content", "more", "how"),
    [
        ("3 Tr " + text(HIDDEN), {}, "transparent"),
        ("/G gs " + text(HIDDEN), {"resources": "/ExtGState << /G << /ca 0 >> >>"}, "transparent"),
        ("1 g " + text(HIDDEN), {}, "colour of its background"),
        ("0.96 g " + text(HIDDEN), {}, "colour of its background"),
        (box("0 g") + text(HIDDEN), {}, "in its colour"),
        (text(HIDDEN) + box("1 g"), {}, "behind something else"),
        ("q 0 0 5 5 re W n " + text(HIDDEN) + " Q", {}, "behind something else"),
        (text(HIDDEN, size=1), {}, "too small"),
        (text(HIDDEN, y=1600), {}, "outside the page"),
        (text(HIDDEN, y=30), {"properties": "/CropBox [0 100 595 842]"}, "outside the page"),
        (
            f"/OC /L BDC {text(HIDDEN)} EMC",
            {"resources": IN_LAYER, "catalog": OFF, "extra": [LAYER]},
            "layer",
        ),
        (
            text(HIDDEN) + "q 300 0 0 40 60 590 cm /P Do Q",
            {"resources": "/XObject << /P 8 0 R >>", "extra": [PICTURE]},
            "behind something else",
        ),
        (
            "/X Do",
            {"resources": "/XObject << /X 8 0 R >>", "extra": [form(text(HIDDEN), "[0 0 10 10]")]},
            "behind something else",
        ),
    ],
)
def test_words_that_are_not_seen_are_left_out_and_told(
    content: str, more: dict[str, object], how: str
) -> None:
    reading = read(content, **more)
    assert texts(reading) == "The first line of this page is seen by everybody."
    assert how in reading.warnings[0]
    assert f"page 1: “{HIDDEN}”" in reading.warnings[0]


@pytest.mark.parametrize(
    ("content", "more"),
    [
        (box("0 0 1 rg") + "1 g " + text(SEEN), {}),
        (box("0.9 g") + text(SEEN), {}),
        (box("0.9 g") + text(SEEN, size=5), {}),
        ("0.6 g " + text(SEEN), {}),
        ("1 Tr " + text(SEEN), {}),
        (f"/OC /L BDC {text(SEEN)} EMC", {"resources": IN_LAYER, "catalog": ON, "extra": [LAYER]}),
        (
            "q 300 0 0 40 60 590 cm /P Do Q " + text(SEEN),
            {"resources": "/XObject << /P 8 0 R >>", "extra": [PICTURE]},
        ),
        ("/X Do", {"resources": "/XObject << /X 8 0 R >>", "extra": [form(text(SEEN))]}),
        (f"/Span << /ActualText ({SEEN}) >> BDC {text(SEEN)} EMC", {}),
        (box("1 0 0 rg") + "1 g " + text(SEEN), {"properties": "/Rotate 90"}),
    ],
)
def test_words_that_are_seen_stay(content: str, more: dict[str, object]) -> None:
    reading = read(content, **more)
    assert SEEN in texts(reading)
    assert reading.warnings == ()


def test_a_hidden_figure_does_not_change_the_number_beside_it() -> None:
    reading = read("BT /F1 11 Tf 72 600 Td (Within 1) Tj 1 g (0) Tj 0 g ( working day.) Tj ET")
    assert "Within 1 working day." in texts(reading)


def test_the_words_on_the_page_count_and_not_those_given_in_their_place() -> None:
    reading = read(f"/Span << /ActualText (within 90 days) >> BDC {text('within one day')} EMC")
    assert "within one day" in texts(reading)
    assert "page 1: “90 days”" in reading.warnings[0]


def test_recognised_text_of_a_scanned_page_is_kept_and_told() -> None:
    scan = "q 595 0 0 842 0 0 cm /P Do Q "
    more = {"resources": "/XObject << /P 8 0 R >>", "extra": [PICTURE]}
    for content in (f"{scan} 3 Tr {text(SEEN)}", f"{text(SEEN)} {scan}"):
        reading = pdf.read(make_pdf([content], **more), "a.pdf")  # type: ignore[arg-type]
        assert texts(reading) == SEEN
        assert reading.warnings[0].startswith("Read, but look at it yourself: unseen words behind a picture")


def test_transparent_words_over_a_picture_are_hidden_where_the_page_has_words_of_its_own() -> None:
    more = {"resources": "/XObject << /P 8 0 R >>", "extra": [PICTURE]}
    content = f"q 595 0 0 842 0 0 cm /P Do Q {text('Printed words. ' * 5, y=700)} 3 Tr {text(HIDDEN)}"
    reading = pdf.read(make_pdf([content], **more), "a.pdf")  # type: ignore[arg-type]
    assert HIDDEN not in texts(reading)


def test_a_file_of_nothing_but_hidden_words_is_refused_for_that() -> None:
    with pytest.raises(UnreadableFile, match="none that can be seen"):
        pdf.read(make_pdf(["1 g " + text(HIDDEN)]), "a.pdf")
