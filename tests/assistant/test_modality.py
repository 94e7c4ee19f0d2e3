"""The verb that binds is the source's own."""

from __future__ import annotations

import pytest

from assistant.answers import Modality
from assistant.modality import modality_of


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("The social worker must see the child alone.", Modality.MUST),
        ("Staff must not wait for proof.", Modality.MUST),
        ("The chair should record the reason.", Modality.SHOULD),
        ("A practitioner may ring for advice without naming the child.", Modality.MAY),
        ("A bruise may be the first sign of serious injury.", None),
        ("Neglect may lead to poor growth.", None),
        ("A referral is decided within 1 working day.", None),
        ("If a parent who must be told cannot be found, the worker should record it.", Modality.SHOULD),
        ("MUST be done today.", Modality.MUST),
    ],
)
def test_the_main_clause_decides(sentence: str, modality: Modality | None) -> None:
    assert modality_of(sentence) is modality
