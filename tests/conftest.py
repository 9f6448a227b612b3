"""What every test may ask for: a moment and an empty store; what tests counted."""

import gc
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.store import Store
from tests.support import postgres, stores


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def pytest_configure() -> None:
    """Collect garbage seldom: a test process has memory enough, and many objects."""
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what waits for processes: others make use of the processor then."""
    items.sort(key=lambda item: "machines" not in item.path.parts)


def pytest_collection_finish() -> None:
    """Leave the thousands of tests themselves out of every later collection."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Take them back: at the end all is looked at once more."""
    gc.unfreeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--store",
        choices=(*stores.KINDS, "both"),
        default="both",
        help="where the tests that work on a store have it",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what works on a store once for each database."""
    if "store_kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--store")
        files = metafunc.definition.get_closest_marker("files") is not None
        kinds = [
            pytest.param(kind, marks=_marks(metafunc.definition, kind))
            for kind in ((stores.SQLITE,) if files else stores.KINDS)
            if chosen in (kind, "both")
        ]
        metafunc.parametrize("store_kind", kinds, indirect=True, scope="module")


# What `make test` runs on Postgres, too; `make soak` runs the rest there.
_ON_BOTH = (
    *("test_main_job", "test_leases", "test_scheduler", "test_webhooks"),
    *("test_orchestrators", "test_queue", "test_planning"),
)


def _marks(node: pytest.Item, kind: str) -> list[pytest.MarkDecorator]:
    """What a test on a database is marked with: on Postgres many belong to the soak."""
    near = "store" in node.path.parts or node.path.stem in _ON_BOTH
    return [] if kind == stores.SQLITE or near else [pytest.mark.soak]


@pytest.fixture(scope="session", autouse=True)
def all_stores(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> stores.Stores:
    """Where the stores of this test process come from."""
    made = stores.Stores(
        tmp_path_factory.mktemp("stores"),
        lambda: request.getfixturevalue("postgres_server"),
    )
    stores.CURRENT.set(made)
    return made


@pytest.fixture(scope="module")
def store_kind(
    request: pytest.FixtureRequest, all_stores: stores.Stores
) -> Iterator[str]:
    """Have every store that is made now be of one kind."""
    all_stores.kind = request.param
    yield request.param
    all_stores.kind = stores.SQLITE


@pytest.fixture
def store_url(
    store_kind: str, all_stores: stores.Stores, tmp_path: Path
) -> Iterator[str]:
    """The URL of this test's own store, empty and migrated."""
    yield stores.url_in(tmp_path)
    all_stores.drop(tmp_path)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """This test's own store, empty."""
    opened = Store.open(store_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A real Postgres of this test process; skips where there can be none."""
    reason = postgres.why_not()
    if reason:
        pytest.skip(reason)
    with postgres.postgres_running() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: postgres.Server) -> Iterator[str]:
    """The URL of a Postgres database of this test's own: our tables, all empty."""
    name = postgres_server.migrated()
    yield postgres_server.url(name)
    postgres_server.drop(name)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests counted through `record_property`, whoever ran them."""
    total: Counter[str] = Counter()
    for report in terminalreporter.getreports("passed"):
        for name, count in report.user_properties:
            total[name] += int(str(count))
    if total:
        terminalreporter.section("counted")
    for name, count in sorted(total.items()):
        terminalreporter.write_line(f"{name}: {count:,}")
