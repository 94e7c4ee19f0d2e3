"""Everyday words bring the words in which the documents speak, and no others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from assistant.everyday import _TOKEN, _stems, formal_terms
from assistant.evidence import _FUNCTION_WORDS

_MOST_TERMS_OF_A_PHRASE = 4
_MOST_WORDS_OF_A_TERM = 4
_MOST_TERMS = 12
_LIBRARY = Path(str(files("corpus"))) / "library"


@cache
def lexicon() -> dict[str, list[str]]:
    both: defaultdict[str, list[str]] = defaultdict(list)
    for name in ("everyday.yaml", "sayings.yaml"):
        text = files("assistant").joinpath(name).read_text(encoding="utf-8")
        for term, phrases in yaml.load(text, yaml.CSafeLoader).items():
            both[term] += phrases
    return both


@cache
def every_word() -> frozenset[str]:
    """The stems of all terms, as if the library held each."""
    return frozenset(stem for term in lexicon() for stem in _stems(term))


@cache
def words_of_the_sample_library() -> frozenset[str]:
    texts = (path.read_text(encoding="utf-8") for path in sorted(_LIBRARY.rglob("*.md")))
    return frozenset(stem for text in texts for stem in _stems(text))


def said(question: str) -> list[str]:
    return formal_terms(question, every_word())


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("The kid's been molested.", "sexual abuse"),
        ("They've done a runner again.", "missing child"),
        ("My boss won't sign it off.", "authorise"),
        ("Dad's on the gear.", "substance misuse"),
        ("I sent it to the wrong inbox.", "information breach"),
        ("Can I nip it in the bud?", "early help"),
        ("Can I do it without asking mum?", "without consent"),
        ("Mum won't let us in.", "refused access"),
        ("She's preggers and telling nobody.", "pregnancy"),
        ("Stepdad chucked him out.", "homeless"),
        ("He's shotting for older lads.", "county lines"),
        ("They're saying all the right things.", "disguised compliance"),
        ("Can a solicitor see the file?", "subject access request"),
        ("How long have they got?", "time limit"),
        ("It's 6pm and there's no one in the office.", "out of hours"),
        ("GP never turned up to the strat.", "strategy discussion"),
        ("I'm run off my feet.", "workload"),
        ("Mum says she'll home school her.", "elective home education"),
        ("A TA hit a pupil; who do I tell?", "LADO"),
        ("They dropped the case; the cops aren't doing anything.", "no further action"),
    ],
)
def test_everyday_words_bring_the_documents_words(question: str, term: str) -> None:
    assert term in said(question)


@pytest.mark.parametrize(
    "question",
    ["a bruised baby who can't crawl", "babies who can't crawl", "BABY CAN’T CRAWL", "baby cant crawl"],
)
def test_each_spelling_and_inflection_counts(question: str) -> None:
    assert "not yet mobile" in said(question)


def test_the_longest_phrase_counts_alone() -> None:
    kicked_out_of_school = said("He was kicked out of school.")
    assert "exclusion" in kicked_out_of_school
    assert "homeless" not in kicked_out_of_school
    assert "homeless" in said("He was kicked out.")


def test_terms_of_longer_phrases_come_first() -> None:
    terms = said("Dad's on the gear and mum's boozing.")
    assert terms.index("substance misuse") < terms.index("father") < terms.index("mother")


def test_a_term_that_the_text_uses_is_not_added() -> None:
    assert "sexual abuse" not in said("Molested: is it sexual abuse?")
    assert "sexual abuse" not in said("Sexually abused, molested")
    assert "sexual abuse" in said("Molested: is it abuse?")


def test_a_term_of_words_that_the_library_lacks_is_passed_over() -> None:
    known = every_word() - set(_stems("sexual"))
    assert "sexual abuse" not in formal_terms("She's been molested.", known)
    assert formal_terms("She's been molested.", frozenset()) == []


def test_a_long_story_brings_twelve_terms_at_most() -> None:
    phrases = [phrases[0] for phrases in lexicon().values()]
    assert len(said(". ".join(phrases))) == _MOST_TERMS


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?!",
        "When must the chair send the record?",
        "What does the high mark at the head of the page mean?",
        "Which paragraph gives the date?",
        "Who can run the session after the break?",
        "The social worker must see the child.",
    ],
)
def test_plain_words_bring_nothing(question: str) -> None:
    assert said(question) == []


def test_the_lexicon_is_broad() -> None:
    assert len(lexicon()) >= 300
    assert len({_stems(phrase) for phrases in lexicon().values() for phrase in phrases}) >= 2_500


def test_every_term_and_phrase_is_text_that_holds_words() -> None:
    for term, phrases in lexicon().items():
        assert isinstance(term, str)
        assert 1 <= len(_stems(term)) <= _MOST_WORDS_OF_A_TERM, term
        assert phrases, term
        for phrase in phrases:
            assert isinstance(phrase, str), (term, phrase)
            assert _stems(phrase), (term, phrase)


def test_no_phrase_is_a_function_word() -> None:
    words = {
        phrase for phrases in lexicon().values() for phrase in phrases if len(_TOKEN.findall(phrase)) == 1
    }
    assert words.isdisjoint(_FUNCTION_WORDS)


def test_no_phrase_stands_twice_under_one_term() -> None:
    for term, phrases in lexicon().items():
        twice = [stems for stems, times in Counter(map(_stems, phrases)).items() if times > 1]
        assert twice == [], term


def test_a_phrase_stands_for_four_terms_at_most() -> None:
    terms = Counter(stems for phrases in lexicon().values() for stems in set(map(_stems, phrases)))
    assert [stems for stems, times in terms.items() if times > _MOST_TERMS_OF_A_PHRASE] == []


def test_each_phrase_adds_something_or_keeps_a_shorter_one_from_counting() -> None:
    terms: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for term, phrases in lexicon().items():
        for phrase in phrases:
            terms[_stems(phrase)].append(term)
    idle = {
        phrase for phrase, own in terms.items() if all(set(phrase).issuperset(_stems(term)) for term in own)
    }
    guards = {_stems("the social worker")}
    assert [phrase for phrase in idle - guards if not _holds_a_shorter_one(phrase, terms)] == []


def _holds_a_shorter_one(phrase: tuple[str, ...], phrases: Collection[tuple[str, ...]]) -> bool:
    starts = range(len(phrase))
    return any(
        phrase[a:b] in phrases for a in starts for b in range(a + 1, len(phrase) + 1) if b - a < len(phrase)
    )


def test_most_terms_are_words_of_the_sample_library() -> None:
    held = [term for term in lexicon() if words_of_the_sample_library().issuperset(_stems(term))]
    assert len(held) / len(lexicon()) >= 0.9


def test_few_of_the_librarys_own_lines_bring_terms() -> None:
    """The documents speak formally already: a phrase that often fires in them is no everyday phrase."""
    lines = [
        line
        for path in sorted((_LIBRARY / "procedures").glob("*.md"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    bringing = [line for line in lines if formal_terms(line, words_of_the_sample_library())]
    assert len(bringing) / len(lines) < 0.4
