"""What every test may ask for: a moment and an empty store; what tests counted."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.store import Store


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path}/store.db")
    yield opened
    opened.close()


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
