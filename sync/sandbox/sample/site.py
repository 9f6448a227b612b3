"""Serve the sample's press and company sites on loopback.

Touches: the network (a listening socket).
"""

import itertools
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sync.sandbox.sample import search, syndication
from sync.sandbox.sample.articles import Article, Outlet, read_articles, read_outlets
from sync.sandbox.sample.caching import Document, answer
from sync.sandbox.sample.helpdesk import Helpdesk
from sync.sandbox.sample.pages import Pages

ROBOTS = "User-agent: *\nDisallow: /venture-telegraph/members/\n"
_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class RunningSite:
    """A sample site that answers at `url`, which has no slash at its end."""

    url: str


class _Counting:
    """Count answers by status, except those about the counts themselves."""

    def __init__(self, app: ASGIApp, counts: Counter[str]) -> None:
        self._app = app
        self._counts = counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._counts.update((str(message["status"]), "requests"))
            await send(message)

        counted = scope["type"] == "http" and scope["path"] != "/stats"
        await self._app(scope, receive, note if counted else send)


class _Site:
    """The endpoints of the sample site."""

    def __init__(self, now: datetime, base_url: str | None) -> None:
        self.counts: Counter[str] = Counter()
        self._base = base_url
        self._opened = now
        self._outlets = {outlet.key: outlet for outlet in read_outlets()}
        self._articles = read_articles(now)
        self._by_key = {article.key: article for article in self._articles}
        self._pages = Pages(tuple(self._outlets.values()), self._articles, now)
        self._desk = Helpdesk(now, self._pages)
        self._turn = itertools.count(1)

    def routes(self) -> list[Route]:
        """List every route; the widest come last."""
        outlets = self._outlets.values()
        feeds = [
            Route(outlet.feed_path, self._feed)
            for outlet in outlets
            if outlet.feed_path
        ]
        return [
            Route("/", self._home),
            Route("/stats", self._stats),
            Route("/robots.txt", self._robots),
            Route("/search", self._search),
            Route("/r/{token}", self._redirect),
            Route("/moved/feed.xml", self._moved),
            Route("/old-planet/feed.xml", self._not_a_feed),
            *feeds,
            *self._desk.routes(),
            Route("/{key:path}/press/", self._outlet),
            Route("/{key:path}/blog/", self._outlet),
            Route("/{key:path}/", self._outlet),
            Route("/{key:path}", self._article),
        ]

    def _base_of(self, request: Request) -> str:
        return (self._base or str(request.base_url)).rstrip("/")

    async def _home(self, request: Request) -> Response:
        return HTMLResponse(self._pages.home(self._base_of(request)))

    async def _stats(self, request: Request) -> Response:  # noqa: ARG002 - starlette's
        return JSONResponse(dict(self.counts))

    async def _robots(self, request: Request) -> Response:  # noqa: ARG002 - starlette's
        return PlainTextResponse(ROBOTS)

    async def _search(self, request: Request) -> Response:
        base = self._base_of(request)
        query = request.query_params.get("q", "")
        found = search.find(query, self._articles)
        entries = search.entries_for(found, base, next(self._turn))
        feed = syndication.rss(f'"{query}" - Sample News Search', f"{base}/", entries)
        return Response(feed, media_type="application/rss+xml; charset=utf-8")

    async def _redirect(self, request: Request) -> Response:
        key = search.article_of(request.path_params["token"])
        article = self._by_key.get(key or "")
        if article is None:
            return PlainTextResponse("No such article.", 404)
        target = f"{self._base_of(request)}{article.path}?utm_source=news-search"
        return RedirectResponse(target, 302)

    async def _moved(self, request: Request) -> Response:
        target = f"{self._base_of(request)}/harbour-ledger/feed.xml"
        return RedirectResponse(target, 301)

    async def _not_a_feed(self, request: Request) -> Response:  # noqa: ARG002
        return HTMLResponse(self._pages.abandoned())

    async def _feed(self, request: Request) -> Response:
        key = request.url.path.strip("/").rpartition("/")[0]
        outlet = self._outlets[key]
        return answer(self._feed_of(outlet, self._base_of(request)), request.headers)

    def _feed_of(self, outlet: Outlet, base: str) -> Document:
        entries = syndication.entries_of(outlet, self._articles, base)
        newest = entries[0].article.published if entries else self._opened
        home = f"{base}/{outlet.key}/"
        if outlet.kind == "atom":
            body = syndication.atom(outlet.name, home, newest, entries)
        else:
            body = syndication.rss(outlet.name, home, entries)
        kind = f"application/{outlet.kind}+xml; charset=utf-8"
        return Document(body, kind, newest, outlet.max_age)

    async def _outlet(self, request: Request) -> Response:
        outlet = self._outlets.get(request.path_params["key"])
        if outlet is None:
            return self._missing()
        return HTMLResponse(self._pages.outlet(outlet, self._base_of(request)))

    async def _article(self, request: Request) -> Response:
        article = self._by_key.get(request.path_params["key"])
        if article is None:
            return self._missing()
        return answer(self._page_of(article, self._base_of(request)), request.headers)

    def _page_of(self, article: Article, base: str) -> Document:
        page = self._pages.article(article, base)
        return Document(page.encode(), _HTML, article.published)

    def _missing(self) -> Response:
        return HTMLResponse(self._pages.missing(), 404)


def create_site(now: datetime, base_url: str | None = None) -> Starlette:
    """Make the sample web, its dates counted from `now`.

    Links start with `base_url`, or with the address a request came to.
    `GET /stats` answers JSON: requests so far and answers by status.
    """
    site = _Site(now, base_url)
    app = Starlette(routes=site.routes())
    app.add_middleware(_Counting, counts=site.counts)
    return app


@contextmanager
def running_site(now: datetime, port: int = 0) -> Iterator[RunningSite]:
    """Serve the sample web on loopback in a thread; port 0 picks a free one."""
    with socket.create_server(("127.0.0.1", port)) as listener:
        server = uvicorn.Server(_settings(create_site(now)))
        thread = threading.Thread(
            target=server.run, args=([listener],), name="sample-site", daemon=True
        )
        thread.start()
        try:
            yield RunningSite(f"http://127.0.0.1:{listener.getsockname()[1]}")
        finally:
            server.should_exit = True
            thread.join()


def serve_site(now: datetime, port: int = 8788) -> None:
    """Serve the sample web on loopback until a signal ends it."""
    with socket.create_server(("127.0.0.1", port)) as listener:
        uvicorn.Server(_settings(create_site(now))).run([listener])


def _settings(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=2,
    )
