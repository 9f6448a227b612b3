"""Make evidence for tests in one line."""

from datetime import UTC, datetime, timedelta
from typing import Any

from intel import text
from intel.trend import TrendSettings, judge
from intel.trend.citing import as_evidence
from store import ids
from store.records import Evidence, Org, UsageReading

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ACME = Org("acme", "Acme", "Acme Bakeries Ltd", "acme.example", aliases=("Acme Bread",))


def news(quote: str, *, days: float = 3, **changes: Any) -> Evidence:
    """Make a piece of news about Acme, `days` old."""
    dated = NOW - timedelta(days=days)
    source = changes.pop("source", "The Ledger")
    values = {
        "evidence_id": ids.digest(source, quote),
        "org_id": "acme",
        "kind": "news",
        "source": source,
        "title": text.clip(quote, 60),
        "quote": quote,
        "dated": dated,
        "url": f"https://{source.lower().replace(' ', '-')}.example/story",
        "story_id": f"story-{ids.digest(quote, size=6)}",
        "event_id": f"event-{ids.digest(source, quote, size=6)}",
        "fetched_at": dated + timedelta(hours=2),
        "facts": {"day": dated.date().isoformat()},
    }
    return Evidence(**(values | changes))


def contact(summary: str, *, days: float = 3, **changes: Any) -> Evidence:
    """Make a support contact of Acme: internal evidence."""
    values = {
        "kind": "support",
        "source": "Zendesk",
        "title": "Zendesk contact",
        "internal": True,
        "event_id": "",
        "url": "",
        "facts": {"channel": "zendesk", "sentiment": -0.6},
    }
    return news(summary, days=days, **(values | changes))


def trend(
    org: str = "acme", recent: float = 150.0, before: float = 200.0
) -> tuple[Evidence, ...]:
    """Judge 56 days of use, the last 28 of which are different."""
    readings = [
        UsageReading(org, "active_users", NOW - timedelta(days=d),
                     recent if d < 28 else before, "usage.csv")
        for d in range(1, 57)
    ]  # fmt: skip
    judged = judge(readings, NOW, TrendSettings())
    return (as_evidence(judged, "https://bi.example/acme"),)
