"""What a subscription is about, and what of the news that concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.alerts.news import News, Sort
from assistant.themes import Themes, stems_of
from corpus.changes import Change


class Scope(StrEnum):
    ALL = "all"
    DOCUMENT = "document"
    CHAPTER = "chapter"
    THEME = "theme"


@dataclass(frozen=True, slots=True)
class Interest:
    """`target` is a document's id, a chapter's printed number ("2.7", or "2" for all of part 2), or a theme's
    name; empty for all documents."""

    scope: Scope
    target: str = ""


def concerning(news: Iterable[News], interest: Interest, themes: Themes) -> Iterator[News]:
    """What of the news the interest is about, each with the changes that it is about alone."""
    for each in news:
        if _is_whole(each, interest):
            yield each
        elif changes := tuple(c for c in each.changes if _is_about(each, c, interest, themes)):
            yield replace(each, changes=changes)
        elif each.sort is not Sort.CHANGED and _is_whole_about(each, interest, themes):
            yield each


def _is_whole(news: News, interest: Interest) -> bool:
    if interest.scope is Scope.DOCUMENT:
        return news.document_id == interest.target
    return interest.scope is Scope.ALL


def _is_about(news: News, change: Change, interest: Interest, themes: Themes) -> bool:
    place = news.places.get(change.anchor)
    if interest.scope is Scope.CHAPTER:
        return _is_under(place.numbers if place else (change.anchor,), interest.target)
    theme = themes.by_name.get(interest.target) if interest.scope is Scope.THEME else None
    headings = " . ".join((news.title, *place.headings) if place else (news.title,))
    texts = filter(None, (headings, change.before, change.after))
    return theme is not None and any(theme.is_in(stems_of(text)) for text in texts)


def _is_whole_about(news: News, interest: Interest, themes: Themes) -> bool:
    """A document that is new or withdrawn is judged by its numbers or by its headings."""
    if interest.scope is Scope.CHAPTER:
        return any(_is_under(place.numbers, interest.target) for place in news.places.values())
    headings = {news.title, *(heading for place in news.places.values() for heading in place.headings)}
    theme = themes.by_name.get(interest.target)
    return theme is not None and any(theme.is_in(stems_of(heading)) for heading in headings)


def _is_under(numbers: Iterable[str], chapter: str) -> bool:
    return any(number == chapter or number.startswith(f"{chapter}.") for number in numbers)
