"""What the store hands out and takes in: plain frozen records. Pure.

Peewee rows never leave `store/`; every other room sees these. Times are aware UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from store.traces import Binding as Binding
from store.traces import BoundProperty as BoundProperty
from store.traces import Checkpoint as Checkpoint
from store.traces import Entry as Entry
from store.traces import Feed as Feed
from store.traces import Fetched as Fetched
from store.traces import MirrorRow as MirrorRow
from store.traces import ModelAnswer as ModelAnswer
from store.traces import Place as Place
from store.traces import RowState as RowState
from store.traces import Run as Run
from store.traces import Sent as Sent
from store.traces import Standing as Standing
from store.traces import Tick as Tick
from store.traces import Wanted as Wanted


class Kind(StrEnum):
    """What sort of happening an event tells of (design, section 3)."""

    NEWS = "news"
    FUNDING = "funding"
    PRESS = "press"
    TWEET = "tweet"
    SUPPORT = "support"
    PRODUCT = "product"
    CALL = "call"


class Relation(StrEnum):
    """What an event has to do with an org."""

    ABOUT = "about"
    MENTION = "mention"
    NAMESAKE = "namesake"
    NONE = "none"


class Tier(StrEnum):
    """Where a field's value comes from, strongest first."""

    OVERRIDE = "override"
    CSV = "csv"
    DISCOVERED = "discovered"


class Said(StrEnum):
    """What a person can say of a story."""

    NOT_US = "Not us"
    WRONG = "Wrong"
    STALE = "Stale"


class Intent(StrEnum):
    """What a draft is for."""

    CONGRATS_FUNDING = "congrats_funding"
    QUARTERLY_CHECKIN = "quarterly_checkin"
    USAGE_DIP_FOLLOWUP = "usage_dip_followup"
    INCIDENT_FOLLOWUP = "incident_followup"


class Review(StrEnum):
    """Where a dossier stands with the people who read it."""

    AWAITING = "Awaiting review"
    APPROVED = "Approved"
    PAUSED = "Paused"


@dataclass(frozen=True, slots=True)
class Org:
    """A company with its effective values."""

    org_id: str
    callsign: str
    display_name: str = ""
    domain: str = ""
    domain_locked: bool = False
    official_site_url: str = ""
    aliases: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    manual_notes: str = ""
    renewal_date: date | None = None
    owners: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    updated_at: datetime | None = None
    sector: str = ""

    @property
    def name(self) -> str:
        """The official name where known, else the callsign."""
        return self.display_name or self.callsign

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the company goes by, without repetition."""
        every = (self.display_name, self.callsign, *self.aliases)
        return tuple(dict.fromkeys(name for name in every if name))


@dataclass(frozen=True, slots=True)
class Override:
    """A value a person put in a Notion property."""

    org_id: str
    field: str
    as_of_date: date
    value: Any
    source_url: str
    active: bool
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One tier's value of one field, with where it comes from.

    `source` is a URL, a file with its line, or the name of a discovery.
    """

    field: str
    value: Any
    tier: Tier
    source: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Resolved:
    """The value that wins for one field, and those that lost."""

    field: str
    winner: FieldValue | None
    losing: tuple[FieldValue, ...] = ()

    @property
    def value(self) -> Any:
        """The effective value, None where no tier has one."""
        return self.winner.value if self.winner else None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the append-only log."""

    at: datetime
    org_id: str
    field: str
    action: str
    actor: str
    old: Any
    new: Any
    source: str
    run_id: str


@dataclass(frozen=True, slots=True)
class Event:
    """One piece of outside or inside evidence with its raw text.

    `source` is the outlet's name as a reader would write it; `canonical_url` the
    address without tracking; `published_at` keeps its instant in UTC, and `extracted`
    the zone the source gave (`published_zone`) with what else was read from the page
    (`author`, `language`, `description`, `outlet_domain`, `feed_url`).
    """

    event_id: str
    org_id: str | None
    kind: Kind
    title: str
    url: str
    source: str
    published_at: datetime | None
    raw_text: str
    extracted: Mapping[str, Any] = field(default_factory=dict)
    ingested_at: datetime | None = None
    canonical_url: str = ""
    content_hash: str = ""
    story_id: str = ""


@dataclass(frozen=True, slots=True)
class EventLink:
    """What one event has to do with one org, and why."""

    event_id: str
    org_id: str
    relation: Relation
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class StoryVerdict:
    """What a person said of a story about an org, in the Intel database.

    `lessons` are pairs of an outlet and the name by which it means someone else.
    """

    org_id: str
    story_id: str
    verdict: Said
    person_id: str
    seen_at: datetime
    lessons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FundingFact:
    """One source's word on one funding round. Amounts as the source gives them.

    `amount` is in `currency` (ISO 4217); `amount_usd` only where the source says USD
    or a dated rate is configured. `confidence` is from 0 to 1. `tier` is "api" for a
    data provider, "text" for prose.
    """

    org_id: str
    round_type: str
    announced_on: date | None
    source_url: str
    amount_usd: float | None
    investors: tuple[str, ...]
    confidence: float
    created_at: datetime
    amount: float | None = None
    currency: str = ""
    leads: tuple[str, ...] = ()
    event_id: str = ""
    source: str = ""
    tier: str = "text"
    quote: str = ""


@dataclass(frozen=True, slots=True)
class UsageReading:
    """One measured value. `source` names the file and line, or the query and row."""

    org_id: str
    metric: str
    ts: datetime
    value: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class Interaction:
    """One contact with a customer, redacted before it came here."""

    interaction_id: str
    org_id: str
    channel: str
    occurred_at: datetime
    summary: str
    sentiment: float | None
    raw_url: str


@dataclass(frozen=True, slots=True)
class ActionItem:
    """Something a person should look at. `status` is open, dismissed or done."""

    action_id: str
    org_id: str
    trigger: str
    generated_at: datetime
    status: str
    payload: Mapping[str, Any]
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HealthDay:
    """How a company stood on a day, in words that can be checked.

    A reason is {subject, weight, words, evidence}, each piece of evidence
    {id, source, dated, url, quote}. `usage` has one mapping per metric: {metric,
    verdict, words, change, baseline, recent, since, until, days_missing, url}.
    """

    org_id: str
    day: date
    health: str
    reasons: tuple[Mapping[str, Any], ...]
    usage: tuple[Mapping[str, Any], ...]
    judged_at: datetime


@dataclass(frozen=True, slots=True)
class Snippet:
    """A span of an event's text: `text` is `raw_text[start:end]`, to the letter."""

    snippet_id: str
    event_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Anything citable. `quote` is the words (or the reading put into words).

    `internal` evidence chooses what to write but is never quoted to a customer.
    `story_id` tells evidence of one happening from that of another.
    """

    evidence_id: str
    org_id: str
    kind: str
    source: str
    title: str
    quote: str
    dated: datetime | None
    url: str
    internal: bool = False
    story_id: str = ""
    event_id: str = ""
    fetched_at: datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence with the ids of the evidence that carries it."""

    claim_id: str
    section: str
    text: str
    evidence_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """A claim that verification took out, with the rule it broke."""

    claim: Claim
    rule: str
    detail: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """One version of a company's dossier, as stored."""

    org_id: str
    version: int
    generated_at: datetime
    claims: tuple[Claim, ...]
    removed: tuple[Removed, ...]
    content_hash: str
    writer: str
    approved_at: datetime | None = None
