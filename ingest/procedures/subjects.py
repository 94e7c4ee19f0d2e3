"""The subject of a verb that binds: where in the sentence it begins and ends, and whom it means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from ingest.procedures.actors import Actor, is_somebody, roles_in, with_determiner
from ingest.procedures.lexicon import actor_words, plain, subject_words
from ingest.procedures.verbs import without_brackets

_BOUNDARY = re.compile(r"[,;:(\u2013\u2014]")
_ADVERBS = re.compile(
    r"(?:\s+(?:also|then|therefore|always|normally|usually|still|now|only|(?<!,\s)(?:each|all|both)|first|"
    r"in turn|nevertheless|generally|instead|at least|\w+ly))+$"
)
_OPENING = re.compile(
    r"^\W*(?:(?:and|but|or|so|then|however|therefore|although|though|while|whereas|\w+ly)\b[\s,]*)*"
)
_DETERMINERS = re.compile(
    r"(?<!\S)(?:the|a|an|any|each|every|all|no|both|their|its|his|her|these|those|some)\s"
)
_PRONOUN_END = re.compile(r"(?<![\w'-])(?P<pronoun>it|they|he|she|you|we|he or she|she or he)$")
_BOTH = re.compile(r"\s(?:and|but|or)\s(?P<both>both\s[^,;:]+\sand\s)")
_MOST_WORDS_IN_LIST_PIECE = 9


class Nobody(Enum):
    """Why a verb has no actor of its own."""

    SAME = auto()  # its subject is that of the verb before
    THING = auto()  # its subject cannot act


def subject_before(sentence: str, verb: int, floor: int) -> Actor | Nobody:
    """The subject of the verb at this offset. Nothing before `floor`, the end of the verb before, belongs to
    it."""
    low = without_brackets(plain(sentence), verb)
    end = _end_of_subject(low, verb)
    start = _start_of_subject(low, end, floor)
    if start is None:
        return Nobody.SAME
    start, end = _trimmed(low, start, end)
    if start >= end:
        return Nobody.SAME if floor else _opening_subject(low, verb) or Nobody.THING
    if low[start:end] in {"who", "which"}:
        return _named_last(low, start) or Nobody.THING
    start = _after_adverbial(low, start, end)
    if low[start:end] in actor_words().pronouns:
        return Actor(start, end, roles_in(low[start:end]), pronoun=True)
    start = _with_list(low, start, end, floor)
    opener = low[start:end].split(maxsplit=1)[0]
    if opener in subject_words().never_first or not is_somebody(low[start:end]):
        return Nobody.THING
    return Actor(start, end, roles_in(low[start:end]))


def subject_starts(sentence: str, verbs: Sequence[tuple[int, int]]) -> list[int]:
    """Where the subjects of these verbs (start, end) begin, of those that have one of their own."""
    found: list[int] = []
    floor = 0
    for start, end in verbs:
        subject = subject_before(sentence, start, floor)
        if isinstance(subject, Actor):
            found.append(subject.start)
        floor = end
    return found


def subject_after(sentence: str, verb_end: int) -> Actor | None:
    """The subject of an inverted verb: "In no circumstances should a school ..."."""
    low = plain(sentence)
    match = actor_words().pattern.search(low, verb_end)
    if match is None or len(low[verb_end : match.start()].split()) > 3:
        return None
    start = verb_end + len(low[verb_end:]) - len(low[verb_end:].lstrip())
    return Actor(start, match.end(), roles_in(low[start : match.end()]))


def _opening_subject(low: str, verb: int) -> Actor | None:
    """Who the sentence begins with: "The carer does not ..., but may ..."."""
    match = actor_words().pattern.search(low[:verb])
    if match is None or len(low[: match.start()].split()) > 2 or "," in low[: match.start()]:
        return None
    start, end = _trimmed(low, 0, match.end())
    return Actor(start, end, roles_in(low[start:end]))


def _named_last(low: str, at: int) -> Actor | None:
    """Whom a relative clause is about: "..., to the manager, who must ..."."""
    before = low[:at].rstrip(" ,")
    for match in actor_words().pattern.finditer(before):
        if match.end() == len(before):
            start = with_determiner(low, match.start())
            return Actor(start, match.end(), roles_in(low[start : match.end()]))
    return None


def _end_of_subject(low: str, verb: int) -> int:
    """Where the subject's own words end: adverbs and what stands between commas are not part of it."""
    end = len(low[:verb].rstrip())
    adverbs = _ADVERBS.search(low[:end])
    if adverbs:
        end = adverbs.start()
    if end and low[end - 1] == ",":
        opening = low.rfind(",", 0, end - 1)
        end = opening if opening > 0 else end - 1
    return end


def _start_of_subject(low: str, end: int, floor: int) -> int | None:
    boundary = max((match.end() for match in _BOUNDARY.finditer(low, 0, end)), default=0)
    if boundary >= floor:
        return boundary
    last = max(low.rfind(f" {word} ", floor, end) + len(word) + 2 for word in ("and", "but", "or"))
    pair = _BOTH.search(low, floor, end)
    if pair and is_somebody(low[pair.start("both") : end]):
        return pair.start("both")
    joined = re.search(r"\s(?:and|but|or)$", low[floor:end])
    if joined or last < floor + 4:
        return None
    return (
        last
        if is_somebody(low[last:end].strip()) or low[last:end].strip() in actor_words().pronouns
        else None
    )


def _trimmed(low: str, start: int, end: int) -> tuple[int, int]:
    opening = _OPENING.match(low[start:end])
    start += opening.end() if opening else 0
    while start < end and low[start] in " \t|":
        start += 1
    while end > start and low[end - 1] in " ,\t":
        end -= 1
    return start, end


def _after_adverbial(low: str, start: int, end: int) -> int:
    """Where the subject begins after words that only say when or where, with no comma between."""
    segment = low[start:end]
    if segment.split(maxsplit=1)[0] not in subject_words().never_first:
        return start
    pronoun = _PRONOUN_END.search(segment)
    if pronoun:
        return start + pronoun.start("pronoun")
    for match in reversed(list(_DETERMINERS.finditer(segment))):
        before = segment[: match.start()].split()
        if (
            before
            and before[-1] not in subject_words().never_before
            and is_somebody(segment[match.start() :])
        ):
            return start + match.start()
    for match in actor_words().pattern.finditer(segment):
        if is_somebody(segment[match.start() :]) and match.end() >= len(segment) - 1:
            return start + match.start()
    return start


def _with_list(low: str, start: int, end: int, floor: int) -> int:
    """Further back where the subject is a list: "A parent, carer or practitioner"."""
    if not re.search(r"\s(?:and|or)\s", low[start:end]):
        return start
    while True:
        comma = len(low[:start].rstrip()) - 1
        if comma <= floor or low[comma] != ",":
            return start
        boundary = max((match.end() for match in _BOUNDARY.finditer(low, 0, comma)), default=0)
        piece_start, piece_end = _trimmed(low, boundary, comma)
        piece = low[piece_start:piece_end].split()
        if not piece or piece[0] in subject_words().never_first or len(piece) > _MOST_WORDS_IN_LIST_PIECE:
            return start
        if boundary < floor or not is_somebody(low[piece_start:piece_end]):
            return start
        start = piece_start
