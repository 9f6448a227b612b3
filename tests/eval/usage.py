"""Measure how well drops in usage are told from all that is none. Pure."""

from collections.abc import Mapping
from typing import Any

from intel.trend import Judgement, TrendSettings, Verdict, judge
from tests.eval.score import Pairs, Score, Wrong, cases, share
from tests.support.usage_series import now_of, readings, shared_days

# Cases of these sorts must never be called a drop.
NO_DROP = ("stopped", "gaps", "partial", "late")


def run(split: str = "held") -> Score:
    """Judge all cases of a split; `false_drops` counts missing and partial days."""
    judged = [(case, verdict_on(case)) for case in cases("usage", split)]
    drops = Pairs(
        tuple((j.kind is Verdict.DROP, c["expected"] == "drop") for c, j in judged)
    )
    false = [c for c, j in judged if j.kind is Verdict.DROP and _holey(c)]
    return Score(
        "usage",
        split,
        len(judged),
        {
            "f1": drops.f1,
            "precision": drops.precision,
            "recall": drops.recall,
            "false_drops": float(len(false)),
            "accuracy": share(j.kind == c["expected"] for c, j in judged),
        },
        tuple(_wrong(c, j) for c, j in judged if j.kind != c["expected"]),
    )


def verdict_on(case: Mapping[str, Any]) -> Judgement:
    """Judge one case with the default settings and its own holidays."""
    listed = TrendSettings().holidays + tuple(case.get("holidays", ()))
    settings = TrendSettings(holidays=listed)
    return judge(readings(case), now_of(case), settings, shared_days(case))


def _holey(case: Mapping[str, Any]) -> bool:
    return case["expected"] != "drop" and any(s in case["sort"] for s in NO_DROP)


def _wrong(case: Mapping[str, Any], judged: Judgement) -> Wrong:
    return Wrong(
        case["id"], case["sort"], case["expected"], judged.kind.value, judged.reason
    )
