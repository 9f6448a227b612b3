"""Moves rows from one database of ours to another, of either kind.

Both have the same migrations. Touches: two databases.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from graphlib import TopologicalSorter
from itertools import islice
from typing import Any

from peewee import Database

from store import ids
from store.database import is_sqlite
from store.search import KeywordSearch

# Who holds what right now: of no use anywhere else.
FLEETING = frozenset({"leases"})
# Events in months are referred to by the table of all their ids.
_STANDING_FOR = {"event_ids": "events"}
_AT_ONCE = 200
Change = Callable[[Any], Any]


def move_rows(
    source: Database, target: Database, names: Sequence[str]
) -> dict[str, int]:
    """Copy every row of some tables into empty ones; returns how many, by table.

    Call it within a transaction of the target's. Tables go in the order in which their
    foreign keys allow it.
    """
    there = set(target.get_tables())
    wanted = [name for name in names if name in there and name not in FLEETING]
    counts = {name: _move(source, target, name) for name in ordered(target, wanted)}
    _after(target, wanted)
    return counts


def ordered(database: Database, names: Iterable[str]) -> list[str]:
    """Order tables so that what a row refers to comes before it."""
    known = list(names)
    graph = {
        name: {
            _STANDING_FOR.get(key.dest_table, key.dest_table)
            for key in database.get_foreign_keys(name)
            if key.dest_table != name
        }
        for name in known
    }
    return [name for name in TopologicalSorter(graph).static_order() if name in known]


def _move(source: Database, target: Database, name: str) -> int:
    kinds = {c.name: c.data_type.lower() for c in source.get_columns(name)}
    into = {c.name: c.data_type.lower() for c in target.get_columns(name)}
    columns = [column for column in kinds if column in into]
    changes = [_change(source, target, kinds[c], into[c]) for c in columns]
    mark = "?" if is_sqlite(target) else "%s"
    row_marks = f"({', '.join([mark] * len(columns))})"
    named = ", ".join(map(_quoted, columns))
    start = f'INSERT INTO "{name}" ({named}) VALUES '  # noqa: S608 - our own names
    done = 0
    for rows in _chunks(_read(source, name, columns, kinds)):
        values = [
            change(value)
            for row in rows
            for change, value in zip(changes, row, strict=True)
        ]
        target.execute_sql(start + ", ".join([row_marks] * len(rows)), values)
        done += len(rows)
    return done


def _read(
    source: Database, name: str, columns: Sequence[str], kinds: Mapping[str, str]
) -> Iterator[tuple[Any, ...]]:
    """Read a table row by row, without holding it whole."""
    chosen = ", ".join(
        f"{_quoted(c)}::text" if kinds[c] == "jsonb" else _quoted(c) for c in columns
    )
    sql = f'SELECT {chosen} FROM "{name}"'  # noqa: S608 - names of our own tables
    if is_sqlite(source):
        yield from source.execute_sql(sql)
        return
    with source.connection().cursor(name=f"move_{name}") as cursor:
        cursor.itersize = _AT_ONCE
        cursor.execute(sql)
        yield from cursor


def _change(source: Database, target: Database, kind: str, into: str) -> Change:
    """How a value is written there that was read here."""
    if is_sqlite(target):
        return _text_json if kind == "jsonb" else _plain
    if into == "boolean" and is_sqlite(source):
        return _truth
    return _same


def _same(value: Any) -> Any:
    return value


def _truth(value: Any) -> Any:
    return None if value is None else bool(value)


def _text_json(value: Any) -> Any:
    """Write JSON in the one form that equal values share."""
    return None if value is None else ids.canonical(json.loads(value))


def _plain(value: Any) -> Any:
    """Write a value as SQLite keeps it."""
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return bytes(value) if isinstance(value, memoryview) else value


def _after(target: Database, names: Iterable[str]) -> None:
    """Bring in step what the database itself derives from rows."""
    KeywordSearch(target).refill()
    if is_sqlite(target):
        return
    for name in names:
        for column in target.get_columns(name):
            if "nextval" in str(column.default or ""):
                target.execute_sql(
                    f"SELECT setval(pg_get_serial_sequence('{name}', '{column.name}'), "  # noqa: S608
                    f'greatest(max("{column.name}"), 1)) FROM "{name}"'
                )


def _chunks(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    while chunk := list(islice(rows, _AT_ONCE)):
        yield chunk


def _quoted(name: str) -> str:
    return f'"{name}"'
