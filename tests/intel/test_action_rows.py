"""Rows of action items, and the evidence that is kept with them."""

from dataclasses import replace
from typing import Any

import pytest

from intel import action_rows, cited, triggers
from intel.action_rows import Home
from store.records import ActionItem
from sync.notion import schema
from tests.support.evidence import ACME, NOW, contact, news, trend

OWNER = "393abc1e-edcd-4fcc-8fcc-000000000003"
HOME = Home(
    ACME,
    "page-1",
    "https://notion.example/acme",
    ({"id": OWNER, "name": "Ada"}, {"id": "ada@acme.example", "name": "Ada"}),
)
[PIECE] = trend()


def item(trigger: str = triggers.USAGE_DROP, **payload: Any) -> ActionItem:
    told = {"subject": "active_users", "summary": PIECE.quote, "cited": []}
    return ActionItem("a1", "acme", trigger, NOW, "open", told | payload)


def words(made: ActionItem) -> str:
    return "".join(span.text for span in action_rows.details(made))


def test_every_trigger_has_a_title_of_its_own_and_a_next_step():
    every = (*triggers.INTENTS, triggers.USAGE_MISSING)
    titles = {action_rows.title(item(one), ACME) for one in every}
    assert len(titles) == len(every)
    steps = [action_rows.next_step(item(one)) for one in every]
    assert not any(step is None or "Look into this" in step for step in steps)


def test_a_metric_is_named_in_the_title():
    assert action_rows.title(item(), ACME) == "Acme: usage dropped (Active users)"
    both = item(triggers.RENEWAL_RISK, subject="2027-01-04", metric="mau")
    said = "Acme: renewal ahead, and usage dropped (MAU)"
    assert action_rows.title(both, ACME) == said


def test_states_are_options_of_the_column():
    options = schema.ACTIONS.named("state").options
    assert action_rows.state(item()) == "Holds"
    assert action_rows.state(item(settled_at=NOW.isoformat())) == "Settled"
    assert {"Holds", "Settled"} <= set(options)


def test_only_people_that_notion_knows_are_owners():
    assert action_rows.row(item(), HOME).values["owner"] == [OWNER]
    nobody = replace(HOME, owners=())
    assert action_rows.row(item(), nobody).values["owner"] is None


def test_a_row_leads_to_its_first_evidence_or_else_to_the_company():
    shown = list(cited.listed({PIECE.evidence_id: PIECE}, [PIECE.evidence_id]))
    row = action_rows.row(item(cited=shown), HOME)
    assert row.values["link"] == "https://bi.example/acme"
    assert action_rows.row(item(), HOME).values["link"] == HOME.url


@pytest.mark.parametrize("status", ["open", "dismissed", "done"])
def test_a_decision_changes_no_word_of_the_row(status: str):
    decided = replace(item(), status=status)
    assert action_rows.row(decided, HOME) == action_rows.row(item(), HOME)


def test_what_settled_an_item_stands_beside_why_it_was_raised():
    shown = [cited.as_data(PIECE)]
    made = item(
        cited=shown,
        settled_at=NOW.isoformat(),
        settled_by="Active users 200 → 199, ±0 % on the 8-week baseline.",
        settled_cited=shown,
    )
    assert words(made) == (
        f"{PIECE.quote} [Usage — 2026-11-21]\nSettled on 2026-11-22: Active users "
        "200 → 199, ±0 % on the 8-week baseline. [Usage — 2026-11-21]"
    )


def test_evidence_is_kept_once_bounded_and_only_where_known():
    every = {p.evidence_id: p for p in (news(f"Acme grew {n}.") for n in range(20))}
    named = [*every, *every, "unknown"]
    kept = cited.listed(every, named)
    assert [one["id"] for one in kept] == list(every)[:10]
    assert kept[0]["source"] == "The Ledger"
    assert kept[0]["dated"] == "2026-11-19"
    assert kept[0]["url"].startswith("https://the-ledger.example/story#:~:text=")
    long = cited.as_data(contact("It broke. " * 100))
    assert len(long["quote"]) <= 300


def test_a_source_is_cited_once():
    one = cited.as_data(PIECE)
    told = cited.spans([one, one, cited.as_data(contact("Late."))])
    assert [span.text for span in told] == [
        " ", "[Usage — 2026-11-21]", " ", "[Zendesk — 2026-11-19]",
    ]  # fmt: skip
