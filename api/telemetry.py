"""What the service counts and times of itself, for Prometheus; nothing of what was asked or said."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from assistant.answers import Answer

# In seconds: from an answer that is at hand to one that a chat model writes.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Telemetry:
    """Of one service, apart from any other in the same process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._answers = Counter(
            "assistant_answers", "Answers given, by status.", ["status"], registry=self._registry
        )
        self._dropped = Counter(
            "assistant_dropped_sentences",
            "Sentences that a chat model wrote and that were not said, by reason.",
            ["reason"],
            registry=self._registry,
        )
        self._steps = Histogram(
            "assistant_step_seconds",
            "Time that each step of an answer took.",
            ["step"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._lost = Gauge(
            "assistant_lost_records", "Answers that could not be recorded.", registry=self._registry
        )

    def count(self, answer: Answer) -> None:
        """An answer that was given."""
        self._answers.labels(answer.status.value).inc()
        for reason, sentences in answer.dropped.items():
            self._dropped.labels(reason).inc(sentences)
        for step, milliseconds in answer.timings.items():
            self._steps.labels(step).observe(milliseconds / 1000)

    def page(self, lost_records: int) -> bytes:
        """Everything counted so far, in the text format of Prometheus."""
        self._lost.set(lost_records)
        return generate_latest(self._registry)
