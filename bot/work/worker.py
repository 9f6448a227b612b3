"""A worker: takes tasks from the queue until told to stop.

Touches: signals, Postgres, and everything through the jobs.
"""

import asyncio
import logging
import os
import signal
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from types import FrameType

import psycopg
from procrastinate import exceptions

from bot.app import App, Lazy
from bot.jobs import indexing
from bot.telemetry import Logger
from bot.work import queue
from bot.work.queue import Queue
from bot.work.tasks import Hands
from bot.work.todo import PLAN, Todo
from store.errors import StoreError
from sync.notion.client import Notion
from sync.notion.errors import WriteRefused

_POLL_S = 2.0  # between two looks at the queue where nobody rang
_AGAIN_S = 3.0  # before a worker that lost the database looks for it again


@dataclass(frozen=True, slots=True)
class Worker:
    """Who works: under which name, on how many tasks at once."""

    name: str
    concurrency: int = 1


def named(name: str) -> str:
    """A worker's name: the one given, or the machine's with the process."""
    return name or f"{socket.gethostname()}:{os.getpid()}"


def serve(app: App, who: Worker) -> None:
    """Work until SIGTERM or SIGINT; a task at hand is finished, or handed back.

    Where the database is lost, the worker waits for it to come back.
    """
    url = app.settings.store.url
    queue.prepare(url)
    indexing.forget_strangers(app)
    own = replace(app, notion=Lazy(nobody))
    with _listening(own), Queue(url) as waiting, _reviving(own):
        hands = Hands(own, waiting)
        waiting.add([Todo(PLAN, PLAN)])
        app.log.info("worker started", worker=who.name, tasks=who.concurrency)
        while not app.stopping.is_set():
            try:
                asyncio.run(_work(hands, who))
                hands.close()
            except (exceptions.ConnectorException, psycopg.Error, OSError) as error:
                app.log.error(
                    "worker lost the database", why=str(error.__cause__ or error)
                )
            app.stopping.wait(_AGAIN_S)
    app.log.info("worker stopped", worker=who.name)


async def _work(hands: Hands, who: Worker) -> None:
    own = hands.app.settings.bot.workers
    asyncio.get_running_loop().set_default_executor(
        ThreadPoolExecutor(who.concurrency, thread_name_prefix="task")
    )
    library = queue.library(hands.app.settings.store.url, who.concurrency, hands.do)
    async with library.open_async():
        running = asyncio.create_task(
            library.run_worker_async(
                queues=[queue.QUEUE],
                name=who.name,
                concurrency=who.concurrency,
                fetch_job_polling_interval=_POLL_S,
                delete_jobs="successful",
                install_signal_handlers=False,
                update_heartbeat_interval=own.heartbeat_s,
                stalled_worker_timeout=own.lost_after_s,
            )
        )
        watching = asyncio.create_task(_told_to_stop(hands.app))
        await asyncio.wait({running, watching}, return_when=asyncio.FIRST_COMPLETED)
        watching.cancel()
        running.cancel()  # it ends once its tasks have
        await asyncio.wait({running})
        if not running.cancelled() and (error := running.exception()):
            raise error


async def _told_to_stop(app: App) -> None:
    while not app.stopping.is_set():
        await asyncio.sleep(0.1)


def nobody() -> Notion:
    """Refuse: a worker has no door to Notion."""
    raise WriteRefused("speak with Notion", "only the publisher does")


@contextmanager
def _listening(app: App) -> Iterator[None]:
    """Take signals, and the library's warnings into our log."""

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        app.stopping.set()

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
    theirs, handler = logging.getLogger("procrastinate"), _Told(app.log)
    theirs.addHandler(handler)
    theirs.propagate = False
    try:
        yield
    finally:
        theirs.removeHandler(handler)
        theirs.propagate = True


class _Told(logging.Handler):
    """Hands on what the library warns of, in one line each."""

    def __init__(self, log: Logger) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Hand on one."""
        error = record.exc_info[1] if record.exc_info else None
        why = f"{type(error).__name__}: {error}" if error else ""
        self._log.warning("queue", why=why, said=record.getMessage()[:300])


@contextmanager
def _reviving(app: App) -> Iterator[None]:
    """Beside the work, put back what lost workers had in hand."""
    own, over = app.settings.bot.workers, threading.Event()
    lost_after = timedelta(seconds=own.lost_after_s)

    def watch() -> None:
        while not over.wait(own.heartbeat_s):
            try:
                back = app.store.work.revive(lost_after)
            except StoreError as error:
                app.log.warning("queue not looked after", why=str(error))
                continue
            if back:
                app.log.warning("work of a lost worker put back", tasks=back)
        app.store.close()

    thread = threading.Thread(target=watch, name="reviving", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
