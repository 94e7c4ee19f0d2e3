"""Lists that a partnership may replace by its own: themes, replaced guidance, bodies that are no more."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from corpus.errors import SettingsError


def read_list(name: str, folder: Path | None = None) -> dict[str, Any]:
    """The mapping in the file `name` of `folder`, or the built-in one where the folder has none.

    Raises SettingsError where the file cannot be read or holds no mapping.
    """
    own = folder / name if folder else None
    try:
        if folder is not None and not folder.is_dir():
            raise SettingsError(
                f"The folder of lists {folder} is not there.", "See ASSISTANT_REPORTS__LISTS."
            )
        text = own.read_text("utf-8") if own and own.is_file() else _built_in(name)
        found = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(f"The list {own} cannot be read: {type(error).__name__}.") from error
    if not isinstance(found, dict):
        raise SettingsError(f"The list {own} holds no names with their entries.", f"See {name} in the docs.")
    return found


def _built_in(name: str) -> str:
    return files("assistant").joinpath(name).read_text(encoding="utf-8")
