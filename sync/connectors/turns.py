"""Asks a provider for one company after the other, and knows when to stop.

Touches: nothing but what it is given.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from store.records import Org
from sync.connectors.errors import ApiError
from sync.source import Progress, Stopping, never

_DOUBTS = 3  # after so many in a row the provider itself is taken to be broken


@dataclass(frozen=True, slots=True)
class Turns:
    """How it went: counts by word, and what went wrong in sentences."""

    counts: Mapping[str, int]
    problems: tuple[str, ...]


def take_turns(
    orgs: Sequence[Org],
    work: Callable[[Org], str],
    failed: Callable[[Org], None],
    progress: Progress,
    stopping: Stopping = never,
) -> Turns:
    """Do `work` for each company and count the words it returns.

    One that fails stops no other, unless the error says that all would fare alike, or
    several in a row came to nothing: then the rest is `waiting`. `failed` is told of
    each company that failed by itself, so that it does not block the queue. Where it
    is time to stop, the rest is left for the next run.
    """
    counts: Counter[str] = Counter()
    problems: list[str] = []
    doubts = 0
    for done, org in enumerate(orgs):
        if stopping():
            break
        try:
            counts[work(org)] += 1
            doubts = 0
        except ApiError as error:
            if error.stops:
                counts["waiting"] += len(orgs) - done
                return Turns(dict(counts), (*problems, str(error)))
            counts["failed"] += 1
            problems.append(f"{org.callsign}: {error}")
            failed(org)
            doubts = doubts + 1 if error.doubtful else 0
        progress(done + 1, len(orgs), org.callsign)
        if doubts == _DOUBTS:
            counts["waiting"] += len(orgs) - done - 1
            break
    return Turns({k: n for k, n in counts.items() if n}, tuple(problems))


def longest_waiting(
    orgs: Sequence[Org], asked: Mapping[str, str], now: datetime, pause: timedelta
) -> list[Org]:
    """The companies whose pause is over, those never asked for first.

    `asked` gives each company's last turn in ISO form, "" for none.
    """
    due = [
        org
        for org in orgs
        if not asked[org.org_id]
        or datetime.fromisoformat(asked[org.org_id]) + pause <= now
    ]
    return sorted(due, key=lambda org: (asked[org.org_id], org.org_id))
