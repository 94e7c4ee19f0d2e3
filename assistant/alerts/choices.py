"""What can be followed: all documents, a theme, a chapter, a document; and what each is called."""

from __future__ import annotations

import re

from sqlalchemy import select

from assistant.alerts.digest import interest_in_words
from assistant.alerts.interest import Interest, Scope
from assistant.themes import Themes
from corpus.database import transaction
from corpus.errors import NotFound
from corpus.register import Register
from corpus.tables import documents, sections, versions

_CHAPTER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}")
_HOW = "Write all, document:ID, chapter:NUMBER or theme:NAME."


class Choices:
    """Over what is in the library now. An interest is written as `all`, `theme:Neglect`, `chapter:2.7` or
    `document:ID`."""

    def __init__(self, register: Register, themes: Themes) -> None:
        self._register = register
        self._themes = themes

    def interest(self, about: str) -> Interest:
        """Raises NotFound for what nothing is or ever was about."""
        name, _, target = about.partition(":")
        if name not in set(Scope):
            raise NotFound("That cannot be followed.", _HOW)
        scope, target = Scope(name), target.strip()
        if scope is Scope.DOCUMENT:
            target = self._register.document(target).id
        if scope is Scope.CHAPTER and not _CHAPTER.fullmatch(target):
            raise NotFound("That is no chapter.", "Write its printed number, such as chapter:2.7.")
        if scope is Scope.THEME and target not in self._themes.by_name:
            raise NotFound("There is no such theme.", f"There are: {', '.join(self._themes.by_name)}.")
        return Interest(scope, "" if scope is Scope.ALL else target)

    def in_words(self, interest: Interest) -> str:
        """Such as "chapter 2.7"."""
        return interest_in_words(interest, self.title(interest))

    def title(self, interest: Interest) -> str:
        """The document's title; empty where the interest is in no document of the library."""
        if interest.scope is not Scope.DOCUMENT:
            return ""
        try:
            return self._register.document(interest.target).title
        except NotFound:
            return ""

    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Headings with their (written, called), for a list to choose from."""
        live = [document for document in self._register.documents() if not document.withdrawn]
        return [
            ("Everything", [("all", "All documents")]),
            ("Themes", [(f"theme:{name}", name) for name in self._themes.by_name]),
            ("Chapters", [(f"chapter:{number}", f"{number} {name}") for number, name in self._chapters()]),
            ("Documents", [(f"document:{document.id}", document.title) for document in live]),
        ]

    def _chapters(self) -> list[tuple[str, str]]:
        """Printed numbers of the highest headings, with the words that follow the number."""
        query = (
            select(sections.c.number, sections.c.heading)
            .join(versions, versions.c.id == sections.c.version_id)
            .join(documents, documents.c.current == versions.c.id)
            .where(documents.c.withdrawn.is_(False), sections.c.level <= 2, sections.c.number.is_not(None))
        )
        with transaction(self._register.engine) as connection:
            found = {
                row.number: row.heading.removeprefix(row.number).strip(" .:")
                for row in connection.execute(query)
                if row.heading and _CHAPTER.fullmatch(row.number) and row.number.count(".") <= 1
            }
        return sorted(found.items(), key=lambda item: [int(part) for part in item[0].split(".")])
