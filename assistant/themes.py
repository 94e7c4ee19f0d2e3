"""The themes that alerts and reports know, and whether a text is about one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import Stemmer

from assistant.lists import read_list
from assistant.remembering import remembered
from corpus.errors import SettingsError

_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")


@dataclass(frozen=True, slots=True)
class Theme:
    """`phrases` are stems with a blank around each, ready to be looked for in a text's stems."""

    name: str
    phrases: tuple[str, ...]

    def is_in(self, stems: str) -> bool:
        """Whether the stems of a text, as `stems_of` gives them, hold one of the phrases."""
        return any(phrase in stems for phrase in self.phrases)


class Themes:
    """All themes, by name."""

    def __init__(self, themes: Iterable[Theme]) -> None:
        self.by_name = {theme.name: theme for theme in themes}

    @classmethod
    def load(cls, lists: Path | None = None) -> Self:
        """From `themes.yaml`, or the file of that name in `lists`. Raises SettingsError."""
        found = read_list("themes.yaml", lists)
        for name, terms in found.items():
            if not (isinstance(terms, list) and all(isinstance(term, str) for term in terms)):
                raise SettingsError(
                    f"The theme {name} in themes.yaml has no list of words.",
                    f"Write them like this: {name}: [one word, some words].",
                )
        return cls(Theme(str(name), tuple(stems_of(term) for term in terms)) for name, terms in found.items())

    def of(self, text: str) -> list[str]:
        """Names of the themes that the text is about."""
        stems = stems_of(text)
        return [name for name, theme in self.by_name.items() if theme.is_in(stems)]


@remembered(4_096, longest=1_500)
def stems_of(text: str) -> str:
    """The stems of all words in order, each between blanks."""
    stemmer = Stemmer.Stemmer("english")
    return f" {' '.join(stemmer.stemWords(_WORD.findall(text.casefold())))} "
