"""`make bench`: measure, print, write docs/benchmarks.json and docs/benchmarks.md.

Exits with 1 where a bar is missed. Touches: files, the terminal, child processes.
"""

import argparse
import importlib.metadata
import json
import os
import platform
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from tests.bench import cycling, ingesting, publishing, starting, ticking, vectors
from tests.bench.figure import Benchmark, Figure

DOCS = Path(__file__).parents[2] / "docs"
SIZES = (100, 1_000, 5_000)
BENCHMARKS: Mapping[str, Benchmark] = MappingProxyType(
    {
        "start": starting.start_up,
        "ingestion": ingesting.ingestion,
        "path": ingesting.whole_path,
        "feeds": ingesting.refreshing,
        "embedding": vectors.embedding,
        "retrieval": vectors.retrieval,
        "requests": publishing.requests,
        "publication": publishing.first_publication,
        "ticks": ticking.answering,
        "cycles": cycling.cycles,
    }
)
_LIBRARIES = (
    *("notion-client", "peewee", "feedparser", "trafilatura", "hnswlib", "fastembed"),
    *("reader", "faiss-cpu"),
)
_HEAD = """\
# Benchmarks

Made by `make bench`; the same as data: [benchmarks.json](benchmarks.json). Ratios
compare two ways of doing the same in one run on one machine: below 1 we are the faster
or the smaller. Notion is the sandbox on loopback, so times tell what the bot itself
takes; its request budget runs by a clock that only moves when the bot waits.
"""


def main() -> int:
    """Measure what is named, or everything; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []])
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    given = parser.parse_args()
    counts = [int(size) for size in given.sizes.split(",")]
    start = time.perf_counter()
    figures = measure(given.names or list(BENCHMARKS), counts)
    if not given.names and counts == list(SIZES):
        spent = time.perf_counter() - start
        (DOCS / "benchmarks.json").write_text(as_json(figures), encoding="utf-8")
        (DOCS / "benchmarks.md").write_text(as_page(figures, spent), encoding="utf-8")
    return 0 if all(figure.held for figure in figures) else 1


def measure(names: Sequence[str], counts: Sequence[int]) -> list[Figure]:
    """Run benchmarks, printing each figure as it comes."""
    found = []
    for name in names:
        for figure in BENCHMARKS[name](counts):
            sys.stdout.write(figure.as_row() + "\n")
            sys.stdout.flush()
            found.append(figure)
    return found


def as_json(figures: Sequence[Figure]) -> str:
    """Write the figures with the machine they were measured on."""
    told = {"machine": machine(), "figures": [figure.as_json() for figure in figures]}
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def as_page(figures: Sequence[Figure], spent: float) -> str:
    """Write the page."""
    lines = [_HEAD]
    lines += [f"* {name}: {value}" for name, value in machine().items()]
    lines += [f"* the whole run took {spent / 60:.1f} minutes", ""]
    lines += ["| figure | at | measured | bar | |", "|---|---|---|---|---|"]
    return "\n".join([*lines, *(figure.as_row() for figure in figures)]) + "\n"


def machine() -> dict[str, str]:
    """Say what this machine is, and which versions are at work."""
    versions = ", ".join(f"{n} {importlib.metadata.version(n)}" for n in _LIBRARIES)
    return {
        "processor": f"{os.cpu_count()} cores, {platform.machine()}, {_model()}",
        "system": f"{platform.system()}, Python {platform.python_version()}",
        "versions": versions,
    }


def _model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    names = [line.partition(":")[2].strip() for line in lines if "model name" in line]
    return names[0] if names else "unknown"


if __name__ == "__main__":
    sys.exit(main())
