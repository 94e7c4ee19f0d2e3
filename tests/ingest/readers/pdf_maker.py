"""Writes small PDF files with the standard fonts, as the tests of the PDF reader need them."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT = 595, 842


def words(x: float, y: float, text: str, size: float = 11, *, bold: bool = False) -> str:
    """Page content that sets one line of words; y counts from the top of the page."""
    shown = text.encode("cp1252", "replace").decode("latin-1")
    for sign in "\\()":
        shown = shown.replace(sign, f"\\{sign}")
    return f"BT /F{2 if bold else 1} {size} Tf {x} {HEIGHT - y} Td ({shown}) Tj ET\n"


def lines(x: float, y: float, texts: Sequence[str], size: float = 11, step: float = 14) -> str:
    return "".join(words(x, y + i * step, text, size) for i, text in enumerate(texts))


def grid(xs: Sequence[float], ys: Sequence[float]) -> str:
    """Page content that rules a table."""
    level = [f"{xs[0]} {HEIGHT - y} m {xs[-1]} {HEIGHT - y} l S\n" for y in ys]
    upright = [f"{x} {HEIGHT - ys[0]} m {x} {HEIGHT - ys[-1]} l S\n" for x in xs]
    return "".join(level + upright)


def make_pdf(
    pages: Sequence[str],
    title: str = "",
    *,
    resources: str = "",
    properties: str = "",
    catalog: str = "",
    extra: Sequence[str] = (),
) -> bytes:
    """A file of these page contents, with its title among its properties.

    `resources` and `properties` go to every page, `catalog` to the file; `extra` objects are numbered on from
    the last page's: from 8 in a file of one page.
    """
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(len(pages)))
    fonts = "<< /F1 3 0 R /F2 4 0 R >>"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({title}) >>",
    ]
    for i, content in enumerate(pages):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] {properties} "
            f"/Resources << /Font {fonts} {resources} >> /Contents {7 + 2 * i} 0 R >>",
            f"<< /Length {len(content.encode('latin-1'))} >>\nstream\n{content}\nendstream",
        ]
    return _assembled([*objects, *extra])


def _assembled(objects: Sequence[str]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(out)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out + (end + trailer).encode("latin-1")
