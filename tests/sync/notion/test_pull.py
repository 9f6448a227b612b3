"""What people write in Companies reaches the store, once and whole."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from store.records import RowState
from store.store import Store
from sync.notion.errors import EmptiedDatabase, NotShared
from tests.support.desk import Desk, desk
from tests.support.sandbox import operate


@pytest.fixture
def lagging(store: Store, now: datetime) -> Iterator[Desk]:
    with desk(store, now, {}, index_lag=30.0) as made:
        made.init()
        yield made


def text(value: str) -> dict:
    return {"rich_text": [{"text": {"content": value}}]}


def title(value: str) -> dict:
    return {"title": [{"text": {"content": value}}]}


def on(*, ticked: bool = True) -> dict:
    return {"checkbox": ticked}


def overrides(desk: Desk, org: str) -> dict:
    return {o.field: o.value for o in desk.store.overrides.active(org)}


def test_rows_become_orgs_and_columns_overrides(at: Desk):
    at.add_row("Acme", Aliases=text("Acme Inc"), X={"url": "https://x.com/a"})
    report = at.pull()
    assert report.added == report.changed == ("acme",)
    assert overrides(at, "acme") == {
        "aliases": "Acme Inc",
        "x_handle": "https://x.com/a",
    }


def test_a_quiet_poll_is_one_request_and_changes_nothing(at: Desk):
    for number in range(3):
        at.add_row(f"Company {number}")
    at.pull()
    at.log()
    at.watch.go_on(10)
    assert at.pull().changed == ()
    assert len(at.log()) == 1


def test_an_edit_in_the_same_minute_as_the_last_poll_is_seen(at: Desk):
    row = at.add_row("Acme")
    at.pull()
    at.watch.go_on(20)
    at.set(row, Manual_Notes=text("call them"))
    at.watch.go_on(60)
    assert at.pull().changed == ("acme",)
    assert overrides(at, "acme") == {"manual_notes": "call them"}


def test_edits_of_minutes_ago_are_read_again_only_now_and_then(at: Desk):
    at.add_row("Acme")
    at.pull()
    at.watch.go_on(95)
    assert at.pull().read == 1
    at.watch.go_on(4)
    assert at.pull().read == 0
    at.watch.go_on(2)
    assert at.pull().read == 1


def test_clearing_a_value_ends_its_override(at: Desk):
    row = at.add_row("Acme", **{"Verified Domain": {"url": "https://acme.com"}})
    at.pull()
    assert at.store.orgs.get("acme").domain == "acme.com"
    at.set(row, Verified_Domain={"url": None})
    at.pull()
    assert overrides(at, "acme") == {}
    assert at.store.orgs.get("acme").domain == ""


def test_an_unreadable_value_is_told_and_the_rest_of_the_row_applies(at: Desk):
    row = at.add_row("Acme", **{"Verified Domain": {"url": "https://acme.com"}})
    at.pull()
    at.set(row, Verified_Domain={"url": "our site"}, Aliases=text("Acme Ltd"))
    report = at.pull()
    ((name, problem),) = report.problems
    assert (name, "Verified Domain: 'our site' is no domain" in problem) == (
        "Acme",
        True,
    )
    assert overrides(at, "acme") == {"domain": "acme.com", "aliases": "Acme Ltd"}
    mirrored = at.store.mirror.of("acme")
    assert mirrored
    assert mirrored.problems == (problem,)
    at.set(row, Verified_Domain={"url": "https://acme.io"})
    at.pull()
    mended = at.store.mirror.of("acme")
    assert mended
    assert mended.problems == ()
    assert overrides(at, "acme")["domain"] == "acme.io"


def test_a_rename_keeps_the_org_and_leaves_an_alias(at: Desk):
    row = at.add_row("Acme")
    at.pull()
    at.set(row, Company=title("Apex"))
    assert at.pull().renamed == ("acme",)
    org = at.store.orgs.get("acme")
    assert (org.callsign, org.aliases) == ("Apex", ("Acme",))


@pytest.mark.parametrize("double", ["Acme", "ACME!"])
def test_a_double_is_told_in_its_row_and_followed_once_it_is_renamed(
    at: Desk, double: str
):
    at.add_row("Acme", Aliases=text("first"))
    at.watch.go_on(60)
    later = at.add_row(double, Aliases=text("second"))
    report = at.pull()
    assert [name for name, _ in report.problems] == [double]
    assert overrides(at, "acme") == {"aliases": "first"}
    at.push()
    assert "another name" in at.shown(later)["Sync Note"]
    at.set(later, Company=title("Umbrella"))
    assert at.pull().added == ("umbrella",)
    assert overrides(at, "umbrella") == {"aliases": "second"}
    assert at.store.outbox.get(f"note:{later}") is None


def test_a_row_renamed_to_a_taken_name_keeps_its_org(at: Desk):
    at.add_row("Acme")
    other = at.add_row("Umbrella")
    at.pull()
    at.set(other, Company=title("Acme"), Aliases=text("U Corp"))
    report = at.pull()
    assert "counts as 'umbrella' still" in report.problems[0][1]
    assert at.store.orgs.get("umbrella").callsign == "Umbrella"
    assert overrides(at, "umbrella") == {"aliases": "U Corp"}


def test_more_than_25_people_arrive_whole(at: Desk):
    people = [
        operate(at.box, "users", {"name": f"Person {n}"})["id"] for n in range(30)
    ]
    value = {"people": [{"id": person} for person in people]}
    at.add_row("Acme", Owner=value)
    at.pull()
    mirrored = at.store.mirror.of("acme")
    assert mirrored
    assert [p["id"] for p in mirrored.values["owner"]] == people


def test_a_tick_is_taken_once_with_intent_and_person(at: Desk):
    row = at.add_row("Acme")
    at.pull()
    at.set(
        row,
        Request_Draft=on(),
        Draft_Intent={"select": {"name": "quarterly_checkin"}},
    )
    (tick,) = at.pull().ticks
    me = at.person.users.me()["id"]
    assert (tick.org_id, tick.intent, tick.person_id) == (
        "acme",
        "quarterly_checkin",
        me,
    )
    assert at.pull().ticks == ()


def test_a_box_unticked_by_now_is_no_tick_even_if_the_index_says_so(lagging: Desk):
    at = lagging
    row = at.add_row("Acme")
    at.set(row, Request_Draft=on())
    at.watch.go_on(60)
    (tick,) = at.pull().ticks
    at.store.ticks.move(tick.tick_id, "done")
    at.set(row, Request_Draft=on(ticked=False))
    assert at.pull().ticks == ()
    assert at.store.mirror.all()[0].values["request_draft"] is True


def test_a_second_tick_after_the_first_is_done_counts_anew(at: Desk):
    row = at.add_row("Acme")
    at.set(row, Request_Draft=on())
    (first,) = at.pull().ticks
    at.store.ticks.move(first.tick_id, "done")
    at.set(row, Request_Draft=on(ticked=False))
    at.pull()
    at.set(row, Request_Draft=on())
    (second,) = at.pull().ticks
    assert (first.number, second.number) == (1, 2)


def test_a_renamed_property_is_followed_and_a_removed_one_is_drift(at: Desk):
    row = at.add_row("Acme", Aliases=text("A"))
    at.pull()
    at.person.data_sources.update(
        at.companies.data_source_id,
        properties={"Aliases": {"name": "Also known as"}, "X": None},
    )
    at.set(row, **{"Also known as": text("B")})
    report = at.pull()
    assert overrides(at, "acme") == {"aliases": "B"}
    assert at.companies.properties["aliases"].notion_name == "Also known as"
    assert len(report.drift) == 1
    assert "'X' (x_handle) is gone" in report.drift[0]


def test_a_retyped_column_stops_but_its_last_good_value_stays(at: Desk):
    row = at.add_row("Acme", X={"url": "https://x.com/acme"})
    at.pull()
    at.person.data_sources.update(
        at.companies.data_source_id, properties={"X": {"number": {}}}
    )
    at.set(row, Aliases=text("A"))
    report = at.pull()
    assert "is of type number, but x_handle needs url" in report.drift[0]
    assert overrides(at, "acme") == {"x_handle": "https://x.com/acme", "aliases": "A"}


def test_vanished_rows_are_told_apart_and_nothing_is_deleted(at: Desk):
    rows = {
        name: at.add_row(name, Aliases=text("kept"))
        for name in ("Trashed", "Archived", "Moved", "Unshared", "Live")
    }
    at.pull()
    at.person.pages.update(rows["Trashed"], in_trash=True)
    at.person.request(
        path=f"pages/{rows['Archived']}", method="PATCH", body={"is_archived": True}
    )
    at.person.pages.move(rows["Moved"], parent={"page_id": at.box.root_page})
    at.person.pages.update(rows["Live"], properties={})
    operate(at.box, "share", {"page_id": rows["Unshared"], "shared": False})
    report = at.sweep()
    states = {row.title: row.state for row in at.store.mirror.all()}
    assert states == {
        "Trashed": RowState.TRASHED,
        "Archived": RowState.ARCHIVED,
        "Moved": RowState.MOVED,
        "Unshared": RowState.UNSHARED,
        "Live": RowState.LIVE,
    }
    assert len(report.vanished) == 4
    assert overrides(at, "trashed") == {"aliases": "kept"}
    at.person.pages.update(rows["Trashed"], in_trash=False)
    at.sweep()
    back = at.store.mirror.get(rows["Trashed"])
    assert back
    assert back.state is RowState.LIVE


def test_a_row_the_index_does_not_show_yet_is_not_gone(lagging: Desk):
    at = lagging
    at.add_row("Acme")
    at.watch.go_on(60)
    at.pull()
    late = at.add_row("Umbrella")
    known = at.store.mirror.all()[0]
    at.store.mirror.put(replace(known, page_id=late, org_id="", title="Umbrella"))
    assert at.sweep().vanished == ()


def test_a_database_emptied_at_once_stops_the_sweep(at: Desk):
    rows = [at.add_row(name) for name in ("Acme", "Umbrella")]
    at.pull()
    for row in rows:
        at.person.pages.update(row, in_trash=True)
    with pytest.raises(EmptiedDatabase, match="none of its 2 rows"):
        at.sweep()
    assert {row.state for row in at.store.mirror.all()} == {RowState.LIVE}


def test_an_unshared_database_is_named(at: Desk):
    operate(at.box, "share", {"page_id": at.companies.database_id, "shared": False})
    operate(at.box, "share", {"page_id": at.box.root_page, "shared": False})
    with pytest.raises(NotShared, match="Connections"):
        at.pull()


def test_a_new_row_takes_over_the_org_whose_row_is_gone(at: Desk):
    old = at.add_row("Acme")
    at.add_row("Umbrella")
    at.pull()
    at.person.pages.update(old, in_trash=True)
    at.sweep()
    new = at.add_row("Acme", Aliases=text("again"))
    at.pull()
    mirrored = at.store.mirror.of("acme")
    assert mirrored
    assert mirrored.page_id == new
    assert overrides(at, "acme") == {"aliases": "again"}


def test_rows_past_the_ceiling_of_a_query_all_arrive(store: Store, now: datetime):
    with desk(store, now, {}, query_ceiling=4) as at:
        at.init()
        for number in range(10):
            at.add_row(f"Company {number}")
            at.watch.go_on(60)
        assert len(at.sweep().added) == 10


def test_a_cursor_that_expires_in_mid_listing_costs_no_row(store: Store, now: datetime):
    with desk(store, now, {}, cursor_seconds=40.0) as at:
        at.init()
        for number in range(5):
            at.add_row(f"Company {number}")
        at.restart(page_size=2)
        at.fault("429_window", "POST", "*/query", after=1, seconds=50)
        assert len(at.sweep().added) == 5
