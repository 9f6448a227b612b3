"""Put what support tickets come to into evidence: how many, how they stand, what of.

The ticket's state stands with the event of its first comment. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from intel import evidence
from intel.embedder import Vectors
from intel.themes import Remark, Theme, themes
from store import ids
from store.records import Event, Evidence, Kind, Org, Snippet

KIND = "tickets"
_SOLVED = frozenset({"solved", "closed"})
_LEAST = 2  # tickets, of which a count says anything


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as far as its kept comments tell. `url` is that of the newest."""

    ticket_id: str
    opened: datetime
    newest: datetime
    url: str
    reopens: int
    open: bool


@dataclass(frozen=True, slots=True)
class Look:
    """When it is looked, how far back, and from which cosine on remarks are alike."""

    now: datetime
    days: int
    alike: float

    @property
    def since(self) -> datetime:
        """The beginning of the window."""
        return self.now - timedelta(days=self.days)


def tickets(events: Iterable[Event]) -> tuple[Ticket, ...]:
    """Gather comments into their tickets, the newest first."""
    by_ticket: dict[str, list[Event]] = {}
    for event in events:
        number = str(event.extracted.get("ticket_id") or "")
        if event.kind is Kind.SUPPORT and number and event.published_at:
            by_ticket.setdefault(number, []).append(event)
    found = [_ticket(number, told) for number, told in by_ticket.items()]
    return tuple(sorted(found, key=lambda t: (-t.newest.timestamp(), t.ticket_id)))


def remarks(
    events: Sequence[Event], snippets: Iterable[Snippet], since: datetime
) -> tuple[Remark, ...]:
    """What customers wrote since a moment, quote by quote."""
    theirs = {
        event.event_id: event
        for event in events
        if event.kind is Kind.SUPPORT
        and event.extracted.get("by") == "customer"
        and event.published_at
        and event.published_at >= since
    }
    return tuple(
        Remark(
            snippet.snippet_id,
            str(theirs[snippet.event_id].extracted.get("ticket_id")),
            snippet.text,
            _at(theirs[snippet.event_id]),
        )
        for snippet in snippets
        if snippet.event_id in theirs
    )


def support_signals(
    org: Org,
    every: Sequence[Ticket],
    said: Sequence[Remark],
    vectors: Vectors,
    look: Look,
) -> tuple[Evidence, ...]:
    """Say how many tickets there were, how they stand, and what they are about.

    Each is a sentence that may be told as it is; `facts` name the tickets, and for a
    theme the evidence it was found in.
    """
    recent = [ticket for ticket in every if ticket.newest >= look.since]
    if len(recent) < _LEAST:
        return ()
    known = {ticket.ticket_id: ticket for ticket in recent}
    found = themes(said, vectors, look.alike, org.names)
    told = [t for t in found if set(t.tickets) <= known.keys()]
    return (
        _volume(org, every, recent, look),
        *(_theme(org, theme, known, look) for theme in told),
    )


def _volume(
    org: Org, every: Sequence[Ticket], recent: Sequence[Ticket], look: Look
) -> Evidence:
    opened = [t for t in every if t.opened >= look.since]
    earlier = look.since - timedelta(days=look.days)
    before = [t for t in every if earlier <= t.opened < look.since]
    reopened = sum(ticket.reopens > 0 for ticket in recent)
    unsolved = sum(ticket.open for ticket in recent)
    parts = [f"{_tickets(len(opened))} opened in the last {look.days} days"]
    parts += [f"{len(before)} in the {look.days} days before"] if before else []
    parts += [f"{reopened} reopened"] if reopened else []
    parts += [f"{unsolved} unsolved"] if unsolved else ["none unsolved"]
    words = f"{', '.join(parts)}."
    facts = {"opened": len(opened), "before": len(before), "reopened": reopened,
             "unsolved": unsolved}  # fmt: skip
    return _piece(org, words, recent[0], ("volume", facts))


def _theme(org: Org, theme: Theme, known: dict[str, Ticket], look: Look) -> Evidence:
    newest = max((known[one] for one in theme.tickets), key=lambda t: t.newest)
    about = ", ".join(theme.words)
    words = f"{_tickets(len(theme.tickets))} in the last {look.days} days: {about}."
    facts = {
        "tickets": list(theme.tickets),
        "words": list(theme.words),
        "evidence": [remark.evidence_id for remark in theme.remarks],
    }
    return _piece(org, words, newest, ("theme", facts))


def _piece(
    org: Org, words: str, newest: Ticket, told: tuple[str, Mapping[str, Any]]
) -> Evidence:
    sort, facts = told
    return Evidence(
        evidence_id=ids.digest(KIND, org.org_id, words, newest.url),
        org_id=org.org_id,
        kind=KIND,
        source="Zendesk",
        title=f"Support {sort}",
        quote=words,
        dated=newest.newest,
        url=evidence.web_address(newest.url),
        internal=True,
        story_id=f"{KIND}:{sort}:{ids.digest(words, size=8)}",
        facts={"sort": sort, **facts},
    )


def _ticket(number: str, told: Sequence[Event]) -> Ticket:
    ordered = sorted(told, key=lambda event: (_at(event), event.event_id))
    state = next((e.extracted for e in ordered if "status" in e.extracted), {})
    created = str(state.get("created_at") or "")
    opened = datetime.fromisoformat(created) if created else _at(ordered[0])
    return Ticket(
        number,
        opened.astimezone(UTC),
        _at(ordered[-1]),
        ordered[-1].url,
        int(state.get("reopens") or 0),
        str(state.get("status") or "") not in _SOLVED,
    )


def _at(event: Event) -> datetime:
    assert event.published_at is not None, "only dated comments are looked at"
    return event.published_at


def _tickets(count: int) -> str:
    return "1 ticket" if count == 1 else f"{count} tickets"
