"""The routes of the web page, and what each form does.

Touches: the workspace, through the callable it is given.
"""

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from sync.sandbox.ui.errors import Errors, Refused, UiError, Wrong
from sync.sandbox.ui.links import bare, safe_back
from sync.sandbox.ui.reader import Call, Reader
from sync.sandbox.ui.views import View
from sync.sandbox.ui.writer import Writer

_HERE = Path(__file__).parent
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; script-src 'nonce-{nonce}'"
)

Write = Callable[[Writer, str, FormData], str | None]


def routes(call: Call) -> list[BaseRoute]:
    """List the routes that show the workspace and let a person edit it.

    `call` executes a Notion request in process: method, path with query, body, and
    in whose name ("person" or "bot"); it answers status and body.
    """
    web = _Web(call)
    return [
        Route("/", web.home),
        Route("/ui/style.css", web.style),
        Route("/p/{id}", web.page),
        Route("/d/{id}", web.database),
        Route("/p/{id}/property", web.form(Writer.set_property), methods=["POST"]),
        Route("/p/{id}/comments", web.form(Writer.comment), methods=["POST"]),
        Route("/p/{id}/blocks", web.form(Writer.add_paragraph), methods=["POST"]),
        Route("/p/{id}/trash", web.form(Writer.trash_page), methods=["POST"]),
        Route("/p/{id}/restore", web.form(Writer.restore_page), methods=["POST"]),
        Route("/b/{id}/text", web.form(Writer.set_text), methods=["POST"]),
        Route("/b/{id}/tick", web.form(Writer.tick), methods=["POST"]),
        Route("/b/{id}/trash", web.form(Writer.trash_block), methods=["POST"]),
        Route("/d/{id}/rows", web.form(Writer.add_row), methods=["POST"]),
    ]


class _Web:
    """The endpoints, around one reader of the workspace."""

    def __init__(self, call: Call) -> None:
        self._reader = Reader(call)
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals["bare"] = bare

    def style(self, request: Request) -> Response:  # noqa: ARG002 - starlette's
        """Send the style sheet."""
        return FileResponse(_HERE / "style.css", media_type="text/css")

    def home(self, request: Request) -> Response:
        """Show the page at the root of the workspace."""
        root = View(self._reader).home_id()
        if root is None:
            return self._failure(Refused(404, "This workspace is empty."))
        return self._shown(request, "page", root, {})

    def page(self, request: Request) -> Response:
        """Show a page with its properties, comments and blocks."""
        return self._shown(request, "page", request.path_params["id"], {})

    def database(self, request: Request) -> Response:
        """Show a database as a table."""
        return self._shown(request, "database", request.path_params["id"], {})

    def form(self, write: Write) -> Callable[[Request], Any]:
        """Make the endpoint of one form: write, then return to where it was."""

        async def endpoint(request: Request) -> Response:
            if not _is_own(request):
                refusal = Refused(403, "This form was sent from another site.")
                return self._failure(refusal)
            form = await request.form()
            return await run_in_threadpool(self._write, request, write, form)

        return endpoint

    def _write(self, request: Request, write: Write, form: FormData) -> Response:
        target = request.path_params["id"]
        try:
            elsewhere = write(Writer(self._reader), target, form)
        except UiError as error:
            return self._again(request, form, error)
        back = safe_back(elsewhere or str(form.get("back", "")), "/")
        return RedirectResponse(back, 303)

    def _again(self, request: Request, form: FormData, error: UiError) -> Response:
        """Show the page once more, the error in words at the field."""
        folder, target = request.url.path.split("/")[1:3]
        field = str(form.get("property") or form.get("field") or "page")
        shown = str(form.get("page") or target)
        kind = "database" if folder == "d" else "page"
        typed = str(form.get("value") or form.get("words") or "")
        errors = {field: Wrong(str(error), typed)}
        return self._shown(request, kind, shown, errors, error.status)

    def _shown(
        self,
        request: Request,
        kind: str,
        target: str,
        errors: Errors,
        status: int = 200,
    ) -> Response:
        try:
            found = self._look(kind, target, request.query_params.get("sort"), errors)
        except Refused as error:
            return self._failure(error)
        back = _address(kind, target) if status >= 400 else _self(request)
        return self._render(f"{kind}.html", status, back=back, **found)

    def _look(
        self, kind: str, target: str, sort: str | None, errors: Errors
    ) -> dict[str, Any]:
        view = View(self._reader)
        if kind == "database":
            return view.database(target, sort, errors)
        return view.page(target, errors)

    def _failure(self, error: UiError) -> Response:
        return self._render("failure.html", error.status, words=str(error))

    def _render(self, template: str, status: int, **values: Any) -> Response:
        nonce = secrets.token_urlsafe(12)
        page = self._templates.get_template(template).render(nonce=nonce, **values)
        headers = {
            "Content-Security-Policy": _POLICY.format(nonce=nonce),
            # With "no-referrer" browsers send our own forms with "Origin: null".
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return HTMLResponse(page, status, headers)


def _self(request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{request.url.path}{query}"


def _address(kind: str, target: str) -> str:
    return f"/{'d' if kind == 'database' else 'p'}/{bare(target)}"


def _is_own(request: Request) -> bool:
    """Say whether a form came from our own pages; a stranger's page may not write."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
