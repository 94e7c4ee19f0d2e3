"""What people asked that the library could not answer, put together by what it is about."""

from __future__ import annotations

from assistant.reports.asked import Asked
from assistant.reports.asked import unanswered as asked_in_vain
from assistant.reports.clusters import clusters_of, common_words
from assistant.reports.context import ReportContext
from assistant.reports.table import Cell, Column, Report
from assistant.support.wording import wording

NAME = "unanswered"
TITLE = "Questions that could not be answered"
_ABOUT = (
    "Questions are kept for as many days as your settings say, and never those with details of real people. "
    "Those of like meaning are counted together; the one in the middle stands for them."
)
_COLUMNS = (
    Column("theme", "About"),
    Column("count", "Times asked"),
    Column("question", "Such as"),
    Column("further", "And"),
    Column("last_asked", "Last asked"),
)
# On either known embedder, questions about one thing in other words come out at .55 to .9, others below .5.
_LIKE = 0.6
_SHOWN = 3


def unanswered(context: ReportContext) -> Report:
    """One row for each group, the largest first."""
    asked = asked_in_vain(context.register.engine)
    texts = sorted({each.question for each in asked})
    groups = clusters_of(context.embedder().embed(texts), _LIKE) if texts else []
    rows = [_row([texts[index] for index in group], asked, context) for group in groups]
    rows.sort(key=lambda row: (-int(str(row["count"])), str(row["question"])))
    summary = (f"Questions: {len(asked)}. Themes: {len(rows)}.",)
    return Report(NAME, TITLE, _ABOUT, _COLUMNS, rows, summary)


def _row(questions: list[str], asked: list[Asked], context: ReportContext) -> dict[str, Cell]:
    own = [each for each in asked if each.question in set(questions)]
    others = questions[1 : 1 + _SHOWN]
    return {
        "theme": _theme(questions, context),
        "count": len(own),
        "question": questions[0],
        "further": " · ".join(others),
        "last_asked": max(each.at for each in own).date(),
    }


def _theme(questions: list[str], context: ReportContext) -> str:
    """A theme of the list where most of them are about one; else the words that most of them share."""
    named = [name for question in questions for name in context.themes.of(question)]
    best = max(named, key=named.count, default="")
    if best and named.count(best) * 2 > len(questions):
        return best
    known = wording()
    contents = [
        [word for word in known.words(q) if word.isalpha() and known.is_content(word)] for q in questions
    ]
    return ", ".join(common_words(contents))
