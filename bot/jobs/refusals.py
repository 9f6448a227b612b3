"""Takes over what people say of single claims, in rows that they add themselves.

A row in Action Items with a claim's sentence as its title and a Claim Verdict is taken
for feedback; the bot answers in its own columns. Touches: the store.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.app import App
from bot.jobs.orgs import live
from intel import feedback
from intel.feedback import Refusal
from store import ids
from store.pages import Row, Span, span_to_json
from store.records import AuditEntry, Claim, Org, Said, Sent
from store.store import Store
from sync.notion import schema
from sync.notion.items import Item

KEY = "claim:"
FIELD = "claim"
TRIGGER = "claim_feedback"
PRIORITY = 1
NOTE = "claim.said."  # notes: what a person said in a row, by company and row
VERDICT = "claim_verdict"
_VERSIONS = 3  # so many versions back a claim is looked for


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a row: the company it changed, what is wrong, if it was answered."""

    org_id: str = ""
    problem: str = ""
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A claim of a company's dossier."""

    org: Org
    claim: Claim


def is_feedback(item: Item) -> bool:
    """Tell rows about a claim from action items."""
    return item.key.startswith(KEY) or not item.key


def misplaced(item: Item) -> str:
    """Say that a verdict stands in a row of the bot's own, "" where none does."""
    if is_feedback(item) or not item.values.get(VERDICT):
        return ""
    return (
        f"Action Items row {item.url}: Claim Verdict says nothing in a row of the "
        "bot's. Set Status there, or add a row of your own with the dossier's sentence."
    )


def of(store: Store, org_id: str) -> tuple[Refusal, ...]:
    """Read what people said of a company's claims."""
    kept = store.notes.starting(f"{NOTE}{org_id}:")
    return tuple(_refusal(kept[key]) for key in sorted(kept))


def take(app: App, item: Item) -> Taken:
    """Keep, change or withdraw what a person said; nothing where that is old."""
    key = item.key or f"{KEY}{ids.digest(item.page_id.replace('-', ''))}"
    value = str(item.values.get(VERDICT) or "")
    old = _known(app.store, key)
    if value and value not in set(Said):
        return Taken(problem=_strange(item, value))
    if value == (old["verdict"] if old else ""):
        return Taken()
    if not value or old:
        return _change(app, item, key, Said(value) if value else None)
    match _find(app.store, item):
        case Found() as found:
            return _keep(app, item, key, found, Said(value))
        case str(why):
            words = f"{why} Then choose the verdict again."
            _answer(app, item, key, (Span(words),), "", None)
            return Taken(problem=f"Action Items row {item.url}: {why}", answered=True)


def _keep(app: App, item: Item, key: str, found: Found, said: Said) -> Taken:
    now, org = app.clock(), found.org
    refusal = feedback.refuse(found.claim, said, now.date())
    kept = {
        "key": key,
        "org_id": org.org_id,
        "claim_id": refusal.claim_id,
        "section": found.claim.section,
        "words": refusal.words,
        "evidence_ids": list(refusal.evidence_ids),
        "verdict": said.value,
        "day": refusal.day.isoformat(),
        "by": item.edited_by,
    }
    with app.store.atomic():
        app.store.notes.put(f"{NOTE}{org.org_id}:{key}", kept, now)
        app.store.audit.add(_entry(app, item, org.org_id, None, said.value))
        _answer(app, item, key, _told(kept), org.org_id, found)
    return Taken(org.org_id, answered=True)


def _change(app: App, item: Item, key: str, said: Said | None) -> Taken:
    """Say something else of the same claim, or take back what was said."""
    old = _known(app.store, key)
    if old is None:
        return Taken()
    org_id, now = str(old["org_id"]), app.clock()
    name = f"{NOTE}{org_id}:{key}"
    with app.store.atomic():
        if said is None:
            app.store.notes.drop(name)
            words: tuple[Span, ...] = (Span("Taken back: it may be said again."),)
        else:
            day = now.date().isoformat()
            kept = {**old, "verdict": said.value, "day": day, "by": item.edited_by}
            app.store.notes.put(name, kept, now)
            words = _told(kept)
        new = said.value if said else None
        app.store.audit.add(_entry(app, item, org_id, old["verdict"], new))
        _answer(app, item, key, words, org_id, None)
    return Taken(org_id, answered=True)


def _find(store: Store, item: Item) -> Found | str:
    """Find the claim that a row means, or say why there is none."""
    pairs = live(store)
    if item.related:
        pairs = [(org, row) for org, row in pairs if _same(row.page_id, item.related)]
    found = [
        Found(org, claim)
        for org, _ in pairs
        if (claim := feedback.find(item.title, _claims(store, org))) is not None
    ]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(one.org.callsign for one in found[:5])
        return f"Dossiers of several companies say this ({names}): choose the Company."
    return (
        "No dossier says this. Paste the sentence as it stands in the dossier into "
        "this row's title, and choose the Company."
    )


def _claims(store: Store, org: Org) -> list[Claim]:
    versions = store.dossiers.versions(org.org_id)[:_VERSIONS]
    return [claim for version in versions for claim in version.claims]


def _same(page_id: str, related: Iterable[str]) -> bool:
    return page_id.replace("-", "") in {one.replace("-", "") for one in related}


def _answer(
    app: App,
    item: Item,
    key: str,
    words: tuple[Span, ...],
    org_id: str,
    found: Found | None,
) -> None:
    """Want the bot's columns of the person's own row; their words stay theirs."""
    store, now = app.store, app.clock()
    if store.outbox.sent(key) is None:
        store.outbox.progress(Sent(key, item.page_id, item.url, "", {}, (), now))
    values: dict[str, Any] = {
        "key": key,
        "trigger": TRIGGER,
        "details": [span_to_json(span) for span in words],
        "next_step": "To take it back, empty Claim Verdict.",
    }
    row = store.mirror.of(org_id) if org_id else None
    binding = store.bindings.get(schema.ACTIONS.name)
    company = binding.properties.get("company") if binding else None
    if found and row and company and company.kind == "relation":
        values["company"] = [row.page_id]
    store.outbox.want(key, Row(schema.ACTIONS.name, values), org_id, PRIORITY, now)


def _told(kept: Mapping[str, Any]) -> tuple[Span, ...]:
    return (
        Span("Left out of the dossier since "),
        Span(f"{kept['day']}: “{kept['words']}” ({kept['section']})."),
    )


def _known(store: Store, key: str) -> Mapping[str, Any] | None:
    kept = store.notes.starting(NOTE)
    found = (said for name, said in kept.items() if name.endswith(f":{key}"))
    return next(found, None)


def _refusal(kept: Mapping[str, Any]) -> Refusal:
    day, evidence = date.fromisoformat(kept["day"]), tuple(kept["evidence_ids"])
    said = Said(kept["verdict"])
    return Refusal(kept["claim_id"], kept["words"], evidence, said, day)


def _entry(
    app: App, item: Item, org_id: str, old: str | None, new: str | None
) -> AuditEntry:
    what = "verdict set" if new else "verdict cleared"
    return AuditEntry(
        app.clock(),
        org_id,
        FIELD,
        f"{item.title[:200]}: {what}",
        item.edited_by or "notion",
        old,
        new,
        item.url,
        "",
    )


def _strange(item: Item, value: str) -> str:
    known = ", ".join(Said)
    return (
        f"Action Items row {item.url}: {value!r} is no verdict. Choose one of {known}."
    )
