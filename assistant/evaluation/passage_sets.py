"""What the sets of bare passages share: a file for each passage, and what a ranking of them is worth."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from assistant.evaluation import measures as m
from assistant.evaluation.question_sets import Shown


def file_names(passages: Mapping[str, str]) -> dict[str, str]:
    """A file's name by the set's name of a passage, given with its text; equal texts share one.

    It says nothing, for a title made of it must not help.
    """
    numbers: dict[str, int] = {}
    return {
        name: f"passage-{numbers.setdefault(passages[name], number):05}.md"
        for number, name in enumerate(sorted(passages))
    }


def as_files(passages: Mapping[str, str]) -> dict[str, str]:
    """Markdown by file name."""
    names = file_names(passages)
    return {names[name]: text for name, text in passages.items()}


def ranking(passages: Sequence[Shown]) -> list[str]:
    """Documents, best first: one that was cut in two counts where its better part stands."""
    return list(dict.fromkeys(shown.document for shown in passages))


def scores_of_one(gold: str, passages: Sequence[Shown]) -> dict[str, float]:
    """Where one passage answers."""
    ranked = ranking(passages)
    rank = m.rank_of(ranked, {gold})
    return {
        "R@1": m.is_within(rank, 1),
        "R@5": m.is_within(rank, 5),
        "MRR@10": m.reciprocal_rank(rank),
        "nDCG@10": m.ndcg(ranked, [{gold}]),
    }


def scores_of_several(gold: Collection[str], passages: Sequence[Shown]) -> dict[str, float]:
    """Where several passages are needed: the share of them that is among the first five."""
    return {"R@5": m.share_held(gold, ranking(passages), 5)}
