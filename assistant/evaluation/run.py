"""Half of the cases put to the assistant, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answers import Answer, AnswerStatus, NoticeKind
from assistant.assembly import Assistant
from assistant.enquiry import Enquiry, Found
from assistant.evaluation import measures as m
from assistant.evaluation.asked import (
    Asked,
    Miss,
    of_answers,
    of_follow_ups,
    of_further,
    of_probes,
    of_retrieval,
    worst_of,
)
from assistant.evaluation.cases import (
    Answerable,
    CaseDataText,
    Cases,
    DangerText,
    FollowUp,
    Further,
    Situation,
)
from assistant.evaluation.measures import Measure
from assistant.evaluation.references import References
from assistant.retriever import HybridRetriever
from assistant.steps.interpret import Interpret
from assistant.steps.retrieve import Retrieve
from assistant.steps.screen import visible
from corpus.errors import NotFound
from corpus.passages import Citation, digest
from corpus.store import Store

_DEPTH = 50
_DOCUMENTS = 5


@dataclass(frozen=True, slots=True)
class Report:
    """`title` says what was measured; `has_limits` whether the settings' limits hold for it."""

    title: str
    measures: tuple[Measure, ...]
    misses: tuple[Miss, ...] = ()
    has_limits: bool = False


class Evaluation:
    """Over one store, which must hold the library that the cases belong to."""

    def __init__(self, assistant: Assistant, store: Store) -> None:
        self._assistant = assistant
        self._register = store.register
        self._references = References.of(store.register)
        self._interpret = Interpret(assistant.replies)
        deep = assistant.retriever.settings.model_copy(update={"limit": _DEPTH, "min_confidence": 0.0})
        self._retrieve = Retrieve(HybridRetriever(store=store, settings=deep), deep)

    def run(self, cases: Cases, title: str) -> Report:
        """Raises EvaluationError where the store does not hold what the cases refer to."""
        asked = [self._asked(case, (case.question,)) for case in cases.answerable]
        further = [self._asked(case, (case.question,)) for case in cases.further]
        follow_ups = [self._asked(case, case.turns) for case in cases.follow_ups]
        unanswerable = [self._assistant.ask(case.question) for case in cases.unanswerable]
        probes = {
            answered: [
                self._assistant.ask(probe.question) for probe in cases.probes if probe.answered is answered
            ]
            for answered in (True, False)
        }
        answers = [
            *(item.answer for item in (*asked, *further, *follow_ups)),
            *unanswerable,
            *probes[True],
            *probes[False],
        ]
        measures = (
            *of_retrieval(asked),
            *of_answers(asked, unanswerable),
            *(of_further(further) if further else ()),
            *(of_probes(probes[True], probes[False]) if cases.probes else ()),
            self._exact_quotes(answers),
            *of_follow_ups(
                follow_ups,
                self._found_for([case.turns[-1] for case in cases.follow_ups], follow_ups),
                self._found_for([case.standalone for case in cases.follow_ups], follow_ups),
            ),
            *self._situations(cases.situations),
            *self._danger(cases.danger),
            *self._case_data(cases.case_data),
        )
        return Report(title, measures, worst_of(asked), has_limits=True)

    def _asked(self, case: Answerable | Further | FollowUp, turns: Sequence[str]) -> Asked:
        """Put the turns one after the other; the ranking is of what the pipeline itself searches for."""
        for turn in turns[:-1]:
            self._assistant.ask(turn, case.id)
        before = self._assistant.conversations.turns(case.id)
        answer = self._assistant.ask(turns[-1], case.id if before else None)
        read = self._interpret(Enquiry(visible(turns[-1]), before))
        asked = self._retrieve(read) if isinstance(read, Enquiry) else read
        found = asked.found if isinstance(asked, Enquiry) else ()
        return Asked(
            id=case.id,
            question=asked.standalone or turns[-1],
            answer=answer,
            ranking=_ids(found),
            places=tuple(self._references.place(reference) for reference in case.answers),
            wanted=case.answers,
            first_found=f"{found[0].live.document_id} {found[0].live.passage.anchor}" if found else "",
        )

    def _found_for(self, questions: Sequence[str], like: Sequence[Asked]) -> list[Asked]:
        """The same cases, searched for by other words."""
        search = self._assistant.retriever.search
        return [
            replace(asked, ranking=_ids(search(question, _DEPTH)))
            for question, asked in zip(questions, like, strict=True)
        ]

    def _exact_quotes(self, answers: Sequence[Answer]) -> Measure:
        citations = [each for answer in answers for each in (*answer.citations, *answer.further)]
        return m.mean("quotes that equal the source", [float(self._is_exact(c)) for c in citations])

    def _is_exact(self, citation: Citation) -> bool:
        try:
            stored = self._register.quote(
                citation.document_id, citation.version, citation.start, citation.end
            )
        except NotFound:
            return False
        return stored == citation.quote and digest(stored) == citation.sha256

    def _situations(self, situations: Sequence[Situation]) -> Iterator[Measure]:
        """What search alone makes of a situation: documents in the order of their best passage."""
        held: list[float] = []
        ahead: list[float] = []
        pairs: list[float] = []
        for case in situations:
            found = self._assistant.retriever.search(case.situation, _DEPTH)
            ranking = list(dict.fromkeys(item.live.document_id for item in found))
            applies = [self._references.document_id(chapter) for chapter in case.applies]
            lookalikes = [self._references.document_id(chapter) for chapter in case.lookalikes]
            held.append(m.share_held(applies, ranking, _DOCUMENTS))
            ahead.append(sum(m.is_before(ranking, a, b) for a in applies for b in lookalikes))
            pairs.append(len(applies) * len(lookalikes))
        yield m.mean(f"situations: applying chapters among the first {_DOCUMENTS}", held)
        yield m.ratio("situations: applying chapter before look-alike", ahead, pairs)

    def _danger(self, cases: Sequence[DangerText]) -> Iterator[Measure]:
        answers = {case.id: self._assistant.ask(case.text) for case in cases}
        for unseen, whose in ((False, "danger"), (True, "danger, by other authors")):
            own = [case for case in cases if case.unseen is unseen]
            told = [answers[case.id] for case in own if case.danger]
            quiet = [answers[case.id] for case in own if not case.danger]
            if own or not unseen:
                yield m.mean(f"{whose}: recognised", [float(_is_signposted(answer)) for answer in told])
                yield m.mean(f"{whose}: false alarms", [float(_is_signposted(answer)) for answer in quiet])
                yield m.mean(f"{whose}: of these, unanswered", [float(_is_alarm(answer)) for answer in quiet])

    def _case_data(self, cases: Sequence[CaseDataText]) -> Iterator[Measure]:
        answers = {case.id: self._assistant.ask(case.text) for case in cases}
        for name, real in (("case data: recognised", True), ("case data: false alarms", False)):
            # Where danger is told as well, the signpost comes first and the same offer below it.
            given = [answers[case.id] for case in cases if case.case_data is real]
            yield m.mean(name, [float(answer.suggestion is not None) for answer in given])
        real_ones = [case for case in cases if case.case_data]
        suggestions = [answers[case.id].suggestion or case.text for case in real_ones]
        clean = [
            float(not any(span in suggestion for span in case.spans))
            for case, suggestion in zip(real_ones, suggestions, strict=True)
        ]
        yield m.mean("case data: none left in the suggestion", clean)


def _is_signposted(answer: Answer) -> bool:
    """Before all else, whether or not an answer stands below."""
    return _is_alarm(answer) or any(notice.kind is NoticeKind.DANGER for notice in answer.notices)


def _is_alarm(answer: Answer) -> bool:
    return answer.status is AnswerStatus.IMMEDIATE_DANGER


def _ids(found: Sequence[Found]) -> tuple[str, ...]:
    return tuple(item.live.passage.id for item in found)
