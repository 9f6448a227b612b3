"""The examples for other orchestrators: what they call is understood by our own CLI."""

import ast
import json
import os
import re
import shlex
import subprocess
import venv
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.cli import app
from bot.commands.running import How, share_of
from bot.jobs import CYCLE, JOBS
from tests.support.documents import ROOT

EXAMPLES = ROOT / "docs" / "examples"
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
AIRFLOW_TRIED = "apache-airflow==3.3.2"
# What Airflow makes of a file: each task with what goes before it.
TELL = """
import json, runpy, sys
dag = runpy.run_path(sys.argv[1])["dag"]
print(json.dumps({t.task_id: sorted(t.upstream_task_ids) for t in dag.tasks}))
"""
AIRFLOW, PREFECT = EXAMPLES / "airflow_dag.py", EXAMPLES / "prefect_flow.py"


def calls(path: Path) -> Iterator[str]:
    """The commands in an example, once for each slice where one is filled in."""
    tree = ast.parse(path.read_text())
    inside = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            written = ast.unparse(node)
            for number in range(1, 5):
                names: dict[str, Any] = {"number": number, "SLICES": 4, "command": ""}
                text = eval(written, {}, {**names, "code": 0})
                yield from found(text)
        elif isinstance(node, ast.Constant) and id(node) not in inside:
            yield from found(str(node.value))


def found(text: str) -> Iterator[str]:
    command = re.fullmatch(r"(?:cip )?(once .+)", text)
    if command:
        yield command.group(1)


@pytest.mark.parametrize("path", [AIRFLOW, PREFECT], ids=lambda path: path.stem)
def test_every_command_is_one_of_ours(path: Path):
    group: Any = typer.main.get_command(app)
    every = list(calls(path))
    jobs, slices = set(), []
    for line in every:
        name, *words = shlex.split(line)
        given = group.commands[name].make_context(name, words).params
        jobs |= set(given["jobs"])
        if given["slice_"]:
            slices.append(given["slice_"])
            share_of(How(given["slice_"], str(given["max_minutes"])), NOW)
            assert given["resume"]
    assert sorted(slices) == ["1/4", "2/4", "3/4", "4/4"]
    assert jobs <= {*JOBS}
    assert jobs == {*CYCLE}, "a round leaves something out"


@pytest.fixture(scope="module")
def airflow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a place of its own with Airflow, which our lock has no room for."""
    place = tmp_path_factory.mktemp("airflow")
    venv.create(place / "venv", with_pip=True)
    python = place / "venv" / "bin" / "python"
    wanted = [str(python), "-m", "pip", "install", "--quiet", AIRFLOW_TRIED]
    done = subprocess.run(wanted, check=False, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"{AIRFLOW_TRIED} does not install here: {done.stderr[-300:]}")
    return python


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_the_airflow_example_is_a_dag_to_airflow_itself(airflow: Path, tmp_path: Path):
    done = subprocess.run(
        [str(airflow), "-c", TELL, str(AIRFLOW)],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"AIRFLOW_HOME": str(tmp_path), "PATH": os.defpath, "HOME": str(tmp_path)},
    )
    before = json.loads(done.stdout.splitlines()[-1])
    slices = [f"slice_{number}" for number in range(1, 5)]
    assert before["gather"] == ["listen"]
    assert [before[one] for one in slices] == [["gather"]] * 4
    assert before["tell"] == slices
    assert sorted(before) == sorted(["listen", "gather", "tell", *slices])
