"""Measure how well domains are verified, on our gold cases. Pure."""

from collections.abc import Mapping
from typing import Any

from intel.domains import Band, DomainVerdict, Probe, verify_domain
from store.records import Org
from tests.eval.score import Score, Wrong, cases, share


def run(split: str = "held") -> Score:
    """Verify all cases of a split; an accept that should be none is unsafe."""
    judged = [(case, _judge(case)) for case in cases("domains", split)]
    unsafe = [
        v for c, v in judged if v.band is Band.ACCEPT and c["expected"] != v.band.value
    ]
    return Score(
        "domains",
        split,
        len(judged),
        {
            "accuracy": share(v.band.value == c["expected"] for c, v in judged),
            "unsafe_accepts": float(len(unsafe)),
        },
        tuple(_wrong(c, v) for c, v in judged if v.band.value != c["expected"]),
    )


def _judge(case: Mapping[str, Any]) -> DomainVerdict:
    facts = {**case["org"], "aliases": tuple(case["org"].get("aliases", ()))}
    org = Org(org_id=case["id"], **facts)
    return verify_domain(org, case["domain"], Probe(**case["probe"]))


def _wrong(case: Mapping[str, Any], verdict: DomainVerdict) -> Wrong:
    why = "; ".join(verdict.reasons)
    return Wrong(case["id"], case["sort"], case["expected"], verdict.band.value, why)
