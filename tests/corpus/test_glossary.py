"""Abbreviations both ways: the corpus explains them, or the field's list, or set phrases by initials."""

from __future__ import annotations

from collections import Counter

from corpus.glossary import Glossary
from corpus.vocabulary import Terms

TERMS = Terms(
    words=Counter(["plo", "icpc"]),
    phrases=Counter({"contract of expectations": 9, "cost of energy": 3, "rare phrase": 1}),
    abbreviations=Counter({("plo", "public law outline"): 2, ("cp", "contact plan"): 1}),
)


def test_what_the_corpus_explains_comes_before_the_fields_own_list() -> None:
    assert Glossary(TERMS).long_form("CP") == "contact plan"
    assert Glossary(Terms()).long_form("CP") == "child protection"


def test_a_plural_stands_for_the_words_of_its_singular() -> None:
    assert Glossary(TERMS).long_form("PLOs") == "public law outline"
    assert Glossary(TERMS).long_form("PLOS") is None


def test_initials_stand_for_the_commonest_set_phrase() -> None:
    assert Glossary(TERMS).set_phrase("CoE") == "contract of expectations"
    assert Glossary(TERMS).set_phrase("RP") is None


def test_two_letters_are_no_initials_of_what_the_corpus_happens_to_say_often() -> None:
    terms = Terms(phrases=Counter({"immediate danger": 40, "protection conference": 30}))
    assert Glossary(terms).set_phrase("ID") is None
    assert Glossary(terms).set_phrase("PCs") is None


def test_a_long_form_gives_the_abbreviation_that_the_corpus_uses() -> None:
    glossary = Glossary(TERMS)
    assert glossary.short_forms("When does the Public Law Outline apply?") == ["plo"]
    assert glossary.short_forms("What is fabricated or induced illness?") == []
