"""Notion's own client and types from npm, installed and turned into schemas on demand.

Touches: tests/contract/node_modules, tests/contract/.cache, the package registry.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "contract"
CACHE = FOLDER / ".cache"
_PATIENCE_S = 100


class NoNode(Exception):
    """Node, npm or the packages are not to be had on this machine."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"no contract checks against Notion's own client: {reason}; install "
            "Node 18 or newer with npm, and let npm reach its registry once"
        )


def skip_or_fail(missing: NoNode) -> None:
    """Skip the running test; in CI, where Node must be there, fail it."""
    if os.environ.get("CI"):
        pytest.fail(str(missing))
    pytest.skip(str(missing))


def node(script: str, *args: str, env: dict[str, str] | None = None) -> str:
    """Run a script of tests/contract; its standard output. Raises with its errors."""
    result = subprocess.run(
        [_program("node"), script, *args],
        cwd=FOLDER,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        timeout=_PATIENCE_S,
        check=False,
    )
    if result.returncode != 0:
        raise AssertionError(f"{script} failed:\n{result.stdout}\n{result.stderr}")
    return result.stdout


@cache
def installed() -> Path:
    """Install what package-lock.json names, unless it is there already.

    Raises NoNode.
    """
    _program("node")
    npm = _program("npm")
    wanted = _digest(FOLDER / "package-lock.json")
    mark = FOLDER / "node_modules" / f".installed-{wanted}"
    with _alone():
        if not mark.exists():
            _install(npm)
            mark.touch()
    return mark.parent


@cache
def schemas() -> Path:
    """Make the JSON Schemas of the client's types; one file per version of both.

    Raises NoNode.
    """
    installed()
    sources = (FOLDER / "package-lock.json", FOLDER / "schemas.mjs")
    made = CACHE / f"schemas-{_digest(*sources)}.json"
    with _alone():
        if not made.exists():
            node("schemas.mjs", str(made))
    return made


def _install(npm: str) -> None:
    command = [npm, "ci", "--ignore-scripts", "--prefer-offline", "--fetch-retries=1"]
    try:
        result = subprocess.run(
            command,
            cwd=FOLDER,
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired as exc:
        raise NoNode(f"npm ci took more than {_PATIENCE_S} s") from exc
    if result.returncode != 0:
        raise NoNode(f"npm ci failed: {result.stderr.strip()[-500:]}")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NoNode(f"{name} is not on the PATH")
    return found


def _digest(*files: Path) -> str:
    text = b"".join(each.read_bytes() for each in files)
    return hashlib.sha256(text).hexdigest()[:16]


@contextmanager
def _alone() -> Iterator[None]:
    """Let one test process at a time install or generate."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
