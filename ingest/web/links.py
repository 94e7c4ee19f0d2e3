"""What a page leads to: its links with their words, or the addresses that a sitemap lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from defusedxml import ElementTree
from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.file_names import kept
from ingest.web.addresses import normalised

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_DOCUMENT_TYPES = HTML_TYPES | {
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/plain",
    "text/markdown",
    "text/x-markdown",
}
_UNTOLD_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/download"})
_ATTACHMENTS = frozenset({".pdf", ".docx", ".md", ".markdown", ".txt", ".html", ".htm"})
_NEVER = frozenset(
    ".jpg .jpeg .png .gif .svg .webp .ico .css .js .json .rss .atom .zip .gz .mp3 .mp4 .avi .mov .wav "
    ".woff .woff2 .ttf .exe .ics".split()
)
_SAYS_NOTHING = re.compile(
    r"(?:click |read |find out |see )?(?:here|more|this|this page|link|download|pdf|word|view|open|next|"
    r"previous|back|home|top|contents|menu|\d+|\W+)(?: (?:pdf|document|file|version|page|more))?\W*",
    re.IGNORECASE,
)
_SIZE = re.compile(r"\s*[(\[]\s*(?:pdf|word|docx?|opens?)[^)\]]*[)\]]\s*$", re.IGNORECASE)
_LONGEST_TITLE = 200
_MOST_LINKS = 2_000
_INDEX_SHARE = 0.7
_FEWEST_WORDS = 25


@dataclass(frozen=True, slots=True)
class WebPage:
    """`links` are (address, link text); `is_index` tells that the page is little but links, `keeps_out` that
    it asks not to be taken in."""

    links: tuple[tuple[str, str], ...]
    is_index: bool
    keeps_out: bool


NO_LINKS = WebPage((), is_index=False, keeps_out=False)


def is_html(media_type: str, body: bytes) -> bool:
    """By its type, or by how it begins where the server does not tell."""
    return media_type in HTML_TYPES or body[:200].lstrip().lower().startswith((b"<!doctype html", b"<html"))


def is_wanted(media_type: str, url: str) -> bool:
    """Whether what is there is worth fetching: a document, or a sitemap."""
    may_be_sitemap = media_type.endswith("/xml") and suffix_of(url) == ".xml"
    return may_be_sitemap or is_document_type(media_type, url)


def is_document_type(media_type: str, url: str) -> bool:
    """Whether what is there may be a document that the readers know."""
    if media_type in _UNTOLD_TYPES:
        return suffix_of(url) in _ATTACHMENTS or not suffix_of(url)
    return media_type in _DOCUMENT_TYPES


def suffix_of(url: str) -> str:
    return PurePosixPath(unquote(urlsplit(url).path)).suffix.lower()


def file_name(url: str, media_type: str) -> str:
    """A name for the file: the address's last part, with a suffix that tells what it is."""
    path = PurePosixPath(unquote(urlsplit(url).path))
    name = path.name or "index"
    if media_type in HTML_TYPES and path.suffix.lower() not in (".html", ".htm"):
        name += ".html"
    return kept(name)


def title_from(link_text: str) -> str | None:
    """The link's words as a title, unless they say nothing ("click here")."""
    text = _SIZE.sub("", " ".join(link_text.split()))
    if len(text) < 4 or len(text) > _LONGEST_TITLE or _SAYS_NOTHING.fullmatch(text):
        return None
    return text


def read_page(body: bytes, url: str) -> WebPage:
    """The links of an HTML page, each address once, in the order of the page."""
    tree = LexborHTMLParser(body)
    directives = " ".join(
        (node.attributes.get("content") or "").lower() for node in tree.css("meta[name='robots' i]")
    )
    base = url
    if (node := tree.css_first("base[href]")) is not None:
        base = normalised(node.attributes.get("href") or "", url) or url
    links: dict[str, str] = {}
    if "nofollow" not in directives and "none" not in directives:
        for node in tree.css("a[href]")[:_MOST_LINKS]:
            target = _target(node, base)
            if target and (target not in links or title_from(links[target]) is None):
                links[target] = _words(node)
    keeps_out = "noindex" in directives or "none" in directives
    return WebPage(tuple(links.items()), _is_index(tree), keeps_out)


def _target(node: LexborNode, base: str) -> str | None:
    if "nofollow" in (node.attributes.get("rel") or "").lower():
        return None
    target = normalised(node.attributes.get("href") or "", base)
    return None if target is None or suffix_of(target) in _NEVER else target


def _words(node: LexborNode) -> str:
    image = node.css_first("img[alt]")
    named = node.attributes.get("aria-label") or node.attributes.get("title")
    alternative = (image.attributes.get("alt") if image is not None else None) or named or ""
    return " ".join((node.text(deep=True, separator=" ").strip() or alternative).split())


def _is_index(tree: LexborHTMLParser) -> bool:
    """Whether what is in the middle of the page is links and hardly anything else."""
    middle = tree.css_first("main") or tree.css_first("article") or tree.body
    if middle is None:
        return True
    for node in middle.css("script, style, nav, header, footer, noscript"):
        node.decompose()
    words = len(middle.text(separator=" ").split())
    linked = sum(len(node.text(separator=" ").split()) for node in middle.css("a[href]"))
    return words - linked < _FEWEST_WORDS or linked > _INDEX_SHARE * words


def is_sitemap(media_type: str, url: str, body: bytes) -> bool:
    """Whether this is a sitemap rather than a page."""
    looks = suffix_of(url) == ".xml" or media_type in ("application/xml", "text/xml")
    return looks and (b"<urlset" in body[:2000] or b"<sitemapindex" in body[:2000])


def read_sitemap(body: bytes) -> tuple[list[str], list[str]]:
    """Addresses of pages, and of further sitemaps. Raises ValueError for what is no sitemap."""
    try:
        root = ElementTree.fromstring(body)
    except Exception as error:
        raise ValueError("it is no XML that can be read") from error
    tag = root.tag.rpartition("}")[2]
    found = [
        address
        for entry in root.iter()
        if entry.tag.rpartition("}")[2] == "loc" and (address := normalised(entry.text or ""))
    ]
    return ([], found) if tag == "sitemapindex" else (found, [])
