"""The pairs on public pages name pages and lines that are there, and answer one question in two."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

PAIRS = sorted((Path(__file__).parents[2] / "cases").glob("pages-*.yaml"))


def test_every_pair_names_a_line_of_a_page_that_distracts(shared_data: Path) -> None:
    lines = (shared_data / "bench/conditionalqa/distractors.jsonl").read_text(encoding="utf-8").splitlines()
    pages = {page["doc"]: page["lines"] for page in map(json.loads, lines)}
    entries = [entry for path in PAIRS for entry in yaml.safe_load(path.read_text(encoding="utf-8"))]
    assert len({entry["id"] for entry in entries}) == len(entries) > 0
    assert all(0 <= entry["line"] < len(pages[entry["page"]]) for entry in entries)
    assert sum(entry["answered"] for entry in entries) * 2 == len(entries)
