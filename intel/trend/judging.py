"""Judge a metric's recent readings against its own baseline. Pure."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np

from intel.trend import words
from intel.trend.calendar import special
from intel.trend.compare import Comparison, compare, low_since
from intel.trend.records import Judgement, Verdict
from intel.trend.seasons import week_of
from intel.trend.series import (
    Series,
    clean,
    day_after,
    longest_usual_gap,
    summed,
    weekdays_expected,
)
from intel.trend.settings import TrendSettings
from store.records import UsageReading

# Past this share of zeros, single days say nothing; sums of weeks do.
_ZERO_HEAVY = 0.3
# As many days, not whole or not comparable left out, carry a verdict on a day basis.
_LEAST_RECENT = 5
_FOUR_WEEKS = 28
_LEAST_IRREGULAR = 4


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is compared: a baseline and the recent readings after it."""

    baseline: Series
    recent: Series


def judge(
    readings: Sequence[UsageReading],
    now: datetime,
    settings: TrendSettings,
    shared_dips: Collection[date] = frozenset(),
) -> Judgement:
    """Judge one org's readings of one metric, in any order.

    `shared_dips` are days on which many orgs dipped (`calendar.shared_dips`). Half a
    year of readings is plenty; eight weeks and two are what is compared.
    """
    series = clean(readings, now)
    if not len(series.days):
        return Judgement(Verdict.TOO_LITTLE, *_named(readings), words.NOTHING)
    newest = max(readings, key=lambda r: (r.ts, r.source))
    start = Judgement(
        Verdict.LEVEL,
        newest.org_id,
        newest.metric,
        "",
        step=series.step,
        until=series.dates[-1],
        source=newest.source,
    )
    if gone := _stopped(series, now, settings):
        since = day_after(series.last)
        return replace(start, kind=Verdict.MISSING, reason=gone, since=since)
    whole = _whole(series, now, settings)
    if whole is not series:
        start = replace(start, set_aside=series.dates[-1])
    if not len(whole.days):
        return replace(start, kind=Verdict.TOO_LITTLE, reason=words.too_little(1))
    if whole.step == 1:
        return _daily(whole, start, settings, shared_dips)
    return _stepwise(whole, start, settings)


def _named(readings: Sequence[UsageReading]) -> tuple[str, str]:
    return (readings[0].org_id, readings[0].metric) if readings else ("", "")


def _stopped(series: Series, now: datetime, settings: TrendSettings) -> str:
    """Say since when readings are overdue, "" where they are not.

    Readings may be dated at the start of what they measure and come at its end, so
    two periods pass before one is overdue.
    """
    if len(series.days) < 3:
        return ""
    period = longest_usual_gap(series) if series.step == 0 else float(series.step)
    usual = max(period, longest_usual_gap(series))
    slack = max(settings.late_days, settings.late_share * period)
    age = now.date().toordinal() - series.last
    late = age > usual + period + slack
    return words.stopped(series.dates[-1]) if late else ""


def _whole(series: Series, now: datetime, settings: TrendSettings) -> Series:
    """Leave out the last reading where what it measures is not over, or not all there.

    Today's reading is never whole. A last reading that falls far below the one before
    and is younger than its own period may be of a period under way; a last day that
    does so alone may be of a file cut short.
    """
    today = now.date()
    before = series.part(series.days < series.last)
    last = series.dates[-1]
    if series.step == 1 and last == today:
        return before
    if not len(before.days):
        return series
    month = 28 <= series.step <= 31
    same_month = (last.year, last.month) == (today.year, today.month)
    young = (
        same_month if month else series.last + max(series.step, 2) > today.toordinal()
    )
    return before if young and _sinks(series, settings) else series


def _sinks(series: Series, settings: TrendSettings) -> bool:
    """Say whether the last value is far below that of the period before."""
    back = 7 if series.step == 1 else max(series.step, 1)
    earlier = series.values[series.days <= series.last - back]
    same = float(earlier[-1]) if len(earlier) else float(series.values[-2])
    reference = min(same, float(series.values[-2])) if series.step != 1 else same
    return float(series.values[-1]) < (1 - settings.drop) * reference


def _daily(
    series: Series,
    start: Judgement,
    settings: TrendSettings,
    shared: Collection[date],
) -> Judgement:
    border = series.last - settings.recent_days
    absent = _absent(series, settings)
    start = replace(start, missing_days=absent)
    expected = settings.recent_days * len(weekdays_expected(series)) / 7
    short = series.last - int(series.days[0]) + 1 < (
        settings.least_baseline_days + settings.recent_days // 2
    )
    if not short and len(absent) > settings.gap_share * expected:
        reason = words.gaps(len(absent), settings.recent_days, series.dates[-1])
        return replace(start, kind=Verdict.MISSING, reason=reason, since=min(absent))
    usual = series.part(~special(series, settings, shared))
    recent = usual.between(border, series.last)
    baseline = usual.between(border - settings.baseline_days, border)
    if short or _span(baseline) < settings.least_baseline_days:
        reason = words.too_little(len(series.days))
        return replace(start, kind=Verdict.TOO_LITTLE, reason=reason)
    week = week_of(baseline)
    parts = _Parts(week.without(baseline), week.without(recent))
    if float(np.mean(parts.baseline.values == 0)) > _ZERO_HEAVY:
        return _zero_heavy(usual, start, settings)
    if len(parts.recent.days) < _LEAST_RECENT:
        reason = words.few_comparable(len(parts.recent.days), settings.recent_days)
        return replace(start, kind=Verdict.TOO_LITTLE, reason=reason)
    return _conclude(parts, start, settings, _counted(series))


def _absent(series: Series, settings: TrendSettings) -> tuple[date, ...]:
    """List the recent days on which a reading was due and is not there."""
    first = max(int(series.days[0]), series.last - settings.recent_days + 1)
    there = set(series.days.tolist())
    due = weekdays_expected(series)
    return tuple(
        date.fromordinal(day)
        for day in range(first, series.last + 1)
        if day not in there and (day - 1) % 7 in due
    )


def _zero_heavy(series: Series, start: Judgement, settings: TrendSettings) -> Judgement:
    """Judge sums of weeks, then of four weeks, which show what weeks may not."""
    told = []
    for size in (7, _FOUR_WEEKS):
        sums = summed(series, size)
        if len(sums.days) and float(np.mean(sums.values == 0)) <= _ZERO_HEAVY:
            told.append(
                _stepwise(sums, replace(start, step=size, summed=True), settings)
            )
    moved = [one for one in told if one.kind in (Verdict.DROP, Verdict.GROWTH)]
    level = [one for one in told if one.kind is Verdict.LEVEL]
    if found := moved or level:
        return found[0]
    reason = words.too_little(int(np.count_nonzero(series.values)))
    return replace(start, kind=Verdict.TOO_LITTLE, reason=reason)


def _stepwise(series: Series, start: Judgement, settings: TrendSettings) -> Judgement:
    """Judge a series that comes by the week, by the month, or as it likes."""
    parts = _split(series, settings)
    if len(parts.baseline.days) < settings.least_baseline_readings or not len(
        parts.recent.days
    ):
        reason = words.too_little(len(series.days))
        return replace(start, kind=Verdict.TOO_LITTLE, reason=reason)
    return _conclude(parts, start, settings, _counted(series))


def _split(series: Series, settings: TrendSettings) -> _Parts:
    if series.step == 0:
        border = series.last - _FOUR_WEEKS
        recent = series.between(border, series.last)
        enough = len(recent.days) >= _LEAST_IRREGULAR
        baseline = series.between(border - 3 * _FOUR_WEEKS, border)
        return _Parts(baseline, recent if enough else recent.part(recent.days < 0))
    newest = max(1, round(settings.recent_days / series.step))
    held = max(6, round(settings.baseline_days / series.step))
    place = np.arange(len(series.days))[::-1]
    return _Parts(
        series.part((place >= newest) & (place < newest + held)),
        series.part(place < newest),
    )


# A rise by more than a million times tells of the baseline, not of the metric.
_TELLING = 1e6


def _share(recent: float, base: float) -> float | None:
    """The change as a share; None from nothing, or from as good as nothing."""
    share = (recent - base) / base if base else math.inf
    return share if abs(share) <= _TELLING else None


def _conclude(
    parts: _Parts, start: Judgement, settings: TrendSettings, of_counts: bool
) -> Judgement:
    parts, fall = _before_the_fall(parts, settings)
    found = compare(parts.baseline, parts.recent, settings, of_counts=of_counts)
    kind, base = _kind(found, settings)
    judged = replace(
        start,
        kind=kind,
        change=_share(found.recent, base),
        baseline=base,
        recent=found.recent,
        since=date.fromordinal(fall) if kind is Verdict.DROP else None,
        days=parts.recent.dates,
    )
    held = parts.baseline.last - int(parts.baseline.days[0]) + max(judged.step, 1)
    return replace(judged, reason=words.compared(judged, held))


def _before_the_fall(parts: _Parts, settings: TrendSettings) -> tuple[_Parts, int]:
    """Cut from the baseline what already belongs to a fall, at most half of it.

    A drop that goes on for weeks would else make its own baseline, and widen what
    counts as noise. Returns the day on which the fall begins as well.
    """
    usual = float(np.median(parts.baseline.values))
    every = parts.baseline.then(parts.recent)
    fall = low_since(every, usual, settings)
    kept = parts.baseline.part(parts.baseline.days < fall)
    if 2 * len(kept.days) < len(parts.baseline.days):
        return parts, fall
    return _Parts(kept, parts.recent), fall


def _kind(found: Comparison, settings: TrendSettings) -> tuple[Verdict, float]:
    if found.fell(settings):
        return Verdict.DROP, found.high
    if found.rose(settings):
        return Verdict.GROWTH, found.low
    nearest = min(max(found.recent, found.low), found.high)
    outside = found.high if found.recent < found.low else nearest
    return Verdict.LEVEL, found.low if found.recent > found.high else outside


def _counted(series: Series) -> bool:
    return bool(np.all(series.values == np.round(series.values)))


def _span(series: Series) -> int:
    return series.last - int(series.days[0]) + 1 if len(series.days) else 0
