"""The sandbox itself: takes a request value, returns an answer value.

Touches: the workspace and its file. HTTP, the web page and seeds all come through here.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from threading import RLock
from typing import Any
from uuid import uuid4

from sync.sandbox import routes, wire
from sync.sandbox.api.call import Call, Desk
from sync.sandbox.api.links import Links
from sync.sandbox.api.sessions import Sessions
from sync.sandbox.errors import ApiError, BadRequest, Unauthorized
from sync.sandbox.limiter import Window
from sync.sandbox.model import clock, founding
from sync.sandbox.model.disk import Disk
from sync.sandbox.model.records import Json, User
from sync.sandbox.model.workspace import ROOT, SPACE, Workspace
from sync.sandbox.options import Options
from sync.sandbox.sample.seed import seed
from sync.sandbox.trouble import events, faults
from sync.sandbox.trouble.befall import befall
from sync.sandbox.trouble.capabilities import need
from sync.sandbox.trouble.faults import AFTER, SILENT, Fault, Faults
from sync.sandbox.trouble.lag import Index
from sync.sandbox.trouble.outages import BAD_GATEWAY_PAGE, outage, saved
from sync.sandbox.trouble.webhooks import SUBSCRIPTIONS, Courier, Subscription
from sync.sandbox.wire import Answer, Request


class Site:
    """One running sandbox: a workspace and everything around it."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.space = Workspace(Disk(options.db))
        self.shift = timedelta(0)
        self.frozen: datetime | None = None
        new = founding.is_new(self.space)
        with self.space.holding():
            founding.found(self.space, options, self.now())
            self._furnish()
            if new and options.seed == "demo":
                self._seed()

    def _furnish(self) -> None:
        options = self.options
        links = Links(self.space.fact(founding.SECRET), options.link_seconds)
        sessions = Sessions(options.cursor_seconds)
        index = Index(options.index_lag, options.index_lag_requests)
        self.desk = Desk(options, sessions, links, index)
        self.window = Window(options.window_requests, options.window_seconds)
        self.limited = options.rate_limit
        self.log: list[Json] = []
        self.courier = Courier(self._about())
        self.faults = Faults()
        if options.faults is not None:
            self.faults.add(faults.read(json.loads(options.faults.read_text("utf-8"))))
        self.lock = RLock()

    def _about(self) -> Json:
        """Say what every webhook says about the workspace and the bot."""
        return {
            "workspace_id": self.space.fact(SPACE),
            "workspace_name": self.space.fact("name"),
            "integration_id": self.space.bot.id,
        }

    def _seed(self) -> None:
        root = self.space.fact(ROOT)
        seed(self.call_quietly, root, self.now(), self.options.site_url)

    def now(self) -> datetime:
        """Read the sandbox's clock, which tests may stop and move."""
        return (self.frozen or self.options.clock()) + self.shift

    def close(self) -> None:
        """Close the workspace file."""
        self.courier.stop()
        with self.lock:
            self.space.disk.close()

    def handle(self, request: Request) -> Answer:
        """Answer one HTTP request to the API."""
        with self.lock:
            answer = self._answer(request, limited=True)
            self._note(request, answer)
            return answer

    def call(
        self, method: str, path: str, body: dict[str, Any] | None, as_: str
    ) -> tuple[int, dict[str, Any]]:
        """Perform a request in process, as the web page does; it is logged."""
        with self.lock:
            request = self._as(method, path, body, as_)
            answer = self._answer(request, limited=False)
            self._note(request, answer)
            return answer.status, _json(answer)

    def call_quietly(
        self, method: str, path: str, body: dict[str, Any] | None, as_: str
    ) -> tuple[int, dict[str, Any]]:
        """Perform a request in process, as a seed does; it is not logged."""
        with self.lock:
            request = self._as(method, path, body, as_)
            answer = self._answer(request, limited=False)
            return answer.status, _json(answer)

    def _as(
        self, method: str, path: str, body: dict[str, Any] | None, as_: str
    ) -> Request:
        user = self.space.bot if as_ == "bot" else self.space.person
        headers = {
            "authorization": f"Bearer {user.token}",
            "notion-version": wire.VERSION,
        }
        bare, _, query = path.partition("?")
        raw = b"" if body is None else json.dumps(body).encode()
        return Request(method, bare, query, headers, raw)

    def _answer(self, request: Request, *, limited: bool) -> Answer:
        fault = self._strike(request) if limited else None
        if fault is not None and fault.kind not in AFTER:
            return _failed(fault)
        return self._served(request, fault, limited=limited)

    def _served(
        self, request: Request, fault: Fault | None, *, limited: bool
    ) -> Answer:
        now = self.now()
        try:
            found, body = self._perform(request, now, limited=limited)
        except ApiError as refusal:
            self.space.undo()
            return _refusal(refusal)
        except BaseException:
            self.space.undo()
            raise
        self.settle(now, self.principal(request.headers))
        answer = _finished(200, body, {})
        return answer if fault is None else _spoiled(fault, found, answer, body)

    def settle(self, now: datetime, who: User) -> None:
        """Keep the changes made so far and tell those who watch them."""
        changes = self.space.commit()
        self.desk.index.note(changes, now)
        listening = self.subscriptions()
        if listening and changes:
            self.courier.tell(listening, events.of(self.space, changes, who), now)

    def subscriptions(self) -> list[Subscription]:
        """List who wants to hear of changes."""
        kept: list[Json] = self.space.fact(SUBSCRIPTIONS, [])
        return [Subscription(**each) for each in kept]

    def _strike(self, request: Request) -> Fault | None:
        """Find the fault for a request; those that change the site do so at once."""
        token = self.token_kind(request.headers)
        fault = self.faults.strike(request.method, request.path, token)
        if fault is None or fault.kind not in SILENT:
            return fault
        befall(self.space, fault)
        self.settle(self.now(), self.space.person)
        return None

    def _perform(
        self, request: Request, now: datetime, *, limited: bool
    ) -> tuple[routes.Match, Json]:
        who = self.principal(request.headers)
        wire.check_version(request.headers)
        if limited and self.limited and who.type == "bot":
            self.window.take(now)
        found = routes.match(request.method, request.path)
        if found is None:
            raise BadRequest("invalid_request_url", "Invalid request URL.")
        wire.check_path(found.args)
        endpoint = found.endpoint
        need(self.space, who, endpoint.needs)
        call = Call(
            space=self.space,
            desk=self.desk,
            who=who,
            now=now,
            args=found.args,
            query=wire.read_query(endpoint, request.query),
            body=wire.read_body(endpoint, request.body),
            form=request.form,
        )
        return found, endpoint.handler(call)

    def token_kind(self, headers: Mapping[str, str]) -> str:
        """Say whose token a request carries: bot, person or none."""
        try:
            return self.principal(headers).type
        except Unauthorized:
            return "none"

    def principal(self, headers: Mapping[str, str]) -> User:
        """Find who a token belongs to, or refuse."""
        kind, _, token = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and token:
            for user in self.space.every(User):
                if user.token == token.strip():
                    return user
        raise Unauthorized

    def _note(self, request: Request, answer: Answer) -> None:
        self.log.append(
            {
                "method": request.method,
                "path": request.path,
                "query": request.query,
                "status": 0 if answer.line == "cut" else answer.status,
                "token": self.token_kind(request.headers),
                "time": clock.stamp(self.now()),
                "request_id": answer.headers.get("x-notion-request-id"),
            }
        )


def _json(answer: Answer) -> dict[str, Any]:
    return answer.body if isinstance(answer.body, dict) else {"body": answer.body}


def _refusal(refusal: ApiError) -> Answer:
    headers = {} if refusal.wait is None else {"retry-after": str(refusal.wait)}
    return _finished(refusal.status, refusal.body(), headers)


def _failed(fault: Fault) -> Answer:
    """Fail a request before it reaches the workspace."""
    if fault.kind == "cut_before":
        return Answer(0, {}, line="cut")
    if fault.kind == "502_html":
        return Answer(502, BAD_GATEWAY_PAGE)
    answer = _refusal(outage(fault.kind, fault.seconds))
    return replace(answer, delay=_patience(fault) if fault.kind == "hang" else 0.0)


def _spoiled(fault: Fault, found: routes.Match, answer: Answer, body: Json) -> Answer:
    """Spoil the answer to a request that was carried out."""
    if fault.kind == "cut_after":
        return replace(answer, line="cut")
    if fault.kind == "hang_after":
        return replace(answer, delay=_patience(fault))
    return _refusal(saved(found.endpoint, found.args, body))


def _patience(fault: Fault) -> float:
    return 65.0 if fault.seconds is None else fault.seconds


def _finished(status: int, body: Json, headers: Mapping[str, str]) -> Answer:
    """Give a body its request id, in the body and in the header."""
    request_id = str(uuid4())
    whole = body if "templates" in body else {**body, "request_id": request_id}
    return Answer(status, whole, {**headers, "x-notion-request-id": request_id})
