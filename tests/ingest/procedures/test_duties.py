"""Who must, should or may do what is read as printed, and nothing is read where nobody is bound."""

from __future__ import annotations

import pytest

from corpus.procedures import Role, Verb
from tests.ingest.procedures.making import actor, duties, read_text


@pytest.mark.parametrize(
    ("sentence", "verb", "who", "action"),
    [
        ("The social worker must see the child.", Verb.MUST, "The social worker", "see the child"),
        ("Staff should ask.", Verb.SHOULD, "Staff", "ask"),
        ("A referrer may ring the advice line.", Verb.MAY, "A referrer", "ring the advice line"),
        ("Health visitors shall visit.", Verb.MUST, "Health visitors", "visit"),
        ("Schools are required to keep a record.", Verb.MUST, "Schools", "keep a record"),
        ("The police have a duty to enquire.", Verb.MUST, "The police", "enquire"),
        ("Practitioners are expected to attend.", Verb.SHOULD, "Practitioners", "attend"),
        ("The call handler must grade it.", Verb.MUST, "The call handler", "grade it"),
    ],
)
def test_the_verb_is_kept_with_who_and_what(sentence: str, verb: Verb, who: str, action: str) -> None:
    (duty,) = duties(sentence)

    assert (duty.verb, actor(duty), duty.action.words) == (verb, who, action)
    assert duty.line.words == sentence
    assert duty.line.anchor == "1.1.1"


@pytest.mark.parametrize(
    "sentence",
    [
        "A child may be at risk.",
        "Parents may have drunk.",
        "The meeting decides what must happen and who should be told.",
        "If the threshold may be met, chapter 2.3 applies.",
        "It applies where a child should be at school.",
        'The worker says: "You must stop."',
        "Delay may increase the risk.",
        "A poster may help.",
        "Should they need advice, the line is open.",
    ],
)
def test_nothing_is_read_where_nobody_is_bound(sentence: str) -> None:
    assert duties(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        (
            "Where a child is in hospital, the consultant or the named nurse should attend.",
            "the consultant or the named nurse",
        ),
        ("Where the child is at risk the manager must act.", "the manager"),
        ("At stage 3 the heads of service must speak.", "the heads of service"),
        (
            "A parent, carer or teacher who cannot find a child must ring.",
            "A parent, carer or teacher who cannot find a child",
        ),
        ("Local authorities, with their partners, should agree.", "Local authorities"),
        ("The designated lead (or a deputy) should be available.", "The designated lead"),
        ("The carer keeps the room, but must tell the council.", "The carer"),
        ("The report should be written by the health visitor.", "the health visitor"),
        ("The reason must be recorded.", None),
        ("The plan must say who will visit.", None),
        ("The meeting must decide what to do.", "The meeting"),
        ("The meeting must include the police.", None),
    ],
)
def test_the_actor_is_whoever_acts(sentence: str, who: str | None) -> None:
    (duty,) = duties(sentence)

    assert actor(duty) == who


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("The midwife must ring.", (Role.HEALTH,)),
        ("A police officer and the social worker must meet.", (Role.POLICE, Role.SOCIAL_CARE)),
        ("The housing officer must write.", (Role.HOUSING,)),
        ("Probation practitioners must share it.", (Role.PROBATION,)),
        ("Refuge workers should ask.", (Role.VOLUNTARY,)),
        ("Staff of a school must ask.", (Role.SCHOOL,)),
        ("Everyone must act.", (Role.ALL,)),
        ("A parent may appeal.", ()),
    ],
)
def test_roles_are_the_agencies_of_the_actor(sentence: str, roles: tuple[Role, ...]) -> None:
    assert duties(sentence)[0].roles == roles


@pytest.mark.parametrize(
    ("sentence", "who", "roles"),
    [
        (
            "The reasons must be recorded by both the nurse and the social worker, and kept.",
            "both the nurse and the social worker",
            (Role.HEALTH, Role.SOCIAL_CARE),
        ),
        ("It must be signed by the GP or a teacher.", "the GP or a teacher", (Role.SCHOOL, Role.HEALTH)),
        (
            "It must be read by the head teacher, the midwife and a police officer.",
            "the head teacher, the midwife and a police officer",
            (Role.SCHOOL, Role.HEALTH, Role.POLICE),
        ),
        (
            "The child must be seen by the teacher and, where there is one, the school nurse.",
            "the teacher and, where there is one, the school nurse",
            (Role.SCHOOL, Role.HEALTH),
        ),
        (
            "It must be agreed by both the team that knows the family and the police.",
            "both the team that knows the family and the police",
            (Role.POLICE, Role.ALL),
        ),
        ("It must be agreed by both parents and the school.", "both parents and the school", (Role.SCHOOL,)),
        (
            "Both the nurse and the police must sign.",
            "Both the nurse and the police",
            (Role.HEALTH, Role.POLICE),
        ),
        ("It must be signed by the nurse and the police told.", "the nurse", (Role.HEALTH,)),
        ("It must be signed by the nurse and the police report attached.", "the nurse", (Role.HEALTH,)),
        ("It must be signed by the nurse, the police being told.", "the nurse", (Role.HEALTH,)),
    ],
)
def test_the_roles_of_all_who_are_joined_count(sentence: str, who: str, roles: tuple[Role, ...]) -> None:
    (duty,) = duties(sentence)

    assert (actor(duty), duty.roles) == (who, roles)


def test_both_open_the_subject_of_a_later_verb() -> None:
    first, second = duties("The teacher must ring and both the nurse and the social worker should write.")

    assert first.action.words == "ring"
    assert (actor(second), second.roles) == (
        "both the nurse and the social worker",
        (Role.HEALTH, Role.SOCIAL_CARE),
    )


def test_a_heading_says_whose_staff_it_means_where_the_words_do_not() -> None:
    assert duties("Staff must ask.", "Schools")[0].roles == (Role.SCHOOL,)
    assert duties("Staff must ask.", "Police risk and response")[0].roles == (Role.ALL,)
    assert duties("A parent may appeal.", "Schools")[0].roles == ()


def test_a_pronoun_means_the_actor_before_it() -> None:
    first, second = duties("The midwife must ring. They should also write.")

    assert (actor(second), second.antecedent and second.antecedent.words) == ("They", "The midwife")
    assert second.roles == first.roles == (Role.HEALTH,)


def test_it_means_an_agency_and_no_thing() -> None:
    agency, thing = duties("Where the authority is told, it must visit. It must say who came.")

    assert (actor(agency), agency.roles) == ("it", (Role.SOCIAL_CARE,))
    assert agency.antecedent
    assert agency.antecedent.words == "the authority"
    (thing,) = duties("A record must be kept. It must say who came.", "Records")[1:]
    assert actor(thing) is None


def test_two_verbs_are_two_duties_with_their_own_words() -> None:
    must, should = duties("The chair must invite the school, and should consider who else knows the child.")

    assert (must.action.words, should.action.words) == (
        "invite the school",
        "consider who else knows the child",
    )
    assert actor(must) == actor(should) == "The chair"


@pytest.mark.parametrize(
    "sentence",
    [
        "Staff must not promise secrecy.",
        "No manager may forbid a referral.",
        "Nobody should wait.",
        "In no circumstances should a school dismiss a worker.",
        "An agency should never refuse.",
    ],
)
def test_what_is_forbidden_is_marked_so(sentence: str) -> None:
    (duty,) = duties(sentence)

    assert duty.negated
    assert not duty.action.words.startswith(("not", "never"))


def test_the_condition_is_kept() -> None:
    fronted, trailing = duties(
        "Where a child is in danger, staff must ring 999. They should ask unless it would harm the child."
    )

    assert fronted.condition
    assert fronted.condition.words == "Where a child is in danger"
    assert trailing.condition
    assert trailing.condition.words == "unless it would harm the child"


def test_items_under_a_bare_verb_are_duties_each() -> None:
    read = read_text(
        "# 1.1 A\n\n1.1.1 The social worker must:\n\n- see the child; and\n- ring the school within 2 days.\n"
    )

    assert [duty.action.words for duty in read.duties] == ["see the child", "ring the school within 2 days"]
    assert {actor(duty) for duty in read.duties} == {"The social worker"}
    assert {duty.lead.words for duty in read.duties if duty.lead} == {"The social worker must:"}
    assert [limit.amount for limit in read.duties[1].time_limits] == [2]


def test_items_under_a_whole_duty_are_its_details() -> None:
    read = read_text("# 1.1 A\n\n1.1.1 The meeting must decide:\n\n- who visits; and\n- when.\n")

    (duty,) = read.duties
    assert [detail.words for detail in duty.details] == ["who visits; and", "when."]


def test_a_listed_case_binds_nobody() -> None:
    read = read_text(
        "# 1.1 A\n\n1.1.1 This procedure applies when:\n\n- a child must be moved; or\n- a parent leaves.\n"
    )

    assert read.duties == ()
    assert len(read.triggers) == 2


def test_a_duty_in_a_table_is_read_from_its_cell() -> None:
    read = read_text(
        "# 1.1 A\n\n| Step | Task |\n|---|---|\n| One | The teacher must ring. Then staff should wait. |\n"
    )

    assert [(actor(duty), duty.verb) for duty in read.duties] == [
        ("The teacher", Verb.MUST),
        ("staff", Verb.SHOULD),
    ]
    assert read.duties[0].line.words == "One | The teacher must ring. Then staff should wait."


def test_amendments_are_no_duties() -> None:
    read = read_text(
        "# 1.1 A\n\n## Amendments\n\n| Date | Change |\n|---|---|\n| May | Staff must now ring. |\n"
    )

    assert read.duties == ()
