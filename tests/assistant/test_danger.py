"""Danger that is happening comes first; a question about danger is a question."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from assistant.danger import is_immediate_danger
from assistant.evaluation.cases import DangerText, load_cases
from assistant.evaluation.halves import Half

CASES = Path(__file__).parents[1] / "cases"
TEXTS = yaml.safe_load((Path(__file__).parent / "danger_texts.yaml").read_text(encoding="utf-8"))
DEVELOPMENT = load_cases(CASES, Half.DEVELOPMENT)


def texts(kind: str) -> Iterator[str]:
    return (text for group in TEXTS for text in group[kind])


@pytest.mark.parametrize("case", DEVELOPMENT.danger, ids=lambda case: case.id)
def test_development_cases_are_told_apart(case: DangerText) -> None:
    assert is_immediate_danger(case.text) is case.danger


def test_no_text_that_speaks_of_danger_is_missed() -> None:
    assert [text for text in texts("danger") if not is_immediate_danger(text)] == []


def test_no_other_text_raises_an_alarm() -> None:
    assert [text for text in texts("none") if is_immediate_danger(text)] == []


def test_situations_and_questions_of_the_other_cases_raise_hardly_an_alarm() -> None:
    # Those of `situations-development.yaml` raise many more: see docs/decisions/0015-applicability.md.
    asked = [case.situation for case in DEVELOPMENT.situations if case.id.startswith("s-0")]
    asked += [case.question for case in (*DEVELOPMENT.answerable, *DEVELOPMENT.unanswerable)]
    asked += [turn for case in DEVELOPMENT.follow_ups for turn in (*case.turns, case.standalone)]
    assert sum(map(is_immediate_danger, asked)) <= len(asked) // 100


@pytest.mark.parametrize(
    "text",
    [
        "He is hitting her now",
        "he’s hitting her",
        "HES HITTING HER",
        "dad has got a knife and the kids are in the house",
        "she has just taken a load of paracetamol",
        "The baby is not breathing",
        "hes stranglin my mum",
        "someone is atacking my bruver with a nife",
        "helllp he is comin up the stairs",
        "Which form do I need, and can you hurry, he is strangling her right now",
        "my daughter went missing",
        "my little brother went missing at the fair",
        "My brother went missing at the station.",
    ],
)
def test_present_harm_is_danger_however_it_is_typed(text: str) -> None:
    assert is_immediate_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "What should I do if a child is being hit at home?",
        "Who decides on an emergency protection order?",
        "In 2019 the father hit the child with a belt",
        "Training scenario: a parent is hitting a child right now",
        "My manager will kill me if the report is late",
        "strangulation policy",
        "if my daughter went missing who would I ring?",
        "What if my daughter went missing?",
        "After my son went missing we had a meeting. Who chairs it?",
        "my daughter went missing at 15 and it took years to get help",
        "my brother went missing in 2019 and was found safe",
        "My son went missing last year, who reviews it?",
        "my phone went missing at school",
        "",
        "?!",
    ],
)
def test_topics_past_training_and_idioms_are_not_danger(text: str) -> None:
    assert not is_immediate_danger(text)


@pytest.mark.parametrize(
    ("figure", "beside"),
    [
        ("She is hitting all her milestones", "he is hitting her with a belt"),
        ("I'm killing myself trying to get these minutes done", "my brother is killing himself upstairs"),
        ("Nan is pushing for him to live with her", "he is pushing her down the stairs"),
        ("Dad is cutting her hours", "dad is cutting his wrists"),
        ("We've run out of ideas", "she has run out of school and we can't find her"),
        ("The housing officer is chasing her for a reply", "he is chasing her with a hammer"),
    ],
)
def test_a_figure_of_speech_is_no_danger_and_hides_none(figure: str, beside: str) -> None:
    assert not is_immediate_danger(f"{figure}.")
    assert is_immediate_danger(f"{figure} and {beside}.")


@pytest.mark.parametrize(
    "text",
    [
        "Nobody is trying to take him off the ward. Who chairs?",
        "There is no sign that anyone in the house is hitting him. Do we close?",
        "He is on bail for dealing crack. Who tells his school?",
        "How quickly does the police officer have to reply?",
        "She ran away in May and was found at her nan's. How long is the form kept?",
        "She married in Lahore at 18. Is that lawful here?",
    ],
)
def test_what_nobody_does_or_is_charged_or_over_is_not_danger(text: str) -> None:
    assert not is_immediate_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody is helping and my brother is choking",
        "He was arrested for hitting her and he's back now kicking the door in",
        "She ran off and came back with a knife and she's going for my mum",
        "She is getting married in Lahore at 2 tomorrow and she doesn't want to go",
        "He told me he's got a gun and he's outside my school",
    ],
)
def test_danger_told_beside_them_stands(text: str) -> None:
    assert is_immediate_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "nan starves the twins",
        "his stepmum whips him with a flex",
        "our uncle throttles mum",
        "the childminder shakes the baby",
        "my cousin strangles me",
    ],
)
def test_harm_told_in_the_present_tense_alone_is_danger(text: str) -> None:
    assert is_immediate_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "my cousin touches me in bed most nights",
        "my mum beats me all the time",
        "my foster carer hurts me every weekend",
        "i am being hit by my stepmum every day",
        "im getting beaten up by my dad every week",
        "i get hit at home at weekends",
        "my brother makes me have sex with him",
        "my uncle touches me at night what should i do",
        "my dad hits me every day. who can i tell",
        "My stepmum hits me and my sister with a spoon, how do we get help?",
    ],
)
def test_what_is_usual_is_danger_to_whom_it_is_done(text: str) -> None:
    assert is_immediate_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "He told me in 2019 that his dad hits him at weekends",
        "Mum reports dad smacks the children every weekend. Is that a section 47?",
        "what if my dad hits me every night in the play i am writing",
        "Training scenario - my uncle touches me at night, says the child. What do staff say first?",
        "How do I know if I am being abused?",
        "i was being abused as a child every night",
        "they beat me every day when i was little",
        "my mum beats me at chess every weekend",
        "he hits us with complaints every week",
        "the pupil hits us every day",
        "mum smothers the baby with kisses",
        "grandad shakes her hand at church",
        "my mum hits the roof every time i am late",
        "A child says 'my dad hits me every day'. Who do I tell?",
        "My dad used to hit me when I was little. Who can I talk to?",
    ],
)
def test_what_is_usual_is_no_danger_as_others_tell_or_make_it_up(text: str) -> None:
    assert not is_immediate_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "a two year old is on the A21 on her own",
        "toddler seen walking beside the M23",
        "kids are on the railway line behind the school",
        "a 5 year old has been found walking along the edge of the A259",
        "year 8 lad wont get down off the gym roof",
        "dad stormed into nursery and grabbed the twins",
        "my son went missing yesterday",
        "our little boy went missing on Tuesday night",
        "my son went missing on Friday and is still missing",
    ],
)
def test_a_child_on_a_road_or_roof_or_gone_is_in_danger(text: str) -> None:
    assert is_immediate_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "Does the A27 school crossing need a risk assessment?",
        "a toddler was found wandering on the A27 last year and the case is closed",
        "4 year old found on the dual carriageway, police took him home, he is fine. Which form is it?",
        "children playing on the A259 footbridge at the weekend",
        "Father turned up at the contact centre and was sent away. Do we record it?",
        "she refuses to get off the bus in the mornings",
        "my daughter went missing on Friday but she came back on Saturday",
        "my son went missing on Friday, police have found him",
        "my son went missing on Monday and was found at his nan's",
        "If my daughter went missing on Friday who would I call?",
    ],
)
def test_a_road_a_roof_or_a_child_who_is_back_is_no_danger(text: str) -> None:
    assert not is_immediate_danger(text)


@pytest.mark.parametrize(
    "row",
    ["what if he is hitting her now ", "knife ", "my mum's boyfriend's brother's ", "is still ", "?! ", "a"],
)
def test_a_hostile_text_takes_no_longer_than_its_length(row: str) -> None:
    text = (row * 8000)[:8000]
    is_immediate_danger(row)
    begun = time.process_time()
    is_immediate_danger(text)
    assert time.process_time() - begun < 3
