"""Duties: who must, should or may do what, on what condition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.procedure_rows import Places
from corpus.procedures import Anchored, Duty, Role, TimeLimit, Trigger, Verb
from corpus.sentences import sentence_spans
from ingest.procedures.actors import (
    Actor,
    acts,
    agent_after,
    is_a_worker,
    is_collective,
    is_passive,
    mentioned,
    roles_of_heading,
)
from ingest.procedures.choices import Options, are_alternatives, options_of
from ingest.procedures.lexicon import plain
from ingest.procedures.statements import Form, Span, Statement, cells_of
from ingest.procedures.subjects import Nobody, subject_after, subject_before
from ingest.procedures.verbs import Binding, bindings_in

_BARE = re.compile(
    r"\W*(?:(?:also|not|always|never|therefore|either|at least|then|only|all|each|both)\b\W*)*"
)
_NOT = re.compile(r"\s+(?:not|never)\b")
_NOBODY = re.compile(r"^(?:no|nobody|no one|neither|none)\b")
_FRONTED = re.compile(
    r"^\W*(?:if|where|when|whenever|unless|while|once|before|after|during|on|in|at|for|until|as soon as|"
    r"outside|following|prior to|given)\b",
)
_TRAILING = re.compile(
    r"\s(?:unless|(?<!\bask\s)(?<!\bsee\s)(?<!\bknow\s)(?<!\bcheck\s)(?<!\bas\s)(?<!\beven\s)if|"
    r"where (?:there|this|the|a|an|it|they|one|both|no|any|that)\b|"
    r"(?<!,\s)when (?:the|a|an|there)\b)[^,;:]*"
)
_CLAUSE_END = re.compile(r"[,;:]?\s+(?:and|but|or|who|which)?\s*$")
_OTHER_CLAUSE = re.compile(r"[,;]?\s(?:and|but)\s[^,;]*$")


def duties_in(
    statements: Sequence[Statement],
    limits: dict[Span, list[TimeLimit]],
    triggers: Sequence[Trigger],
    text: str,
    places: Places,
) -> list[Duty]:
    """All duties, in reading order. `limits` are the time limits of each statement, by its span.

    What a listed trigger says ("a child must be moved") binds nobody: it is a case. Nor does an item of a
    list that offers a choice or puts questions: the duty is its lead-in's, to choose.
    """
    reader = _Reader(text, places, options_of(text, statements))
    cases = {trigger.place.start for trigger in triggers if trigger.lead is not None}
    found: list[Duty] = []
    for statement in statements:
        if statement.start in cases:
            continue
        own = limits.get((statement.start, statement.end), [])
        found.extend(_with_limits(reader.read(statement), own))
    return found


class _Reader:
    """Goes through the statements in order, since a pronoun means somebody who was named before."""

    def __init__(self, text: str, places: Places, options: Options) -> None:
        self._text = text
        self._places = places
        self._options = options
        self._leads: dict[int, tuple[Duty, str]] = {}
        self._last: tuple[int, Anchored, tuple[Role, ...]] | None = None

    def read(self, statement: Statement) -> list[Duty]:
        if statement.form is Form.ROW:
            line = self._at(statement.start, statement.end)
            return [replace(duty, line=line) for duty in self._of_row(statement)]
        own = list(self._of_sentence(statement, statement.start, statement.end))
        if statement.form is not Form.ITEM or not statement.lead:
            return own
        return [*self._of_item(statement, statement.lead), *self._options.binding(statement.start, own)]

    def _of_row(self, row: Statement) -> Iterator[Duty]:
        for start, end in cells_of(self._text, row.start, row.end):
            for first, last in sentence_spans(self._text[start:end]):
                yield from self._of_sentence(row, start + first, start + last)

    def _of_item(self, statement: Statement, lead: Span) -> Iterator[Duty]:
        """An item under a lead-in that ends with its verb: "Staff must:"."""
        known = self._leads.get(lead[1])
        if known:
            line = self._at(statement.start, _without_joint(self._text, statement.start, statement.end))
            yield replace(known[0], line=line, action=line, lead=self._at(*lead), details=())

    def _of_sentence(self, statement: Statement, start: int, end: int) -> Iterator[Duty]:
        sentence = self._text[start:end]
        found = bindings_in(sentence)
        subject: Actor | None = None
        subject_start = start
        for place, binding in enumerate(found):
            floor = found[place - 1].end if place else 0
            subject, subject_start = self._subject(sentence, binding, floor, subject)
            following = found[place + 1] if place + 1 < len(found) else None
            duty = self._duty(statement, sentence, start, binding, following, subject)
            if duty is None:
                continue
            if place == 0:
                duty = replace(duty, condition=self._condition(sentence, start, subject_start, duty))
            else:
                duty = replace(duty, condition=self._trailing(duty))
            if duty.actor is not None and (duty.antecedent or not (subject and subject.pronoun)):
                self._last = (statement.section, duty.antecedent or duty.actor, duty.roles)
            if statement.items and following is None:
                details = tuple(self._at(*item) for item in statement.items)
                if _BARE.fullmatch(sentence[binding.end :]) and not self._is_one_duty(statement, duty):
                    self._leads[end] = (duty, sentence)
                    return
                duty = replace(duty, details=details)
            yield duty

    def _is_one_duty(self, lead: Statement, duty: Duty) -> bool:
        """Whether one thing of the list is enough. Of what may or must not be done, each item counts."""
        return duty.verb is not Verb.MAY and not duty.negated and are_alternatives(self._text, lead.items)

    def _subject(
        self, sentence: str, binding: Binding, floor: int, before: Actor | None
    ) -> tuple[Actor | None, int]:
        """Who, and where in the sentence the subject begins."""
        if binding.inverted:
            return subject_after(sentence, binding.end), binding.start
        subject = subject_before(sentence, binding.start, floor)
        if isinstance(subject, Actor):
            return subject, subject.start
        return (before if subject is Nobody.SAME else None), binding.start

    def _duty(
        self,
        statement: Statement,
        sentence: str,
        start: int,
        binding: Binding,
        following: Binding | None,
        subject: Actor | None,
    ) -> Duty | None:
        passive = is_passive(sentence, binding.end)
        actor = agent_after(sentence, binding.end) if passive else subject
        if actor is not None and not acts(sentence, actor, binding.end):
            actor = None
        permits_nobody = binding.verb.value == "may" and not passive and actor is None
        if permits_nobody:
            return None  # what a thing may do is a possibility
        nobody = subject is not None and bool(_NOBODY.match(plain(sentence[subject.start : subject.end])))
        antecedent, roles = self._meant(statement, sentence, start, actor)
        if actor is not None and plain(sentence[actor.start : actor.end]) == "it" and antecedent is None:
            actor = None
        action = self._action(sentence, start, binding, following)
        if action is None and not statement.items:
            return None
        return Duty(
            verb=binding.verb,
            line=self._at(start, end=start + len(sentence)),
            verb_place=self._at(start + binding.start, start + binding.end),
            action=action or self._at(start + binding.start, start + binding.end),
            negated=binding.negated or nobody,
            actor=self._at(start + actor.start, start + actor.end) if actor else None,
            antecedent=antecedent,
            roles=self._roles(statement, sentence, actor, roles),
        )

    def _roles(
        self, statement: Statement, sentence: str, actor: Actor | None, roles: tuple[Role, ...]
    ) -> tuple[Role, ...]:
        """Whose section it is decides where the words leave it open: "staff" under "Schools"."""
        if actor is None or set(roles) - {Role.ALL} or not statement.headings:
            return roles
        if not is_a_worker(sentence, actor):
            return roles
        return roles_of_heading(statement.headings[-1]) or roles

    def _meant(
        self, statement: Statement, sentence: str, start: int, actor: Actor | None
    ) -> tuple[Anchored | None, tuple[Role, ...]]:
        """Whom a pronoun stands for, and the roles: somebody named in the sentence, or the actor before."""
        if actor is None or not actor.pronoun or actor.roles:
            return None, actor.roles if actor else ()
        named = mentioned(sentence, actor.start)
        if named:
            meant = self._at(start + named.start, start + named.end), named.roles
        elif self._last and self._last[0] == statement.section:
            meant = self._last[1], self._last[2]
        else:
            return None, ()
        is_it = plain(sentence[actor.start : actor.end]) == "it"
        return (None, ()) if is_it and not is_collective(meant[0].words) else meant

    def _action(
        self, sentence: str, start: int, binding: Binding, following: Binding | None
    ) -> Anchored | None:
        end = len(sentence)
        if following:
            end = following.start
            subject = subject_before(sentence, following.start, binding.end)
            if isinstance(subject, Actor) and subject.start > binding.end:
                end = subject.start
            elif subject is Nobody.THING:
                other = _OTHER_CLAUSE.search(sentence, binding.end, end)
                end = other.start() if other else end
            end = binding.end + len(_CLAUSE_END.sub("", sentence[binding.end : end]))
        negation = _NOT.match(plain(sentence[binding.end :]))
        begin = binding.end + (negation.end() if negation else 0)
        left = end - len(sentence[begin:end].lstrip(" \t,;:"))
        right = left + len(sentence[left:end].rstrip(" \t.;:,"))
        return self._at(start + left, start + right) if left < right else None

    def _condition(self, sentence: str, start: int, subject: int, duty: Duty) -> Anchored | None:
        before = sentence[:subject].rstrip()
        fronted = _FRONTED.match(plain(before))
        if fronted and before:
            left = len(before) - len(before.lstrip())
            return self._at(start + left, start + len(before.rstrip(" ,")))
        return self._trailing(duty)

    def _trailing(self, duty: Duty) -> Anchored | None:
        found = _TRAILING.search(plain(duty.action.words))
        if found is None:
            return None
        return self._at(duty.action.start + found.start() + 1, duty.action.start + found.end())

    def _at(self, start: int, end: int) -> Anchored:
        return self._places.at(start, end)


def _without_joint(text: str, start: int, end: int) -> int:
    """The end of an item without the ';', '; and' or '; or' that joins it to the next."""
    return start + len(re.sub(r"[;,.]?(?:\s+(?:and(?:/or)?|or))?\s*$", "", text[start:end]))


def _with_limits(duties: list[Duty], limits: Sequence[TimeLimit]) -> Iterator[Duty]:
    """Each limit goes to the duty in whose words it stands; one before the first verb, to the first duty."""
    for place, duty in enumerate(duties):
        first = duties[place - 1].action.end if place else 0
        last = duties[place + 1].verb_place.start if place + 1 < len(duties) else duty.line.end
        if duty.lead is not None:
            first, last = duty.line.start, duty.line.end
        yield replace(duty, time_limits=tuple(one for one in limits if first <= one.place.start < last))
