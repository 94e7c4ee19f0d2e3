"""Time limits in sentences: what people most need to know, and what a quiz can ask."""

from __future__ import annotations

import re

_NUMBERS = r"\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen"
_UNITS = r"minutes?|hours?|days?|weeks?|months?|years?"
LIMIT = re.compile(
    rf"\b(?:(?:{_NUMBERS})(?: to (?:{_NUMBERS}))? (?:working |calendar )?(?:{_UNITS})(?:' gestation)?|"
    r"(?<=on )the same (?:working )?day)\b",
    re.IGNORECASE,
)
