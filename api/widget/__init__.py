"""The chat widget: its modules put together as one script, with its style, its words and the local numbers.

There is no build step: the script is made when the service starts, from the files of this folder.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from assistant.answers import Replies
from corpus.settings import Settings

FOLDER = Path(__file__).parent
_ENTRY = "widget.js"
# Made here, not read from a file.
_SERVED = "served.js"
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|class|const)", re.MULTILINE)
_COMMENT = re.compile(r"^\s*(?://.*|/\*\*.*\*/)\n", re.MULTILINE)
_STYLE_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_INDENT = re.compile(r"^\s+", re.MULTILINE)


class Script:
    """What `/widget.js` answers: the script, the same gzipped, and a tag that changes with it."""

    def __init__(self, settings: Settings, replies: Replies) -> None:
        self.plain = bundle(_constants(settings, replies)).encode()
        self.gzipped = gzip.compress(self.plain, 9, mtime=0)
        self.tag = f'"{hashlib.sha256(self.plain).hexdigest()[:32]}"'


def bundle(constants: dict[str, Any]) -> str:
    """All modules in the order in which they need each other; `constants` are those of `served.js`."""
    served = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in constants.items())
    base = "SERVED.base = new URL('.', import.meta.url).href;\n"
    return served + base + "".join(_joined(name) for name in _in_order(_ENTRY, []))


def _in_order(name: str, before: list[str]) -> list[str]:
    """`before` with what the module needs, and the module itself, last."""
    for needed in _IMPORT.findall(_source(name)):
        if needed != _SERVED and needed not in before:
            _in_order(needed, before)
    before.append(name)
    return before


def _joined(name: str) -> str:
    """A module without its imports, exports, comments and indents."""
    source = _COMMENT.sub("", _IMPORT.sub("", _source(name)))
    return _INDENT.sub("", _EXPORT.sub("", source))


def _source(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _constants(settings: Settings, replies: Replies) -> dict[str, Any]:
    texts = yaml.safe_load(files("assistant").joinpath("replies.yaml").read_text(encoding="utf-8"))
    style = _STYLE_COMMENT.sub("", (FOLDER / "styles.css").read_text(encoding="utf-8"))
    served = {
        "signpost": {
            "text": replies.signpost,
            "parts": texts["signpost"],
            "name": settings.answers.front_door_name,
            "phone": settings.answers.front_door_phone,
            "outOfHours": settings.answers.out_of_hours_phone,
        },
        "most": settings.api.max_question_chars,
        "keptDays": settings.records.retention_days if settings.records.keep else None,
    }
    words = yaml.safe_load((FOLDER / "wording.yaml").read_text(encoding="utf-8"))
    return {"WORDS": words, "STYLES": _INDENT.sub("", style), "SERVED": served}
