"""A real person's name is told from a pseudonym, a law, a body, a place and an ordinary word."""

from __future__ import annotations

import time

import pytest

from assistant import name_ordinary
from assistant.details import IsPublished
from assistant.names import find_names
from tests.assistant.screening import Scores

NOTHING_PUBLISHED: IsPublished = lambda _: False  # noqa: E731


def names(
    text: str, scores: Scores | None = None, is_published: IsPublished = NOTHING_PUBLISHED
) -> list[str]:
    return [text[detail.start : detail.end] for detail in find_names(text, is_published, scores)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mrs Ashdown will not answer the door", "Ashdown"),
        ("letter to mr and mrs papadopoulos", "papadopoulos"),
        ("PC 4471 Hargreave says no", "Hargreave"),
        ("a boy called Torvald has a bruise", "Torvald"),
        ("her sister Xanthippe is nine", "Xanthippe"),
        ("the Quarnby family has moved", "Quarnby"),
        ("Osric (her partner) denies it", "Osric"),
        ("olivia wet herself again", "olivia"),
        ("MY NEPHEW TYRONE IS HURT", "TYRONE"),
        ("Is Thorvald allowed to stay?", "Thorvald"),
        ("My pupil J.S. aged 4 told me", "J.S."),
        ("The initials are TK, what now?", "TK"),
        ("I met Grace at school", "Grace"),
    ],
)
def test_without_a_recogniser_names_are_known_by_their_use(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "What did the review of Family C find about Child M, and was Mother B seen?",
        "R's sister and Mr A",
        "Does Clare's Law apply, or sarahs law, or Martha's Rule?",
        "Gillick competence and the Fraser guidelines",
        "What did Lord Laming, Eileen Munro and the Jay inquiry say?",
        "Is Down's syndrome or Prader-Willi a reason?",
        "Can Sussex Police and Sample Council meet at St Wilfrid's Primary?",
        "from Hastings to Lewes, or between Rother and Kent",
        "The Named Nurse and the School Nurse Team",
        "my D.O.B. is asked for, and the G.P. is to be told",
        "LADO, MARAC and FGM",
        "Grace Period and Hope Centre",
        "called [name 1] about [name 2]",
        "May I see April's rota in June?",
        "",
    ],
)
def test_what_only_looks_like_a_name_is_let_through(text: str) -> None:
    assert names(text, Scores()) == []


def test_a_recogniser_finds_names_that_no_rule_knows() -> None:
    scores = Scores(qwenda=0.9, zyx=0.85)
    assert names("can qwenda zyx be seen at school", scores) == ["qwenda zyx"]
    assert names("can qwenda zyx be seen at school") == []


def test_a_word_that_the_documents_write_in_small_letters_is_ordinary() -> None:
    assert names("a strait answer", Scores(strait=0.9), lambda word: word == "strait") == []


def test_unless_the_recogniser_is_as_good_as_certain() -> None:
    assert names("mark says so", Scores(mark=0.99), lambda word: word == "mark") == ["mark"]


def test_a_pseudonym_is_let_through_and_a_full_name_is_not() -> None:
    def is_published(words: str) -> bool:
        return words == "Alex"

    assert names("what became of alex", Scores(alex=0.9), is_published) == []
    assert names("what became of Alex Thornbury", Scores(alex=0.9, thornbury=0.9), is_published) == [
        "Alex Thornbury"
    ]


def test_a_known_family_name_does_not_let_a_full_name_through() -> None:
    assert names("Kelly Laming is six", Scores(kelly=1.0, laming=1.0)) == ["Kelly Laming"]


def test_a_place_that_is_also_a_name_is_one_only_behind_a_preposition() -> None:
    scores = Scores(preston=0.9)
    assert names("she moved from Preston", scores) == []
    assert names("Preston told me", scores) == ["Preston"]


def test_particles_and_initials_belong_to_the_name() -> None:
    scores = Scores(rhodri=1.0, gwilym=1.0, farah=1.0)
    assert names("so said Rhodri ap Gwilym today", scores) == ["Rhodri ap Gwilym"]
    assert names("so said M. Farah today", scores) == ["M. Farah"]


def test_a_verb_behind_a_name_stays_where_the_documents_know_it() -> None:
    scores = Scores(adeyemi=1.0, bellowed=0.99)
    assert names("so Adeyemi bellowed at us", scores, lambda word: word == "bellowed") == ["Adeyemi"]


def test_names_in_two_sentences_are_two() -> None:
    assert names("I met Tom. Jane was out", Scores(tom=1.0, jane=1.0)) == ["Tom", "Jane"]


@pytest.mark.parametrize(
    "unit", ["A", "Aa ", "Aa-", "Aa'", "Mr ", "Mr Aa ", "mum aa ", "Aa and ", "in Aa, ", "A. "]
)
def test_no_text_takes_long(unit: str) -> None:
    text = (unit * 8000)[:8000]
    started = time.process_time()
    find_names(text, NOTHING_PUBLISHED, Scores())
    assert time.process_time() - started < 4


@pytest.mark.parametrize(
    ("text", "scores"),
    [
        ("Gorgeous family, always polite", Scores(gorgeous=0.99)),
        ("the brother harmd his sister", Scores(harmd=0.9)),
        ("what is in a saftey plan", Scores(saftey=0.9)),
        ("a teacher overheard it", Scores(overheard=0.99)),
    ],
)
def test_what_a_recogniser_takes_for_a_name_and_is_none(text: str, scores: Scores) -> None:
    documents = frozenset({"harmed", "safety"})
    assert names(text, scores, lambda words: words in documents) == []


def test_a_name_that_begins_a_sentence_or_is_near_a_word_is_one() -> None:
    documents = frozenset({"carer"})
    assert names("Prestina told me", Scores(prestina=0.9)) == ["Prestina"]
    assert names("i saw caren there", Scores(caren=0.9), lambda words: words in documents) == ["caren"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("her uncle throttles her", "throttles"),
        ("grandad bathes them", "bathes"),
        ("nan starves the twins", "starves"),
        ("mum scrubs my brother", "scrubs"),
        ("her brother overdosed", "overdosed"),
        ("a toddler drank methadone", "drank"),
        ("a toddler drank methadone", "methadone"),
        ("mia said her dad kisses her", "kisses"),
        ("a boy with autism hit him", "autism"),
        ("how do we deal with racism", "racism"),
        ("the baby had jaundice", "jaundice"),
        ("her brother has tonsillitis", "tonsillitis"),
    ],
)
def test_a_verb_a_drug_or_an_illness_is_no_name(text: str, word: str) -> None:
    assert word not in names(text, Scores(**{word: 0.99}))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("her uncle barry hits her", "barry"),
        ("my brother mark hits me", "mark"),
        ("her brother idris her cousin and me", "idris"),
        ("her cousin rashed came", "rashed"),
        ("my uncle andreas the oldest", "andreas"),
        ("my stepdad james my mum and me", "james"),
        ("what if Hung's mother cannot read", "Hung"),
    ],
)
def test_a_name_behind_a_relation_stays_one(text: str, name: str) -> None:
    assert names(text, Scores(**{name.lower(): 0.99})) == [name]


def test_without_a_word_list_the_object_tells_a_verb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_ordinary, "_vocabulary", frozenset)
    assert names("mum pesters him", Scores(pesters=0.99)) == []
