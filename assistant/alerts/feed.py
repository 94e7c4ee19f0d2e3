"""The news as an Atom feed (RFC 4287): one entry for each version that changed something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from assistant.alerts.digest import digest_of, words
from assistant.alerts.news import News, Sort
from assistant.alerts.writing import Writer

_ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold, not even escaped.
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_AUTHOR = "Safeguarding assistant"


def atom(news: Sequence[News], base: str, path: str, document: str = "") -> bytes:
    """The feed at `path` of the service at `base`, newest first; `document` is the title of the one it is of.

    An entry's id is made from document, version and time, and so is the same at any address of the feed.
    """
    writer = Writer(base)
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en-GB"})
    said = words()["feed"]
    _add(feed, "title", said["document"].format(title=document) if document else said["title"])
    _add(feed, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, f'safeguarding-assistant{path}')}")
    newest = max((each.at for each in news), default=datetime(2000, 1, 1, tzinfo=UTC))
    _add(feed, "updated", _time(newest))
    _add(_add(feed, "author"), "name", _AUTHOR)
    _add(feed, "link", rel="self", href=f"{base}{path}", type="application/atom+xml")
    _add(feed, "link", rel="alternate", href=f"{base}/changes", type="text/html")
    for each in news:
        _entry(feed, each, writer)
    xml: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return xml


def _entry(feed: ET.Element, news: News, writer: Writer) -> None:
    digest = digest_of([news])
    entry = _add(feed, "entry")
    name = f"safeguarding-assistant/{news.document_id}/{news.version}/{news.sort.value}/{_time(news.at)}"
    _add(entry, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, name)}")
    _add(entry, "title", digest.subject)
    _add(entry, "updated", _time(news.at))
    _add(entry, "link", rel="alternate", href=writer.document_link(news), type="text/html")
    is_whole = news.sort is not Sort.CHANGED
    summary = words()["feed"][news.sort.value] if is_whole else f"{digest.what}\n{digest.effect}"
    _add(entry, "summary", summary, type="text")


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    if text:
        element.text = _UNFIT.sub("", text)
    return element


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
