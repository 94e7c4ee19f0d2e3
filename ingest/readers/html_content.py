"""What of a page is its content: the parts that every page of a site repeats are taken out."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser as Tree
from selectolax.lexbor import LexborNode as Node

_NEVER = (
    "head, link, meta, script, style, noscript, template, nav, svg, math annotation, iframe, object, button,"
    "input, select, textarea, dialog, audio, video, canvas,"
    "[role='navigation'], [role='banner'],"
    "[role='contentinfo'], [role='search'], [role='dialog'], [role='alertdialog'], [role='menu'],"
    "[role='menubar'], [role='toolbar'], [role='tablist']"
)
_MAIN = ("main", "[role='main']", "article", "#main-content", "#main", "#bodyContent", "#content", ".content")
_AROUND = "body > header, body > footer, body > * > header, footer, aside"
_CLUTTER = (
    r"cookies?(?:-?(?:banner|notice|consent|bar|message))?|gdpr|breadcrumbs?|skip-?(?:link|to-content)|"
    r"no-?print|editsection|edit-?link|headerlink|jump-link|"
    r"nav(?:box|bar|igation|-menu)?|menu|dropdown|toc|sidebar|side-?nav|interlanguage|pager|pagination|"
    r"share-?(?:this|links|buttons|bar|icons)|social-?(?:share|links|media|icons)|back-?to-?top|phase-banner|"
    r"feedback-?(?:form|banner|prompt|widget)|printfooter|printfriendly|catlinks|site-?(?:header|footer)|"
    r"related-?(?:content|navigation|links|items|posts|pages)|advert|newsletter-?(?:signup|form)"
)
# A class counts by its parts; an id, often made from a heading ("menu-of-services"), only as a whole.
_CLUTTER_CLASS = re.compile(rf"(?:^|[\s_-])(?:{_CLUTTER})(?:[\s_-]|$)", re.IGNORECASE)
_CLUTTER_ID = re.compile(_CLUTTER, re.IGNORECASE)
_CLUTTERED_TAGS = "div, section, ul, ol, aside, p, a, span, table, header, footer, form, li"
_CONTROL_WORDS = re.compile(
    r"\W*(?:edit(?: links| this (?:page|section))?|(?:(?:back|return|go) to )?(?:the )?top(?: of page)?|"
    r"print(?: this)?(?: page)?|share(?: this)?(?: page)?|link to this (?:section|heading)|permalink)?\W*",
    re.IGNORECASE,
)
_CONTENTS_WORDS = re.compile(
    r"\W*(?:(?:table of )?contents|on this page|in this (?:section|chapter|page))\W*", re.I
)
CLUTTER_SHARE = 0.5
"""A part with more of the page's text than this is content, whatever it is called."""


def content(tree: Tree) -> Node | None:
    """The element that holds the content, cleared of everything else; None for a page without a body."""
    body = tree.body
    if body is None:
        return None
    _remove(body, _NEVER)
    root = _main(body)
    if root.tag == "body":
        _remove(body, _AROUND)
    _remove_clutter(root)
    _remove_page_contents(root)
    for link in root.css("a[href]"):
        if len(link.text()) < 40 and _CONTROL_WORDS.fullmatch(link.text()):
            link.decompose()
    return root


def _remove(root: Node, selector: str) -> None:
    for node in root.css(selector):
        node.decompose()


def _main(body: Node) -> Node:
    """The part that the page itself calls its main one, if it holds a fair part of the text."""
    enough = 0.2 * len(body.text())
    for selector in _MAIN:
        found = body.css(selector)
        if len(found) == 1 and len(found[0].text()) >= enough:
            return found[0]
    return body


def _remove_clutter(root: Node) -> None:
    whole = len(root.text()) or 1
    for node in root.css(_CLUTTERED_TAGS):
        if is_clutter(node) and len(node.text()) < CLUTTER_SHARE * whole:
            node.decompose()


def is_clutter(node: Node) -> bool:
    """Told from its class, its id, or what it is for."""
    return (
        node.tag == "footer"
        or bool(_CLUTTER_CLASS.search(node.attributes.get("class") or ""))
        or bool(_CLUTTER_ID.fullmatch(node.id or ""))
        or _is_sidebar(node)
    )


def _is_sidebar(node: Node) -> bool:
    """An aside may also hold a note that belongs to the text; mostly links, it does not."""
    if node.tag != "aside" and node.attributes.get("role") != "complementary":
        return False
    return sum(len(link.text()) for link in node.css("a")) > 0.5 * len(node.text())


def _remove_page_contents(root: Node) -> None:
    """Lists that only point to headings of the same page, and the words "On this page" before them."""
    for listing in root.css("ul, ol"):
        links = listing.css("a")
        if len(links) < 2 or not all((link.attributes.get("href") or "").startswith("#") for link in links):
            continue
        if _letters(listing) > sum(map(_letters, links)) + 4 * len(links):
            continue
        before = listing.prev
        while before is not None and before.tag == "-text" and not before.text().strip():
            before = before.prev
        if before is not None and _CONTENTS_WORDS.fullmatch(before.text()):
            before.decompose()
        listing.decompose()


def _letters(node: Node) -> int:
    return sum(map(str.isalnum, node.text()))
