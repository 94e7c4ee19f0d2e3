"""Packs hold what the documents say, word for word, and add up."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, pairwise

import pytest

from assistant.evidence import stems_of
from assistant.sessions.pack import (
    GAP,
    LENGTHS,
    Audience,
    ChangeOf,
    Item,
    Pack,
    Part,
    PartName,
    SessionFormat,
    SessionRequest,
    Voice,
)
from assistant.sessions.timing import running_order, timed
from corpus.documents import Kind
from corpus.errors import NoMaterial, NotFound
from corpus.store import Store
from tests.assistant.sessions.making import assert_wholly_cited, items, plan

BRIEFINGS = (
    "child-b-concealed-pregnancy",
    "child-m-criminal-exploitation",
    "child-r-unseen-men",
    "child-t-harmful-sexual-behaviour",
    "family-c-bruising-in-an-infant",
    "family-d-long-term-neglect",
    "seven-minute-fabricated-or-induced-illness",
    "seven-minute-professional-curiosity",
    "two-families",
)
STRATEGY = "2-3-strategy-discussions"
THEMES = (
    "domestic abuse",
    "bruises in babies",
    "a concealed pregnancy",
    "children reported missing",
    "fathers and partners nobody met",
)


def test_the_briefings_listed_here_are_all(library: Store) -> None:
    kinds = {each.id: each.kind for each in library.register.documents()}

    assert sorted(BRIEFINGS) == sorted(each for each, kind in kinds.items() if kind is Kind.BRIEFING)


@pytest.mark.parametrize(("document", "minutes"), [*((each, 60) for each in BRIEFINGS), (BRIEFINGS[-1], 7)])
def test_every_line_of_every_briefings_pack_is_cited(library: Store, document: str, minutes: int) -> None:
    pack = plan(library, SessionRequest(minutes, SessionFormat.TRAINING, documents=(document,)))

    assert_wholly_cited(pack, library.register)
    assert sum(part.minutes for part in pack.parts) == minutes


def test_a_line_that_is_made_up_is_noticed(library: Store) -> None:
    pack = plan(library, SessionRequest(7, documents=("two-families",)))
    first, *parts = pack.parts
    invented = Item("x", Voice.FIXED, text="Children in such families are always safe at school.")
    altered = replace(pack, parts=(replace(first, items=(*first.items, invented)), *parts))

    with pytest.raises(AssertionError):
        assert_wholly_cited(altered, library.register)


@pytest.mark.parametrize("theme", THEMES)
def test_every_line_of_a_themes_pack_is_cited(library: Store, theme: str) -> None:
    pack = plan(library, SessionRequest(60, SessionFormat.SUPERVISION, theme=theme))

    assert_wholly_cited(pack, library.register)
    messages = pack.part(PartName.MESSAGES)
    assert messages is not None
    assert any(item.voice is Voice.QUOTE for item in messages.items)


@pytest.mark.parametrize("minutes", LENGTHS)
@pytest.mark.parametrize("format_", SessionFormat)
@pytest.mark.parametrize("missing", [None, *PartName])
def test_the_running_order_adds_up_whatever_is_missing(
    format_: SessionFormat, minutes: int, missing: PartName | None
) -> None:
    parts = [Part(name, name.value, 0, ()) for name in PartName if name is not missing]

    slots = running_order(timed(parts, format_, minutes))

    assert slots[0].start == 0
    assert all(one.end == other.start for one, other in pairwise(slots))
    assert slots[-1].end == minutes
    assert all(slot.end > slot.start for slot in slots)


@pytest.mark.parametrize("minutes", [7, 30])
def test_the_real_briefings_learning_and_points_are_all_there_word_for_word(
    real_briefing: Store, minutes: int
) -> None:
    [document] = real_briefing.register.documents()
    text = real_briefing.register.version(document.id).text

    pack = plan(real_briefing, SessionRequest(minutes, documents=(document.id,)))

    assert_wholly_cited(pack, real_briefing.register)
    said = {item.quote for item in items(pack)}
    headings = [line.split(") ", 1)[1].strip() for line in text.splitlines() if line[:3] in _NUMBERS]
    points = [line.removeprefix("· ").strip() for line in _points(text)]
    assert len(headings) == len(points) == 7
    assert said.issuperset(headings)
    assert said.issuperset(points)


_NUMBERS = {f"{number}) " for number in range(1, 8)}


def _points(text: str) -> list[str]:
    part = text.split("Points for discussion:")[1].split("Useful Links:")[0]
    return [line for line in part.splitlines() if line.strip()]


def test_a_half_hour_hands_out_all_of_the_learning(library: Store) -> None:
    pack = plan(library, SessionRequest(30, documents=("two-families",)))

    part = pack.part(PartName.LEARNING)
    assert part is not None
    paragraphs = [item.quote for item in part.items if item.depth]
    text = library.register.version("two-families").text
    learning = text[text.index("1) A parent's history") : text.index("\nRecommendations")]
    headings = [item.quote for item in part.items if not item.depth]
    assert all(paragraph in learning for paragraph in paragraphs)
    assert sum(map(len, paragraphs)) + sum(map(len, headings)) > 0.97 * len(learning.replace("\n", ""))


def test_formed_questions_are_marked_and_quoted_ones_are_not(library: Store) -> None:
    pack = plan(library, SessionRequest(30, documents=("child-r-unseen-men",), audience=Audience.HEALTH))

    part = pack.part(PartName.DISCUSSION)
    assert part is not None
    quoted = [item for item in part.items if item.voice is Voice.QUOTE]
    formed = [item for item in part.items if item.voice is Voice.FORMED]
    assert len(quoted) == 6
    assert formed
    assert {item.label for item in formed} == {"Formed from the learning"}
    assert "clinic" in formed[0].text


def test_without_graphic_detail_such_lines_are_left_out_and_counted(library: Store) -> None:
    document = "family-c-bruising-in-an-infant"
    whole = plan(library, SessionRequest(60, documents=(document,)))
    softened = plan(library, SessionRequest(60, documents=(document,), graphic_detail=False))

    def said(found: Pack) -> str:
        shown = [found.part(name) for name in (PartName.CASE, PartName.MESSAGES, PartName.LEARNING)]
        return " ".join(item.quote for part in shown if part for item in part.items)

    assert "fractures" in said(whole)
    assert "the bruise" in said(whole)
    assert "fractures" not in said(softened)
    assert "the bruise" not in said(softened)
    assert "very rarely bruises by accident" in said(softened)
    assert softened.left_out > 0
    notice = softened.part(PartName.NOTICE)
    assert notice is not None
    assert any(str(softened.left_out) in item.text for item in notice.items)


def test_a_key_is_a_span_of_its_sentence(library: Store) -> None:
    pack = plan(
        library, SessionRequest(60, SessionFormat.TRAINING, documents=("child-m-criminal-exploitation",))
    )

    part = pack.part(PartName.QUIZ)
    assert part is not None
    assert len(part.items) == 6
    citations = {each.number: each for each in pack.citations}
    for item in part.items:
        assert item.answer_citation is not None
        key, sentence = citations[item.answer_citation], citations[item.citations[0]]
        assert sentence.start <= key.start < key.end <= sentence.end


def test_a_procedures_pack_is_about_what_it_asks(library: Store) -> None:
    pack = plan(library, SessionRequest(30, documents=("2-3-strategy-discussions",)))

    assert_wholly_cited(pack, library.register)
    part = pack.part(PartName.PROCEDURES)
    assert part is not None
    assert {item.label.split(" ")[0] for item in part.items} <= {"must", "should", "may"}
    assert all("Strategy discussions" in item.label for item in part.items)


def test_a_changes_pack_puts_both_wordings_side_by_side(library: Store) -> None:
    newest = library.register.version("2-3-strategy-discussions").number
    pack = plan(library, SessionRequest(15, change=ChangeOf("2-3-strategy-discussions", newest)))

    assert_wholly_cited(pack, library.register)
    part = pack.part(PartName.MESSAGES)
    assert part is not None
    labels = [item.label for item in part.items]
    assert labels[:2] == ["Now", "Before"]
    citations = {each.number: each for each in pack.citations}
    versions = [citations[item.citations[0]].version for item in part.items[:2]]
    assert versions == [newest, newest - 1]


def test_a_changes_pack_does_not_say_the_change_again(library: Store) -> None:
    newest = library.register.version(STRATEGY).number
    pack = plan(library, SessionRequest(60, SessionFormat.TRAINING, change=ChangeOf(STRATEGY, newest)))

    assert_wholly_cited(pack, library.register)
    parts = {part.name: part.items for part in pack.parts}
    said = parts[PartName.MESSAGES][0].quote
    assert not [item for item in parts[PartName.PROCEDURES] if item.quote in said]
    asked = parts[PartName.DISCUSSION][0]
    assert asked.text.startswith("What does each of us do differently")
    assert not asked.quote
    assert "2.3.7" in asked.label


@pytest.mark.parametrize("document", ["child-r-unseen-men", STRATEGY, "4-1-domestic-abuse"])
def test_no_question_for_discussion_is_asked_twice(library: Store, document: str) -> None:
    pack = plan(library, SessionRequest(60, SessionFormat.TRAINING, documents=(document,)))

    part = pack.part(PartName.DISCUSSION)
    assert part is not None
    asked = [item.text or item.quote for item in part.items]
    assert len(asked) > 3
    assert len(set(asked)) == len(asked)


def test_points_and_recommendations_of_one_review_stand_together(library: Store) -> None:
    pack = plan(library, SessionRequest(60, documents=("child-r-unseen-men", "two-families")))

    for name in (PartName.DISCUSSION, PartName.ACTIONS):
        part = pack.part(name)
        assert part is not None
        reviews = [item.label.split(" · ")[0] for item in part.items if item.voice is Voice.QUOTE]
        assert [each for each, _ in groupby(reviews)] == list(dict.fromkeys(reviews))
        assert len(set(reviews)) == 2


def test_reviews_that_were_chosen_are_not_counted_as_found(library: Store) -> None:
    pack = plan(library, SessionRequest(30, documents=("child-r-unseen-men", "two-families")))

    assert not [item for item in items(pack) if item.label == "Counted"]


@pytest.mark.parametrize(
    "document", [*BRIEFINGS, STRATEGY, "3-1-pre-birth-assessment-and-concealed-pregnancy"]
)
def test_a_quiz_asks_each_thing_once_and_gives_no_key_away(library: Store, document: str) -> None:
    pack = plan(library, SessionRequest(60, SessionFormat.TRAINING, documents=(document,)))

    part = pack.part(PartName.QUIZ)
    assert part is not None
    kinds = [item.text.split("?")[0] for item in part.items]
    assert kinds.count("Must, should or may") <= 3
    assert kinds.count("How would you finish this sentence") <= 2
    keys = [item.answer.casefold() for item in part.items if not item.text.startswith("Must, should")]
    assert len(set(keys)) == len(keys)
    for item in part.items:
        assert item.answer.casefold() not in item.text.split("“", 1)[1].casefold().replace(GAP, "")


def test_a_quiz_on_a_procedure_asks_for_times_and_for_whose_duty_it_is(library: Store) -> None:
    pack = plan(library, SessionRequest(60, SessionFormat.TRAINING, documents=(STRATEGY,)))

    part = pack.part(PartName.QUIZ)
    assert part is not None
    assert [item for item in part.items if item.text.startswith("Which time is missing?")]
    asked = [item.answer for item in part.items if item.text.startswith("Who is meant?")]
    assert asked
    assert all("ractitioner" not in answer for answer in asked)


def test_a_quiz_asks_nothing_of_which_too_little_is_told(library: Store) -> None:
    for document in (*BRIEFINGS[:4], "5-2-children-missing-from-home-or-care"):
        pack = plan(library, SessionRequest(90, SessionFormat.TRAINING, documents=(document,)))
        part = pack.part(PartName.QUIZ)
        assert part is not None
        for item in part.items:
            beside = item.text.split("“", 1)[1].replace(GAP, "").split()
            if item.text.startswith("How would you finish"):
                assert len(stems_of(item.answer)) >= 3, item.answer
            if item.text.startswith("Must, should or may?"):
                assert len(beside) >= 8, item.text
            assert item.answer.casefold() not in ("the officer", "the clinician")


def test_few_messages_do_not_take_the_time_of_many() -> None:
    part = Part(PartName.MESSAGES, "", 0, (_quote("a"), _quote("b", depth=1)))
    many = Part(PartName.MESSAGES, "", 0, tuple(_quote(each) for each in "abcdefgh"))
    others = [Part(name, "", 0, ()) for name in PartName if name is not PartName.MESSAGES]

    few = timed([part, *others], SessionFormat.TEAM_MEETING, 60)
    usual = timed([many, *others], SessionFormat.TEAM_MEETING, 60)

    assert few[0].minutes == 3
    assert usual[0].minutes == 10
    assert sum(each.minutes for each in few) == sum(each.minutes for each in usual) == 60


def _quote(text: str, depth: int = 0) -> Item:
    return Item(text, Voice.QUOTE, quote=text, depth=depth, citations=(1,))


def test_each_message_of_a_page_of_seven_minutes_is_borne_out(library: Store) -> None:
    pack = plan(library, SessionRequest(7, documents=("two-families",)))

    part = pack.part(PartName.MESSAGES)
    assert part is not None
    assert [item.depth for item in part.items] == [0, 1] * 7


def test_a_question_for_discussion_is_about_its_message(library: Store) -> None:
    pack = plan(library, SessionRequest(60, documents=("child-m-criminal-exploitation",)))

    part = pack.part(PartName.DISCUSSION)
    assert part is not None
    asked = {item.quote: item.text for item in part.items if item.text}
    assert "adult have you not met" not in asked["His mother was treated as the problem and not as a partner"]
    assert "without an adult in the room" not in asked["The child was seen as an offender first"]


def test_nothing_that_was_left_out_is_named_above_what_the_facilitator_holds(library: Store) -> None:
    document = "family-c-bruising-in-an-infant"
    pack = plan(
        library, SessionRequest(60, SessionFormat.TRAINING, documents=(document,), graphic_detail=False)
    )

    part = pack.part(PartName.EXERCISE)
    assert part is not None
    labels = [item.label for item in part.notes if item.voice is Voice.QUOTE]
    assert labels
    assert all(label.startswith(("must", "should", "may", "Learning ")) for label in labels)


def test_what_names_something_replaced_bears_out_no_message_and_says_so_elsewhere(library: Store) -> None:
    pack = plan(library, SessionRequest(60, documents=("family-d-long-term-neglect",)))

    parts = {part.name: part.items for part in pack.parts}
    assert not [item for item in parts[PartName.MESSAGES] if "2018" in item.quote]
    [handed_out] = [item for item in parts[PartName.LEARNING] if "2018" in item.quote]
    assert handed_out.label == "names what is now Working together to safeguard children 2026"
    [recommended] = [item for item in parts[PartName.ACTIONS] if "Commissioning Group" in item.quote]
    assert recommended.label.startswith("Recommendation 3 · names what is now the integrated care board")


def test_opening_and_closing_take_no_longer_where_parts_are_missing(library: Store) -> None:
    pack = plan(library, SessionRequest(7, documents=("2-5-initial-child-protection-conferences",)))

    minutes = {part.name: part.minutes for part in pack.parts}
    assert minutes[PartName.PURPOSE] == minutes[PartName.ACTIONS] == 1
    assert minutes[PartName.PROCEDURES] > minutes[PartName.DISCUSSION] >= 1
    assert sum(minutes.values()) == 7


def test_a_procedure_without_a_review_is_walked_through(library: Store) -> None:
    pack = plan(
        library,
        SessionRequest(60, SessionFormat.TRAINING, documents=("2-5-initial-child-protection-conferences",)),
    )

    assert_wholly_cited(pack, library.register)
    assert pack.part(PartName.CASE) is None
    part = pack.part(PartName.EXERCISE)
    assert part is not None
    assert part.items[0].text.startswith("In each group, think of a situation")
    assert any(item.voice is Voice.QUOTE for item in part.notes)


def test_an_exercise_starts_from_how_it_began(library: Store) -> None:
    pack = plan(
        library, SessionRequest(60, SessionFormat.TRAINING, documents=("family-c-bruising-in-an-infant",))
    )

    part = pack.part(PartName.EXERCISE)
    assert part is not None
    told = [item.quote for item in part.items if item.voice is Voice.QUOTE]
    assert told[0].startswith("Family C is made up of")
    assert not [each for each in told if "X-rays" in each]


def test_several_reviews_are_drawn_together(library: Store) -> None:
    pack = plan(library, SessionRequest(30, documents=("child-r-unseen-men", "two-families")))

    assert_wholly_cited(pack, library.register)
    assert pack.title.startswith("Learning from two reviews: Child R, ")
    assert pack.title.endswith("; Two families in East Sussex")


def test_a_title_of_many_counts_them(library: Store) -> None:
    reviews = plan(library, SessionRequest(7, documents=BRIEFINGS[:3]))
    chapters = ("2-1-making-a-referral", "1-2-thresholds-and-the-continuum-of-need", STRATEGY)

    assert reviews.title == "Learning from 3 reviews"
    assert plan(library, SessionRequest(7, documents=chapters)).title == "Putting into practice: 3 procedures"
    both = plan(library, SessionRequest(7, documents=chapters[:2])).title
    assert both == "Putting into practice: Making a referral; Thresholds and the continuum of need"


def test_a_theme_of_which_no_review_speaks_makes_no_pack(library: Store) -> None:
    with pytest.raises(NoMaterial, match="These come nearest") as raised:
        plan(library, SessionRequest(30, theme="quantum physics"))
    assert sum(briefing.title in str(raised.value) for briefing in library.register.documents()) == 3


def test_a_document_that_is_not_there_makes_no_pack(library: Store) -> None:
    with pytest.raises(NotFound):
        plan(library, SessionRequest(30, documents=("nowhere",)))
