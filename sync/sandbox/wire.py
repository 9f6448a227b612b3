"""Requests and answers as values, and how a request is read. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from urllib.parse import parse_qsl

from sync.sandbox import limits
from sync.sandbox.api.call import Sent
from sync.sandbox.check.rules import Rule, uuid
from sync.sandbox.errors import BadRequest, Refused
from sync.sandbox.model.records import Json
from sync.sandbox.routes import Endpoint

VERSION: Final = "2026-03-11"


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request; header names are in lower case."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    form: Mapping[str, Sent] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send back: after `delay` seconds, or nothing at all when cut."""

    status: int
    body: Json | str
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    line: Literal["kept", "cut"] = "kept"


def check_version(headers: Mapping[str, str]) -> None:
    """Refuse a request without a version, or with one this sandbox does not speak."""
    given = headers.get("notion-version")
    if given is None:
        raise BadRequest(
            "missing_version",
            "Notion-Version header failed validation: Notion-Version header should be "
            "defined, instead was undefined.",
        )
    if given != VERSION:
        raise BadRequest(
            "validation_error",
            "Notion-Version header failed validation: Notion-Version header should be "
            f'`"{VERSION}"`, instead was `"{given}"`.',
        )


def check_path(args: Mapping[str, str]) -> None:
    """Refuse ids in the path that are no UUIDs."""
    for name, value in args.items():
        if name != "property_id":
            uuid(value, f"path.{name}")


def read_query(endpoint: Endpoint, raw: str) -> Json:
    """Read and check the query string; unknown keys should be not present."""
    read: Json = {}
    for key, value in parse_qsl(raw, keep_blank_values=True):
        name = key.removesuffix("[]")
        rule = endpoint.query.get(name)
        if rule is None:
            raise Refused(f"query.{name}", "not present", value)
        if name == "filter_properties":
            read.setdefault(name, []).append(value)
        else:
            read[name] = _parsed(name, value)
    for name, value in read.items():
        endpoint.query[name](value, f"query.{name}")
    if "block_id" in endpoint.query and "block_id" not in read:
        raise Refused("query.block_id", "defined")
    return read


def _parsed(name: str, value: str) -> Any:
    if name == "page_size":
        return int(value) if value.lstrip("-").isdigit() else value
    if name == "include_transcript":
        return {"true": True, "false": False}.get(value, value)
    return value


def read_body(endpoint: Endpoint, raw: bytes) -> Json:
    """Read and check the JSON body of an endpoint that takes one."""
    rule: Rule | None = endpoint.body
    if rule is None:
        return {}
    if len(raw) > limits.BODY_BYTES.size:
        raise Refused("body.length", f"≤ `{limits.BODY_BYTES.size}`", len(raw))
    try:
        body = json.loads(raw) if raw.strip() else {}
    except ValueError as exc:
        raise BadRequest("invalid_json", "Error parsing JSON body.") from exc
    rule(body, "body")
    checked: Json = body
    return checked
