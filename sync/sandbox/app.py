"""The sandbox as a web application.

Touches: HTTP. Everything it answers comes from `core`.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from sync.sandbox import control, ui
from sync.sandbox.api.call import Sent
from sync.sandbox.api.filetypes import guess
from sync.sandbox.core import Site
from sync.sandbox.model.records import Upload
from sync.sandbox.options import Options
from sync.sandbox.wire import Answer, Request

_METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"]
_ALMOST_JSON = "application/json; charset=utf-8"


class Cut(Response):
    """No answer at all: the connection is closed under the client."""

    async def __call__(self, scope: Scope, receive: Receive, _send: Send) -> None:
        """Close the transport that the server's protocol put into the scope."""
        transport = scope.get("state", {}).get("transport")
        if transport is None:
            raise ConnectionAbortedError("cut on request, outside a real server")
        transport.abort()
        while (await receive())["type"] != "http.disconnect":
            await asyncio.sleep(0)


def create_app(options: Options) -> Starlette:
    """Make the application for a new site; `app.state.site` is the site."""
    return application(Site(options))


def application(site: Site) -> Starlette:
    """Make the application for a site: API, operations, files, web page."""
    app = Starlette(
        routes=[
            Route("/v1/{rest:path}", _api(site), methods=_METHODS),
            Route("/_sandbox/files/{upload}/{name}", _file(site), methods=["GET"]),
            Route("/_sandbox/{name:path}", _operation(site), methods=_METHODS),
            *ui.routes(site.call),
        ],
        middleware=[Middleware(GZipMiddleware, minimum_size=200)],
    )
    app.state.site = site
    return app


def _api(site: Site) -> Callable[[HttpRequest], Awaitable[Response]]:
    async def answer(http: HttpRequest) -> Response:
        answered = site.handle(await _read(http))
        await _hang(http, answered.delay)
        return _response(answered, site.now())

    return answer


async def _hang(http: HttpRequest, seconds: float) -> None:
    """Let a client wait, for as long as it does."""
    ends = time.monotonic() + seconds
    while (left := ends - time.monotonic()) > 0 and not await http.is_disconnected():
        await asyncio.sleep(min(left, 0.1))


async def _read(http: HttpRequest) -> Request:
    raw_path = http.scope.get("raw_path") or http.url.path.encode()
    headers = {name.lower(): value for name, value in http.headers.items()}
    form: dict[str, Sent] = {}
    body = b""
    if headers.get("content-type", "").startswith("multipart/form-data"):
        form = await _form(http)
    else:
        body = await http.body()
    path = raw_path.decode("latin-1").split("?")[0]
    return Request(http.method, path, http.url.query, headers, body, form)


async def _form(http: HttpRequest) -> dict[str, Sent]:
    read: dict[str, Sent] = {}
    async with http.form() as form:
        for name, value in form.items():
            if isinstance(value, UploadFile):
                content = await value.read()
                read[name] = Sent(value.filename, value.content_type, content)
            else:
                read[name] = Sent(None, None, value.encode())
    return read


def _response(answer: Answer, now: datetime) -> Response:
    if answer.line == "cut":
        return Cut()
    date = format_datetime(now.astimezone(UTC), usegmt=True)
    headers = {"server": "cloudflare", "date": date, **answer.headers}
    if isinstance(answer.body, str):
        return Response(
            answer.body, answer.status, headers, media_type="text/html; charset=utf-8"
        )
    text = json.dumps(answer.body, ensure_ascii=True, separators=(",", ":"))
    return Response(text, answer.status, headers, media_type=_ALMOST_JSON)


def _operation(site: Site) -> Callable[[HttpRequest], Awaitable[Response]]:
    async def answer(http: HttpRequest) -> Response:
        raw = await http.body()
        try:
            body: Any = json.loads(raw) if raw.strip() else {}
        except ValueError:
            return JSONResponse({"error": "the body is no JSON"}, 400)
        name = str(http.path_params["name"]).strip("/")
        status, result = control.perform(site, http.method, name, body)
        return JSONResponse(result, status)

    return answer


def _file(site: Site) -> Callable[[HttpRequest], Awaitable[Response]]:
    async def answer(http: HttpRequest) -> Response:
        upload = str(http.path_params["upload"])
        query = dict(http.query_params)
        with site.lock:
            if not site.desk.links.allows(upload, query, site.now()):
                return Response("This link has expired.", 403)
            found = site.space.find(Upload, upload)
            content = site.space.disk.bytes_of(upload)
        kind = (found and found.content_type) or guess(str(http.path_params["name"]))
        return Response(content, media_type=kind or "application/octet-stream")

    return answer
