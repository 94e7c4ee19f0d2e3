"""The words and set phrases of everything that is current, counted: what questions are spelt and expanded by.

Derived from the register: kept beside the keyword index as one file, brought in step document by document,
and made anew where it is missing or cannot be read.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from corpus.abbreviations import CONNECTORS, explained_in, words_of
from corpus.passages import Passage
from corpus.register import Register
from corpus.room import write_whole

log = logging.getLogger(__name__)

_LONGEST_PHRASE = 5
_OFTEN_IN_ONE_DOCUMENT = 3
_SECONDS_BETWEEN_LOOKS = 5.0
_FUNCTION_WORDS = frozenset(
    "about after again all also am any are as at be because been before being but can could did do does "
    "done down each few from get had has have he her here him his how i if into is it its may me might more "
    "most must my no nor not now off once only other our out over own same shall she should so some such "
    "than that their them then there these they this those through too under until up us very was we were "
    "what when where which while who whom why will with within without would you your see".split()
)


@dataclass(frozen=True, slots=True)
class Terms:
    """Of one text or many. `words` counts the passages that a word stands in; `phrases` how often a run of
    two to five words occurs that is a heading's or recurs in its document; `abbreviations` is keyed by
    (short, long). All are lower-case."""

    words: Counter[str] = field(default_factory=Counter)
    phrases: Counter[str] = field(default_factory=Counter)
    abbreviations: Counter[tuple[str, str]] = field(default_factory=Counter)

    @classmethod
    def of(cls, passages: Iterable[Passage]) -> Self:
        """Of one document's passages."""
        terms, runs = cls(), Counter[str]()
        headings: set[str] = set()
        for passage in passages:
            words = words_of(passage.text)
            headings.update(passage.trail)
            terms.words.update({*words, *words_of(" ".join(passage.trail))})
            runs.update(_runs(words))
            terms.abbreviations.update(explained_in(passage.text))
        named = {run for heading in headings for run in _runs(words_of(heading))}
        kept = (run for run in runs.keys() | named if run in named or runs[run] >= _OFTEN_IN_ONE_DOCUMENT)
        terms.phrases.update({run: runs[run] + (run in named) for run in kept})
        return terms

    def with_changes(self, added: Iterable[Self], removed: Iterable[Self]) -> Terms:
        """A copy with these counted in and those out."""
        changed = Terms(Counter(self.words), Counter(self.phrases), Counter(self.abbreviations))
        for terms in added:
            changed.words.update(terms.words)
            changed.phrases.update(terms.phrases)
            changed.abbreviations.update(terms.abbreviations)
        for terms in removed:
            changed.words.subtract(terms.words)
            changed.phrases.subtract(terms.phrases)
            changed.abbreviations.subtract(terms.abbreviations)
        return Terms(+changed.words, +changed.phrases, +changed.abbreviations)


class Vocabulary:
    """The terms of all live documents, kept in `path`. `clock` gives seconds that never go back.

    `terms` looks every few seconds whether another process changed the register, and then catches up beside
    the questions, which meanwhile go by what was known.
    """

    def __init__(self, register: Register, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._register = register
        self._path = path
        self._clock = clock
        self._updating = threading.Lock()
        self._looked_at = clock()
        self._versions, self._terms = _load(path)
        self.update()

    @property
    def terms(self) -> Terms:
        if self._clock() - self._looked_at > _SECONDS_BETWEEN_LOOKS:
            self._looked_at = self._clock()
            threading.Thread(target=self.update, name="vocabulary", daemon=True).start()
        return self._terms

    def update(self) -> None:
        """Count in what became current and out what no longer is."""
        with self._updating:
            self._looked_at = self._clock()
            live = self._register.live_versions()
            if live == self._versions:
                return
            self._terms = self._terms.with_changes(
                (Terms.of(self._register.passages(version)) for version in sorted(live - self._versions)),
                (Terms.of(self._register.passages(version)) for version in sorted(self._versions - live)),
            )
            self._versions = live
            _save(self._path, self._versions, self._terms)


def _runs(words: list[str]) -> Iterable[str]:
    for start in range(len(words)):
        if words[start] in CONNECTORS or words[start] in _FUNCTION_WORDS:
            continue
        for end in range(start + 1, min(start + _LONGEST_PHRASE, len(words))):
            if words[end] in _FUNCTION_WORDS:
                break
            if words[end] not in CONNECTORS:
                yield " ".join(words[start : end + 1])


def _load(path: Path) -> tuple[frozenset[int], Terms]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        pairs = Counter({(short, long): count for short, long, count in kept["abbreviations"]})
        terms = Terms(Counter(kept["words"]), Counter(kept["phrases"]), pairs)
        return frozenset(kept["versions"]), terms
    except FileNotFoundError:
        pass
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("The vocabulary cannot be read (%s); it is made anew.", error)
    return frozenset(), Terms()


def _save(path: Path, versions: frozenset[int], terms: Terms) -> None:
    kept = {
        "versions": sorted(versions),
        "words": terms.words,
        "phrases": terms.phrases,
        "abbreviations": [[short, long, count] for (short, long), count in terms.abbreviations.items()],
    }
    try:
        write_whole(path, json.dumps(kept).encode())
    except OSError as error:
        # It can be made again at any time: questions must not fail for it.
        log.warning("The vocabulary cannot be kept in %s: %s.", path, error.strerror)
