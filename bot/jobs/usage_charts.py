"""The usage chart of each company's dossier. Touches: the store."""

from datetime import timedelta

from bot import pictures
from bot.app import App
from bot.jobs.health import usage_link
from intel import usage_chart
from intel.charts import Chart
from intel.trend.records import Verdict
from store.pages import Block
from store.records import MirrorRow, Org, UsageReading
from store.store import Store

_READINGS = timedelta(weeks=usage_chart.WEEKS + 1)
_NAME = "usage-{org_id}"


def block(app: App, org: Org, row: MirrorRow) -> Block | None:
    """Show a company's usage, with its words; None where there is too little."""
    made, readings = _chart(app, org)
    if made is None:
        return None
    asset = pictures.asset(_NAME.format(org_id=org.org_id), made)
    return usage_chart.block(made, asset, readings, usage_link(app, org, row))


def keep(app: App, org: Org) -> None:
    """Keep what the chart shows, for the page that is wanted now."""
    made, _ = _chart(app, org)
    if made is not None:
        pictures.keep(app.store, _NAME.format(org_id=org.org_id), made, app.clock())


def _chart(app: App, org: Org) -> tuple[Chart | None, list[UsageReading]]:
    now = app.clock()
    readings = app.store.usage.of(org.org_id, now - _READINGS)
    first = _telling(app.store, org.org_id)
    return usage_chart.chart(readings, now.date(), first), readings


def _telling(store: Store, org_id: str) -> list[str]:
    """Name the metrics as judged, what fell first."""
    last = store.health.last(org_id)
    judged = sorted(
        last.usage if last else (),
        key=lambda m: (m["verdict"] != Verdict.DROP.value, m.get("change") or 0.0),
    )
    return [str(metric["metric"]) for metric in judged]
