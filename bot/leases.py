"""Keeps two processes off the same share of the same work.

A lease is renewed while its process lives and runs out after it. What is left by a
process of this machine that is gone is taken over at once.
Touches: the store (leases), this machine's processes.
"""

import os
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.app import App
from bot.errors import ShareTaken
from store.errors import LeaseLost, StoreError
from store.leases import Lease

NOTION, WORK = "notion", "work"
EVERYTHING = (NOTION, WORK)
# The jobs that speak with Notion; two processes on the same of them would write twice.
IN_NOTION = frozenset({"pauses", "poll", "verdicts", "decisions", "sweep", "publish"})
_BEATS = 3  # in the life of a lease
_LOOK_S = 1.0  # between two looks at what is held by another


def groups_of(jobs: Sequence[str]) -> tuple[str, ...]:
    """Say what jobs work on: with Notion, on all else, or both. Pure."""
    groups = {NOTION if job in IN_NOTION else WORK for job in jobs}
    return tuple(sorted(groups))


@contextmanager
def held(
    app: App, command: str, groups: Sequence[str], *, wait: bool = False
) -> Iterator[None]:
    """Hold this app's share of some work; raises ShareTaken, and LeaseLost later on.

    While it is held, nothing is written once another process has taken it over.
    """
    who, share = Holder.here(command), app.share
    wanted = [
        Lease(group, share.number, share.count, who.words, who.process)
        for group in groups
    ]
    mine = _taken(app, wanted, wait=wait)
    beat = Heartbeat(app, mine)
    try:
        with app.store.leases.fencing(mine), beat.beating():
            yield
    finally:
        app.store.leases.give_back(mine, app.clock())
    beat.say()


@dataclass(frozen=True, slots=True)
class Holder:
    """A process: in words, and so that it can be told from all others."""

    words: str
    process: str

    @classmethod
    def here(cls, command: str) -> "Holder":
        """Name this process."""
        pid = os.getpid()
        words = f"{command} on {socket.gethostname()} (process {pid})"
        return cls(words, f"{machine()}:{pid}:{started(pid)}")


def machine() -> str:
    """Name this machine, so that its process numbers mean something: as booted now."""
    return f"{socket.gethostname()}/{_boot()}/{_namespace()}"


def started(pid: int) -> str:
    """When a process began, in the machine's own count; "" where there is none.

    From proc(5): the 22nd field of its line, behind the name in brackets.
    """
    try:
        line = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return ""
    state, *fields = line.rpartition(")")[2].split()
    return "" if state == "Z" else fields[18]


def is_gone(lease: Lease) -> bool:
    """Whether the holder was a process of this machine, and there is none such now."""
    where, _, which = lease.process.partition(":")
    pid, _, since = which.partition(":")
    return bool(since) and where == machine() and started(int(pid)) != since


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="utf-8")[:8]
    except OSError:
        return ""


def _namespace() -> int:
    """Containers count their processes each from 1."""
    try:
        return Path("/proc/self/ns/pid").stat().st_ino
    except OSError:
        return 0


def _taken(app: App, wanted: Sequence[Lease], *, wait: bool) -> list[Lease]:
    life = timedelta(seconds=app.settings.bot.lease_seconds)
    told = ""
    while True:
        found = app.store.leases.take(wanted, app.clock(), life, is_gone)
        if not isinstance(found, Lease):
            return found
        if not wait or app.halts():
            raise ShareTaken(found.holder, _in_words(found), found.taken_at)
        if told != found.process:
            app.log.info("waiting", name=found.name, holder=found.holder)
            told = found.process
        app.stopping.wait(_LOOK_S)


def _in_words(lease: Lease) -> str:
    about = "Notion" if lease.work == NOTION else "the companies"
    return about if lease.count == 1 else f"{about}, {lease.number}/{lease.count}"


@dataclass(slots=True)
class Heartbeat:
    """Renews leases beside the work, and stops the work where one is lost."""

    app: App
    leases: Sequence[Lease]
    lost: LeaseLost | None = None
    over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Renew while something else goes on."""
        thread = threading.Thread(target=self._beat, name="leases", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.over.set()
            thread.join()

    def say(self) -> None:
        """Raise LeaseLost where one was lost: the work ended before its end."""
        if self.lost is not None:
            raise self.lost

    def _beat(self) -> None:
        life = self.app.settings.bot.lease_seconds
        try:
            while not self.over.wait(life / _BEATS) and self.lost is None:
                self._renew(timedelta(seconds=life))
        finally:
            self.app.store.close()  # this thread's connection

    def _renew(self, life: timedelta) -> None:
        try:
            self.app.store.leases.renew(self.leases, self.app.clock(), life)
        except LeaseLost as error:
            self.lost = error
            self.app.log.error("stops", why=str(error))
            self.app.stopping.set()
        except StoreError as error:  # it may be there again at the next beat
            self.app.log.warning("lease not renewed", why=str(error))
