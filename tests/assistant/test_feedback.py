"""One opinion an answer: the last."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from assistant.archive import Archive
from assistant.audit import Audit
from assistant.feedback import Feedback, FeedbackBox, Reason
from assistant.records import Records
from corpus.errors import NotKept
from tests.assistant.recording import answered


def test_the_second_feedback_takes_the_place_of_the_first(
    engine: Engine, records: Records, archive: Archive
) -> None:
    answer_id = records.keep(answered()).id or ""
    box = FeedbackBox(engine)
    box.put(answer_id, Feedback(useful=True, comment="good"))
    last = Feedback(useful=False, reason=Reason.OUT_OF_DATE)

    box.put(answer_id, last)

    [record] = archive.newest(1)
    assert record.feedback == last
    assert Audit(engine).verify().is_whole


def test_feedback_on_an_unknown_answer_is_refused(engine: Engine) -> None:
    with pytest.raises(NotKept):
        FeedbackBox(engine).put("f" * 32, Feedback(useful=True))
