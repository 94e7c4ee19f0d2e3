"""Does the text say that somebody is in danger now?

Rules tell, for they work when all else is down; a recogniser may add to what they find.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.danger.chart import Chart
from assistant.danger.evidence import (
    SCENE,
    Evidence,
    around,
    evidence,
    heaviest,
    weight_of_harm,
    weight_of_scene,
)
from assistant.danger.frames import Frames
from assistant.danger.lexicon import classes, frame_rules, harm_rules, reader
from assistant.danger.recogniser import Recogniser, Recognises

__all__ = ["Recogniser", "Recognises", "is_immediate_danger"]

_ENOUGH = 3
_ENOUGH_IF_PLAIN = 2
_ENOUGH_SCENE, _ENOUGH_SCENE_IN_A_STORY = 2, 1


def is_immediate_danger(text: str, recognises: Recognises | None = None) -> bool:
    """Whether the text states that somebody is being hurt, or may be at any moment.

    What the rules find stands; only where they find nothing is it asked whether the recogniser does.
    """
    return _is_told(text) or (recognises is not None and recognises(text))


def _is_told(text: str) -> bool:
    """By the rules.

    One statement is enough, or signs of several sorts near each other. Who asks nothing and tells only what
    is going on is believed sooner: a missed danger is worse than a needless signpost.
    """
    chart = Chart(reader().read(text), classes())
    harm_rules().run(chart)
    found = list(evidence(chart))
    if not found:
        return False
    frame_rules().run(chart)
    frames = Frames(chart)
    standing = [one for one in found if frames.stands(one)]
    scenes = [one for one in standing if one.category == SCENE]
    harm = heaviest(one for one in standing if one.category != SCENE)
    if frames.plain:
        return _is_danger_if_plain(frames, scenes if frames.of_people else [], harm)
    return any(weight_of_harm(around(one, harm)) + bool(around(one, scenes)) >= _ENOUGH for one in harm)


def _is_danger_if_plain(frames: Frames, scenes: Sequence[Evidence], harm: Sequence[Evidence]) -> bool:
    if weight_of_scene(scenes) >= (_ENOUGH_SCENE_IN_A_STORY if frames.is_story else _ENOUGH_SCENE):
        return True
    apart = any(not any(map(scene.overlaps, harm)) for scene in scenes)
    return any(weight_of_harm(around(one, harm)) + apart >= _ENOUGH_IF_PLAIN for one in harm)
