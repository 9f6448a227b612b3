"""Three workers and two publishers, killed at random, and five hundred companies."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.machines import alone, prepared, worked
from tests.support.postgres import Server

Count = Callable[[str, object], None]
COMPANIES, KILLS, SEED = 500, 40, 23


@pytest.mark.soak
@pytest.mark.timeout(2400)
def test_five_hundred_companies_survive_forty_kills(
    postgres_server: Server, tmp_path: Path, record_property: Count
):
    for name in ("alone", "many"):
        (tmp_path / name).mkdir()
    with prepared(tmp_path / "field", postgres_server, COMPANIES) as field:
        single = alone(field, tmp_path / "alone")
        left = worked(field, tmp_path / "many", random.Random(SEED), KILLS, 1500)
    assert left.store == single.store
    assert left.workspace == single.workspace
    assert left.created == single.created, "something was made twice"
    assert left.writes_of_one_more_cycle == single.writes_of_one_more_cycle == ()
    for end, count in left.ends.items():
        record_property(f"several machines, {COMPANIES} companies: {end}", count)
