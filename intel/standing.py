"""What is known of an account when its health and its triggers are judged. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean

from intel import evidence
from intel.kinds import Happening
from intel.trend.citing import as_evidence
from intel.trend.records import Judgement
from store.records import Evidence, Interaction, Org

# How far back the usual number of contacts is taken from, in recent windows.
_USUAL_WINDOWS = 3


@dataclass(frozen=True, slots=True)
class Metric:
    """One usage metric's judgement, and the evidence that shows it."""

    judged: Judgement
    evidence_id: str

    @property
    def name(self) -> str:
        """The metric as a reader would write it."""
        return self.judged.metric.replace("_", " ").replace(".", " ").strip()


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


def metrics(judgements: Iterable[Judgement], url: str = "") -> tuple[Metric, ...]:
    """Pair judgements with the ids of their evidence."""
    return tuple(Metric(j, as_evidence(j, url=url).evidence_id) for j in judgements)


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
