"""Hold recent values against a baseline with robust statistics. Pure.

The baseline's level is a median, or, where weeks rise or fall steadily, a Theil-Sen
line: what was reached at its better end. Noise is 1.4826 times the median absolute
deviation (the standard deviation, were it normal), never less than what counting
things by chance (Poisson) brings.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from intel.trend.series import Floats, Series
from intel.trend.settings import TrendSettings

_MAD = 1.4826
# The variance of a median is this much larger than that of a mean (pi / 2).
_OF_MEDIAN = 1.5708
# Kendall's tau from which a baseline counts as rising or falling steadily.
_STEADY = 0.6
_LEAST_NOISE = 0.02
_LOW_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Comparison:
    """Recent against baseline: two references, the highest and the lowest held."""

    recent: float
    high: float
    low: float
    error: float
    lasting: bool

    def fell(self, settings: TrendSettings) -> bool:
        """Say whether this is a drop: large, out of the noise, and lasting."""
        gap = self.high - self.recent
        big = self.high > 0 and gap >= settings.drop * self.high
        return big and gap >= settings.sigmas * self.error and self.lasting

    def rose(self, settings: TrendSettings) -> bool:
        """Say whether this is growth: large and out of the noise."""
        gap = self.recent - self.low
        big = gap > 0 and gap >= settings.growth * self.low
        return big and gap >= settings.sigmas * self.error


def compare(
    baseline: Series, recent: Series, settings: TrendSettings, *, of_counts: bool
) -> Comparison:
    """Compare two parts of one series from which the week was taken out."""
    period = max(7, baseline.step)
    groups = (baseline.last - baseline.days) // period
    weeks = np.unique(groups)[::-1]
    medians = np.array([np.median(baseline.values[groups == g]) for g in weeks])
    slope = steady_slope(-weeks.astype(np.float64), medians)
    level = float(np.median(medians))
    middle = float(np.median(weeks))
    ends = [level + slope * (middle - edge) for edge in (float(weeks[0]), 0.0)]
    residuals = baseline.values - (level + slope * (middle - groups))
    error = _error(residuals, medians - (level + slope * (middle - weeks)), recent)
    if of_counts:
        chance = max(level, 1.0) / len(recent.days) + max(level, 1.0) / len(groups)
        error = max(error, float(np.sqrt(chance)))
    error = max(error, _LEAST_NOISE * abs(level))
    now = float(np.median(recent.values))
    high, low = max(level, *ends), max(0.0, min(level, *ends))
    return Comparison(now, high, low, error, lasting(recent, high, settings))


def lasting(recent: Series, high: float, settings: TrendSettings) -> bool:
    """Say whether most recent values are low, and so are the last ones."""
    border = (1 - settings.drop / 2) * high
    tail = 4 if recent.step == 1 else 1
    mostly = float(np.mean(recent.values < border)) >= _LOW_SHARE
    return mostly and bool(np.median(recent.values[-tail:]) < border)


def low_since(series: Series, high: float, settings: TrendSettings) -> int:
    """Find the day with which the low values begin that reach the end."""
    border = (1 - settings.drop / 2) * high
    normal = np.flatnonzero(series.values >= border)
    # One value that is not low, amid low ones, ends nothing.
    while len(normal) and _lone(series.values, int(normal[-1]), border):
        normal = normal[:-1]
    first = int(normal[-1]) + 1 if len(normal) else 0
    return int(series.days[min(first, len(series.days) - 1)])


def _lone(values: Floats, place: int, border: float) -> bool:
    before = values[max(0, place - 2) : place]
    return len(before) == 2 and bool((before < border).all())


def steady_slope(times: Floats, values: Floats) -> float:
    """Give the median slope between all pairs; 0 unless they agree and it fits."""
    if len(values) < 4:
        return 0.0
    pairs = combinations(range(len(values)), 2)
    slopes = np.array(
        [(values[b] - values[a]) / (times[b] - times[a]) for a, b in pairs]
    )
    tau = float(np.mean(np.sign(slopes)))
    slope = float(np.median(slopes))
    fits = _wide(values - slope * times) < _wide(values)
    return slope if abs(tau) >= _STEADY and fits else 0.0


def _error(residuals: Floats, between: Floats, recent: Series) -> float:
    """The standard error of the difference of both medians.

    Values of one week go up and down together, so that noise between weeks counts
    once per recent week.
    """
    few = 1 + 2 / len(residuals)
    within = _spread(residuals) * few
    count = len(recent.days)
    factor = _OF_MEDIAN if count > 2 else 1.0
    error = within**2 * (factor / count + _OF_MEDIAN / len(residuals))
    if recent.step == 1:
        weeks = len(np.unique((recent.last - recent.days) // 7))
        error += (_spread(between) * few) ** 2 / weeks
    return float(np.sqrt(error))


def _spread(values: Floats) -> float:
    return _MAD * _wide(values)


def _wide(values: Floats) -> float:
    return float(np.median(np.abs(values - np.median(values))))
