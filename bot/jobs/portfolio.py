"""Keeps the portfolio page in step with the companies and the bot's own state.

Touches: the store.
"""

from collections.abc import Iterator
from datetime import timedelta

from bot.app import App
from bot.jobs import dossiers, rows
from bot.jobs.orgs import live
from bot.report import Progress, Report
from bot.troubles import lasting
from intel import portfolio
from intel.portfolio import Standing
from store.pages import Span
from store.records import MirrorRow, Org, Review

KEY = "portfolio"
PRIORITY = 3


def write(app: App, progress: Progress) -> Report:  # noqa: ARG001
    """Want the page as it should stand, once there is a company."""
    if not live(app.store):
        return Report()
    return Report({"portfolio": int(want(app))})


def want(app: App) -> bool:
    """Want the page as it should stand; False where that is wanted already."""
    standings = [standing(app, org, row) for org, row in live(app.store)]
    page = portfolio.build(standings, list(problems(app)), app.clock().date())
    return app.store.outbox.want(KEY, page, "", PRIORITY, app.clock())


def standing(app: App, org: Org, row: MirrorRow) -> Standing:
    """Read what the portfolio says of a company."""
    store, now = app.store, app.clock()
    columns = rows.columns(store, org, row, now)
    since = now - timedelta(days=app.settings.intel.dossier.window_days)
    sent = store.outbox.sent(f"dossier:{org.org_id}")
    return Standing(
        name=org.callsign,
        url=row.url,
        health=str(columns["health"]),
        reason=str(columns["usage_trend"] or "no reason recorded"),
        reason_url=sent.url if sent else row.url,
        renewal=org.renewal_date,
        awaits_review=dossiers.review_of(row) is Review.AWAITING,
        open_actions=int(columns["open_actions"]),
        funding=tuple(Span(**span) for span in columns["latest_funding"] or ()),
        has_news=bool(store.events.about(org.org_id, since)),
        has_usage=columns["health"] != "No data",
    )


def problems(app: App) -> Iterator[str]:
    """Say what is wrong with the bot and its sources, for those who only see Notion."""
    yield from lasting(app.store)
    embedder = app.store.notes.get("embedder") or {}
    if str(embedder.get("name", "")).startswith("hashing"):
        yield str(embedder["why"])
