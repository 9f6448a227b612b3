"""Say what the charts show, and the same in words for those who cannot see them. Pure.

A chart is data: what it looks like is `intel/drawing.py`'s matter. Equal data, equal
digest, so that a picture is sent again only when its data changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intel.usage import number
from store import ids

LINES = "lines"
STACKED = "stacked"
BARS = "bars"
SMALL = "small"  # lines, one panel beside the other


@dataclass(frozen=True, slots=True)
class Line:
    """One row of values, a value per tick; None where nothing is known."""

    name: str
    values: tuple[float | None, ...]

    @property
    def ends(self) -> tuple[float, float] | None:
        """The first and the last known value."""
        known = [value for value in self.values if value is not None]
        return (known[0], known[-1]) if known else None


@dataclass(frozen=True, slots=True)
class Panel:
    """Lines that share an axis. `title` says what the axis counts."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture as data: `ticks` are ISO days, or names where `kind` is bars.

    `caption` tells the same in words and stands below the picture; it is no part of
    the picture.
    """

    kind: str
    title: str
    ticks: tuple[str, ...]
    panels: tuple[Panel, ...]
    caption: str = ""

    @property
    def digest(self) -> str:
        """Hash the data that the picture shows."""
        return ids.value_hash({**to_json(self), "caption": ""})[:16]


def to_json(chart: Chart) -> dict[str, Any]:
    """Write a chart as the store keeps it."""
    panels = [
        {
            "title": panel.title,
            "lines": [
                {"name": one.name, "values": list(one.values)} for one in panel.lines
            ],
        }
        for panel in chart.panels
    ]
    return {
        "kind": chart.kind,
        "title": chart.title,
        "ticks": list(chart.ticks),
        "panels": panels,
        "caption": chart.caption,
    }


def from_json(data: Mapping[str, Any]) -> Chart:
    """Read a chart back."""
    panels = tuple(_panel(panel) for panel in data["panels"])
    return Chart(
        data["kind"], data["title"], tuple(data["ticks"]), panels, data["caption"]
    )


def moved(line: Line, name: str = "") -> str:
    """Say where a line began and where it is now."""
    called = name or line.name
    if line.ends is None:
        return f"{called} without a value"
    first, last = line.ends
    return f"{called} {number(first)} → {number(last)}"


def rounded(value: float) -> float:
    """Keep four digits: more would make two pictures of one."""
    return float(f"{value:.4g}")


def share(line: Line) -> str:
    """Say by how much a line has moved, "" where that cannot be said."""
    if line.ends is None or not line.ends[0]:
        return ""
    first, last = line.ends
    percent = round((last - first) / abs(first) * 100)
    sign = "−" if percent < 0 else "+" if percent else "±"
    return f" ({sign}{abs(percent)} %)"


def _panel(data: Mapping[str, Any]) -> Panel:
    lines = tuple(Line(one["name"], tuple(one["values"])) for one in data["lines"])
    return Panel(data["title"], lines)
