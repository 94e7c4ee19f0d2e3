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
        ("No manager may hold a referral back.", Modality.MUST),
        ("By law nobody under 18 may sign it.", Modality.MUST),
        ("No order may be made without a hearing.", Modality.MUST),
        ("Any worker may ring, and nobody may forbid it.", Modality.MAY),
        ("It may involve threats sent by telephone.", None),
        ("The plan was due by May.", None),
        ("In May 2021 the panel said so.", None),
        ("May I ring? The caller may ask for advice.", Modality.MAY),
        ("An adult who sends such pictures may commit an offence.", None),
        ("Where another step must come first, the time may be longer.", None),
        ("Parents do not take part, because those present must speak freely.", None),
        ("An employer that moves a person because they may harm a child, must report it.", Modality.MUST),
        ("Where a child is at risk the worker must ring.", Modality.MUST),
    ],
)
def test_the_main_clause_decides(sentence: str, modality: Modality | None) -> None:
    assert modality_of(sentence) is modality
