"""What a change does to those who are bound by it."""

from __future__ import annotations

import pytest

from assistant.alerts.effects import Effect, effects_of
from corpus.changes import Change, ChangeKind


def reworded(before: str | None, after: str | None) -> list[Change]:
    kind = (
        ChangeKind.ADDED if before is None else ChangeKind.REMOVED if after is None else ChangeKind.REWORDED
    )
    return [Change(kind, "2.1.1", before, after)]


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        ("Staff must visit.", "Staff should visit.", ("must",), ("should",)),
        ("Staff should visit.", None, ("should",), ()),
        (None, "Staff may visit.", (), ("may",)),
        ("The child may be afraid.", "The child may be cold.", (), ()),
    ],
)
def test_binding_verbs(
    before: str | None, after: str | None, gone: tuple[str, ...], come: tuple[str, ...]
) -> None:
    expected = (Effect("2.1.1", gone, come),) if gone or come else ()
    assert effects_of(reworded(before, after)).verbs == expected


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        ("Visit within 10 working days.", "Visit within ten working days.", (), ()),
        ("Visit within 10 working days.", "Visit within 10 days.", ("10 working days",), ("10 days",)),
        ("Meet at least every 6 weeks.", "Meet every 6 weeks.", ("at least 6 weeks",), ("6 weeks",)),
        ("Two workers visit.", "Three workers visit.", (), ()),
    ],
)
def test_time_limits(before: str, after: str, gone: tuple[str, ...], come: tuple[str, ...]) -> None:
    expected = (Effect("2.1.1", gone, come),) if gone or come else ()
    assert effects_of(reworded(before, after)).limits == expected


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        ("Ring 01632 960100.", "Ring 01632 960101.", ("01632 960100",), ("01632 960101",)),
        ("Write to a@example.org.", "Write to b@example.org.", ("a@example.org",), ("b@example.org",)),
        ("See https://example.org/a.", "See https://example.org/a today.", (), ()),
    ],
)
def test_contacts(before: str, after: str, gone: tuple[str, ...], come: tuple[str, ...]) -> None:
    expected = (Effect("2.1.1", gone, come),) if gone or come else ()
    assert effects_of(reworded(before, after)).contacts == expected


def test_a_paragraph_that_moved_has_no_effect() -> None:
    change = Change(ChangeKind.MOVED, "2.1.2", "2.1.1 Staff must visit.", "2.1.2 Staff must visit.")
    effects = effects_of([change])
    assert (effects.verbs, effects.limits, effects.contacts) == ((), (), ())
