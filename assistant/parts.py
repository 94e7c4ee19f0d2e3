"""A question that asks several things at once, taken apart."""

from __future__ import annotations

import re

from assistant.evidence import stems_of

_ASKS = (
    r"(?:by |for |to |with |from |after |at )?(?:who|whom|whose|what|when|where|which|why|how)\b"
    r"|(?:do|does|did|is|are|was|can|could|should|must|may|will|would|has|have|need)\s+(?:i|we|you|he|she|it|they|the|a|an"
    r"|this|that|there|my|our|his|her|their|parents|school|police|any\w*|some\w*)\b"
)
_BETWEEN = re.compile(
    rf"\?+\s+(?:and|also|or|but)?\s*|,?\s+(?:and|or|but)\s+(?:also\s+)?(?={_ASKS})", re.IGNORECASE
)
_IS_ASKING = re.compile(
    rf"^(?:(?:and|also|so|but|or|then|ok|please|hi|hello)[\s,]+)*(?:{_ASKS})", re.IGNORECASE
)
_FEWEST_STEMS = 2


def parts_of(question: str) -> tuple[str, ...]:
    """The things that are asked, word for word; empty where it is one, or where a part has too few words of
    its own to be searched for."""
    pieces = [piece.strip(" ?.,;") for piece in _BETWEEN.split(question)]
    asking = [piece for piece in pieces if _IS_ASKING.search(piece)]
    if len(asking) < 2 or len(asking) != len(list(filter(None, pieces))):
        return ()
    return tuple(asking) if all(len(stems_of(piece)) >= _FEWEST_STEMS for piece in asking) else ()
