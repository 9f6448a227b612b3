"""How often a feed is read: as often as it speaks, within bounds. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from sync.web.settings import WebSettings

LOOKED_AT = 20
_UNKNOWN = timedelta(hours=1)


def interval(
    published: Iterable[datetime], now: datetime, settings: WebSettings
) -> timedelta:
    """The time until a feed is read again, given when its items were published.

    Half the usual gap between its newest items; a feed that has fallen silent is asked
    ever more seldom (a tenth of its silence), one without dates hourly.
    """
    times = sorted((at for at in published if at <= now), reverse=True)[:LOOKED_AT]
    if not times:
        return _bounded(_UNKNOWN, settings)
    silence = (now - times[0]) / 10
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(times)]
    usual = timedelta(seconds=median(gaps) / 2) if gaps else _UNKNOWN
    return _bounded(max(usual, silence), settings)


def after_failure(failures: int, settings: WebSettings) -> timedelta:
    """The time until a feed is tried again after so many failures in a row."""
    first = timedelta(seconds=settings.feed_min_interval_s)
    return _bounded(first * 2 ** min(failures - 1, 16), settings)


def _bounded(wanted: timedelta, settings: WebSettings) -> timedelta:
    least = timedelta(seconds=settings.feed_min_interval_s)
    most = timedelta(seconds=settings.feed_max_interval_s)
    return min(max(wanted, least), most)
