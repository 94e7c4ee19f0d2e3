"""The block of `key: value` lines that may open a Markdown file."""

from __future__ import annotations

import re

import yaml

_BLOCK = re.compile(r"\A---[ \t]*\n(.{0,65536}?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def split_front_matter(text: str) -> tuple[dict[str, str], str, str]:
    """The metadata, the body, and a warning that is empty where all is well.

    Front matter that is not valid YAML stays in the body, as text. Values stay as printed: "2.6" and
    2026-03-09 are strings, which is why this uses PyYAML's BaseLoader, that makes nothing else.
    """
    block = _BLOCK.match(text)
    if block is None:
        return {}, text, ""
    try:
        fields = yaml.load(block[1], Loader=yaml.BaseLoader)  # makes only strings, lists and mappings
    except (yaml.YAMLError, RecursionError):
        unfenced = f"{block[1]}\n{text[block.end() :]}"
        return {}, unfenced, "The details at the top of the file are not valid YAML; they were read as text."
    if not isinstance(fields, dict):
        return {}, text, ""
    shown = {str(key).strip().lower(): _shown(value) for key, value in fields.items()}
    return {key: value for key, value in shown.items() if value}, text[block.end() :], ""


def _shown(value: object) -> str:
    """A value on one line; what is nested deeper is left out, since YAML aliases can make it enormous."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return ", ".join(item for item in value if isinstance(item, str))
    return ""
