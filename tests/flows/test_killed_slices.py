"""Slices that go on behind their checkpoints, killed with SIGKILL on the way.

Each life works through both slices and through the first once more, for what the second
found. Afterwards the workspace is the one of undisturbed slices, and one more life
writes nothing.
"""

from pathlib import Path

import pytest

from bot.commands.running import How
from tests.support.killing import Outcome, Template, killed_at, make_template

SLICES = tuple(
    How(f"{number}/2", "20", resume=True, wait=True) for number in (1, 2, 1, 2)
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, store_kind: str) -> Template:
    return make_template(tmp_path_factory.mktemp("slices") / "template")


@pytest.fixture(scope="module")
def undisturbed(
    template: Template, tmp_path_factory: pytest.TempPathFactory
) -> Outcome:
    place = tmp_path_factory.mktemp("undisturbed") / "run"
    return killed_at(template, place, -1, after=False, hows=SLICES)


def check(
    template: Template, place: Path, whole: Outcome, at: int, after: bool
) -> None:
    folder = place / f"{at}-{after}"
    left = killed_at(template, folder, at, after=after, hows=SLICES)
    where = f"{'after' if after else 'before'} request {at} ({left.path})"
    assert left.struck, where
    assert left.workspace == whole.workspace, where
    assert left.writes_of_one_more_run == 0, where


def test_undisturbed_slices_are_repeatable(undisturbed: Outcome):
    assert undisturbed.requests > 8
    assert undisturbed.writes_of_one_more_run == 0
    assert undisturbed.workspace.count("draft medivane #1") == 1


def test_a_kill_on_the_way_leaves_no_trace(
    template: Template, undisturbed: Outcome, tmp_path: Path
):
    first = undisturbed.requests // 2  # of the first two lives; the rest is quiet
    check(template, tmp_path, undisturbed, first // 2, after=True)


@pytest.mark.soak
@pytest.mark.timeout(3000)
def test_a_kill_at_every_request_leaves_no_trace(
    template: Template, undisturbed: Outcome, tmp_path: Path
):
    for at in range(1, undisturbed.requests // 2 + 1):
        for after in (False, True):
            check(template, tmp_path, undisturbed, at, after)
