"""How usage is asked of a database: apart from what asks, which opens slowly. Pure."""

from dataclasses import dataclass, field

_SETTING = "sync.connectors.usage_sql"


@dataclass(frozen=True, slots=True)
class UsageSqlSettings:
    """The settings of `[sync.connectors.usage_sql]`.

    Raises ValueError for an overlap below one day or a batch below one row.
    """

    # The database as SQLAlchemy writes it, without its password; "" leaves it out.
    url: str = field(default="", repr=False)
    # A SELECT with the columns org, metric, ts, value; :since is a day, from which on
    # readings are wanted.
    query: str = ""
    # How many days back the first reading goes.
    first_days: int = 400
    # How many days each reading reaches back before the newest: late days come so.
    overlap_days: int = 14
    # The longest that one reading may take, in seconds.
    timeout_s: float = 120.0
    # So many rows are fetched and kept at a time.
    batch: int = 5_000
    # Of the bad rows, so many are listed; all are counted.
    listed_problems: int = 50

    def __post_init__(self) -> None:
        if self.overlap_days < 1 or self.batch < 1:
            raise ValueError(f"{_SETTING}: overlap_days and batch are 1 or more")
