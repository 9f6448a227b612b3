"""What is wrong, each with where, in words that stay the same while it lasts.

Touches: the store.
"""

from collections.abc import Iterator

from store.records import RowState
from store.store import Store
from sync.notion.pull import DRIFT


def troubles(store: Store) -> Iterator[str]:
    """Say everything that is wrong, the passing troubles of single writes included."""
    yield from lasting(store)
    for wanted in store.outbox.all("pending"):
        if wanted.last_error:
            yield f"outbox {wanted.key}: {wanted.last_error}"


def lasting(store: Store) -> Iterator[str]:
    """Say what is wrong and stays so until somebody mends it."""
    for name, run in sorted(store.runs.last().items()):
        if run.status == "failed":
            yield f"job {name} failed: {run.error}"
    yield from store.notes.get(DRIFT, ())
    for row in store.mirror.all(RowState.LIVE):
        for problem in row.problems:
            yield f"row {row.title!r}: {problem}"
    for feed in store.feeds.all():
        if feed.error:
            yield f"feed {feed.url}: {feed.error}"
    for wanted in store.outbox.all("held"):
        yield f"outbox {wanted.key}: {wanted.last_error}"
