"""From a tick in Notion to the comment, by poll and by webhook, in real time."""

import hashlib
import hmac
import json
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import httpx

from bot import scheduler
from bot.app import App, Lazy
from bot.server import TOKEN, serving
from sync.notion.client import Notion
from tests.bench.figure import Figure, percentile, sizes
from tests.bench.places import Place, Wall, bring_news, place

_TICKS = 8  # fewer than Notion's budget lets be answered in the time
_SPREAD_S = 24.0
_LONGEST_S = 60.0
_SECRET = "bench"


def answering(counts: Sequence[int]) -> Iterator[Figure]:
    """Tick boxes of a thousand companies' rows at random moments."""
    count = min(counts[-1], 1_000)
    with place(count, Wall()) as at:
        app = _as_after_days(at.app)
        _ready(at, app)
        with _scheduled(app):
            by_poll = _latencies(at, app, lambda row: None)
        app = _with_whole_budget(app)
        with _scheduled(app), ExitStack() as beside:
            settings = replace(app.settings.bot.server, port=0)
            port = beside.enter_context(serving(app, settings))
            by_hook = _latencies(at, app, lambda row: _post(port, row))
    every = app.settings.bot.schedule.poll_seconds
    size = sizes(count)
    for name, spent in ((f"by poll every {every} s", by_poll), ("by webhook", by_hook)):
        p95 = percentile(spent, 0.95)
        yield Figure(f"tick to comment p95, {name}", size, p95, "s")


def _as_after_days(app: App) -> App:
    """Rows that were all written just now would be read again by every poll."""
    own = replace(app.settings.sync.notion, overlap_s=2.0)
    sync = replace(app.settings.sync, notion=own)
    return replace(app, settings=replace(app.settings, sync=sync))


def _with_whole_budget(app: App) -> App:
    """As a minute later: nothing of Notion's budget is spent."""
    client = Notion(app.settings.sync.notion, app.clock, time.sleep)
    return replace(app, notion=Lazy(lambda: client))


def _ready(at: Place, app: App) -> None:
    at.run("poll")
    chosen = [org.org_id for org in app.store.orgs.all()[: 2 * _TICKS]]
    bring_news(app, chosen, 3)
    at.run("intel")
    for key in app.store.outbox.all("pending"):
        app.store.outbox.drop(key.key)
    app.store.notes.put(TOKEN, _SECRET, app.clock())


@contextmanager
def _scheduled(app: App) -> Iterator[None]:
    """Run the jobs that answer ticks, at their times."""
    made = scheduler.build(app)
    for job in made.get_jobs():
        if job.id != "poll":
            made.remove_job(job.id)
    made.start()
    try:
        yield
    finally:
        made.shutdown(wait=True)


def _latencies(at: Place, app: App, tell: Callable[[str], object]) -> list[float]:
    """Tick at random moments, and see how long each answer takes."""
    chance = random.Random(7)
    told = {r.page_id: r.org_id for r in app.store.mirror.all()}
    rows = [row for row, org in told.items() if app.store.events.about(org or "")]
    rows = [row for row in rows if not _comments(at, row)][:_TICKS]
    spent: list[float] = []
    spread = _SPREAD_S if len(told) >= 100 else 2.0

    def tick(row: str, after: float) -> None:
        time.sleep(after)
        begun = time.perf_counter()
        body = {"properties": {"Request Draft": {"checkbox": True}}}
        at.box.site.call_quietly("PATCH", f"/v1/pages/{row}", body, "person")
        tell(row)
        while not _comments(at, row):
            assert time.perf_counter() - begun < _LONGEST_S, "no answer came"
            time.sleep(0.05)
        spent.append(time.perf_counter() - begun)

    threads = [
        threading.Thread(target=tick, args=(row, chance.uniform(0, spread)))
        for row in rows
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(spent) == len(rows), "some ticks were not answered"
    return spent


def _comments(at: Place, row: str) -> bool:
    path = f"/v1/comments?block_id={row}"
    code, told = at.box.site.call_quietly("GET", path, None, "person")
    assert code == 200, told
    return bool(told["results"])


def _post(port: int, row: str) -> None:
    """Tell of an edit as Notion does: developers.notion.com, webhooks."""
    event = {
        "id": hashlib.md5(f"{row}{time.time()}".encode()).hexdigest(),
        "type": "page.properties_updated",
        "timestamp": datetime.now(UTC).isoformat(),
        "entity": {"id": row, "type": "page"},
        "authors": [{"id": "person", "type": "person"}],
    }
    body = json.dumps(event).encode()
    signed = hmac.new(_SECRET.encode(), body, hashlib.sha256).hexdigest()
    headers = {"X-Notion-Signature": f"sha256={signed}"}
    url = f"http://127.0.0.1:{port}/notion/webhook"
    answer = httpx.post(url, content=body, headers=headers)
    assert answer.status_code == 200, answer.text
