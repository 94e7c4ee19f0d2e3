"""In what letters a text is written: what embeds it has learned English, and takes any other for noise."""

from __future__ import annotations

import unicodedata


def has_latin_letters(text: str) -> bool:
    """Whether any of it could be English."""
    return any(unicodedata.name(letter, "").startswith("LATIN") for letter in text if letter.isalpha())


def is_in_other_letters(text: str) -> bool:
    """Whether it is written, and in none that English is written in."""
    return any(map(str.isalpha, text)) and not has_latin_letters(text)
