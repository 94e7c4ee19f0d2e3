"""Names of files are shown and kept on one line, and nothing in them steers a terminal."""

from __future__ import annotations

import os

import pytest

from corpus.file_names import is_text, kept, shown

LATIN = os.fsdecode(b"caf\xe9.md")


def test_only_what_is_no_text_is_told_apart() -> None:
    assert is_text("/manuals/Café 🏠.md")
    assert not is_text(f"/manuals/{LATIN}")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Café – 4.1 🏠.md", "Café – 4.1 🏠.md"),
        (LATIN, r"caf\xe9.md"),
        ("one\ntwo.md", r"one\ntwo.md"),
        ("\x1b[31mred\x07.md", r"\x1b[31mred\x07.md"),
        ("rtl\u202egpj.md", r"rtl\u202egpj.md"),
        ("line\u2028two.md", r"line\u2028two.md"),
    ],
)
def test_what_cannot_be_seen_in_a_name_is_spelt_out(name: str, told: str) -> None:
    assert shown(name) == told
    assert shown(name).encode().isascii() or name == told


@pytest.mark.parametrize(
    ("name", "as_kept"),
    [
        ("4.1 Neglect and how it is recognised in small children", None),
        ("Café.md", None),
        ("one\ntwo\x1b.md", "onetwo.md"),
        (LATIN, "caf.md"),
        ("x" * 250 + ".md", "x" * 150 + ".md"),
        ("x" * 250, "x" * 150),
        ("...", "document"),
        (" .. ", "document"),
        ("\u202e", "document"),
        ("", "document"),
    ],
)
def test_a_name_is_kept_without_what_cannot_be_seen_and_not_too_long(name: str, as_kept: str | None) -> None:
    assert kept(name) == (name if as_kept is None else as_kept)
