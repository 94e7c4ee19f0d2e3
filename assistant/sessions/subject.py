"""From what was asked for to the reviews, learning and rules that the session is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.sessions.finder import Finder
from assistant.sessions.material import Briefing, Learning
from assistant.sessions.pack import ChangeOf, SessionRequest
from assistant.sessions.rules import Chapter, Rule
from assistant.sessions.sayings import sayings
from assistant.sessions.sources import Shelf, Source, Words
from assistant.sessions.timing import Amounts
from assistant.sessions.titles import short_title
from corpus.changes import ChangeKind
from corpus.documents import Kind
from corpus.errors import NoMaterial
from corpus.register import Register

_CHANGES = 500
_NEAREST = 3
_NEAR_ENOUGH = 0.6
# So many are named in the title of a session on several.
_FEW = 2


@dataclass(frozen=True, slots=True)
class Altered:
    """A paragraph that a version changed: its words there and in the version before."""

    kind: ChangeKind
    anchor: str
    before: Words | None
    after: Words | None


@dataclass(frozen=True, slots=True)
class Subject:
    """`purpose` names the saying that the session opens with. `learning` are the points that it is about;
    `whole` tells that all of each briefing belongs to it; `matter` is the theme or procedure where there is
    one. `rules` are set where procedures were asked for: all that they ask; of a change, what they ask
    besides, and `changed` what they ask in the words that changed."""

    title: str
    purpose: str
    briefings: tuple[Briefing, ...]
    learning: tuple[Learning, ...]
    whole: bool = True
    matter: str = ""
    chapters: tuple[Chapter, ...] = ()
    rules: tuple[Rule, ...] = ()
    altered: tuple[Altered, ...] = ()
    changed: tuple[Rule, ...] = ()

    def about(self, briefing: Briefing) -> str:
        """What of this review it is about: the theme or the procedure, and the review's points."""
        points = [point.heading.text for point in self.learning if point.source is briefing.source]
        return ". ".join(filter(None, [self.matter, *points]))

    @property
    def least(self) -> float:
        """How near to it, beside the nearest, a review's points for discussion and recommendations have to
        be; those of a review that was chosen are about it all the same."""
        return 0.0 if self.whole else _NEAR_ENOUGH

    @property
    def is_procedure(self) -> bool:
        """Whether it is about what procedures ask, and not about what changed in one or was learned."""
        return bool(self.rules) and not self.whole and not self.altered

    @property
    def is_one_review(self) -> bool:
        return self.whole and len(self.briefings) == 1


class Subjects:
    """Finds the subject of a request. Raises NoMaterial where the library holds nothing for it."""

    def __init__(self, register: Register, shelf: Shelf, finder: Finder) -> None:
        self._register = register
        self._shelf = shelf
        self._finder = finder

    def of(self, request: SessionRequest, most: Amounts) -> Subject:
        """Raises NotFound where a document does not exist, NoMaterial where there is nothing to work with."""
        if request.change:
            return self._of_change(request.change)
        if request.documents:
            return self._of_documents(request.documents, most)
        return self._of_theme(request.theme, most)

    def _of_documents(self, ids: tuple[str, ...], most: Amounts) -> Subject:
        sources = [self._shelf.source(each) for each in dict.fromkeys(ids)]
        briefings = [Briefing(each) for each in sources if each.kind is Kind.BRIEFING]
        chapters = [Chapter(each) for each in sources if each.kind is not Kind.BRIEFING]
        if not briefings:
            return self._of_chapters(chapters, most)
        learning = _of_all(briefings, most.messages)
        if not learning:
            raise NoMaterial("No learning could be found in this document.", "Choose another one.")
        name = "document" if len(briefings) == 1 else "documents"
        title = _title_of_reviews([each.source for each in briefings])
        rules = tuple(rule for chapter in chapters for rule in chapter.rules)
        return Subject(title, name, tuple(briefings), learning, chapters=tuple(chapters), rules=rules)

    def _of_theme(self, theme: str, most: Amounts) -> Subject:
        learning, briefings = self._bearing([theme], most)
        if not learning:
            nearest = "; ".join(each.title for each in self._finder.nearest(theme, _NEAREST))
            near = f" These come nearest, and may not be on it: {nearest}." if nearest else ""
            raise NoMaterial(
                "No review in the library clearly has learning on this theme.",
                f"Try other words for it, or choose a review or a procedure.{near}",
            )
        title = sayings()["titles"]["theme"].format(theme=theme)
        return Subject(title, "theme", briefings, learning, whole=False, matter=theme)

    def _of_chapters(self, chapters: list[Chapter], most: Amounts) -> Subject:
        rules = tuple(rule for chapter in chapters for rule in chapter.rules)
        if not rules:
            raise NoMaterial(
                "This document says of nothing that it must, should or may be done.", "Choose another one."
            )
        titles = [chapter.source.title for chapter in chapters]
        matter = "; ".join(titles)
        learning, briefings = self._bearing(titles, most)
        said = sayings()["titles"]["procedures" if len(titles) > _FEW else "procedure"]
        return Subject(
            said.format(title=matter, count=len(titles)),
            "procedure",
            briefings,
            learning,
            whole=False,
            matter=matter,
            chapters=tuple(chapters),
            rules=rules,
        )

    def _of_change(self, change: ChangeOf) -> Subject:
        new = self._shelf.source(change.document, change.version)
        old = self._shelf.source(change.document, change.version - 1) if change.version > 1 else new
        recorded = self._register.changes(change.document, _CHANGES)
        altered = [
            Altered(
                each.change.kind,
                each.change.anchor,
                _found(old, each.change.before),
                _found(new, each.change.after),
            )
            for each in reversed(recorded)
            if each.version == change.version and not _is_table(each.change.after or each.change.before or "")
        ]
        if not altered:
            raise NoMaterial("This version changed no paragraph.", "`assistant changes` lists all changes.")
        chapter = Chapter(new)
        spans = [each.after for each in altered if each.after]
        changed = [each for each in chapter.rules if any(_is_in(each, span) for span in spans)]
        beside = _beside(chapter, changed)
        title = sayings()["titles"]["change"].format(title=new.title)
        return Subject(
            title,
            "change",
            briefings=(),
            learning=(),
            whole=False,
            matter=new.title,
            chapters=(chapter,),
            rules=beside,
            altered=tuple(altered),
            changed=tuple(changed),
        )

    def _bearing(
        self, themes: Sequence[str], most: Amounts
    ) -> tuple[tuple[Learning, ...], tuple[Briefing, ...]]:
        """The learning that bears on any of them, that of the best review first, and the reviews."""
        reviews = [each for theme in themes for each in self._finder.bearing(theme)]
        order = list(dict.fromkeys(each.source.id for each in reviews))[: most.reviews]
        bears = [point for each in reviews if each.source.id in order for point in each.bears]
        found = {each.learning.key: each.learning for each in sorted(bears, key=lambda each: -each.score)}
        learning = sorted(
            list(found.values())[: most.messages],
            key=lambda point: (order.index(point.source.id), point.number),
        )
        kept = dict.fromkeys(point.source.id for point in learning)
        return tuple(learning), tuple(self._finder.briefings[each] for each in kept)


def _title_of_reviews(sources: list[Source]) -> str:
    """With their names, as long as there are few."""
    said = sayings()["titles"]
    if len(sources) == 1:
        return str(said["document"].format(title=sources[0].title))
    if len(sources) > _FEW:
        return str(said["documents"].format(count=len(sources)))
    return str(said["two"].format(titles="; ".join(short_title(each.title) for each in sources)))


def _of_all(briefings: list[Briefing], most: int) -> tuple[Learning, ...]:
    """All points of one review; of several, the first of each in turn, as many as there is room for."""
    points = [point for each in briefings for point in each.learning]
    if len(briefings) > 1:
        points = sorted(points, key=lambda point: point.number)[:most]
    order = [each.source.id for each in briefings]
    return tuple(sorted(points, key=lambda point: (order.index(point.source.id), point.number)))


def _is_in(rule: Rule, span: Words) -> bool:
    return span.start <= rule.words.start < span.end


def _beside(chapter: Chapter, changed: list[Rule]) -> tuple[Rule, ...]:
    """What the chapter asks under the headings where it changed; where that is all that changed, what it asks
    elsewhere."""
    others = tuple(each for each in chapter.rules if each not in changed)
    headings = {each.heading for each in changed}
    return tuple(each for each in others if each.heading in headings) or others


def _is_table(text: str) -> bool:
    """The list of amendments, above all: it says again what the other changes say."""
    return " | " in text


def _found(source: Source, text: str | None) -> Words | None:
    if text is None:
        return None
    start = source.version.text.find(text)
    return source.words(start, start + len(text)) if start >= 0 else None
