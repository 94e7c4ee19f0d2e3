"""Chapters edited as their keepers edit them, with a note of every edit, and what the changes say of it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from corpus.changes import Change, ChangeKind, changes_between
from corpus.paragraphs import Paragraph, paragraphs_of
from ingest.readers import read
from ingest.splitting import split
from ingest.structure import structure

_NUMBER = re.compile(r"(?P<stem>\d+\.\d+\.)(?P<last>\d+)(?= )")
ADDED = (
    "Each agency must name one person who reads every amendment of this chapter and tells the teams.",
    "The record should say who was told of the decision, by whom, on which day, and what they answered.",
    "Where two teams hold files on one family, their managers must agree within 3 days which file leads.",
    "A volunteer may bring a friend to the first meeting, provided that the family has agreed beforehand.",
    "Interpreters must be booked through the agreed supplier; siblings are never asked to interpret.",
    "If the telephone line is out of order, the duty manager publishes another number on the home page.",
    "Photographs of a bedroom should be taken only with the carer's knowledge and kept with the record.",
    "Every autumn the training group chooses five closed cases and looks at how this chapter was used.",
    "Staff who feel unsafe during a visit should leave at once and ring their manager from a safe place.",
    "The school nurse may see the pupil in the lunch break, so that no lesson is missed.",
    "Letters to families must be written in plain words and must not be longer than two pages.",
    "An out-of-area placement is reported to both health boards on the day on which it begins.",
)


@dataclass
class Unit:
    """A heading or numbered paragraph with all that belongs to it, as it is written in the file."""

    text: str
    edit: ChangeKind | None = None
    is_numbered: bool = True
    was: str = ""

    @property
    def number(self) -> str:
        found = _NUMBER.match(self.text)
        return found.group() if found else ""


@dataclass
class Chapter:
    """A chapter's file taken apart; `edit` notes what it does."""

    head: str
    units: list[Unit]
    gone: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, source: str) -> Chapter:
        """From a chapter in Markdown whose paragraphs are numbered one after another."""
        end = source.index("\n---\n", 4) + 5
        front, body = source[:end], source[end:]
        units: list[Unit] = []
        for block in body.strip().split("\n\n"):
            if block.startswith("#"):
                units.append(Unit(block, is_numbered=False))
            elif _NUMBER.match(block):
                units.append(Unit(block, was=_NUMBER.match(block).group()))  # type: ignore[union-attr]
            else:
                units[-1].text += f"\n\n{block}"
        return cls(front, units)

    def text(self) -> str:
        """The file, its paragraphs numbered anew."""
        count = 0
        for unit in self.units:
            if unit.is_numbered:
                count += 1
                unit.text = _NUMBER.sub(lambda match, n=count: f"{match['stem']}{n}", unit.text, count=1)
        return self.head + "\n" + "\n\n".join(unit.text for unit in self.units) + "\n"

    def plain(self) -> list[int]:
        """Places of numbered paragraphs that nobody has touched and that are prose alone."""
        return [
            at
            for at, unit in enumerate(self.units)
            if unit.is_numbered
            and unit.edit is None
            and "\n\n" not in unit.text
            and len(unit.text.split()) > 25
        ]

    def add(self, at: int, words: str) -> None:
        stem = _NUMBER.match(self.units[at].text)
        assert stem
        self.units.insert(at + 1, Unit(f"{stem['stem']}0 {words}", ChangeKind.ADDED))

    def remove(self, at: int) -> None:
        self.gone.append(self.units.pop(at).was)

    def move(self, at: int, by: int) -> None:
        """Past `by` other numbered paragraphs, headings not counted."""
        unit = self.units.pop(at)
        unit.edit = ChangeKind.MOVED
        while by:
            at += 1
            by -= self.units[at].is_numbered
        self.units.insert(at + 1, unit)

    def reword(self, at: int, how: Callable[[str], str]) -> None:
        unit = self.units[at]
        changed = how(unit.text)
        assert changed != unit.text
        unit.text, unit.edit = changed, ChangeKind.REWORDED

    def expected(self) -> set[tuple[ChangeKind, str]]:
        """Kind and number of every change: the new number, or the old one of what was removed."""
        found = {(ChangeKind.REMOVED, number) for number in self.gone}
        for unit in self.units:
            if unit.edit is not None:
                found.add((unit.edit, unit.number))
            elif unit.is_numbered and unit.number != unit.was:
                found.add((ChangeKind.RENUMBERED, unit.number))
        return found


def harden(text: str) -> str:
    """Another binding verb: one word, and all the difference; a new duty where there is no such verb."""
    found = re.sub(r"\b(should|must|may)\b", lambda v: "must" if v[0] != "must" else "should", text, count=1)
    return found if found != text else f"{text} This must be recorded."


def other_limit(text: str) -> str:
    """Another number of days, or one more clause where there is none."""
    found = re.sub(
        r"\b(\d+) (working days?|days|hours|weeks|months)\b",
        lambda m: f"{int(m[1]) + 2} {m[2]}",
        text,
        count=1,
    )
    return found if found != text else f"{text} This must happen within 6 working days."


def rewrite(text: str) -> str:
    """A third of the words given another order or left out, as an editor does who shortens."""
    number, _, words = text.partition(" ")
    sentences = re.split(r"(?<=[.?!]) ", words)
    kept = sentences[:-1] if len(sentences) > 2 else sentences
    kept[0] = "In every case, " + kept[0][0].lower() + kept[0][1:]
    return f"{number} {' '.join(kept)}"


def spell(text: str) -> str:
    """One letter."""
    at = text.rindex("e")
    return text[:at] + "ee" + text[at + 1 :]


HOW = (harden, other_limit, rewrite, spell)


def edit(chapter: Chapter, rng: random.Random, counts: dict[ChangeKind, int]) -> None:
    """So many edits of each kind, at places that leave their neighbours alone."""
    for _ in range(counts.get(ChangeKind.REWORDED, 0)):
        chapter.reword(rng.choice(chapter.plain()), rng.choice(HOW))
    for _ in range(counts.get(ChangeKind.MOVED, 0)):
        places = [at for at in chapter.plain() if sum(u.is_numbered for u in chapter.units[at:]) > 6]
        chapter.move(rng.choice(places), rng.randint(3, 5))
    for _ in range(counts.get(ChangeKind.REMOVED, 0)):
        chapter.remove(rng.choice(chapter.plain()))
    for _ in range(counts.get(ChangeKind.ADDED, 0)):
        chapter.add(rng.choice(chapter.plain()), rng.choice(ADDED))


def units_of(data: bytes, name: str) -> list[Paragraph]:
    """As an ingest would compare them."""
    document = structure(read(data, name), name)
    return paragraphs_of(document.text, document.sections, split("x", document))


def told(old: bytes, new: bytes, name: str) -> list[Change]:
    """What the changes say."""
    return changes_between(units_of(old, name), units_of(new, name))


@dataclass
class Score:
    """Counts over all documents; `missed` and `false` name what went wrong."""

    right: int = 0
    missed: list[object] = field(default_factory=list)
    false: list[object] = field(default_factory=list)

    def count(self, expected: set[tuple[ChangeKind, str]], found: set[tuple[ChangeKind, str]]) -> None:
        self.right += len(expected & found)
        self.missed += sorted(expected - found)
        self.false += sorted(found - expected)

    @property
    def precision(self) -> float:
        return self.right / ((self.right + len(self.false)) or 1)

    @property
    def recall(self) -> float:
        return self.right / ((self.right + len(self.missed)) or 1)

    def __str__(self) -> str:
        figures = f"{self.right} right, precision {self.precision:.4f}, recall {self.recall:.4f}"
        return f"{figures}, missed {self.missed}, false {self.false}"
