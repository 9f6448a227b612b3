"""What can be set about a sandbox. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from sync.sandbox import limits

DEFAULT_PORT: Final = 8787
DEFAULT_TOKEN: Final = "ntn_500000000001SandboxCustomerIntelligenceBot0001"  # noqa: S105
DEFAULT_PERSON_TOKEN: Final = "ntn_500000000002SandboxPersonWhoOwnsWorkspace0002"  # noqa: S105
DEFAULT_ROOT_PAGE: Final = "393abc1e-edcd-8000-8000-000000000001"

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Read the real clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Options:
    """One sandbox: where it listens, what it holds, how nasty it is.

    `port` 0 takes a free one. `db` None keeps the workspace in memory. A root page,
    token or seed only counts for a new workspace; an existing file keeps its own.
    `site_url` is where the sample site answers, for the feeds of the demo's companies.
    `index_lag` is in seconds and `index_lag_requests` in requests: how long query and
    search do not see a write. `cursor_seconds` is how long a query cursor lives.
    `faults` names a JSON file with a list of faults.
    """

    port: int = DEFAULT_PORT
    host: str = "127.0.0.1"
    db: Path | None = None
    seed: Literal["demo", "empty"] = "demo"
    site_url: str | None = None
    root_page: str | None = None
    token: str | None = None
    person_token: str | None = None
    rate_limit: bool = True
    window_requests: int = limits.WINDOW_REQUESTS.size
    window_seconds: int = 60
    index_lag: float = 0.0
    index_lag_requests: int = 0
    cursor_seconds: float = 3600.0
    query_ceiling: int = limits.QUERY_CEILING.size
    link_seconds: int = 3600
    max_file_bytes: int = 5 * 1024**2
    faults: Path | None = None
    clock: Clock = utc_now
