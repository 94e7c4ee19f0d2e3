"""Regular expressions as they are written in the YAML files: verbose, put together from named parts."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PART = re.compile(r"(?<!\?P)<(\w+)>")


def compile_pattern(
    pattern: str, parts: Mapping[str, str], flags: re.RegexFlag = re.NOFLAG
) -> re.Pattern[str]:
    """`<name>` becomes that part, in a group of its own; parts may name other parts."""
    while match := _PART.search(pattern):
        pattern = f"{pattern[: match.start()]}(?:{parts[match[1]]}){pattern[match.end() :]}"
    return re.compile(pattern, flags | re.VERBOSE)
