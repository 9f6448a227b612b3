"""The current round among all sources' words."""

from dataclasses import replace
from datetime import UTC, date, datetime

from intel.funding import best
from store.records import FieldValue, FundingFact, Tier

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TEXT = FundingFact(
    "acme", "Series B", date(2026, 6, 8), "https://a.example", 40e6, ("Oak Row",), 0.9,
    NOW, amount=40e6, currency="USD", leads=("Oak Row",), source="A",
)  # fmt: skip


def override(field: str, value: object) -> FieldValue:
    return FieldValue(field, value, Tier.OVERRIDE, "https://notion.example/row", NOW)


def test_nothing_known_is_nothing():
    assert best([]).fact is None


def test_the_latest_round_is_the_current_one():
    older = replace(
        TEXT, round_type="Series A", announced_on=date(2024, 2, 1), confidence=1.0
    )
    chosen = best([older, TEXT])
    assert chosen.fact == TEXT
    assert chosen.earlier == (older,)


def test_a_data_provider_beats_prose_on_the_same_round():
    api = replace(TEXT, tier="api", source_url="https://cb.example", confidence=0.6)
    chosen = best([TEXT, api])
    assert chosen.fact == api
    assert set(chosen.sources) == {TEXT, api}
    assert chosen.conflicts == ()


def test_several_outlets_on_one_round_are_one_round():
    late = replace(
        TEXT, source_url="https://b.example", announced_on=date(2026, 6, 10),
        round_type="Venture", confidence=0.8,
    )  # fmt: skip
    chosen = best([late, TEXT])
    assert chosen.fact == TEXT
    assert len(chosen.sources) == 2
    assert chosen.conflicts == ()


def test_sources_that_disagree_are_both_kept_and_both_shown():
    other = replace(
        TEXT, source_url="https://b.example", amount=45e6, amount_usd=45e6,
        confidence=0.8, leads=("Elm Row",),
    )  # fmt: skip
    chosen = best([TEXT, other])
    assert chosen.fact == TEXT
    by_field = {conflict.field: conflict.words for conflict in chosen.conflicts}
    assert by_field["amount"] == (
        ((40e6, "USD"), "https://a.example"),
        ((45e6, "USD"), "https://b.example"),
    )
    assert "leads" in by_field


def test_what_the_surest_source_leaves_open_is_filled_from_the_next():
    bare = replace(
        TEXT, amount=None, amount_usd=None, currency="", investors=(), leads=()
    )
    other = replace(TEXT, source_url="https://b.example", confidence=0.7)
    fact = best([bare, other]).fact
    assert fact is not None
    assert (fact.amount, fact.leads, fact.source_url) == (
        40e6, ("Oak Row",), "https://a.example",
    )  # fmt: skip


def test_a_doubtful_fact_alone_is_no_round():
    assert best([replace(TEXT, confidence=0.3)]).fact is None


def test_a_person_wins_per_field_and_the_losing_value_stays_visible():
    chosen = best([TEXT], override("funding_amount", 42000000))
    assert chosen.fact is not None
    assert (chosen.fact.amount_usd, chosen.fact.round_type) == (42e6, "Series B")
    assert chosen.fact.tier == "override"
    assert chosen.overridden == ("funding_amount",)
    (conflict,) = chosen.conflicts
    assert [word for word, _ in conflict.words] == [42e6, 40e6]


def test_a_person_alone_is_enough():
    values = [
        override("funding_round", "Series C"),
        override("funding_date", "2026-09-01"),
        override("funding_investors", "Oak Row, Elm Row"),
    ]
    fact = best([], values).fact
    assert fact is not None
    assert (fact.round_type, fact.announced_on) == ("Series C", date(2026, 9, 1))
    assert fact.investors == ("Oak Row", "Elm Row")


def test_a_cleared_override_falls_back_at_once():
    assert best([TEXT], override("funding_round", "")).fact == TEXT


def test_dollars_come_only_from_a_dated_rate():
    euros = replace(TEXT, currency="EUR", amount_usd=None)
    assert best([euros]).fact == euros
    chosen = best([euros], rates={("EUR", date(2026, 6, 5)): 1.1})
    assert chosen.fact is not None
    assert chosen.fact.amount_usd == 44e6
    assert chosen.rate == date(2026, 6, 5)
    assert best([euros], rates={("EUR", date(2026, 1, 5)): 1.1}).rate is None
