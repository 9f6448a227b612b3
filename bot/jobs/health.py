"""Judges how every company stands, and which action items follow from it.

Touches: the store.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.app import App
from bot.jobs import alerts, health_parts, indexing, rounds
from bot.jobs.orgs import Pair, live, mine
from bot.report import Progress, Report
from bot.walk import Walk
from intel import action_plan, cited, evidence, health, standing, trend, triggers
from intel.action_plan import CITED, Plan
from intel.kinds import Happening
from intel.standing import News, Standing
from intel.trend import Dips, TrendSettings
from intel.triggers import Candidate, TriggerSettings
from store.records import Event, HealthDay, MirrorRow, Org, UsageReading
from store.store import Store

# How far back readings are judged, and contacts and news are looked at.
HISTORY = timedelta(days=180)
LATELY = timedelta(days=120)
DIGEST = "actions.digest"  # a note: what a full budget keeps from being opened
Dipped = Mapping[str, frozenset[date]]


@dataclass(frozen=True, slots=True)
class Rules:
    """By what one company is judged."""

    trend: TrendSettings
    triggers: TriggerSettings


def judge_all(app: App, progress: Progress) -> Report:
    """Judge every live company of the share, and write what follows.

    A run over all companies writes all at once. Of a share each company is kept as it
    is judged, and what follows is weighed with what other shares found of late; for a
    single company that is left to who leads, and so are the dips that many share.
    """
    few = app.share.only is not None
    dips = health_parts.dips(app.store) if few else _dips_now(app)
    way = Walk(app, "health", mine(app), _org_id, progress, _callsign)
    days: list[HealthDay] = []
    said: list[Candidate] = []
    judged = 0
    for org, row in way:
        with app.tracing.span("company health", org=org.org_id):
            day, found = judge(app, org, row, dips)
        days.append(day)
        said += found
        if not app.share.is_open_ended:
            judged += _keep(app.store, day)
            health_parts.keep(app.store, org.org_id, found, app.clock())
    if app.share.is_open_ended and not way.cut:
        health_parts.drop(app.store)
        return write(app, days, said)
    if app.share.is_open_ended or app.stopping.is_set():
        return Report(cut=True)  # a part would be a digest of a part
    report = Report({"judged": judged}, cut=way.cut)
    if app.share.only is None or app.share.leads:
        report += write(app, (), health_parts.recent(app.store, app.clock()))
    return report


def note_dips(app: App) -> None:
    """Keep the dips that many share, for whoever judges companies one by one."""
    health_parts.keep_dips(app.store, _dips_now(app), app.clock())


def _dips_now(app: App) -> Dipped:
    return shared_dips(app, [org for org, _ in live(app.store)])


def judge(
    app: App, org: Org, row: MirrorRow, dips: Dipped
) -> tuple[HealthDay, list[Candidate]]:
    """Judge one company: how it stands, and what calls for an item there."""
    told, rules = known(app, org, row, dips), rules_of(app, org)
    verdict = health.judge(told, app.clock(), app.settings.intel.health)
    found = triggers.candidates(told, app.clock(), rules.triggers)
    said = [_with_evidence(one, told) for one in found]
    day = health.as_day(told, verdict, app.clock())
    return day, said + refused(app.store, org)


def _org_id(pair: Pair) -> str:
    return pair[0].org_id


def _callsign(pair: Pair) -> str:
    return pair[0].callsign


def write(app: App, days: Sequence[HealthDay], said: Sequence[Candidate]) -> Report:
    """Write the days and the items that differ from what the store has."""
    store, now = app.store, app.clock()
    with store.atomic():
        planned = action_plan.plan(
            said, store.actions.all(), now, app.settings.intel.triggers
        )
        for item in (*planned.open, *planned.update, *planned.close):
            store.actions.put(item)
        changed = sum(_keep(store, day) for day in days)
        _keep_digest(store, planned, now)
        alerts.want(app)
    counts = {
        "judged": changed,
        "opened": len(planned.open),
        "updated": len(planned.update),
        "closed": len(planned.close),
        "later": len(planned.digest),
    }
    return Report(counts)


def refused(store: Store, org: Org) -> list[Candidate]:
    """Say which stories call for nothing any more, since a person set them aside."""
    return [
        Candidate(
            *(org.org_id, triggers.FUNDING, one.story_id, False),
            f"A person said of this story: {one.verdict.value}.",
        )
        for one in store.stories.said(org.org_id)
    ]


def settle(app: App, orgs: Sequence[Org]) -> None:
    """Close the items that rest on stories a person has just set aside."""
    said = [one for org in orgs for one in refused(app.store, org)]
    rules = app.settings.intel.triggers
    with app.store.atomic():
        planned = action_plan.plan(said, app.store.actions.all(), app.clock(), rules)
        for item in (*planned.update, *planned.close):
            app.store.actions.put(item)
        alerts.want(app)


def known(app: App, org: Org, row: MirrorRow, dips: Dipped) -> Standing:
    """Gather what a company is judged by."""
    store, now = app.store, app.clock()
    rules = app.settings.intel.health
    judged = [
        trend.judge(readings, now, rules_of(app, org).trend, dips.get(metric, ()))
        for metric, readings in by_metric(store, org.org_id, now).items()
    ]
    contacts = store.interactions.of(org.org_id, now - LATELY)
    return Standing(
        org,
        standing.metrics(judged, usage_link(app, org, row)),
        standing.support_of(contacts, now, unhappy=rules.unhappy_mean),
        news(app, org.org_id),
    )


def rules_of(app: App, org: Org) -> Rules:
    """The settings, and what a person set for this company in Notion."""
    own = app.settings.intel
    found = app.store.overrides.resolve(org.org_id)
    given = found["drop_alert"].value if "drop_alert" in found else None
    if given is None:
        return Rules(own.trend, own.triggers)
    share = float(given) / 100
    return Rules(
        replace(own.trend, drop=min(own.trend.drop, share)),
        replace(own.triggers, drop=share),
    )


def usage_link(app: App, org: Org, row: MirrorRow) -> str:
    """Where a reader finds a company's usage: a dashboard, or else its row."""
    template = app.settings.intel.dossier.usage_link
    if not template:
        return row.url
    filled = template.replace("{org}", org.org_id).replace("{domain}", org.domain)
    return evidence.web_address(filled) or row.url


def by_metric(
    store: Store, org_id: str, now: datetime
) -> Mapping[str, list[UsageReading]]:
    """Read a company's readings of the last half year."""
    series: dict[str, list[UsageReading]] = defaultdict(list)
    for reading in store.usage.of(org_id, now - HISTORY):
        series[reading.metric].append(reading)
    return series


def shared_dips(app: App, orgs: Sequence[Org]) -> Dipped:
    """Find the days on which many companies dipped, by metric."""
    rules, now = app.settings.intel.trend, app.clock()
    if len(orgs) < rules.shared_orgs:
        return {}
    counts: dict[str, Dips] = defaultdict(Dips)
    for org in orgs:
        for metric, readings in by_metric(app.store, org.org_id, now).items():
            counts[metric].add(readings, now, rules)
    return {metric: dips.shared(rules) for metric, dips in counts.items()}


def news(app: App, org_id: str) -> tuple[News, ...]:
    """Read what the outside says of a company, one piece for each article.

    Only such happenings as health or triggers look at.
    """
    since = app.clock() - LATELY
    weighed = {Happening.FUNDING, *app.settings.intel.health.negative_news}
    muted = rounds.muted_events(app.store, org_id)
    events = {
        event.event_id: event
        for event in app.store.events.about(org_id, since)
        if _happening(event) in weighed
        and event.kind not in evidence.INSIDE
        and event.event_id not in muted
    }
    pieces = indexing.openings(app, org_id, events)
    return tuple(News(_happening(events[p.event_id]), p) for p in pieces)


def _happening(event: Event) -> Happening:
    said = str(event.extracted.get("happening") or "")
    return Happening(said) if said in set(Happening) else Happening.NEWS


def _with_evidence(one: Candidate, told: Standing) -> Candidate:
    """Put the evidence itself beside its ids, so that an item can show it."""
    shown = list(cited.listed(told.pieces, one.evidence_ids))
    return replace(one, facts={**one.facts, CITED: shown})


def _keep(store: Store, day: HealthDay) -> bool:
    """Keep a day where it says something else than the one kept already."""
    last = store.health.last(day.org_id)
    if last is not None and replace(last, judged_at=day.judged_at) == day:
        return False
    store.health.put(day)
    return True


def _keep_digest(store: Store, planned: Plan, now: datetime) -> None:
    waiting = [
        {
            "org_id": one.org_id,
            "trigger": one.trigger,
            "summary": one.summary,
            "owners": list(one.owners),
            CITED: one.facts.get(CITED, []),
        }
        for one in planned.digest
    ]
    if waiting != store.notes.get(DIGEST, []):
        store.notes.put(DIGEST, waiting, now)
