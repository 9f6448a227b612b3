"""Action items: what opens them, what settles them, and what a replay may not do."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intel.action_plan import Plan, action_id, plan
from intel.kinds import Happening
from intel.standing import News, Standing, metrics, support_of
from intel.trend import Judgement, Verdict
from intel.trend.citing import as_evidence
from intel.triggers import Candidate, TriggerSettings, candidates
from store.records import ActionItem, Interaction
from tests.support.evidence import ACME, NOW, news

RULES = TriggerSettings()
DROP = Judgement(
    *(Verdict.DROP, "acme", "mau", "1,000 → 650, −35 % on the 8-week baseline."),
    change=-0.35,
    baseline=1000.0,
    recent=650.0,
)
LEVEL = Judgement(
    *(Verdict.LEVEL, "acme", "mau", "1,000 → 990, −1 % on the 8-week baseline."),
    change=-0.01,
    baseline=1000.0,
    recent=990.0,
)
LOWER = replace(
    LEVEL,
    reason="650 → 655, +1 % on the 8-week baseline.",
    baseline=650.0,
    recent=655.0,
)
LEVEL_WORDS = f"MAU {LEVEL.reason}"
STOPPED = Judgement(Verdict.MISSING, "acme", "mau", "There is no reading after May.")
LITTLE = Judgement(Verdict.TOO_LITTLE, "acme", "mau", "3 readings are too little.")
SOON = replace(ACME, renewal_date=NOW.date() + timedelta(days=45))
FUNDED = News(Happening.FUNDING, news("Acme raised $12 million."))
DAY = timedelta(days=1)


def ticket(mood: float, days: float = 3) -> Interaction:
    at = NOW - timedelta(days=days)
    return Interaction(f"t{mood}", "acme", "zendesk", at, "It broke again.", mood, "")


def found(*judged, org=ACME, tickets=(), pieces=(), now=NOW):
    standing = Standing(org, metrics(judged), support_of(tickets, NOW), pieces)
    return candidates(standing, now, RULES)


def apply(made: Plan, items: dict[str, ActionItem]) -> dict[str, ActionItem]:
    every = (*made.open, *made.update, *made.close)
    return items | {item.action_id: item for item in every}


def planned(said, items=(), now=NOW, rules=RULES):
    return plan(said, [*items], now, rules)


def by_person(item: ActionItem, status: str = "dismissed") -> ActionItem:
    return replace(item, status=status)


@pytest.mark.parametrize(
    ("said", "holding"),
    [
        (found(DROP), ["usage_drop"]),
        (found(LEVEL), []),
        (found(LITTLE), []),
        (found(STOPPED), ["usage_missing"]),
        (found(pieces=(FUNDED,)), ["funding"]),
        (found(pieces=(FUNDED,), now=NOW + 40 * DAY), []),
        (found(tickets=[ticket(-0.7)]), ["negative_support"]),
        (found(tickets=[ticket(-0.4)]), []),
        (found(tickets=[ticket(-0.4), ticket(-0.35)]), ["negative_support"]),
        (found(org=SOON), ["renewal_window"]),
        (found(org=SOON, now=NOW - 60 * DAY), []),
        (found(org=SOON, now=NOW + 60 * DAY), []),
        (found(DROP, org=SOON), ["renewal_risk"]),
        (found(DROP, tickets=[ticket(-0.7)]), ["drop_and_complaints"]),
    ],
)
def test_what_opens_an_item(said, holding):
    assert [item.trigger for item in planned(said).open] == holding


def test_a_combination_names_both_causes_with_their_evidence():
    item = planned(found(DROP, org=SOON)).open[0]
    assert item.payload["summary"] == (
        "Renewal is due on 2027-01-06. MAU 1,000 → 650, −35 % on the 8-week baseline."
    )
    assert item.payload["evidence_ids"] == [as_evidence(DROP).evidence_id]
    assert item.payload["intent"] == "usage_dip_followup"


def test_an_item_is_opened_once_and_updated_while_it_lasts():
    item = planned(found(DROP)).open[0]
    assert item.action_id == action_id("acme", "usage_drop", "mau")
    assert planned(found(DROP), [item]).empty
    worse = replace(
        DROP,
        recent=500.0,
        change=-0.5,
        reason="1,000 → 500, −50 % on the 8-week baseline.",
    )
    after = planned(found(worse), [item], NOW + DAY)
    assert not after.open
    assert (
        after.update[0].payload["summary"]
        == "MAU 1,000 → 500, −50 % on the 8-week baseline."
    )
    assert after.update[0].generated_at == item.generated_at
    assert after.update[0].status == "open"


def test_all_that_stopped_coming_is_one_item_until_it_comes_again():
    seats = replace(STOPPED, metric="seats")
    item = planned(found(STOPPED, seats)).open[0]
    assert item.trigger == "usage_missing"
    assert item.payload["summary"] == "MAU, Seats: There is no reading after May."
    assert len(item.payload["evidence_ids"]) == 2
    less = planned(found(STOPPED, replace(LEVEL, metric="seats")), [item], NOW + DAY)
    assert less.update[0].payload["summary"] == "MAU: There is no reading after May."
    assert planned(found(LITTLE), [item], NOW + DAY).empty
    again = planned(found(LEVEL), [item], NOW + DAY).close[0]
    assert again.payload["settled_by"] == LEVEL_WORDS


def test_recovery_closes_an_item_with_its_evidence():
    item = planned(found(DROP)).open[0]
    closed = planned(found(LEVEL), [item], NOW + DAY).close[0]
    assert closed.status == "done"
    assert closed.payload["closed_by"] == "bot"
    assert (
        closed.payload["settled_by"] == "MAU 1,000 → 990, −1 % on the 8-week baseline."
    )
    assert closed.payload["settled_evidence"] == [as_evidence(LEVEL).evidence_id]


@pytest.mark.parametrize("judged", [STOPPED, LITTLE])
def test_missing_data_closes_no_drop(judged):
    item = planned(found(DROP)).open[0]
    after = planned(found(judged), [item], NOW + DAY)
    assert not after.close
    assert not after.update


def test_a_baseline_that_came_down_is_no_recovery_until_it_is_the_new_normal():
    item = planned(found(DROP)).open[0]
    assert planned(found(LOWER), [item], NOW + 60 * DAY).empty
    assert planned(found(LOWER), [item], NOW + 91 * DAY).close


def test_the_baseline_of_an_item_is_the_one_it_fell_from():
    item = planned(found(DROP)).open[0]
    sinking = replace(
        DROP,
        baseline=720.0,
        recent=500.0,
        reason="1,000 → 500, −50 % on the 8-week baseline.",
    )
    item = planned(found(sinking), [item], NOW + 30 * DAY).update[0]
    assert item.payload["baseline"] == 1000.0
    assert planned(found(LOWER), [item], NOW + 60 * DAY).empty


def test_an_item_expires_with_words_where_nothing_new_comes():
    item = planned(found(pieces=(FUNDED,))).open[0]
    closed = planned((), [item], NOW + 40 * DAY).close[0]
    assert closed.payload["settled_by"] == "Nothing new came until 2026-12-19."


def test_another_renewal_date_settles_the_one_before():
    item = planned(found(org=SOON)).open[0]
    later = replace(SOON, renewal_date=SOON.renewal_date + 365 * DAY)
    closed = planned(found(org=later), [item]).close[0]
    assert "2028-01-06" in closed.payload["settled_by"]
    assert planned(found(org=ACME), [item]).close
    assert planned(found(org=SOON), [item]).empty


@pytest.mark.parametrize("status", ["dismissed", "done"])
def test_what_a_person_closed_stays_closed(status):
    item = by_person(planned(found(DROP)).open[0], status)
    worse = replace(DROP, recent=300.0, change=-0.7, reason="300 a day lately.")
    for days in (0, 1, 30, 300):
        assert planned(found(worse), [item], NOW + days * DAY).empty


def test_a_new_drop_after_recovery_opens_a_new_item():
    item = by_person(planned(found(DROP)).open[0])
    noted = planned(found(LEVEL), [item], NOW + DAY).update[0]
    assert noted.status == "dismissed"
    back = planned(found(DROP), [noted], NOW + 5 * DAY)
    assert not back.open
    assert back.update[0].status == "dismissed"
    again = planned(found(DROP), [noted], NOW + 50 * DAY).open[0]
    assert again.action_id == action_id("acme", "usage_drop", "mau", 1)
    assert planned(found(DROP), [noted, again], NOW + 51 * DAY).empty


def test_what_the_bot_closed_opens_again_where_the_cause_is_soon_back():
    item = planned(found(DROP)).open[0]
    closed = planned(found(LEVEL), [item], NOW + DAY).close[0]
    back = planned(found(DROP), [closed], NOW + 3 * DAY)
    assert not back.open
    assert back.update[0].status == "open"
    assert "settled_at" not in back.update[0].payload
    assert planned(found(DROP), [back.update[0]], NOW + 3 * DAY).empty


def test_a_persons_word_on_what_the_bot_closed_wins():
    item = planned(found(DROP)).open[0]
    closed = planned(found(LEVEL), [item], NOW + DAY).close[0]
    dismissed = by_person(closed)
    after = apply(
        planned(found(DROP), [dismissed], NOW + 2 * DAY), {item.action_id: dismissed}
    )
    assert [i.status for i in after.values()] == ["dismissed"]
    reopened = by_person(closed, "open")
    assert planned(found(LEVEL), [reopened], NOW + 2 * DAY).empty
    lasting = planned(found(DROP), [reopened], NOW + 2 * DAY).update[0]
    assert planned(found(LEVEL), [lasting], NOW + 3 * DAY).close


def test_items_of_another_making_are_left_alone():
    draft = ActionItem("draft-1", "acme", "draft", NOW, "open", {"intent": "x"}, NOW)
    assert planned(found(LEVEL), [draft]).empty


def some(number: int, owner: str = "ann") -> Candidate:
    return Candidate(
        *(f"org{number:02}", "usage_drop", "mau", True, f"Case {number}."),
        weight=float(number),
        owners=(owner,),
    )


def test_a_budget_keeps_the_weightiest_and_the_rest_is_told_in_a_digest():
    said = [*map(some, range(8)), some(20, "bob")]
    first = planned(said)
    assert [i.org_id for i in first.open] == [
        *("org20", "org07", "org06", "org05", "org04", "org03")
    ]
    assert [c.org_id for c in first.digest] == ["org02", "org01", "org00"]
    same_day = planned(said, first.open, NOW + timedelta(hours=2))
    assert same_day.empty
    assert len(same_day.digest) == 3
    assert len(planned(said, first.open, NOW + DAY).open) == 3


STATES = {
    "drop": found(DROP),
    "level": found(LEVEL),
    "lower": found(LOWER),
    "unknown": found(LITTLE),
    "stopped": found(STOPPED),
    "renewal": found(DROP, org=SOON),
    "angry": found(DROP, tickets=[ticket(-0.7)]),
    "funded": found(LEVEL, pieces=(FUNDED,)),
    "nothing": (),
}
WALK = st.lists(
    st.tuples(
        st.sampled_from(sorted(STATES)),
        st.integers(0, 30),
        st.sampled_from(["", "dismissed", "done"]),
    ),
    max_size=14,
)


@settings(max_examples=200, deadline=None)
@given(walk=WALK)
def test_no_walk_reopens_what_a_person_closed_nor_writes_twice(walk):
    items: dict[str, ActionItem] = {}
    persons: dict[str, str] = {}
    now = NOW
    for state, days, verdict in walk:
        now += timedelta(days=days)
        made = planned(STATES[state], items.values(), now)
        assert not {i.action_id for i in made.open} & set(items)
        items = apply(made, items)
        assert planned(STATES[state], items.values(), now).empty
        assert all(items[i].status == status for i, status in persons.items())
        still = Counter(
            (i.trigger, i.payload["subject"])
            for i in items.values()
            if i.status == "open"
        )
        assert all(count == 1 for count in still.values())
        for item in list(items.values()):
            if verdict and item.status == "open":
                persons[item.action_id] = verdict
                items[item.action_id] = by_person(item, verdict)


@settings(max_examples=50, deadline=None)
@given(walk=WALK)
def test_the_same_walk_gives_the_same_items(walk):
    def walked():
        items, now = {}, NOW
        for state, days, _ in walk:
            now += timedelta(days=days)
            items = apply(planned(reversed(STATES[state]), items.values(), now), items)
        return items

    assert walked() == walked()
