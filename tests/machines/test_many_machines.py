"""Several workers and publishers on one Postgres, killed at random: as one process."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.machines import Field, Outcome, alone, prepared, worked
from tests.support.postgres import Server

Count = Callable[[str, object], None]
COMPANIES, KILLS = 20, 5


@pytest.fixture(scope="module")
def field(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: Server
) -> Iterator[Field]:
    folder = tmp_path_factory.mktemp("machines") / "field"
    with prepared(folder, postgres_server, COMPANIES) as made:
        yield made


@pytest.fixture(scope="module")
def single(field: Field, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return alone(field, tmp_path_factory.mktemp("alone"))


@pytest.mark.timeout(290)
def test_one_process_comes_to_rest(single: Outcome):
    assert single.writes_of_one_more_cycle == ()
    assert single.store.count("raises $") > 0
    assert single.created["/v1/pages"] > COMPANIES


@pytest.mark.timeout(290)
def test_killed_at_random_they_leave_what_one_process_leaves(
    field: Field, single: Outcome, tmp_path: Path, record_property: Count
):
    left = worked(field, tmp_path, random.Random(11), KILLS, 240)
    assert left.store == single.store
    assert left.workspace == single.workspace
    assert left.created == single.created, "something was made twice"
    assert left.writes_of_one_more_cycle == ()
    for end, count in left.ends.items():
        record_property(f"several machines, {COMPANIES} companies: {end}", count)
