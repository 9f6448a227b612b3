"""The real process, killed with SIGKILL before and after every request of a cycle.

Afterwards the workspace is the one of an undisturbed run, and one more run writes
nothing. A few of the points run with every test run; all of them with make soak.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.killing import Outcome, Template, killed_at, make_template
from tests.support.recording import leave

Count = Callable[[str, object], None]
SAMPLE = 4  # points, spread over the cycle, before a request and after one in turn
PARTS = 4  # so that several workers share the work


@pytest.fixture(scope="module")
def template(store_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Template:
    return make_template(tmp_path_factory.mktemp("killing") / "template")


@pytest.fixture(scope="module")
def undisturbed(
    template: Template, tmp_path_factory: pytest.TempPathFactory
) -> Outcome:
    place = tmp_path_factory.mktemp("undisturbed") / "run"
    return killed_at(template, place, -1, after=False)


def points(requests: int, part: int) -> list[tuple[int, bool]]:
    every = [(at, after) for at in range(1, requests + 1) for after in (False, True)]
    return every[part::PARTS]


def check(
    template: Template, place: Path, whole: Outcome, at: int, after: bool
) -> None:
    left = killed_at(template, place / f"{at}-{after}", at, after=after)
    where = f"{'after' if after else 'before'} request {at} ({left.path})"
    assert left.struck, where
    assert left.workspace == whole.workspace, where
    assert left.writes_of_one_more_run == 0, where
    leave({"kills": {f"{'after' if after else 'before'} a request": 1}})


def test_an_undisturbed_cycle_is_repeatable(undisturbed: Outcome):
    assert undisturbed.requests > 8
    assert undisturbed.writes_of_one_more_run == 0
    assert undisturbed.workspace.count("draft medivane #1") == 1


def test_a_sample_of_kills_leaves_no_trace(
    template: Template, undisturbed: Outcome, tmp_path: Path, record_property: Count
):
    gap = undisturbed.requests // SAMPLE
    for number in range(SAMPLE):
        at, after = 1 + gap // 2 + number * gap, bool(number % 2)
        check(template, tmp_path, undisturbed, at, after)
    record_property("SIGKILL kill points, sampled", SAMPLE)


@pytest.mark.soak
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("part", range(PARTS))
def test_a_kill_at_every_request_leaves_no_trace(
    template: Template,
    undisturbed: Outcome,
    tmp_path: Path,
    part: int,
    record_property: Count,
):
    chosen = points(undisturbed.requests, part)
    for at, after in chosen:
        check(template, tmp_path, undisturbed, at, after)
    record_property("SIGKILL kill points, of all", len(chosen))
