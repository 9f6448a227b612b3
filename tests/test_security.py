"""docs/security.md is true: its tests exist, its rows are those that are made."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from tests import audit, security
from tests.support.documents import ROOT


def names(file: str) -> list[str]:
    """The tests of a file, without running or importing it."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


@pytest.mark.parametrize("attack", security.ATTACKS, ids=lambda one: one.what)
def test_each_attack_is_tried_by_tests_that_exist(attack: security.Attack):
    there = names(attack.file)
    assert there
    for beginning in attack.names:
        meant = [name for name in there if name.startswith(beginning)]
        assert meant, f"{attack.file} has no {beginning}…"


def test_no_test_is_counted_twice():
    for one in security.ATTACKS:
        for name in names(one.file):
            rows = [a.what for a in security.ATTACKS if a.holds(one.file, name)]
            assert len(rows) <= 1, f"{one.file}::{name} is in {rows}"


def test_the_page_has_each_row_with_its_count_and_their_sum():
    _, inside, _ = security.split(security.PAGE.read_text(encoding="utf-8"))
    rows = [line.strip("| ").split(" | ") for line in inside.splitlines()[2:]]
    told = [(row[0], row[1]) for row in rows[:-1]]
    assert told == [(one.who, one.what) for one in security.ATTACKS]
    files = [re.search(r"\(\.\./(.+)\)", row[2]) for row in rows[:-1]]
    assert [m and m[1] for m in files] == [one.file for one in security.ATTACKS]
    counts = [int(row[3].replace(",", "")) for row in rows[:-1]]
    assert min(counts) > 0
    assert inside.endswith(f"| **{sum(counts):,}** |")


def test_every_attacker_of_the_model_is_in_the_table():
    prose = security.split(security.PAGE.read_text(encoding="utf-8"))[0]
    for who in {one.who for one in security.ATTACKS}:
        assert f"| **{who}** |" in prose, who


def test_tests_that_the_page_names_exist():
    prose = security.PAGE.read_text(encoding="utf-8")
    for file, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", prose):
        assert name in names(file), f"{file}::{name}"


# Auditing


def answer(*packages: dict[str, Any]) -> dict[str, Any]:
    return {"dependencies": list(packages), "fixes": []}


WELL = {"name": "good", "version": "1", "vulns": []}
SKIPPED = {"name": "unknown", "skip_reason": "Dependency not found"}
VULNERABLE = {
    "name": "bad", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("packages", "code", "words"),
    [
        ([WELL], audit.WELL, "1 packages, no known"),
        ([WELL, SKIPPED], audit.NOT_RUN, "not run: 1 of 2"),
        ([], audit.NOT_RUN, "not run"),
        ([VULNERABLE, SKIPPED], audit.VULNERABLE, "bad 1: X-1, mended in 2"),
    ],
)
def test_an_audit_that_looked_nothing_up_is_none(
    packages: list[dict[str, Any]], code: int, words: str
):
    found, said = audit.verdict(answer(*packages))
    assert found == code
    assert words in said


@pytest.mark.parametrize("lock", audit.LOCKS)
def test_every_locked_package_has_its_version_and_hashes(lock: str):
    text = (ROOT / lock).read_text(encoding="utf-8")
    packages = re.split(r"^(?=[A-Za-z0-9])", text.replace("\\\n", ""), flags=re.M)[1:]
    assert packages
    for package in packages:
        line = package.splitlines()[0]
        assert re.match(r"[\w.\[\],-]+==\S+", line), line
        assert "--hash=sha256:" in package, line


def test_everything_that_installs_asks_for_hashes():
    for file in (ROOT / "Makefile", Path(ROOT / "deploy" / "Dockerfile")):
        text = file.read_text(encoding="utf-8").replace("\\\n", " ")
        for line in re.findall(r"pip install (.*?)(?:&&|\n)", text):
            assert "--require-hashes" in line or "--no-deps" in line, line
