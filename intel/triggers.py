"""Find what calls for an action item, and what says that one is settled. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from intel.kinds import Happening
from intel.standing import Metric, News, Standing, Support
from intel.trend.records import Verdict
from intel.usage import named
from store.records import Intent

USAGE_DROP = "usage_drop"
USAGE_MISSING = "usage_missing"
FUNDING = "funding"
NEGATIVE_SUPPORT = "negative_support"
RENEWAL_WINDOW = "renewal_window"
RENEWAL_RISK = "renewal_risk"
DROP_AND_COMPLAINTS = "drop_and_complaints"
# An account has one renewal and one mood: another subject settles the one before.
ONE_AT_A_TIME = frozenset({RENEWAL_WINDOW, RENEWAL_RISK})

# What weighs more together, and of which two it consists.
PARTS: Mapping[str, tuple[str, str]] = {
    RENEWAL_RISK: (RENEWAL_WINDOW, USAGE_DROP),
    DROP_AND_COMPLAINTS: (NEGATIVE_SUPPORT, USAGE_DROP),
}
# The draft that would be a next step.
INTENTS: Mapping[str, Intent] = {
    USAGE_DROP: Intent.USAGE_DIP_FOLLOWUP,
    FUNDING: Intent.CONGRATS_FUNDING,
    NEGATIVE_SUPPORT: Intent.INCIDENT_FOLLOWUP,
    RENEWAL_WINDOW: Intent.QUARTERLY_CHECKIN,
    RENEWAL_RISK: Intent.USAGE_DIP_FOLLOWUP,
    DROP_AND_COMPLAINTS: Intent.INCIDENT_FOLLOWUP,
}
_GONE = frozenset({Verdict.LEVEL, Verdict.GROWTH})


@dataclass(frozen=True, slots=True)
class TriggerSettings:
    """`[intel.triggers]`: when an item opens, and how many a person gets.

    `drop` is a share, on top of what the trend itself asks of a drop. One contact at
    or below `very_unhappy`, or `unhappy_contacts` unhappy ones, are a complaint. An
    item that the bot closed is opened again within `reopen_days`, after that a new one
    is. A metric that keeps its lower level for `new_normal_days` counts as settled.
    """

    drop: float = 0.2
    renewal_days: int = 60
    funding_days: int = 30
    very_unhappy: float = -0.5
    unhappy_contacts: int = 2
    per_owner_and_day: int = 5
    reopen_days: int = 14
    new_normal_days: int = 90

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if not 0 < self.drop <= 1:
            raise ValueError("drop is a share, above 0 and at most 1")
        if not -1 <= self.very_unhappy <= 1:
            raise ValueError("very_unhappy is a sentiment, from -1 to 1")
        if self.per_owner_and_day < 1:
            raise ValueError("per_owner_and_day must be at least 1")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What calls for an item (`holds`), or the evidence that it no longer does.

    `covers` names triggers and subjects that need no item of their own beside this
    one. `expires` is the day from which it is settled without further evidence.
    """

    org_id: str
    trigger: str
    subject: str
    holds: bool
    summary: str
    evidence_ids: tuple[str, ...] = ()
    weight: float = 1.0
    owners: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    covers: tuple[tuple[str, str], ...] = ()
    expires: date | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What an item is kept under."""
        return self.org_id, self.trigger, self.subject

    @property
    def intent(self) -> str:
        """The draft that would be a next step, "" where none is."""
        return str(INTENTS.get(self.trigger, ""))


def candidates(
    standing: Standing, now: datetime, settings: TriggerSettings
) -> tuple[Candidate, ...]:
    """Find what holds and what is settled for one org, the weightiest first.

    What is unknown is neither: an item on it stays as it is.
    """
    singles = [
        *(c for metric in standing.usage for c in _usage(standing, metric, settings)),
        *_missing(standing),
        *_support(standing, standing.support, settings),
        *_funding(standing, now, settings),
        _renewal(standing, now, settings),
    ]
    every = [*singles, *_combined(standing, singles)]
    return tuple(sorted(every, key=lambda c: (not c.holds, -c.weight, c.key)))


def _usage(
    standing: Standing, metric: Metric, settings: TriggerSettings
) -> Iterator[Candidate]:
    judged = metric.judged
    words = metric.words
    facts = {
        "threshold": settings.drop,
        "baseline": judged.baseline,
        "recent": judged.recent,
        "change": judged.change,
        "since": judged.since.isoformat() if judged.since else None,
    }

    def one(trigger: str, weight: float, *, holds: bool) -> Candidate:
        return Candidate(
            *(standing.org.org_id, trigger, judged.metric, holds, words),
            evidence_ids=(metric.evidence_id,),
            weight=weight,
            owners=standing.org.owners,
            facts=facts,
        )

    fall = -(judged.change or 0.0)
    if judged.kind is Verdict.DROP and fall >= settings.drop:
        yield one(USAGE_DROP, 2.0 + fall, holds=True)
    elif judged.kind in _GONE:
        yield one(USAGE_DROP, 2.0, holds=False)


def _missing(standing: Standing) -> Iterator[Candidate]:
    """Say which metrics stopped coming, in one: a file that is late holds many."""
    gone = [m for m in standing.usage if m.judged.kind is Verdict.MISSING]
    there = [m for m in standing.usage if m.judged.kind in (*_GONE, Verdict.DROP)]
    reasons: dict[str, list[str]] = {}
    for metric in gone:
        reasons.setdefault(metric.judged.reason, []).append(named(metric.judged.metric))
    words = " ".join(f"{', '.join(who)}: {why}" for why, who in reasons.items())
    told = gone or there
    if told:
        yield Candidate(
            *(standing.org.org_id, USAGE_MISSING, "usage", bool(gone)),
            words or " ".join(metric.words for metric in there[:3]),
            evidence_ids=tuple(metric.evidence_id for metric in told),
            owners=standing.org.owners,
        )


def _support(
    standing: Standing, support: Support | None, settings: TriggerSettings
) -> Iterator[Candidate]:
    if support is None:
        return
    worst = [p.facts["sentiment"] for p in support.unhappy]
    holds = len(worst) >= settings.unhappy_contacts or (
        bool(worst) and min(worst) <= settings.very_unhappy
    )
    every = "contact" if len(support.contacts) == 1 else "contacts"
    words = f"{len(worst)} of {len(support.contacts)} {every}"
    words += f" {'is' if len(worst) == 1 else 'are'} unhappy"
    words = f"{words} in the last {support.days} days."
    if not worst:
        words = f"No unhappy contact in the last {support.days} days."
    pieces = support.unhappy if holds else support.contacts
    if holds and support.unhappy[0].quote:
        words = f"{words} The worst: “{_short(support.unhappy[0].quote)}”"
    yield Candidate(
        *(standing.org.org_id, NEGATIVE_SUPPORT, "support", holds, words),
        evidence_ids=tuple(p.evidence_id for p in pieces),
        weight=1.5 - min(worst, default=0.0),
        owners=standing.org.owners,
        facts={"unhappy": len(worst), "contacts": len(support.contacts)},
    )


def _short(words: str, most: int = 160) -> str:
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"


def _funding(
    standing: Standing, now: datetime, settings: TriggerSettings
) -> Iterator[Candidate]:
    stories: dict[str, list[News]] = {}
    for news in standing.news:
        if news.happening is Happening.FUNDING and news.piece.dated:
            subject = news.piece.story_id or news.piece.evidence_id
            stories.setdefault(subject, []).append(news)
    for subject, told in sorted(stories.items()):
        pieces = sorted((n.piece for n in told), key=lambda p: p.evidence_id)
        began = min(p.dated for p in pieces if p.dated)
        until = (began + timedelta(days=settings.funding_days)).date()
        if began > now or until <= now.date():
            continue
        first = next(p for p in pieces if p.dated == began)
        yield Candidate(
            *(standing.org.org_id, FUNDING, subject, True, first.title),
            evidence_ids=tuple(p.evidence_id for p in pieces),
            weight=1.8,
            owners=standing.org.owners,
            expires=until,
        )


def _renewal(standing: Standing, now: datetime, settings: TriggerSettings) -> Candidate:
    org, due = standing.org, standing.org.renewal_date
    if due is None:
        words = "No renewal date is set."
        return Candidate(org.org_id, RENEWAL_WINDOW, "", holds=False, summary=words)
    days = (due - now.date()).days
    words = f"Renewal is due on {due.isoformat()}."
    if days <= 0:
        said = "is due today" if days == 0 else "has passed"
        words = f"The renewal of {due.isoformat()} {said}."
    return Candidate(
        *(org.org_id, RENEWAL_WINDOW, due.isoformat()),
        *(0 <= days <= settings.renewal_days, words),
        weight=1.2,
        owners=org.owners,
        facts={"renewal_date": due.isoformat()},
        expires=due + timedelta(days=1),
    )


def _combined(standing: Standing, singles: list[Candidate]) -> Iterator[Candidate]:
    """Put together what weighs more together: renewal or complaints, and a drop."""
    told = {c.trigger: c for c in reversed(singles) if c.trigger != USAGE_DROP}
    drops = [c for c in singles if c.trigger == USAGE_DROP and c.holds]
    worst = max(drops, key=lambda c: c.weight, default=None)
    settled = not drops and any(c.trigger == USAGE_DROP for c in singles)
    for trigger, (part, _) in PARTS.items():
        other = told.get(part)
        if other is not None and other.holds and worst is not None:
            yield _together(trigger, other, worst)
        elif other is not None and (settled or not other.holds):
            why = other if not other.holds else _first(singles, USAGE_DROP)
            yield Candidate(
                *(standing.org.org_id, trigger, other.subject, False, why.summary),
                evidence_ids=why.evidence_ids,
                facts=why.facts,
            )


def _first(singles: list[Candidate], trigger: str) -> Candidate:
    return next(c for c in singles if c.trigger == trigger)


def _together(trigger: str, other: Candidate, drop: Candidate) -> Candidate:
    return Candidate(
        *(other.org_id, trigger, other.subject, True),
        f"{other.summary} {drop.summary}",
        evidence_ids=tuple(dict.fromkeys(other.evidence_ids + drop.evidence_ids)),
        weight=other.weight + drop.weight,
        owners=other.owners,
        facts={**drop.facts, **other.facts, "metric": drop.subject},
        covers=((other.trigger, other.subject), (drop.trigger, drop.subject)),
        expires=other.expires,
    )
