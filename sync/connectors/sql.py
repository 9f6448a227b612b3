"""Asks a database of the team's one question, and only reads.

Every wait is bounded, and no message holds the password. Touches: that database.
"""

import re
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote, quote_plus

import sqlalchemy as sa
from sqlalchemy import event, exc

from store import ids
from sync.connectors import readings
from sync.connectors.errors import ConnectorError
from sync.connectors.readings import Row

Batch = list[tuple[int, Row]]

_SETTING = "sync.connectors.usage_sql"
_READS = re.compile(r"(?:\s|--[^\n]*\n|/\*.*?\*/|\()*(select|with)\b", re.I | re.S)
_LATE = re.compile(r"time(d )?[ -]?out|interrupted|max_execution_time", re.I)
_SECRET = re.compile(r"pass|secret|token|key", re.I)
_OPCODES = 10_000  # of SQLite, between two looks at the clock
_REASON = 300  # characters


class SqlError(ConnectorError):
    """Usage could not be read out of the database."""


class BadUrl(SqlError):
    """The address names no database that can be asked."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"{_SETTING}.url (or USAGE_SQL_URL) {reason}. Use a form such as "
            "postgresql+psycopg://user@host/name or sqlite:///path/to/file.db, with "
            "the password in USAGE_SQL_URL only"
        )


class CannotConnect(SqlError):
    """The database does not let us in, or is not there."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            f"The usage database {where} cannot be opened: {reason}. Check "
            f"{_SETTING}.url and the password in USAGE_SQL_URL"
        )


class BadQuery(SqlError):
    """The database refuses the query, or it is none that we would ask."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{_SETTING}.query cannot be used: {reason}")


class TooSlow(SqlError):
    """The query did not end in time."""

    def __init__(self, timeout_s: float) -> None:
        super().__init__(
            f"The usage query did not end within {timeout_s:g} s. Have it ask for "
            f"less, such as by WHERE ts >= :since, or raise {_SETTING}.timeout_s"
        )


class Lost(SqlError):
    """The connection broke while rows were coming."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            f"The connection to the usage database {where} broke ({reason}). What had "
            "come is kept; the rest is asked for again next time"
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """How long may be waited, and whose clock tells (seconds, ever growing)."""

    timeout_s: float
    clock: Callable[[], float]


@dataclass(frozen=True, slots=True)
class Asked:
    """A database and the query for it. `where` is the address as it may be shown."""

    url: sa.URL
    query: str
    where: str

    @classmethod
    def of(cls, address: str, query: str) -> "Asked":
        """Read what the settings say; raises BadUrl or BadQuery."""
        if not _READS.match(query):
            raise BadQuery("it is not a SELECT; the bot only reads")
        try:
            url = sa.make_url(address)
            url.get_dialect()
        except exc.NoSuchModuleError:
            raise BadUrl("names a kind of database that nothing here reads") from None
        except (exc.ArgumentError, ValueError):
            raise BadUrl("is no address of a database") from None
        except ImportError as error:
            raise BadUrl(f"needs a driver that is missing ({error.name})") from None
        shown = url.set(query={}).render_as_string(hide_password=True)
        return cls(url, query, shown)

    @property
    def mark(self) -> str:
        """Tell one question from another: other query or database, other mark."""
        return ids.digest(self.where, self.query, size=8)

    @property
    def name(self) -> str:
        """What readings and problems name as their source, before the row."""
        return f"query {self.mark}"


def batches(
    asked: Asked, since: date, size: int, limits: Limits
) -> Generator[Batch, None, None]:
    """Ask, and give the rows in batches, each row with its number; raises SqlError."""
    ends = limits.clock() + limits.timeout_s
    engine = _engine(asked, limits, ends)
    with ExitStack() as ending:
        ending.callback(engine.dispose)
        line = ending.enter_context(_connected(engine, asked))
        with _translated(asked, limits):
            statement = _statement(asked.query, since)
            answer = line.execution_options(yield_per=size).execute(statement)
            ending.callback(_close, answer.cursor, engine)
            columns = _columns(list(answer.keys()))
            number = 0
            for part in answer.partitions(size):
                if limits.clock() > ends:
                    raise TooSlow(limits.timeout_s)
                yield [
                    (at, {ours: row[place] for ours, place in columns.items()})
                    for at, row in enumerate(part, start=number + 1)
                ]
                number += len(part)


def _close(cursor: Any, engine: sa.Engine) -> None:
    """Let go of a cursor, whose line may be broken by now."""
    with suppress(engine.dialect.loaded_dbapi.Error):
        cursor.close()


def _statement(query: str, since: date) -> sa.TextClause:
    statement = sa.text(query)
    if "since" in statement.compile().params:
        return statement.bindparams(sa.bindparam("since", since, sa.Date))
    return statement


def _columns(names: list[str]) -> Mapping[str, int]:
    places, missing = readings.places(names)
    if missing:
        raise BadQuery(
            f"its answer has no column {', '.join(missing)}. Give its columns the "
            "names org, metric, ts and value, such as: account AS org, 'logins' AS "
            "metric, day AS ts, n AS value"
        )
    return places


def _engine(asked: Asked, limits: Limits, ends: float) -> sa.Engine:
    """Make the door: one connection, read-only and impatient where that can be said."""
    url, options = asked.url, _options(asked.url, limits.timeout_s)
    local = url.get_backend_name() == "sqlite"
    if local:
        path = f"file:{quote(url.database or '')}"
        url = url.set(database=path, query={"mode": "ro", "uri": "true"})
    try:
        engine = sa.create_engine(
            url, poolclass=sa.NullPool, connect_args=options, hide_parameters=True
        )
    except ImportError as error:
        raise BadUrl(f"needs a driver that is missing ({error.name})") from None
    if local:
        event.listen(engine, "connect", _watch(lambda: limits.clock() > ends))
    return engine


def _watch(late: Callable[[], bool]) -> Callable[[Any, Any], None]:
    """Make what has SQLite look at the clock now and then, and stop when it is late."""
    return lambda line, _: line.set_progress_handler(late, _OPCODES)


def _options(url: sa.URL, timeout_s: float) -> dict[str, Any]:
    """What each driver takes to read only, and to give up in time."""
    patience = max(1, int(timeout_s))
    match url.get_backend_name():
        case "postgresql" if url.get_driver_name() in {"psycopg", "psycopg2"}:
            told = f"-c statement_timeout={patience * 1000}"
            read_only = "-c default_transaction_read_only=on"
            return {"connect_timeout": patience, "options": f"{told} {read_only}"}
        case "mysql" | "mariadb" if url.get_driver_name() == "pymysql":
            told = "SET SESSION TRANSACTION READ ONLY"
            waits = {"connect_timeout": patience, "read_timeout": patience}
            return {**waits, "init_command": told}
        case _:
            return {}


@contextmanager
def _connected(engine: sa.Engine, asked: Asked) -> Iterator[sa.Connection]:
    """Connect, and undo on leaving whatever a query may have changed."""
    try:
        line = engine.connect()
    except (exc.DBAPIError, OSError) as error:
        raise CannotConnect(asked.where, _reason(error, asked)) from None
    with line:
        try:
            yield line
        finally:
            if not line.invalidated:
                line.rollback()


@contextmanager
def _translated(asked: Asked, limits: Limits) -> Iterator[None]:
    """Say what the database says in words of ours, without the password."""
    try:
        yield
    except exc.DBAPIError as error:
        reason = _reason(error, asked)
        if _LATE.search(reason):
            raise TooSlow(limits.timeout_s) from None
        if error.connection_invalidated:
            raise Lost(asked.where, reason) from None
        raise BadQuery(reason) from None
    except exc.StatementError as error:
        raise BadQuery(_reason(error, asked)) from None
    except exc.SQLAlchemyError as error:
        raise BadQuery(_reason(error, asked)) from None


def _reason(error: BaseException, asked: Asked) -> str:
    """The database's own words in one line; the password never stands in them."""
    said = " ".join(str(getattr(error, "orig", None) or error).split())
    options = [str(v) for k, v in asked.url.query.items() if _SECRET.search(k)]
    for secret in filter(None, [str(asked.url.password or ""), *options]):
        for form in (secret, quote(secret), quote_plus(secret)):
            said = said.replace(form, "***")
    return said[:_REASON].rstrip(". ") or type(error).__name__
