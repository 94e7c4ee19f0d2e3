"""Web pages saved as files."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser as Tree

from corpus.errors import UnreadableFile
from ingest.blocks import Block, BlockKind, Reading
from ingest.hidden import HiddenText
from ingest.readers.decoding import decode
from ingest.readers.html_blocks import blocks, shown
from ingest.readers.html_content import content
from ingest.readers.html_hidden import remove_hidden, tell_comments

MEDIA_TYPE = "text/html"
LARGEST = 10 * 1024 * 1024
DEEPEST = 5000
_CONTAINER = re.compile(
    r"<(/?)(?:div|section|article|main|ul|ol|dl|table|blockquote|details|form|center|fieldset|figure)\b",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_NOT_AS_ASCII = ("utf-16", "utf16", "utf-32", "utf32", "ucs", "unicode", "utf-7", "utf7")
"""Encodings in which the declaration itself could not have been read as it was."""
_NOISE = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")
_TAG = re.compile(r"<(?:!doctype|[a-z][a-z1-6]*)[\s/>]", re.IGNORECASE)
_LINKED_REVIEW = re.compile(r'"lastReviewed"\s*:\s*"([^"]{4,40})"')
_SITE = re.compile(r"\s+[|\u2013\u2014-]\s+[^|\u2013\u2014]{2,60}$")


def read(data: bytes, name: str) -> Reading:  # noqa: ARG001 - every reader takes a name
    """Blocks with the page's own fragment names as anchors. Raises UnreadableFile."""
    if len(data) > LARGEST:
        raise UnreadableFile(
            f"The page is larger than {LARGEST // 2**20} MB.", "Split it, or save it as a PDF."
        )
    text, warning = _decoded(data)
    _check(text)
    _check_nesting(text)
    tree = Tree(text)
    metadata = dict(_metadata(tree))
    hidden = HiddenText()
    remove_hidden(tree, hidden)
    tell_comments(text, hidden)
    outside = [shown(node) for node in tree.css("h1")]
    root = content(tree)
    found = blocks(root) if root is not None else []
    hidden.characters(root.text(separator=" ") if root is not None else "")
    if not found:
        raise UnreadableFile(
            "The page holds no text; perhaps it fills itself by a script only when it is opened.",
            "Open it in a browser and save it again as a complete page, or print it to a PDF.",
        )
    found = _titled(found, outside)
    title = next((b.text for b in found if b.kind is BlockKind.HEADING and b.level == 1), "")
    if title:
        metadata["title"] = title
    return Reading(
        tuple(found), MEDIA_TYPE, metadata, warnings=(*([warning] if warning else []), *hidden.warnings())
    )


def _decoded(data: bytes) -> tuple[str, str]:
    """By its byte order mark, else as the page declares, else as the bytes look."""
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = declared[1].decode("ascii", "ignore").lower()
        if encoding in ("iso-8859-1", "latin-1", "latin1", "us-ascii"):
            encoding = "cp1252"  # as all browsers read it
        if encoding.startswith(_NOT_AS_ASCII):
            encoding = "utf-8"  # the same
        try:
            return data.decode(encoding), ""
        except (LookupError, UnicodeError):
            pass  # a wrong declaration: the bytes themselves are the better guide
    return decode(data)


def _check(text: str) -> None:
    if not text.strip():
        raise UnreadableFile("The file is empty.", "Check that it was saved or copied whole.")
    sample = text[:100_000]
    noise = len(_NOISE.findall(sample))
    if noise > 0.02 * len(sample) + 1 or not _TAG.search(text):
        raise UnreadableFile(
            "The file is not a web page, although its name says so.",
            "Save the page again, or give it its true suffix.",
        )


def _check_nesting(text: str) -> None:
    """The parser's time grows with the square of the nesting: 50,000 levels take it 8 seconds."""
    depth = 0
    for tag in _CONTAINER.finditer(text):
        depth = max(0, depth + (-1 if tag[1] else 1))
        if depth > DEEPEST:
            raise UnreadableFile(
                "The page is nested deeper than any real page is.", "Save it as a PDF, or copy its text."
            )


def _titled(found: list[Block], outside: list[str]) -> list[Block]:
    """Some sites print the page's title above the main part; it belongs to the text all the same."""
    titles = list(dict.fromkeys(filter(None, outside)))
    if len(titles) != 1 or any(block.kind is BlockKind.HEADING and block.level == 1 for block in found):
        return found
    return [Block(BlockKind.HEADING, titles[0], level=1), *found]


def _metadata(tree: Tree) -> Iterator[tuple[str, str]]:
    """Title, language and dates of review; a date of change is none."""
    title = tree.css_first("head > title")
    if title is not None and (words := " ".join(title.text().split())):
        own = _SITE.sub("", words)
        # "4.1 - Neglect" names no site: without it there would be only a number.
        yield "title", own if re.search(r"[^\W\d_]", own) else words
    root = tree.css_first("html")
    if root is not None and (language := root.attributes.get("lang")):
        yield "language", language
    for meta in tree.css("meta[content]"):
        key = (meta.attributes.get("name") or meta.attributes.get("property") or "").lower()
        key = key or (meta.attributes.get("itemprop") or "").lower()
        value = (meta.attributes.get("content") or "").strip()
        if value and "review" in key and re.search(r"\d{4}", value):
            yield ("next_review" if re.search(r"next|due", key) else "last_reviewed"), value
    for script in tree.css("script[type='application/ld+json']"):
        if stated := _LINKED_REVIEW.search(script.text()):
            yield "last_reviewed", stated[1]
