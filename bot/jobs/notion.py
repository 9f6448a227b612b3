"""Pulls what people wrote, pushes what they should see. Touches: Notion, the store."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot import pause, pictures
from bot.app import PARENT, App
from bot.fields import READERS
from bot.jobs import alerts, dossiers, drafts, rows
from bot.jobs.orgs import Pair, shown, some
from bot.report import Progress, Report, silent
from bot.vitals import DAYS, REQUESTS, keep_window
from store.records import Review, RowState
from store.waiting import Mine
from sync.notion import pull, push, schema, setup, sweep
from sync.notion.pull import PullReport
from sync.notion.push import PushReport
from sync.notion.settings import NotionSettings
from sync.source import Bounds

_VIEWS_OF = "views.of"  # a note: the day whose dates the views show
_FEW = 10  # new rows, whose columns are then written at once
_BATCH = 10  # things pushed between two looks at the clock


def poll(app: App, progress: Progress) -> Report:
    """Take over edits and ticks, answer ticks, and push; one request when quiet."""
    now, before = app.clock(), app.notion().budget.total
    poked = app.pokes.take()
    if poked:
        told = pull.pull_pages(app.notion(), app.store, READERS, poked, now)
        report = _follow_up(app, told, progress)
    else:
        report = Report()
    found = pull.pull(app.notion(), app.store, settings(app), READERS, now)
    return report + _follow_up(app, found, progress) + _spent(app, before)


def full_sweep(app: App, progress: Progress) -> Report:
    """Re-read every row, find out what became of those that are gone, and push.

    Databases are compared with what they were, and once a day their views.
    """
    for name in (schema.INTEL.name, schema.ACTIONS.name):
        app.store.notes.drop(f"notion.pull.{name}")  # verdicts, decisions: all anew
    before = app.notion().budget.total
    drift = setup.check(app.notion(), app.store, settings(app), app.clock())
    if not app.dry_run:
        _renew_views(app)
    found = sweep.sweep(app.notion(), app.store, READERS, app.clock())
    told = Report(problems=tuple(set(drift) - set(found.drift)))
    return told + _follow_up(app, found, progress) + _spent(app, before)


def _renew_views(app: App) -> None:
    """Once a day, and as long as some could not be made, see to the views."""
    today = app.clock().date().isoformat()
    failing = app.store.notes.starting(setup.VIEWS)
    if failing or app.store.notes.get(_VIEWS_OF) != today:
        setup.ensure_views(app.notion(), app.store, app.clock())
        app.store.notes.put(_VIEWS_OF, today, app.clock())


def publish(app: App, progress: Progress) -> Report:
    """Compose every row's columns, and make Notion show what is wanted by now."""
    before = app.notion().budget.total
    rows.want(app.store, shown(app), app.clock())
    alerts.want(app)
    return deliver(app, progress) + _spent(app, before)


def deliver(app: App, progress: Progress) -> Report:
    """Make Notion show what is wanted by now.

    Under the scheduler a long backlog is left after one poll's time, so that ticks are
    seen; the next poll goes on with it. With patience, what has to settle is waited
    for.
    """
    if app.dry_run:
        return Report()
    published = 0
    problems: dict[str, str] = {}
    until = app.clock() + timedelta(seconds=app.settings.bot.schedule.poll_seconds)
    bounds, left = Bounds(_BATCH, _published(app), app.halts), 0
    while not app.halts():
        done = push.push(
            *(app.notion(), app.store, settings(app), app.clock()),
            pictures.drawer(app.store),
            bounds,
        )
        _keep_count(app)
        published += len(done.done)
        _log(app, done)
        _link_dossiers(app, done.done)
        problems = {k: v for k, v in problems.items() if k not in done.done}
        problems |= done.failed | ({"round": done.stopped} if done.stopped else {})
        left = app.store.outbox.count("pending")
        progress(published, published + left, "")
        if done.stopped or not (_moved(done) or _waited(app, done)):
            break
        if not app.patience and app.clock() >= until:
            break
    counts = {"published": published, "failed": len(problems)}
    told = tuple(f"{key}: {why}" for key, why in problems.items())
    cut = bool(left) and app.halts()
    return Report(counts, told, failed="round" in problems, cut=cut)


def _published(app: App) -> Mine:
    """Say what may be published: of a paused company its row's columns alone."""
    resting, own = pause.paused(app.store), app.share.published
    if not resting:
        return own

    def published(org_id: str | None, key: str) -> bool:
        return own(org_id, key) and (org_id not in resting or key.startswith("row:"))

    return published


def _log(app: App, done: PushReport) -> None:
    """Tell what became of each thing that was to be published."""
    for key in done.done:
        app.log.info("published", item=key)
    for key, why in done.failed.items():
        app.log.warning("publication failed", item=key, why=why)


def _link_dossiers(app: App, keys: Sequence[str]) -> None:
    """Let rows show the dossiers that were made just now."""
    shown = {key.partition(":")[2] for key in keys if key.startswith("dossier:")}
    if shown:
        rows.want(app.store, some(app.store, shown), app.clock())


def _moved(done: PushReport) -> bool:
    return bool(done.done or done.unticked)


def _waited(app: App, done: PushReport) -> bool:
    """Wait for what has to settle, as long as we may; False where there is nothing."""
    if done.next_at is None:
        return False
    gap = done.next_at - app.clock()
    if gap > app.patience:
        return False
    return not app.stopping.wait(max(gap.total_seconds(), 0.0))


def settings(app: App) -> NotionSettings:
    """The settings, with the parent page that `cip init` was given."""
    own = app.settings.sync.notion
    return replace(own, parent=own.parent or app.store.notes.get(PARENT, ""))


def _follow_up(app: App, found: PullReport, progress: Progress) -> Report:
    _take_over_reviews(app, found.changed)
    if pause.everything(app.store):
        pause.remember(app.store, found.changed, app.clock())
        return Report({"rows": found.read, "changed": len(found.changed)})
    found = replace(found, changed=(*found.changed, *pause.remembered(app.store)))
    told = drafts.answer(app)
    if found.changed:
        pairs = some(app.store, found.changed)
        if not found.added:  # a first import is left to the dossiers' own job
            orgs = [org for org, _ in pairs]
            told += dossiers.write(app, orgs, silent, dossiers.AT_ONCE)
        rows.want(app.store, _to_be_shown(pairs, found.added), app.clock())
    told += deliver(app, progress)
    problems = [f"row {title!r}: {text}" for title, text in found.problems]
    gone = sum(1 for _, state in found.vanished if state is not RowState.LIVE)
    counts = {
        "rows": found.read,
        "changed": len(found.changed),
        "added": len(found.added),
        "gone": gone,
    }
    return Report(counts, (*found.drift, *problems)) + told


def _to_be_shown(pairs: Sequence[Pair], added: Sequence[str]) -> Sequence[Pair]:
    """Leave many new rows to the dossiers' job, so that each is written once. Pure."""
    if len(added) <= _FEW:
        return pairs
    new = set(added)
    return [(org, row) for org, row in pairs if org.org_id not in new or row.problems]


def _take_over_reviews(app: App, changed: Sequence[str]) -> None:
    """Note an approval of the version that stands in Notion.

    While a page or our own "Awaiting review" is still on its way, an Approved in the
    row is about the version before: then approval is asked for again.
    """
    store, now = app.store, app.clock()
    for org, row in some(store, changed):
        last = store.dossiers.last(org.org_id)
        if last is None or dossiers.review_of(row) is not Review.APPROVED:
            continue
        asked = store.outbox.get(f"review:{org.org_id}:{last.version}")
        shown = store.outbox.get(f"dossier:{org.org_id}")
        if shown is None or shown.state != "done":
            dossiers.ask_for_review(app, org, last.version)
        elif asked is None or asked.state == "done":
            store.dossiers.approve(org.org_id, last.version, now)


def _spent(app: App, before: int) -> Report:
    return Report({"requests": app.notion().budget.total - before})


def _keep_count(app: App) -> None:
    """Add what was spent since the last look to the day's requests, by kind."""
    spent, now = app.notion().budget.untold(), app.clock()
    if not spent:
        return
    days: dict[str, dict[str, int]] = app.store.notes.get(REQUESTS, {})
    today = now.date().isoformat()
    kept = {day: days[day] for day in sorted(days)[-DAYS:]}
    total = Counter(kept.get(today, {})) + Counter(spent)
    app.store.notes.put(REQUESTS, {**kept, today: dict(total)}, now)
    keep_window(app.store, app.notion().budget.left(), now)
