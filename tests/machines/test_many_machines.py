"""Several workers and publishers on one Postgres, killed at random: as one process.

Twenty companies and five kills; `tests/soak` has five hundred.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.machines import Field, Outcome, alone, prepared, worked
from tests.support.postgres import Server

Count = Callable[[str, object], None]
SIZES = ((20, 5),)  # companies, kills

pytestmark = pytest.mark.soak


@pytest.fixture(scope="module", params=SIZES)
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    companies, kills = request.param
    return companies, kills


@pytest.fixture(scope="module")
def field(
    size: tuple[int, int],
    tmp_path_factory: pytest.TempPathFactory,
    postgres_server: Server,
) -> Iterator[Field]:
    folder = tmp_path_factory.mktemp("machines") / "field"
    with prepared(folder, postgres_server, size[0]) as made:
        yield made


@pytest.fixture(scope="module")
def single(field: Field, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return alone(field, tmp_path_factory.mktemp("alone"))


@pytest.mark.timeout(290)
def test_one_process_comes_to_rest(single: Outcome, size: tuple[int, int]):
    assert single.writes_of_one_more_cycle == ()
    assert single.store.count("raises $") > 0
    assert single.created["/v1/pages"] > size[0]


@pytest.mark.timeout(290)
def test_killed_at_random_they_leave_what_one_process_leaves(
    field: Field,
    single: Outcome,
    size: tuple[int, int],
    tmp_path: Path,
    record_property: Count,
):
    companies, kills = size
    left = worked(field, tmp_path, random.Random(11), kills, 240)
    assert left.store == single.store
    assert left.workspace == single.workspace
    assert left.created == single.created, "something was made twice"
    assert left.writes_of_one_more_cycle == ()
    for end, count in left.ends.items():
        record_property(f"several machines, {companies} companies: {end}", count)
