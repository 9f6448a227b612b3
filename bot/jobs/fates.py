"""Says what became of evidence on which a dossier rested. Touches: the store."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from bot.app import App
from bot.jobs import indexing
from intel import changes, company, evidence
from intel.changes import OUT_OF_WINDOW, OUTRANKED
from store.records import ActionItem, Dossier, Org


def of(
    app: App,
    org: Org,
    history: Sequence[Dossier],
    here: Collection[str],
    since: datetime,
) -> Mapping[str, str]:
    """Tell the fate of evidence that is not here any more, by its id.

    Only what earlier versions cite is looked for, so that it costs nothing while all
    of it is here.
    """
    cited = {
        one
        for version in changes.comparable(history)
        for claim in version.claims
        for one in claim.evidence_ids
    }
    missing = cited - set(here)
    if not missing:
        return {}
    every = (
        *_stories(app, org, since),
        *_contacts(app, org, since),
        *_items(app, org),
    )
    return {one: words for one, words in every if one in missing}


def _stories(app: App, org: Org, since: datetime) -> Iterator[tuple[str, str]]:
    said = {verdict.story_id: verdict for verdict in app.store.stories.said(org.org_id)}
    refused = {
        event.event_id: said[event.story_id]
        for event in app.store.stories.events_of(said)
    }
    for event_id, verdict in refused.items():
        words = (
            f"a person said “{verdict.verdict.value}” of its story on "
            f"{verdict.seen_at:%Y-%m-%d}"
        )
        for snippet in app.store.events.snippets_of([event_id]):
            yield snippet.snippet_id, words
    for piece in indexing.news(app, org.org_id):
        if piece.event_id not in refused:
            old = piece.dated is not None and piece.dated < since
            yield piece.evidence_id, OUT_OF_WINDOW if old else OUTRANKED


def _contacts(app: App, org: Org, since: datetime) -> Iterator[tuple[str, str]]:
    for contact in app.store.interactions.of(org.org_id):
        if contact.occurred_at < since:
            yield evidence.interaction_evidence(contact).evidence_id, OUT_OF_WINDOW


def _items(app: App, org: Org) -> Iterator[tuple[str, str]]:
    for item in app.store.actions.of(org.org_id):
        if words := _closed(item):
            yield company.action_evidence(item).evidence_id, words


def _closed(item: ActionItem) -> str:
    """Say how an item was closed, "" where it is open."""
    if item.status == "open":
        return ""
    said = item.payload.get("said") or {}
    if said.get("status") == item.status:
        return f"a person set its action item to {item.status} on {said['at'][:10]}"
    settled = str(item.payload.get("settled_at") or "")[:10]
    return (
        f"its action item was settled on {settled}"
        if settled
        else (f"its action item is {item.status}")
    )
