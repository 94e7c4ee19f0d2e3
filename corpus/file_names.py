"""Names of files as they are shown and kept: on one line, nothing in them steers a terminal or turns text."""

from __future__ import annotations

import os
import unicodedata

_JOINERS = "\u200c\u200d"
"""Part of the spelling in Arabic, Persian or Bengali, and of some pictures."""
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_LONGEST = 150
_LONGEST_SUFFIX = 10
_NO_NAME = "document"


def is_text(path: str | os.PathLike[str]) -> bool:
    """Whether a path is valid Unicode. Linux allows any bytes, which no database takes."""
    try:
        os.fspath(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def shown(path: str | os.PathLike[str]) -> str:
    """A path as it is told to people: what cannot be seen in it is spelt out, as in `caf\\xe9.md`."""
    return "".join(_spelt(each) if _is_unshown(each) else each for each in os.fspath(path))


def kept(name: str) -> str:
    """A file's own name, of a length that can be shown and without what cannot be seen."""
    plain = "".join(each for each in name if not _is_unshown(each)).strip()
    if len(plain) > _LONGEST:
        stem, dot, suffix = plain.rpartition(".")
        plain = f"{stem[:_LONGEST]}{dot}{suffix[:_LONGEST_SUFFIX]}" if stem else plain[:_LONGEST]
    return plain if plain.strip(". ") else _NO_NAME


def _is_unshown(character: str) -> bool:
    return unicodedata.category(character) in _UNSHOWN and character not in _JOINERS


def _spelt(character: str) -> str:
    if "\udc80" <= character <= "\udcff":  # how Python keeps a byte that is no text
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode()
