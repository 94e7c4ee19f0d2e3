"""An answer is quotes: best first, grouped by what they are, without repeats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import Answer, AnswerStatus, Group, Modality
from assistant.enquiry import Enquiry, Found
from assistant.evidence import Evidence
from assistant.steps.compose import Compose
from corpus.documents import Kind
from corpus.passages import Line, digest
from corpus.settings import AnswerSettings
from tests.assistant.making import found


def composed(*passages: Found, most: int = 6, question: str = "How long?") -> Answer:
    enquiry = Enquiry(question, standalone=question, found=passages, confidence=0.8)
    result = Compose(AnswerSettings(max_sentences=most))(enquiry)
    answer = result.draft if isinstance(result, Enquiry) else result
    assert answer is not None
    return answer


def test_each_sentence_is_a_quote_with_its_own_citation() -> None:
    text = "The front door must decide within 1 working day."
    answer = composed(found(text, start=40))
    [sentence], [citation] = answer.sentences, answer.citations
    assert sentence.text == citation.quote == text
    assert sentence.modality is Modality.MUST
    assert (citation.start, citation.end) == (40, 40 + len(text))
    assert citation.sha256 == digest(text)
    assert citation.url == f"/cite/manual/1/40-{40 + len(text)}#cited"


def test_learning_is_shown_beside_procedures_and_never_as_a_must() -> None:
    rules = ["Ring first.", "Write it down.", "Tell a manager.", "Visit the home."]
    procedure = [found(rule, start=number * 100) for number, rule in enumerate(rules)]
    learning = found("Reviews say staff must listen.", kind=Kind.BRIEFING, score=0.95, start=900)
    answer = composed(*procedure, learning, most=3)
    assert [sentence.group for sentence in answer.sentences][-1] is Group.LEARNING
    assert answer.sentences[-1].modality is None
    assert len(answer.sentences) == 3


def test_the_group_of_the_best_sentence_comes_first() -> None:
    answer = composed(
        found("What reviews learned of it.", kind=Kind.BRIEFING, score=1.0),
        found("What the manual says here.", score=0.8, start=100),
    )
    assert [sentence.group for sentence in answer.sentences] == [Group.LEARNING, Group.PROCEDURE]


def test_near_repeats_are_folded_and_weak_lines_left_out() -> None:
    answer = composed(
        found("A bruise on a baby must be referred the same day."),
        found("A bruise on a baby must be referred the same day, always.", start=100),
        found("The weather was fine.", score=0.1, start=200),
    )
    assert len(answer.sentences) == 1


def test_sentences_that_differ_in_a_number_are_no_repeats() -> None:
    answer = composed(
        found("The core group must meet within 10 working days of the conference."),
        found("The core group must meet within 15 working days of the conference.", start=100),
    )
    assert len(answer.sentences) == 2


def test_nothing_found_is_not_in_corpus() -> None:
    assert composed().status is AnswerStatus.NOT_IN_CORPUS


_ORDER = ["The order lasts up to 8 days.", "The court may extend it once.", "It is made in private."]


def of_lines(lines: Sequence[str], scores: Sequence[float], *, start: int = 0) -> Found:
    """A passage of several lines, best first."""
    whole = found(" ".join(lines), start=start)
    place, evidence = start, []
    for line, score in zip(lines, scores, strict=True):
        span = Line(place, place + len(line))
        evidence.append(Evidence(span, line, score, score, score))
        place = span.end + 1
    passage = replace(whole.live.passage, lines=tuple(each.line for each in evidence))
    return Found(replace(whole.live, passage=passage), 1.0, tuple(evidence))


def said(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences]


def test_the_first_passage_says_a_second_sentence_where_that_holds_what_is_asked_besides() -> None:
    first = of_lines(_ORDER, [0.9, 0.8, 0.7])
    assert (
        said(composed(first, question="How long does the order last, can the court extend it?")) == _ORDER[:2]
    )
    assert said(composed(first, question="How long does the order last?")) == _ORDER[:1]


def test_a_later_passage_says_one_sentence() -> None:
    later = of_lines(_ORDER, [0.9, 0.8, 0.7], start=100)
    answer = composed(
        found("Orders last."), later, question="How long does it last, can the court extend it?"
    )
    assert said(answer) == ["Orders last.", _ORDER[0]]


def test_no_answer_ends_on_words_that_only_lead_in_to_an_item() -> None:
    lead = "They should ensure that:"
    item = f"• a worker {'who knows the child well ' * 12}is there"
    text = f"{lead} {item}"
    whole = found(text, start=100)
    line = Line(100 + len(lead) + 1, 100 + len(text), 100, 100 + len(lead))
    passage = replace(whole.live.passage, lines=(line,))
    listed = Found(replace(whole.live, passage=passage), 1.0, (Evidence(line, item, 0.9, 0.9, 0.9),))
    assert said(composed(found("Ring first."), listed, most=2)) == ["Ring first."]
    assert said(composed(found("Ring first."), listed, most=3)) == ["Ring first.", lead, item]


def long_list(lead: str, *items: str) -> Found:
    """A passage with a list too long to be quoted whole, its second item best and its first next."""
    text = " ".join((lead, *items))
    whole = found(text)
    lines = [Line(text.index(item), text.index(item) + len(item), 0, len(lead)) for item in items]
    passage = replace(whole.live.passage, lines=tuple(lines))
    scores = (0.8, 0.9, *(0.1 for _ in items[2:]))
    evidence = [
        Evidence(line, item, score, score, score)
        for line, item, score in zip(lines, items, scores, strict=True)
    ]
    best = sorted(evidence, key=lambda each: -each.score)
    return Found(replace(whole.live, passage=passage), 1.0, tuple(best))


def test_an_item_goes_on_from_its_lead_in_which_alone_has_the_verb() -> None:
    lead = "The practitioner should not tell the parent where that could:"
    first = f"destroy evidence {'that the police may need in court ' * 5}; or"
    second = f"place the child in danger {'before anybody can reach the home ' * 5}; or"
    listed = long_list(lead, first, second, "delay an urgent step.")
    answer = composed(listed, question="May I destroy what is said, or place it elsewhere?")
    # In the order of the list, whichever answers better.
    assert said(answer) == [lead, first, second]
    assert [sentence.is_item for sentence in answer.sentences] == [False, True, True]
    assert [sentence.modality for sentence in answer.sentences] == [Modality.SHOULD] * 3
    assert [sentence.verb for sentence in answer.sentences] == [Modality.SHOULD, None, None]


def listed(lead: str, *items: str, start: int = 0, best: int = 0) -> Found:
    """A passage of a lead-in and its list, the item `best` (from 0) the nearest to the question."""
    text, spans = lead, []
    for item in items:
        spans.append((len(text) + 1, len(text) + 1 + len(item)))
        text = f"{text}\n{item}"
    whole = found(text, start=start)
    lines = [Line(start + a, start + b, start, start + len(lead)) for a, b in spans]
    passage = replace(whole.live.passage, lines=(Line(start, start + len(lead)), *lines))
    near = [
        Evidence(line, item, 0.9 - 0.1 * (number != best), 0.9, 0.9)
        for number, (line, item) in enumerate(zip(lines, items, strict=True))
    ]
    return Found(replace(whole.live, passage=passage), 1.0, tuple(near))


_LONG = [
    f"the {what}, {'as it was written down ' * 4}".strip()
    for what in ("genogram", "chronology", "plan", "form")
]


def test_a_list_is_said_whole_where_it_is_asked_for_and_one_item_where_that_is() -> None:
    bring = listed("The social worker must bring:", *_LONG)
    assert said(composed(bring, question="What do I bring?")) == [bring.live.passage.text]
    assert said(composed(bring, question="Do I bring the genogram?")) == [
        "The social worker must bring:",
        _LONG[0],
    ]


def test_a_list_further_down_is_said_whole_only_where_its_lead_in_holds_the_question() -> None:
    bring = listed("The social worker must bring:", *_LONG, start=1000)
    first = found("The manager chairs.")
    assert said(composed(first, bring, question="What does the worker bring?"))[-1] == bring.live.passage.text
    assert said(composed(first, bring, question="Who chairs the meeting?"))[1:] == [
        "The social worker must bring:",
        _LONG[0],
    ]


def test_a_table_is_said_whole_where_its_header_holds_what_is_asked_and_not_a_row() -> None:
    stages = listed("Stage | Limit", "First | 1 day", "Second | 2 days", best=1)
    assert said(composed(stages, question="What are the stages?")) == [stages.live.passage.text]
    assert said(composed(stages, question="How long is the second stage?")) == ["Second | 2 days"]


def test_a_line_with_the_time_limit_that_is_asked_for_comes_before_one_without() -> None:
    lines = of_lines(["The order is made in private.", "The order lasts up to 8 days."], [0.9, 0.8])
    assert said(composed(lines, question="How long is the order?"))[0] == "The order lasts up to 8 days."
    assert said(composed(lines, question="Where is the order made?"))[0] == "The order is made in private."


def test_a_sentence_stands_behind_the_one_that_it_leans_on() -> None:
    lines = of_lines(["The order lasts 8 days.", "It may be extended once."], [0.8, 0.9])
    assert said(composed(lines, question="What of the order?")) == [
        "The order lasts 8 days. It may be extended once."
    ]
    lines = of_lines(["The order lasts 8 days.", "It may be extended once."], [0.9, 0.8])
    assert said(composed(lines, question="How long does the order last, is it extended?")) == [
        "The order lasts 8 days.",
        "It may be extended once.",
    ]


def test_sentences_that_bind_by_different_verbs_stay_apart_and_keep_their_own() -> None:
    lines = of_lines(["The manager must hold a meeting.", "They may do so by telephone."], [0.8, 0.9])
    answer = composed(lines, question="Can the meeting be by telephone?")
    assert [(each.text, each.modality) for each in answer.sentences] == [
        ("The manager must hold a meeting.", Modality.MUST),
        ("They may do so by telephone.", Modality.MAY),
    ]
    lines = of_lines(["The manager must hold a meeting.", "It is held by telephone."], [0.8, 0.9])
    answer = composed(lines, question="Is it by telephone?")
    assert [each.modality for each in answer.sentences] == [Modality.MUST]


_NUMBERS = "one two three four five six seven eight nine ten".split()


def ranked(scores: Sequence[float], fits: Sequence[float]) -> list[Found]:
    """Ten passages of these scores in the ranking, whose lines fit the question so well."""
    passages = [
        found(f"Rule {number} is about {number}.", score=fit, start=100 * place)
        for place, (number, fit) in enumerate(zip(_NUMBERS, fits, strict=True))
    ]
    return [replace(each, score=score) for each, score in zip(passages, scores, strict=True)]


def test_what_was_found_far_below_the_first_is_not_said() -> None:
    far = ranked([9.0, 8.0, *[1.0] * 8], [0.9] * 10)
    assert len(composed(*far).sentences) == 2
    near = ranked([9.0, 8.9, 8.8, 8.7, 8.6, 8.5, 8.4, 8.3, 8.2, 1.0], [0.9] * 10)
    assert len(composed(*near).sentences) == 6


def test_what_was_found_late_is_said_only_where_it_fits_nearly_as_well_as_the_best() -> None:
    scores = [9.0, 8.9, 8.8, 8.7, 8.6, 8.5, 8.4, 8.3, 8.2, 1.0]
    late = ranked(scores, [0.9, 0.6, 0.6, 0.6, 0.6, 0.9, 0.6, 0.6, 0.6, 0.6])
    assert {text.split()[1] for text in said(composed(*late))} == {"one", "two", "three", "four", "six"}


def test_what_binds_comes_before_what_was_learned_where_somebody_asks_what_to_do() -> None:
    learned = found("The midwife saw the bruise and rang.", score=1.0, kind=Kind.BRIEFING, document="review")
    rule = found("The midwife must ring about a bruise.", score=0.8)
    assert said(composed(learned, rule, question="Who must ring about a bruise?"))[0].startswith(
        "The midwife must"
    )
    assert said(composed(learned, rule, question="The midwife rang about a bruise?"))[0].endswith("rang.")
