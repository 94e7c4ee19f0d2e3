"""Verbs, drugs and illnesses in small letters, which the recogniser of names is wont to take for names.

"Her uncle strangles her", "drank methadone", "a boy with autism".
"""

from __future__ import annotations

import re
from functools import cache

from assistant.danger.lexicon import classes
from corpus.english import english_words
from corpus.errors import ModelError

# Third person or past: hardly a verb ends in "as" or "us", as names do.
_FORM = re.compile(r"[a-z]{2,}(?:[^aious\W\d_]s|(?<!e)ed)")
_LONG = 7
# Of illnesses and ways of thinking; no first name or surname of some length ends so.
_CONDITION = re.compile(r"[a-z]{3,}(?:ism|itis|osis|aemia|phobia|plegia|algia|opathy|trophy)")
_HARM = (".s>", ".past>", "<drug>", "<poison>", "<drink>")


def is_ordinary(word: str, after: str, objects: frozenset[str], determiners: frozenset[str]) -> bool:
    """Of a word that is on no list of names; `after` is the next one, if nothing but a space is between.

    Drugs and verbs of harm are known to the rules of danger, other verbs by their ending and by what they are
    done to.
    """
    if not word.islower():
        return False
    if _CONDITION.fullmatch(word):
        return True
    if any(tag.endswith(_HARM) for tag in classes().get(word, ())):
        return True
    if not _FORM.fullmatch(word):
        return False
    # Without an object short ones may be names: "Rashed".
    may_be = after in determiners or (word.endswith("ed") and len(word) >= _LONG)
    return after in objects or (may_be and _is_form(word))


def _is_form(word: str) -> bool:
    """Whether it is a form of an English word: "slaps", "pitied", "robbed"."""
    stems = {word[:-1], word[:-2], f"{word[:-3]}y" if word[-3] == "i" else word[:-2]}
    if word.endswith("ed") and word[-3] == word[-4]:
        stems.add(word[:-3])
    return not stems.isdisjoint(_vocabulary())


@cache
def _vocabulary() -> frozenset[str]:
    """None where its package is missing: then the object alone tells."""
    try:
        return english_words()
    except ModelError:
        return frozenset()
