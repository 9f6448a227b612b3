"""`cip metabase` as a person runs it."""

from pathlib import Path

import pytest

from tests.support import metabase as double
from tests.support.command import cip, environment

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.files


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_the_command_says_what_was_made_and_where_it_is(
    tmp_path: Path, dry: tuple[str, ...]
):
    there = double.Metabase()
    env = environment(METABASE_API_KEY=double.KEY, PYTHONPATH=str(ROOT))
    with double.running(there) as url:
        words = ("metabase", "--url", url, "--database", "CIP", *dry)
        first = cip(*words, env=env, cwd=tmp_path)
        assert first.code == 0, first.err
        assert "dashboard made: Customer intelligence" in first.text
        assert bool(there.cards) is not bool(dry)
        if not dry:
            assert f"{url}/dashboard/" in first.text
            again = cip(*words, env=env, cwd=tmp_path)
            assert again.text.startswith("Everything is there already.")


def test_without_a_key_it_says_where_to_get_one(tmp_path: Path):
    env = environment(PYTHONPATH=str(ROOT), METABASE_API_KEY="")
    words = ("metabase", "--url", "http://127.0.0.1:9", "--database", "CIP")
    ended = cip(*words, env=env, cwd=tmp_path)
    assert (ended.code, "METABASE_API_KEY is not set" in ended.text) == (1, True)
