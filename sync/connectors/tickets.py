"""Reads tickets and comments out of Zendesk's answers, and makes evidence of them.

The fields: developer.zendesk.com/api-reference/ticketing/tickets/tickets and
ticket_comments. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from store import ids
from store.records import Event, Interaction, Kind
from sync.connectors.errors import Malformed
from sync.connectors.words import Words, shortened

NAME = "Zendesk"
CHANNEL = "zendesk"
_SUMMARY = 280  # characters


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket. `names` are those of organisation and requester to find a company
    by, best first; `people` the names that its texts may hold."""

    ticket_id: int
    url: str
    subject: str
    status: str
    priority: str
    created_at: datetime
    updated_at: datetime
    requester_id: int
    names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    reopens: int = 0
    satisfaction: str = ""

    @property
    def deleted(self) -> bool:
        """Whether it is gone at Zendesk, but for its number."""
        return self.status == "deleted"


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment. `by_customer` is False for what agents and machines wrote."""

    comment_id: int
    text: str
    created_at: datetime
    public: bool
    by_customer: bool


@dataclass(frozen=True, slots=True)
class Aside:
    """What an answer tells beside its tickets: users, organisations, metrics by id."""

    users: Mapping[int, Mapping[str, Any]]
    organizations: Mapping[int, Mapping[str, Any]]
    reopens: Mapping[int, int]


def aside(answer: Mapping[str, Any]) -> Aside:
    """Read what stands beside the tickets or comments of an answer."""
    metrics = _records(answer, "metric_sets")
    return Aside(
        {_number(one, "id"): one for one in _records(answer, "users")},
        {_number(one, "id"): one for one in _records(answer, "organizations")},
        {_number(one, "ticket_id"): _number(one, "reopens") for one in metrics},
    )


def tickets(answer: Mapping[str, Any], base_url: str) -> tuple[list[Ticket], list[str]]:
    """Read an answer's tickets, and say which cannot be read; raises Malformed."""
    beside = aside(answer)
    good: list[Ticket] = []
    wrong: list[str] = []
    for one in listed(answer, "tickets"):
        try:
            good.append(_ticket(one, beside, base_url))
        except Malformed as error:
            wrong.append(f"ticket {one.get('id')}: {error}")
    return good, wrong


def listed(answer: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The records that an answer must have under a name; raises Malformed."""
    if not isinstance(answer.get(name), list):
        raise Malformed(NAME, f"it lists no {name}")
    return _records(answer, name)


def _ticket(found: Mapping[str, Any], beside: Aside, base_url: str) -> Ticket:
    ticket_id = _number(found, "id")
    if not ticket_id:
        raise Malformed(NAME, "a ticket has no id")
    requester = beside.users.get(_number(found, "requester_id"), {})
    organization = beside.organizations.get(_number(found, "organization_id"), {})
    rating = found.get("satisfaction_rating")
    tags = found.get("tags")
    return Ticket(
        ticket_id=ticket_id,
        url=f"{base_url.rstrip('/')}/agent/tickets/{ticket_id}",
        subject=_text(found, "subject"),
        status=_text(found, "status"),
        priority=_text(found, "priority"),
        created_at=moment(found, "created_at"),
        updated_at=moment(found, "updated_at"),
        requester_id=_number(found, "requester_id"),
        names=tuple(_names(found, organization, requester)),
        people=people([requester]),
        tags=tuple(t for t in tags if isinstance(t, str)) if tags else (),
        reopens=beside.reopens.get(ticket_id, 0),
        satisfaction=_text(rating, "score") if isinstance(rating, dict) else "",
    )


def _names(
    ticket: Mapping[str, Any],
    organization: Mapping[str, Any],
    requester: Mapping[str, Any],
) -> Iterable[str]:
    """What may tell the company: ids, then domains, then its name, then the address
    of who asked, unless the organisation says which domains are its own."""
    domains = organization.get("domain_names")
    address = "" if domains else _text(requester, "email")
    every = [
        _text(organization, "external_id"),
        str(ticket.get("organization_id") or ""),
        *(domains if isinstance(domains, list) else ()),
        _text(organization, "name"),
        *hosts(address),
    ]
    return dict.fromkeys(str(name) for name in every if name)


def hosts(address: str) -> list[str]:
    """The domain of an e-mail address, and those it is part of, longest first."""
    labels = address.rpartition("@")[2].lower().strip(". ").split(".")
    if "@" not in address or len(labels) < 2:
        return []
    return [".".join(labels[at:]) for at in range(len(labels) - 1)]


def people(users: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The names of some users, each once."""
    return tuple(dict.fromkeys(name for one in users if (name := _text(one, "name"))))


def comments(answer: Mapping[str, Any], ticket: Ticket) -> list[Comment]:
    """Read one answer's comments; raises Malformed."""
    users = aside(answer).users
    return [_comment(one, users, ticket) for one in listed(answer, "comments")]


def _comment(
    found: Mapping[str, Any], users: Mapping[int, Mapping[str, Any]], ticket: Ticket
) -> Comment:
    author = _number(found, "author_id")
    role = _text(users.get(author, {}), "role")
    by_customer = role == "end-user" if role else author == ticket.requester_id
    return Comment(
        comment_id=_number(found, "id"),
        text=_text(found, "plain_body") or _text(found, "body"),
        created_at=moment(found, "created_at"),
        public=found.get("public") is not False,
        by_customer=by_customer,
    )


def clean(
    ticket: Ticket, said: Sequence[Comment], words: Words
) -> tuple[Ticket, list[Comment]]:
    """Redact every text of a ticket, with the names of its people."""
    known = ticket.people
    bare = replace(ticket, subject=words.redact(ticket.subject, known), people=())
    texts = [replace(one, text=words.redact(one.text, known)) for one in said]
    return bare, [one for one in texts if one.text.strip()]


def event_of(ticket: Ticket, said: Comment, words: Words, now: datetime) -> Event:
    """Make a redacted comment an event of its own: dated, and citable by itself.

    A ticket's comments tell of one happening, and never join an outlet's story.
    """
    url = f"{ticket.url}?comment={said.comment_id}"
    feeling = words.felt([said.text]) if said.by_customer else None
    return Event(
        event_id=ids.event_id(url, said.created_at),
        org_id=None,
        kind=Kind.SUPPORT,
        title=ticket.subject or f"Ticket {ticket.ticket_id}",
        url=url,
        source=NAME,
        published_at=said.created_at,
        raw_text=said.text,
        extracted={
            "ticket_id": ticket.ticket_id,
            "comment_id": said.comment_id,
            "by": "customer" if said.by_customer else "agent",
            "public": said.public,
            "sentiment": feeling,
        },
        ingested_at=now,
        canonical_url=url,
        content_hash=ids.digest(said.text),
        story_id=interaction_id(ticket),
    )


def standing(ticket: Ticket) -> dict[str, Any]:
    """What changes about a ticket; kept with its first event."""
    return {
        "status": ticket.status,
        "priority": ticket.priority,
        "tags": list(ticket.tags),
        "reopens": ticket.reopens,
        "satisfaction": ticket.satisfaction,
        "created_at": ticket.created_at.isoformat(),
        "updated_at": ticket.updated_at.isoformat(),
    }


def interaction_of(
    ticket: Ticket, said: Sequence[Comment], org_id: str, words: Words
) -> Interaction:
    """Sum up a redacted ticket: its state, subject, and the customer's last words."""
    by_customer = [one for one in said if one.by_customer]
    latest = by_customer[-1].text if by_customer else ""
    head = f"[{ticket.status or 'unknown'}] {ticket.subject}".strip()
    return Interaction(
        interaction_id=interaction_id(ticket),
        org_id=org_id,
        channel=CHANNEL,
        occurred_at=max((c.created_at for c in by_customer), default=ticket.created_at),
        summary=shortened(f"{head}: {latest}" if latest else head, _SUMMARY),
        sentiment=words.felt(one.text for one in by_customer),
        raw_url=ticket.url,
    )


def interaction_id(ticket: Ticket) -> str:
    """Name a ticket's interaction by the ticket's address."""
    return ids.digest(CHANNEL, ticket.url)


def moment(found: Mapping[str, Any], name: str) -> datetime:
    """Read an ISO time; raises Malformed."""
    try:
        at = datetime.fromisoformat(_text(found, name))
    except ValueError as error:
        raise Malformed(NAME, f"{name} is no time") from error
    return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)


def _records(answer: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = answer.get(name)
    return [r for r in found if isinstance(r, dict)] if isinstance(found, list) else []


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    return value.strip() if isinstance(value, str) else ""


def _number(found: Mapping[str, Any], name: str) -> int:
    value = found.get(name)
    return value if isinstance(value, int) else 0
