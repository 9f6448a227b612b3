"""Say how an account stands: Healthy, Watch, At risk or No data, and why. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from intel import cited
from intel.kinds import Happening
from intel.standing import Metric, Standing, Support
from intel.trend.citing import as_data
from intel.trend.records import Verdict
from store.records import HealthDay


class Health(StrEnum):
    """The verdict, as the Health column has it."""

    HEALTHY = "Healthy"
    WATCH = "Watch"
    AT_RISK = "At risk"
    NO_DATA = "No data"


class Weight(IntEnum):
    """How much one reason weighs."""

    UNKNOWN = 0
    GOOD = 1
    WATCH = 2
    RISK = 3


@dataclass(frozen=True, slots=True)
class HealthSettings:
    """`[intel.health]`: the rules.

    A drop of `risk_drop` or more (a share) is a risk, any other drop is watched,
    unless a renewal is at most `renewal_days` away. Sentiments are from -1 to 1.
    `watches_are_risk` watched subjects (usage, support, news) together are a risk.
    """

    risk_drop: float = 0.35
    renewal_days: int = 90
    unhappy_contacts: int = 2
    unhappy_mean: float = -0.3
    least_contacts: int = 3
    busy_factor: float = 2.0
    busy_contacts: int = 5
    news_days: int = 45
    negative_news: tuple[str, ...] = ("layoffs", "incident", "legal")
    watches_are_risk: int = 3

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if not 0 < self.risk_drop <= 1:
            raise ValueError("risk_drop is a share, above 0 and at most 1")
        if not -1 <= self.unhappy_mean <= 1:
            raise ValueError("unhappy_mean is a sentiment, from -1 to 1")
        if strange := set(self.negative_news) - set(Happening):
            known = ", ".join(Happening)
            raise ValueError(f"negative_news: no {min(strange)!r}; there are {known}")


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason in words, with the evidence that carries it."""

    subject: str
    weight: Weight
    words: str
    evidence_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HealthVerdict:
    """How an account stands, the weightiest reason first."""

    health: Health
    reasons: tuple[Reason, ...]


def judge(standing: Standing, now: datetime, settings: HealthSettings) -> HealthVerdict:
    """Judge by the worst that is known; what is good counts where nothing is bad."""
    near = _renewal(standing, now, settings)
    found = [
        *(_metric(metric, near, settings) for metric in standing.usage),
        *_support(standing.support, settings),
        *_news(standing, now, settings),
    ]
    reasons = sorted(_stops_raised(found), key=lambda r: -r.weight)
    if not reasons:
        nothing = "Neither usage nor support contacts nor news are known."
        return HealthVerdict(Health.NO_DATA, (Reason("", Weight.UNKNOWN, nothing),))
    return HealthVerdict(_overall(reasons, settings), tuple(reasons))


def as_day(standing: Standing, verdict: HealthVerdict, now: datetime) -> HealthDay:
    """Write a verdict down for the store, with the evidence of each reason."""
    pieces = standing.pieces
    reasons = tuple(
        {
            "subject": reason.subject,
            "weight": int(reason.weight),
            "words": reason.words,
            "evidence": list(cited.listed(pieces, reason.evidence_ids)),
        }
        for reason in verdict.reasons
    )
    usage = tuple(as_data(one.judged, one.piece.url) for one in standing.usage)
    return HealthDay(
        standing.org.org_id, now.date(), verdict.health.value, reasons, usage, now
    )


def _stops_raised(found: Sequence[Reason]) -> list[Reason]:
    """Watch a series that stopped beside others that are fine: somebody should look."""
    if max((r.weight for r in found), default=Weight.UNKNOWN) is not Weight.GOOD:
        return list(found)
    return [
        replace(r, weight=Weight.WATCH)
        if r.weight is Weight.UNKNOWN and r.evidence_ids
        else r
        for r in found
    ]


def _overall(reasons: Sequence[Reason], settings: HealthSettings) -> Health:
    worst = reasons[0].weight
    watched = {r.subject for r in reasons if r.weight is Weight.WATCH}
    if worst is Weight.RISK or len(watched) >= settings.watches_are_risk:
        return Health.AT_RISK
    if worst is Weight.WATCH:
        return Health.WATCH
    return Health.HEALTHY if worst is Weight.GOOD else Health.NO_DATA


def _metric(metric: Metric, near: str, settings: HealthSettings) -> Reason:
    judged, ids = metric.judged, (metric.evidence_id,)
    words = metric.words
    if judged.kind is Verdict.TOO_LITTLE:
        return Reason("usage", Weight.UNKNOWN, words)
    if judged.kind is Verdict.MISSING:
        return Reason("usage", Weight.UNKNOWN, words, ids)
    if judged.kind is not Verdict.DROP:
        return Reason("usage", Weight.GOOD, words, ids)
    deep = judged.change is not None and -judged.change >= settings.risk_drop
    if near:
        return Reason("usage", Weight.RISK, f"{near} {words}", ids)
    return Reason("usage", Weight.RISK if deep else Weight.WATCH, words, ids)


def _renewal(standing: Standing, now: datetime, settings: HealthSettings) -> str:
    """Say how near the renewal is, "" where it is not near."""
    if standing.org.renewal_date is None:
        return ""
    days = (standing.org.renewal_date - now.date()).days
    if not 0 <= days <= settings.renewal_days:
        return ""
    day = standing.org.renewal_date.isoformat()
    return f"Renewal is due on {day}, and usage fell."


def _support(support: Support | None, settings: HealthSettings) -> list[Reason]:
    if support is None:
        return []
    ids = tuple(piece.evidence_id for piece in support.contacts)
    found = [*_mood(support, settings), *_volume(support, settings)]
    if found:
        return found
    words = f"{_counted(len(ids))} in the last {support.days} days"
    words += ", none that stands out." if len(ids) > 1 else "."
    return [Reason("support", Weight.GOOD, words, ids)]


def _counted(contacts: int) -> str:
    if not contacts:
        return "No contact"
    return "1 contact" if contacts == 1 else f"{contacts} contacts"


def _mood(support: Support, settings: HealthSettings) -> list[Reason]:
    angry = tuple(piece.evidence_id for piece in support.unhappy)
    several = len(support.contacts) >= settings.least_contacts
    low = support.sentiment is not None and support.sentiment <= settings.unhappy_mean
    if len(angry) < settings.unhappy_contacts and not (several and low):
        return []
    both = len(angry) >= settings.unhappy_contacts and several and low
    words = (
        f"{len(angry)} of {_counted(len(support.contacts))} in the last "
        f"{support.days} days {'is' if len(angry) == 1 else 'are'} unhappy."
    )
    return [Reason("support", Weight.RISK if both else Weight.WATCH, words, angry)]


def _volume(support: Support, settings: HealthSettings) -> list[Reason]:
    count = len(support.contacts)
    usual = support.usual
    if usual is None or count < settings.busy_contacts:
        return []
    if count < settings.busy_factor * usual:
        return []
    words = (
        f"{count} contacts in the last {support.days} days, against "
        f"{usual:.1f} in as many days before."
    )
    ids = tuple(piece.evidence_id for piece in support.contacts)
    return [Reason("support", Weight.WATCH, words, ids)]


def _news(standing: Standing, now: datetime, settings: HealthSettings) -> list[Reason]:
    oldest = now - timedelta(days=settings.news_days)
    found = []
    for news in standing.news:
        piece = news.piece
        recent = piece.dated is not None and oldest <= piece.dated <= now
        if recent and news.happening.value in settings.negative_news:
            words = f"{news.happening.value.capitalize()} in the news: {piece.title}"
            found.append(Reason("news", Weight.WATCH, words, (piece.evidence_id,)))
    return found
