"""A small library, written as files and taken in as any other."""

from __future__ import annotations

from pathlib import Path

from corpus.embedding import Embedder
from corpus.settings import ApiSettings, Settings
from corpus.store import Store
from ingest.pipeline import IngestPipeline

REFERRAL = """---
title: Making a referral
kind: procedure
last_reviewed: 2026-03-09
next_review: 2027-03-09
---
# 2.1 Making a referral

## How to refer

2.1.1 A practitioner who believes that a child is suffering significant harm must ring the front door at once.
They must confirm the referral in writing within 24 hours.

2.1.2 The referral should say:

- who is worried & why;
- what the child has said; and
- what was done in < 24 hours.

## Time limits

2.1.3 The table gives the time limits for a referral.

| Event | Who | Time limit |
|---|---|---|
| Written confirmation | Referrer | Within 24 hours |
| Decision | Front door | Within 1 working day |

2.1.4 The front door may ask the referrer for more.
"""
ESCALATION = """---
title: Escalation
kind: procedure
last_reviewed: 2024-01-15
next_review: 2025-01-15
---
# 6.2 Escalation

## Stages

6.2.1 A professional who disagrees with a decision should first speak with the person who made it.

6.2.2 If they still disagree, their manager must take it to the other agency within 2 working days.
"""
BRIEFING = """---
title: "Learning briefing: Family C"
kind: briefing
last_reviewed: 2025-11-10
---
# Learning briefing: Family C

## Key learning

1) Bruises in babies: health visitors saw a bruise on a baby and accepted the parents' story at once.

2) Fathers were not seen: nobody asked who lived in the home.
"""
FILES = {"2.1-making-a-referral.md": REFERRAL, "6.2-escalation.md": ESCALATION, "family-c.md": BRIEFING}
QUESTION = "How soon must a referral be confirmed in writing?"


def settings_for(folder: Path, **api: object) -> Settings:
    """Settings that no environment or `.env` of the machine has a say in, but for the data folder."""
    return Settings(data_dir=folder, api=ApiSettings.model_validate(api))


def write_library(folder: Path, files: dict[str, str] = FILES) -> Path:
    """The folder, made and filled."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def open_store(settings: Settings, library: Path, embedder: Embedder | None = None) -> Store:
    """A store that has taken the library in."""
    store = Store(settings, "test", embedder)
    IngestPipeline(store, settings.ingest).run([library])
    return store
