"""The real process, killed while it writes the new versions that people asked for.

Two of the points run with every test run; all of them with make soak.
"""

from pathlib import Path

import pytest

from tests.support.killing import Outcome, Template, killed_at, make_template
from tests.support.recording import leave
from tests.support.world import World

SECOND = "draft medivane #1, version 2"


def ask_for_versions(told: World) -> None:
    """Ask for a new version of each draft there is."""
    for item in told.app.store.actions.all():
        sent = told.app.store.outbox.sent(f"action:{item.action_id}")
        if item.trigger == "draft" and sent:
            told.edit(
                sent.notion_id,
                Draft_Note={"rich_text": [{"text": {"content": "shorter"}}]},
                Draft_Decision={"select": {"name": "New version please"}},
            )


@pytest.fixture(scope="module")
def template(store_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Template:
    folder = tmp_path_factory.mktemp("versions") / "template"
    return make_template(folder, ask_for_versions)


@pytest.fixture(scope="module")
def undisturbed(
    template: Template, tmp_path_factory: pytest.TempPathFactory
) -> Outcome:
    place = tmp_path_factory.mktemp("undisturbed") / "run"
    return killed_at(template, place, -1, after=False)


def points(whole: Outcome) -> list[tuple[int, bool]]:
    return [(n, after) for n in range(1, whole.requests + 1) for after in (False, True)]


def check(
    template: Template, place: Path, whole: Outcome, point: tuple[int, bool]
) -> None:
    at, after = point
    left = killed_at(template, place / f"{at}-{after}", at, after=after)
    where = f"{'after' if after else 'before'} request {at} ({left.path})"
    assert left.struck, where
    assert left.workspace.count(SECOND) == 1, where
    assert left.workspace == whole.workspace, where
    assert left.writes_of_one_more_run == 0, where
    leave({"kills": {f"{'after' if after else 'before'} a request": 1}})


def test_an_undisturbed_cycle_writes_each_version_once(undisturbed: Outcome):
    assert undisturbed.workspace.count(SECOND) == 1
    assert "version 3" not in undisturbed.workspace
    assert undisturbed.writes_of_one_more_run == 0


def test_a_sample_of_kills_writes_no_version_twice(
    template: Template, undisturbed: Outcome, tmp_path: Path
):
    third = undisturbed.requests // 3
    for point in ((third, True), (2 * third, False)):
        check(template, tmp_path, undisturbed, point)


@pytest.mark.soak
@pytest.mark.timeout(3000)
def test_a_kill_at_every_request_writes_no_version_twice(
    template: Template, undisturbed: Outcome, tmp_path: Path
):
    for point in points(undisturbed):
        check(template, tmp_path, undisturbed, point)
