"""Brings support tickets and their comments from Zendesk, redacted, as they change.

The incremental export by cursor, with deletions: developer.zendesk.com/api-reference/
ticketing/ticket-management/incremental_exports. It allows ten requests a minute.
Touches: the web (through the API's client), events, interactions, notes.
"""

import base64
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from store.records import Kind
from store.store import Store
from sync.connectors import tickets as reading
from sync.connectors.api import Api, Json, Line, Provider
from sync.connectors.errors import (
    ApiDown,
    ApiError,
    ApiRefused,
    ApiSilent,
    Malformed,
    NotThere,
)
from sync.connectors.quota import Quota
from sync.connectors.tickets import NAME, Comment, Ticket
from sync.connectors.usage import FindOrg
from sync.connectors.withdrawing import keep_linked, withdraw
from sync.connectors.words import Words
from sync.source import Counts, Progress, Stopping, never, silent

_NOTE = "zendesk"
_AGAIN = "zendesk:again"
_BESIDE = "users,organizations,metric_sets"
_PAGE = 100  # the most comments, and the most tickets by id, at a time
_MOST_PAGES = 50  # a ticket holds 5,000 comments at the most
_TRIES = 5
_OVERLAP = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ZendeskSettings:
    """The settings of `[sync.connectors.zendesk]`; the key is ZENDESK_TOKEN."""

    # Your Zendesk ("https://yours.zendesk.com"); "" leaves the connector out.
    base_url: str = ""
    # Whose API token the key is; "" where the key is an OAuth access token.
    email: str = ""
    # How far back the first export goes.
    lookback_days: int = 90
    # How many tickets are taken at a time; 1000 is the most.
    per_page: int = 200
    # Whether agents' notes to each other are kept too.
    private_comments: bool = False
    # So many tickets of companies that nobody knows are remembered, for the day they
    # are known.
    remembered_tickets: int = 5_000
    # The most requests in a day; 0 for no limit of ours.
    daily_quota: int = 0


class ZendeskSource:
    """Zendesk's tickets, each comment an event and each ticket an interaction.

    The note `zendesk` holds the cursor and what of its page is done; `zendesk:again`
    the tickets whose company is unknown, or that failed.
    """

    name = "zendesk"

    def __init__(
        self,
        settings: ZendeskSettings,
        api: Api,
        store: Store,
        find_org: FindOrg,
        words: Words,
        progress: Progress = silent,
    ) -> None:
        self._settings, self._api, self._store = settings, api, store
        self._find_org, self._words, self._progress = find_org, words, progress
        self.problems: tuple[str, ...] = ()
        self.stopping: Stopping = never

    def check(self, now: datetime) -> None:
        """Ask for one ticket of the export, storing nothing; raises ApiError."""
        start = str(int((now - _OVERLAP).timestamp()))
        self._export({"start_time": start}, now, per_page=1)

    def pull(self, now: datetime) -> Counts:
        """Store what changed since the last export; `problems` says what went wrong.

        Counts `tickets` taken in, `new` comments, tickets `deleted`, those of
        companies `unmatched`, those that `failed`, and 1 for an export `waiting`.
        """
        self.problems = ()
        counts: Counter[str] = Counter()
        try:
            self._take_again(now, counts)
            for page in self._pages(now):
                self._take_page(page, now, counts)
                if self.stopping():
                    break  # its page counts as not done, and its tickets as done
        except ApiError as error:
            self._problem(str(error))
            counts["waiting"] = 1
        return {"tickets": 0, "new": 0, **+counts}

    def _pages(self, now: datetime) -> Iterator[Json]:
        """Ask for one page after the other; each is done once the next is asked for."""
        last = False
        while not last:
            page = self._page(now)
            after = page.get("after_cursor")
            last = page.get("end_of_stream") is True
            if not last and (not after or after == self._place().get("cursor")):
                raise Malformed(NAME, "the export does not say where it goes on")
            yield page
            done = {"cursor": after} if after else {}
            self._note(now, done=[], **done)

    def _page(self, now: datetime) -> Json:
        place = self._place()
        if not place.get("cursor"):
            return self._export({"start_time": self._start(place, now)}, now)
        try:
            return self._export({"cursor": str(place["cursor"])}, now)
        except (ApiRefused, NotThere) as error:
            self._problem(f"{error}. The export begins anew from its last ticket")
            self._note(now, cursor="", done=[])
            return self._export({"start_time": self._start(place, now)}, now)

    def _start(self, place: Mapping[str, Any], now: datetime) -> str:
        oldest = now - timedelta(days=self._settings.lookback_days)
        newest = place.get("newest")
        since = datetime.fromisoformat(newest) - _OVERLAP if newest else oldest
        return str(int(since.timestamp()))

    def _export(
        self, where: Mapping[str, str], now: datetime, per_page: int = 0
    ) -> Json:
        most = per_page or self._settings.per_page
        size = {"per_page": str(most), "include": _BESIDE}
        path = "/api/v2/incremental/tickets/cursor.json"
        found = self._api.get(path, {**where, **size}, now)
        reading.listed(found, "tickets")
        return found

    def _take_page(self, page: Json, now: datetime, counts: Counter[str]) -> None:
        good, wrong = reading.tickets(page, self._settings.base_url)
        self._problem(*wrong)
        counts["failed"] += len(wrong)
        finished = {tuple(one) for one in self._place().get("done", [])}
        for at, ticket in enumerate(good, start=1):
            if self.stopping():
                return
            mark = (ticket.ticket_id, ticket.updated_at.isoformat())
            if mark not in finished:
                counts.update(self._take(ticket, now))
                finished.add(mark)
                self._note(
                    now, done=sorted(finished), newest=self._newest(ticket.updated_at)
                )
            self._progress(at, len(good), f"ticket {ticket.ticket_id}")

    def _newest(self, at: datetime) -> str:
        return max(at.isoformat(), str(self._place().get("newest") or ""))

    def _take(self, ticket: Ticket, now: datetime) -> Mapping[str, int]:
        """Take one ticket in; raises ApiError only where no other would fare better."""
        if ticket.deleted:
            deleted = self._delete(ticket, now)
            self._remember(ticket, None, now)
            return {"deleted": deleted}
        org_id = next((o for name in ticket.names if (o := self._find_org(name))), None)
        if org_id is None:
            self._remember(ticket, list(ticket.names), now)
            return {"unmatched": 1}
        try:
            ticket, said = self._comments(ticket, now)
        except ApiError as error:
            if error.stops or isinstance(error, ApiDown | ApiSilent):
                raise
            self._problem(f"ticket {ticket.ticket_id}: {error}")
            self._remember(ticket, [], now)
            return {"failed": 1}
        new = self._keep(ticket, said, org_id, now)
        self._remember(ticket, None, now)  # only now: a cut before loses nothing
        return {"tickets": 1, "new": new}

    def _comments(
        self, ticket: Ticket, now: datetime
    ) -> tuple[Ticket, Sequence[Comment]]:
        """Ask for a ticket's comments and redact them, knowing all who took part."""
        said: list[Comment] = []
        known = dict.fromkeys(ticket.people)
        params = {"page[size]": str(_PAGE), "include": "users"}
        path = f"/api/v2/tickets/{ticket.ticket_id}/comments.json"
        for _ in range(_MOST_PAGES):
            found = self._api.get(path, params, now)
            said += reading.comments(found, ticket)
            known |= dict.fromkeys(reading.people(reading.aside(found).users.values()))
            after = _next(found)
            if not after:
                break
            params["page[after]"] = after
        kept = [one for one in said if one.public or self._settings.private_comments]
        return reading.clean(replace(ticket, people=tuple(known)), kept, self._words)

    def _keep(
        self, ticket: Ticket, said: Sequence[Comment], org_id: str, now: datetime
    ) -> int:
        events = [reading.event_of(ticket, one, self._words, now) for one in said]
        why = f"Zendesk ticket {ticket.ticket_id} of the company"
        with self._store.atomic():
            new = sum(keep_linked(self._store, event, org_id, why) for event in events)
            for first in events[:1]:
                told = {**first.extracted, **reading.standing(ticket)}
                self._store.events.set_kind(first.event_id, Kind.SUPPORT, told)
            contact = reading.interaction_of(ticket, said, org_id, self._words)
            self._store.interactions.put([contact])
        return new

    def _delete(self, ticket: Ticket, now: datetime) -> int:
        """Withdraw what is kept of a deleted ticket; returns 1 where there was any."""
        store = self._store
        named = store.events.many(store.events.naming([f"{ticket.url}?comment=%"]))
        mine = [e for e in named.values() if e.url.startswith(f"{ticket.url}?")]
        orgs = sorted({event.org_id for event in mine if event.org_id})
        contact = reading.interaction_id(ticket)
        said = [
            one
            for org_id in orgs
            for one in store.interactions.of(org_id)
            if one.interaction_id == contact
        ]
        with store.atomic():
            withdraw(store, [event.event_id for event in mine], now, said)
            store.interactions.put(
                replace(one, summary="[deleted]", sentiment=None) for one in said
            )
        return int(bool(mine))

    def _take_again(self, now: datetime, counts: Counter[str]) -> None:
        """Ask anew for tickets that failed, and those whose company is known now."""
        waiting = self._waiting()
        due = [
            key
            for key, one in waiting.items()
            if not one["names"] or any(self._find_org(name) for name in one["names"])
        ]
        for start in range(0, len(due), _PAGE):
            chunk = due[start : start + _PAGE]
            params = {"ids": ",".join(chunk), "include": _BESIDE}
            found = self._api.get("/api/v2/tickets/show_many.json", params, now)
            good, wrong = reading.tickets(found, self._settings.base_url)
            self._problem(*wrong)
            for ticket in good:
                counts.update(self._take(ticket, now))
            self._give_up(set(chunk) - {str(one.ticket_id) for one in good}, now)

    def _give_up(self, missing: set[str], now: datetime) -> None:
        """Forget tickets that Zendesk no longer has."""
        waiting = {k: one for k, one in self._waiting().items() if k not in missing}
        if missing:
            self._store.notes.put(_AGAIN, waiting, now)

    def _remember(self, ticket: Ticket, names: list[str] | None, now: datetime) -> None:
        """Note that a ticket is to be asked for again; None where it need not be."""
        before = self._waiting()
        waiting = dict(before)
        key = str(ticket.ticket_id)
        old = waiting.pop(key, {"tries": 0})
        tries = old["tries"] + 1 if names == [] else 0
        if names is not None and tries < _TRIES:
            waiting[key] = {"names": names, "tries": tries}
        most = self._settings.remembered_tickets
        if len(waiting) > most:
            self._problem(
                f"more than {most} tickets are of unknown companies; the oldest is not "
                "remembered (sync.connectors.zendesk.remembered_tickets)"
            )
            del waiting[min(waiting, key=int)]
        if waiting != before:
            self._store.notes.put(_AGAIN, waiting, now)

    def _waiting(self) -> dict[str, Any]:
        return dict(self._store.notes.get(_AGAIN) or {})

    def _place(self) -> dict[str, Any]:
        return dict(self._store.notes.get(_NOTE) or {})

    def _note(self, now: datetime, **said: Any) -> None:
        place = {**self._place(), **said}
        if place != self._place():
            self._store.notes.put(_NOTE, place, now)

    def _problem(self, *said: str) -> None:
        self.problems = tuple(dict.fromkeys((*self.problems, *said)))


def zendesk_api(settings: ZendeskSettings, token: str, line: Line, store: Store) -> Api:
    """Make the client: an API token goes with its person's address, OAuth without."""
    if settings.email:
        pair = f"{settings.email}/token:{token}".encode()
        key = f"Basic {base64.b64encode(pair).decode('ascii')}"
    else:
        key = f"Bearer {token}"
    url = settings.base_url
    provider = Provider(NAME, url, "Authorization", "ZENDESK_TOKEN", key)
    return Api(provider, line, Quota(store.notes, "zendesk", settings.daily_quota))


def _next(found: Json) -> str:
    """Where a list goes on; "" at its end."""
    meta = found.get("meta")
    if not isinstance(meta, dict) or not meta.get("has_more"):
        return ""
    return str(meta.get("after_cursor") or "")
