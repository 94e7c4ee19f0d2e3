"""Must, should, may: the verb by which a sentence binds its reader, never softened and never hardened."""

from __future__ import annotations

import re

from assistant.answers import Modality

_BINDING = re.compile(r"\b(must|should|may)\b", re.IGNORECASE)
# "May be", "may have" and the like say what is possible, not what is permitted, and so does what "it" may do.
_POSSIBLE = re.compile(
    r"\bmay\s+(?:(?:also|well|not|still|only|then|already|together|each|both)\s+)*"
    r"(?:be|have|feel|show|become|indicate|suggest|include|mean|need|seem|appear|suffer|lead|find|experience|"
    r"happen|occur|cause|look|present|result|mask|hide|fear|believe|know|think|want|struggle|involve|come|arise|"
    r"begin|start|harm|hurt|pose|miss|undergo|worry|repeat|disagree|shun|threaten|deny|lack|commit|justify|"
    r"qualify|teach|react|lie|run|lose|fail|forget|grow|vary|differ|depend|get|stage|last)\b"
    r"|(?:^|[.!?]\s+)(?:It|This|That|These|There)\s+may\b",
    re.IGNORECASE,
)
_MONTH = re.compile(r"(?<=\w )May\b|\bMay(?= \d)")
_FORBIDDEN = re.compile(r"\b(?:no|nobody|no[ -]one|none|neither|nor)\b[^,;.:]*$", re.IGNORECASE)
_REASON = re.compile(r"\bbecause\b[^,;.]*$", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:who|that|which|if|when|where|whether|unless)\b[^,;.]*$", re.IGNORECASE)


def modality_of(sentence: str) -> Modality | None:
    """The binding verb of the main clause, or None where the sentence binds nobody; what nobody may do must
    not be done.

    A verb inside a condition ("a child who may ...", "if staff should ...") counts only where the main clause
    has none of its own, be it one of what is possible; a verb inside a reason never does.
    """
    possible = [match.span() for match in _POSSIBLE.finditer(sentence)]
    main: list[str] = []
    aside: list[str] = []
    open_ended = False
    for match in _BINDING.finditer(sentence):
        before, verb = sentence[: match.start()], match[0].lower()
        if _REASON.search(before) or _MONTH.match(sentence, match.start()):
            continue
        is_aside = _CONDITION.search(before) is not None
        if verb == "may" and _FORBIDDEN.search(before):
            verb = "must"
        elif any(start <= match.start() < end for start, end in possible):
            open_ended = open_ended or not is_aside
            continue
        (aside if is_aside else main).append(verb)
    chosen = main or ([] if open_ended else [verb for verb in aside if verb != "may"])
    return Modality(chosen[0]) if chosen else None
