"""The subjects of child safeguarding, and how people tell of them when they do not use the manual's words.

A procedure speaks of "non-engagement"; a lead writes that nobody opened the door. `signs/*.yaml` stands
between the two. It only decides which procedures are looked at: whatever is shown is quoted from the
procedures themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

BACKGROUND = "background"
"""What says nothing about which procedure applies."""


@dataclass(frozen=True, slots=True)
class Subject:
    """`terms` are the words by which procedures speak of the subject, `cues` settle it where a situation
    uses them, `hints` only point to it; `signs` are sentences as people write them; `ask` is what one would
    need to know to decide. `general`: many manuals have no procedure of its own for it."""

    name: str
    terms: tuple[re.Pattern[str], ...]
    cues: tuple[re.Pattern[str], ...]
    hints: tuple[re.Pattern[str], ...]
    signs: tuple[str, ...]
    ask: str
    general: bool = False

    def share_of(self, title: str) -> float:
        """Which share of a title, by letters, its words for the subject make up, 0 to 1."""
        found = (match[0] for term in self.terms for match in term.finditer(title))
        return max(map(len, found), default=0) / max(1, len(title))

    def mentions_in(self, text: str) -> int:
        """How often a text speaks of the subject."""
        return sum(len(term.findall(text)) for term in self.terms)


@dataclass(frozen=True, slots=True)
class Example:
    """A situation, or a piece of one, and the names of the subjects that it is about."""

    text: str
    subjects: tuple[str, ...]


@cache
def load_examples() -> tuple[Example, ...]:
    """Situations of the development half, each whole and each by the pieces that settle it."""
    text = files("assistant.applicable").joinpath("examples.yaml").read_text(encoding="utf-8")
    found = []
    for entry in yaml.safe_load(text):
        found.append(Example(entry["situation"], tuple(entry["why"])))
        found += [Example(piece, (subject,)) for subject, piece in entry["why"].items()]
    return tuple(found)


@cache
def load_subjects() -> tuple[Subject, ...]:
    """All subjects, in the order of their names."""
    found: list[Subject] = []
    folder = files("assistant.applicable").joinpath("signs")
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.endswith(".yaml"):
            for name, entry in yaml.safe_load(path.read_text(encoding="utf-8")).items():
                found.append(
                    Subject(
                        name,
                        _compiled(entry["terms"]),
                        _compiled(entry["cues"]),
                        _compiled(entry.get("hints", ())),
                        tuple(entry["signs"]),
                        entry["ask"],
                        entry.get("general", False),
                    )
                )
    return tuple(sorted(found, key=lambda subject: subject.name))


def _compiled(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
