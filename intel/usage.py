"""Put usage readings into words, one plain trend per metric. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import fmean, median

from intel import evidence
from store import ids
from store.records import Evidence, UsageReading

KIND = "usage"
PERIOD_DAYS = 28
# Less change than this, as a share, is called level.
LEVEL = 0.05
# A series whose last reading is older is said to have stopped.
SILENT_DAYS = 10


@dataclass(frozen=True, slots=True)
class Trend:
    """One metric over the last period against the one before; means per reading.

    `before` is None where the earlier period has no reading. `missing` counts days
    without a reading in a daily series.
    """

    metric: str
    start: datetime
    end: datetime
    recent: float
    before: float | None
    missing: int

    @property
    def change(self) -> float | None:
        """The change as a share of the earlier mean."""
        if self.before is None or self.before == 0:
            return None
        return (self.recent - self.before) / abs(self.before)


def usage_evidence(
    org_id: str,
    readings: Iterable[UsageReading],
    now: datetime,
    *,
    url: str = "",
    source: str = "Usage data",
) -> tuple[Evidence, ...]:
    """Put each metric's trend into words, the largest fall first.

    Periods end at the metric's last reading, so that unchanged readings give
    unchanged words. `url` is where a reader finds the readings.
    """
    series = _by_metric(org_id, readings)
    trends = [trend(metric, found) for metric, found in series.items()]
    ordered = sorted(trends, key=lambda t: (t.change or 0.0, t.metric))
    address = evidence.web_address(url)
    return tuple(
        _as_evidence(org_id, one, now, (address, source, series[one.metric][-1].source))
        for one in ordered
    )


def trend(metric: str, readings: Sequence[UsageReading]) -> Trend:
    """Work out the trend of one metric; readings in order of time, at least one."""
    end = readings[-1].ts
    start = end - timedelta(days=PERIOD_DAYS)
    recent = [r for r in readings if r.ts > start]
    before = [
        r for r in readings if start - timedelta(days=PERIOD_DAYS) < r.ts <= start
    ]
    return Trend(
        metric,
        start,
        end,
        fmean(r.value for r in recent),
        fmean(r.value for r in before) if before else None,
        _missing_days(recent, readings),
    )


def in_words(one: Trend, now: datetime) -> str:
    """Put a trend into one or two sentences."""
    name = one.metric.replace("_", " ").replace(".", " ").strip().capitalize()
    span = f"the {PERIOD_DAYS} days to {one.end:%Y-%m-%d}"
    sentence = f"{name} averaged {number(one.recent)} in {span}{_compared(one)}."
    if one.missing:
        days = "day has" if one.missing == 1 else "days have"
        sentence += f" {one.missing} {days} no reading."
    if now - one.end > timedelta(days=SILENT_DAYS):
        sentence += f" There is no reading after {one.end:%Y-%m-%d}."
    return sentence


def number(value: float) -> str:
    """Write a number with as many places as tell something."""
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:,.1f}" if abs(value) >= 1 else f"{value:.2g}"


def _compared(one: Trend) -> str:
    if one.before is None:
        return "; the 28 days before have no reading to compare with"
    if one.change is None:
        return f", against {number(one.before)} in the 28 days before"
    if abs(one.change) < LEVEL:
        return f", level with {number(one.before)} in the 28 days before"
    verb = "rose" if one.change > 0 else "fell"
    percent = f"{abs(one.change) * 100:.0f} %"
    return f"; it {verb} {percent} from {number(one.before)} in the 28 days before"


def _missing_days(recent: Sequence[UsageReading], every: Sequence[UsageReading]) -> int:
    days = sorted({r.ts.date() for r in every})
    gaps = [(b - a).days for a, b in pairwise(days)]
    if not gaps or median(gaps) > 1:
        return 0
    first = max(days[0], (recent[-1].ts - timedelta(days=PERIOD_DAYS - 1)).date())
    expected = (recent[-1].ts.date() - first).days + 1
    return max(0, expected - len({r.ts.date() for r in recent}))


def _by_metric(
    org_id: str, readings: Iterable[UsageReading]
) -> dict[str, list[UsageReading]]:
    series: dict[str, list[UsageReading]] = defaultdict(list)
    for reading in sorted(readings, key=lambda r: (r.ts, r.source)):
        if reading.org_id == org_id:
            series[reading.metric].append(reading)
    return dict(series)


def _as_evidence(
    org_id: str, one: Trend, now: datetime, where: tuple[str, str, str]
) -> Evidence:
    url, source, reading = where
    quote = in_words(one, now)
    return Evidence(
        evidence_id=ids.digest("usage", org_id, quote),
        org_id=org_id,
        kind=KIND,
        source=source,
        title=one.metric,
        quote=quote,
        dated=one.end,
        url=url,
        story_id=f"usage:{one.metric}",
        facts={
            "metric": one.metric,
            "recent": one.recent,
            "before": one.before,
            "change": one.change,
            "from": one.start.date().isoformat(),
            "to": one.end.date().isoformat(),
            "missing_days": one.missing,
            "reading": reading,
        },
    )
