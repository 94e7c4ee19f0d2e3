"""The words of elements that have no blocks inside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode as Node

from ingest.characters import visible

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q ruby s "
    "samp small span strike strong sub sup time tt u var wbr".split()
)
"""Tags that part no words."""
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def folded(text: str) -> str:
    """On one line, without characters that show nothing."""
    return " ".join(visible(text).split())


def holds_blocks(node: Node) -> bool:
    """Whether any element inside starts a line of its own."""
    found = node.css("ul, ol, dl, table, h1, h2, h3, h4, h5, h6, p, div, pre, blockquote")
    return any(inner.mem_id != node.mem_id for inner in found)


def inline(node: Node) -> Iterator[str]:
    """The words of an element without blocks of its own."""
    for child in node.traverse(include_text=True):
        if child.tag == "-text":
            text = child.text_content or ""
            yield raised(text) if child.parent is not None and child.parent.tag == "sup" else text
        elif child.tag == "br":
            yield "\n"


def raised(text: str) -> str:
    """Note marks and powers as they are printed, or "28 days1" would read as another number."""
    return text.strip().translate(_SUPERSCRIPT) if re.fullmatch(r"\s*\d{1,3}\s*", text) else text


def labelled(term: str, meaning: str) -> str:
    """A term of a definition list and its meaning, on one line."""
    if not term:
        return meaning
    return f"{term} {meaning}" if term[-1] in ".:;?!" else f"{term}: {meaning}"
