"""Fit the weights by which likely backers are told from other names.

Only development cases are used. `python -m tests.eval.fit_backers` says how well lists
are told in cases left out of the fit, then fits all and writes the weights.
Touches: the weights beside intel/deals/likely.py.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intel.deals import choosing
from intel.deals.gathering import Round, manner_of, near, passages
from intel.deals.likely import WEIGHTS, features
from intel.deals.lists import LIST, find_lists
from intel.deals.reading import Reading, read_article
from store.records import Org
from tests.eval.score import cases

Floats = NDArray[np.float64]
PENALTY, STEPS, PARTS = 2.0, 300, 8
_RARE, _SMALL = 3, 0.005


@dataclass(frozen=True, slots=True)
class Seen:
    """One list of names in a case: what the model sees, and whether it is right."""

    case: str
    features: frozenset[str]
    backs: bool


def main() -> None:
    """Say how it does on cases left out, then fit on all and write the weights."""
    told = [case for case in cases("funding", "dev") if case["expected"]]
    seen = [one for case in told for one in _lists(case)]
    names = _frequent(seen)
    kept_right = f"left out of the fit: {_left_out(seen, names)}"
    sys.stdout.write(f"{len(seen)} lists, {len(names)} features, {kept_right}\n")
    weights = _fit(_matrix(seen, names), _answers(seen))
    kept = {n: round(float(w), 3) for n, w in zip(names, weights, strict=True)}
    lines = sorted((n, w) for n, w in kept.items() if abs(w) > _SMALL)
    WEIGHTS.write_text(json.dumps(dict(lines), ensure_ascii=False, indent=0), "utf-8")


def _lists(case: Mapping[str, Any]) -> Iterator[Seen]:
    """Yield the lists of names in a case's passages on its round."""
    facts = {**case["org"], "aliases": tuple(case["org"].get("aliases", ()))}
    org = Org(org_id=case["id"], **facts)
    day = datetime.fromisoformat(case["published"]) if case["published"] else None
    reading = read_article(
        org, case["title"], case["text"], day.date() if day else None
    )
    if reading.found:
        yield from _lists_read(case, reading, org)


def _lists_read(case: Mapping[str, Any], reading: Reading, org: Org) -> Iterator[Seen]:
    main_sum = choosing.main_telling(reading).money
    alike = [f for f in reading.found if choosing.same_sum(f.money, main_sum)]
    this = Round(choosing.round_of(reading, alike), frozenset(org.names))
    wanted = [_folded(name) for name in case["expected"]["investors"]]
    for unit in near(reading, alike):
        for text in passages(reading, alike, unit, this):
            listed = find_lists(text, manner_of(reading, unit))
            for sign in re.finditer(LIST, listed.text):
                names = [item.name for item in listed.list_at(sign[0])]
                at, title = sign.start(), unit.number == 0
                right = sum(_is_wanted(name, wanted) for name in names)
                what = features(listed.text, at, names, title=title)
                yield Seen(case["id"], what, 2 * right > len(names))


def _is_wanted(name: str, wanted: Sequence[str]) -> bool:
    """Say whether a name is one of them, or a part, or the whole of one."""
    folded = _folded(name)
    return any(folded in other or other in folded for other in wanted)


def _folded(name: str) -> str:
    return f" {' '.join(re.findall(r'[a-zà-ÿ0-9]+', name.casefold()))} "


def _frequent(seen: Sequence[Seen]) -> list[str]:
    counted = Counter(name for one in seen for name in one.features)
    return sorted(name for name, often in counted.items() if often >= _RARE)


def _matrix(seen: Sequence[Seen], names: Sequence[str]) -> Floats:
    return np.array([[float(n in one.features) for n in names] for one in seen])


def _answers(seen: Sequence[Seen]) -> Floats:
    return np.array([float(one.backs) for one in seen])


def _fit(matrix: Floats, answers: Floats) -> Floats:
    """Fit a logistic model with a quadratic penalty, by accelerated descent."""
    weights = ahead = np.zeros(matrix.shape[1])
    pace = 1.0
    steepest = 0.25 * float(np.linalg.norm(matrix, 2)) ** 2 + PENALTY
    for _ in range(STEPS):
        slope = matrix.T @ (_odds(matrix @ ahead) - answers) + PENALTY * ahead
        stepped = ahead - slope / steepest
        quicker = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = stepped + (pace - 1) / quicker * (stepped - weights)
        weights, pace = stepped, quicker
    return weights


def _odds(scores: Floats) -> Floats:
    odds: Floats = 1 / (1 + np.exp(-scores))
    return odds


def _left_out(seen: Sequence[Seen], names: Sequence[str]) -> str:
    """Fit without every eighth case in turn; say how many of its lists come right."""
    order = {case: n % PARTS for n, case in enumerate(sorted({s.case for s in seen}))}
    part = np.array([order[one.case] for one in seen])
    matrix, answers = _matrix(seen, names), _answers(seen)
    odds = np.zeros(len(seen))
    for number in range(PARTS):
        weights = _fit(matrix[part != number], answers[part != number])
        odds[part == number] = _odds(matrix[part == number] @ weights)
    return f"{float(((odds > 0.5) == (answers > 0.5)).mean()):.3f} right"


if __name__ == "__main__":
    main()
