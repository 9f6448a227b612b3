from datetime import UTC, date, datetime, timedelta

import pytest

from intel import company
from store.records import ActionItem, FieldValue, FundingFact, Resolved, Tier
from tests.support.evidence import NOW


def resolved(field: str, said, tier=Tier.OVERRIDE, source="https://notion.example/r"):
    return Resolved(field, FieldValue(field, said, tier, source, NOW))


def test_each_known_value_becomes_evidence_in_the_order_of_the_page():
    fields = {
        f.field: f
        for f in (
            resolved("renewal_date", date(2027, 1, 4)),
            resolved("display_name", "Acme Bakeries\u202e Ltd"),
            resolved("aliases", ["Acme Bread", "AB"]),
            resolved(
                "domain", "acme.example", Tier.DISCOVERED, "https://www.reg.example/a"
            ),
        )
    }
    pieces = company.field_evidence("acme", fields)
    assert [p.quote for p in pieces] == [
        "Official name: Acme Bakeries Ltd",
        "Domain: acme.example",
        "Also known as: Acme Bread, AB",
        "Renewal date: 2027-01-04",
    ]
    assert [p.source for p in pieces] == ["Notion", "reg.example", "Notion", "Notion"]
    assert company.unknown(fields) == ("Latest funding", "Owner")


def test_funding_of_several_columns_is_told_at_once():
    fields = {
        f.field: f
        for f in (
            resolved("funding_round", "Series A"),
            resolved("funding_amount", 12500000),
            resolved("funding_date", date(2025, 10, 6)),
            resolved("funding_investors", "Kittiwake Partners (lead), Brackwater"),
        )
    }
    assert company.field_evidence("acme", fields)[0].quote == (
        "Latest funding: Series A; USD 12,500,000; 2025-10-06; "
        "Kittiwake Partners (lead), Brackwater"
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ([], ""),
        ({"name": "Priya Lal", "id": "x"}, "Priya Lal"),
        ([{"name": "Priya Lal"}, {"name": "Bob"}], "Priya Lal, Bob"),
        ("393abc1e-edcd-81cc-9df0-aaaaaaaaaaaa", ""),
        (datetime(2026, 1, 2, 3, tzinfo=UTC), "2026-01-02"),
        (True, "yes"),
        (1234567.0, "1,234,567"),
    ],
)
def test_values_are_written_as_a_reader_would(value, words):
    assert company.plain(value) == words


def test_a_value_from_a_file_names_file_and_line_and_has_no_link():
    piece = company.field_evidence(
        "acme", {"domain": resolved("domain", "a.example", Tier.CSV, "orgs.csv:12")}
    )[0]
    assert (piece.source, piece.url) == ("CSV (orgs.csv:12)", "")


def test_notes_dates_and_owners_are_internal():
    fields = {
        name: resolved(name, "said") for name in ("manual_notes", "owner", "domain")
    }
    inside = {p.title for p in company.field_evidence("acme", fields) if p.internal}
    assert inside == {"Owner", "Manual notes"}


def test_a_funding_fact_keeps_its_source_and_figures():
    fact = FundingFact(
        "acme", "Series A", date(2026, 11, 12), "https://ledger.example/a", 12e6,
        ("Kittiwake", "Brackwater"), 0.9, NOW, 12e6, "USD", ("Kittiwake",),
    )  # fmt: skip
    piece = company.funding_evidence(fact)
    assert piece.quote == (
        "Latest funding: Series A; 12,000,000 USD; 2026-11-12; Kittiwake, Brackwater"
    )
    assert piece.source == "ledger.example"
    assert piece.facts["leads"] == ["Kittiwake"]


def test_an_open_action_is_internal_evidence():
    item = ActionItem(
        "a1", "acme", "usage_drop", NOW - timedelta(days=1), "open",
        {"summary": "Weekly users fell 25 %."},
    )  # fmt: skip
    piece = company.action_evidence(item, "https://notion.example/a1")
    assert piece.internal
    assert piece.quote == "Weekly users fell 25 %."
    bare = company.action_evidence(ActionItem("a2", "acme", "x_y", NOW, "open", {}))
    assert bare.quote == "X y."
