"""Who can be bound: whether words name somebody, whose staff they are, whom a passive names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.procedures import Role
from ingest.procedures.lexicon import ActorWords, actor_words, plain, subject_words, verb_words

_RELATIVE = re.compile(r"\s(?:who|whom|that|which|whose|where)\b")
_CONJUNCTS = re.compile(r",\s*(?:and|or)?\s*|\s+(?:and/or|and|or)\s+|/")
_BY = re.compile(r"\bby (?:(?:the|a|an|their|any|another) )?(?:\w+ )?(?:\w+ )?")
_DETERMINER = r"(?:(?:both|either|the|a|an|their|any|another|by)\s+)*"
_JOINED = re.compile(rf"(?:,?\s+(?P<last>and/or|and|or)(?:,\s+(?:where|if)\b[^,;.]*,)?|,)\s+{_DETERMINER}")
_AFTER_BOTH = re.compile(rf"[^,;.]{{0,80}}?\s(?P<last>and)\s+{_DETERMINER}")
# What may follow somebody's name. Before anything else the name is part of another ("the police report") or
# has a verb of its own ("and the police told").
_NAME_ENDS = re.compile(
    r"\s*(?:$|[,;:.()])|\s(?:and|or|who|which|that|at|in|on|of|for|with|within|before|after|from|to|by|"
    r"when|where|if|unless|as|together|jointly)\b"
)
_LONGEST_NAME = 60  # characters
_PASSIVE = re.compile(
    r"\s+(?:(?:not|also|always|never|then|only|still|now|therefore|all|each|both|instead|\w+ly)\s+)*"
    r"(?:have been|be)\s+(?P<words>(?:[\w-]+\s*){1,4})"
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Offsets into the sentence; `pronoun` tells that somebody named before is meant."""

    start: int
    end: int
    roles: tuple[Role, ...]
    pronoun: bool = False


def acts(sentence: str, actor: Actor, verb_end: int) -> bool:
    """False for a gathering of which is only said what it covers, or when it is held."""
    words = actor_words()
    own = [match["phrase"] for match in words.pattern.finditer(plain(sentence)[actor.start : actor.end])]
    held = bool(own) and all(phrase in words.gatherings for phrase in own)
    return not (held and words.of_gatherings.match(plain(sentence), verb_end))


def is_collective(words: str) -> bool:
    """Whether "it" can stand for them."""
    return actor_words().collective.search(plain(words)) is not None


def agent_after(sentence: str, verb_end: int) -> Actor | None:
    """Whom a passive names: "... should be undertaken by a social worker"."""
    low = plain(sentence)
    words = actor_words()
    for by in _BY.finditer(low, verb_end):
        start = by.start() + len("by ")
        match = words.pattern.search(low, start, by.end() + _LONGEST_NAME)
        if match is None or match.start() > by.end():
            continue
        end, roles = _with_those_joined(low, start, match.end())
        if roles:
            return Actor(start, end, roles)
    return None


def _with_those_joined(low: str, start: int, end: int) -> tuple[int, tuple[Role, ...]]:
    """Where the last of those ends whom "and" or "or" joins to the first ("by the nurse and the police"), and
    the roles of them all. "Both" promises a second one, however much is said of the first."""
    words = actor_words()
    roles = at_last = set(roles_in(low[start:end]))
    joined = _AFTER_BOTH.match(low, end) if low.startswith("both ", start) else _JOINED.match(low, end)
    at = end
    while joined:
        match = words.pattern.match(low, joined.end())
        if match is None or not _NAME_ENDS.match(low, match.end()):
            break
        at, at_last = match.end(), at_last | set(roles_in(match.group()))
        if joined["last"]:
            end, roles = at, at_last
        joined = _JOINED.match(low, at)
    return end, tuple(role for role in Role if role in roles)


def mentioned(sentence: str, before: int) -> Actor | None:
    """The first actor that a sentence names before this offset: whom a pronoun after it stands for."""
    low = plain(sentence)[:before]
    for match in actor_words().pattern.finditer(low):
        if match["phrase"] not in {"those", "others", "all", "you", "we"}:
            start = with_determiner(low, match.start())
            return Actor(start, match.end(), roles_in(low[start : match.end()]))
    return None


def is_passive(sentence: str, verb_end: int) -> bool:
    """Whether something is done to the subject: "must be told"."""
    words = verb_words()
    after = _PASSIVE.match(plain(sentence)[verb_end:])
    for word in after["words"].split() if after else ():
        if word in words.adjectives:
            return False
        if word in words.participles or (word.endswith("ed") and len(word) > 3):
            return True
        if not word.endswith("ly") and word not in {
            "not",
            "also",
            "only",
            "fully",
            "first",
            "regularly",
            "then",
        }:
            return False
    return False


def roles_in(phrase: str) -> tuple[Role, ...]:
    """Whose staff the words name: for each of those joined by 'and' or 'or', a named agency's before
    everybody's."""
    words = actor_words()
    core = _RELATIVE.split(phrase, maxsplit=1)[0]
    found: set[Role] = set()
    for conjunct in _CONJUNCTS.split(core):
        own: set[Role] = set().union(*(words.roles_of(match) for match in words.pattern.finditer(conjunct)))
        found |= own - {Role.ALL} or own
    return tuple(role for role in Role if role in found)


def roles_of_heading(heading: str) -> tuple[Role, ...]:
    """Whose section it is, where a heading says nothing else: "Police", "Responsibilities of schools"."""
    low = plain(heading)
    rest = actor_words().pattern.sub(" ", low)
    roles = roles_in(low)
    return () if Role.ALL in roles or not subject_words().of_roles.fullmatch(rest) else roles


def is_a_worker(sentence: str, actor: Actor) -> bool:
    """False where nobody but a parent, a child, a court or the like is named."""
    words = actor_words()
    own = words.pattern.finditer(plain(sentence)[actor.start : actor.end])
    return all(words.roles_of(match) for match in own)


def is_somebody(phrase: str) -> bool:
    """Whether a noun phrase is headed by somebody who can act, and not by a thing of theirs."""
    words = actor_words()
    core_end = subject_words().core_ends.search(phrase)
    core = phrase[: core_end.start()] if core_end else phrase
    start = 0
    for piece in [*_CONJUNCTS.finditer(core), None]:
        end = piece.start() if piece else len(core)
        if _is_headed(words, phrase, start, end):
            return True
        start = piece.end() if piece else end
    return False


def _is_headed(words: ActorWords, phrase: str, start: int, end: int) -> bool:
    matches = words.pattern.finditer(phrase, start)
    if any(match.start() < end <= match.end() for match in matches):
        return True
    return words.agents.search(phrase[start:end].rstrip()) is not None


def with_determiner(low: str, start: int) -> int:
    before = re.search(r"(?:the|a|an|any|each|every|their)\s$", low[:start])
    return before.start() if before else start
