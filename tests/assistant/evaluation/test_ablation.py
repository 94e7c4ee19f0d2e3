"""Each part is switched off in turn, and none is forgotten."""

from __future__ import annotations

from dataclasses import fields

from assistant.evaluation.ablation import ablate, variants
from assistant.evaluation.question_sets import Bench, QuestionSet, System
from assistant.evaluation.retrieval import ask
from assistant.ranking import Weights, load_weights
from assistant.retriever import Parts
from tests.assistant.evaluation.systems import Scripted, answerable

ANY = "words@1"
QUESTIONS = QuestionSet("farm", (answerable("bees?", "hives"), answerable("goats?", "goats")))
WHOLE = Scripted({"bees?": ["hives", "goats"], "goats?": ["goats", "hives"]})
WORSE = Scripted({"bees?": ["goats", "hives"], "goats?": ["goats", "hives"]})


def test_a_cost_is_what_is_lost_without_the_part() -> None:
    def ours(*, worse: bool = False) -> System:
        return WORSE if worse else WHOLE

    whole = ask(WHOLE, QUESTIONS)
    (ablation,) = ablate(
        Bench(QUESTIONS, ours, WHOLE), whole, {"tail": {"worse": False}, "head": {"worse": True}}
    )
    costs = {cost.part: {change.name: change for change in cost.changes} for cost in ablation.costs}
    assert costs["tail"]["R@1"].value == 0
    assert (costs["head"]["R@1"].value, costs["head"]["R@1"].low, costs["head"]["R@1"].high) == (-0.5, -1, 0)


def test_every_part_and_every_weight_that_counts_is_switched_off_once() -> None:
    made = variants(ANY)
    off = [
        field.name
        for changes in made.values()
        for field in fields(Parts)
        if "parts" in changes and not getattr(changes["parts"], field.name)
    ]
    assert off == [field.name for field in fields(Parts)]
    learned = load_weights(ANY)
    counting = [field.name for field in fields(Weights) if getattr(learned, field.name)]
    assert [name for name in made if name.startswith("weight: ")] == [f"weight: {name}" for name in counting]
    for name in counting:
        changed = made[f"weight: {name}"]["weights"]
        assert [f.name for f in fields(Weights) if getattr(changed, f.name) != getattr(learned, f.name)] == [
            name
        ]
