"""What is wrong, each with where, in words that stay the same while it lasts.

Touches: the store.
"""

from collections.abc import Iterator

from bot.reloading import BROKEN
from store.records import RowState
from store.store import Store
from sync.notion import setup

# The jobs that bring one inside source each.
INSIDE = ("companies", "usage", "support", "calls", "mail")
_MOST = 5  # of one source's problems, so many are told


def troubles(store: Store) -> Iterator[str]:
    """Say everything that is wrong, the passing troubles of single writes included."""
    yield from lasting(store)
    known = {text for drift in drifts(store) for text in drift.values()}
    keys: dict[str, list[str]] = {}
    for wanted in store.outbox.all("pending"):
        if wanted.last_error and wanted.last_error not in known:
            keys.setdefault(wanted.last_error, []).append(wanted.key)
    for error, (first, *more) in keys.items():
        others = f" and {len(more)} more" if more else ""
        yield f"outbox {first}{others}: {error}"


def lasting(store: Store) -> Iterator[str]:
    """Say what is wrong and stays so until somebody mends it."""
    for name, run in sorted(store.runs.last().items()):
        if run.status == "failed":
            yield f"job {name} failed: {run.error}"
    yield from _tasks(store)
    yield from sources(store)
    yield from _unusable(store)
    for drift in drifts(store):
        yield from drift.values()
    for name, view in sorted(store.notes.starting(setup.VIEWS).items()):
        yield f"views of {name.removeprefix(setup.VIEWS)}: {view}"
    for row in store.mirror.all(RowState.LIVE):
        for problem in row.problems:
            yield f"row {row.title!r}: {problem}"
    for feed in store.feeds.all():
        if feed.error:
            yield f"feed {feed.url}: {feed.error}"
    for wanted in store.outbox.all("held"):
        yield f"outbox {wanted.key}: {wanted.last_error}"


def _unusable(store: Store) -> Iterator[str]:
    """Say what is wrong with settings that changed while the bot runs."""
    if broken := store.notes.get(BROKEN):
        yield f"settings changed and cannot be used, the old ones stay: {broken}"


def _tasks(store: Store) -> Iterator[str]:
    """Say which of the workers' tasks failed when they were tried last."""
    for task in store.work.failing():
        yield f"{task.job} of {task.org_id or 'all'}: {'; '.join(task.problems[:2])}"


def sources(store: Store) -> Iterator[str]:
    """Say what was wrong with each inside source in its last run, the first few."""
    last = store.runs.last()
    for name in INSIDE:
        if name not in last or last[name].status == "failed":
            continue  # then its failure says it
        problems = store.notes.get(f"problems.{name}", ())
        yield from (f"source {name}: {problem}" for problem in problems[:_MOST])
        if len(problems) > _MOST:
            yield f"source {name}: {len(problems) - _MOST} more problems, see the log"


def drifts(store: Store) -> list[dict[str, str]]:
    """Read what is wrong with bound properties, by database, by our names."""
    return [drift for _, drift in sorted(store.notes.starting(setup.DRIFT).items())]
