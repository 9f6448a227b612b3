"""Keeps the portfolio page in step with the companies and the bot's own state.

Touches: the store.
"""

from collections.abc import Iterator
from datetime import datetime

from bot import pictures, vitals
from bot.app import App
from bot.jobs import overview
from bot.jobs.orgs import live
from bot.late import late
from bot.report import Progress, Report
from bot.troubles import lasting
from intel import portfolio, portfolio_charts
from intel.charts import Chart
from intel.portfolio import Overview, Pictures
from store.pages import Block, text
from store.store import Store

KEY = "portfolio"
PRIORITY = 3


def write(app: App, progress: Progress) -> Report:  # noqa: ARG001
    """Want the page as it should stand, once there is a company."""
    if not live(app.store):
        return Report()
    return Report({"portfolio": int(want(app))})


def want(app: App) -> bool:
    """Want the page as it should stand; False where that is wanted already."""
    store, now = app.store, app.clock()
    known = overview.gather(app)
    with store.atomic():
        page = portfolio.build(
            Overview(
                standings=known.standings(),
                today=now.date(),
                troubles=list(problems(app)),
                before=known.before(),
                pictures=_pictures(store, known, now),
                coverage=known.coverage(),
                window_days=app.settings.intel.dossier.window_days,
                alerts=known.alerts(),
                digest=known.digest(),
                links=app.settings.bot.portfolio.links,
            )
        )
        return store.outbox.want(KEY, page, "", PRIORITY, now)


def problems(app: App) -> Iterator[str]:
    """Say what is wrong with the bot and its sources, for those who only see Notion."""
    yield from lasting(app.store)
    yield from late(app.store, app.settings.bot.schedule, app.clock())
    yield from vitals.waiting(app.store, app.settings, app.clock())
    embedder = app.store.notes.get("embedder") or {}
    if str(embedder.get("name", "")).startswith("hashing"):
        yield str(embedder["why"])


def _pictures(store: Store, known: overview.Known, now: datetime) -> Pictures:
    def shown(name: str, chart: Chart | None) -> Block | None:
        if chart is None:
            return None
        pictures.keep(store, name, chart, now)
        return Block("image", text(chart.caption), asset=pictures.asset(name, chart))

    judged = [(day.org_id, day.day, day.health) for day in known.days]
    usage = portfolio_charts.usage(known.readings, known.segments(), now.date())
    return Pictures(
        shown("portfolio-health", portfolio_charts.health(judged, now.date())),
        shown("portfolio-usage", usage),
        shown(
            "portfolio-adoption", portfolio_charts.adoption(known.readings, now.date())
        ),
    )
