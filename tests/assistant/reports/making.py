"""Small libraries with known faults, and reports over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from assistant.reports.catalogue import report
from assistant.reports.context import ReportContext
from corpus.embedding import Embedder
from corpus.settings import ReportSettings
from tests.quick_library import QuickLibrary
from tests.stand_ins import WordsEmbedder

TODAY = date(2026, 3, 2)


def chapter(number: str, title: str, *paragraphs: str, **front: str) -> str:
    """A procedure as Markdown, its paragraphs numbered from 1."""
    head = "".join(
        f"{key}: {value}\n" for key, value in {"title": title, "kind": "procedure", **front}.items()
    )
    body = "\n\n".join(f"{number}.{n} {text}" for n, text in enumerate(paragraphs, start=1))
    return f"---\n{head}---\n# {number} {title}\n\n## Rules\n\n{body}\n"


def briefing(title: str, *recommendations: str) -> str:
    """A briefing as Markdown, its recommendations numbered from 1."""
    body = "\n\n".join(f"Recommendation {n}: {text}" for n, text in enumerate(recommendations, start=1))
    return f"---\ntitle: {title}\nkind: briefing\n---\n# {title}\n\n## Recommendations\n\n{body}\n"


def context_of(
    library: QuickLibrary,
    embedder: Embedder | None = None,
    web: Callable[[str], str] | None = None,
    **settings: Any,
) -> ReportContext:
    made = embedder or WordsEmbedder()
    return ReportContext(library.register, ReportSettings(**settings), TODAY, lambda: made, web=web)


def rows_of(
    folder: Path, name: str, files: Mapping[str, str], embedder: Embedder | None = None, **settings: Any
) -> list[dict[str, Any]]:
    """The rows of a report over these files."""
    library = QuickLibrary(folder, files, embedder)
    try:
        return [dict(row) for row in report(name, context_of(library, embedder, **settings)).rows]
    finally:
        library.close()
