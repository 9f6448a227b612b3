"""What only Postgres does: months, turns of writing, lost connections, older stores."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from typing import Any

import psycopg
import pytest
from playhouse.migrations import Runner

from store import ids
from store.changes import Change
from store.database import MIGRATIONS, connect
from store.errors import StoreLost, StoreWaited
from store.records import Event, EventLink, Kind, Relation, Snippet, UsageReading
from store.search import plain_words
from store.store import Store
from tests.support.postgres import Server, postgres_running

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
JOIN = 30  # seconds; a thread that takes longer hangs


@pytest.fixture
def kept(postgres_url: str) -> Iterator[Store]:
    opened = Store.open(postgres_url)
    opened.orgs.add("Acme", Change("test", "", NOW))
    yield opened
    opened.close()


def event(name: str, at: datetime = NOW, text: str = "Acme grows.") -> Event:
    url = f"https://news.example/{name}"
    return Event(
        ids.event_id(url, at), None, Kind.NEWS, name, url, "Blatt", at, text
    )  # fmt: skip


def rows(store: Store, query: str) -> list[Any]:
    return list(store.database.execute_sql(query).fetchall())


# Months


def test_a_reading_and_an_event_go_into_their_months(kept: Store):
    kept.months.ahead(NOW)
    kept.usage.put([UsageReading("acme", "seats", NOW, 5.0, "a.csv")])
    kept.events.add(event("a"), NOW)
    query = "SELECT tableoid::regclass::text FROM "
    assert rows(kept, query + "usage_metrics") == [("usage_metrics_2026_11",)]
    assert rows(kept, query + "events") == [("events_2026_11",)]


def test_what_comes_before_its_month_is_moved_there_and_nothing_is_lost(kept: Store):
    old = NOW - timedelta(days=700)
    readings = [
        UsageReading("acme", "m", old + timedelta(days=n), n, "") for n in (0, 9)
    ]
    kept.usage.put(readings)
    kept.events.add(event("old", old), old)
    link = EventLink(event("old", old).event_id, "acme", Relation.ABOUT, "", 1.0)
    kept.events.link(link.event_id, [link], old)
    query = "SELECT tableoid::regclass::text FROM events"
    assert rows(kept, query) == [("events_default",)]
    assert kept.months.ahead(NOW) > 0
    assert rows(kept, query) == [(f"events_{old:%Y_%m}",)]
    assert kept.usage.of("acme") == readings
    assert [one.title for one in kept.events.about("acme")] == ["old"]
    assert kept.months.ahead(NOW) == 0


def test_absurd_days_make_no_months(kept: Store):
    far = [datetime(year, 1, 1, tzinfo=UTC) for year in (1, 1970, 2900)]
    kept.usage.put([UsageReading("acme", "m", day, 1.0, "") for day in far])
    kept.months.ahead(NOW)
    made = "SELECT count(*) FROM pg_tables WHERE tablename ~ '_(0001|1970|2900)_'"
    assert rows(kept, made) == [(0,)]
    assert [one.ts for one in kept.usage.of("acme")] == far


def test_an_event_is_kept_once_in_whichever_month_it_comes_again(kept: Store):
    later = NOW + timedelta(days=40)
    kept.months.ahead(later)
    assert kept.events.add(event("a"), NOW)
    assert not kept.events.add(event("a"), later)
    assert kept.events.count() == 1
    kept.erasing.events([event("a").event_id])
    assert kept.events.add(event("a"), later)


def test_where_timescale_is_the_tables_become_its_own():
    spec = spec_from_file_location("six", MIGRATIONS / "0006_postgres.py")
    assert spec is not None
    assert spec.loader is not None
    six = module_from_spec(spec)
    spec.loader.exec_module(six)
    made = "\n".join(six.statements(timescale=True))
    assert "create_hypertable('usage_metrics', by_range('ts'" in made
    assert "create_hypertable('events', by_range('ingested_at'" in made
    assert "PARTITION BY" not in made
    assert "cip_months" in made


def test_an_older_store_comes_along_whole(postgres_server: Server):
    name = postgres_server.empty()
    url = postgres_server.url(name)
    old = connect(url)
    old._field_types = {**old._field_types, "TEXT": "TEXT"}  # as it was then
    Runner(old, str(MIGRATIONS)).up("0005_llm_answers")
    for query in (
        "INSERT INTO orgs VALUES ('acme', 'Acme', '', '', false, '', '[]', '{}', '', "
        "NULL, '[]', '[]', '[]', '{}', now(), now())",
        "INSERT INTO events SELECT 'e' || n, 'acme', 'news', 't', 'u' || n, 's', NULL, "
        "'text', '{}', timestamp '2025-06-01' + n * interval '20 days', '', '', '', "
        "NULL, NULL, NULL FROM generate_series(1, 25) n",
        "INSERT INTO event_orgs SELECT event_id, 'acme', 'about', '', 1 FROM events",
        "INSERT INTO snippets SELECT 's' || event_id, event_id, 0, 9, "
        "'Größe der Ölmühle ' || event_id FROM events",
        "INSERT INTO usage_metrics SELECT 'acme', 'm', "
        "timestamp '2025-06-01' + n * interval '10 days', n, '' "
        "FROM generate_series(1, 50) n",
    ):
        old.execute_sql(query)
    old.close()
    store = Store.open(url)
    assert store.events.count() == 25
    assert len(store.events.about("acme")) == 25
    assert [one.value for one in store.usage.of("acme")] == list(
        map(float, range(1, 51))
    )
    assert store.events.search("acme", "OLMUHLE e7", 3)[0] == "se7"
    assert rows(store, "SELECT count(*) FROM ONLY events_default") == [(0,)]
    plain = (
        "SELECT count(*) FROM information_schema.columns WHERE data_type = 'text' AND "
        "table_schema = 'public' AND collation_name IS DISTINCT FROM 'C' AND "
        "table_name IN ('orgs', 'events', 'outbox', 'notes')"
    )
    assert rows(store, plain) == [(0,)]
    store.close()
    postgres_server.drop(name)


# Words


def test_words_are_found_as_on_sqlite(kept: Store):
    about = event("a")
    kept.events.add(about, NOW)
    link = EventLink(about.event_id, "acme", Relation.ABOUT, "", 1.0)
    kept.events.link(about.event_id, [link], NOW)
    texts = (
        "Die ÖLMÜHLE läuft.",
        "See it at foo.bar/x-ray_9, it's 3.5%",
        "it 'q' \\ it",
    )
    snippets = [
        Snippet(f"s{n}", about.event_id, n, n + 1, text) for n, text in enumerate(texts)
    ]
    kept.events.keep_snippets(about.event_id, snippets, NOW)
    for query, found in (
        ("ölmühle", ["s0"]),
        ("olmuhle", ["s0"]),
        ("foo", ["s1"]),
        ("9", ["s1"]),
        ("ray' | 'die", ["s0", "s1"]),
        ("it nothing", ["s1", "s2"]),
        ("'\\& !", []),
    ):
        assert sorted(kept.events.search("acme", query, 5)) == found
    kept.events.keep_snippets(about.event_id, snippets[:1], NOW)
    assert kept.events.search("acme", "foo", 5) == []
    assert plain_words("Crème_brûlée") == ["creme", "brulee"]


def test_texts_come_in_one_order_on_every_server(kept: Store):
    for name in ("b", "B", "ä", "a", "A"):
        kept.notes.put(f"x{name}", 1, NOW)
    query = "SELECT key FROM notes WHERE key LIKE 'x%%' ORDER BY key"
    assert [key for (key,) in rows(kept, query)] == ["xA", "xB", "xa", "xb", "xä"]


# Turns


def beside(store: Store, do: Any) -> threading.Thread:
    def run() -> None:
        try:
            do()
        finally:
            store.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_what_is_read_in_a_transaction_stands_until_it_writes(kept: Store):
    def count() -> None:
        for _ in range(40):
            with kept.atomic():
                kept.notes.put("n", kept.notes.get("n", 0) + 1, NOW)

    threads = [beside(kept, count) for _ in range(3)]
    for thread in threads:
        thread.join(JOIN)
    assert kept.notes.get("n") == 120


def test_transactions_about_different_things_go_on_beside_each_other(kept: Store):
    done = threading.Event()

    def other() -> None:
        with kept.atomic(about="two"):
            kept.notes.put("two", 1, NOW)
        done.set()

    with kept.atomic(about="one"):
        thread = beside(kept, other)
        assert done.wait(JOIN)
    thread.join(JOIN)


def test_transactions_about_the_same_or_everything_wait(kept: Store):
    order: list[str] = []

    def other(about: str) -> None:
        with kept.atomic(about=about):
            order.append(about)

    for about in ("one", ""):
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        with kept.atomic(about="one"):
            thread = beside(kept, lambda about=about: other(about))
            while rows(kept, waiting) == [(0,)]:
                assert thread.is_alive()
            order.append("first")
        thread.join(JOIN)
    assert order == ["first", "one", "first", ""]


def test_a_lock_kept_too_long_is_told(postgres_url: str):
    slow, quick = (
        Store.open(postgres_url),
        Store.open(f"{postgres_url}&options=-c%20lock_timeout%3D50ms"),
    )
    told = pytest.raises(StoreWaited, match="kept the store to itself")
    with slow.atomic(), told, quick.atomic():
        pytest.fail("it was not our turn")
    with quick.atomic():
        quick.notes.put("a", 1, NOW)
    assert slow.notes.get("a") == 1
    slow.close()
    quick.close()


def test_several_that_open_a_new_store_at_once_make_it_once(postgres_server: Server):
    name = postgres_server.empty()
    failed: list[BaseException] = []

    def opening() -> None:
        try:
            Store.open(postgres_server.url(name)).close()
        except BaseException as error:  # noqa: BLE001 - told by the test
            failed.append(error)

    threads = [threading.Thread(target=opening) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(JOIN)
    assert failed == []
    postgres_server.drop(name)


# Connections


def hang_up(url: str) -> None:
    """End every other connection to a database, as its server's restart does."""
    with psycopg.connect(url, autocommit=True) as line:
        line.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )


def test_a_connection_lost_between_transactions_is_made_anew(
    kept: Store, postgres_url: str
):
    kept.notes.put("a", 1, NOW)
    hang_up(postgres_url)
    assert kept.notes.get("a") == 1
    hang_up(postgres_url)
    with kept.atomic():
        kept.notes.put("a", 2, NOW)
    assert kept.notes.get("a") == 2


def test_a_connection_lost_within_a_transaction_undoes_it_and_is_told(
    kept: Store, postgres_url: str
):
    kept.notes.put("a", 1, NOW)

    def broken_off() -> None:
        with kept.atomic():
            kept.notes.put("a", 2, NOW)
            with kept.atomic():
                hang_up(postgres_url)
                kept.notes.put("b", 2, NOW)

    with pytest.raises(StoreLost, match="undone"):
        broken_off()
    assert kept.notes.get("a") == 1
    assert kept.notes.get("b") is None


def test_a_server_that_restarts_is_found_again_and_one_that_is_gone_is_told():
    with postgres_running() as server:
        url = server.url(server.migrated())
        store = Store.open(url)
        store.notes.put("a", 1, NOW)
        server.stop()
        with pytest.raises(StoreLost, match="broke off"):
            store.notes.get("a")
        server.start()
        assert store.notes.get("a") == 1
        store.close()


def test_each_test_has_an_empty_store_of_its_own(postgres_url: str):
    store = Store.open(postgres_url)
    assert store.orgs.all() == []
    store.notes.put("seen", {"ü": [1, None]}, NOW)
    assert store.notes.get("seen") == {"ü": [1, None]}
    store.close()
