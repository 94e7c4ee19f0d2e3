"""Where in a sentence somebody is bound: must, should, may, and what stands for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.procedures import Verb
from ingest.procedures.lexicon import plain, verb_words

_NOT = re.compile(r"\s+(?:not|never)\b")
_BOUNDARY = re.compile(r"[,;:()\u2013\u2014]")
_BRACKETS = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[\w'-]+")
_INVERTED = re.compile(r"\s+(?:they|it|he|she|you|we|there|this|that|these|a|an|the|any|another)\b")
_NEVER = re.compile(r"\b(?:in|under) no circumstances\s+$|\b(?:never|nor|neither)\s+$")
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_NOT_VERBS = frozenset(
    "a an the this that these those their his her its our your any each every some no all both they it he "
    "she we you i there one another other somebody someone nobody anyone".split()
)
_PRONOUNS = frozenset("it they he she you we".split())
_BINDING_THAT = frozenset("means mean meaning requires require".split())


@dataclass(frozen=True, slots=True)
class Binding:
    """The printed verb at `start`:`end` of a sentence. `inverted`: its subject stands after it."""

    verb: Verb
    start: int
    end: int
    negated: bool
    inverted: bool = False


def bindings_in(sentence: str) -> list[Binding]:
    """The verbs by which a sentence binds, in order.

    Left out are verbs of clauses that only report or limit ("what must happen", "if the threshold may be
    met"), possibilities ("may be at risk") and what stands in quotation marks.
    """
    return list(_bindings(plain(sentence)))


def _bindings(low: str) -> Iterator[Binding]:
    words = verb_words()
    for match in words.binding.finditer(low):
        verb = Verb(match.lastgroup or "")
        rest = low[match.end() :]
        if _is_quoted(low, match.start()):
            continue
        never = _NEVER.search(low[: match.start()])
        if _INVERTED.match(rest) or never:
            if never:
                yield Binding(verb, match.start(), match.end(), negated=True, inverted=True)
            continue
        if verb is Verb.MAY and not _permits(rest):
            continue
        if not _is_subordinate(low, match.start()):
            yield Binding(verb, match.start(), match.end(), negated=bool(_NOT.match(rest)))


def _is_quoted(low: str, at: int) -> bool:
    before = low[:at]
    return before.count('"') % 2 == 1 or before.rfind("\u201c") > before.rfind("\u201d")


def _permits(rest: str) -> bool:
    words = verb_words()
    done = words.may_be.match(rest)
    if done:
        return done["done"] in words.permitted
    return words.possible.match(rest) is None


def _is_subordinate(low: str, at: int) -> bool:
    """Whether the verb belongs to a clause that a subordinator opens: no other verb stands between."""
    segment, after_comma = clause_before(low, at)
    tokens = _WORD.findall(segment)
    last = next(
        (place for place in range(len(tokens) - 1, -1, -1) if tokens[place] in verb_words().subordinators),
        None,
    )
    if last is None:
        return False
    opener, between = tokens[last], tokens[last + 1 :]
    if opener == "that" and last and tokens[last - 1] in _BINDING_THAT:
        return False
    if opener in {"which", "who"} and not between:
        return not (after_comma and last == 0)
    return not _has_verb(opener, between)


def _has_verb(opener: str, tokens: list[str]) -> bool:
    if opener in _RELATIVE and tokens and tokens[0] not in _NOT_VERBS:
        return True
    words = verb_words()
    if any(token in words.finite or token.endswith("ed") for token in tokens if token != "need"):
        return True
    plurals = pairwise(tokens)
    if any(verb in words.finite_after_plural and _is_plural(noun) for noun, verb in plurals):
        return True
    return len(tokens) > 3 and tokens[-1] in _PRONOUNS


def _is_plural(noun: str) -> bool:
    return (
        noun in _PRONOUNS or noun in {"people", "children", "who"} or (noun[-1] == "s" and noun[-2:] != "ss")
    )


def clause_before(low: str, at: int) -> tuple[str, bool]:
    """The words from the clause's beginning to the verb, and whether a comma stands before them.

    A parenthesis right before the verb ("Local authorities, with their partners, should") is passed over.
    """
    text = without_brackets(low, at)[:at].rstrip()
    if text.endswith((",", "\u2013", "\u2014")):
        text = text[: max(_last_boundary(text[:-1]), 0)].rstrip()
    start = _last_boundary(text)
    return text[start + 1 :], start >= 0 and text[start] == ","


def without_brackets(low: str, before: int) -> str:
    """The words with spaces for what brackets hold before this offset; as long as it was."""
    return _BRACKETS.sub(lambda match: " " * len(match.group()), low[:before]) + low[before:]


def _last_boundary(text: str) -> int:
    return max((match.start() for match in _BOUNDARY.finditer(text)), default=-1)
