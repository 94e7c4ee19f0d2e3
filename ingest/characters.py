"""Characters that show nothing, or turn the order of what is shown: none reaches the canonical text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NOTHING = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_HALVES = "\ud800-\udfff"
"""Of a character: by itself, one can be written nowhere."""
_CONTROL = f"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f{_HALVES}"
_PICTURE = "\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_SCRIPT = "\u0590-\u0fff\u1000-\u109f\u1780-\u17ff"
"""Scripts in which a joiner or non-joiner is part of the spelling: Arabic, Persian, Bengali, Khmer ..."""
_SEEN = (
    "\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074|"
    "\U000e0077\U000e006c\U000e0073)\U000e007f"  # the flags of England, Scotland and Wales
    f"|(?<=[{_PICTURE}])\ufe0f?\u200d(?=[{_PICTURE}])|(?<=[{_PICTURE}])[\ufe0e\ufe0f](?![{_NOTHING}])"
    f"|(?<=[{_SCRIPT}])[\u200c\u200d](?=[{_SCRIPT}])"
)
_UNSEEN = re.compile(f"(?=[{_NOTHING}{_CONTROL}\U0001f3f4])(?:(?P<seen>{_SEEN})|[{_NOTHING}{_CONTROL}]+)")
_ANY = re.compile(f"[{_NOTHING}{_CONTROL}]")
_ODD = re.compile("[^\t\n\v\f\r -~\xa0£é•‘’“”–—…]")
"""What is in nearly no text; to look for these first is three times as fast."""
_HARMLESS = re.compile(f"[\u00ad{_CONTROL}]+")
"""Places for a hyphen, and remains of a conversion."""
_FIRST_TAG, _LAST_TAG = 0xE0020, 0xE007E
_AROUND = 30


def visible(text: str) -> str:
    """The text without characters that show nothing; what makes up a picture or a spelling stays."""
    if not _holds_any(text):
        return text
    return _UNSEEN.sub(lambda match: match["seen"] or "", text)


def unseen(text: str) -> Iterator[tuple[str, str]]:
    """For each run of such characters: the words that it spells, if any, and what is seen around it."""
    if not _holds_any(text):
        return
    for match in _UNSEEN.finditer(text):
        if match["seen"] or _HARMLESS.fullmatch(match[0]):
            continue
        before, after = text[max(0, match.start() - _AROUND) : match.start()], text[match.end() :][:_AROUND]
        yield _spelt(match[0]), visible(f"{before}{after}")


def _holds_any(text: str) -> bool:
    return bool(_ANY.search("".join(set(_ODD.findall(text)))))


def _spelt(run: str) -> str:
    """Tag characters (U+E0020 to U+E007E) are a second ASCII that no font shows."""
    return "".join(chr(ord(c) - 0xE0000) for c in run if _FIRST_TAG <= ord(c) <= _LAST_TAG)
