"""What the sets of bare passages share: a file for each passage, and a ranking of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.enquiry import Found
from assistant.evaluation.external import document_ids
from assistant.retriever import HybridRetriever

_PASSAGES = 50


def as_files(passages: Mapping[str, str]) -> dict[str, str]:
    """Markdown by file name; the name says nothing, for a title made of it must not help or hinder."""
    return {f"passage-{number:05}.md": passages[name] for number, name in enumerate(sorted(passages))}


class PassageSearch:
    """Ranks the set's own passage ids: one that was cut in two counts where its better part stands."""

    def __init__(self, retriever: HybridRetriever, names: Sequence[str]) -> None:
        ids = document_ids(retriever.store)
        files = [f"passage-{number:05}.md" for number in range(len(names))]
        self._names = {
            ids[file]: name for file, name in zip(files, sorted(names), strict=True) if file in ids
        }
        self._retriever = retriever

    def found(self, question: str) -> list[Found]:
        return self._retriever.search(question, _PASSAGES)

    def ranking(self, question: str) -> list[str]:
        """Ids of passages, best first."""
        return list(dict.fromkeys(self._names[item.live.document_id] for item in self.found(question)))
