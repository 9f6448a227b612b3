"""Days that say nothing about one customer: holidays, dips shared by many. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np

from intel.trend.seasons import week_of
from intel.trend.series import Series, clean
from intel.trend.settings import TrendSettings
from store.records import UsageReading

# A day this far below what its weekday usually has is a dip.
_DIP = 0.7


@dataclass(slots=True)
class Dips:
    """Counts the days on which orgs dipped, one metric, one org after another."""

    seen: Counter[int] = field(default_factory=Counter)
    dipped: Counter[int] = field(default_factory=Counter)

    def add(
        self, readings: Sequence[UsageReading], now: datetime, settings: TrendSettings
    ) -> None:
        """Count one org's readings of the metric."""
        series = clean(readings, now)
        if series.step != 1 or len(series.days) < settings.least_baseline_days:
            return
        plain = week_of(series).without(series)
        self.seen.update(plain.days.tolist())
        usual = float(np.median(plain.values))
        self.dipped.update(plain.days[plain.values < _DIP * usual].tolist())

    def shared(self, settings: TrendSettings) -> frozenset[date]:
        """Give the days on which many orgs dipped at once.

        The same dip at `shared_share` of at least `shared_orgs` orgs with a reading
        on that day is the calendar's doing (or the pipeline's), not a customer's.
        """
        return frozenset(
            date.fromordinal(day)
            for day, count in self.dipped.items()
            if self.seen[day] >= settings.shared_orgs
            and count >= settings.shared_share * self.seen[day]
        )


def shared_dips(
    orgs: Mapping[str, Sequence[UsageReading]], now: datetime, settings: TrendSettings
) -> frozenset[date]:
    """Find the days on which many orgs dipped; `orgs` holds one metric's readings."""
    counted = Dips()
    for readings in orgs.values():
        counted.add(readings, now, settings)
    return counted.shared(settings)


def special(
    series: Series, settings: TrendSettings, shared: Collection[date]
) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Say which days of a series are holidays or shared dips."""
    listed = frozenset(settings.holidays)
    return np.array(
        [
            day in shared or day.isoformat() in listed or f"{day:%m-%d}" in listed
            for day in series.dates
        ],
        dtype=np.bool_,
    )
