"""Which jobs have not ended well for longer than they should. Touches: the store."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime, timedelta

from bot.settings import ScheduleSettings
from store.store import Store

_TIMES = 3  # its pace, before a job is late
_LEAST = timedelta(hours=6)  # before any is


def late(store: Store, schedule: ScheduleSettings, now: datetime) -> Iterator[str]:
    """Say which jobs are late, in words that stay the same while they are.

    A job that failed last is not named: that it failed says more. One that never ended
    well here is left out, since somebody else may run it; one that is running counts
    from its start.
    """
    last, good = store.runs.last(), store.runs.last("ok")
    for name, (often, unit) in _settings(schedule).items():
        run = good.get(name)
        if run is None or last[name].status == "failed":
            continue
        every = timedelta(**{unit: often})
        ended = run.ended_at or run.started_at
        running = last[name].status == "running"
        if now - (last[name].started_at if running else ended) > max(
            _TIMES * every, _LEAST
        ):
            yield (
                f"job {name} is late: it last ended well on {ended:%Y-%m-%d}, and is "
                f"to run every {often} {unit}"
            )


def paces(schedule: ScheduleSettings) -> dict[str, timedelta]:
    """How often each job runs by itself; one that never does is left out. Pure."""
    return {
        name: timedelta(**{unit: often})
        for name, (often, unit) in _settings(schedule).items()
    }


def _settings(schedule: ScheduleSettings) -> dict[str, tuple[int, str]]:
    found = {}
    for setting in fields(schedule):
        name, _, unit = setting.name.rpartition("_")
        often = int(getattr(schedule, setting.name))
        if often and name != "misfire_grace":
            found[name] = (often, unit)
    return found
