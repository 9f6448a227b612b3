"""Shows action items in Notion, and takes over what people decide about them.

Touches: Notion, the store.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.app import App
from bot.jobs import decisions, dossiers, drafts, notion, refusals
from bot.jobs.alerts import want
from bot.jobs.orgs import live
from bot.report import Progress, Report, silent
from intel import action_rows
from intel.action_plan import OPEN
from store.records import ActionItem, AuditEntry
from sync.notion import items, schema
from sync.notion.items import Item

FIELD = "action"
_STATUSES = schema.ACTIONS.named("status").options


def pull(app: App, progress: Progress) -> Report:
    """Look for new decisions, one request when quiet, and act on them at once."""
    settings, now = notion.settings(app), app.clock()
    name = schema.ACTIONS.name
    found = items.pull_items(app.notion(), app.store, settings, name)
    changed: set[str] = set()
    problems: list[str] = []
    waits, answered = False, False
    for item in found:
        if refusals.is_feedback(item):
            said = refusals.take(app, item)
            changed |= {said.org_id} - {""}
            problems += [said.problem] if said.problem else []
            answered = answered or said.answered
        elif wrong := refusals.misplaced(item):
            problems.append(wrong)
        if not item.key.startswith(action_rows.KEY):
            continue
        told = decisions.take(app, item)
        value = str(item.values.get("status") or OPEN)
        strange = value not in _STATUSES
        org_id = "" if strange else take(app, item, value)
        changed |= {one for one in (org_id, told.org_id) if one}
        problems += [told.problem] if told.problem else []
        problems += [_strange(item, value)] if strange else []
        waits = waits or told.waits
    if not waits:
        items.looked(app.store, name, now)
    renewed = drafts.renew(app)
    report = Report({"decisions": len(changed)}, tuple(problems)) + renewed
    acts = changed or answered or renewed.counts.get("drafts")
    return report + _act(app, changed, progress) if acts else report


def take(app: App, item: Item, value: str) -> str:
    """Keep what a person said of an item; gives the company, "" where that is old.

    The bot never writes Status once the row is there, so that what stands there says
    something new only where it differs from what was seen last. What the bot itself
    has closed stays closed while nobody touches its Status.
    """
    action_id = item.key.removeprefix(action_rows.KEY)
    with app.store.atomic():
        known = app.store.actions.get(action_id)
        if known is None or value == _seen(known.payload):
            return ""
        person = "" if item.edited_by == app.notion().bot_id else item.edited_by
        said = {"status": value, "by": person, "at": app.clock().isoformat()}
        rest = {k: v for k, v in known.payload.items() if k != "closed_by"}
        now = app.clock()
        decided = {**rest, "said": said}
        app.store.actions.put(
            replace(known, status=value, payload=decided, updated_at=now)
        )
        app.store.audit.add(_entry(app, item, known, value, person))
    return known.org_id


def _seen(payload: Mapping[str, Any]) -> str:
    """What Status said when it was last looked at; each row begins open."""
    return str((payload.get("said") or {}).get("status") or OPEN)


def _entry(
    app: App, item: Item, known: ActionItem, value: str, person: str
) -> AuditEntry:
    return AuditEntry(
        app.clock(),
        known.org_id,
        FIELD,
        f"{item.key}: status set",
        person or "notion",
        known.status,
        value,
        item.url,
        "",
    )


def _act(app: App, changed: set[str], progress: Progress) -> Report:
    """Show at once what follows: the count in the row, the dossier's next actions."""
    touched = [org for org, _ in live(app.store) if org.org_id in changed]
    report = dossiers.write(app, touched, silent, dossiers.AT_ONCE)
    want(app)
    return report + notion.deliver(app, progress)


def _strange(item: Item, value: str) -> str:
    known = ", ".join(_STATUSES)
    return (
        f"Action Items row {item.url}: {value!r} is no status. Choose one of {known}."
    )
