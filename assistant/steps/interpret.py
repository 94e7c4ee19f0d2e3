"""A follow-up becomes a question that stands alone."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.enquiry import Enquiry

_POINTS_BACK = re.compile(
    r"^(?:and|but|so|or|what about|how about|what if|then|also)\b"
    r"|\b(?:it|its|they|them|their|that|this|these|those|he|she|him|her|there|one|the same)\b",
    re.IGNORECASE,
)
_SHORT = 6


class Interpret:
    """By rule: a question that points back, or is too short to stand alone, is read with the one before it.

    Two turns together find more than the last one alone, and more than the whole conversation.
    """

    name = "interpret"

    def __call__(self, enquiry: Enquiry) -> Enquiry:
        return replace(enquiry, standalone=_standalone(enquiry))


def _standalone(enquiry: Enquiry) -> str:
    if not enquiry.turns:
        return enquiry.text
    if _POINTS_BACK.search(enquiry.text) or len(enquiry.text.split()) < _SHORT:
        return f"{enquiry.turns[-1].question} {enquiry.text}"
    return enquiry.text
