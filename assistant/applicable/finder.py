"""The whole way from what a lead typed to the procedures that apply; `Finder.find` is all that a door
needs."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib.resources import files

import yaml

from assistant.answers import AnswerStatus, Replies
from assistant.applicable.gathering import Gathering
from assistant.applicable.knowledge import Knowledge
from assistant.applicable.links import link_to
from assistant.applicable.places import Places
from assistant.applicable.reading import read_situation
from assistant.applicable.results import Findings, Verdict
from assistant.applicable.scoring import load_weights, strengths
from assistant.case_data import IsPublished, find_case_data, without_case_data
from assistant.danger import is_immediate_danger
from assistant.letters import has_latin_letters
from assistant.name_model import NameScores
from assistant.steps.screen import visible
from corpus.procedures import Role
from corpus.store import Store


class Finder:
    """Over one store. `scores` is the recogniser of names; without it they are looked for by rules alone."""

    def __init__(self, store: Store, replies: Replies, scores: NameScores | None = None) -> None:
        self._store = store
        self._replies = replies
        self._scores = scores
        self._weights = load_weights(store.embedder.fingerprint)
        self.knowledge = Knowledge(store)

    def find(self, situation: str, role: Role | None = None) -> Findings:
        """What applies, for all roles or with the duties of one. Nothing typed is kept or logged.

        Immediate danger is told by the status and never withholds the procedures; details of a real person
        do, until they are left out.
        """
        started = time.perf_counter()
        text = visible(situation)
        in_danger = is_immediate_danger(text)
        details = find_case_data(text, self._is_published, self._scores)
        screened = time.perf_counter()
        if details or not has_latin_letters(text):
            findings = Findings(
                AnswerStatus.CASE_DATA if details else AnswerStatus.OUT_OF_SCOPE,
                "",
                suggestion=without_case_data(text, details) if details else None,
            )
        else:
            findings = self._found(text, role)
        if in_danger:
            findings = replace(findings, status=AnswerStatus.IMMEDIATE_DANGER)
        return replace(
            findings,
            message=message_of(findings),
            signpost=self._replies.signpost,
            role=role,
            timings={
                "screen": round((screened - started) * 1000, 3),
                "find": round((time.perf_counter() - screened) * 1000, 3),
            },
        )

    def _found(self, text: str, role: Role | None) -> Findings:
        known = self.knowledge.current()
        reading = read_situation(text, self.knowledge.subjects, self.knowledge.signs, self._store.embedder)
        weights = self._weights
        values = strengths(reading, known.profiles, known.links, known.likeness(reading), weights)
        values = known.triggers.lifted(values, reading.aspects, weights.may_apply, weights.applies)
        places = Places(self._store.register, self.knowledge.passages_of)
        gathering = Gathering(self.knowledge, known, reading, weights, places)
        procedures = gathering.procedures(values[: known.in_library])
        applies = [one for one in procedures if one.verdict is Verdict.APPLIES]
        shown = [one for one in procedures if one.verdict is not Verdict.CONSIDERED]
        not_covered = gathering.not_covered(is_any_shown=bool(shown))
        return Findings(
            status=_status(is_any_shown=bool(shown), is_any_left=bool(not_covered)),
            situation=text,
            procedures=gathering.for_role(procedures, role),
            steps=gathering.steps(applies, role),
            disagreements=gathering.disagreements(shown),
            ladder=gathering.ladder(shown),
            lessons=gathering.lessons() if shown else (),
            named=gathering.named(values[known.in_library :]),
            not_covered=not_covered,
            citations=places.citations,
            link=link_to(((one.document_id, one.version) for one in applies), role),
        )

    @property
    def _is_published(self) -> IsPublished:
        publishes: Callable[[str], bool] = self._store.publishes
        return publishes


def message_of(findings: Findings) -> str:
    """What is said in our own words of findings of this status; empty where they speak for themselves."""
    name = findings.status.value
    if findings.suggestion:
        special = f"{name}_with_case_data"
    else:
        special = "" if _has_found(findings) else f"{name}_with_nothing_found"
    return _messages().get(special) or _messages().get(name, "")


def _has_found(findings: Findings) -> bool:
    return any(one.verdict is not Verdict.CONSIDERED for one in findings.procedures)


def unavailable(situation: str, replies: Replies) -> Findings:
    """Without a store: danger is told all the same."""
    if is_immediate_danger(visible(situation)):
        status, name = AnswerStatus.IMMEDIATE_DANGER, "immediate_danger_with_no_store"
    else:
        status, name = AnswerStatus.UNAVAILABLE, "unavailable"
    return Findings(status, "", message=_messages()[name], signpost=replies.signpost)


@cache
def _messages() -> dict[str, str]:
    text = files("assistant.applicable").joinpath("replies.yaml").read_text(encoding="utf-8")
    messages: dict[str, str] = yaml.safe_load(text)
    return messages


def _status(*, is_any_shown: bool, is_any_left: bool) -> AnswerStatus:
    if not is_any_shown:
        return AnswerStatus.NOT_IN_CORPUS
    return AnswerStatus.PARTLY_ANSWERED if is_any_left else AnswerStatus.ANSWERED
