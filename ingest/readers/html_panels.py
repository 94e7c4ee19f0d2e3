"""Parts of a page that open when somebody presses a control, accordions and tabs: read as if open."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborHTMLParser as Tree
from selectolax.lexbor import LexborNode as Node

from ingest.readers.html_content import is_clutter
from ingest.readers.html_looks import PAGE, around
from ingest.readers.html_words import folded

_CONTROLS = (
    "[aria-expanded][aria-controls], [role='tab'][aria-controls], [data-toggle='collapse'],"
    "[data-toggle='tab'], [data-toggle='pill'],"
    "[data-bs-toggle='collapse'], [data-bs-toggle='tab'], [data-bs-toggle='pill']"
)
_NAMES = ("data-target", "data-bs-target", "href")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NOT_READ = frozenset("nav menu menubar navigation dialog alertdialog search toolbar".split())
"""Tags and roles of what is no text however it is opened."""
_FIELDS = "form, input, select, textarea"


def open_panels(tree: Tree, is_seen: Callable[[Node, set[int]], bool]) -> set[int]:
    """The `mem_id`s of the panels that a control opens which itself can be seen, given those open already.

    The control's words stay: in the heading that they make up, else before the panel.
    """
    opened: set[int] = set()
    for control in tree.css(_CONTROLS):
        if not any(map(str.isalnum, control.text())) or not is_seen(control, opened):
            continue
        panels = [panel for panel in _panels(tree, control) if _is_read(panel)]
        opened.update(panel.mem_id for panel in panels)
        if panels and _is_taken_out(control):
            _label(tree, panels[0], folded(control.text()))
    for heading in tree.css(", ".join(_HEADINGS)):
        _keep_title(heading)
    return opened


def _panels(tree: Tree, control: Node) -> Iterator[Node]:
    targets = [control.attributes.get(name) or "" for name in _NAMES]
    names = [
        *(control.attributes.get("aria-controls") or "").split(),
        *(t[1:] for t in targets if t[:1] == "#"),
    ]
    for name in dict.fromkeys(names):
        if '"' not in name and "\\" not in name:
            yield from tree.css(f'[id="{name}"]')[:1]


def _is_read(panel: Node) -> bool:
    """Whether a panel holds words of the page, and not its menu or a form to fill in."""
    places = [panel, *around(panel)]
    if any({node.tag, node.attributes.get("role")} & _NOT_READ or is_clutter(node) for node in places):
        return False
    return panel.tag not in PAGE and panel.css_first(_FIELDS) is None


def _is_taken_out(control: Node) -> bool:
    """Whether the control goes with all buttons and rows of tabs, and is not the words of a heading."""
    places = list(around(control))
    if any(node.tag in _HEADINGS for node in places):
        return False
    return control.tag == "button" or any(node.attributes.get("role") == "tablist" for node in places)


def _label(tree: Tree, panel: Node, words: str) -> None:
    first = panel.css_first(", ".join(_HEADINGS))
    if first is not None and folded(first.text()) == words:
        return
    label = tree.create_node("p")
    label.insert_child(words)
    panel.insert_before(label)


def _keep_title(heading: Node) -> None:
    """A button that holds all the words of a heading is its title; one beside them has another use."""
    buttons = heading.css("button")
    if buttons and sum(len(folded(button.text())) for button in buttons) >= len(folded(heading.text())):
        for button in buttons:
            button.unwrap()
