"""What kind of line a line of plain text is, told from its own words."""

from __future__ import annotations

import re

BULLET = re.compile(r"([•·▪●◦‣○■□➢➤\uf0b7]|[-–—*o](?= ))\s*(?=\S)")
NUMBERED = re.compile(
    r"(?:\(?\d{1,3}[.)]|\(?[a-z][.)]|\(?[ivx]{1,5}[.)]|\d{1,2}(?:\.\d{1,3}){1,4}\.?"
    r"|(?:recommendation|finding|action|question|standard|step)\s+\w{1,3}\s*:)\s+(?=\S)",
    re.IGNORECASE,
)
_PRIVATE_MARK = re.compile(r"[\uf000-\uf0ff]\s*")
_SUB_BULLETS = {"o", "◦", "○", "-", "–", "—"}
_TERMINAL = re.compile(r"[.?!:;][’”\"')\]]*\d{0,3}$")
_DANGLING = re.compile(
    r"(?:,|\b(?:and|or|the|of|to|in|for|a|an|with|on|by|from|that|is|are|as|at|be|their|this|its|any))$"
)
_QUESTION_WORD = re.compile(r"(?:what|who|how|when|where|why|which) ", re.IGNORECASE)
_LINK = re.compile(r"https?:|www\.|@|\||\.(?:gov|org|com|co)\.?", re.IGNORECASE)
_LIST_MARK = re.compile(r"\(?(\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s|(\d{1,2}(?:\.\d{1,3})+)\.?\s")
_LONGEST_HEADING = 90
_LONGEST_NUMBERED_HEADING = 160
_LONGEST_WRAPPED_HEADING = 180
_INNER_STOP = re.compile(r"[.:;?!] ")
_LONGEST_LEAD_HEADING = 6
"""Words before a colon; a longer line that ends so leads into a list."""


def ends_sentence(text: str) -> bool:
    """Closing quotes, brackets and a footnote's mark may follow the stop."""
    return bool(_TERMINAL.search(text))


def without_number(text: str) -> str:
    number = NUMBERED.match(text)
    return text[number.end() :] if number else text


def breaks_off(text: str) -> bool:
    """Ends with a comma or a word that something must follow."""
    return bool(_DANGLING.search(text))


def could_be_heading(text: str) -> bool:
    """Begins like a title and ends like none of: a sentence, a lead-in, half a clause, a link."""
    asks = bool(_QUESTION_WORD.match(text))
    if not text or BULLET.match(text) or (not asks and _DANGLING.search(text)) or _LINK.search(text):
        return False
    words = without_number(text)
    longest = _LONGEST_HEADING if words == text else _LONGEST_NUMBERED_HEADING
    first = words.lstrip("‘“\"'(")[:1]
    if (
        len(text) > longest
        or not (first.isupper() or first.isdigit())
        or words.count("(") != words.count(")")
    ):
        return False
    if text.endswith(":"):
        return len(text.split()) <= _LONGEST_LEAD_HEADING
    return text.endswith("?") or not ends_sentence(text)


def could_be_long_heading(text: str) -> bool:
    """The same over several lines: no stop anywhere, no number, no bullet."""
    if len(text) > _LONGEST_WRAPPED_HEADING or " – " in text or NUMBERED.match(text) or BULLET.match(text):
        return False
    return text[0].isupper() and not (
        _INNER_STOP.search(text) or _DANGLING.search(text) or ends_sentence(text)
    )


def bullet_depth(text: str, inside: str) -> int:
    """2 for a lesser mark inside a list that began with another one, else 1."""
    found = BULLET.match(text)
    return 2 if found and found[1] in _SUB_BULLETS and inside not in {"", found[1]} else 1


def with_bullet(text: str) -> str:
    """Marks that stand in private code points come out as "•"; all others stay as printed."""
    mark = _PRIVATE_MARK.match(text)
    return f"• {text[mark.end() :]}" if mark else text


def number_depth(text: str) -> int:
    """Parts of a heading's number: 1 for "3)" and "3.", 2 for "3.1"; 0 where it has none."""
    mark = _LIST_MARK.match(text)
    if mark is None:
        return 0
    return mark[2].count(".") + 1 if mark[2] else 1
