from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from intel import evidence
from store.records import Event, EventLink, Interaction, Kind, Relation

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
STORY = (
    "Quillwater raised $40 million on Monday. The round was led by Kittiwake.\n"
    "We use cookies to improve your experience.\n"
    "Revenue at Quillwater doubled in 2026, the company said. It now has 120 staff. "
    "Its offices are in Leeds and Porto. A third opens in May. Nobody objected."
)


def event(raw: str = STORY, **changes) -> Event:
    values = {
        "event_id": "e1", "org_id": "quillwater", "kind": Kind.NEWS,
        "title": "Quillwater\u202e raises", "url": "https://a.example/x?utm=1",
        "source": "The Ledger", "published_at": NOW, "raw_text": raw,
        "canonical_url": "https://a.example/x", "ingested_at": NOW,
    }  # fmt: skip
    return Event(**(values | changes))


LINK = EventLink("e1", "quillwater", Relation.ABOUT, "name in the title", 0.9)


def test_snippets_are_the_text_to_the_letter_and_leave_furniture_out():
    cut = evidence.cut(event())
    assert all(s.text == STORY[s.start : s.end] for s in cut)
    assert not any("cookies" in s.text for s in cut)
    assert any("Kittiwake" in s.text for s in cut)
    assert any("Nobody objected" in s.text for s in cut)


@given(st.text(max_size=3000))
def test_any_text_is_cut_into_ordered_spans_of_bounded_length(raw):
    cut = evidence.cut(event(raw))
    assert all(len(s.text) <= evidence.LONGEST for s in cut)
    assert all(s.text == raw[s.start : s.end] for s in cut)
    assert all(a.end <= b.start for a, b in pairwise(cut))


def test_a_sentence_without_end_is_cut_at_a_word():
    cut = evidence.cut(event("word " * 400))
    assert len(cut) == 1
    assert cut[0].text.endswith("word")


def test_evidence_carries_source_day_and_clean_address():
    piece = evidence.as_evidence(evidence.cut(event())[0], event(), LINK)
    assert piece.url == "https://a.example/x"
    assert piece.title == "Quillwater raises"
    assert evidence.day(piece) == date(2026, 11, 22)
    assert piece.evidence_id == evidence.cut(event())[0].snippet_id
    assert not piece.internal


def test_the_day_is_the_one_the_source_printed():
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    for zone in ("+02:00", "Europe/Berlin"):
        told = event(published_at=late, extracted={"published_zone": zone})
        piece = evidence.as_evidence(evidence.cut(told)[0], told, LINK)
        assert evidence.day(piece) == date(2026, 11, 22)
    odd = event(published_at=late, extracted={"published_zone": "Nowhere/At All"})
    piece = evidence.as_evidence(evidence.cut(odd)[0], odd, LINK)
    assert evidence.day(piece) == date(2026, 11, 21)


def test_addresses_other_than_http_are_dropped():
    bad = event(canonical_url="javascript:alert(1)", url="javascript:alert(1)")
    assert evidence.as_evidence(evidence.cut(bad)[0], bad, LINK).url == ""


def test_contacts_are_internal_evidence():
    when = NOW.astimezone(timezone(timedelta(hours=1)))
    contact = Interaction("z1", "quillwater", "zendesk", when, "Export fails", -0.5, "")
    piece = evidence.interaction_evidence(contact)
    assert piece.internal
    assert piece.kind == "support"
    assert piece.facts["sentiment"] == -0.5


def test_equal_input_gives_equal_ids():
    assert evidence.cut(event()) == evidence.cut(event())
    other = evidence.cut(event(STORY.replace("Monday", "Friday")))
    assert other[0].snippet_id != evidence.cut(event())[0].snippet_id
