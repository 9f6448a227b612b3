"""Processes of their own that need not import the bot anew. Touches: files, processes.

They come from a server that has imported it already: to start `cip` takes seconds of
the processor, and there are hundreds of them.
"""

import atexit
import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

_IMPORTED = (
    *("bot.cli", "bot.commands.running", "bot.commands.setup", "typer.rich_utils"),
    *("tests.support.killing", "tests.support.processes"),
)
_OUT, _ERR = "out", "err"


def processes() -> Any:
    """Where processes come from: a server that has imported the bot already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_IMPORTED))
    return context


def ran(
    words: Sequence[str], env: Mapping[str, str], cwd: Path, seconds: float
) -> tuple[int, str, str]:
    """Run `cip` with these words to its end; gives its code and what it said.

    Raises TimeoutError where it has not ended in that time.
    """
    with TemporaryDirectory() as name:
        told = Path(name)
        given = (tuple(words), dict(env), cwd, told)
        process: BaseProcess = processes().Process(target=_typed, args=given)
        process.start()
        process.join(seconds)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise TimeoutError(f"cip {' '.join(words)} hangs: {_read(told, _ERR)}")
        return process.exitcode, _read(told, _OUT), _read(told, _ERR)


def _typed(words: Sequence[str], env: Mapping[str, str], cwd: Path, told: Path) -> None:
    """Be the command: what a new process would be given is put in place first."""
    for descriptor, name in ((1, _OUT), (2, _ERR)):
        with (told / name).open("wb") as file:
            os.dup2(file.fileno(), descriptor)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    sys.argv = ["cip", *words]
    from bot.cli import main  # noqa: PLC0415 - imported by the server

    try:
        main()
    finally:
        atexit._run_exitfuncs()  # a process that was forked would leave them out


def _read(folder: Path, name: str) -> str:
    file = folder / name
    return file.read_text() if file.exists() else ""
