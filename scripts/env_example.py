"""Write `.env.example` from the declarations in `corpus.settings`: `python -m scripts.env_example`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic_core import PydanticUndefined

from corpus.settings import NESTED, PREFIX, Settings, known_names

EXAMPLE = Path(__file__).resolve().parents[1] / ".env.example"
_PREFACE = """\
# All settings, with their defaults. Copy this file to `.env` and take the # from the lines to change;
# the same names work as environment variables, which come first.
"""


def example() -> str:
    """The file's text: each name with what it is for, and its default where that is the same everywhere."""
    written = defaults()
    entries = [f"# {purpose}\n# {name}={written[name]}\n" for name, purpose in known_names().items()]
    return "\n".join([_PREFACE, *entries])


def defaults() -> dict[str, str]:
    """Each name's default as it is written in a `.env` file; nothing where there is none."""
    found: dict[str, str] = {}
    for name, field in Settings.model_fields.items():
        inner = getattr(field.annotation, "model_fields", None)
        for key, each in inner.items() if inner else [("", field)]:
            full = f"{PREFIX}{name}{NESTED}{key}" if key else f"{PREFIX}{name}"
            found[full.upper()] = _written(each.default)
    return found


def _written(default: Any) -> str:
    if default is None or default is PydanticUndefined:
        return ""
    text = ",".join(default) if isinstance(default, tuple) else str(default)
    return f'"{text}"' if " " in text else text


if __name__ == "__main__":
    EXAMPLE.write_text(example())
