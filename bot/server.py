"""A small server beside the scheduler: Notion's webhooks, and whether we are alive.

Touches: a port; the store, for the webhook's token and what was seen.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.app import App
from bot.meters import CONTENT_TYPE_LATEST, rendered
from bot.settings import ServerSettings
from sync.notion.webhooks import BadWebhook, Event, Handshake, fresh, receive

Current = Callable[[], App]
Stuck = Callable[[], list[str]]
TOKEN = "webhook.token"  # noqa: S105  (the name of a note, not a secret)
SEEN = "webhook.seen"
_REMEMBERED = 1000  # event ids; Notion repeats one for a day at most
_LARGEST = 1_000_000  # bytes of one post


def well() -> list[str]:
    """Nothing stands still, where there is no scheduler to ask."""
    return []


def routes(app: App, stuck: Stuck, current: Current) -> Starlette:
    """Make the endpoints over the running bot; `stuck` says what stands still."""

    async def webhook(request: Request) -> Response:
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > _LARGEST:
                return JSONResponse({"error": "too large"}, 413)
        headers = dict(request.headers)
        return await run_in_threadpool(_posted, app, bytes(body), headers)

    async def healthz(request: Request) -> Response:  # noqa: ARG001
        why = stuck()
        return JSONResponse({"alive": not why, "why": why}, 503 if why else 200)

    async def readyz(request: Request) -> Response:  # noqa: ARG001
        ready, why = await run_in_threadpool(readiness, current())
        return JSONResponse({"ready": ready, "why": why}, 200 if ready else 503)

    async def metrics(request: Request) -> Response:  # noqa: ARG001
        told = await run_in_threadpool(rendered, current())
        return Response(told, media_type=CONTENT_TYPE_LATEST)

    async def broken(request: Request, error: Exception) -> Response:
        app.log.error("bug", path=request.url.path, exc_info=error)
        return JSONResponse({"error": "a bug; the log says which"}, 500)

    return Starlette(
        routes=[
            Route("/notion/webhook", webhook, methods=["POST"]),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/metrics", metrics),
        ],
        exception_handlers={Exception: broken},
    )


def readiness(app: App) -> tuple[bool, str]:
    """Say whether the store answers and the last poll succeeded lately."""
    trouble = app.store.notes.trouble()
    if trouble:
        return False, f"the store does not answer: {trouble}"
    last = app.store.runs.last("ok").get("poll")
    late = timedelta(seconds=10 * app.settings.bot.schedule.poll_seconds)
    if last is None:
        return False, "no poll of Notion has succeeded yet"
    if app.clock() - last.started_at > max(late, timedelta(minutes=2)):
        return False, f"the last good poll was at {last.started_at:%Y-%m-%d %H:%M} UTC"
    runs = sorted(app.store.runs.last().items())
    failing = ", ".join(name for name, run in runs if run.status == "failed")
    told = f"; failing: {failing}" if failing else ""
    return True, f"the last poll succeeded{told}"


@contextmanager
def serving(
    app: App,
    settings: ServerSettings,
    stuck: Stuck = well,
    current: Current | None = None,
) -> Iterator[int]:
    """Run the server in a thread; gives the port it listens on.

    `current` gives the app as it is after a reload.
    """
    config = uvicorn.Config(
        routes(app, stuck, current or (lambda: app)),
        host=settings.host,
        port=settings.port,
        log_config=None,
        lifespan="off",
        ws="none",
        server_header=False,
    )
    server = _Quiet(config)
    thread = threading.Thread(target=server.run, name="server", daemon=True)
    thread.start()
    server.ready.wait(timeout=10)
    try:
        yield server.port
    finally:
        server.should_exit = True
        thread.join(timeout=10)


class _Quiet(uvicorn.Server):
    """Leaves signals to the scheduler, and says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self.port = config.port

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.servers:
            self.port = self.servers[0].sockets[0].getsockname()[1]
        self.ready.set()


def _posted(app: App, body: bytes, headers: dict[str, str]) -> Response:
    now = app.clock()
    try:
        posted = receive(body, headers, app.store.notes.get(TOKEN, ""))
    except BadWebhook as error:
        app.log.warning("webhook refused", why=str(error))
        return JSONResponse({"error": "refused"}, 401)
    if isinstance(posted, Handshake):
        app.store.notes.put(TOKEN, posted.token, now)
        app.log.warning(
            "webhook handshake",
            remedy="run `cip webhook-token` and paste it into Notion to verify",
        )
        return JSONResponse({"ok": True})
    _take(app, posted, now)
    return JSONResponse({"ok": True})


def _take(app: App, event: Event, now: datetime) -> None:
    """Look at the row an event is about, once; the bot's own writes are no news."""
    seen = app.store.notes.get(SEEN, [])
    if not fresh([event], seen):
        return
    app.store.notes.put(SEEN, [*seen, event.event_id][-_REMEMBERED:], now)
    if event.entity_kind == "page" and not event.only_by(app.notion().bot_id):
        app.pokes.put([event.entity])
