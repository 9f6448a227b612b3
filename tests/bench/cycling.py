"""Whole cycles: time, requests, memory at its peak, and the store's size.

The bot runs in a process of its own, so that its memory is its own; Notion's stand-in
answers here. `python -m tests.bench.cycling STEP URL TOKEN ROOT FOLDER COUNT EACH` is
that process. Touches: child processes, a folder.
"""

import json
import subprocess
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot import telemetry
from bot.app import App, open_app
from bot.jobs import CYCLE, JOBS
from bot.report import silent
from bot.runner import run
from bot.share import Share, sliced
from intel import minilm
from store import ids
from store.records import Relation
from sync.notion import setup
from sync.sandbox.options import Options
from sync.sandbox.server import Running, running
from tests.bench.figure import Figure, at_most, sizes
from tests.bench.places import Place, event_of, name_of, quiet
from tests.support.world import settings_for

EACH = 40  # pieces of evidence a company: 200,000 for 5,000
_LOOKED = ("domains", "health")  # what was looked at before all was settled
_WRITTEN = 20  # companies whose dossiers one weekly run of this benchmark writes


def cycles(counts: Sequence[int]) -> Iterator[Figure]:
    """Measure a quiet cycle and a share of a weekly one at each size."""
    for count in counts:
        with TemporaryDirectory(prefix="cip-cycle-") as folder, _sandbox() as box:
            size = f"{sizes(count)}, {count * EACH:,} events"
            told = [_child(step, box, folder, count) for step in ("fill", "quiet")]
            told.append(_child("weekly", box, folder, count))
            _, still, weekly = told
            yield Figure("quiet cycle: time", size, still["seconds"], "s")
            yield Figure("quiet cycle: requests", size, still["requests"], "")
            yield Figure(
                "quiet cycle: memory at its peak", size, still["peak_mb"], "MB",
                at_most(600),
            )  # fmt: skip
            each = 1000 * weekly["seconds"] / weekly["companies"]
            yield Figure("weekly cycle: time a company", size, each, "ms")
            per = weekly["requests"] / weekly["companies"]
            yield Figure("weekly cycle: requests a company", size, per, "")
            yield Figure(
                "weekly cycle: memory at its peak", size, weekly["peak_mb"], "MB",
                at_most(600),
            )  # fmt: skip
            kept = weekly["store_kb"] / count
            yield Figure("store a company", size, kept, "kB")


def _sandbox() -> Any:
    return running(Options(port=0, seed="empty", rate_limit=False))


def _child(step: str, box: Running, folder: str, count: int) -> dict[str, float]:
    given = (box.url, box.token, box.person_token, box.root_page, folder, str(count))
    command = [sys.executable, "-m", "tests.bench.cycling", step, *given]
    if step == "fill":
        _seed_when_bound(box, folder, count, command)
        return {}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def _seed_when_bound(box: Running, folder: str, count: int, command: list[str]) -> None:
    """Have the bot make its databases, put rows there, and have them imported."""
    subprocess.run([*command[:3], "init", *command[4:]], check=True)
    app = _app(box, folder)
    Place(box, app, None).write_rows(count)  # type: ignore[arg-type]
    app.close()
    subprocess.run(command, check=True)


def _app(box: Any, folder: str) -> App:
    embedder = "local" if minilm.packaged() else "hashing"
    settings = quiet(settings_for(box, Path(folder), embedder))
    own = replace(settings.sync.notion, requests_per_window=10_000_000)
    settings = replace(settings, sync=replace(settings.sync, notion=own))
    url = f"sqlite:///{folder}/store.db"
    settings = replace(settings, store=replace(settings.store, url=url))
    return open_app(settings, telemetry.configure(settings.bot.log))


def _fill(app: App, count: int) -> None:
    """Put evidence into the store many rows at a time, as if it had been read.

    Only the companies of the weekly cycle are indexed: no other index is looked at.
    """
    due = _slice(count)
    for start in range(0, count, 50):
        org_ids = [ids.org_id(name_of(n)) for n in range(start, min(start + 50, count))]
        with app.store.atomic():
            _fill_some(app, org_ids, {org for org in org_ids if due.holds(org)})


def _slice(count: int) -> Share:
    """The companies whose dossiers the weekly cycle writes."""
    return sliced(1, max(1, count // _WRITTEN))


def _fill_some(app: App, org_ids: Sequence[str], indexed: Collection[str]) -> None:
    from intel import evidence  # noqa: PLC0415

    connection = app.store.database.connection()
    now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
    events = [event_of(app, org, n) for org in org_ids for n in range(EACH)]
    cuts = [snippet for event in events for snippet in evidence.cut(event)]
    connection.executemany(
        "INSERT INTO events (event_id, org_id, kind, title, url, source, published_at,"
        " raw_text, extracted, ingested_at, canonical_url, content_hash, story_id,"
        " linked_at, cut_at, rounds_at) VALUES (?,?,?,?,?,?,?,?,'{}',?,?,?,?,?,?,?)",
        [
            (
                e.event_id, e.org_id, e.kind.value, e.title, e.url, e.source,
                e.published_at and e.published_at.replace(tzinfo=None).isoformat(" "),
                e.raw_text, now, e.url, e.event_id, e.event_id, now, now, now,
            )
            for e in events
        ],
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO event_orgs (event_id, org_id, relation, reason, score)"
        " VALUES (?, ?, ?, 'its name', 1)",
        [(e.event_id, e.org_id, Relation.ABOUT.value) for e in events],
    )
    connection.executemany(
        'INSERT INTO snippets (snippet_id, event_id, start, "end", text)'
        " VALUES (?, ?, ?, ?, ?)",
        [(s.snippet_id, s.event_id, s.start, s.end, s.text) for s in cuts],
    )
    connection.executemany(
        "INSERT INTO snippet_fts (text, snippet_id) VALUES (?, ?)",
        [(s.text, s.snippet_id) for s in cuts],
    )
    connection.executemany(
        "INSERT INTO index_changes (org_id, event_id) VALUES (?, ?)",
        [(e.org_id, e.event_id) for e in events if e.org_id in indexed],
    )


class _Box:
    """What a child process knows of the sandbox."""

    def __init__(self, url: str, token: str, person: str, root: str) -> None:
        self.url, self.token, self.person_token = url, token, person
        self.root_page = root


def _step(step: str, app: App, count: int) -> dict[str, float]:
    if step == "init":
        own = app.settings.sync.notion
        setup.init(app.notion(), app.store, own, app.clock())
        return {}
    if step == "fill":
        for name in ("poll", "intel"):  # the companies are known before what names them
            _run(app, name)
        _fill(app, count)
        for name in ("intel", *_LOOKED):
            _run(app, name)
        _settle(app, count)
        return {}
    return _quiet(app) if step == "quiet" else _weekly(app, count)


def _settle(app: App, count: int) -> None:
    """Leave nothing due: as if every dossier had been looked at this week."""
    from bot.jobs import cadence  # noqa: PLC0415

    for org in app.store.orgs.all():
        signs = cadence.signs_of(app, org)
        cadence.looked_at(app.store, org.org_id, signs, app.clock())
    for item in app.store.outbox.all("pending"):
        app.store.outbox.drop(item.key)
    for name in CYCLE:  # the first round of each job, whatever it finds
        if name not in _LOOKED:
            _run(app, name)
    while app.store.outbox.count("pending"):  # one run ends after a poll's time
        _run(app, "publish")


def _quiet(app: App) -> dict[str, float]:
    start, asked = time.perf_counter(), app.notion().budget.total
    for name in CYCLE:
        _run(app, name)
    return _told(app, start, asked, {})


def _weekly(app: App, count: int) -> dict[str, float]:
    """Write the dossiers of a slice, when all of them are due."""
    later = replace(app, clock=lambda: app.clock() + timedelta(days=8))
    part = replace(later, share=_slice(count))
    mine = [o for o in app.store.orgs.all() if part.share.holds(o.org_id)]
    start, asked = time.perf_counter(), app.notion().budget.total
    for name in ("health", "dossiers", "publish"):
        _run(part, name)
    return _told(app, start, asked, {"companies": max(1, len(mine))})


def _told(
    app: App, start: float, asked: int, more: dict[str, float]
) -> dict[str, float]:
    spent = time.perf_counter() - start
    peak = _peak_mb()
    folder = Path(app.settings.store.url.removeprefix("sqlite:///")).parent
    size = sum(path.stat().st_size for path in folder.glob("store.db*")) / 1024
    requests = app.notion().budget.total - asked
    told = {"seconds": spent, "peak_mb": peak, "store_kb": size}
    return told | {"requests": float(requests)} | more


def _peak_mb() -> float:
    """The most memory this process had; what rusage tells begins at its parent's."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    told = next(line for line in lines if line.startswith("VmHWM:"))
    return int(told.split()[1]) / 1024


def _run(app: App, name: str) -> None:
    outcome = run(app, name, JOBS[name], silent)
    assert outcome.ok, (name, outcome.report.problems)


def main() -> None:
    """Do one step as a process of its own."""
    step, url, token, person, root, folder, count = sys.argv[1:]
    app = _app(_Box(url, token, person, root), folder)
    try:
        told = _step(step, app, int(count))
    finally:
        app.close()
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
