"""`python -m sync.sandbox`: run the sandbox by itself.

Touches: the command line.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sync.sandbox.options import DEFAULT_PORT, Options
from sync.sandbox.server import serve


def parser() -> argparse.ArgumentParser:
    """Describe the flags of the sandbox."""
    flags = argparse.ArgumentParser(
        prog="sync.sandbox", description="Run a local stand-in for Notion's REST API."
    )
    flags.add_argument(
        "--port", type=int, default=DEFAULT_PORT, help="0 takes a free one"
    )
    flags.add_argument("--db", type=Path, help="file that keeps the workspace")
    flags.add_argument("--seed", choices=("demo", "empty"), default="demo")
    flags.add_argument("--root-page", metavar="UUID", help="id of the shared root page")
    flags.add_argument("--token", help="the bot's token")
    flags.add_argument("--person-token", help="the person's token")
    flags.add_argument("--no-rate-limit", action="store_true")
    flags.add_argument("--faults", type=Path, help="JSON file with a list of faults")
    return flags


def options_from(flags: dict[str, Any]) -> Options:
    """Turn flags (as argparse or typer name them) into options."""
    known = {name: value for name, value in flags.items() if name != "no_rate_limit"}
    return Options(**known, rate_limit=not flags.get("no_rate_limit", False))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sandbox; returns the exit code."""
    options = options_from(vars(parser().parse_args(arguments)))
    try:
        serve(options)
    except (OSError, ValueError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
