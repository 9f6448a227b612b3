"""Composes the bot's columns of each company's row. Touches: the store."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from bot.jobs import domains, rounds
from intel import latest_round
from intel.usage import Trend, trend
from store import pages
from store.records import Dossier, MirrorRow, Org, Sent, UsageReading
from store.store import Store

PRIORITY = 1
HISTORY = timedelta(days=180)
LATE = timedelta(days=7)
AT_RISK = -0.25
WATCH = -0.10


def want(store: Store, pairs: Iterable[tuple[Org, MirrorRow]], now: datetime) -> int:
    """Want every row's columns as they should stand; returns how many changed."""
    changed = 0
    for org, row in pairs:
        body = pages.Columns(columns(store, org, row, now))
        changed += store.outbox.want(
            f"row:{org.org_id}", body, org.org_id, PRIORITY, now
        )
    return changed


def columns(store: Store, org: Org, row: MirrorRow, now: datetime) -> dict[str, Any]:
    """Read what the columns are made of, and make them."""
    trends = usage_trends(store.usage.of(org.org_id, now - HISTORY))
    sent = store.outbox.sent(f"dossier:{org.org_id}")
    return {
        "health": health(trends),
        "usage_trend": in_words(trends, now),
        "suggested_domain": domains.suggestion(store, org),
        "latest_funding": latest_round.spans(rounds.best_of(store, org.org_id)),
        "open_actions": float(len(store.actions.of(org.org_id, "open"))),
        "dossier": sent.url if sent and sent.url else None,
        "last_generated": generated(store.dossiers.last(org.org_id), sent),
        "sync_note": " ".join(row.problems) or None,
    }


def usage_trends(readings: Iterable[UsageReading]) -> list[Trend]:
    """Make each metric's trend, the largest fall first. Pure."""
    by_metric: dict[str, list[UsageReading]] = {}
    for reading in readings:
        by_metric.setdefault(reading.metric, []).append(reading)
    trends = [trend(metric, found) for metric, found in by_metric.items()]
    return sorted(trends, key=lambda t: (t.change or 0.0, t.metric))


def health(trends: list[Trend]) -> str:
    """Judge by the worst metric. Pure."""
    changes = [t.change for t in trends if t.change is not None]
    if not changes:
        return "No data"
    worst = min(changes)
    if worst <= AT_RISK:
        return "At risk"
    return "Watch" if worst <= WATCH else "Healthy"


def in_words(trends: list[Trend], now: datetime) -> str | None:
    """Say how the metric that fell most has moved. Pure."""
    told = [t for t in trends if t.change is not None]
    if not told:
        return None
    worst = told[0]
    assert worst.change is not None, "told apart above"
    name = worst.metric.replace("_", " ")
    late = now - worst.end > LATE
    note = f"; no data since {worst.end:%Y-%m-%d}" if late else ""
    moved = f"{worst.change:+.0%}".replace("-", "−")
    return f"{name} {moved} on the four weeks before{note}"


def generated(last: Dossier | None, sent: Sent | None) -> str | None:
    """The day of the newest version, once it is shown. Pure."""
    return last.generated_at.date().isoformat() if last and sent else None
