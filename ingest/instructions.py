"""Text that gives instructions to a machine; the wording is in `instructions.yaml`."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from ingest.word_search import WordSearch, long_words

_REACH = 160
_UNUSUAL = re.compile("[^\x00-\xa9\xbb-\u036f\u2000-\u206f]")
"""Letters of other scripts, and signs that stand for plain letters: fullwidth, raised, mathematical."""
_CONFUSED = str.maketrans("аеорсухіјѕԁһӏոԛԝαορνικ", "aeopcyxijsdhlnqwaopvik")
"""Cyrillic, Armenian and Greek letters that look like Latin ones."""
_MIXED = re.compile(r"[^\W\d_]*[a-z][^\W\d_]*")
_SPACED = re.compile(r"(?:\b\w[ .-]){4,}\w\b")
_LONE_LETTERS = [re.compile((re.escape(gap) + r"\w") * 6) for gap in " .-"]
_ENCODED = re.compile(r"[A-Za-z0-9+/_-]{40,}={0,2}")
_SHORTEST_ENCODED = 40
_FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Rule:
    """Patterns that are tried `reach` characters before and after each of the words needed."""

    needs: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    reach: int


@dataclass(frozen=True, slots=True)
class _Rules:
    listed: tuple[_Rule, ...]
    spaced: re.Pattern[str]
    needed: WordSearch


def instruction_spans(text: str) -> list[tuple[int, int]]:
    """The spans of the text that read like instructions to a machine, in order; they may overlap."""
    rules, plain = _rules(), _plain(text)
    places = rules.needed.places(plain)
    found = {span for rule in rules.listed for span in _matches(rule, plain, places)}
    return sorted(found | set(_disguised(text, plain)))


def reads_like_instructions(text: str) -> bool:
    """Whether any part of the text does."""
    return bool(instruction_spans(text))


def _plain(text: str) -> str:
    """Lower case, letters that only look like Latin ones replaced, every character in its place."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    if not _UNUSUAL.search(lower):
        return lower
    latin = _UNUSUAL.sub(_simplest, lower)
    # A word all in another script is a word of another language.
    return _MIXED.sub(lambda word: word[0].translate(_CONFUSED), latin)


def _simplest(character: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", character[0]).lower()
    return plain if len(plain) == 1 else character[0]


def _matches(rule: _Rule, plain: str, places: Mapping[str, list[int]]) -> Iterator[tuple[int, int]]:
    near = sorted(place for need in rule.needs for place in places.get(need, ()))
    for start, end in _windows(near, rule.reach):
        for pattern in rule.patterns:
            for match in pattern.finditer(plain, start, end):
                yield match.span()


def _windows(places: Sequence[int], reach: int) -> Iterator[tuple[int, int]]:
    """The stretches of text within reach of the places, in order, those that touch as one."""
    start, end = 0, -1
    for place in places:
        if place - reach > end:
            if end > 0:
                yield start, end
            start = max(0, place - reach)
        end = place + reach
    if end > 0:
        yield start, end


def _disguised(text: str, plain: str) -> Iterator[tuple[int, int]]:
    """Base64 of readable words, and words whose letters are set apart, as in 'i g n o r e'."""
    for start, end in long_words(text, _SHORTEST_ENCODED):
        for match in _ENCODED.finditer(text, start, end):
            if _is_prose(_decoded(match[0])):
                yield match.span()
    if any(run.search(plain) for run in _LONE_LETTERS):
        for match in _SPACED.finditer(plain):
            if _rules().spaced.search("".join(filter(str.isalnum, match[0]))):
                yield match.span()


def _decoded(blob: str) -> str:
    stem = blob.rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        return base64.b64decode(stem + "=" * (-len(stem) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _is_prose(text: str) -> bool:
    return text.isprintable() and len(re.findall(r"[A-Za-z]{2,}", text)) >= _FEWEST_WORDS


@cache
def _rules() -> _Rules:
    given = yaml.safe_load(files("ingest").joinpath("instructions.yaml").read_text(encoding="utf-8"))
    words = {f"{{{name}}}": pattern for name, pattern in given["words"].items()}

    def compiled(pattern: str) -> re.Pattern[str]:
        for name, meant in words.items():
            pattern = pattern.replace(name, meant)
        return re.compile(pattern, re.VERBOSE | re.DOTALL)

    listed = (
        _Rule(tuple(r["needs"]), tuple(map(compiled, r["patterns"])), r.get("reach", _REACH))
        for r in given["rules"]
    )
    needed = {need for rule in given["rules"] for need in rule["needs"]}
    return _Rules(tuple(listed), compiled(given["spaced"]), WordSearch(needed))
