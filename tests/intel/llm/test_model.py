"""Asking a model: manners, patience, limits, memory; every way an answer can fail."""

from collections.abc import Iterator
from typing import Any

import pytest

from intel.llm import parsing
from intel.llm.errors import (
    BadRequest,
    BudgetSpent,
    Declined,
    ModelDown,
    ModelError,
    NoAnswer,
    NotAllowed,
    SlowDown,
    Unreadable,
)
from intel.llm.meter import Spent
from intel.llm.parsing import Malformed
from intel.llm.settings import LlmSettings
from intel.prompts import Question
from tests.support import model_server as ms
from tests.support.models import Bench, bench

SCHEMA = {"type": "object", "properties": {"word": {"type": "string"}}}
QUESTION = Question("Answer in JSON.", {"say": "hello"}, SCHEMA)
GOOD = ms.words('{"word": "hello"}')


@pytest.fixture
def table() -> Iterator[Bench]:
    with bench(lambda payload: {"word": payload["say"]}) as made:
        yield made


def word(data: Any) -> str:
    return parsing.string(data, "word")


def test_an_answer_comes_back_with_what_it_took(table: Bench):
    model = table.model(price_per_million_input=2.0, price_per_million_output=10.0)
    said, spent = model.answer("acme", QUESTION, word)
    assert said == "hello"
    assert spent.requests == 1
    assert spent.ms == 1000
    assert spent.cost == (spent.tokens_in * 2 + spent.tokens_out * 10) / 1_000_000 > 0
    assert model.meter.total == model.meter.by_org["acme"] == spent
    assert table.told == [("acme", spent)]


def test_a_request_has_a_schema_no_tools_and_temperature_nought(table: Bench):
    table.model().answer("acme", QUESTION, word)
    (sent,) = table.server.asked
    assert sent["response_format"]["json_schema"]["strict"] is True
    assert sent["response_format"]["json_schema"]["schema"] == SCHEMA
    assert sent["temperature"] == 0
    assert sent["max_tokens"] == 2500
    assert not {"tools", "tool_choice", "functions", "web_search_options"} & set(sent)


# Endpoints that take less


@pytest.mark.parametrize(
    ("refuses", "requests", "shape"),
    [
        ({"json_schema"}, 2, {"type": "json_object"}),
        ({"json_schema", "json_object"}, 3, None),
    ],
)
def test_where_a_schema_is_refused_plainer_manners_serve(
    table: Bench, refuses: set[str], requests: int, shape: Any
):
    table.server.refuses = refuses
    model = table.model()
    assert model.answer("acme", QUESTION, word)[0] == "hello"
    assert len(table.server.asked) == requests
    assert table.server.asked[-1].get("response_format") == shape
    model.answer("acme", QUESTION, word)
    assert len(table.server.asked) == requests + 1, "the manners are remembered"


def test_other_names_of_the_limit_and_no_temperature_serve_too(table: Bench):
    table.server.refuses = {"max_tokens", "temperature"}
    assert table.model().answer("acme", QUESTION, word)[0] == "hello"
    sent = table.server.asked[-1]
    assert sent["max_completion_tokens"] == 2500
    assert "temperature" not in sent
    assert sent["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize(
    "text",
    [
        '{"word": "hello"}',
        'Here you are:\n```json\n{"word": "hello"}\n```\nAnything else?',
        '<think>{"word": "no"} or {</think>{"word": "hello"}',
        '{not json} {"word": "hello"}',
    ],
)
def test_json_is_found_whatever_stands_around_it(table: Bench, text: str):
    table.server.script = [ms.words(text)]
    assert table.model().answer("acme", QUESTION, word)[0] == "hello"


# Trying again


def test_a_wait_that_is_asked_for_is_kept_and_others_grow(table: Bench):
    table.server.script = [ms.slow_down("7"), ms.DOWN, ms.CUT, GOOD]
    assert table.model().answer("acme", QUESTION, word)[0] == "hello"
    assert table.slept == [7.0, 2.0, 4.0]
    assert len(table.server.asked) == 4


@pytest.mark.parametrize(
    ("step", "kind", "tries"),
    [
        (ms.DOWN, ModelDown, 4),
        (ms.CUT, NoAnswer, 4),
        (ms.NO_JSON, NoAnswer, 4),
        (ms.slow_down("1"), SlowDown, 4),
        (ms.slow_down("3600"), SlowDown, 1),
        (ms.NO_QUOTA, NotAllowed, 1),
        (ms.error(403, "no"), NotAllowed, 1),
        (ms.error(404, "no such model"), BadRequest, 1),
        (ms.error(400, "context length exceeded"), BadRequest, 3),
    ],
)
def test_trying_ends_and_says_why(
    table: Bench, step: ms.Step, kind: type[ModelError], tries: int
):
    table.server.script = [step] * 9
    with pytest.raises(kind):
        table.model().answer("acme", QUESTION, word)
    assert len(table.server.asked) == tries


def test_a_wrong_key_names_the_variable_and_never_the_key(table: Bench):
    with pytest.raises(NotAllowed, match="OPENAI_API_KEY") as caught:
        table.model(key="sk-wrong-one").answer("acme", QUESTION, word)
    assert "sk-wrong" not in str(caught.value)


def test_after_what_lasts_nobody_is_asked_again_in_the_run(table: Bench):
    model = table.model(key="sk-wrong-one")
    for org in ("acme", "zeta", "beta"):
        with pytest.raises(NotAllowed):
            model.answer(org, QUESTION, word)
    assert table.server.asked == []
    table.server.script = [ms.DOWN] * 8
    model = table.model()
    for org in ("acme", "zeta", "beta"):
        with pytest.raises(ModelDown):
            model.answer(org, QUESTION, word)
    assert len(table.server.asked) == 8, "two companies with four tries each"
    assert table.model().answer("acme", QUESTION, word)[0] == "hello", "the next run"


# Answers that are no use


@pytest.mark.parametrize("step", [ms.MALFORMED, ms.WRONG_SHAPE, ms.TRUNCATED])
def test_an_unreadable_answer_is_asked_for_once_more(table: Bench, step: ms.Step):
    table.server.script = [step, GOOD]
    model = table.model()
    assert model.answer("acme", QUESTION, word)[0] == "hello"
    assert model.meter.total.requests == 2
    again = table.server.asked[1]["messages"]
    assert [m["role"] for m in again] == ["system", "user", "user"]
    assert "cannot be used" in again[2]["content"]


@pytest.mark.parametrize("step", [ms.MALFORMED, ms.WRONG_SHAPE, ms.TRUNCATED])
def test_twice_unreadable_is_given_up(table: Bench, step: ms.Step):
    table.server.script = [step] * 5
    with pytest.raises(Unreadable):
        table.model().answer("acme", QUESTION, word)
    assert len(table.server.asked) == 2


@pytest.mark.parametrize("step", [ms.REFUSAL, ms.Step(finish="content_filter")])
def test_a_refusal_is_taken_as_one(table: Bench, step: ms.Step):
    table.server.script = [step]
    model = table.model()
    with pytest.raises(Declined):
        model.answer("acme", QUESTION, word)
    assert len(table.server.asked) == 1
    assert model.answer("zeta", QUESTION, word)[0] == "hello", "others are asked"


# Limits


def test_a_company_has_its_own_limit(table: Bench):
    model = table.model(max_tokens_per_company=200, max_output_tokens=150)
    model.answer("acme", QUESTION, word)
    model.meter.add("acme", Spent(tokens_in=60))
    with pytest.raises(BudgetSpent, match="max_tokens_per_company = 200"):
        model.answer("acme", QUESTION, word)
    assert model.answer("zeta", QUESTION, word)[0] == "hello"
    assert len(table.server.asked) == 2


def test_a_run_has_a_limit_and_nought_is_none(table: Bench):
    model = table.model(max_tokens_per_run=3000)
    model.answer("acme", QUESTION, word)
    model.meter.add("beta", Spent(tokens_out=600))
    with pytest.raises(BudgetSpent, match="max_tokens_per_run"):
        model.answer("zeta", QUESTION, word)
    free = table.model(max_tokens_per_run=0, max_tokens_per_company=0)
    free.meter.add("zeta", Spent(tokens_out=10**9))
    assert free.answer("zeta", QUESTION, word)[0] == "hello"


# Memory


def test_what_is_kept_is_recalled_and_costs_nothing(table: Bench):
    model = table.model(price_per_million_input=1000.0)
    said, spent = model.answer("acme", QUESTION, word)
    keys = {model.key(QUESTION): said, "other": "x", "third": "y"}
    model.keep("acme", keys, spent)
    kept = list(table.memory.kept.values())
    assert sum(answer.tokens_in for answer in kept) == spent.tokens_in
    assert sum(answer.cost for answer in kept) == pytest.approx(spent.cost)
    later = table.model()
    assert later.recall("acme", later.key(QUESTION)) == "hello"
    assert later.meter.total == Spent(hits=1)
    assert later.recall("acme", "unknown") is None


def test_another_model_prompt_or_schema_is_another_question(table: Bench):
    one = table.model().key(QUESTION)
    assert table.model().key(QUESTION) == one
    others = [
        table.model(model="other-2").key(QUESTION),
        table.model().key(Question("Other.", QUESTION.payload, SCHEMA)),
        table.model().key(Question(QUESTION.system, {"say": "bye"}, SCHEMA)),
        table.model().key(Question(QUESTION.system, QUESTION.payload, {})),
    ]
    assert len({one, *others}) == 5


# The look of the doctor


def test_the_check_knows_the_model_by_name(table: Bench):
    endpoint = table.model() and table.opened[-1]
    assert endpoint.check() == "the endpoint offers scripted-1"
    table.server.models = ["a", "b"]
    with pytest.raises(BadRequest, match="it offers a, b"):
        endpoint.check()
    table.server.models = None
    assert "lists no models" in endpoint.check()
    table.model(key="sk-wrong")
    with pytest.raises(NotAllowed):
        table.opened[-1].check()


@pytest.mark.parametrize(
    "changes",
    [
        {"base_url": "localhost:8000"},
        {"timeout_s": 0.0},
        {"tries": 0},
        {"max_tokens_per_run": -1},
    ],
)
def test_settings_that_cannot_be_meant_are_refused(changes: dict[str, Any]):
    with pytest.raises(ValueError, match=r"base_url|above 0|0 or more"):
        LlmSettings(**changes)


def test_what_cannot_be_read_says_why():
    with pytest.raises(Malformed, match="no whole JSON object"):
        parsing.parse("hello " + "{" * 500)
    with pytest.raises(Malformed, match="'word' is no text"):
        parsing.string({"word": 3}, "word")
    with pytest.raises(Malformed, match="'ids' holds"):
        parsing.strings({"ids": ["a", 1]}, "ids")


# What comes of failures is on the account, too


def test_requests_without_an_answer_are_counted_with_the_time_they_took(table: Bench):
    table.server.script = [ms.DOWN]
    model = table.model(tries=2)
    said, spent = model.answer("acme", QUESTION, word)
    total = model.meter.total
    assert said == "hello"
    assert (spent.requests, spent.failed) == (1, 0)
    assert (total.requests, total.failed, total.ms) == (2, 1, 2000)
    assert total.as_counts()["llm_failed"] == 1
    assert [one.failed for _, one in table.told] == [1, 0]
    assert len(table.server.asked) == 2


def test_a_request_that_is_refused_as_it_is_put_is_counted(table: Bench):
    table.server.refuses = {"json_schema"}
    model = table.model()
    model.answer("acme", QUESTION, word)
    assert (model.meter.total.requests, model.meter.total.failed) == (2, 1)
    model.answer("acme", QUESTION, word)
    assert (model.meter.total.requests, model.meter.total.failed) == (3, 1)


def test_tokens_are_counted_even_where_the_answer_is_none(table: Bench):
    usage = {"prompt_tokens": 70, "completion_tokens": 3, "total_tokens": 73}
    empty = {"id": "x", "object": "chat.completion", "created": 1, "model": "m"}
    table.server.script = [ms.Step(body={**empty, "choices": [], "usage": usage})]
    model = table.model(tries=1)
    with pytest.raises(NoAnswer):
        model.answer("acme", QUESTION, word)
    total = model.meter.total
    assert (total.failed, total.tokens_in, total.tokens_out) == (1, 70, 3)
