"""Webhooks: subscriptions, and a courier that delivers what they should hear.

Touches: the network (the addresses that were subscribed), a thread of its own.
"""

import hashlib
import hmac
import json
import random
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from threading import Condition, Thread
from typing import Any, Final
from uuid import uuid4

import httpx

from sync.sandbox.model import clock
from sync.sandbox.model.records import Json
from sync.sandbox.trouble.events import Event

SUBSCRIPTIONS: Final = "webhooks"
API_VERSION: Final = "2026-03-11"


@dataclass(frozen=True, slots=True)
class Subscription:
    """An address, and how well the post works on the way there.

    `events` limits the kinds; empty means all. `aggregate_seconds` is the window in
    which events about one object become one; `duplicates` and `losses` are
    probabilities; `retry_seconds` is the first gap, doubled up to `attempts` tries.
    """

    id: str
    url: str
    token: str
    active: bool = False
    events: list[str] = field(default_factory=list)
    aggregate_seconds: float = 0.0
    retry_seconds: float = 1.0
    attempts: int = 8
    duplicates: float = 0.0
    losses: float = 0.0
    reorder: bool = False
    sign_handshake: bool = False


def read(wire: Any, token: str) -> Subscription:
    """Read a subscription from JSON.

    Raises ValueError, naming the field.
    """
    settable = {each.name for each in fields(Subscription)} - {"id", "token", "active"}
    unknown = set(wire) - settable
    if unknown:
        raise ValueError(f"unknown: {sorted(unknown)}; there are {sorted(settable)}")
    if not str(wire.get("url", "")).startswith(("http://", "https://")):
        raise ValueError("url must be an http address")
    return Subscription(id=str(uuid4()), token=token, **wire)


def sign(token: str, body: bytes) -> str:
    """Sign a raw body as `X-Notion-Signature` does."""
    digest = hmac.new(token.encode(), body, hashlib.sha256).hexdigest()
    return f"sha256={digest}"


@dataclass(slots=True)
class Parcel:
    """One delivery that waits for its time."""

    subscription: Subscription
    body: Json
    due: float
    attempt: int = 1
    signed: bool = True


class Courier:
    """Gathers events and delivers them in the background."""

    def __init__(self, header: Json, seed: int = 0) -> None:
        self._header = header
        self._chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
        self._waiting: list[Parcel] = []
        self._wake = Condition()
        self._thread: Thread | None = None
        self._stopped = False
        self._busy = 0
        self.delivered: list[Json] = []

    def greet(self, subscription: Subscription) -> None:
        """Send the verification token, as Notion does before anything else."""
        body = {"verification_token": subscription.token}
        signed = subscription.sign_handshake
        self._post([Parcel(subscription, body, time.monotonic(), signed=signed)])

    def tell(
        self, subscriptions: Iterable[Subscription], events: list[Event], now: datetime
    ) -> None:
        """Take events on for every active subscription that wants them."""
        parcels = []
        for each in subscriptions:
            if each.active:
                wanted = [
                    event
                    for event in events
                    if not each.events or event.type in each.events
                ]
                parcels.extend(self._pack(each, wanted, now))
        if parcels:
            self._post(parcels)

    def _pack(
        self, to: Subscription, events: list[Event], now: datetime
    ) -> list[Parcel]:
        packed: list[Parcel] = []
        due = time.monotonic() + to.aggregate_seconds
        with self._wake:
            for event in events:
                known = self._same([*self._waiting, *packed], to, event)
                if known is not None:
                    known.body = _merged(known.body, event)
                else:
                    packed.append(Parcel(to, self._written(to, event, now), due))
        kept = [each for each in packed if self._chance.random() >= to.losses]
        twins = [
            replace(each, attempt=2, due=each.due + to.retry_seconds)
            for each in kept
            if self._chance.random() < to.duplicates
        ]
        if to.reorder:
            kept.reverse()
        return kept + twins

    def _same(
        self, parcels: list[Parcel], to: Subscription, event: Event
    ) -> Parcel | None:
        for each in parcels:
            mine = each.subscription.id == to.id and each.attempt == 1
            same = (each.body.get("type"), each.body.get("entity")) == (
                event.type,
                event.entity,
            )
            if mine and same and event.aggregated:
                return each
        return None

    def _written(self, to: Subscription, event: Event, now: datetime) -> Json:
        return {
            "id": str(uuid4()),
            "timestamp": clock.stamp(now),
            **self._header,
            "subscription_id": to.id,
            "type": event.type,
            "authors": [event.author],
            "attempt_number": 1,
            "api_version": API_VERSION,
            "entity": event.entity,
            "data": event.data,
        }

    def pending(self) -> int:
        """Count the deliveries that wait or are on their way."""
        with self._wake:
            return len(self._waiting) + self._busy

    def stop(self) -> None:
        """End the thread; what waits is lost."""
        with self._wake:
            self._stopped = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def _post(self, parcels: list[Parcel]) -> None:
        with self._wake:
            self._waiting.extend(parcels)
            if self._thread is None:
                self._thread = Thread(target=self._run, daemon=True)
                self._thread.start()
            self._wake.notify()

    def _run(self) -> None:
        with httpx.Client(timeout=10) as http:
            while (parcel := self._next()) is not None:
                self._deliver(http, parcel)
                with self._wake:
                    self._busy = 0

    def _next(self) -> Parcel | None:
        with self._wake:
            while not self._stopped:
                now = time.monotonic()
                ready = [each for each in self._waiting if each.due <= now]
                if ready:
                    self._waiting.remove(ready[0])
                    self._busy = 1
                    return ready[0]
                soonest = min((each.due for each in self._waiting), default=None)
                self._wake.wait(None if soonest is None else soonest - now)
            return None

    def _deliver(self, http: httpx.Client, parcel: Parcel) -> None:
        body = parcel.body
        if "attempt_number" in body:
            body = {**body, "attempt_number": parcel.attempt}
        raw = json.dumps(body, separators=(",", ":")).encode()
        headers = {"content-type": "application/json"}
        if parcel.signed:
            headers["x-notion-signature"] = sign(parcel.subscription.token, raw)
        status = 0
        try:
            answer = http.post(parcel.subscription.url, content=raw, headers=headers)
            status = answer.status_code
        except httpx.HTTPError:
            status = 0
        self._record(parcel, body, status)

    def _record(self, parcel: Parcel, body: Json, status: int) -> None:
        to = parcel.subscription
        self.delivered.append(
            {
                "subscription_id": to.id,
                "id": body.get("id"),
                "type": body.get("type", "verification"),
                "attempt_number": parcel.attempt,
                "status": status,
            }
        )
        if 200 <= status < 300 or parcel.attempt >= to.attempts:
            return
        gap = to.retry_seconds * 2 ** (parcel.attempt - 1)
        again = replace(parcel, attempt=parcel.attempt + 1, due=time.monotonic() + gap)
        with self._wake:
            self._waiting.append(again)


def _merged(body: Json, event: Event) -> Json:
    """Add an event to one about the same object that was not sent yet."""
    authors = body["authors"]
    if event.author not in authors:
        authors = [*authors, event.author]
    data = dict(body["data"])
    for name in ("updated_properties", "updated_blocks"):
        extra = event.data.get(name, [])
        known = data.get(name, [])
        if extra or known:
            data[name] = [*known, *(each for each in extra if each not in known)]
    return {**body, "authors": authors, "data": data}
