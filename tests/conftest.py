"""What every test may ask for: a moment and an empty store; what tests counted."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.store import Store
from tests.support import postgres


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path}/store.db")
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
