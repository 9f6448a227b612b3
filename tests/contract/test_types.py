"""The checks against Notion's types notice what is wrong, and only that."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import pytest

from tests.contract.conftest import Run
from tests.support.contract import Validator, tolerated
from tests.support.recording import Exchange
from tests.support.schema import Schemas

Json = dict[str, Any]
Spoil = Callable[[Any], None]

REQUEST_ID = "11111111-2222-3333-4444-555555555555"
PAGE = "/v1/pages/393abc1e-edcd-8000-8000-000000000001"
CHILDREN = "/v1/blocks/393abc1e-edcd-8000-8000-000000000001/children"


def smallest_answers(run: Run, validator: Validator) -> Iterator[tuple[str, Json]]:
    """The shortest successful answer of each endpoint, with the name of its type."""
    found: dict[str, Exchange] = {}
    for each in run.exchanges:
        endpoint = validator.endpoint(each.method, each.path)
        if each.status == 200 and endpoint is not None:
            best = found.setdefault(endpoint.name, each)
            if 2 < len(each.answered) < len(best.answered):
                found[endpoint.name] = each
    for each in found.values():
        endpoint = validator.endpoint(each.method, each.path)
        assert endpoint is not None
        body = json.loads(each.answered)
        body.pop("request_id", None)
        yield endpoint.response, body


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value, as the keys that lead there."""
    if path:
        yield path
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            yield from places(inner, (*path, key))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def is_loose(path: tuple[Any, ...]) -> bool:
    """A view's filter is declared to hold anything beside its property."""
    return path[0] == "filter"


def test_a_value_of_the_wrong_kind_is_noticed_anywhere(run: Run, validator: Validator):
    missed, tried = [], 0
    for name, body in smallest_answers(run, validator):
        assert validator.fits(name, body)
        for path in places(body):
            tried += 1
            wrong = spoil(body, path, [{"wrong": 1}])
            if validator.fits(name, wrong) and not is_loose(path):
                missed.append((name, path))
    assert missed == []
    assert tried > 1000


def test_a_key_too_many_is_noticed_anywhere(run: Run, validator: Validator):
    missed = []
    for name, body in smallest_answers(run, validator):
        for path in ((), *places(body)):
            wrong = copy.deepcopy(body)
            spot = at(wrong, path)
            if not isinstance(spot, dict) or (path and is_loose(path)):
                continue
            spot["surplus"] = None
            if validator.fits(name, wrong):
                missed.append((name, path))
    assert missed == []


def test_each_key_of_an_answer_is_missed_when_gone(run: Run, validator: Validator):
    """The types let only a few keys be absent, and each of them is named here."""
    optional = {
        "attachments", "complete_url", "configuration", "created_by", "data_source_id",
        "filter", "last_edited_by", "number_of_parts", "quick_filters", "sorts",
        "upload_url",
    }  # fmt: skip
    missed = []
    for name, body in smallest_answers(run, validator):
        for key in body.keys() - optional:
            less = {each: value for each, value in body.items() if each != key}
            if validator.fits(name, less):
                missed.append((name, key))
    assert missed == []


def test_the_quick_verdict_is_the_one_of_jsonschema(run: Run, validator: Validator):
    judged = 0
    for name, body in smallest_answers(run, validator):
        whole = {"$ref": f"#/definitions/{name}", "definitions": validator.definitions}
        slow = jsonschema.Draft7Validator(whole)
        if "results" in body:
            body["results"] = body["results"][:1]
        every = list(places(body))
        for path in every[:: len(every) // 8 + 1]:
            for change in (None, {}, "text", True):
                wrong = spoil(body, path, change)
                quick = validator.fits(name, wrong)
                assert quick == slow.is_valid(wrong), (name, path, change)
                judged += 1
    assert judged > 1000


def test_no_definition_needs_a_rule_that_is_unknown_here(validator: Validator):
    for name in validator.definitions:
        validator.fits(name, {})
    with pytest.raises(ValueError, match="oneOf"):
        Schemas({"New": {"oneOf": []}}).fits("New", {})


def spoil(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    wrong = copy.deepcopy(body)
    at(wrong, path[:-1])[path[-1]] = value
    return wrong


def parsed(run: Run, method: str, ending: str) -> Json:
    """The first successful answer to a call."""
    found = next(
        each.answered
        for each in run.exchanges
        if each.method == method and each.path.endswith(ending) and each.status == 200
    )
    body: Json = json.loads(found)
    return body


def test_a_problem_is_named_by_its_place_and_rule(run: Run, validator: Validator):
    body = parsed(run, "PATCH", "/children")
    callout = next(
        n for n, each in enumerate(body["results"]) if each["type"] == "callout"
    )
    path = ("results", callout, "callout", "rich_text", 0, "plain_text")
    place = f"results[{callout}].callout.rich_text[0].plain_text"
    assert validator.response("PATCH", CHILDREN, 200, spoil(body, path, 7)) == [
        f"AppendBlockChildrenResponse.{place}: 7 is not of type 'string'"
    ]


def test_an_id_without_dashes_is_no_answer(run: Run, validator: Validator):
    body = parsed(run, "GET", "/users/me")
    assert validator.response("GET", "/v1/users/me", 200, body) == []
    plain = {**body, "id": body["id"].replace("-", "")}
    assert validator.response("GET", "/v1/users/me", 200, plain) != []


def test_the_old_words_for_trash_are_refused_both_ways(run: Run, validator: Validator):
    body = parsed(run, "POST", "/v1/pages")
    assert validator.response("POST", "/v1/pages", 200, body) == []
    assert (
        validator.response("POST", "/v1/pages", 200, {**body, "archived": False}) != []
    )
    assert validator.request("PATCH", PAGE, {"in_trash": True}) == []
    assert validator.request("PATCH", PAGE, {"archived": True}) != []


def test_a_reduced_object_passes_only_where_rights_are_missing(validator: Validator):
    short = {"object": "page", "id": REQUEST_ID, "request_id": REQUEST_ID}
    assert validator.response("GET", PAGE, 200, short) != []
    assert validator.response("GET", PAGE, 200, short, reduced=True) == []
    more = {**short, "url": "https://example.com"}
    assert validator.response("GET", PAGE, 200, more, reduced=True) != []


ERROR = {
    "object": "error",
    "status": 429,
    "code": "rate_limited",
    "message": "You have been rate limited. Please try again in a few minutes.",
    "additional_data": {"retry_after": "30"},
    "request_id": REQUEST_ID,
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "too_fast"},
        {"status": 400},
        {"message": None},
        {"additional_data": {"retry_after": 30}},
        {"request_id": "none"},
        {"details": "more"},
    ],
)
def test_a_wrong_error_is_noticed(validator: Validator, wrong: Json):
    assert validator.response("GET", PAGE, 429, ERROR) == []
    assert validator.response("GET", PAGE, 429, {**ERROR, **wrong}) != []


def test_only_an_outage_may_answer_without_json(validator: Validator):
    assert validator.response("GET", PAGE, 502, "<html>Bad Gateway</html>") == []
    assert validator.response("GET", PAGE, 404, "<html>Not found</html>") != []
    assert validator.response("GET", PAGE, 200, "<html>Welcome</html>") != []


def test_only_the_list_of_templates_comes_without_request_id(validator: Validator):
    path = "/v1/data_sources/393abc1e-edcd-8000-8000-000000000001/templates"
    empty: Json = {"templates": [], "has_more": False, "next_cursor": None}
    assert validator.response("GET", path, 200, empty) == []
    assert validator.response("GET", path, 200, {**empty, "request_id": "x"}) != []


APPEND = {
    "children": [
        {"type": "paragraph", "paragraph": {"rich_text": [{"text": {"content": "x"}}]}}
    ],
    "position": {"type": "start"},
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("after",), REQUEST_ID),
        (("position", "type"), "middle"),
        (("children", 0, "type"), "paragraf"),
        (("children", 0, "in_trash"), False),
        (("children", 0, "paragraph", "colour"), "red"),
        (("children", 0, "paragraph", "rich_text"), "x"),
        (("children", 0, "paragraph", "rich_text", 0, "plain_text"), "x"),
        (("children", 0, "has_children"), False),
    ],
)
def test_a_wrong_request_is_noticed(
    validator: Validator, path: tuple[Any, ...], value: Any
):
    assert validator.request("PATCH", CHILDREN, APPEND) == []
    assert validator.request("PATCH", CHILDREN, spoil(APPEND, path, value)) != []


def test_unknown_calls_and_parameters_are_noticed(validator: Validator):
    assert validator.request("GET", "/v1/pages", None) != []
    assert validator.request("POST", "/v1/databases/x/query", {}) != []
    assert validator.request("GET", PAGE, None, ["filter_properties[]"]) == []
    assert validator.request("GET", PAGE, None, ["page_size"]) != []
    assert validator.request("DELETE", "/v1/blocks/x", {"reason": "old"}) != []


def test_what_the_real_server_tolerates_is_left_out_and_nothing_else():
    sent = {
        "properties": {
            "title": [{"text": {"content": "x"}, "plain_text": "x", "href": None}],
            "Maker": {"relation": [{"id": "a"}], "has_more": False},
            "Odd": {"number": 1, "has_more": False},
        }
    }
    assert tolerated(sent) == {
        "properties": {
            "title": {"title": [{"text": {"content": "x"}}]},
            "Maker": {"relation": [{"id": "a"}]},
            "Odd": {"number": 1, "has_more": False},
        }
    }
