"""A review and a chapter, small enough to be changed in a test."""

from __future__ import annotations

from pathlib import Path

from corpus.settings import Settings
from corpus.store import Store
from ingest.pipeline import IngestPipeline
from tests.api.making import settings_for, write_library
from tests.stand_ins import WordsEmbedder

REVIEW = """---
title: "Learning briefing: Child K, a tenancy nobody asked about"
kind: briefing
last_reviewed: 2026-02-02
---
# Learning briefing: Child K, a tenancy nobody asked about

## The circumstances

Child K, aged six, lived in a flat above a shop with two adults. The landlord wrote to the council about \
broken locks and about noise at night. A teaching assistant noted that K was tired. Nobody put the two \
letters together. K was found asleep in the stairwell by a postal worker. The adults had moved out the week \
before.

## Key learning

### 1) Housing saw what nobody else saw

The housing officer must be asked what the home is like. Two letters about locks were filed as repairs, and \
nobody thought of the child.

### 2) A tired child is telling us something

Tiredness was recorded four times in 3 weeks. No adult asked K about the night.

## Recommendations

Recommendation 1: The partnership should make sure that housing officers know how to ring the front door.

## Points for discussion

- Who in your area goes into homes and is never asked?
- What does tired mean in your records?

## Useful links and contacts

- Chapter 2.1 (Making a referral).
"""
CHAPTER = """---
title: Making a referral
kind: procedure
last_reviewed: 2026-03-09
next_review: 2027-03-09
---
# 2.1 Making a referral

## How to refer

2.1.1 A housing officer who sees that a home is not safe for a child must ring the front door on the same day.

2.1.2 The front door should ask the housing officer what the home is like within 1 working day.

2.1.3 A practitioner may ask the landlord about broken locks where the child lives.
"""
FILES = {"child-k.md": REVIEW, "2.1-making-a-referral.md": CHAPTER}
DOCUMENT, CHAPTER_ID = "child-k", "2-1-making-a-referral"


def small_store(folder: Path) -> tuple[Settings, Store, Path]:
    """Settings, a store over the two files, and the folder that they stand in."""
    settings = settings_for(folder / "data")
    library = write_library(folder / "library", FILES)
    store = Store(settings, "test", WordsEmbedder())
    IngestPipeline(store, settings.ingest).run([library])
    return settings, store, library
