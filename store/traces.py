"""Records of the bot's own doings: what Notion showed and shows, feeds, runs. Pure.

Import them from `store.records`, like every other record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class RowState(StrEnum):
    """What became of a row in Notion; none of them deletes data."""

    LIVE = "live"
    TRASHED = "trashed"
    ARCHIVED = "archived"
    MOVED = "moved"
    UNSHARED = "unshared"


@dataclass(frozen=True, slots=True)
class Tick:
    """A person's request for a draft: one tick of one checkbox.

    `state` goes requested → drafted (the comment is wanted) → done (the box is
    unticked). While a tick is not done, a ticked box is the same tick.
    """

    tick_id: str
    org_id: str
    page_id: str
    number: int
    intent: str
    person_id: str
    seen_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class MirrorRow:
    """A row of the Companies database as last pulled.

    `values` holds the people's columns by our field names; `value_hash` is theirs.
    """

    page_id: str
    org_id: str
    title: str
    url: str
    state: RowState
    values: Mapping[str, Any]
    value_hash: str
    last_edited_time: str
    problems: tuple[str, ...]
    seen_at: datetime
    swept_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row of Companies is."""

    page_id: str
    url: str
    state: RowState


@dataclass(frozen=True, slots=True)
class Standing:
    """How a row of Companies stands; `is_well`: it is live, and nothing is wrong."""

    org_id: str
    value_hash: str
    is_well: bool


@dataclass(frozen=True, slots=True)
class BoundProperty:
    """A property of ours tied to one in Notion by its (decoded) id."""

    name: str
    property_id: str
    kind: str
    notion_name: str


@dataclass(frozen=True, slots=True)
class Binding:
    """A database of ours tied to one in Notion. `made_by_us`: `cip init` created it."""

    name: str
    database_id: str
    data_source_id: str
    properties: Mapping[str, BoundProperty]
    made_by_us: bool
    bound_at: datetime
    url: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An outbox row: what Notion should show under a stable key.

    `kind` is "page", "row", "comment" or "columns"; `body` the JSON form of the
    matching class in `store/pages.py`. Lower `priority` goes first: 0 ticks,
    1 overrides and row columns, 2 dossiers, 3 the rest.
    """

    key: str
    kind: str
    org_id: str
    body: Mapping[str, Any]
    wanted_hash: str
    priority: int
    state: str = "pending"
    attempts: int = 0
    not_before: datetime | None = None
    last_error: str = ""
    attempt: Mapping[str, Any] | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What we last made Notion show under a key, by value.

    `properties` maps our names to value hashes; `blocks` is the tree last written,
    each node `{"id", "hash", "kind", "children"}` in page order (ids are "" until
    read); `wanted_hash` is the hash of the outbox row that this fulfils.
    """

    key: str
    notion_id: str
    url: str
    wanted_hash: str
    properties: Mapping[str, str]
    blocks: tuple[Mapping[str, Any], ...]
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed to read. `org_id` is set where the feed belongs to one company.

    `read_hash` is the hash of the body whose items are all known.
    """

    url: str
    org_id: str | None
    origin: str
    next_due: datetime | None = None
    last_ok: datetime | None = None
    failures: int = 0
    error: str = ""
    interval_s: int = 3600
    read_hash: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed, stored before its article is fetched.

    `state` is pending, fetched, failed (given up, `error` says why) or skipped.
    """

    entry_id: str
    feed_url: str
    url: str
    title: str
    outlet: str
    summary: str
    published_at: datetime | None
    published_zone: str
    seen_at: datetime
    org_id: str | None = None
    state: str = "pending"
    tries: int = 0
    error: str = ""
    event_id: str = ""
    kind: str = "news"


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer of the web as kept in the HTTP cache. `body` is decoded bytes."""

    url: str
    final_url: str
    status: int
    content_type: str
    body: bytes
    body_hash: str
    etag: str
    last_modified: str
    fetched_at: datetime
    expires_at: datetime | None
    not_before: datetime | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one job. `status` is running, ok, failed or stopped."""

    run_id: str
    job: str
    slice_key: str
    started_at: datetime
    ended_at: datetime | None
    status: str
    counts: Mapping[str, int]
    error: str = ""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a job got."""

    job_name: str
    slice_key: str
    position: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What a language model answered about one org, and what it took.

    `key` is the hash of model, prompt and schema; `answer` is JSON. Of a request that
    brought several answers, each carries its share of tokens, time (ms) and cost (in
    the currency of the configured prices).
    """

    key: str
    org_id: str
    model: str
    answer: Any
    tokens_in: int
    tokens_out: int
    latency_ms: int
    cost: float
    created_at: datetime
    used_at: datetime
