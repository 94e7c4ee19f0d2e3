"""Where two documents give another time limit, or another must, should or may, for what seems the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from assistant.reports.context import ReportContext
from assistant.reports.statements import Likeness, Statement, duties_of, limits_of, rules
from assistant.reports.table import Cell, Column, Report
from corpus.passages import permanent_link
from corpus.procedure_register import ProcedureRegister

NAME = "contradictions"
TITLE = "Contradictions between documents"
_ABOUT = (
    "Pairs of statements that seem to be about the same thing and give another time limit, or another must, "
    "should or may. They are found by the words that they share: look at both before you change one. "
    "Documents of the kinds procedure and guidance are compared, each with the others."
)
_COLUMNS = (
    Column("sort", "About"),
    Column("value", "One says"),
    Column("document", "Document"),
    Column("place", "Place", link="url"),
    Column("quote", "In these words", quote=True),
    Column("other_value", "The other says"),
    Column("other_document", "Other document"),
    Column("other_place", "Its place", link="other_url"),
    Column("other_quote", "In these words", quote=True),
)

# Another form of the same word counts as that word: so much of a share can come from those.
_BY_KIN = 0.3

Pair = tuple[float, Statement, Statement]


def contradictions(context: ReportContext) -> Report:
    """The pairs that are likest in what they are about come first."""
    read = ProcedureRegister(context.register.engine).all_live()
    limits = _pairs(list(limits_of(read)), rules()["same_limit"], rules()["fewest_words"])
    duties = _pairs(list(duties_of(read)), rules()["same_duty"], rules()["fewest_duty_words"])
    rows = [_row("time limit", pair) for pair in limits] + [_row("duty", pair) for pair in duties]
    summary = (f"Time limits that differ: {len(limits)}. Duties that differ: {len(duties)}.",)
    return Report(NAME, TITLE, _ABOUT, _COLUMNS, rows, summary)


def _pairs(statements: Sequence[Statement], least: float, fewest: int) -> list[Pair]:
    """Each pair of lines once, with its likest statements."""
    telling = [each for each in statements if len(each.about) >= fewest]
    likeness = Likeness(telling)
    best: dict[tuple[str, int, str, int], Pair] = {}
    for one, other in _sharing(telling, likeness, least - _BY_KIN):
        if one.document_id == other.document_id or not _differ(one, other):
            continue
        value = likeness.of(one, other)
        key = (one.document_id, one.line.start, other.document_id, other.line.start)
        if value >= least and value > best.get(key, (0.0,))[0]:
            best[key] = (value, one, other)
    return sorted(best.values(), key=lambda pair: (-pair[0], pair[1].document_id, pair[1].line.start))


def _sharing(
    statements: Sequence[Statement], likeness: Likeness, least: float
) -> Iterator[tuple[Statement, Statement]]:
    """Pairs that could be alike, each once: those with so large a share of words in the very same form."""
    by_stem: defaultdict[str, list[int]] = defaultdict(list)
    weights = [likeness.weight(statement.about) for statement in statements]
    for index, statement in enumerate(statements):
        shared: defaultdict[int, float] = defaultdict(float)
        for stem in statement.about:
            weight = likeness.weight((stem,))
            for other in by_stem[stem]:
                shared[other] += weight
            by_stem[stem].append(index)
        for other, weight in shared.items():
            if 2 * weight >= least * (weights[index] + weights[other]):
                yield statements[other], statement


def _differ(one: Statement, other: Statement) -> bool:
    """A limit that the other's line gives as well, for another case, is no contradiction."""
    if one.amount is None or other.amount is None:
        return one.value != other.value
    if (one.repeats, one.before) != (other.repeats, other.before):
        return False
    return one.amount not in other.amounts and other.amount not in one.amounts


def _row(sort: str, pair: Pair) -> dict[str, Cell]:
    value, one, other = pair
    return {
        "sort": sort,
        "value": one.value,
        "document": one.title,
        "place": one.line.anchor,
        "quote": one.line.words,
        "other_value": other.value,
        "other_document": other.title,
        "other_place": other.line.anchor,
        "other_quote": other.line.words,
        "likeness": round(value, 2),
        "document_id": one.document_id,
        "other_document_id": other.document_id,
        "url": _link(one),
        "other_url": _link(other),
    }


def _link(statement: Statement) -> str:
    line = statement.line
    return permanent_link(line.document_id, line.version, line.start, line.end)
