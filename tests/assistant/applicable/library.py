"""A small manual and a review, with what the tests of applicability turn on."""

from __future__ import annotations

ENGAGE = """---
title: Families who do not engage
kind: procedure
last_reviewed: 2026-06-15
---
# 4.4 Families who do not engage

## When this procedure applies

4.4.1 This procedure applies when:

- a parent refuses or repeatedly cancels visits;
- a child is not seen by anybody; or
- a parent agrees to everything and nothing changes.

## What to do

4.4.2 The practitioner may offer another time or place.

4.4.3 The social worker should write to the parents.

4.4.4 The health visitor must tell the manager of a failed visit within 2 working days of the visit.

4.4.5 The practitioner must record at once what was seen at the door.
"""
THREATS = """---
title: Threats and violence towards staff
kind: procedure
last_reviewed: 2026-07-13
---
# 4.5 Threats and violence towards staff

## When this procedure applies

4.5.1 This procedure applies when a parent:

- assaults a practitioner or threatens one; or
- frightens a practitioner with a dog or a weapon.

## What to do

4.5.2 The practitioner must tell the manager the same day.

4.5.3 The health visitor must tell the manager of a failed visit within 5 working days of the visit.

4.5.4 A police officer may visit with the practitioner.
"""
MISSING = """---
title: Children missing from home or care
kind: procedure
last_reviewed: 2026-01-12
---
# 5.2 Children missing from home or care

## When this procedure applies

5.2.1 This procedure applies when a child's whereabouts cannot be established, or a child goes missing.

5.2.2 The carer must ring the police at once. The return home interview must be held within 72 hours of the
child's return.
"""
ESCALATION = """---
title: Professional differences and escalation
kind: procedure
last_reviewed: 2026-03-09
---
# 6.2 Professional differences and escalation

## When this procedure applies

6.2.1 This procedure applies when a practitioner disagrees with another agency's decision about a child.

## Stages

| Stage | Who | Time limit |
|---|---|---|
| Stage 1 | Practitioner to practitioner | 1 working day |
| Stage 2 | Manager to manager | 2 working days |
"""
REVIEW = """---
title: "Learning briefing: Family Z"
kind: briefing
last_reviewed: 2025-11-10
---
# Learning briefing: Family Z

## Key learning

1) Parents who shut out the health visitor: nobody asked what the closed door meant for the children.

2) The procedure Working with Dangerous Dogs in Family Homes was not known to the workers.
"""
FILES = {
    "4.4-families-who-do-not-engage.md": ENGAGE,
    "4.5-threats-and-violence-towards-staff.md": THREATS,
    "5.2-children-missing-from-home-or-care.md": MISSING,
    "6.2-professional-differences-and-escalation.md": ESCALATION,
    "family-z.md": REVIEW,
}
SITUATION = (
    "The parents of two young children will not let the health visitor in. "
    "At the last visit the father raised "
    "his fist at her. There is no sign that the children have gone missing."
)
