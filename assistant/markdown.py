"""Text put into Markdown so that none of it is read as marks."""

from __future__ import annotations

import re

# What Markdown would take for marks: everywhere, and at the beginning of a line.
_MARKS = re.compile(r"[\\`*_<>\[\]#&|~]")
_FIRST = re.compile(r"^(\s*\d*)([.)+-])(?=[\s-]|$)", re.MULTILINE)


def escaped(text: str, indent: str = "") -> str:
    """As it stands for whoever reads the page; `indent` goes before each line but the first."""
    escaped = _FIRST.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", text))
    return escaped.replace("\n", f"\n{indent}")
