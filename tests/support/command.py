"""`cip` as a person runs it: a process of its own, its output and its exit code."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.processes import ran

ROOT = Path(__file__).parents[2]
ROOT_PAGE = "11111111-2222-4333-8444-555555555555"
TOKEN = "ntn_botToken"
PERSON = "ntn_personToken"
_PRIVATE = re.compile(r"^(NOTION_|DATABASE_URL|CIP_)")


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """Everything it said, on one line, without what draws tables."""
        return " ".join(
            re.sub(r"[│┃┏┓┗┛━─┡┩╇┳┴┼└┘╭╮╰╯]", " ", self.out + self.err).split()
        )


def environment(**more: str) -> dict[str, str]:
    """The environment without anything of ours, and a wide terminal."""
    clean = {k: v for k, v in os.environ.items() if not _PRIVATE.match(k)}
    return {**clean, "COLUMNS": "400", "NO_COLOR": "1", **more}


def cip(*words: str, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> Ended:
    """Run a command to its end."""
    given = env if env is not None else environment()
    return Ended(*ran(words, given, cwd, seconds=60))


@contextmanager
def started(
    *words: str, env: Mapping[str, str] | None = None, cwd: Path = ROOT
) -> Iterator[subprocess.Popen[str]]:
    """Run a command beside the test, and stop it at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *words],
        env=dict(env) if env is not None else environment(),
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


@dataclass(frozen=True)
class Box:
    """A sandbox process that answers."""

    url: str
    line: str
    process: subprocess.Popen[str]


@contextmanager
def sandbox_process(*more: str) -> Iterator[Box]:
    """Start `cip sandbox` on a free port with an empty workspace."""
    words = (
        "sandbox", "--seed", "empty", "--root-page", ROOT_PAGE, "--token", TOKEN,
        "--person-token", PERSON, "--port", "0", "--no-rate-limit", *more,
    )  # fmt: skip
    with started(*words) as process:
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        found = re.search(r"url=(\S+)", line)
        assert found, f"no ready line: {line!r}"
        yield Box(found.group(1), line, process)
