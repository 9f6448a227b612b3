"""A real Postgres for tests: Debian's, on a socket of its own, thrown away after."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

PASSWORD = "s3cret of/ours"
PORT = 5432  # names the socket's file; nothing listens on the network


def why_not() -> str:
    """Say why Postgres cannot be had here; "" where it can."""
    missing = [name for name in ("initdb", "pg_ctl") if shutil.which(name) is None]
    if missing:
        return f"{missing[0]} is not installed"
    if os.geteuid() == 0 and shutil.which("runuser") is None:
        return "Postgres does not start as root, and runuser is missing"
    return ""


@contextmanager
def postgres_running() -> Iterator[Path]:
    """Start a server whose user is postgres, and give the folder of its socket."""
    with TemporaryDirectory(prefix="pg") as name:
        home = Path(name)
        data = home / "data"
        (home / "pw").write_text(PASSWORD)
        if os.geteuid() == 0:
            shutil.chown(home, "postgres")
            shutil.chown(home / "pw", "postgres")
        home.chmod(0o755)
        _run("initdb", "-D", data, "-U", "postgres", "-A", "scram-sha-256",
             f"--pwfile={home / 'pw'}", "-N", "-E", "UTF8")  # fmt: skip
        options = f"-k {home} -c listen_addresses= -c fsync=off -p {PORT}"
        _run("pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start")
        try:
            yield home
        finally:
            _run("pg_ctl", "-D", data, "-m", "immediate", "stop")


def _run(*command: str | Path) -> None:
    words = [str(word) for word in command]
    words[0] = shutil.which(words[0]) or words[0]
    if os.geteuid() == 0:
        words = ["runuser", "-u", "postgres", "--", *words]
    done = subprocess.run(
        words, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, cwd="/",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
