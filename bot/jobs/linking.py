"""Says whom each new article is about, and cuts what is evidence into snippets.

Touches: the store.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.app import App
from bot.report import Progress, Report, counted
from intel import evidence, identity
from intel.identity import Context, Matcher
from store import ids
from store.records import Event, EventLink, Org, Relation
from store.store import Store

_AT_ONCE = 200


def link(app: App, orgs: Sequence[Org], progress: Progress) -> Report:
    """Judge every event nobody has judged yet; ask anew where names have changed."""
    store, now = app.store, app.clock()
    _ask_anew(store, orgs, now)
    matcher = identity.candidates(orgs)
    counts = {"about": 0, "mention": 0, "namesake": 0}
    while not app.stopping.is_set():
        events = store.events.unlinked(_AT_ONCE)
        if not events:
            break
        for event in counted(events, progress, _title, app.stopping.is_set):
            links = judge(event, matcher)
            store.events.link(event.event_id, links, now)
            for one in links:
                counts[one.relation.value] += 1
    return Report(counts)


def judge(event: Event, matcher: Matcher) -> list[EventLink]:
    """Say what an event has to do with each company it may name. Pure.

    An article from a company's own feed is about it; mentions and namesakes are kept
    with their reason, so that `cip explain` can show them.
    """
    found = matcher.find(event.title, event.raw_text, event.url)
    own = event.extracted.get("feed_org")
    links = []
    for org in found:
        verdict = identity.relate(
            org, event.title, event.raw_text, event.url, event.source, Context()
        )
        if verdict.relation is not Relation.NONE:
            links.append(
                EventLink(
                    event.event_id,
                    org.org_id,
                    verdict.relation,
                    verdict.reason,
                    verdict.score,
                )
            )
    own_site = [org for org in matcher.orgs if org.org_id == own and _own(event, org)]
    for org in own_site:
        links = [one for one in links if one.org_id != org.org_id]
        reason = "published on the company's own site"
        links.append(EventLink(event.event_id, org.org_id, Relation.ABOUT, reason, 1.0))
    return sorted(links, key=lambda one: (-one.score, one.org_id))


def cut(app: App, progress: Progress) -> Report:
    """Cut the events that are about somebody into snippets."""
    total = 0
    while not app.stopping.is_set():
        events = app.store.events.uncut(_AT_ONCE)
        if not events:
            break
        for event in counted(events, progress, _title, app.stopping.is_set):
            snippets = evidence.cut(event)
            app.store.events.keep_snippets(event.event_id, snippets, app.clock())
            total += len(snippets)
    return Report({"snippets": total})


def _ask_anew(store: Store, orgs: Sequence[Org], now: datetime) -> None:
    names = ids.value_hash([[org.org_id, org.domain, *org.names] for org in orgs])
    if store.notes.get("names judged with") == names:
        return
    store.events.unlink_all()
    store.notes.put("names judged with", names, now)


def _own(event: Event, org: Org) -> bool:
    domain = org.domain
    host = str(event.extracted.get("outlet_domain") or "")
    return bool(domain) and (host == domain or host.endswith(f".{domain}"))


def _title(event: Event) -> str:
    return event.title
