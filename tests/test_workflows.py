"""The examples for CI parse, and the commands they show are ones that exist."""

import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from bot.cli import app
from bot.commands.running import How, share_of
from bot.share import sliced
from tests.support.documents import ROOT

FOLDER = ROOT / ".github" / "workflows"
# YAML reads the key `on` as a truth value, as GitHub's own documents say.
ON: Any = True


def read(name: str) -> dict[Any, Any]:
    found = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def runs(flow: dict[Any, Any]) -> list[str]:
    """Every command of every step."""
    steps = [step for job in flow["jobs"].values() for step in job["steps"]]
    return [line for s in steps for line in s.get("run", "").splitlines()]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda p: p.name)
def test_a_workflow_asks_for_few_rights_and_ends(path: Path):
    flow = read(path.name)
    assert flow["permissions"] == {"contents": "read"}
    assert flow["concurrency"]["group"]
    for job in flow["jobs"].values():
        assert 0 < job["timeout-minutes"] <= 120
        for step in job["steps"]:
            assert ("uses" in step) != ("run" in step)
            assert "@" in step.get("uses", "@")


def test_every_slice_is_somebodys():
    flow = read("nightly.yml")
    job = flow["jobs"]["slice"]
    numbers = job["strategy"]["matrix"]["slice"]
    (command,) = [line for line in runs(flow) if "cip once" in line]
    shares = []
    for number in numbers:
        typed = command.replace("${{ matrix.slice }}", str(number))
        given = _parsed(typed)
        how = How(given["slice_"], given["max_minutes"], given["resume"])
        share = share_of(how, _now())
        assert share.resume
        assert share.until is not None
        shares.append(share.key)
    count = len(numbers)
    assert shares == [sliced(number, count).key for number in range(1, count + 1)]
    assert float(given["max_minutes"]) < job["timeout-minutes"]
    assert job["strategy"]["fail-fast"] is False
    assert flow["concurrency"]["cancel-in-progress"] is False


def test_addresses_and_tokens_come_from_secrets_only():
    env = read("nightly.yml")["jobs"]["slice"]["env"]
    for name in ("DATABASE_URL", "NOTION_TOKEN"):
        assert env[name] == f"${{{{ secrets.{name} }}}}"


def test_ci_runs_what_is_run_by_hand():
    flow = read("ci.yml")
    assert runs(flow) == [".ci/run"]
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
    assert set(flow[ON]) == {"push", "pull_request"}


def _parsed(line: str) -> dict[str, Any]:
    """Read a command as the real command line does; raises on what it does not know."""
    program, name, *arguments = shlex.split(line)
    assert program.endswith("cip")
    group: Any = typer.main.get_command(app)
    found = group.commands[name].make_context(name, arguments).params
    return dict(found)


def _now() -> datetime:

    return datetime.now(UTC)
