"""Makes typed tables of Arrow out of the store's rows. Pure.

Moments are in UTC.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from store import analytics
from store.analytics import Row, Table
from sync.export import extras

PORTION = "cip_portion"  # the column by which a portion is replaced
GONE = "cip_gone"  # marks a portion of which nothing is left
_AT_ONCE = 20_000  # rows


def schema(table: Table, *, portions: bool) -> Any:
    """The columns of a table with their types, and what tells its portions apart."""
    pa = extras.arrow()
    types = {
        analytics.TEXT: pa.string(),
        analytics.VALUE: pa.string(),
        analytics.INTEGER: pa.int64(),
        analytics.NUMBER: pa.float64(),
        analytics.BOOLEAN: pa.bool_(),
        analytics.DAY: pa.date32(),
        analytics.MOMENT: pa.timestamp("us", tz="UTC"),
    }
    fields = [pa.field(name, types[kind]) for name, kind in table.columns.items()]
    if portions:
        fields += [pa.field(PORTION, pa.string()), pa.field(GONE, pa.bool_())]
    return pa.schema(fields)


def batches(table: Table, rows: Iterable[Row], *, portions: bool) -> Iterator[Any]:
    """Make tables of some rows each, and one without rows where there are none."""
    shape = schema(table, portions=portions)
    told = iter(rows)
    some = list(islice(told, _AT_ONCE))
    yield _made(table, some, shape)
    while some := list(islice(told, _AT_ONCE)):
        yield _made(table, some, shape)


def gone(table: Table, portions: Iterable[str]) -> Any:
    """Make the rows that say of some portions that nothing is left."""
    marks = [{PORTION: portion, GONE: True} for portion in sorted(portions)]
    return extras.arrow().Table.from_pylist(marks, schema=schema(table, portions=True))


def _made(table: Table, rows: list[Row], shape: Any) -> Any:
    columns = {name: [row[name] for row in rows] for name in table.columns}
    if PORTION in shape.names:
        columns[PORTION] = [table.portion(row) for row in rows]
        columns[GONE] = [False] * len(rows)
    return extras.arrow().Table.from_pydict(columns, schema=shape)
