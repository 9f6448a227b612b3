"""Measure how well articles are linked to companies, on our gold cases. Pure."""

import json
from collections.abc import Mapping
from typing import Any

from intel.identity import Context, Verdict, relate
from store.records import Org, Relation
from tests.eval.score import GOLD, Pairs, Score, Wrong, cases, share

_NOT_OURS = (Relation.NAMESAKE, Relation.NONE)


def run(split: str = "held") -> Score:
    """Judge all cases of a split. A namesake and no mention at all count as one."""
    orgs = companies()
    judged = [(case, _judge(case, orgs)) for case in cases("linking", split)]
    about = Pairs(tuple((_about(v.relation), _about(_expected(c))) for c, v in judged))
    namesakes = [v for c, v in judged if _expected(c) is Relation.NAMESAKE]
    others = [v for c, v in judged if not _about(_expected(c))]
    return Score(
        "linking",
        split,
        len(judged),
        {
            "accuracy": share(
                _about(v.relation) == _about(_expected(c)) for c, v in judged
            ),
            "relation_accuracy": share(_right(c, v) for c, v in judged),
            "precision": about.precision,
            "recall": about.recall,
            "namesakes_refused": share(v.relation in _NOT_OURS for v in namesakes),
            "none_correct": share(not _about(v.relation) for v in others),
        },
        tuple(_wrong(c, v) for c, v in judged if not _right(c, v)),
    )


def companies() -> Mapping[str, Org]:
    """Read the gold set's companies by their key."""
    told = json.loads((GOLD / "linking_orgs.json").read_text("utf-8"))
    return {
        key: Org(org_id=key, **{**facts, "aliases": tuple(facts.get("aliases", ()))})
        for key, facts in told.items()
    }


def _judge(case: Mapping[str, Any], orgs: Mapping[str, Org]) -> Verdict:
    said = (case["title"], case["text"], case["url"], case["outlet"])
    return relate(orgs[case["org"]], *said, Context())


def _expected(case: Mapping[str, Any]) -> Relation:
    return Relation(case["expected"])


def _about(relation: Relation) -> bool:
    return relation is Relation.ABOUT


def _right(case: Mapping[str, Any], verdict: Verdict) -> bool:
    expected = _expected(case)
    if expected in _NOT_OURS:
        return verdict.relation in _NOT_OURS
    return verdict.relation is expected


def _wrong(case: Mapping[str, Any], verdict: Verdict) -> Wrong:
    got, why = verdict.relation.value, f"{verdict.reason} | {case['title']}"
    return Wrong(case["id"], case["sort"], case["expected"], got, why)
