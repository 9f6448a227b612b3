"""Put action items into rows of the Action Items database. Pure.

What a person says in Status is theirs: only a new row begins with one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from intel import cited, claims, draft_life, text, triggers
from intel.action_plan import CITED, OPEN
from intel.usage import named
from store.pages import Row, Span, span_to_json
from store.records import ActionItem, Org

KEY = "action:"
DRAFT = draft_life.TRIGGER
HOLDS, SETTLED = "Holds", "Settled"
_TITLES: Mapping[str, str] = {
    triggers.USAGE_DROP: "usage dropped",
    triggers.USAGE_MISSING: "usage data stopped coming",
    triggers.FUNDING: "news of a funding round",
    triggers.NEGATIVE_SUPPORT: "unhappy contacts",
    triggers.RENEWAL_WINDOW: "renewal ahead",
    triggers.RENEWAL_RISK: "renewal ahead, and usage dropped",
    triggers.DROP_AND_COMPLAINTS: "usage dropped amid complaints",
    DRAFT: "a draft to check",
}
_OF_A_DRAFT = {
    draft_life.DRAFTED: "Check the draft in the comment on the company's row, say in "
    "Draft Decision what becomes of it, and send it yourself.",
    draft_life.CONFIRMED: "Send it yourself, if you have not yet.",
    draft_life.DISMISSED: "Nothing; tick Request Draft for another draft.",
    draft_life.SUPERSEDED: "See the newer version in the same thread of comments.",
}
_WORDS = 1500
_ID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Home:
    """Where an item's company stands: its row, and the people who look after it.

    `related` says whether the database ties items to rows, or only names them.
    """

    org: Org
    page_id: str
    url: str
    owners: tuple[Mapping[str, Any], ...] = ()
    related: bool = True


def key(item: ActionItem) -> str:
    """Name the row of an item in the outbox."""
    return f"{KEY}{item.action_id}"


def row(item: ActionItem, home: Home) -> Row:
    """Write an item's row."""
    people = [str(one["id"]) for one in home.owners if _ID.fullmatch(str(one["id"]))]
    kept = item.payload.get(CITED, ())
    first = next((str(one["url"]) for one in kept if one["url"]), "")
    return Row(
        "actions",
        {
            "title": title(item, home.org),
            "company": [home.page_id] if home.related else home.org.callsign,
            "trigger": item.trigger,
            "raised": item.generated_at.date().isoformat(),
            "owner": people or None,
            "details": [span_to_json(span) for span in details(item)],
            "next_step": next_step(item),
            "state": state(item),
            "link": (first if item.trigger != DRAFT else "") or home.url or None,
            "status": OPEN,
        },
    )


def title(item: ActionItem, org: Org) -> str:
    """Say in a few words what an item is about."""
    said = _TITLES.get(item.trigger, item.trigger.replace("_", " "))
    which = "subject" if item.trigger == triggers.USAGE_DROP else "metric"
    metric = item.payload.get(which)
    about = f" ({named(str(metric))})" if metric else ""
    if item.trigger == DRAFT and draft_life.version(item) > 1:
        about = f" (version {draft_life.version(item)})"
    return text.clip(f"{org.callsign}: {said}{about}", 200)


def state(item: ActionItem) -> str:
    """Say whether the cause of an item still holds, or what became of a letter."""
    if item.trigger == DRAFT:
        return draft_life.state(item)
    return SETTLED if item.payload.get("settled_at") else HOLDS


def details(item: ActionItem) -> list[Span]:
    """Say why, with sources, and what settled it."""
    payload = item.payload
    words = text.clip(text.clean(str(payload.get("summary") or "")), _WORDS)
    spans = [Span(words), *cited.spans(payload.get(CITED, ())), *_decisions(item)]
    if payload.get("settled_at"):
        day = date.fromisoformat(str(payload["settled_at"])[:10])
        why = text.clip(text.clean(str(payload.get("settled_by") or "")), _WORDS)
        spans += [Span(f"\nSettled on {day}: ", bold=True), Span(why)]
        spans += cited.spans(payload.get("settled_cited", ()))
    return spans


def _decisions(item: ActionItem) -> list[Span]:
    """Say what people decided about a letter, and when."""
    told = []
    for one in item.payload.get("decisions") or ():
        day, note = str(one["at"])[:10], text.clip(text.clean(one["note"]), 300)
        said = one["value"] or "Decision taken back"
        told.append(f"\n{day}: {said}" + (f" (“{note}”)" if note else ""))
    return [Span("".join(told))] if told else []


def next_step(item: ActionItem) -> str | None:
    """Say what could be done, and which draft would help."""
    if item.trigger == DRAFT:
        return _OF_A_DRAFT[draft_life.state(item)]
    step = claims.ADVICE.get(item.trigger, claims.GENERAL_ADVICE)
    intent = item.payload.get("intent")
    tick = f"; for a draft tick Request Draft with {intent}" if intent else ""
    return f"{step}{tick}."
