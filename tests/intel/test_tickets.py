"""What tickets come to: how many, how they stand, what they are about; each cited."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from intel import evidence
from intel.claims import SUPPORT, Budget
from intel.embedder import HashingEmbedder
from intel.extractive import Extractive
from intel.themes import ALIKE
from intel.tickets import KIND, Look, remarks, support_signals, tickets
from intel.verify import Limits, verify
from store import ids
from store.records import Event, Kind
from tests.support.evidence import ACME, NOW

LOOK = Look(NOW, 60, ALIKE["hashing-1"])
EXPORT = "The nightly CSV export fails with a timeout, and the file stays empty."


def comment(ticket: int, days: float, text: str = EXPORT, **told: Any) -> Event:
    at = NOW - timedelta(days=days)
    url = f"https://desk.example/agent/tickets/{ticket}?comment={days}"
    return Event(
        event_id=ids.event_id(url, at),
        org_id="acme",
        kind=Kind.SUPPORT,
        title="Export",
        url=url,
        source="Zendesk",
        published_at=at,
        raw_text=text,
        extracted={"ticket_id": ticket, "by": "customer", **told},
        canonical_url=url,
    )


def state(status: str, opened: float, reopens: int = 0) -> dict[str, Any]:
    at = NOW - timedelta(days=opened)
    return {"status": status, "created_at": at.isoformat(), "reopens": reopens}


EVENTS = (
    comment(1, 20, **state("open", 20)),
    comment(1, 5, "The export fails again, the CSV file is empty. We are annoyed."),
    comment(2, 9, **state("solved", 9, reopens=2)),
    comment(2, 8, "We have fixed the export.", by="agent"),
    comment(3, 30, "How do I invite more users?", **state("closed", 30)),
    comment(4, 70, **state("closed", 70)),
)


def signals(events=EVENTS, look=LOOK):
    quotes = [snippet for event in events for snippet in evidence.cut(event)]
    said = remarks(events, quotes, look.since)
    vectors = HashingEmbedder().embed([one.text for one in said])
    return support_signals(ACME, tickets(events), said, vectors, look)


def test_comments_are_gathered_into_tickets_that_know_how_they_stand():
    first, second, *_ = tickets(EVENTS)
    assert (first.ticket_id, first.open, first.reopens) == ("1", True, 0)
    assert (second.ticket_id, second.open, second.reopens) == ("2", False, 2)
    assert first.opened == NOW - timedelta(days=20)
    assert first.url == EVENTS[1].url


def test_volume_reopened_and_unsolved_are_told_with_what_was_before():
    volume = signals()[0]
    assert volume.quote == (
        "3 tickets opened in the last 60 days, 1 in the 60 days before, 1 reopened, "
        "1 unsolved."
    )
    assert volume.facts["reopened"] == 1
    assert (volume.dated, volume.url) == (EVENTS[1].published_at, EVENTS[1].url)
    assert volume.internal


def test_a_theme_names_its_tickets_and_the_evidence_it_rests_on():
    theme = signals()[1]
    assert theme.quote.startswith("2 tickets in the last 60 days: ")
    assert {"csv", "export"} <= set(theme.facts["words"])
    assert theme.facts["tickets"] == ["1", "2"]
    cut = {s.snippet_id for e in EVENTS for s in evidence.cut(e)}
    assert set(theme.facts["evidence"]) <= cut
    assert len(theme.facts["evidence"]) >= 2


def test_what_agents_write_and_what_is_old_is_nobodys_theme():
    quotes = [snippet for event in EVENTS for snippet in evidence.cut(event)]
    said = remarks(EVENTS, quotes, LOOK.since)
    assert {one.ticket for one in said} == {"1", "2", "3"}
    assert not any("fixed" in one.text for one in said)


def test_a_single_ticket_is_not_counted():
    assert signals(EVENTS[:2]) == ()


def test_the_same_tickets_give_the_same_evidence():
    assert signals() == signals(tuple(reversed(EVENTS)))
    later = replace(LOOK, now=NOW + timedelta(hours=1))
    assert [s.evidence_id for s in signals()] == [
        s.evidence_id for s in signals(look=later)
    ]


def test_the_support_section_tells_them_and_verification_lets_them_pass():
    pieces = signals()
    budget = Budget(5, NOW, 60)
    proposed = Extractive().propose(SUPPORT, ACME, pieces, budget)
    assert [claim.text for claim in proposed] == [piece.quote for piece in pieces]
    kept, removed = verify(proposed, pieces, ACME, Limits(since=LOOK.since))
    assert (len(kept), removed) == (2, ())
    assert all(piece.kind == KIND for piece in pieces)
