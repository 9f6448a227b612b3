"""How long the command takes to start, and the bot to its first poll."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from sync.sandbox.options import Options
from sync.sandbox.server import Running, running
from tests.bench.figure import Figure, at_most

_CIP = Path(sys.executable).with_name("cip")
_LONGEST_S = 30.0


def start_up(counts: Sequence[int]) -> Iterator[Figure]:
    """Time `cip --help`, and `cip run` until it asks Notion for rows."""
    tries = 5 if counts[-1] >= 1_000 else 1
    told = min(_help() for _ in range(tries))
    yield Figure("cip --help", "", told, "s", at_most(0.3))
    first = min(_first_poll() for _ in range(max(1, tries // 2)))
    yield Figure("cip run to its first poll", "", first, "s", at_most(2.0))


def _help() -> float:
    start = time.perf_counter()
    subprocess.run([_CIP, "--help"], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def _first_poll() -> float:
    options = Options(port=0, seed="empty", rate_limit=False)
    with TemporaryDirectory(prefix="cip-start-") as folder, running(options) as box:
        environ = _environ(box, folder)
        init = [_CIP, "init", "--parent", box.root_page]
        subprocess.run(init, check=True, env=environ, stdout=subprocess.DEVNULL)
        asked = _queries(box)
        start = time.perf_counter()
        with subprocess.Popen(
            [_CIP, "run"], env=environ, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:  # fmt: skip
            while _queries(box) == asked:
                assert time.perf_counter() - start < _LONGEST_S, "it does not poll"
                time.sleep(0.01)
            spent = time.perf_counter() - start
            process.terminate()
        return spent


def _queries(box: Running) -> int:
    log = box.site.log
    return sum(1 for each in log if each["path"].endswith("/query"))


def _environ(box: Running, folder: str) -> dict[str, str]:
    config = Path(folder) / "config.toml"
    config.write_text('[intel]\nembedder = "hashing"\n')
    return {
        **os.environ,
        "CIP_CONFIG": str(config),
        "NOTION_TOKEN": box.token,
        "NOTION_BASE_URL": box.url,
        "DATABASE_URL": f"sqlite:///{folder}/store.db",
    }
