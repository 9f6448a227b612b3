"""The three charts of the portfolio: health, usage, adoption. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise, takewhile

from intel import charts, weeks
from intel.charts import Chart, Line, Panel
from intel.health import Health
from intel.usage import named as named_metric
from store.records import UsageReading

WEEKS = 12
HEALTH_WEEKS = 4
NO_SEGMENT = "no segment"
_STACK = (Health.NO_DATA, Health.AT_RISK, Health.WATCH, Health.HEALTHY)  # bottom up
_STANDS = timedelta(days=7)  # how long a judgement stands in for days without one
_MOST_LINES = 6
_MOST_PANELS = 3
_MOST_FEATURES = 12
_ENOUGH = 0.8  # of the companies that ever report in a week, for that week to be whole
_ADOPTION_WEEKS = 4
_FEATURE = ("feature.", "feature_")

Judged = tuple[str, date, str]
Readings = Mapping[str, Sequence[UsageReading]]


def health(judged: Iterable[Judged], today: date) -> Chart | None:
    """Show how many companies stood how on each day, from (org, day, health).

    The picture begins with a week and ends with the last change, or the last whole
    week where that is later: days on which nothing changes leave it as it is.
    """
    counts = _by_day(judged)
    first = health_from(today)
    days = [day for day in sorted(counts) if day >= first]
    if not days:
        return None
    changes = [b for a, b in pairwise(days) if counts[a] != counts[b]]
    end = max(days[0], *changes, *weeks.ends(today, 1))
    days = [day for day in days if day <= end]
    lines = tuple(
        Line(one.value, tuple(float(counts[day][one.value]) for day in days))
        for one in _STACK
    )
    ticks = weeks.ticks(days)
    told = f" On {ticks[0]}: {_told(counts[days[0]])}." if len(days) > 1 else ""
    caption = (
        f"Health by day. Since {_since(counts, days)}: {_told(counts[days[-1]])}.{told}"
    )
    title = "Health over time"
    return Chart(charts.STACKED, title, ticks, (Panel("Companies", lines),), caption)


def health_from(today: date) -> date:
    """Give the first day that the picture of health may show, a Monday."""
    return weeks.ends(today, HEALTH_WEEKS)[0] - timedelta(days=6)


def usage(readings: Readings, segments: Mapping[str, str], today: date) -> Chart | None:
    """Show the commonest metric by segment, or each metric's total without segments.

    Only companies that reported in every week count: one that stopped is missing, and
    must not look like a fall. `segments` gives a company's segment, by its id.
    """
    series = _series(readings, weeks.ends(today, WEEKS + 1))
    ranked = sorted(series, key=lambda m: (-len(series[m]), m))
    if not ranked:
        return None
    segmented = any(segments.get(org) for org in readings)
    chosen = ranked[:1] if segmented else ranked[:_MOST_PANELS]
    sundays = weeks.ends(today, WEEKS + 1)
    cut = _whole(series[ranked[0]], len(sundays))
    first = cut - WEEKS
    panels, told = [], []
    for metric in chosen:
        whole = {
            org: values[first:cut]
            for org, values in series[metric].items()
            if None not in values[first:cut]
        }
        if whole:
            panel = _panel(metric, whole, segments if segmented else {})
            panels.append(panel)
            told.append(_panel_told(panel, len(whole), len(series[metric])))
    if not panels:
        return None
    ticks = weeks.ticks(sundays[first:cut])
    title = "Usage by segment" if segmented else "Usage of all companies"
    caption = (
        f"{title}, a day of each week on average, weeks to {ticks[0]} until "
        f"{ticks[-1]}. {' '.join(told)}"
    )
    kind = charts.LINES if segmented else charts.SMALL
    return Chart(kind, title, ticks, tuple(panels), caption)


def adoption(readings: Readings, today: date) -> Chart | None:
    """Show what share of the companies with usage data used what in four whole weeks.

    Metrics named feature.* are features; where there are none, every metric is one.
    """
    sundays = weeks.ends(today, _ADOPTION_WEEKS)
    used, reporting = _users(readings, sundays)
    if not reporting:
        return None
    features = {m: n for m, n in used.items() if m.startswith(_FEATURE)} or used
    ranked = sorted(features, key=lambda m: (-features[m], m))
    shown, left = ranked[:_MOST_FEATURES], len(ranked[_MOST_FEATURES:])
    names = tuple(_feature(metric) for metric in shown)
    values = tuple(charts.rounded(100 * features[m] / reporting) for m in shown)
    count = f"{reporting} {'company' if reporting == 1 else 'companies'}"
    span = f"the four weeks to {sundays[-1].isoformat()}"
    told = "; ".join(f"{n} {features[m]}" for n, m in zip(names, shown, strict=True))
    more = f" {left} more {'is' if left == 1 else 'are'} not shown." if left else ""
    caption = f"Of {count} with usage data in {span}, so many used: {told}.{more}"
    title = "Adoption by feature"
    panel = Panel(f"Share of {count} that used it in {span}", (Line("share", values),))
    return Chart(charts.BARS, title, names, (panel,), caption)


def _by_day(judged: Iterable[Judged]) -> dict[date, Counter[str]]:
    """Count each day's judgements; one stands until the next, for a week at most."""
    given: dict[date, dict[str, str]] = defaultdict(dict)
    for org, day, verdict in judged:
        given[day][org] = verdict
    counts: dict[date, Counter[str]] = {}
    standing: dict[str, tuple[str, date]] = {}
    day, last = min(given, default=date.max), max(given, default=date.min)
    while day <= last:
        standing |= {org: (said, day) for org, said in given.get(day, {}).items()}
        fresh = (said for said, since in standing.values() if day - since < _STANDS)
        counts[day] = Counter(fresh)
        day += timedelta(days=1)
    return counts


def _since(counts: Mapping[date, Counter[str]], days: Sequence[date]) -> str:
    """Say since when the last counts stand."""
    same = takewhile(lambda day: counts[day] == counts[days[-1]], reversed(days))
    return min(same).isoformat()


def _told(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{counts[one.value]} {one.value}" for one in reversed(_STACK))


def _series(
    readings: Readings, sundays: Sequence[date]
) -> dict[str, dict[str, tuple[float | None, ...]]]:
    """Give each metric's weekly means, by company; those without any are left out."""
    found: dict[str, dict[str, tuple[float | None, ...]]] = defaultdict(dict)
    for org, every in readings.items():
        for metric, own in weeks.by_metric(every).items():
            values = weeks.means(own, sundays)
            if any(value is not None for value in values):
                found[metric][org] = values
    return dict(found)


def _whole(series: Mapping[str, Sequence[float | None]], count: int) -> int:
    """Say where to cut: the last week goes where most have not reported it yet."""
    here = [sum(v[at] is not None for v in series.values()) for at in range(count)]
    return count if here[-1] >= _ENOUGH * here[-2] else count - 1


def _panel(
    metric: str,
    whole: Mapping[str, Sequence[float | None]],
    segments: Mapping[str, str],
) -> Panel:
    name = named_metric(metric)
    if not segments:
        return Panel(name, (Line(name, _sum(list(whole.values()))),))
    groups: dict[str, list[Sequence[float | None]]] = defaultdict(list)
    for org, values in whole.items():
        groups[segments.get(org) or NO_SEGMENT].append(values)
    lines = [Line(segment, _sum(found)) for segment, found in groups.items()]
    lines.sort(key=lambda line: (-(line.values[-1] or 0.0), line.name))
    if len(lines) > _MOST_LINES:
        rest = [line.values for line in lines[_MOST_LINES - 1 :]]
        lines = [*lines[: _MOST_LINES - 1], Line("others", _sum(rest))]
    return Panel(name, tuple(lines))


def _sum(every: Sequence[Sequence[float | None]]) -> tuple[float, ...]:
    return tuple(
        charts.rounded(sum(value or 0.0 for value in week))
        for week in zip(*every, strict=True)
    )


def _panel_told(panel: Panel, counted: int, reporting: int) -> str:
    lines = [f"{charts.moved(line)}{charts.share(line)}" for line in panel.lines]
    who = (
        f"{counted} of {reporting} companies reported every week and are counted"
        if counted < reporting
        else f"all {reporting} that report"
    )
    label = f"{panel.title}: " if len(lines) > 1 else ""
    return f"{label}{'; '.join(lines)} ({who})."


def _users(readings: Readings, sundays: Sequence[date]) -> tuple[Counter[str], int]:
    """Count the companies that used each metric in some weeks, and that reported."""
    used: Counter[str] = Counter()
    reporting = 0
    for found in readings.values():
        recent = [r for r in found if weeks.sunday_of(r.ts.date()) in sundays]
        reporting += bool(recent)
        for metric in {r.metric for r in recent}:
            used[metric] += any(r.value > 0 for r in recent if r.metric == metric)
    return used, reporting


def _feature(metric: str) -> str:
    for prefix in _FEATURE:
        metric = metric.removeprefix(prefix)
    return named_metric(metric)
