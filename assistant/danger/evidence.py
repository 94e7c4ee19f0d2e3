"""What speaks of harm in a text, and how much of it is enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.danger.chart import Chart
from assistant.danger.lexicon import rule_tag, rules

ALARM, PLEA, SCENE = "alarm", "plea", "scene"
PRESENT, BARE, SIGN, HINT = "present", "bare", "sign", "hint"
SCENE_TAGS = (rule_tag(SCENE, SIGN), rule_tag(SCENE, HINT))

_WEIGHTS = {PRESENT: 3, BARE: 3, SIGN: 2, HINT: 1}
_WITHIN = 40
"""Words: so near to each other must be what is counted together."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of words that speaks of harm, or sets the scene, from `start` to before `end`."""

    start: int
    end: int
    category: str
    kind: str

    @property
    def weight(self) -> int:
        return _WEIGHTS[self.kind]

    def overlaps(self, other: Evidence) -> bool:
        return self.start < other.end and other.start < self.end


def evidence(chart: Chart) -> Iterator[Evidence]:
    for tag, (category, kind) in rules().items():
        if tag in chart.spans:
            yield from (Evidence(start, end, category, kind) for start, end in chart.found(tag))


def heaviest(harm: Iterable[Evidence]) -> list[Evidence]:
    return sorted(harm, key=lambda one: one.weight, reverse=True)


def around(first: Evidence, others: Iterable[Evidence]) -> list[Evidence]:
    return [other for other in others if abs(other.start - first.start) <= _WITHIN]


def weight_of_harm(heaviest_first: Iterable[Evidence]) -> int:
    """Each sort of harm counts once, and so does each word."""
    counted: dict[str, Evidence] = {}
    for one in heaviest_first:
        if not any(one.overlaps(other) for other in counted.values()):
            counted.setdefault(one.category, one)
    return sum(one.weight for one in counted.values())


def weight_of_scene(scenes: Iterable[Evidence]) -> int:
    """Of those that do not overlap."""
    weight = reached = 0
    for scene in sorted(scenes, key=lambda scene: (scene.end, -scene.weight)):
        if scene.start >= reached:
            weight, reached = weight + scene.weight, scene.end
    return weight
