"""`cip worker` and `cip publisher`: the jobs, shared between processes.

Touches: everything, through the jobs.
"""

from collections.abc import Mapping

from bot import telemetry
from bot.config import load
from bot.errors import WrongUsage
from bot.opening import opened_app
from bot.redaction import secrets_of
from bot.work import ground


def work(environ: Mapping[str, str], name: str, concurrency: int) -> None:
    """Take tasks until stopped; raises NeedsPostgres, NeedsExtra and WrongUsage."""
    if concurrency < 1:
        raise WrongUsage(f"--concurrency is 1 or more, not {concurrency}.")
    ground.on_postgres(load(environ).store.url, "worker")
    from bot.work import worker  # noqa: PLC0415 - of an extra

    with opened_app(environ) as app:
        worker.serve(app, worker.Worker(worker.named(name), concurrency))


def publish(environ: Mapping[str, str]) -> None:
    """Publish, or stand by to, until stopped; raises NeedsPostgres and NeedsExtra."""
    settings = load(environ)
    url = ground.on_postgres(settings.store.url, "publisher")
    from bot.work import publisher, queue  # noqa: PLC0415 - of an extra

    queue.prepare(url)
    log = telemetry.configure(settings.bot.log, secrets_of(settings))
    publisher.Publisher(settings, log).serve()
