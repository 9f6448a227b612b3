"""Says what sort of happening an article tells of, and which others tell of it too.

Touches: the store.
"""

from datetime import datetime, timedelta

from bot.app import App
from bot.report import Progress, Report, counted
from intel import clusters, kinds
from intel.evidence import INSIDE
from store.records import Event, Kind, Relation, Said

# How far back an article may still belong to a story: syndicated copies come late.
REACH = timedelta(days=30)
_AT_ONCE = 300


def sort(app: App, progress: Progress) -> Report:
    """Give every event about a company its kind and its story."""
    counts = {"sorted": 0, "stories": 0}
    while not app.halts():
        events = app.store.events.unsorted(_AT_ONCE, app.share.mine)
        if not events:
            break
        for event in counted(events, progress, lambda e: e.title, app.halts):
            _classify(app, event)
        if app.halts():
            break  # not all of these have their kind; the next run does it again
        counts["stories"] += _gather(app, events)
        counts["sorted"] += len(events)
    return Report(counts)


def _classify(app: App, event: Event) -> None:
    found = kinds.classify(event.title, event.raw_text)
    kind = found.happening.kind if event.kind is Kind.NEWS else event.kind
    said = {"happening": found.happening.value, "happening_because": found.words}
    app.store.events.set_kind(event.event_id, kind, {**event.extracted, **said})


def _gather(app: App, events: list[Event]) -> int:
    """Put events into stories; returns how many stories are new."""
    store = app.store.events
    orgs = {
        link.org_id
        for event in events
        for link in store.links_of(event.event_id)
        if link.relation is Relation.ABOUT
    }
    oldest = min((e.published_at for e in events if e.published_at), default=None)
    since = (oldest or app.clock()) - REACH
    told = [e for e in store.in_stories(sorted(orgs), since) if e.kind not in INSIDE]
    known = [*told, *_refused(app, orgs, since)]
    assigned = clusters.cluster(events, known)
    with app.store.atomic():
        for event_id, story_id in assigned.items():
            store.set_story(event_id, story_id)
        refused = _not_us(app, orgs)
        store.unlink([e for e, story in assigned.items() if story in refused])
    return len(set(assigned.values()) - {event.story_id for event in known})


def _not_us(app: App, orgs: set[str]) -> set[str]:
    said = app.store.stories.said()
    return {
        one.story_id
        for one in said
        if one.verdict is Said.NOT_US and one.org_id in orgs
    }


def _refused(app: App, orgs: set[str], since: datetime) -> list[Event]:
    """Read the stories that a person refused: what joins them is judged anew."""
    found = app.store.stories.events_of(_not_us(app, orgs))
    return [e for e in found if e.published_at is None or e.published_at >= since]
