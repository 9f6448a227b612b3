"""Measure how well kinds of happening are told apart, on our gold cases. Pure."""

from intel.kinds import classify
from tests.eval.score import Score, Wrong, cases, share


def run(split: str = "held") -> Score:
    """Classify all cases of a split."""
    told = [
        (case, classify(case["title"], case["text"])) for case in cases("kinds", split)
    ]
    right = [case["expected"] == said.happening.value for case, said in told]
    wrong = (
        Wrong(
            case["id"],
            case["lang"],
            case["expected"],
            said.happening.value,
            case["title"],
        )
        for case, said in told
        if case["expected"] != said.happening.value
    )
    return Score("kinds", split, len(told), {"accuracy": share(right)}, tuple(wrong))
