"""One question, step by step: the whole way from what was typed to what is said."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from assistant.answers import Answer, AnswerStatus, Replies
from assistant.enquiry import Enquiry
from corpus.errors import AssistantError

log = logging.getLogger(__name__)


class Step(Protocol):
    """Takes an enquiry one step further, or ends the walk with an answer."""

    name: str

    def __call__(self, enquiry: Enquiry) -> Enquiry | Answer: ...


class AnswerPipeline:
    """Runs `steps` in order. Every answer carries the signpost, and a fault becomes `unavailable`."""

    def __init__(self, steps: Sequence[Step], replies: Replies) -> None:
        self._steps = steps
        self._replies = replies

    def answer(self, enquiry: Enquiry) -> Answer:
        """Never raises for a fault of the store or a model: whoever asks is told what to do instead."""
        state = enquiry
        timings: dict[str, float] = {}
        for step in self._steps:
            started = time.perf_counter()
            try:
                taken = step(state)
            except Exception as error:
                # Neither the question nor a message that may repeat it is logged, unless the message is ours.
                reason = str(error) if isinstance(error, AssistantError) else type(error).__name__
                log.error("The step %s failed: %s", step.name, reason)  # noqa: TRY400
                # What no step has screened yet is not given back either.
                taken = Answer(AnswerStatus.UNAVAILABLE, "" if state is enquiry else state.text)
            timings[step.name] = round((time.perf_counter() - started) * 1000, 3)
            if isinstance(taken, Answer):
                if state.may_be_danger and taken.status is not AnswerStatus.ANSWERED:
                    # Without an answer to show below it, the signpost is all that is said.
                    taken = Answer(AnswerStatus.IMMEDIATE_DANGER, "")
                return replace(
                    taken,
                    message=taken.message or self._replies.message(taken.status),
                    signpost=self._replies.signpost,
                    standalone=taken.standalone or (state.standalone if taken.question else ""),
                    timings=timings,
                )
            state = taken
        raise TypeError("The last step must end in an answer.")
