"""What `cip export` hands out, table by table: typed, in UTC, without names of people.

No raw text, quote, note, owner or address of a feed is among it. A table falls into
portions, so that only those that changed have to be sent again. Touches: the database.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Any

from peewee import Database

from store import ids, views
from store.database import is_sqlite

TEXT, INTEGER, NUMBER, BOOLEAN = "text", "integer", "number", "boolean"
DAY, MOMENT = "day", "moment"
VALUE = "value"  # a JSON value, handed out as text
# The section of a dossier that rests on public evidence alone.
PUBLIC_SECTION = "External intel"
_PORTIONS = 64
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is handed out.

    `columns` maps names to kinds; `portion` says to which portion a row belongs.
    `window` is the column by which a large table is read month by month, with its own
    table.
    """

    name: str
    columns: Mapping[str, str]
    select: str
    portion: Callable[[Row], str]
    window: tuple[str, str] | None = None


class Analytics:
    """Reads the tables that are handed out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rows(self, table: Table, *, internal_text: bool = False) -> Iterator[Row]:
        """Read a table's rows in a lasting order.

        What dossiers say about the inside is left out unless `internal_text`.
        """
        select = views.in_words(table.select, sqlite=is_sqlite(self._database))
        for row in self._windows(table, select):
            found = {
                name: _value(kind, value)
                for (name, kind), value in zip(table.columns.items(), row, strict=True)
            }
            if found.get("internal") and not internal_text:
                found["text"] = None
            yield found

    def digests(self, table: Table, *, internal_text: bool = False) -> dict[str, str]:
        """Hash each portion of a table: equal rows and columns, equal hash."""
        seed = ids.canonical(dict(table.columns)).encode()
        made: dict[str, Any] = {}
        for row in self.rows(table, internal_text=internal_text):
            portion = table.portion(row)
            if portion not in made:
                made[portion] = blake2b(seed, digest_size=8)
            made[portion].update(ids.canonical(list(row.values())).encode())
        return {portion: hashed.hexdigest() for portion, hashed in made.items()}

    def _windows(self, table: Table, select: str) -> Iterator[tuple[Any, ...]]:
        """Read a large table a month at a time, so that it need not fit in memory."""
        if table.window is None:
            yield from self._database.execute_sql(select)
            return
        column, source = table.window
        query = f"SELECT MIN({column}), MAX({column}) FROM {source}"  # noqa: S608
        first, last = self._database.execute_sql(query).fetchone()
        if first is None:
            return
        mark = "?" if is_sqlite(self._database) else "%s"
        clause = f"WHERE {column} >= {mark} AND {column} < {mark} ORDER BY"
        bounded = select.replace("ORDER BY", clause)
        for start, end in _months(str(first), str(last)):
            yield from self._database.execute_sql(bounded, (start, end))


def _months(first: str, last: str) -> Iterator[tuple[str, str]]:
    """Give the first days of each month and of the next, from one moment to another."""
    year, month = int(first[:4]), int(first[5:7])
    while f"{year:04d}-{month:02d}" <= last[:7]:
        start = f"{year:04d}-{month:02d}-01 00:00:00"
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        yield start, f"{year:04d}-{month:02d}-01 00:00:00"


def _value(kind: str, value: Any) -> Any:
    if value is None or value == "":  # on its way, a text without letters is none
        return None
    return _READERS[kind](value)


def _moment(value: Any) -> datetime:
    found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def _plain(value: Any) -> str:
    """Write a JSON value as a reader would: a list's parts side by side."""
    found = json.loads(value)
    if isinstance(found, list):
        return "; ".join(map(str, found))
    return found if isinstance(found, str) else ids.canonical(found)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    TEXT: str,
    INTEGER: int,
    NUMBER: float,
    BOOLEAN: bool,
    DAY: _day,
    MOMENT: _moment,
    VALUE: _plain,
}


def _by_org(row: Row) -> str:
    return f"{ids.slice_of(str(row['org_id']), _PORTIONS):02d}"


def _by_day(column: str) -> Callable[[Row], str]:
    return lambda row: f"{row[column]:%Y-%m-%d}"


def _by_month(column: str) -> Callable[[Row], str]:
    return lambda row: f"{row[column]:%Y-%m}"


_ORGS = Table(
    "orgs",
    {
        "org_id": TEXT, "company": TEXT, "display_name": TEXT, "sector": TEXT,
        "domain": TEXT, "renewal_on": DAY, "health": TEXT, "health_on": DAY,
        "crunchbase": TEXT, "linkedin": TEXT, "x_handle": TEXT, "added_at": MOMENT,
        "updated_at": MOMENT,
    },
    """
    SELECT
      o.org_id, o.callsign, o.display_name, v.sector, o.domain, o.renewal_date,
      v.health, v.health_on, {json:o.identifiers|crunchbase},
      {json:o.identifiers|linkedin}, {json:o.identifiers|x_handle}, o.created_at,
      o.updated_at
    FROM orgs o JOIN v_companies v ON v.org_id = o.org_id
    ORDER BY o.org_id
    """,
    _by_org,
)  # fmt: skip
# Every tier's values; the one that wins has no other of its field above it.
_VALUES = Table(
    "org_values",
    {
        "org_id": TEXT, "field": TEXT, "value": VALUE, "tier": TEXT, "source": TEXT,
        "as_of": MOMENT, "losing": INTEGER,
    },
    """
    WITH every_value AS (
      SELECT org_id, field, value, 'override' AS tier, 0 AS place,
        source_url AS source, updated_at AS as_of
      FROM overrides WHERE {true:active}
      UNION ALL
      SELECT org_id, field, value, tier, CASE tier WHEN 'csv' THEN 1 ELSE 2 END,
        source, as_of
      FROM field_values
    ),
    ranked AS (
      SELECT every_value.*,
        ROW_NUMBER() OVER (
          PARTITION BY org_id, field ORDER BY place, as_of DESC, source
        ) AS rank,
        COUNT(*) OVER (PARTITION BY org_id, field) - 1 AS losing
      FROM every_value
      WHERE value IS NOT NULL AND {text:value} <> 'null'
        AND field NOT IN ('owner', 'manual_notes', 'feeds')
    )
    SELECT org_id, field, {text:value}, tier, source, as_of, losing
    FROM ranked WHERE rank = 1
    ORDER BY org_id, field
    """,
    _by_org,
)  # fmt: skip
_USAGE = Table(
    "usage_metrics",
    {"org_id": TEXT, "metric": TEXT, "ts": MOMENT, "value": NUMBER},
    """
    SELECT org_id, metric, ts, value FROM usage_metrics
    ORDER BY ts, org_id, metric
    """,
    _by_day("ts"),
    ("ts", "usage_metrics"),
)
_FUNDING = Table(
    "funding_facts",
    {
        "org_id": TEXT, "round_type": TEXT, "announced_on": DAY, "amount": NUMBER,
        "currency": TEXT, "amount_usd": NUMBER, "confidence": NUMBER, "tier": TEXT,
        "source": TEXT, "source_url": TEXT, "found_at": MOMENT,
    },
    """
    SELECT
      org_id, round_type,
      CASE WHEN announced_on > '0001-01-01' THEN announced_on END,
      amount, currency, amount_usd, confidence, tier, source, source_url, created_at
    FROM funding_facts
    ORDER BY org_id, round_type, announced_on, source_url
    """,
    _by_org,
)  # fmt: skip
_ROUNDS = Table(
    "funding_rounds",
    {
        "org_id": TEXT, "round_type": TEXT, "announced_on": DAY, "amount_usd": NUMBER,
        "told_by": TEXT, "sources": INTEGER,
    },
    """
    SELECT org_id, round_type, announced_on, amount_usd, told_by, sources
    FROM v_funding ORDER BY org_id, round_type, announced_on, amount_usd
    """,
    _by_org,
)  # fmt: skip
_EVENTS = Table(
    "event_counts",
    {"org_id": TEXT, "kind": TEXT, "month": DAY, "events": INTEGER},
    """
    SELECT org_id, kind, month, events FROM v_events_by_month
    ORDER BY month, org_id, kind
    """,
    _by_month("month"),
)
_ACTIONS = Table(
    "action_items",
    {
        "action_id": TEXT, "org_id": TEXT, "trigger": TEXT, "opened_at": MOMENT,
        "status": TEXT, "outcome": TEXT, "closed_by": TEXT, "closed_at": MOMENT,
        "acted_on": BOOLEAN, "updated_at": MOMENT,
    },
    """
    SELECT
      a.action_id, a.org_id, a.trigger, a.generated_at, a.status,
      COALESCE(v.outcome, a.status),
      COALESCE(v.closed_by, CASE WHEN a.status <> 'open' THEN 'person' END),
      COALESCE(v.closed_at, CASE WHEN a.status <> 'open' THEN {utc:a.updated_at} END),
      COALESCE(v.acted_on, CASE WHEN a.status <> 'open' THEN 1 ELSE 0 END),
      a.updated_at
    FROM action_items a LEFT JOIN v_alerts v ON v.action_id = a.action_id
    ORDER BY a.org_id, a.action_id
    """,
    _by_org,
)  # fmt: skip
_HEALTH = Table(
    "health_days",
    {"org_id": TEXT, "day": DAY, "health": TEXT},
    "SELECT org_id, day, health FROM health_days ORDER BY day, org_id",
    _by_month("day"),
)
_FRESHNESS = Table(
    "summary_freshness",
    {
        "org_id": TEXT, "version": INTEGER, "writer": TEXT, "generated_at": MOMENT,
        "checked_at": MOMENT, "claims": INTEGER, "published_at": MOMENT,
        "approved_version": INTEGER, "approved_at": MOMENT, "review": TEXT,
    },
    """
    SELECT org_id, version, writer, generated_at, checked_at, claims, published_at,
      approved_version, approved_at, review
    FROM v_summary_freshness ORDER BY org_id
    """,
    _by_org,
)  # fmt: skip
_BLOCKS = Table(
    "dossier_blocks",
    {
        "org_id": TEXT, "version": INTEGER, "section": TEXT, "position": INTEGER,
        "claim_id": TEXT, "internal": BOOLEAN, "text": TEXT, "evidence": INTEGER,
        "first_version": INTEGER, "first_stated_at": MOMENT,
    },
    """
    SELECT
      b.org_id, b.version, b.section, b.position, b.claim_id,
      CASE WHEN b.section = '%s' THEN 0 ELSE 1 END, {json:c.value|text}, b.evidence,
      b.first_version, b.first_stated_at
    FROM v_summary_blocks b
    JOIN dossiers d ON d.org_id = b.org_id AND d.version = b.version
    {each:d.claims|c}
    WHERE {position:c} = b.position
    ORDER BY b.org_id, b.position
    """.replace("%s", PUBLIC_SECTION),
    _by_org,
)  # fmt: skip
_RUNS = Table(
    "run_history",
    {
        "job": TEXT, "day": DAY, "status": TEXT, "runs": INTEGER,
        "mean_seconds": NUMBER, "longest_seconds": NUMBER, "first_at": MOMENT,
        "last_at": MOMENT,
    },
    """
    SELECT job, day, status, runs, mean_seconds, longest_seconds, first_at, last_at
    FROM v_runs ORDER BY day, job, status
    """,
    _by_month("day"),
)  # fmt: skip

TABLES = (
    _ORGS, _VALUES, _USAGE, _FUNDING, _ROUNDS, _EVENTS, _ACTIONS, _HEALTH, _FRESHNESS,
    _BLOCKS, _RUNS,
)  # fmt: skip
