"""What is said of one metric, and on which days it rests. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Verdict(StrEnum):
    """How a metric stands against its own baseline."""

    DROP = "drop"
    GROWTH = "growth"
    LEVEL = "level"
    MISSING = "missing"
    TOO_LITTLE = "too_little"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one metric, with its figures and the days it rests on.

    `change` is a share of `baseline`; `baseline` and `recent` are typical values of
    one comparable period of `step` days (0: at no fixed interval). `since` is the
    first day of a drop, or the first day without a reading. `days` are those of the
    recent readings that were compared, `set_aside` the last day where it is not whole
    yet, `missing_days` the expected recent days without a reading. `summed` values are
    those of periods, added up.
    """

    kind: Verdict
    org_id: str
    metric: str
    reason: str
    step: int = 1
    change: float | None = None
    baseline: float | None = None
    recent: float | None = None
    since: date | None = None
    until: date | None = None
    days: tuple[date, ...] = ()
    missing_days: tuple[date, ...] = ()
    set_aside: date | None = None
    source: str = ""
    summed: bool = False
