"""What may lie behind words in a Word document: paper, shaded cells, filled boxes, pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ingest.colours import WHITE, Colour, colour
from ingest.readers.word_looks import PAPER, UNKNOWN, Ground, fill_of
from ingest.readers.word_package import Element
from ingest.readers.word_tables import Row
from ingest.readers.word_xml import W, switched

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_VML_SHAPES = {_V + name for name in ("shape", "rect", "roundrect", "oval")}
SHAPES = _VML_SHAPES | {_WPS + "wsp"}
_PICTURES = {_A + "blip", _A + "blipFill", _A + "gradFill", _A + "pattFill", _V + "imagedata"}
_FILLS = {_A + name for name in ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill")}
_WHITE_IN_THEME = {"bg1", "lt1"}


def page_ground(document: Element, settings: Element | None) -> Ground:
    """White, unless the document has a page colour and shows it."""
    background = document.find(W + "background")
    if background is None or not switched(settings, "displayBackgroundShape"):
        return PAPER
    shade = colour(background.get(W + "color", ""))
    return frozenset({shade}) if shade else UNKNOWN


def cell_grounds(rows: Sequence[Row], around: Ground, fills: Mapping[str, Colour]) -> dict[Element, Ground]:
    """For each cell of a table: its own shading, else what the table's style may give it at its place."""
    grounds: dict[Element, Ground] = {}
    for i, row in enumerate(rows):
        for k, cell in enumerate(row.cells):
            own = fill_of(cell.element.find(W + "tcPr"))
            parts = _parts(i, len(rows), k, len(row.cells))
            styled = frozenset(fills[part] for part in parts if part in fills)
            grounds[cell.element] = frozenset({own}) if own else around | styled
    return grounds


def _parts(row: int, rows: int, column: int, columns: int) -> Iterator[str]:
    """The parts of a table style that can apply to a cell."""
    yield from ("whole", "band1Horz", "band2Horz", "band1Vert", "band2Vert")
    if row == 0:
        yield from ("firstRow", "nwCell", "neCell")
    if row == rows - 1:
        yield from ("lastRow", "swCell", "seCell")
    if column == 0:
        yield "firstCol"
    if column == columns - 1:
        yield "lastCol"


def shape_ground(shape: Element, around: Ground, is_drawn_on: Callable[[], bool]) -> Ground:
    """What lies behind the words in a shape; where it is unfilled, whatever it was put on."""
    if shape.tag in _VML_SHAPES:
        shade = colour(shape.get("fillcolor", "white").split(" ")[0])
        unfilled = shape.get("filled", "t").lower() in {"f", "false", "0"}
    else:
        properties = shape.find(_WPS + "spPr")
        fills = [] if properties is None else [child for child in properties if child.tag in _FILLS]
        shade = _solid(fills[0]) if fills else None
        unfilled = bool(fills) and fills[0].tag == _A + "noFill"
    if unfilled:
        return UNKNOWN if is_drawn_on() else around
    return frozenset({shade}) if shade else UNKNOWN


def is_backdrop(element: Element) -> bool:
    """Whether this is a picture or a filled shape that stands behind the text of its page."""
    if element.tag == _WP + "anchor":
        return element.get("behindDoc") in {"1", "true"} and _holds_filling(element)
    if element.tag in _VML_SHAPES:
        return "z-index:-" in element.get("style", "").replace(" ", "") and _is_filled(element)
    return False


def _solid(fill: Element) -> Colour | None:
    if fill.tag != _A + "solidFill":
        return None
    plain, named = fill.find(_A + "srgbClr"), fill.find(_A + "schemeClr")
    if plain is not None:
        return colour(plain.get("val", ""))
    white = named is not None and named.get("val") in _WHITE_IN_THEME and not len(named)
    return WHITE if white else None


def holds_drawings(document: Element) -> bool:
    """Whether there is any picture or filled shape in it."""
    return any(_is_filling(element) or _is_filled(element) for element in document.iter())


def _holds_filling(parent: Element) -> bool:
    return any(_is_filling(element) for element in parent.iter())


def _is_filling(element: Element) -> bool:
    if not element.tag.endswith("}spPr"):
        return element.tag in _PICTURES
    fill = element.find(_A + "solidFill")
    return fill is not None and _solid(fill) != WHITE


def _is_filled(shape: Element) -> bool:
    if shape.tag not in _VML_SHAPES:
        return False
    return shape.find(_V + "imagedata") is not None or bool(colour(shape.get("fillcolor", "")))
