"""Shares of the work: disjoint, together all, and read as they are typed."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.running import How, share_of
from bot.errors import BadMinutes, BadSlice
from bot.share import WHOLE, Share, company, read, sliced, unowned

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
NAMES = st.text(min_size=1, max_size=40)


@given(st.integers(1, 64), st.sets(NAMES, max_size=20), st.sets(NAMES, max_size=20))
def test_slices_are_disjoint_and_cover_all(count: int, orgs: set[str], loose: set[str]):
    slices = [sliced(number, count) for number in range(1, count + 1)]
    held = Counter(org for one in slices for org in orgs if one.holds(org))
    others = Counter(name for one in slices for name in loose if one.has(None, name))
    assert held == Counter(orgs)
    assert others == Counter(loose)
    assert sum(one.leads for one in slices) == 1


@given(st.sets(NAMES, max_size=50), st.sets(NAMES, max_size=50), st.integers(1, 16))
def test_single_companies_and_what_belongs_to_none_are_all_there_is(
    orgs: set[str], loose: set[str], count: int
):
    rest = [unowned(number, count) for number in range(1, count + 1)]
    shares = [*map(company, orgs), *rest]
    assert Counter(o for one in shares for o in orgs if one.holds(o)) == Counter(orgs)
    found = Counter(n for one in shares for n in loose if one.has(None, n))
    assert found == Counter(loose)
    assert sum(one.leads for one in shares) == 1


@given(st.integers(1, 200), st.integers(1, 200))
def test_what_is_published_without_a_company_is_up_to_the_first_slice(
    number: int, count: int
):
    if number <= count:
        assert sliced(number, count).published("", "portfolio") == (number == 1)


def test_slices_are_of_about_one_size():
    sizes = Counter(
        number
        for org in range(4000)
        for number in range(1, 9)
        if sliced(number, 8).holds(f"company-{org}")
    )
    assert min(sizes.values()) > 400
    assert max(sizes.values()) < 600


@pytest.mark.parametrize("words", ["2/8", " 2 / 8 ", "02/8"])
def test_a_slice_is_read_as_it_is_typed(words: str):
    found = read(words)
    assert (found.key, found.number, found.count) == ("2/8", 2, 8)


@pytest.mark.parametrize(
    "words", ["0/8", "9/8", "8", "2/0", "0/0", "-1/8", "a/b", "2/8/9", "1.5/8", "²/8"]
)
def test_a_wrong_slice_is_told_with_how_to_write_it(words: str):
    with pytest.raises(BadSlice, match="such as 2/8") as told:
        share_of(How(slice=words), NOW)
    assert told.value.exit_code == 2


def test_the_only_slice_is_the_whole():
    assert read("1/1") == WHOLE
    assert share_of(How(), NOW) == Share()


@pytest.mark.parametrize("words", ["0", "-3", "x", "nan", "inf", "1e9", "3 3"])
def test_a_wrong_length_of_time_is_told_with_how_to_write_it(words: str):
    with pytest.raises(BadMinutes, match="such as 33"):
        share_of(How(minutes=words), NOW)


def test_an_end_and_resuming_are_part_of_a_share():
    found = share_of(How("1/8", "0.5", resume=True), NOW)
    assert found.until == NOW + timedelta(seconds=30)
    assert found.resume
    assert found.leads
