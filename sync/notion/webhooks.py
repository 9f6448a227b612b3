"""Reads what Notion's webhooks post: handshakes, and events that are really Notion's.

Pure; the server that receives them is in `bot/`.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from sync.errors import SyncError

SIGNATURE = "x-notion-signature"
_PREFIX = "sha256="


class BadWebhook(SyncError):
    """What was posted is not a webhook of Notion's, or not for us."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"A webhook was refused: {why}. If Notion sent it, verify the "
            "subscription again, so that its token is the one we keep."
        )


@dataclass(frozen=True, slots=True)
class Handshake:
    """The token that Notion posts once; it signs every later event, so keep it."""

    token: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something changed in Notion; what it looks like now has to be fetched.

    `properties` are decoded ids; `source_id` names the row's data source, if any.
    """

    event_id: str
    kind: str
    at: datetime
    entity: str
    entity_kind: str
    attempt: int
    authors: tuple[tuple[str, str], ...]
    source_id: str = ""
    page_id: str = ""
    properties: tuple[str, ...] = ()

    def only_by(self, bot_id: str) -> bool:
        """Whether nobody but the bot itself did it."""
        return bool(self.authors) and all(who == bot_id for who, _ in self.authors)


def receive(body: bytes, headers: Mapping[str, str], token: str) -> Handshake | Event:
    """Read a post; raises BadWebhook unless it is a handshake or rightly signed.

    `token` is "" until the handshake came. Once there is one, a further handshake
    must be signed with it: anyone could post a token of their own.
    """
    posted = _json(body)
    offered = posted.get("verification_token")
    if isinstance(offered, str) and not token:
        return Handshake(offered)
    if not token:
        raise BadWebhook("the subscription is not verified yet")
    if not signed(body, headers, token):
        raise BadWebhook("its signature does not fit the body")
    return Handshake(offered) if isinstance(offered, str) else _event(posted)


def signed(body: bytes, headers: Mapping[str, str], token: str) -> bool:
    """Check the signature over the raw bytes, in constant time."""
    given = {name.lower(): value for name, value in headers.items()}.get(SIGNATURE, "")
    return hmac.compare_digest(given.encode(), signature(body, token).encode())


def signature(body: bytes, token: str) -> str:
    """Sign a body as Notion does (fact sheet, section 12.2)."""
    return _PREFIX + hmac.new(token.encode(), body, hashlib.sha256).hexdigest()


def fresh(events: Iterable[Event], seen: Iterable[str]) -> list[Event]:
    """Drop events that came before: Notion sends one again until it is answered."""
    known = set(seen)
    kept: list[Event] = []
    for event in events:
        if event.event_id not in known:
            known.add(event.event_id)
            kept.append(event)
    return kept


def _json(body: bytes) -> dict[str, Any]:
    try:
        posted = json.loads(body)
    except ValueError as exc:
        raise BadWebhook("its body is not JSON") from exc
    if not isinstance(posted, dict):
        raise BadWebhook("its body is not an object")
    return posted


def _event(posted: Mapping[str, Any]) -> Event:
    try:
        entity = posted["entity"]
        data = posted.get("data") or {}
        return Event(
            event_id=str(posted["id"]),
            kind=str(posted["type"]),
            at=datetime.fromisoformat(str(posted["timestamp"])),
            entity=str(entity["id"]),
            entity_kind=str(entity["type"]),
            attempt=int(posted.get("attempt_number") or 1),
            authors=tuple((a["id"], a["type"]) for a in posted.get("authors") or ()),
            source_id=str((data.get("parent") or {}).get("data_source_id") or ""),
            page_id=str(data.get("page_id") or ""),
            properties=_properties(data.get("updated_properties") or ()),
        )
    except (KeyError, TypeError, ValueError) as exc:
        raise BadWebhook(f"it lacks what an event must say ({exc})") from exc


def _properties(updated: Iterable[Any]) -> tuple[str, ...]:
    ids = (p["id"] if isinstance(p, Mapping) else p for p in updated)
    return tuple(unquote(str(one)) for one in ids)
