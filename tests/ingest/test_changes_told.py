"""Known edits over chapters of the library and a real document: each is told with its kind, and nothing else.

60 edits of the library's chapters (15 rewordings, 15 moves, 15 removals, 15 additions) and the renumbering of
all that stands behind them; the figures are printed with `pytest -s`.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest

import corpus
from corpus.changes import ChangeKind
from tests.ingest.edits import ADDED, Chapter, Score, edit, harden, told

PROCEDURES = Path(corpus.__file__).parent / "library" / "procedures"
ADD, GONE, MOVED, REWORDED = (
    ChangeKind.ADDED,
    ChangeKind.REMOVED,
    ChangeKind.MOVED,
    ChangeKind.REWORDED,
)


def chapters() -> list[Path]:
    return sorted(PROCEDURES.glob("*.md"))[:15]


@pytest.mark.parametrize("seed", range(2))
def test_sixty_edits_and_their_renumbering_are_told_each_with_its_kind(seed: int) -> None:
    rng = random.Random(seed)
    score, edits = Score(), Counter[ChangeKind]()
    for path in chapters():
        source = path.read_text()
        chapter = Chapter.of(source)
        edit(chapter, rng, {REWORDED: 1, MOVED: 1, GONE: 1, ADD: 1})
        changed = chapter.text()
        found = told(source.encode(), changed.encode(), path.name)
        score.count(chapter.expected(), {(change.kind, change.anchor) for change in found})
        edits.update(kind for kind, _ in chapter.expected())
    print(
        f"\n{dict(edits)}: precision {score.precision:.3f}, recall {score.recall:.3f}",
        score.missed,
        score.false,
    )

    assert sum(edits[kind] for kind in (ADD, GONE, MOVED, REWORDED)) == 60
    assert edits[ChangeKind.RENUMBERED] > 100
    assert (score.precision, score.recall) == (1, 1), (score.missed, score.false)


@pytest.mark.parametrize("kind", [ADD, GONE, MOVED, REWORDED])
def test_many_edits_of_one_kind_in_one_chapter_are_told_apart(kind: ChangeKind) -> None:
    score = Score()
    for seed, path in enumerate(chapters()):
        source = path.read_text()
        chapter = Chapter.of(source)
        edit(chapter, random.Random(seed), {kind: 3})
        found = told(source.encode(), chapter.text().encode(), path.name)
        score.count(chapter.expected(), {(change.kind, change.anchor) for change in found})
    print(f"\n{kind}: {score}")
    assert (score.precision, score.recall) == (1, 1), (score.missed, score.false)


def test_a_chapter_that_gets_another_number_is_renumbered_and_nothing_else() -> None:
    source = (PROCEDURES / "4.2-neglect.md").read_text()
    changed = re.sub(r"\b4\.2(?=[ .])", "4.3", source)

    found = told(source.encode(), changed.encode(), "4.2-neglect.md")

    assert {change.kind for change in found} == {ChangeKind.RENUMBERED}
    assert sum(change.was is not None for change in found) > 25


def test_a_real_document_edited_by_a_script_is_told_edit_by_edit(shared_data: Path) -> None:
    path = shared_data / "guidance" / "Keeping_children_safe_in_education_2025.txt"
    source = path.read_text()
    script = _Script(source, random.Random(5))
    changed = script.edited()

    found = told(source.encode(), changed.encode(), path.name)

    score = Score()
    score.count(script.expected, {(change.kind, change.anchor) for change in found})
    kinds = Counter(kind for kind, _ in script.expected)
    print(
        f"\n{dict(kinds)}: precision {score.precision:.3f}, recall {score.recall:.3f}",
        score.missed,
        score.false,
    )
    assert sum(kinds[kind] for kind in (ADD, GONE, MOVED, REWORDED)) == 40
    assert kinds[ChangeKind.RENUMBERED] > 300
    assert score.precision >= 0.98
    assert score.recall >= 0.98


class _Script:
    """Ten edits of each kind on numbered paragraphs that are prose alone, and all numbers brought in step."""

    def __init__(self, source: str, rng: random.Random) -> None:
        self._rng = rng
        self._head, *self._paragraphs = self._parts(source)
        self._numbers = [str(number) for number in range(1, len(self._paragraphs) + 1)]
        self._edits: list[ChangeKind | None] = [None] * len(self._paragraphs)
        self.expected: set[tuple[ChangeKind, str]] = set()

    @staticmethod
    def _parts(source: str) -> list[str]:
        """Cut where the paragraphs 1., 2., 3. ... begin, one after another."""
        starts, number, at = [], 1, source.index("\n1. ")
        while True:
            found = re.compile(rf"(?m)^{number}\. (?=\S)").search(source, at)
            if found is None or found.start() - at > 20_000:
                break
            starts.append(found.start())
            at, number = found.end(), number + 1
        return [source[a:b] for a, b in zip([0, *starts], [*starts, len(source)], strict=True)]

    def edited(self) -> str:
        for kind in (REWORDED, GONE, ADD, MOVED):
            for _ in range(10):
                self._edit(kind, self._rng.choice(self._plain()))
        text = [self._head]
        for at, paragraph in enumerate(self._paragraphs):
            number = str(at + 1)
            text.append(re.sub(r"^\d+(?=\. )", number, paragraph))
            kind = self._edits[at]
            if kind is not None:
                self.expected.add((kind, number))
            elif self._numbers[at] != number:
                self.expected.add((ChangeKind.RENUMBERED, number))
        return "".join(text)

    def _plain(self) -> list[int]:
        return [
            at
            for at, paragraph in enumerate(self._paragraphs)
            if self._edits[at] is None
            and 25 < len(paragraph.split()) < 90
            and re.fullmatch(r"\d+\. (?:[^\n•]{60,}\n)+[^\n•]{0,90}\.\n", paragraph)
            and re.search(r"\b(?:should|must|may)\b", paragraph)
            and not re.search(r"\n\d", paragraph)
        ]

    def _edit(self, kind: ChangeKind, at: int) -> None:
        if kind is REWORDED:
            self._paragraphs[at] = harden(self._paragraphs[at])
            self._edits[at] = kind
        elif kind is GONE:
            self.expected.add((GONE, self._numbers[at]))
            for column in (self._paragraphs, self._numbers, self._edits):
                del column[at]
        elif kind is ADD:
            words = f"0. {self._rng.choice(ADDED)}\n"
            for column, value in ((self._paragraphs, words), (self._numbers, ""), (self._edits, ADD)):
                column.insert(at + 1, value)  # type: ignore[attr-defined]
        else:
            to = self._rng.choice([place for place in self._plain() if abs(place - at) > 5])
            for column in (self._paragraphs, self._numbers, self._edits):
                column.insert(to, column.pop(at))  # type: ignore[attr-defined]
            self._edits[to] = MOVED
