"""Takes out of a page what a browser does not show."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser as Tree
from selectolax.lexbor import LexborNode as Node

from ingest.hidden import HiddenText, Hiding, excerpt
from ingest.readers.html_content import is_clutter
from ingest.readers.html_looks import PAGE, Looks, around, hides_all
from ingest.readers.html_panels import open_panels
from ingest.readers.html_styles import Declared, declared

_MARKED = (
    "[hidden]:not([hidden='until-found']), [aria-hidden='true'], [class*='visually-hidden'],"
    "[class*='visuallyhidden'], [class*='sr-only']:not([class*='not-sr-only']), [class*='screen-reader-text']"
)
_NO_TEXT = frozenset(
    "nav footer dialog template noscript script style svg select button iframe object head".split()
)
_FOLDING = frozenset(
    "display visibility opacity height max-height overflow content-visibility transform".split()
)
"""What a page folds a panel up with until its control is pressed."""
_FEWEST_WORDS = 5
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_FARTHEST = 300
_MOST_PLACED = 200
"""To find a piece's heading takes longer than to take the piece out."""
_COMMENT = re.compile(r"<!--(?!\[if|>|->)(.*?)(?:-->|\Z)", re.DOTALL)
_CODE = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)


def remove_hidden(tree: Tree, hidden: HiddenText) -> None:
    """By attribute, by class name, by style; of what is left out `hidden` is told. What a control of the page
    opens is not hidden."""
    root, body = tree.root, tree.body
    if root is None or body is None:
        return
    found = declared(root, [sheet.text() for sheet in tree.css("style")])
    concealed, looks = _concealed(body, found), Looks(found)

    def is_seen(node: Node, opened: set[int]) -> bool:
        closed = concealed.keys() - opened
        return node.mem_id not in closed and not _stands_in(node, closed) and not looks.of(node).hiding

    opened = open_panels(tree, is_seen)
    found = [(node, _as_open(own) if node.mem_id in opened else own) for node, own in found]
    concealed = {key: each for key, each in concealed.items() if key not in opened}
    whole = [(node, how) for node, how in concealed.values() if not _stands_in(node, concealed)]
    inside = {node.mem_id for node, _ in whole}
    texts = [(text, how) for text, how in _unseen_texts(found) if not _stands_in(text, inside)]
    _remove([*whole, *texts], hidden)


def _remove(nodes: Sequence[tuple[Node, Hiding]], hidden: HiddenText) -> None:
    for count, (node, hiding) in enumerate(nodes):
        words = node.text(separator=" ")
        # Labels for those who hear a page, and signs for those who see it, are on every page.
        label = hiding is Hiding.NOT_SHOWN and len(words.split()) < _FEWEST_WORDS
        if not label and not any(map(_is_no_text, around(node))):
            hidden.add(hiding, words, _where(node) if count < _MOST_PLACED else "further down")
        node.decompose()


def _concealed(body: Node, found: Sequence[tuple[Node, Declared]]) -> dict[int, tuple[Node, Hiding]]:
    """Elements that are hidden as a whole, by `mem_id`."""
    marked = [(node, Hiding.NOT_SHOWN) for node in body.css(_MARKED)]
    styled = [(node, how) for node, own in found if (how := hides_all(own))]
    # A page that hides itself as a whole is shown by a script once it is loaded.
    return {node.mem_id: (node, how) for node, how in (*marked, *styled) if node.tag not in PAGE}


def _as_open(own: Declared) -> Declared:
    return {name: value for name, value in own.items() if name not in _FOLDING}


def _unseen_texts(found: Sequence[tuple[Node, Declared]]) -> Iterator[tuple[Node, Hiding]]:
    """Pieces of text that have no size, or nothing to tell them from what lies behind them."""
    looks = Looks(found)
    seen: set[int] = set()
    for element in looks.not_plain:
        for node in element.traverse(include_text=True):
            if node.tag != "-text" or node.parent is None or node.mem_id in seen:
                continue
            seen.add(node.mem_id)
            hiding = looks.of(node.parent).hiding
            if hiding and (node.text_content or "").strip():
                yield node, hiding


def _stands_in(node: Node, elements: Container[int]) -> bool:
    return any(place.mem_id in elements for place in around(node))


def _is_no_text(node: Node) -> bool:
    return node.tag in _NO_TEXT or is_clutter(node)


def _where(node: Node) -> str:
    """By the nearest heading before it."""
    place: Node | None = node
    for _ in range(_FARTHEST):
        if place is None or place.tag in PAGE:
            break
        before = place.prev
        place = before or place.parent
        if before is not None and before.tag in _HEADINGS:
            return f"under {excerpt(before.text())}"
        inside = before.css(", ".join(_HEADINGS)) if before is not None and before.is_element_node else []
        if inside:
            return f"under {excerpt(inside[-1].text())}"
    return "at the top"


def tell_comments(source: str, hidden: HiddenText) -> None:
    """Comments are no part of what is read; those that say something are told."""
    if "<!--" not in source:
        return
    plain = _CODE.sub(lambda code: "\n" * code[0].count("\n"), source)
    for comment in _COMMENT.finditer(plain):
        if len(comment[1].split()) >= _FEWEST_WORDS:
            line = plain.count("\n", 0, comment.start()) + 1
            hidden.add(Hiding.COMMENT, comment[1], f"line {line}")
