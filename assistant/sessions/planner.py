"""The plan of a session: its parts in their order, with minutes that add up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import zip_longest
from uuid import uuid4

from sqlalchemy import func, select

from assistant.lists import read_list
from assistant.reports.stale import Outdated
from assistant.sessions.citations import PackCitations
from assistant.sessions.detail import DetailFilter
from assistant.sessions.finder import Finder
from assistant.sessions.material import Learning
from assistant.sessions.pack import NOT_ON_ONE_PAGE, Pack, Part, PartName, SessionRequest
from assistant.sessions.parts.building import Making
from assistant.sessions.parts.case import case
from assistant.sessions.parts.closing import actions, reading
from assistant.sessions.parts.discussion import discussion
from assistant.sessions.parts.exercise import exercise
from assistant.sessions.parts.messages import in_full, messages
from assistant.sessions.parts.opening import notice, purpose
from assistant.sessions.parts.procedures import procedures
from assistant.sessions.parts.quiz import quiz
from assistant.sessions.rules import Rule
from assistant.sessions.sources import Shelf
from assistant.sessions.subject import Subject, Subjects
from assistant.sessions.timing import Amounts, amounts, timed
from assistant.sessions.weighing import weightiest
from assistant.themes import Themes
from corpus.database import transaction
from corpus.settings import RetrievalSettings
from corpus.store import Store
from corpus.tables import runs

# A session on a chapter shows more of it than one on a review shows of all chapters.
_OF_ONE_CHAPTER = 2
# Two columns of A4 hold about 830 with a wide substitute for Arial; some go to headings and sources.
_WORDS_OF_ONE_PAGE, _LONGEST_ON_ONE_PAGE, _LONGEST_OF_ITS_OWN = 700, 45, 60

Step = Callable[[Making], Part | None]

# The notice comes last, for it tells how much the others left out; the session shows it second.
STEPS: tuple[Step, ...] = (
    purpose, case, messages, procedures, discussion, exercise, quiz, actions, in_full, reading, notice
)  # fmt: skip


class Planner:
    """Makes packs from the store as it is now. `signpost` says where help is, `clock` what time it is;
    `themes` and `replaced` are the library's own lists, ours where it has none."""

    def __init__(
        self,
        store: Store,
        settings: RetrievalSettings,
        signpost: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        themes: Themes | None = None,
        replaced: Outdated | None = None,
    ) -> None:
        self._store = store
        self._settings = settings
        self._signpost = signpost
        self._clock = clock
        self._themes = themes
        self._replaced = replaced or Outdated(read_list("outdated.yaml"))

    def plan(self, request: SessionRequest) -> Pack:
        """Raises NotFound where a document does not exist, NoMaterial where there is nothing for it."""
        now = self._clock()
        shelf = Shelf(self._store.register)
        finder = Finder(self._store, self._settings, shelf, self._themes)
        tried = amounts(request.minutes)
        subject = Subjects(self._store.register, shelf, finder).of(request, tried[0])
        found = () if subject.rules else _bearing_rules(subject, request.theme, finder, tried[0])
        for most in tried:
            rules = _rules(request, subject, found, most)
            making = self._making(request, subject, most, finder, rules, now)
            parts = _parts(making)
            if _fits(request, parts):
                break
        return Pack(
            id=uuid4().hex,
            title=subject.title,
            request=request,
            parts=timed(parts, request.format, request.minutes, on_procedure=subject.is_procedure),
            citations=making.citations.all,
            made_at=now,
            run=self._run(),
            left_out=making.detail.left_out,
            on_procedure=subject.is_procedure,
        )

    def _making(
        self,
        request: SessionRequest,
        subject: Subject,
        most: Amounts,
        finder: Finder,
        rules: tuple[Rule, ...],
        now: datetime,
    ) -> Making:
        return Making(
            request=request,
            subject=subject,
            amounts=most,
            finder=finder,
            citations=PackCitations(),
            detail=DetailFilter(keep=request.graphic_detail),
            rules=rules,
            replaced=self._replaced,
            signpost=self._signpost,
            today=now.date(),
        )

    def _run(self) -> int | None:
        with transaction(self._store.register.engine) as connection:
            run: int | None = connection.execute(select(func.max(runs.c.id))).scalar()
            return run


def _parts(making: Making) -> list[Part]:
    made = {each.name: each for each in (step(making) for step in STEPS) if each is not None}
    return [made[name] for name in PartName if name in made]


def _fits(request: SessionRequest, parts: list[Part]) -> bool:
    """Whether a briefing of one page stays on it."""
    if not request.is_one_page:
        return True
    shown = [item for part in parts if part.name not in NOT_ON_ONE_PAGE for item in part.items]
    words = sum(len(f"{item.label} {item.quote} {item.text}".split()) for item in shown)
    return words <= _WORDS_OF_ONE_PAGE


def _rules(
    request: SessionRequest, subject: Subject, found: Sequence[Rule], most: Amounts
) -> tuple[Rule, ...]:
    """The weightiest of the procedures that were asked for; else the first of those that were found."""
    rules = subject.rules or found
    if request.is_one_page:
        longest = _LONGEST_OF_ITS_OWN if subject.rules else _LONGEST_ON_ONE_PAGE
        short = [each for each in rules if len(each.text.split()) <= longest]
        rules = tuple(short) or rules
    if not subject.rules:
        return _by_chapter(rules[: most.rules])
    share = 1 if subject.altered else _OF_ONE_CHAPTER
    return tuple(weightiest(rules, most.rules * share))


def _by_chapter(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """That of the first rule first; those of one chapter in reading order."""
    order = list(dict.fromkeys(rule.source.id for rule in rules))
    return tuple(sorted(rules, key=lambda rule: (order.index(rule.source.id), rule.words.start)))


def _bearing_rules(subject: Subject, theme: str, finder: Finder, most: Amounts) -> tuple[Rule, ...]:
    """What procedures ask that bears on the theme, on learning and on recommendations."""
    named = {number for each in subject.briefings for number in each.chapters}
    points = [_told(each) for each in subject.learning]
    if theme:
        points.insert(0, theme)
    if subject.whole:
        asked = [words.text for each in subject.briefings for _, words in each.recommendations]
        points = [each for pair in zip_longest(points, asked) for each in pair if each is not None]
    return tuple(finder.rules(points, named, most.rules))


def _told(point: Learning) -> str:
    """All of it: headings are figures of speech ("He was in the house and not in the file")."""
    return ". ".join([point.heading.text, *(words.text for words in point.sentences)])
