"""What an evaluation found: figures, and the cases that came out wrong. Pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

GOLD = Path(__file__).parents[1] / "data" / "gold"


@dataclass(frozen=True, slots=True)
class Wrong:
    """One case that came out wrong, with the reason our code gave."""

    case_id: str
    sort: str
    expected: str
    got: str
    why: str


@dataclass(frozen=True, slots=True)
class Score:
    """One gold set's result. `values` are shares from 0 to 1."""

    name: str
    split: str
    cases: int
    values: Mapping[str, float]
    wrong: tuple[Wrong, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the result as JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Yes/no answers beside the right ones."""

    answers: tuple[tuple[bool, bool], ...]

    @property
    def precision(self) -> float:
        """The share of our yeses that are right."""
        return _share(right for said, right in self.answers if said)

    @property
    def recall(self) -> float:
        """The share of right yeses that we found."""
        return _share(said for said, right in self.answers if right)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _harmonic(self.precision, self.recall)

    @property
    def balanced(self) -> float:
        """The mean of what was found of the right yeses and of the right noes."""
        return (self.recall + self._turned.recall) / 2

    @property
    def macro_f1(self) -> float:
        """The mean of the F1 of the yeses and that of the noes."""
        return (self.f1 + self._turned.f1) / 2

    @property
    def _turned(self) -> "Pairs":
        return Pairs(tuple((not said, not right) for said, right in self.answers))


def cases(name: str, split: str) -> list[dict[str, Any]]:
    """Read a gold set's cases; `split` is dev, held, unseen, odd or all."""
    every = rows(GOLD / f"{name}.jsonl")
    return [case for case in every if split in ("all", case["split"])]


def rows(path: Path) -> list[dict[str, Any]]:
    """Read a file of cases, one JSON object a line."""
    lines = path.read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def share(answers: Iterable[bool]) -> float:
    """Say which share of answers is yes; 0 where there are none."""
    return _share(answers)


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def _share(answers: Iterable[bool]) -> float:
    listed = list(answers)
    return sum(listed) / len(listed) if listed else 0.0
