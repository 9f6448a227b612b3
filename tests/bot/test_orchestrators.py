"""The examples for other orchestrators: what they call is understood by our own CLI."""

import ast
import importlib.util
import re
import shlex
import sys
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


def test_the_airflow_example_is_a_dag_of_airflows():
    if importlib.util.find_spec("airflow") is None:
        pytest.skip("Airflow is not installed; its example is only read as text")
    spec = importlib.util.spec_from_file_location("airflow_dag", AIRFLOW)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["airflow_dag"] = module
    spec.loader.exec_module(module)
    tasks = {task.task_id: task for task in module.dag.tasks}
    assert len(tasks) == 3 + 4
    assert tasks["tell"].upstream_task_ids == {f"slice_{n}" for n in range(1, 5)}
