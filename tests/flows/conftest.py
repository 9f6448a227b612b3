"""Every flow is followed once on each database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import stores


@pytest.fixture(autouse=True)
def store_of_the_kind(
    store_kind: str, all_stores: stores.Stores, tmp_path: Path
) -> Iterator[None]:
    """Have this test's stores be of the kind, and gone afterwards."""
    yield
    all_stores.drop(tmp_path)
