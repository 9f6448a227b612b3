"""The views that other programs read: what they show is promised in docs/analytics.md.

Each is a file of SQL in `store/views/`, in which `{words:…}` stand for what SQLite and
Postgres write in different ways. Touches: the database.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType

from peewee import Database, SqliteDatabase

from store import ids

FOLDER = Path(__file__).with_name("views")
_WORDS = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
_NOTE = "views"  # a note: which definitions the views that stand follow

Word = Callable[..., str]
Readers = Mapping[str, frozenset[str]]  # the roles that may read each view


@cache
def names() -> tuple[str, ...]:
    """Every view, one that reads another behind it."""
    found = sorted(path.stem for path in FOLDER.glob("v_*.sql"))
    return tuple(sorted(found, key=lambda name: len(_reads(name, found))))


def definition(name: str, *, sqlite: bool) -> str:
    """Write a view's SELECT in the way of one database. Pure but for its file."""
    text = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    return in_words(text, sqlite=sqlite).strip()


def in_words(text: str, *, sqlite: bool) -> str:
    """Put SQL into the words of one database; raises KeyError on others. Pure."""
    words = _SQLITE if sqlite else _POSTGRES
    while found := _WORDS.search(text):
        given = found[2].split("|") if found[2] else []
        said = words[found[1]](*given)
        text = f"{text[: found.start()]}{said}{text[found.end() :]}"
    return text


def current(database: Database) -> bool:
    """Whether the views stand as this version defines them."""
    if not database.table_exists("notes"):
        return False
    mark = _mark(database)
    query = f"SELECT value FROM notes WHERE key = {mark}"  # noqa: S608
    row = database.execute_sql(query, (_NOTE,)).fetchone()
    return bool(row) and _digest(_is_sqlite(database)) in str(row[0])


def drop(database: Database) -> Readers:
    """Take the views away, so that the tables beneath them can change.

    Gives who could read which: what is made anew has lost what was granted on it.
    """
    there = _standing(database)
    readers = _readers(database) if there else {}
    for view in reversed(there):
        database.execute_sql(f'DROP VIEW "{view}"')
    if database.table_exists("notes"):
        query = f"DELETE FROM notes WHERE key = {_mark(database)}"  # noqa: S608
        database.execute_sql(query, (_NOTE,))
    return readers


def create(database: Database, readers: Readers | None = None) -> None:
    """Make every view anew, for those who could read them before.

    Who could read every view there was may read those that are new.
    """
    could = readers or drop(database)
    sqlite, mark = _is_sqlite(database), _mark(database)
    for name in names():
        told = definition(name, sqlite=sqlite)
        database.execute_sql(f'CREATE VIEW "{name}" AS {told}')
    for name in names():
        for role in sorted(could.get(name, could.get("", frozenset()))):
            whom = role if role == "PUBLIC" else f'"{role}"'
            database.execute_sql(f'GRANT SELECT ON "{name}" TO {whom}')
    database.execute_sql(
        f"INSERT INTO notes VALUES ({mark}, {mark}, CURRENT_TIMESTAMP)",  # noqa: S608
        (_NOTE, ids.canonical(_digest(sqlite))),
    )


def _readers(database: Database) -> Readers:
    """Who may read each view; under "" those who may read them all."""
    if _is_sqlite(database):
        return {}
    rows = database.execute_sql(
        "SELECT table_name, grantee FROM information_schema.table_privileges "
        "WHERE table_schema = current_schema() AND left(table_name, 2) = 'v_' "
        "AND privilege_type = 'SELECT' AND grantee <> current_user"
    ).fetchall()
    found: dict[str, frozenset[str]] = {
        view: frozenset(role for name, role in rows if name == view)
        for view in _standing(database)
    }
    return {**found, "": frozenset.intersection(*found.values())}


def _standing(database: Database) -> list[str]:
    """The views that are there, one that reads another behind it."""
    there = {view.name for view in database.get_views() if view.name.startswith("v_")}
    known = [name for name in names() if name in there]
    return [*known, *sorted(there - set(known))]


def _reads(name: str, others: list[str]) -> list[str]:
    text = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    return [n for n in others if n != name and re.search(rf"\b{n}\b", text)]


@cache
def _digest(sqlite: bool) -> str:
    return ids.digest(*(definition(name, sqlite=sqlite) for name in names()))


def _is_sqlite(database: Database) -> bool:
    return isinstance(database, SqliteDatabase)


def _mark(database: Database) -> str:
    return "?" if _is_sqlite(database) else "%s"


def _path(column: str, *steps: str) -> str:
    return f"json_extract({column}, '$.{'.'.join(steps)}')"


def _extracted(function: str, column: str, *steps: str) -> str:
    quoted = ", ".join(f"'{step}'" for step in steps)
    return f"{function}({column}, {quoted})"


# What the words of the files mean in each database. Moments are stored as naive UTC.
_SQLITE: Mapping[str, Word] = MappingProxyType(
    {
        "utc": "strftime('%Y-%m-%d %H:%M:%S', {})".format,
        "iso": "strftime('%Y-%m-%d %H:%M:%S', {})".format,
        "day": "date({})".format,
        "day_of_iso": "date({})".format,
        "date": "date({})".format,
        "week": "date({}, '-6 days', 'weekday 1')".format,
        "month": "date({}, 'start of month')".format,
        "today": "date('now')".format,
        "earliest": "'0001-01-01'".format,
        "latest": "'9999-12-31'".format,
        "days": "CAST(julianday({}) - julianday({}) AS INTEGER)".format,
        "seconds": "ROUND((julianday({}) - julianday({})) * 86400.0, 3)".format,
        "number": "CAST({} AS DOUBLE PRECISION)".format,
        "json": _path,
        "inner": _path,
        "length": "json_array_length({})".format,
        "each": "CROSS JOIN json_each({}) AS {}".format,
        "position": "{}.key + 1".format,
        "true": "{} = 1".format,
        "text": "{}".format,
    }
)
_POSTGRES: Mapping[str, Word] = MappingProxyType(
    {
        "utc": "(({}) AT TIME ZONE 'UTC')".format,
        "iso": "CAST({} AS timestamptz)".format,
        "day": "CAST({} AS date)".format,
        "day_of_iso": "CAST(CAST({} AS timestamptz) AT TIME ZONE 'UTC' AS date)".format,
        "date": "CAST({} AS date)".format,
        "week": "CAST(date_trunc('week', {}) AS date)".format,
        "month": "CAST(date_trunc('month', {}) AS date)".format,
        "today": "CAST(now() AT TIME ZONE 'UTC' AS date)".format,
        "earliest": "DATE '0001-01-01'".format,
        "latest": "DATE '9999-12-31'".format,
        "days": "({} - {})".format,
        "seconds": "ROUND(EXTRACT(EPOCH FROM ({} - {})), 3)::double precision".format,
        "number": "CAST({} AS DOUBLE PRECISION)".format,
        "json": partial(_extracted, "jsonb_extract_path_text"),
        "inner": partial(_extracted, "jsonb_extract_path"),
        "length": "jsonb_array_length({})".format,
        "each": (
            "CROSS JOIN LATERAL jsonb_array_elements({}) "
            "WITH ORDINALITY AS {}(value, place)"
        ).format,
        "position": "{}.place".format,
        "true": "{}".format,
        "text": "CAST({} AS text)".format,
    }
)
