"""Word's markup: its namespace, and how it says values and toggles."""

from __future__ import annotations

from typing import Final

from ingest.readers.word_package import Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def value(parent: Element | None, tag: str) -> str | None:
    """The `w:val` of a child; None where the child or the value is missing."""
    child = None if parent is None else parent.find(W + tag)
    return None if child is None else child.get(W + "val")


def switched(properties: Element | None, tag: str) -> bool | None:
    """A toggle such as `w:b`: on, off, or None where nothing is said."""
    child = None if properties is None else properties.find(W + tag)
    if child is None:
        return None
    return child.get(W + "val", "true") not in {"0", "false", "off"}
