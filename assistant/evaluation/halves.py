"""Which half a case belongs to: weights are set on the development half, and the test half tells the truth.

The split goes by document, so that nothing learned about a document helps on the other half. It was made once
(chapters by number and briefings by name, alternately development and test) and stands in `split.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import cycle
from pathlib import Path
from typing import Self

import yaml

from corpus.errors import EvaluationError

FILE = "split.yaml"


class Half(StrEnum):
    DEVELOPMENT = "development"
    TEST = "test"


class Halves:
    """The half of each document, by chapter number ("2.1") or briefing ("two-families")."""

    def __init__(self, by_document: Mapping[str, Half]) -> None:
        self._by_document = dict(by_document)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """From the folder of the cases. Raises EvaluationError."""
        path = folder / FILE
        try:
            halves = yaml.safe_load(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise EvaluationError(
                f"There is no {path}.", "Name the folder of the cases with --cases."
            ) from error
        return cls({str(document): half for half in Half for document in halves[half.value]})

    def of(self, document: str) -> Half:
        """Raises EvaluationError for a document that the split does not name."""
        if document not in self._by_document:
            raise EvaluationError(f"The split of the cases does not name {document}.", f"Add it to {FILE}.")
        return self._by_document[document]


def document_of(reference: str) -> str:
    """The chapter ("2.1") or briefing that a reference ("2.1.9", "two-families#L3") points into."""
    name, mark, _ = reference.partition("#")
    return name if mark else ".".join(name.split(".")[:2])


def alternately(documents: Iterable[str]) -> dict[Half, list[str]]:
    """The documents in this order, dealt out to the halves in turn."""
    dealt: dict[Half, list[str]] = {half: [] for half in Half}
    for document, half in zip(documents, cycle(Half), strict=False):
        dealt[half].append(document)
    return dealt
