"""ConditionalQA (Sun, Cohen and Salakhutdinov 2022): questions about GOV.UK pages with the lines that answer.

Each is asked alone and after its scenario. Measured are the share of the evidence that is contained in the
first so many words shown, and whether the first passage is from the right page. A line of evidence is
contained where its text is, white space and case aside, whatever page that is shown from. A passage is shown
below its headings: their words are among those shown, once for a run of passages from one section.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from assistant.evaluation.external import read_lines
from assistant.evaluation.question_sets import Question, QuestionSet, Shown, half_of_each

_WORDS = (300, 600, 1200)
_TAG = re.compile(r"^<(\w+)>(.*)</\1>$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Line:
    """`tag` is as in the set: p, li, tr, h1 to h3; `text` has one space between words."""

    tag: str
    text: str


@dataclass(frozen=True, slots=True)
class _Page:
    """The pages that only distract have no title, and their lines come without tags."""

    name: str
    title: str
    lines: tuple[_Line, ...]


def files(folder: Path) -> dict[str, str]:
    """The pages as HTML."""
    return {page.name: _html(page) for page in _pages(folder).values()}


def texts(folder: Path) -> dict[str, str]:
    """The pages as bare text, a line for each of the set's."""
    return {
        page.name: "\n".join([*([page.title] if page.title else []), *(line.text for line in page.lines)])
        for page in _pages(folder).values()
    }


def question_set(folder: Path) -> QuestionSet:
    """Those questions that the pages answer, as nobody marked evidence for the others."""
    pages = _pages(folder)
    records = [record for record in read_lines(folder / "questions.jsonl") if record["evidence_lines"]]
    halves = half_of_each({record["doc"] for record in records})
    questions = []
    for form, text_of in (("question", _alone), ("scenario", _after_scenario)):
        for record in records:
            page = pages[record["doc"]]
            evidence = tuple(page.lines[index].text for index in record["evidence_lines"])
            questions.append(
                Question(
                    text=text_of(record),
                    documents=frozenset({page.name}),
                    scoring=partial(scores, evidence, page.name),
                    half=halves[record["doc"]],
                    form=form,
                )
            )
    return QuestionSet("conditionalqa", tuple(questions), asks_gone=True)


def scores(evidence: Sequence[str], page: str, passages: Sequence[Shown]) -> dict[str, float]:
    """What the passages, best first, are worth to a question with this evidence on this page."""
    shown = list(islice(words_shown(passages), max(_WORDS)))
    found = {f"evidence within {words} words": _share_of(evidence, shown[:words]) for words in _WORDS}
    first = passages[0].document if passages else None
    return found | {"first passage from the right page": float(first == page)}


def words_shown(passages: Sequence[Shown]) -> Iterator[str]:
    """The words that a reader meets, headings included."""
    for (_, headings), run in groupby(passages, key=lambda shown: (shown.document, shown.headings)):
        yield from " ".join(headings).split()
        for passage in run:
            yield from passage.text.split()


def _share_of(evidence: Sequence[str], words: Sequence[str]) -> float:
    shown = " ".join(words).casefold()
    return sum(line.casefold() in shown for line in evidence) / len(evidence)


def _alone(record: Mapping[str, Any]) -> str:
    return str(record["question"])


def _after_scenario(record: Mapping[str, Any]) -> str:
    return f"{record['scenario']} {record['question']}"


def _pages(folder: Path) -> dict[str, _Page]:
    """By the set's own name. Files are numbered, for a title or id made of a telling name would help."""
    records = [*read_lines(folder / "documents.jsonl"), *read_lines(folder / "distractors.jsonl")]
    records.sort(key=lambda record: str(record["doc"]))
    return {
        record["doc"]: _Page(
            f"page-{number:05}.html", record.get("title", ""), tuple(_line(raw) for raw in record["lines"])
        )
        for number, record in enumerate(records)
    }


def _line(raw: str) -> _Line:
    match = _TAG.match(raw.strip())
    tag, text = (match[1], match[2]) if match else ("p", raw)
    return _Line(tag, " ".join(html.unescape(text).split()))


def _html(page: _Page) -> str:
    blocks = []
    for tag, group in groupby(page.lines, key=lambda line: line.tag):
        lines = list(group)
        if tag == "li":
            blocks.append(f"<ul>{''.join(f'<li>{html.escape(line.text)}</li>' for line in lines)}</ul>")
        elif tag == "tr":
            blocks.append(_table(lines))
        else:
            blocks += [f"<{tag}>{html.escape(line.text)}</{tag}>" for line in lines]
    title = f"<title>{html.escape(page.title)}</title>" if page.title else ""
    body = "\n".join(blocks)
    return f"<!doctype html><html><head>{title}</head><body><main>{body}</main></body></html>"


def _table(rows: Sequence[_Line]) -> str:
    cells = [[html.escape(cell) for cell in row.text.split(" | ")] for row in rows]
    shown = [f"<tr><th>{'</th><th>'.join(cells[0])}</th></tr>"]
    shown += [f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in cells[1:]]
    return f"<table>{''.join(shown)}</table>"
