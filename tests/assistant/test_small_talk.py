"""A message that asks nothing is told from one that might be a question."""

from __future__ import annotations

import time

import pytest

from assistant.small_talk import SmallTalk, _one_of, small_talk_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hi", SmallTalk.GREETING),
        ("Good morning, how are you?", SmallTalk.GREETING),
        ("ok thanks, that’s helpful", SmallTalk.THANKS),
        ("Thank you very much, bye!", SmallTalk.FAREWELL),
        ("hello, who are you?", SmallTalk.ABOUT),
        ("What can I ask you", SmallTalk.ABOUT),
        ("HELP", SmallTalk.ABOUT),
        ("Thanks, that was helpful", SmallTalk.THANKS),
        ("cheers that helps", SmallTalk.THANKS),
        ("perfect, that's what I needed", SmallTalk.THANKS),
        ("thank you, that was really helpful", SmallTalk.THANKS),
        ("That doesn't answer my question", SmallTalk.UNHELPFUL),
        ("no, that is not what I asked", SmallTalk.UNHELPFUL),
        ("you're useless", SmallTalk.ABUSE),
        ("what's the weather like in Leeds today", SmallTalk.ELSEWHERE),
        ("write me a poem about bees please", SmallTalk.ELSEWHERE),
        ("متى يجب اتخاذ قرار بشأن الإحالة؟", SmallTalk.OTHER_LETTERS),
        ("转介必须多快决定", SmallTalk.OTHER_LETTERS),
    ],
)
def test_small_talk_is_recognised_as_what_it_is(text: str, kind: SmallTalk) -> None:
    assert small_talk_of(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "hello, how soon must a referral be decided?",
        "thanks, and by when?",
        "is that wrong",
        "that is wrong of him",
        "this child",
        "Help me with a referral",
        "a boy said he is useless and wants to die",
        "can you help a child who is homeless",
        "who are the core group",
        "write a chronology of neglect",
        "shit he hit her",
        "что такое LADO?",
        "Pwy sy'n gyfrifol am y plentyn?",
        "3.2.7",
        "",
        "?!",
    ],
)
def test_what_may_be_a_question_is_searched_for(text: str) -> None:
    assert small_talk_of(text) is None


def test_no_message_takes_long() -> None:
    started = time.perf_counter()
    for text in ("you " * 14, "a " * 13 + "b", "hi " * 5_000):
        small_talk_of(text)
    assert time.perf_counter() - started < 0.5


def test_a_phrase_of_two_lists_is_tried_once_at_each_place() -> None:
    # Twice at each place would double the time with each word.
    assert _one_of(["ok", "thanks", "ok"]) == _one_of(["thanks", "ok"])
