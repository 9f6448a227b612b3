"""Leases: one process for each share of the work, also after a kill or a long sleep."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import LeaseLost
from store.leases import Lease
from store.store import Store

LIFE = timedelta(seconds=60)
LATER = timedelta(seconds=61)
SLICES = st.integers(1, 12).flatmap(
    lambda count: st.tuples(st.integers(1, count), st.just(count))
)


def lease(number: int = 1, count: int = 1, holder: str = "a", work: str = "w") -> Lease:
    return Lease(work, number, count, holder, holder)


def alive(held: Lease) -> bool:
    return False


def taken(store: Store, now: datetime, *wanted: Lease) -> list[Lease]:
    found = store.leases.take(wanted, now, LIFE, alive)
    assert isinstance(found, list), found
    return found


def test_what_is_held_is_not_given_to_another(store: Store, now: datetime):
    taken(store, now, lease(2, 8, "a"))
    other = store.leases.take([lease(2, 8, "b")], now, LIFE, alive)
    assert isinstance(other, Lease)
    assert (other.holder, other.taken_at) == ("a", now)


def test_other_slices_of_as_many_are_free(store: Store, now: datetime):
    taken(store, now, lease(2, 8, "a"))
    taken(store, now, lease(3, 8, "b"))
    assert [one.name for one in store.leases.held(now)] == ["w 2/8", "w 3/8"]


@given(SLICES, SLICES)
def test_slices_overlap_where_a_company_could_be_in_both(
    one: tuple[int, int], other: tuple[int, int]
):
    both = lease(*one).overlaps(lease(*other))
    assert both == (one[1] != other[1] or one[0] == other[0])
    assert not lease(*one).overlaps(lease(*other, work="another"))


@pytest.mark.parametrize(("first", "second"), [((1, 1), (2, 8)), ((2, 8), (1, 1))])
def test_slices_and_the_whole_exclude_each_other(
    store: Store, now: datetime, first: tuple[int, int], second: tuple[int, int]
):
    taken(store, now, lease(*first, "a"))
    assert isinstance(store.leases.take([lease(*second, "b")], now, LIFE, alive), Lease)


def test_of_several_all_are_taken_or_none(store: Store, now: datetime):
    taken(store, now, lease(holder="a", work="notion"))
    wanted = [lease(holder="b", work="other"), lease(holder="b", work="notion")]
    assert isinstance(store.leases.take(wanted, now, LIFE, alive), Lease)
    assert [one.holder for one in store.leases.held(now)] == ["a"]


def test_one_that_is_renewed_outlives_its_life(store: Store, now: datetime):
    (mine,) = taken(store, now, lease())
    store.leases.renew([mine], now + LIFE / 2, LIFE)
    assert store.leases.held(now + LATER)
    assert not store.leases.held(now + LIFE / 2 + LATER)


def test_one_that_ran_out_is_taken_over_and_its_holder_may_not_renew(
    store: Store, now: datetime
):
    (late,) = taken(store, now, lease(2, 8, "a"))
    taken(store, now + LATER, lease(2, 8, "b"))
    with pytest.raises(LeaseLost, match="taken over by b"):
        store.leases.renew([late], now + LATER, LIFE)


def test_one_whose_holder_is_gone_is_taken_over_at_once(store: Store, now: datetime):
    taken(store, now, lease(2, 8, "a"))
    found = store.leases.take([lease(2, 8, "b")], now, LIFE, lambda held: True)
    assert isinstance(found, list)
    assert [one.holder for one in store.leases.held(now)] == ["b"]


def test_one_that_is_given_back_is_free_at_once(store: Store, now: datetime):
    mine = taken(store, now, lease(holder="a"))
    store.leases.give_back(mine, now)
    taken(store, now, lease(holder="b"))


def test_giving_back_late_does_not_free_what_another_took_over(
    store: Store, now: datetime
):
    late = taken(store, now, lease(holder="a"))
    taken(store, now + LATER, lease(holder="b"))
    store.leases.give_back(late, now + LATER)
    assert [one.holder for one in store.leases.held(now + LATER)] == ["b"]


# Fencing


def test_whoever_slept_while_another_took_over_writes_nothing(
    store: Store, now: datetime
):
    late = taken(store, now, lease(2, 8, "a"))
    with store.leases.fencing(late):
        store.notes.put("kept", 1, now)
    taken(store, now + LATER, lease(1, 1, "b"))  # the whole holds that slice as well
    with store.leases.fencing(late):
        with pytest.raises(LeaseLost):
            store.notes.put("lost", 1, now)
        with pytest.raises(LeaseLost), store.atomic():
            store.notes.put("lost", 1, now)
        assert store.notes.get("kept") == 1
    assert store.notes.get("lost") is None
    store.notes.put("free", 1, now)


def half_done(store: Store, now: datetime) -> None:
    with store.atomic():
        store.notes.put("half", 1, now)
        raise ZeroDivisionError


def test_a_fence_leaves_transactions_whole(store: Store, now: datetime):
    mine = taken(store, now, lease())
    with store.leases.fencing(mine):
        with pytest.raises(ZeroDivisionError):
            half_done(store, now)
        with store.atomic():
            store.notes.put("whole", 1, now)
            with store.atomic():
                store.notes.put("within", 1, now)
    assert store.notes.get("half") is None
    assert store.notes.get("whole") == store.notes.get("within") == 1


def test_moments_are_read_as_they_were_written(store: Store):
    now = datetime(2026, 11, 22, 9, 30, 1, 234567, tzinfo=UTC)
    (mine,) = taken(store, now, lease())
    assert store.leases.all() == [mine]
