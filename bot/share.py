"""Which companies a run works for, and until when. Pure.

A whole run has all of them; `cip once --slice` has one slice, a worker's task has one
company. Jobs that go through companies ask the share, and never how it came about.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


def _everything(org_id: str) -> bool:  # noqa: ARG001  (the shape of `holds`)
    return True


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the work: `holds` tells by org id, `key` names it in the store.

    `until` is when to stop between two companies; with `resume` a job goes on behind
    its checkpoint.
    """

    holds: Callable[[str], bool] = _everything
    key: str = ""
    until: datetime | None = None
    resume: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether this is all the work there is."""
        return not self.key


WHOLE = Share()
