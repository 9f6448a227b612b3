"""Which companies a run works for, and until when. Pure.

A whole run has all of them; `cip once --slice` has one slice, a worker's task has one
company. Jobs that go through companies ask the share, and never how it came about.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.errors import BadSlice
from store import ids
from store.waiting import Mine, every

_SLICE = re.compile(r"\s*([0-9]{1,5})\s*/\s*([0-9]{1,5})\s*")


def _everything(name: str) -> bool:  # noqa: ARG001  (the shape of `holds`)
    return True


def _nothing(name: str) -> bool:  # noqa: ARG001  (the shape of `loose`)
    return False


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the work: `holds` tells by org id, `key` names it in the store.

    `loose` tells what belongs to no company: a feed by its address, an event by that of
    its feed, else by its id. The one share that `leads` does what cannot be divided.
    `only` lists the companies where they are few. This is share `number` of `count`.
    `until` is when to stop between two companies; with
    `resume` a job goes on behind its checkpoint.
    """

    holds: Callable[[str], bool] = _everything
    key: str = ""
    until: datetime | None = None
    resume: bool = False
    loose: Callable[[str], bool] = _everything
    leads: bool = True
    only: tuple[str, ...] | None = None
    number: int = 1
    count: int = 1

    @property
    def is_whole(self) -> bool:
        """Whether this is all the work there is."""
        return not self.key

    @property
    def is_open_ended(self) -> bool:
        """Whether a run of all the work goes through in one go."""
        return self.is_whole and self.until is None and not self.resume

    @property
    def keeps_place(self) -> bool:
        """Whether how far a run got is worth keeping."""
        return not self.is_open_ended and self.only is None

    @property
    def mine(self) -> Mine:
        """The same question as `has`, in the form that costs nothing for a whole."""
        return every if self.is_whole else self.has

    @property
    def published(self) -> Mine:
        """The question what to publish: what is about no company is up to who leads."""
        return every if self.is_whole else self._publishes

    def _publishes(self, org_id: str | None, name: str) -> bool:  # noqa: ARG002
        return self.holds(org_id) if org_id else self.leads

    def has(self, org_id: str | None, name: str) -> bool:
        """Whether something is in this share: by its company, without one by name."""
        return self.holds(org_id) if org_id else self.loose(name)


WHOLE = Share()


def sliced(number: int, count: int) -> Share:
    """Make slice `number` of `count`, numbered from 1; the first one leads."""
    mine = ids.in_slice(number, count)
    return Share(
        mine,
        f"{number}/{count}",
        loose=mine,
        leads=number == 1,
        number=number,
        count=count,
    )


def read(words: str) -> Share:
    """Read a slice as it is typed; raises BadSlice."""
    found = _SLICE.fullmatch(words)
    number, count = map(int, found.groups()) if found else (0, 0)
    if not 1 <= number <= count:
        raise BadSlice(words)
    return sliced(number, count) if count > 1 else WHOLE


def company(org_id: str) -> Share:
    """Make the share of one company: nothing that belongs to none."""
    return Share(
        lambda other: other == org_id,
        f"org:{org_id}",
        loose=_nothing,
        leads=False,
        only=(org_id,),
    )


def unowned(number: int = 1, count: int = 1) -> Share:
    """Make a share of what belongs to no company; the first leads."""
    return Share(
        _nothing,
        f"unowned:{number}/{count}",
        loose=ids.in_slice(number, count),
        leads=number == 1,
        only=(),
        number=number,
        count=count,
    )
