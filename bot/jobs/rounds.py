"""Reads funding rounds out of the news, and chooses among all that is said of them.

Touches: the store.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.app import App
from bot.report import Progress, Report, counted
from intel.deals import best
from intel.deals.best import BestFunding, Rates
from intel.evidence import INSIDE
from store.records import (
    Event,
    FieldValue,
    FundingFact,
    Org,
    Relation,
    Resolved,
    Said,
    Tier,
)
from store.store import Store

RATES = "exchange_rates"  # a note: the rates of the settings
_AT_ONCE = 200
_FIELDS = (
    "funding_round",
    "funding_date",
    "funding_amount",
    "funding_investors",
    "funding_source",
)


def read(app: App, orgs: Sequence[Org], progress: Progress) -> Report:
    """Look through the events that are new or linked anew; their old facts go first.

    The learned reader, of a hundred megabytes, is let go when that is done.
    """
    store = app.store
    keep_rates(app)
    known = {org.org_id: org for org in orgs}
    total = 0
    while not app.halts():
        events = store.stories.unread(_AT_ONCE, app.share.mine)
        if not events:
            break
        for event in counted(events, progress, lambda e: e.title, app.halts):
            total += _read_one(app, event, known)
    app.tagger.let_go()
    return Report({"rounds": total})


def keep_rates(app: App) -> None:
    """Let everyone who reads the store see the rates that are set."""
    told = {
        currency: {day.isoformat(): rate for day, rate in days.items()}
        for currency, days in app.settings.intel.exchange_rates.items()
    }
    if app.store.notes.get(RATES, {}) != told:
        app.store.notes.put(RATES, told, app.clock())


def rates_of(store: Store) -> Rates:
    """Read the rates, by currency and day."""
    return {
        (currency.upper(), date.fromisoformat(day)): float(rate)
        for currency, days in store.notes.get(RATES, {}).items()
        for day, rate in days.items()
    }


def best_of(store: Store, org_id: str) -> BestFunding:
    """Choose a company's current round: a person's word, a provider's, the surest."""
    given = _winners(store.overrides.resolve(org_id))
    facts = facts_of(store, org_id)
    return best.best(facts, _by_people(given), rates_of(store))


def best_of_all(store: Store, orgs: Iterable[str]) -> dict[str, BestFunding]:
    """Choose the current round of many companies, reading each table once."""
    given, facts = store.overrides.resolved(_FIELDS), store.funding.by_org()
    muted, rates = _muted(store), rates_of(store)
    return {
        org: best.best(
            [f for f in facts.get(org, ()) if f.event_id not in muted.get(org, ())],
            _by_people(_winners(given.get(org, {}))),
            rates,
        )
        for org in orgs
    }


def _winners(resolved: Mapping[str, Resolved]) -> list[FieldValue | None]:
    return [resolved[name].winner for name in _FIELDS if name in resolved]


def _muted(store: Store) -> dict[str, set[str]]:
    """List the events that `muted_events` names, of every company at once."""
    said = store.stories.said()
    stories: dict[str, set[str]] = defaultdict(set)
    for event in store.stories.events_of({verdict.story_id for verdict in said}):
        stories[event.story_id].add(event.event_id)
    found: dict[str, set[str]] = defaultdict(set)
    for verdict in said:
        found[verdict.org_id] |= stories[verdict.story_id]
    return found


def facts_of(store: Store, org_id: str) -> list[FundingFact]:
    """Read the facts that count: not those of stories a person set aside as stale."""
    muted = muted_events(store, org_id)
    return [f for f in store.funding.of(org_id) if f.event_id not in muted]


def muted_events(store: Store, org_id: str) -> frozenset[str]:
    """List the events whose stories a person said are wrong, stale or not theirs."""
    said = [verdict.story_id for verdict in store.stories.said(org_id)]
    return frozenset(event.event_id for event in store.stories.events_of(said))


def _by_people(given: Sequence[FieldValue | None]) -> list[FieldValue]:
    """Keep what people or the CSV say; a discovered value is no word of theirs."""
    return [v for v in given if v is not None and v.tier is not Tier.DISCOVERED]


def _read_one(app: App, event: Event, known: dict[str, Org]) -> int:
    from intel import funding  # noqa: PLC0415  (its many patterns take a while)

    store, now = app.store, app.clock()
    refuted = {
        verdict.org_id
        for verdict in store.stories.said_of(event.story_id)
        if verdict.verdict is Said.WRONG
    }
    inside = event.kind in INSIDE  # what customers tell us is no news of theirs
    facts = [
        replace(fact, event_id=event.event_id)
        for link in (() if inside else store.events.links_of(event.event_id))
        if link.relation is Relation.ABOUT and link.org_id in known.keys() - refuted
        for fact in funding.extract(
            known[link.org_id],
            event.title,
            event.raw_text,
            event.published_at,
            event.url,
            event.source,
            now,
            app.tagger()[0],
        )
    ]
    with store.atomic():
        store.funding.drop_event(event.event_id)
        store.funding.put(facts)
        store.stories.read(event.event_id, now)
    return len(facts)
