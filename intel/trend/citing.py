"""Make a judgement citable, and keep it as data that is citable again. Pure."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from intel import evidence
from intel.trend.records import Judgement
from intel.trend.words import sentence
from intel.usage import KIND
from store import ids
from store.records import Evidence

SOURCE = "Usage"


def as_data(judged: Judgement, url: str = "") -> dict[str, Any]:
    """Write a judgement as JSON; `url` is where a reader finds the readings."""
    return {
        "metric": judged.metric,
        "verdict": judged.kind.value,
        "words": sentence(judged),
        "change": judged.change,
        "baseline": judged.baseline,
        "recent": judged.recent,
        "since": judged.since.isoformat() if judged.since else None,
        "until": judged.until.isoformat() if judged.until else None,
        "days_missing": len(judged.missing_days),
        "url": evidence.web_address(url),
        "reading": judged.source,
    }


def as_evidence(judged: Judgement, url: str = "") -> Evidence:
    """Put a judgement into evidence, dated by its last reading."""
    return from_data(judged.org_id, as_data(judged, url))


def from_data(org_id: str, kept: Mapping[str, Any]) -> Evidence:
    """Put a judgement that was kept into evidence: the same as when it was made."""
    until = kept["until"]
    return Evidence(
        evidence_id=ids.digest("usage", org_id, kept["words"]),
        org_id=org_id,
        kind=KIND,
        source=SOURCE,
        title=kept["metric"],
        quote=kept["words"],
        dated=datetime.combine(date.fromisoformat(until), time(), UTC)
        if until
        else None,
        url=kept["url"],
        story_id=f"usage:{kept['metric']}",
        facts={name: value for name, value in kept.items() if name != "words"},
    )
