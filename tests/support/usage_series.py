"""Series of usage readings for the gold cases, seeded or by hand. Pure.

A case counts steps back from its last reading, 0 being the last. `changes` hold
[from, to, factor], `ramp` one gradual change, `missing` the steps without a reading.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from store.records import UsageReading

NOW = "2026-11-22T06:00:00Z"
Case = Mapping[str, Any]


def now_of(case: Case) -> datetime:
    """The instant at which a case is judged."""
    return datetime.fromisoformat(case.get("now", NOW))


def readings(case: Case) -> list[UsageReading]:
    """Make a case's readings, in order of time."""
    pairs = by_hand(case) if "values" in case else seeded(case)
    return [
        UsageReading("acme", "users", datetime(*_ymd(day), tzinfo=UTC), value, f"u:{n}")
        for n, (day, value) in enumerate(pairs, 2)
    ]


def by_hand(case: Case) -> list[tuple[date, float]]:
    """Pair written-down values with their days; None is no reading."""
    start = date.fromisoformat(case["start"])
    step = {"daily": 1, "weekly": 7}[case["cadence"]]
    days = (start + timedelta(days=step * n) for n in range(len(case["values"])))
    return [
        (d, float(v))
        for d, v in zip(days, case["values"], strict=True)
        if v is not None
    ]


def seeded(case: Case) -> list[tuple[date, float]]:
    """Make values from a case's level, noise, week, growth and changes."""
    days = _days(case)
    back = np.arange(len(days))[::-1]
    rng = np.random.default_rng(case["seed"])
    expected = case["level"] * _shape(case, back, days)
    noisy = expected * np.exp(_noise(case, len(days), rng))
    values = rng.poisson(noisy) if case.get("poisson") else np.round(noisy)
    values = values * (rng.random(len(days)) >= case.get("zeros", 0.0))
    gone = _steps(case.get("missing", ()))
    return [
        (day, float(value))
        for day, value, step in zip(days, values, back, strict=True)
        if step not in gone and not (case.get("no_weekends") and day.weekday() > 4)
    ]


def shared_days(case: Case) -> frozenset[date]:
    """The days on which many companies dipped."""
    if "shared" not in case:
        return frozenset()
    steps, days = _steps(case["shared"]), _days(case)
    return frozenset(day for n, day in enumerate(reversed(days)) if n in steps)


def _shape(case: Case, back: np.ndarray, days: list[date]) -> np.ndarray:
    shape = (1 + case.get("growth", 0.0)) ** (len(days) - back)
    if week := case.get("week"):
        shape = shape * np.array([week[day.weekday()] for day in days])
    for first, last, factor in case.get("changes", ()):
        shape = np.where((back <= first) & (back >= last), shape * factor, shape)
    if ramp := case.get("ramp"):
        done = np.clip((ramp[0] - back) / (ramp[0] - ramp[1]), 0, 1)
        shape = shape * (1 + done * (ramp[2] - 1))
    return np.where(back == 0, shape * case.get("partial", 1.0), shape)


def _noise(case: Case, count: int, rng: np.random.Generator) -> np.ndarray:
    carried, level = case.get("ar", 0.0), 0.0
    noise = []
    for jolt in rng.normal(0, case["noise"], count):
        level = carried * level + float(jolt)
        noise.append(level)
    return np.array(noise)


def _days(case: Case) -> list[date]:
    count, cadence = case["days"], case.get("cadence", "daily")
    last = now_of(case).date() - timedelta(days=case.get("age", 1))
    if cadence == "monthly":
        last = date.fromisoformat(case["last"]) if "last" in case else _first(case)
        months = [last.year * 12 + last.month - 1 - n for n in range(count)]
        return [date(m // 12, m % 12 + 1, 1) for m in reversed(months)]
    step = 7 if cadence == "weekly" else 1
    return [last - timedelta(days=step * n) for n in reversed(range(count))]


def _first(case: Case) -> date:
    """The month that is under way for a partial one, else the month before."""
    today = now_of(case).date().replace(day=1)
    return today if "partial" in case else (today - timedelta(days=1)).replace(day=1)


def _steps(spans: Any) -> set[int]:
    return {step for first, last in spans for step in range(last, first + 1)}


def _ymd(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day
