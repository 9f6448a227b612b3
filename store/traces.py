"""Records of the bot's own doings: feeds read, answers kept, runs and checkpoints. Pure.

Import them from `store.records`, like every other record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed to read. `org_id` is set where the feed belongs to one company."""

    url: str
    org_id: str | None
    origin: str
    next_due: datetime | None = None
    last_ok: datetime | None = None
    failures: int = 0
    error: str = ""
    interval_s: int = 3600


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
