"""Does the text say that somebody is in danger now?

Rules tell, for they work when all else is down; a recogniser may add to what they find, and doubt it.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

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
from assistant.danger.recogniser import Opinion, Recogniser, Recognises

__all__ = ["Alarm", "Opinion", "Recogniser", "Recognises", "alarm_of", "is_immediate_danger"]

_ENOUGH = 3
_ENOUGH_IF_PLAIN = 2
_ENOUGH_SCENE, _ENOUGH_SCENE_IN_A_STORY = 2, 1


class Alarm(Enum):
    """How sure it is that somebody is in danger. Either alarm is signposted before all else; below a doubtful
    one there is room for an answer."""

    NONE = "none"
    DOUBTFUL = "doubtful"
    SURE = "sure"


class _Told(Enum):
    """What the rules find: who begins with what is done to them is not doubted."""

    NOTHING = "nothing"
    DANGER = "danger"
    DISCLOSED = "disclosed"


_ADDED = {Opinion.DANGER: Alarm.SURE, Opinion.RATHER: Alarm.DOUBTFUL}


def alarm_of(text: str, recognises: Recognises | None = None) -> Alarm:
    """What the rules find stands; the recogniser may doubt it, unless somebody tells what is done to
    themselves, and add what they do not find, if only to signpost it above an answer."""
    told = _told(text)
    if told is _Told.DISCLOSED:
        return Alarm.SURE
    opinion = recognises(text) if recognises else Opinion.NONE
    if told is _Told.DANGER:
        return Alarm.DOUBTFUL if opinion is Opinion.HARDLY else Alarm.SURE
    return _ADDED.get(opinion, Alarm.NONE)


def is_immediate_danger(text: str, recognises: Recognises | None = None) -> bool:
    """Whether the text states that somebody is being hurt, or may be at any moment."""
    return alarm_of(text, recognises) is not Alarm.NONE


def _told(text: str) -> _Told:
    """By the rules.

    One statement is enough, or signs of several sorts near each other. Who asks nothing and tells only what
    is going on is believed sooner, and so is who begins with what is done to them: a missed danger is worse
    than a needless signpost.
    """
    chart = Chart(reader().read(text), classes())
    harm_rules().run(chart)
    found = list(evidence(chart))
    if not found:
        return _Told.NOTHING
    frame_rules().run(chart)
    frames = Frames(chart)
    standing = [one for one in found if frames.stands(one)]
    scenes = [one for one in standing if one.category == SCENE]
    harm = heaviest(one for one in standing if one.category != SCENE)
    if frames.plain:
        is_danger = _is_danger_if_plain(frames, scenes if frames.of_people else [], harm)
    else:
        enough = _ENOUGH_IF_PLAIN if frames.discloses else _ENOUGH
        is_danger = any(
            weight_of_harm(around(one, harm)) + bool(around(one, scenes)) >= enough for one in harm
        )
    if not is_danger:
        return _Told.NOTHING
    return _Told.DISCLOSED if frames.discloses else _Told.DANGER


def _is_danger_if_plain(frames: Frames, scenes: Sequence[Evidence], harm: Sequence[Evidence]) -> bool:
    if weight_of_scene(scenes) >= (_ENOUGH_SCENE_IN_A_STORY if frames.is_story else _ENOUGH_SCENE):
        return True
    apart = any(not any(map(scene.overlaps, harm)) for scene in scenes)
    return any(weight_of_harm(around(one, harm)) + apart >= _ENOUGH_IF_PLAIN for one in harm)
