"""Prose by a chat model, of which only verified sentences are kept; quotes, where too few are left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace

from assistant.answers import Answer
from assistant.claims import claims_of
from assistant.drafting import Draft, Verifying
from assistant.enquiry import Enquiry, Found
from assistant.models import ChatModel, ModelFault
from assistant.prompting import answer_prompt
from assistant.support.checker import SupportChecker
from assistant.support.sources import source_of
from corpus.passages import Candidate
from corpus.settings import ChatSettings

Candidates = Callable[[Iterable[str]], Sequence[Candidate]]
"""The live passages with these ids, with their vectors."""
Quoting = Callable[[Enquiry], Enquiry | Answer]
"""Composes an answer of quotes alone."""


class Generate:
    """One call of the model; `most` is how many sentences an answer has. Where what was found does not seem
    to say what is asked, the model is not called: it would make something of it."""

    name = "compose"

    def __init__(
        self,
        model: ChatModel,
        checker: SupportChecker,
        candidates: Candidates,
        quoting: Quoting,
        verifying: Verifying,
        settings: ChatSettings,
        most: int,
    ) -> None:
        self._model = model
        self._checker = checker
        self._candidates = candidates
        self._quoting = quoting
        self._verifying = verifying
        self._settings = settings
        self._most = most

    def __call__(self, enquiry: Enquiry) -> Enquiry | Answer:
        if enquiry.draft is not None:
            return enquiry
        offered = self._offered(enquiry.found)
        sources = {name: source_of(candidate) for name, candidate in offered.items()}
        draft = Draft(enquiry, sources, self._checker, self._verifying, self._settings.min_sentences)
        if offered and enquiry.is_said:
            self._write(enquiry, draft, offered)
        if len(draft.sentences) >= self._settings.min_sentences and draft.share >= self._settings.min_share:
            return replace(enquiry, draft=draft.answer(self._model.name, answer_prompt().version))
        instead = self._quoting(enquiry)
        if isinstance(instead, Answer) or instead.draft is None:
            return instead
        return replace(instead, draft=replace(instead.draft, dropped=dict(draft.dropped)))

    def _write(self, enquiry: Enquiry, draft: Draft, offered: Mapping[str, Candidate]) -> None:
        passages = {name: candidate.live for name, candidate in offered.items()}
        messages = answer_prompt().messages(enquiry.standalone, passages)
        try:
            with closing(self._model.stream(messages)) as pieces:
                for written in claims_of(pieces):
                    draft.take(written)
                    if len(draft.sentences) == self._most:
                        return
        except ModelFault as fault:
            draft.drop(fault.fault)

    def _offered(self, found: Sequence[Found]) -> dict[str, Candidate]:
        """Best first, by short names; a passage that tries to instruct a model is not shown to it."""
        best = [item.live.passage.id for item in found[: self._settings.passages]]
        held = {candidate.live.passage.id: candidate for candidate in self._candidates(best)}
        fit = (
            held[passage]
            for passage in best
            if passage in held and not self._checker.is_instruction(held[passage].live.passage.text)
        )
        return {f"P{number}": candidate for number, candidate in enumerate(fit, start=1)}
