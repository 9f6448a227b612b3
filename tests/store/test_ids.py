"""Equal values have one form and one hash, whatever they hold."""

import json
from datetime import UTC, date, datetime

import pytest

from store import ids


@pytest.mark.parametrize(
    "value",
    [
        {"b": 1, "a": [1.0, 2.5, None, True, "é\n\u2028"]},
        {"ä": 1, "z": 2, "😀": 3, "\uffff": 4},
        2**63,
        "half of a pair: \ud83d",
        {"quotes": '"\\/', "control": "\x01\x7f"},
        [],
        "",
    ],
)
def test_what_is_written_is_read_back(value: object):
    told = ids.canonical(value)
    assert ids.read(told) == json.loads(told) == value


def test_keys_are_in_order_and_nothing_is_around_them():
    assert ids.canonical({"b": {"d": 1, "c": 2}, "a": "é"}) == (
        '{"a":"é","b":{"c":2,"d":1}}'
    )


def test_moments_and_days_are_written_as_they_are_told():
    at = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    assert ids.canonical([at, date(2026, 11, 23)]) == (
        '["2026-11-23T09:30:00+00:00","2026-11-23"]'
    )


def test_numbers_too_large_for_64_bits_are_written_whole():
    assert ids.canonical(2**70) == str(2**70)


def test_what_is_no_json_is_refused():
    with pytest.raises(TypeError):
        ids.canonical({"what": object()})


def test_what_is_no_json_cannot_be_read():
    with pytest.raises(ValueError, match="Expecting"):
        ids.read("{no")


def test_hashes_go_by_value():
    assert ids.value_hash({"a": 1, "b": "x"}) == ids.value_hash({"b": "x", "a": 1})
    assert ids.value_hash({"a": 1}) != ids.value_hash({"a": "1"})
    assert ids.value_hash("\ud83d") == ids.digest('"\ud83d"')
