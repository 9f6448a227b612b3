"""The queue of tasks in Postgres: each once, back after a worker's end."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from bot.errors import NeedsPostgres
from bot.work import ground, queue
from bot.work.queue import Queue
from bot.work.todo import COMPANY, PLAN, REST, WHOLE, Todo, read
from store.store import Store
from store.work import WorkResult

LONG = timedelta(seconds=30)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def store(postgres_url: str) -> Iterator[Store]:
    opened = Store.open(postgres_url)
    queue.prepare(postgres_url)
    yield opened
    opened.close()


@pytest.fixture
def waiting(postgres_url: str, store: Store) -> Iterator[Queue]:
    with Queue(postgres_url) as made:
        yield made


def ask(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as line:
        line.execute("SET search_path TO procrastinate, public")
        return line.execute(query.encode()).fetchall()


def do(url: str, *commands: str) -> None:
    with psycopg.connect(url, autocommit=True) as line:
        line.execute("SET search_path TO procrastinate, public")
        for command in commands:
            line.execute(command.encode())


def test_the_tables_are_made_once_by_whoever_is_first(postgres_url: str, store: Store):
    queue.prepare(postgres_url)
    queue.prepare(postgres_url)
    assert store.work.has_queue()
    [(version,)] = ask(
        postgres_url, "SELECT obj_description('procrastinate'::regnamespace)"
    )
    assert version == queue.steps()[-1]


def test_an_older_queue_is_brought_up_step_by_step(postgres_url: str, store: Store):
    *_, before, last = queue.steps()
    do(
        postgres_url,
        f"COMMENT ON SCHEMA procrastinate IS '{before}'",
        "DROP FUNCTION procrastinate_retry_job_v1",
    )
    queue.prepare(postgres_url)  # the last step replaces what is there
    assert ask(
        postgres_url, "SELECT obj_description('procrastinate'::regnamespace)"
    ) == [(last,)]


def test_a_store_without_a_queue_says_so(postgres_url: str, tmp_path: object):
    bare = Store.open(postgres_url)
    assert not bare.work.has_queue()
    bare.close()
    file = Store.open(f"sqlite:///{tmp_path}/store.db")
    assert not file.work.has_queue()
    assert file.work.forget("acme") == 0
    file.close()


def test_sqlite_is_told_what_to_do(tmp_path: object):
    with pytest.raises(NeedsPostgres, match="`cip worker` shares work") as raised:
        ground.on_postgres(f"sqlite:///{tmp_path}/store.db", "worker")
    assert "cip run" in str(raised.value)
    assert ground.on_postgres("postgresql://host/name", "worker")


def test_the_same_work_waits_once(waiting: Queue, store: Store):
    acme = Todo(COMPANY, "health", "acme", "r1")
    assert waiting.add([acme]) == 1
    assert waiting.add([acme, Todo(COMPANY, "health", "zeta"), acme]) == 1
    assert waiting.add([Todo(COMPANY, "health", "acme", "r2", attempt=2)]) == 0
    assert store.work.locks() == {"company:health:acme", "company:health:zeta"}
    assert store.work.left("r1") == 1
    assert store.work.left("r2") == 0


def test_many_are_put_in_at_once_and_those_that_wait_are_left_out(
    waiting: Queue, store: Store
):
    every = [Todo(COMPANY, "intel", f"org-{n}") for n in range(1200)]
    waiting.add(every[::300])
    assert waiting.add(every) == 1196
    assert len(store.work.locks()) == 1200


def test_what_is_put_in_within_a_transaction_is_undone_with_it(
    waiting: Queue, store: Store
):
    with contextlib.suppress(ZeroDivisionError), store.atomic():
        assert waiting.add([Todo(WHOLE, "usage")], store.work.line()) == 1
        raise ZeroDivisionError
    assert store.work.locks() == set()
    with store.atomic():
        waiting.add([Todo(WHOLE, "usage")], store.work.line())
        assert waiting.add([Todo(WHOLE, "usage")], store.work.line()) == 0
        assert store.orgs.all() == []  # our own tables are found, too
    assert store.work.locks() == {"whole:usage:"}


def test_a_worker_whose_heart_stopped_gives_its_work_back(
    waiting: Queue, store: Store, postgres_url: str
):
    waiting.add([Todo(COMPANY, "intel", org) for org in ("a", "b", "c")])
    do(
        postgres_url,
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES "
        "(now()), (now() - interval '31 seconds')",
        *("SELECT procrastinate_fetch_job_v2(NULL, 1)",),
        *("SELECT procrastinate_fetch_job_v2(NULL, 2)",) * 2,
    )
    waiting.add([Todo(COMPANY, "intel", "c")])  # the same waits again by now
    assert store.work.counts() == {"doing": 3, "todo": 1}
    assert store.work.workers(LONG) == 1
    assert store.work.revive(LONG) == 2
    assert store.work.counts() == {"doing": 1, "todo": 2}
    assert store.work.revive(LONG) == 0
    do(postgres_url, "DELETE FROM procrastinate_workers")  # as a starting worker does
    assert store.work.revive(LONG) == 1
    assert store.work.counts() == {"todo": 3}


def test_a_company_that_is_forgotten_leaves_no_task(waiting: Queue, store: Store):
    waiting.add([Todo(COMPANY, job, "acme") for job in ("intel", "health")])
    waiting.add([Todo(COMPANY, "intel", "zeta")])
    assert store.work.forget("acme") == 2
    assert store.work.locks() == {"company:intel:zeta"}


def test_failed_tasks_are_kept_for_a_while(
    waiting: Queue, store: Store, postgres_url: str
):
    waiting.add([Todo(WHOLE, "usage")])
    do(
        postgres_url,
        "INSERT INTO procrastinate_workers DEFAULT VALUES",
        "SELECT procrastinate_fetch_job_v2(NULL, 1)",
        "SELECT procrastinate_finish_job_v1(id, 'failed', false) "
        "FROM procrastinate_jobs",
    )
    store.work.drop_failed(datetime.now(UTC) - timedelta(days=1))
    assert store.work.counts() == {"failed": 1}
    store.work.drop_failed(datetime.now(UTC) + timedelta(days=1))
    assert store.work.counts() == {}


def test_what_tasks_came_to_is_kept_until_their_run_is_closed(store: Store):
    good = WorkResult("health", "acme", "r1", "ok", 0, {"judged": 1}, (), NOW)
    bad = WorkResult("health", "zeta", "r1", "failed", 0, {}, ("No.",), NOW)
    for one in (good, bad, good):
        store.work.put(one)
    assert store.work.of_run("r1") == [good, bad]
    assert store.work.failing() == [bad]
    store.work.clear("r1")
    assert store.work.of_run("r1") == [bad]


def test_locks_and_turns_of_tasks():
    one = Todo(COMPANY, "intel", "acme", "r1")
    assert one.lock == Todo(COMPANY, "health", "acme").lock == "org:acme"
    assert Todo(WHOLE, "usage").lock == "job:usage"
    assert one.queueing_lock != Todo(REST, "intel").queueing_lock
    again = one.again(NOW, timedelta(seconds=30)).again(NOW, timedelta(seconds=30))
    assert again.at == NOW + timedelta(seconds=60)
    assert again.priority < one.priority < Todo(PLAN, PLAN).priority
    assert read({**one.as_json(), "timestamp": 5}) == one
