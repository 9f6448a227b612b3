"""Requests and answers held against the types of Notion's own client.

Touches: the generated schema file, which it reads once.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from tests.support import node
from tests.support.schema import Schemas

Json = dict[str, Any]

# What the client offers and neither the bot nor the sandbox speaks.
EXCLUDED: Final[Mapping[str, str]] = {
    "agents": "custom agents and their sessions are no part of a workspace's content",
    "async-tasks": "the bot never sends allow_async, so no task is ever made",
    "meeting-notes": "made from recorded audio, which a bot for accounts does not have",
    "oauth": "the bot is an internal connection with a fixed token",
}

_UUID: Final = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_WITHOUT_REQUEST_ID: Final = "ListDataSourceTemplatesResponse"
_MAY_BE_REDUCED: Final = (
    "Page", "Database", "DataSource", "Block", "Comment", "DataSourceView",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation of the client: its address and the names of its types."""

    name: str
    module: str
    method: str
    path: str
    query: tuple[str, ...]
    response: str
    body: str | None

    @property
    def label(self) -> str:
        """How tables call it: method and path pattern."""
        return f"{self.method} {self.path}"

    def owns(self, path: str) -> bool:
        """Say whether a path is one of this endpoint's."""
        return _pattern(self.path).fullmatch(path) is not None


@cache
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{\w+\}", "[^/]+", path))


class Validator:
    """Says what is wrong with a request or an answer; an empty list is praise."""

    def __init__(self, document: Json) -> None:
        self.versions: Mapping[str, str] = document["versions"]
        every = [
            Endpoint(**{**each, "query": tuple(each["query"])})
            for each in document["endpoints"]
        ]
        kept = [each for each in every if each.module not in EXCLUDED]
        # Literal paths first: `users/me` is not the user called me.
        self.endpoints = sorted(kept, key=lambda each: each.path.count("{"))
        self.definitions = _with_ids(document["definitions"])
        self._whole = Schemas(self.definitions)
        self._reduced = Schemas(_with_reduced(self.definitions))

    @staticmethod
    @cache
    def load() -> "Validator":
        """Make the validator from the installed client. Raises NoNode."""
        return Validator(json.loads(node.schemas().read_text(encoding="utf-8")))

    def endpoint(self, method: str, path: str) -> Endpoint | None:
        """Find the endpoint of a request by method and path without query."""
        for each in self.endpoints:
            if each.method == method and each.owns(path):
                return each
        return None

    def fits(self, name: str, value: Any) -> bool:
        """Say whether a value has the type of that name."""
        return self._whole.fits(name, value)

    def response(
        self, method: str, path: str, status: int, body: Any, *, reduced: bool = False
    ) -> list[str]:
        """Say what is wrong with an answer; `body` is a str where it was no JSON.

        `reduced` allows the short objects that a bot without the right to read gets.
        """
        if not isinstance(body, dict):
            # An outage may hand out a page of HTML, nothing else may.
            fine = status >= 500 and isinstance(body, str)
            return [] if fine else [f"{status} with a body that is no JSON object"]
        if status >= 400:
            return [*self._error(status, body)]
        endpoint = self.endpoint(method, path)
        if endpoint is None:
            return [f"{method} {path} gave {status}, but the client has no such call"]
        return [*self._success(endpoint, body, reduced=reduced)]

    def request(
        self, method: str, path: str, body: Any, query: Iterable[str] = ()
    ) -> list[str]:
        """Say what is wrong with a request: its JSON body and the keys of its query."""
        endpoint = self.endpoint(method, path)
        if endpoint is None:
            return [f"{method} {path} is no call of the client's"]
        strange = {key.removesuffix("[]") for key in query} - set(endpoint.query)
        wrong = [f"{endpoint.name} has no parameter {key}" for key in sorted(strange)]
        if endpoint.body is None:
            return wrong if not body else [*wrong, f"{endpoint.name} takes no body"]
        return [*wrong, *self._against(self._whole, endpoint.body, body)]

    def _success(
        self, endpoint: Endpoint, body: Json, *, reduced: bool
    ) -> Iterable[str]:
        rest = body
        if endpoint.response != _WITHOUT_REQUEST_ID:
            rest = yield from _without_request_id(body)
        schemas = self._reduced if reduced else self._whole
        yield from self._against(schemas, endpoint.response, rest)

    def _error(self, status: int, body: Json) -> Iterable[str]:
        rest = yield from _without_request_id(body)
        if body.get("status") != status:
            yield f"the body says status {body.get('status')}, the answer has {status}"
        yield from self._against(self._whole, "ErrorResponse", rest)

    @staticmethod
    def _against(schemas: Schemas, name: str, value: Any) -> Iterable[str]:
        if not schemas.fits(name, value):
            yield schemas.problem(name, value)


def tolerated(body: Any) -> Any:
    """Leave out what the real server accepts although the types do not have it.

    Seen in recordings: `plain_text` and `href` in rich text, `has_more` in a relation
    value, a bare array as value of the title.
    """
    if isinstance(body, list):
        return [tolerated(each) for each in body]
    if not isinstance(body, dict):
        return body
    gone: set[str] = set()
    if body.keys() & {"text", "mention", "equation"}:
        gone = {"plain_text", "href"}
    if isinstance(body.get("relation"), list):
        gone = {"has_more"}
    kept = {key: tolerated(each) for key, each in body.items() if key not in gone}
    properties = kept.get("properties")
    if isinstance(properties, dict):
        kept["properties"] = {
            key: {"title": each} if isinstance(each, list) else each
            for key, each in properties.items()
        }
    return kept


def _without_request_id(body: Json) -> Any:
    """Check the id that every JSON body carries, and give back the rest."""
    request_id = body.get("request_id")
    if not isinstance(request_id, str) or not re.fullmatch(_UUID, request_id):
        yield f"request_id should be a UUID, is {request_id!r}"
    return {key: value for key, value in body.items() if key != "request_id"}


def _with_ids(definitions: Mapping[str, Json]) -> dict[str, Json]:
    """Hold ids in answers to their one written form: dashed."""
    dashed = {"type": "string", "pattern": f"^{_UUID}$"}
    return {**definitions, "IdResponse": dashed}


def _with_reduced(definitions: Mapping[str, Json]) -> dict[str, Json]:
    """Let each object also be its reduced form, which has no more than its keys."""
    both = dict(definitions)
    for kind in _MAY_BE_REDUCED:
        name, short = f"{kind}ObjectResponse", f"Partial{kind}ObjectResponse"
        both[f"Whole{name}"] = definitions[name]
        forms = [{"$ref": f"#/definitions/{each}"} for each in (short, f"Whole{name}")]
        both[name] = {"anyOf": forms}
    return both
