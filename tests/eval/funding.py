"""Measure how well rounds are read out of news, on our gold cases.

Touches: the files of the learned reader.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from intel.funding import Article, Explained, explain
from intel.tagger import Tagger, open_tagger
from store.records import FundingFact, Org
from tests.eval.score import Pairs, Score, Wrong, cases, share

MODELS = Path(__file__).parents[2] / "models"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
FIELDS = ("round_type", "amount", "currency", "announced_on", "leads", "investors")


def run(split: str = "held", *, by_rules: bool = False) -> Score:
    """Read all cases of a split: is there a round, and is each field right?

    The learned reader helps where it can be had, unless `by_rules` alone is asked.
    """
    tagger = None if by_rules else learned_reader()
    judged = [(case, judge(case, tagger)) for case in cases("funding", split)]
    answers = Pairs(tuple((e.fact is not None, bool(c["expected"])) for c, e in judged))
    both = [(c["expected"], e.fact) for c, e in judged if c["expected"] and e.fact]
    told = [(c, e) for c, e in judged if c["expected"]]
    return Score(
        "funding",
        split,
        len(judged),
        {
            "f1": answers.f1,
            "precision": answers.precision,
            "recall": answers.recall,
            **{name: share(_right(name, e, f) for e, f in both) for name in FIELDS},
            "all_fields": share(not _faults(c["expected"], e.fact) for c, e in told),
        },
        tuple(_wrong(c, e) for c, e in judged if _faults(c["expected"], e.fact)),
    )


@lru_cache(maxsize=1)
def learned_reader() -> Tagger | None:
    """Open the learned reader of rounds, where it can be had."""
    return open_tagger(MODELS)[0]


def judge(case: Mapping[str, Any], tagger: Tagger | None = None) -> Explained:
    """Read one case."""
    facts = {**case["org"], "aliases": tuple(case["org"].get("aliases", ()))}
    day = datetime.fromisoformat(case["published"]) if case["published"] else None
    url = f"https://news.example/{case['id']}"
    article = Article(case["title"], case["text"], day, url, "The Ledger")
    return explain(Org(org_id=case["id"], **facts), article, NOW, tagger)


def _faults(expected: Mapping[str, Any] | None, fact: FundingFact | None) -> list[str]:
    """Name the fields that are wrong; "round" where it is missed or invented."""
    if expected is None or fact is None:
        return [] if expected is None and fact is None else ["round"]
    return [name for name in FIELDS if not _right(name, expected, fact)]


def _right(name: str, expected: Mapping[str, Any], fact: FundingFact) -> bool:
    got, want = getattr(fact, name), expected[name]
    if name in ("leads", "investors"):
        return {_folded(n) for n in got} == {_folded(n) for n in want}
    if name == "announced_on":
        return bool((got.isoformat() if got else None) == want)
    return bool(got == want)


def _folded(name: str) -> str:
    """Fold a name as a reader would: case, punctuation and a leading article aside."""
    plain = re.sub(r"^(?:the|die|der|das)\s", "", name.casefold())
    return re.sub(r"\W+", " ", plain).strip()


def _wrong(case: Mapping[str, Any], told: Explained) -> Wrong:
    faults = ", ".join(_faults(case["expected"], told.fact))
    got = f"{faults}: {_shown(told.fact)}"
    return Wrong(
        case["id"], case["sort"], str(case["expected"]), got, "; ".join(told.refused)
    )


def _shown(fact: FundingFact | None) -> str:
    return str({name: getattr(fact, name) for name in FIELDS}) if fact else "no round"
