"""What differs between two copies of a store, row by row. Touches: two SQLite files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store.models import Tables, table_names
from store.rows import key_of
from store.store import Store

Row = Mapping[str, Any]
# What is too long to be told; whether it differs is looked at all the same.
_LONG = frozenset({"raw_text", "body"})


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different in one table; a changed row is a pair of before and after."""

    added: Sequence[Row] = ()
    removed: Sequence[Row] = ()
    changed: Sequence[tuple[Row, Row]] = ()

    def __bool__(self) -> bool:
        """Whether anything is."""
        return bool(self.added or self.removed or self.changed)


def differences(after: Store, before: Path) -> dict[str, Difference]:
    """Compare every table of a store in SQLite with an earlier copy of its file."""
    database, tables = after.database, Tables(after.database)
    database.execute_sql("ATTACH DATABASE ? AS before", (str(before),))
    try:
        found = {
            name: _difference(database, getattr(tables, name)) for name in table_names()
        }
    finally:
        database.execute_sql("DETACH DATABASE before")
    return {name: one for name, one in found.items() if one}


def _difference(database: Any, model: Any) -> Difference:
    table, columns = model._meta.table_name, _columns(model)  # noqa: SLF001
    keys = list(key_of(model))
    same = " AND ".join(f"a.{_q(k)} IS b.{_q(k)}" for k in keys)
    other = " OR ".join(f"a.{_q(c)} IS NOT b.{_q(c)}" for c in columns)
    here, there = f"main.{_q(table)}", f"before.{_q(table)}"
    told = [name for name in columns if name not in _LONG]

    def rows(one: str, two: str) -> list[Row]:
        shown = ", ".join(f"a.{_q(c)}" for c in told)
        lacks = f"b.{_q(keys[0])} IS NULL"
        sql = f"SELECT {shown} FROM {one} a LEFT JOIN {two} b ON {same} WHERE {lacks}"  # noqa: S608 - our own names
        return [_read(model, told, row) for row in database.execute_sql(sql)]

    pairs = ", ".join(f"{side}.{_q(c)}" for side in "ba" for c in told)
    sql = f"SELECT {pairs} FROM {here} a JOIN {there} b ON {same} WHERE {other}"  # noqa: S608 - our own names
    half = len(told)
    changed = [
        (_read(model, told, row[:half]), _read(model, told, row[half:]))
        for row in database.execute_sql(sql)
    ]
    return Difference(rows(here, there), rows(there, here), changed)


def _columns(model: Any) -> list[str]:
    return [field.column_name for field in model._meta.sorted_fields]  # noqa: SLF001


def _read(model: Any, names: Sequence[str], row: Sequence[Any]) -> Row:
    fields = model._meta.columns  # noqa: SLF001
    return {
        name: fields[name].python_value(value)
        for name, value in zip(names, row, strict=True)
    }


def _q(name: str) -> str:
    return f'"{name}"'
