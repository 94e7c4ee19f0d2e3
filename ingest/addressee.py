"""The body that a recommendation is addressed to, read from the recommendation's own sentence."""

from __future__ import annotations

import re

_PREAMBLE = re.compile(
    r"(?:(?:it is recommended|we recommend|the review(?:er)?s? recommends?)\s+)?(?:that\s+)?", re.IGNORECASE
)
_ASKS = r"asks?|requests?|invites?|requires?|recommends?|instructs?"
_VERB = re.compile(
    r",?\s+(?P<verb>to|should|must|will|shall|may|can|could|needs?|ought|is|are|has|have|"
    rf"{_ASKS}|seeks?|ensures?|shares?|reviews?|checks?|presses|considers?|makes?|provides?|works?|develops?|"
    r"agrees?|continues?|promotes?|takes?|supports?|undertakes?|commissions?|updates?|assures?|raises?|uses?)\b"
    r"|,\s+(?:which|who|named|as|through|via|with|in)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"\b(?:{_ASKS})\s+(?:that\s+)?(?P<body>.+?)\s+(?:to|should|must|shares?|will)\b", re.IGNORECASE
)
_BODY_WORD = re.compile(
    r"partnership|agenc(?:y|ies)|partners?|boards?|councils?|authorit(?:y|ies)|services?|trusts?|police|schools?|"
    r"colleges?|teams?|managers?|leads?|providers?|health|panel|forum|chairs?|departments?|organisations?",
    re.IGNORECASE,
)
_NOT_BODIES = re.compile(
    r"(?:assurance|that|evidence|consideration|it|there|this|work|training)\b", re.IGNORECASE
)
_LONGEST = 20
"""Words; a longer stretch before the verb is a clause, not a name."""


def addressee(recommendation: str) -> str | None:
    """The body in the briefing's own words, without an article before an abbreviation; None if not named."""
    words = recommendation[_PREAMBLE.match(recommendation).end() :]  # type: ignore[union-attr]
    verb = _VERB.search(words)
    if verb is None:
        return None
    subject = _name(words[: verb.start()])
    return _asked(words, verb) or subject


def _asked(words: str, verb: re.Match[str]) -> str | None:
    """In 'the partnership asks X to consider ...' or 'should ask X to ...' it is X that must act."""
    asked = _ASKED.search(words, max(verb.start("verb"), 0), verb.end() + 200) if verb["verb"] else None
    if asked is None or len(words[verb.end("verb") : asked.start()].split()) > 1:
        return None
    return _name(asked["body"])


def _name(words: str) -> str | None:
    words = words.strip(" ,;:")
    article = re.match(r"(?:the|an?)\s+", words, re.IGNORECASE)
    bare = words[article.end() :] if article else words
    if not bare or len(bare.split()) > _LONGEST:
        return None
    named = any(word[0].isupper() for word in bare.split()) or _BODY_WORD.search(bare)
    if not named or _NOT_BODIES.match(bare):
        return None
    if article is None or re.match(r"[A-Z]{2,}", bare):
        return bare
    return words[0].lower() + words[1:]
