"""What is known of an account when its health and its triggers are judged. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean

from intel import evidence
from intel.kinds import Happening
from intel.trend.citing import as_evidence
from intel.trend.records import Judgement, Verdict
from intel.trend.words import sentence
from store.records import Evidence, Interaction, Org

# How far back the usual number of contacts is taken from, in recent windows.
_USUAL_WINDOWS = 3
_WORST = (
    Verdict.DROP,
    Verdict.MISSING,
    Verdict.GROWTH,
    Verdict.LEVEL,
    Verdict.TOO_LITTLE,
)


@dataclass(frozen=True, slots=True)
class Metric:
    """One usage metric's judgement, and the evidence that shows it."""

    judged: Judgement
    piece: Evidence

    @property
    def evidence_id(self) -> str:
        """What the judgement is cited by."""
        return self.piece.evidence_id

    @property
    def words(self) -> str:
        """The judgement as a sentence."""
        return sentence(self.judged)


@dataclass(frozen=True, slots=True)
class Support:
    """The recent contacts of an account; `sentiment` is their mean, -1 to 1.

    `usual` is how many contacts an earlier window of equal length had, None where
    nothing is known of one. `unhappy` are those below the threshold, the worst first.
    """

    days: int
    contacts: tuple[Evidence, ...]
    unhappy: tuple[Evidence, ...]
    usual: float | None
    sentiment: float | None


@dataclass(frozen=True, slots=True)
class News:
    """A piece of outside evidence with what sort of happening it tells of."""

    happening: Happening
    piece: Evidence


@dataclass(frozen=True, slots=True)
class Standing:
    """All that health and triggers are judged by; `support` None is unknown."""

    org: Org
    usage: tuple[Metric, ...] = ()
    support: Support | None = None
    news: tuple[News, ...] = ()

    @property
    def pieces(self) -> dict[str, Evidence]:
        """All the evidence that health and triggers may name, by id."""
        contacts = self.support.contacts if self.support else ()
        usage = (metric.piece for metric in self.usage)
        told = (news.piece for news in self.news)
        return {p.evidence_id: p for p in (*usage, *contacts, *told)}


def metrics(judgements: Iterable[Judgement], url: str = "") -> tuple[Metric, ...]:
    """Pair judgements with their evidence, the worst first."""
    told = (Metric(j, as_evidence(j, url)) for j in judgements)
    return tuple(sorted(told, key=_order))


def _order(metric: Metric) -> tuple[int, float, str]:
    judged = metric.judged
    return _WORST.index(judged.kind), judged.change or 0.0, judged.metric


def support_of(
    contacts: Sequence[Interaction],
    now: datetime,
    *,
    days: int = 30,
    unhappy: float = -0.3,
) -> Support | None:
    """Picture the support contacts of the last days; None where there never was one.

    E-mail is no support: only its metadata is known.
    """
    told = [c for c in contacts if c.channel != "email" and c.occurred_at <= now]
    if not told:
        return None
    start = now - timedelta(days=days)
    recent = [c for c in told if c.occurred_at > start]
    moods = [c.sentiment for c in recent if c.sentiment is not None]
    angry = [c for c in recent if c.sentiment is not None and c.sentiment <= unhappy]
    angry.sort(key=lambda c: (c.sentiment or 0.0, c.interaction_id))
    return Support(
        days,
        evidence.newest_first(map(evidence.interaction_evidence, recent)),
        tuple(map(evidence.interaction_evidence, angry)),
        _usual(told, start, days),
        fmean(moods) if moods else None,
    )


def _usual(told: Sequence[Interaction], start: datetime, days: int) -> float | None:
    """Count the contacts of earlier windows, as far back as there was contact."""
    reach = start - timedelta(days=days * _USUAL_WINDOWS)
    oldest = min(c.occurred_at for c in told)
    if oldest > start - timedelta(days=days):
        return None
    earlier = sum(1 for c in told if reach < c.occurred_at <= start)
    whole = min(_USUAL_WINDOWS, (start - oldest) / timedelta(days=days))
    return earlier / whole
