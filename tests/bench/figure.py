"""One measured figure, with the bar it is held against. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

AT_MOST, AT_LEAST = "≤", "≥"


@dataclass(frozen=True, slots=True)
class Bar:
    """What is asked of a figure."""

    sense: str
    value: float

    def holds(self, measured: float) -> bool:
        """Whether a figure is good enough."""
        at_most = self.sense == AT_MOST
        return measured <= self.value if at_most else measured >= self.value


def at_most(value: float) -> Bar:
    """Ask for no more than this."""
    return Bar(AT_MOST, value)


def at_least(value: float) -> Bar:
    """Ask for no less than this."""
    return Bar(AT_LEAST, value)


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, at which size, in which unit; times in the unit's own."""

    name: str
    size: str
    value: float
    unit: str
    bar: Bar | None = None

    @property
    def held(self) -> bool:
        """Whether the bar is held, where there is one."""
        return self.bar is None or self.bar.holds(self.value)

    def as_json(self) -> dict[str, Any]:
        """Write it with its verdict."""
        return {**asdict(self), "held": self.held}

    def as_row(self) -> str:
        """Write it as a row of a table."""
        asked = f"{self.bar.sense} {shown(self.bar.value)}" if self.bar else ""
        verdict = ("held" if self.held else "**missed**") if self.bar else ""
        told = f"{shown(self.value)} {self.unit}".rstrip()
        return f"| {self.name} | {self.size} | {told} | {asked} | {verdict} |"


# Runs one group of measurements at the sizes given, smallest first.
Benchmark = Callable[[Sequence[int]], Iterator[Figure]]


def shown(value: float) -> str:
    """Write a number with three figures that count."""
    if value == int(value) and abs(value) < 1e9:
        return f"{int(value):,}"
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 3
    return f"{value:,.{digits}f}"


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so many of the others do not exceed."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


def sizes(count: int) -> str:
    """Put a number of companies into words."""
    return f"{count:,} companies"
