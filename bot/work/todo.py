"""What a task is: a job for one company, a job as a whole, or the planning. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

PLAN = "plan"
COMPANY = "company"
WHOLE = "whole"
REST = "rest"
# Jobs of which each company is a task of its own.
BY_COMPANY = ("intel", "domains", "health", "dossiers")
# Those of them that end with what belongs to no company, or to all.
WITH_REST = ("intel", "health")
# Jobs that the publisher runs: they speak with Notion.
PUBLISHED = ("pauses", "poll", "verdicts", "decisions", "sweep")
_FIRST = 0
_LAST = -1
_URGENT = 10


@dataclass(frozen=True, slots=True)
class Todo:
    """One task. `run` is the run it counts for, `attempt` how often it has failed."""

    kind: str
    job: str = ""
    org_id: str = ""
    run: str = ""
    attempt: int = 0
    at: datetime | None = None

    @property
    def lock(self) -> str:
        """What it has to itself while it is done: a company, or a job."""
        return f"org:{self.org_id}" if self.kind == COMPANY else f"job:{self.job}"

    @property
    def queueing_lock(self) -> str:
        """Of tasks that share this, one waits at a time: it does what all would do."""
        return f"{self.kind}:{self.job}:{self.org_id}"

    @property
    def priority(self) -> int:
        """What goes first; what has failed before holds up nobody."""
        if self.kind == PLAN:
            return _URGENT
        return _LAST if self.attempt else _FIRST

    def as_json(self) -> dict[str, Any]:
        """Write what a worker needs to do it."""
        said = {"kind": self.kind, "job": self.job, "org_id": self.org_id}
        return {**said, "run": self.run, "attempt": self.attempt}

    def again(self, now: datetime, first_wait: timedelta) -> "Todo":
        """The same once more, after a wait that doubles with each failure."""
        wait = first_wait * 2**self.attempt
        return replace(self, attempt=self.attempt + 1, at=now + wait)


def read(said: Mapping[str, Any]) -> Todo:
    """Read what a worker was given; `timestamp` is the queue's own word."""
    return Todo(**{key: value for key, value in said.items() if key != "timestamp"})


FOR_PLANNING: Mapping[str, Any] = MappingProxyType(Todo(PLAN, PLAN).as_json())
