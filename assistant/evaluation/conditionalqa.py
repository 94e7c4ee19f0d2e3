"""ConditionalQA (Sun, Cohen and Salakhutdinov 2022): questions about GOV.UK pages with the lines that answer.

Measured are the share of the evidence that lies whole within the first so many words of the passages
found, and whether the first passage is from the right page; for the question alone and after its scenario.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from assistant.enquiry import Found
from assistant.evaluation.external import document_ids, read_lines
from assistant.evaluation.measures import Measure, mean
from assistant.retriever import HybridRetriever

_WORDS = (300, 600, 1200)
_PASSAGES = 50
_TAG = re.compile(r"^<(\w+)>(.*)</\1>$", re.DOTALL)
_WORD = re.compile(r"\S+")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Line:
    """`tag` is as in the set: p, li, tr, h1 to h3."""

    tag: str
    text: str


def files(folder: Path) -> Mapping[str, str]:
    """Web pages: those of the set, and those that only distract, which come as bare lines."""
    pages = {f"{record['doc']}.html": _page(record) for record in read_lines(folder / "distractors.jsonl")}
    return pages | {
        f"{record['doc']}.html": _page(record) for record in read_lines(folder / "documents.jsonl")
    }


def measure(retriever: HybridRetriever, folder: Path) -> Sequence[Measure]:
    register, ids = retriever.store.register, document_ids(retriever.store)
    pages = {record["doc"]: record["lines"] for record in read_lines(folder / "documents.jsonl")}
    spans = {}
    for page, lines in pages.items():
        document_id = ids[f"{page}.html"]
        spans[page] = (
            document_id,
            locate([_line(line).text for line in lines], register.version(document_id).text),
        )
    questions = [q for q in read_lines(folder / "questions.jsonl") if q["answerable"] and q["evidence_lines"]]
    return [
        *_measured("question", questions, spans, retriever, lambda q: q["question"]),
        *_measured("scenario", questions, spans, retriever, lambda q: f"{q['scenario']} {q['question']}"),
    ]


def _measured(
    form: str,
    questions: Sequence[dict[str, Any]],
    spans: Mapping[str, tuple[str, Sequence[Span | None]]],
    retriever: HybridRetriever,
    text_of: Any,
) -> Iterator[Measure]:
    hits: list[float] = []
    recalls: dict[int, list[float]] = {words: [] for words in _WORDS}
    for question in questions:
        document_id, lines = spans[question["doc"]]
        found = retriever.search(text_of(question), _PASSAGES)
        hits.append(float(bool(found) and found[0].live.document_id == document_id))
        wanted = [lines[index] for index in question["evidence_lines"]]
        for words in _WORDS:
            recalls[words].append(evidence_recall(wanted, document_id, found, words))
    for words, values in recalls.items():
        yield mean(f"{form}: evidence within {words} words", values)
    yield mean(f"{form}: first passage from the right page", hits)


def evidence_recall(
    wanted: Sequence[Span | None], document_id: str, found: Iterable[Found], words: int
) -> float:
    """Share of the evidence that is contained whole in the first `words` words of the passages; a line that
    could not be located counts as missed."""
    shown = list(shown_spans(document_id, found, words))
    held = [span for span in wanted if span and any(a <= span[0] and span[1] <= b for a, b in shown)]
    return len(held) / len(wanted)


def shown_spans(document_id: str, found: Iterable[Found], words: int) -> Iterator[Span]:
    """The stretches of one document's text among the first `words` words of the passages."""
    left = words
    for item in found:
        passage = item.live.passage
        ends = [match.end() for match in _WORD.finditer(passage.text)][:left]
        if item.live.document_id == document_id and ends:
            yield passage.start, passage.start + ends[-1]
        left -= len(ends)
        if left <= 0:
            return


def locate(lines: Sequence[str], text: str) -> list[Span | None]:
    """Where each line stands in the canonical text, in order; None for one that is not there."""
    spans: list[Span | None] = []
    cursor = 0
    for line in lines:
        start = text.find(line, cursor) if line else -1
        spans.append((start, start + len(line)) if start >= 0 else None)
        cursor = start + len(line) if start >= 0 else cursor
    return spans


def _line(raw: str) -> _Line:
    match = _TAG.match(raw.strip())
    tag, text = (match[1], match[2]) if match else ("p", raw)
    return _Line(tag, re.sub(r"\s+", " ", html.unescape(text)).strip())


def _page(record: dict[str, Any]) -> str:
    title = record.get("title") or record["doc"].replace("-", " ")
    blocks = []
    for tag, group in groupby((_line(raw) for raw in record["lines"]), key=lambda line: line.tag):
        lines = list(group)
        if tag == "li":
            blocks.append(f"<ul>{''.join(f'<li>{html.escape(line.text)}</li>' for line in lines)}</ul>")
        elif tag == "tr":
            blocks.append(_table(lines))
        else:
            blocks += [f"<{tag}>{html.escape(line.text)}</{tag}>" for line in lines]
    body = "\n".join(blocks)
    head = f"<head><title>{html.escape(title)}</title></head>"
    return f"<!doctype html><html>{head}<body><main>{body}</main></body></html>"


def _table(rows: Sequence[_Line]) -> str:
    cells = [[html.escape(cell) for cell in row.text.split(" | ")] for row in rows]
    shown = [f"<tr><th>{'</th><th>'.join(cells[0])}</th></tr>"]
    shown += [f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in cells[1:]]
    return f"<table>{''.join(shown)}</table>"
