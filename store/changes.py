"""Who changes what and when: the stamp that goes with every write. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.records import AuditEntry


@dataclass(frozen=True, slots=True)
class Change:
    """The circumstances of a change, as the audit log wants them.

    `actor` is a person's id or name, or the job's name; `source` a URL, a file and
    line, or the name of a discovery.
    """

    actor: str
    source: str
    now: datetime
    run_id: str = ""

    def entry(
        self, org_id: str, field: str, action: str, old: Any, new: Any
    ) -> AuditEntry:
        """Make the audit line for one value."""
        return AuditEntry(
            self.now,
            org_id,
            field,
            action,
            self.actor,
            old,
            new,
            self.source,
            self.run_id,
        )
