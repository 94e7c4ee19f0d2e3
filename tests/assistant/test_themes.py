"""The themes of a partnership's own list."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.themes import Themes
from corpus.errors import SettingsError


def test_a_partnership_s_own_list_takes_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "themes.yaml").write_text("Water: [river, canal]\n1: [one]\n", encoding="utf-8")

    themes = Themes.load(tmp_path)

    assert list(themes.by_name) == ["Water", "1"]
    assert themes.of("Two rivers") == ["Water"]


@pytest.mark.parametrize("written", ["", "river", "[1, 2]", "[[river]]", "{river: canal}", "[null]"])
def test_a_theme_without_a_list_of_words_is_told_with_its_name(written: str, tmp_path: Path) -> None:
    (tmp_path / "themes.yaml").write_text(f"Water: {written}\n", encoding="utf-8")

    with pytest.raises(SettingsError, match=r"The theme Water in themes\.yaml has no list of words"):
        Themes.load(tmp_path)
