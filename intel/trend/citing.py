"""Make a judgement citable. Pure."""

from datetime import UTC, datetime, time

from intel import evidence
from intel.trend.records import Judgement
from store import ids
from store.records import Evidence

KIND = "usage"


def as_evidence(
    judged: Judgement, *, url: str = "", source: str = "Usage data"
) -> Evidence:
    """Put a judgement into evidence, dated by its last reading.

    `url` is where a reader finds the readings.
    """
    name = judged.metric.replace("_", " ").replace(".", " ").strip().capitalize()
    quote = f"{name}: {judged.reason}"
    until = judged.until
    dated = datetime.combine(until, time(), UTC) if until else None
    return Evidence(
        evidence_id=ids.digest("usage", judged.org_id, quote),
        org_id=judged.org_id,
        kind=KIND,
        source=source,
        title=judged.metric,
        quote=quote,
        dated=dated,
        url=evidence.web_address(url),
        story_id=f"usage:{judged.metric}",
        facts={
            "metric": judged.metric,
            "verdict": judged.kind.value,
            "recent": judged.recent,
            "before": judged.baseline,
            "change": judged.change,
            "since": judged.since.isoformat() if judged.since else None,
            "from": judged.days[0].isoformat() if judged.days else None,
            "to": until.isoformat() if until else None,
            "missing_days": len(judged.missing_days),
            "reading": judged.source,
        },
    )
