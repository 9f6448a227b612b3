"""Composes the bot's columns of each company's row. Touches: the store."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot import pause
from bot.jobs import domains, rounds
from intel import latest_round
from intel.health import Health
from store import pages
from store.records import Dossier, HealthDay, MirrorRow, Org, Sent
from store.store import Store

PRIORITY = 1
LATER = 3  # a row that shows nothing yet waits for its dossier, and is written once


def want(store: Store, pairs: Iterable[tuple[Org, MirrorRow]], now: datetime) -> int:
    """Want every row's columns as they should stand; returns how many changed."""
    changed = 0
    for org, row in pairs:
        made = resting if pause.is_paused(row) else columns
        key, values = f"row:{org.org_id}", made(store, org, row)
        is_first = not values.get("dossier") and store.outbox.sent(key) is None
        priority = PRIORITY if row.problems or not is_first else LATER
        body = pages.Columns(values)
        changed += store.outbox.want(key, body, org.org_id, priority, now)
    return changed


def columns(store: Store, org: Org, row: MirrorRow) -> dict[str, Any]:
    """Read what the columns are made of, and make them."""
    judged = store.health.last(org.org_id)
    sent = store.outbox.sent(f"dossier:{org.org_id}")
    return {
        "health": judged.health if judged else Health.NO_DATA.value,
        "usage_trend": trend(judged),
        "suggested_domain": domains.suggestion(store, org),
        "latest_funding": latest_round.spans(rounds.best_of(store, org.org_id)),
        "open_actions": float(len(store.actions.of(org.org_id, "open"))),
        "dossier": sent.url if sent and sent.url else None,
        "last_generated": generated(store.dossiers.last(org.org_id), sent),
        "sync_note": " ".join(row.problems) or None,
    }


def resting(store: Store, org: Org, row: MirrorRow) -> dict[str, Any]:
    """Leave a paused company's columns as they are, and say that it is paused."""
    wanted = store.outbox.get(f"row:{org.org_id}")
    before = wanted.body["values"] if wanted else columns(store, org, row)
    return {**before, "sync_note": " ".join((pause.SAID, *row.problems))}


def trend(judged: HealthDay | None) -> str | None:
    """Say how the metric that is worst has moved. Pure."""
    if judged is None or not judged.usage:
        return None
    worst, *rest = judged.usage
    more = f" (and {len(rest)} more)" if rest else ""
    return f"{str(worst['words']).rstrip('.')}{more}"


def generated(last: Dossier | None, sent: Sent | None) -> str | None:
    """The day of the newest version, once it is shown. Pure."""
    return last.generated_at.date().isoformat() if last and sent else None
