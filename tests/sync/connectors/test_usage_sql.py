"""Usage out of a database: SQLite files, and a real Postgres where there is one."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from store.changes import Change
from store.records import Org
from store.store import Store
from sync.connectors.sql import BadQuery, BadUrl, CannotConnect, Lost, SqlError, TooSlow
from sync.connectors.usage import org_finder
from sync.connectors.usage_sql import UsageSqlSource
from sync.connectors.usage_sql_settings import UsageSqlSettings
from tests.support import postgres

ACME, BOLT = Org("acme", "Acme"), Org("bolt", "Bolt")
QUERY = (
    "SELECT account AS org, 'logins' AS metric, day AS ts, n AS value FROM usage "
    "WHERE day >= :since ORDER BY day, account"
)
ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT 'Acme' AS org, 'x' AS metric, '2026-11-20' AS ts, max(i) AS value FROM n"
)


@pytest.fixture
def known(store: Store, now: datetime) -> None:
    for org in (ACME, BOLT):
        store.orgs.add(org.callsign, Change("test", "test", now))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "wäre house.db"
    with sqlite3.connect(path) as line:
        line.execute("CREATE TABLE usage (account TEXT, day TEXT, n)")
    line.close()
    return path


@pytest.fixture
def put(database: Path) -> Callable[..., None]:
    def put(*rows: tuple[object, ...]) -> None:
        with sqlite3.connect(database) as line:
            line.executemany("INSERT INTO usage VALUES (?, ?, ?)", rows)
        line.close()

    return put


@pytest.fixture
def settings(database: Path) -> UsageSqlSettings:
    return UsageSqlSettings(url=f"sqlite:///{database}", query=QUERY)


def source(settings: UsageSqlSettings, store: Store, *orgs: Org) -> UsageSqlSource:
    return UsageSqlSource(settings, store, org_finder(orgs or (ACME, BOLT)))


def test_rows_become_readings_that_know_query_and_row(settings, put, store, known, now):
    put(("Acme", "2026-11-19", 5), ("Acme", "2026-11-20T10:00:00+02:00", "7.5"))
    assert source(settings, store).pull(now) == {
        "rows": 2,
        "readings": 2,
        "bad_rows": 0,
    }
    first, second = store.usage.of("acme")
    assert (first.metric, first.value) == ("logins", 5.0)
    assert re.fullmatch(r"query [0-9a-f]{8}:1", first.source)
    assert second.source == first.source.replace(":1", ":2")
    assert second.ts == datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_the_next_reading_begins_a_little_before_the_newest(
    settings, put, store, known, now
):
    put(("Acme", "2026-10-01", 1), ("Acme", "2026-11-18", 2))
    source(settings, store).pull(now)
    put(("Bolt", "2026-11-08", 9), ("Bolt", "2026-10-02", 8))
    later = source(settings, store).pull(now + timedelta(days=1))
    assert later["rows"] == 2  # the newest, and what came late within the overlap
    assert [r.value for r in store.usage.of("bolt")] == [9.0]


def test_the_first_reading_goes_back_as_far_as_the_settings_say(
    settings, put, store, known, now
):
    put(("Acme", "2026-09-01", 1), ("Acme", "2026-11-18", 2))
    assert source(replace(settings, first_days=30), store).pull(now)["rows"] == 1


def test_a_reading_delivered_again_replaces_the_old_one(
    settings, put, store, known, now, database
):
    put(("Acme", "2026-11-20", 5))
    source(settings, store).pull(now)
    with sqlite3.connect(database) as line:
        line.execute("UPDATE usage SET n = 6")
    line.close()
    source(settings, store).pull(now)
    assert [r.value for r in store.usage.of("acme")] == [6.0]


def test_another_query_is_asked_from_the_start(settings, put, store, known, now):
    put(("Acme", "2026-06-01", 1), ("Acme", "2026-11-20", 5))
    source(settings, store).pull(now)
    other = replace(settings, query=QUERY.replace("logins", "seats"))
    assert source(other, store).pull(now)["rows"] == 2


def test_it_is_asked_from_the_start_when_a_company_it_named_appears(
    settings, put, store, known, now
):
    put(("Bolt", "2026-06-01", 1), ("Acme", "2026-11-20", 5))
    source(settings, store, ACME).pull(now)
    again = source(settings, store, ACME)
    again.pull(now)  # the name lies before what is asked for now, and is not forgotten
    assert source(settings, store).pull(now)["rows"] == 2
    assert [r.value for r in store.usage.of("bolt")] == [1.0]


def test_a_query_without_since_is_read_whole_each_time(
    settings, put, store, known, now
):
    put(("Acme", "2020-06-01", 1), ("Acme", "2026-11-20", 5))
    whole = replace(settings, query=QUERY.replace("day >= :since", "1 = 1"))
    for _ in range(2):
        assert source(whole, store).pull(now)["rows"] == 2


def test_bad_rows_are_listed_with_their_reason(settings, put, store, known, now):
    put(
        ("Nobody", "2026-11-20", 1),
        ("Acme", "2026-13-20", 1),
        ("Acme", "2026-11-21", "many"),
        ("Acme", "2026-11-22", None),
        ("Acme", "2026-11-23", 4),
    )
    asked = source(settings, store)
    assert asked.pull(now) == {"rows": 5, "readings": 1, "bad_rows": 4}
    told = [(p.line, p.reason) for p in asked.problems()]
    assert told[0] == (1, "no company is called 'Nobody'")
    assert "'many' is no number" in told[1][1]
    assert "'' is no number" in told[2][1]
    assert "'2026-13-20' is no date" in told[3][1]


def test_rows_come_in_batches_and_count_on(settings, put, store, known, now):
    put(*((("Acme"), f"2026-11-{day:02d}", day) for day in range(1, 21)))
    assert source(replace(settings, batch=3), store).pull(now)["readings"] == 20
    rows = [int(r.source.partition(":")[2]) for r in store.usage.of("acme")]
    assert rows == list(range(1, 21))


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM usage",
        "",
        "-- SELECT\nDROP TABLE usage",
        "WITH x AS (SELECT 1) DELETE FROM usage RETURNING account AS org, "
        "'x' AS metric, day AS ts, n AS value",
    ],
)
def test_nothing_but_reading_is_ever_done(settings, put, store, now, query, database):
    put(("Acme", "2026-11-20", 5))
    with pytest.raises(BadQuery, match=r"sync\.connectors\.usage_sql\.query"):
        source(replace(settings, query=query), store).pull(now)
    line = sqlite3.connect(database)
    assert line.execute("SELECT count(*) FROM usage").fetchone() == (1,)
    line.close()


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT absent FROM usage", "no such column: absent"),
        ("SELECT account AS org FROM usage", "no column metric, ts, value"),
        (QUERY.replace(":since", ":until"), "until"),
        ("SELECT FROM", "syntax error"),
    ],
)
def test_a_query_that_is_refused_says_why(settings, store, known, now, query, reason):
    with pytest.raises(BadQuery, match=reason):
        source(replace(settings, query=query), store).pull(now)
    assert store.notes.get("usage_sql") is None


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "is no address"),
        ("oracledb2://u:hush@h/x", "a kind of database"),
        ("mysql+pymysql://u:hush@h/x", r"driver that is missing \(pymysql\)"),
        ("postgresql://u:hush@h:hush/x", "is no address"),
    ],
)
def test_a_bad_address_names_the_setting_and_no_password(
    settings, store, known, now, url, words
):
    with pytest.raises(BadUrl, match=words) as caught:
        source(replace(settings, url=url), store).pull(now)
    assert "USAGE_SQL_URL" in str(caught.value)
    assert "hush" not in f"{caught.value}{caught.value.__cause__}"


def test_a_missing_file_is_not_made(settings, store, known, now, tmp_path):
    url = f"sqlite:///{tmp_path}/nowhere.db"
    with pytest.raises(CannotConnect, match="unable to open"):
        source(replace(settings, url=url), store).pull(now)
    assert not (tmp_path / "nowhere.db").exists()


def test_a_query_that_does_not_end_is_ended(settings, store, known, now):
    ticks = iter(range(10_000))
    slow = UsageSqlSource(
        replace(settings, query=ENDLESS, timeout_s=3.0),
        store,
        org_finder([ACME]),
        clock=lambda: float(next(ticks)),
    )
    with pytest.raises(TooSlow, match=r"within 3 s.*timeout_s"):
        slow.pull(now)


def test_settings_show_no_address(settings):
    assert "sqlite" not in repr(settings)
    with pytest.raises(ValueError, match="overlap_days"):
        UsageSqlSettings(overlap_days=0)


# The real thing


@pytest.fixture
def warehouse(postgres_server: postgres.Server) -> Iterator[UsageSqlSettings]:
    name = postgres_server.empty()
    postgres_server.execute(
        "CREATE TABLE usage (account text, day date, n numeric)",
        "INSERT INTO usage SELECT 'Acme', date '2026-11-20' - i, i "
        "FROM generate_series(0, 99) i",
        f"GRANT ALL ON usage TO {postgres.GUARDED}",
        database=name,
    )
    who = f"{postgres.GUARDED}:{quote(postgres.PASSWORD, safe='')}@"
    url = postgres_server.url(name, user=postgres.GUARDED).replace(
        f"postgresql://{postgres.GUARDED}@", f"postgresql+psycopg://{who}"
    )
    yield UsageSqlSettings(url=url, query=QUERY, batch=7)
    postgres_server.drop(name)


def test_postgres_is_read_by_its_own_types(warehouse, store, known, now):
    assert source(warehouse, store).pull(now)["readings"] == 100
    newest = store.usage.of("acme")[-1]
    assert (newest.ts, newest.value) == (datetime(2026, 11, 20, tzinfo=UTC), 0.0)
    assert source(warehouse, store).pull(now)["rows"] == 15


def test_postgres_writes_nothing_even_where_a_query_asks_it_to(
    warehouse, store, known, now
):
    sly = (
        "WITH gone AS (DELETE FROM usage RETURNING *) SELECT account AS org, "
        "'x' AS metric, day AS ts, n AS value FROM gone"
    )
    with pytest.raises(BadQuery, match="data-modifying"):
        source(replace(warehouse, query=sly), store).pull(now)


def test_postgres_is_told_to_give_up_in_time(warehouse, store, known, now):
    slow = QUERY.replace("WHERE", "WHERE pg_sleep(20) IS NOT NULL AND")
    with pytest.raises(TooSlow):
        source(replace(warehouse, query=slow, timeout_s=1.0), store).pull(now)


def test_a_connection_that_breaks_keeps_what_came_and_goes_on_later(
    warehouse, store, known, now
):
    # The server hangs up on itself in the middle of the rows.
    cut = QUERY.replace(
        "WHERE", "WHERE (n < 50 OR pg_terminate_backend(pg_backend_pid())) AND"
    ).replace("ORDER BY day, account", "")
    with pytest.raises(Lost, match="What had come is kept"):
        source(replace(warehouse, query=cut), store).pull(now)
    assert len(store.usage.of("acme")) == 49  # seven batches of seven
    assert store.notes.get("usage_sql") is None
    assert source(warehouse, store).pull(now)["readings"] == 100


def test_a_wrong_password_is_told_without_it(warehouse, store, known, now):
    wrong = warehouse.url.replace("s3cret", "hush")
    with pytest.raises(CannotConnect, match="password authentication failed") as caught:
        source(replace(warehouse, url=wrong), store).pull(now)
    assert isinstance(caught.value, SqlError)
    assert "hush" not in str(caught.value)
    assert "USAGE_SQL_URL" in str(caught.value)
