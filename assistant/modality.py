"""Must, should, may: the verb by which a sentence binds its reader, never softened and never hardened."""

from __future__ import annotations

import re

from assistant.answers import Modality

_BINDING = re.compile(r"\b(must|should|may)\b", re.IGNORECASE)
# "May be", "may have" and the like say what is possible, not what is permitted.
_POSSIBLE = re.compile(
    r"\bmay\s+(?:also\s+|well\s+|not\s+|still\s+|only\s+|then\s+|already\s+)*"
    r"(?:be|have|feel|show|become|indicate|suggest|include|mean|need|seem|appear|suffer|lead|find|experience|"
    r"happen|occur|cause|look|present|result|mask|hide|fear|believe|know|think|want|struggle)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:who|that|which|if|when|where|whether|unless|because|although)\b[^,;.]*$", re.IGNORECASE
)


def modality_of(sentence: str) -> Modality | None:
    """The binding verb of the main clause, or None where the sentence binds nobody.

    A verb inside a condition ("a child who may ...", "if staff should ...") counts only where the main clause
    has none of its own.
    """
    possible = [match.span() for match in _POSSIBLE.finditer(sentence)]
    verbs = [
        match
        for match in _BINDING.finditer(sentence)
        if not any(start <= match.start() < end for start, end in possible)
    ]
    main = [match for match in verbs if not _CONDITION.search(sentence[: match.start()])]
    chosen = main or [match for match in verbs if match[0].lower() != "may"]
    return Modality(chosen[0][0].lower()) if chosen else None
