"""Gathers what the portfolio shows of every company. Touches: the store."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from bot.app import App
from bot.jobs import dossiers, health, rounds
from bot.jobs.orgs import live
from intel import latest_round, portfolio_charts, portfolio_lists, weeks
from intel.action_plan import BOT
from intel.deals.best import BestFunding
from intel.health import Health
from intel.portfolio_lists import Standing
from intel.portfolio_tables import Alerts, Coverage
from store.pages import Span
from store.records import (
    ActionItem,
    HealthDay,
    Kind,
    MirrorRow,
    Org,
    Review,
    UsageReading,
)
from store.store import Store

ALERTS = timedelta(days=90)
WEEK = timedelta(days=7)
DRAFT = "draft"  # a trigger that is a person's wish, no alert
NEWS, SITE, USAGE = "News", "Their own site", "Product usage"
SUPPORT, CALLS, MAIL = "Support tickets", "Calls", "E-mail (who and when)"
_SOURCES = (NEWS, SITE, USAGE, SUPPORT, CALLS, MAIL)
_KINDS: Mapping[Kind, str] = {
    Kind.NEWS: NEWS,
    Kind.FUNDING: NEWS,
    Kind.TWEET: NEWS,
    Kind.PRESS: SITE,
    Kind.PRODUCT: SITE,
}
_CHANNELS = {"zendesk": SUPPORT, "call": CALLS, "email": MAIL}
_MISSED = {NEWS: "news", USAGE: "usage data"}  # whose lack is a blind spot


class Stood(NamedTuple):
    """How a company stood on a day."""

    org_id: str
    day: date
    health: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of the live companies; `seen` is each source's last day."""

    today: date
    pairs: Sequence[tuple[Org, MirrorRow]]
    days: Sequence[Stood]
    judged: Mapping[str, HealthDay]
    items: Sequence[ActionItem]
    readings: Mapping[str, Sequence[UsageReading]]
    seen: Mapping[str, Mapping[str, date]]
    rounds: Mapping[str, BestFunding]
    shown: Mapping[str, str]
    left: Sequence[Mapping[str, Any]]

    def standings(self) -> list[Standing]:
        """Say how each company stands."""
        history: dict[str, list[Stood]] = defaultdict(list)
        for day in self.days:
            history[day.org_id].append(day)
        waiting = Counter(item.org_id for item in self.items if item.status == "open")
        return [
            self._standing(pair, history[pair[0].org_id], waiting[pair[0].org_id])
            for pair in self.pairs
        ]

    def digest(self) -> list[tuple[Span, ...]]:
        """List the alerts for which the day's budget left no item."""
        names = {
            org.org_id: Span(org.callsign, url=row.url, bold=True)
            for org, row in self.pairs
        }
        return portfolio_lists.waiting(names, self.left)

    def segments(self) -> dict[str, str]:
        """Give each company's segment, where people keep such a column."""
        return {
            org.org_id: str(row.values.get("segment") or "") for org, row in self.pairs
        }

    def before(self) -> dict[str, int]:
        """Count how many stood how a week ago; none where nothing was judged then."""
        here = {org.org_id for org, _ in self.pairs}
        old = {
            day.org_id: day.health
            for day in self.days
            if day.org_id in here and day.day <= self.today - WEEK
        }
        return dict(Counter(old.values()))

    def coverage(self) -> list[Coverage]:
        """Say how many companies each kind of source tells of, and how fresh it is."""
        found = []
        for source in _SOURCES:
            days = [of[source] for of in self.seen.values() if source in of]
            found.append(Coverage(source, len(days), max(days, default=None)))
        return found

    def alerts(self) -> list[Alerts]:
        """Count what became of the alerts of late, by trigger."""
        since = datetime.combine(self.today - ALERTS, time(), UTC)
        fates: dict[str, Counter[str]] = defaultdict(Counter)
        for item in self.items:
            if item.generated_at >= since and item.trigger != DRAFT:
                fates[item.trigger][_fate(item)] += 1
        return [
            Alerts(name, n["done"], n["dismissed"], n["settled"], n["open"])
            for name, n in sorted(fates.items())
        ]

    def _standing(
        self, pair: tuple[Org, MirrorRow], history: Sequence[Stood], waiting: int
    ) -> Standing:
        org, row = pair
        last = self.judged.get(org.org_id)
        best = self.rounds[org.org_id]
        seen = self.seen[org.org_id]
        return Standing(
            name=org.callsign,
            url=row.url,
            health=last.health if last else Health.NO_DATA.value,
            since=since(history),
            reasons=last.reasons if last else (),
            usage=last.usage if last else (),
            renewal=org.renewal_date,
            awaits_review=dossiers.review_of(row) is Review.AWAITING,
            open_actions=waiting,
            dossier=self.shown.get(f"dossier:{org.org_id}", ""),
            funding=tuple(Span(**span) for span in latest_round.spans(best) or ()),
            funded_on=_funded_on(best),
            unknown=tuple(word for name, word in _MISSED.items() if name not in seen),
        )


def gather(app: App) -> Known:
    """Read it all, of every company that stands in Notion."""
    store, now = app.store, app.clock()
    pairs = live(store)
    orgs = [org.org_id for org, _ in pairs]
    here = set(orgs)
    window = now - timedelta(days=app.settings.intel.dossier.window_days)
    first = portfolio_charts.health_from(now.date())
    return Known(
        today=now.date(),
        pairs=pairs,
        days=[Stood(*day) for day in store.health.history(first) if day[0] in here],
        judged=store.health.latest(first),
        items=[item for item in store.actions.all() if item.org_id in here],
        readings={
            org: found
            for org, found in store.usage.weekly(_weeks(now.date())).items()
            if org in here
        },
        seen=_seen(store, orgs, window),
        rounds=rounds.best_of_all(store, orgs),
        shown=store.outbox.addresses("dossier:"),
        left=store.notes.get(health.DIGEST, []),
    )


def _weeks(today: date) -> tuple[date, ...]:
    """The whole weeks that the charts of usage and adoption show."""
    return weeks.ends(today, portfolio_charts.WEEKS + 1)


def since(history: Sequence[Stood]) -> date | None:
    """Say since when a company stands as it does, where the change was seen. Pure."""
    first: date | None = None
    for day in reversed(history):
        if day.health != history[-1].health:
            return first
        first = day.day
    return None


def _seen(
    store: Store, orgs: Iterable[str], window: datetime
) -> dict[str, dict[str, date]]:
    """Find the newest day of each source within the window, for each company."""
    told = [
        (org, _KINDS[Kind(kind)], at)
        for org, kind, at in store.events.newest(window)
        if kind in _KINDS
    ]
    told += [
        (org, _CHANNELS[channel], at)
        for org, channel, at in store.interactions.newest(window)
        if channel in _CHANNELS
    ]
    told += [
        (org, USAGE, at) for org, at in store.usage.latest().items() if at >= window
    ]
    newest: dict[str, dict[str, date]] = {org: {} for org in orgs}
    for org, source, at in told:
        mine = newest.get(org)
        if mine is not None:
            mine[source] = max(at.date(), mine.get(source, at.date()))
    return newest


def _funded_on(best: BestFunding) -> date | None:
    if best.fact is None:
        return None
    return best.fact.announced_on or best.fact.created_at.date()


def _fate(item: ActionItem) -> str:
    if item.status == "done" and item.payload.get("closed_by") == BOT:
        return "settled"
    return item.status
