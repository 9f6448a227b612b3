"""Answers of the model: found again by their question, dropped when they have to."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from store.records import ModelAnswer
from store.store import Store


@pytest.fixture
def answer(now: datetime) -> ModelAnswer:
    told = [{"text": "Acme grew.", "evidence": ["e1"]}]
    return ModelAnswer("k1", "acme", "m", told, 900, 80, 1200, 0.004, now, now)


def test_an_answer_reads_back_as_kept(store: Store, answer: ModelAnswer, now: datetime):
    store.answers.put(answer)
    assert store.answers.get("k1", now) == answer
    assert store.answers.get("k2", now) is None
    store.answers.put(replace(answer, answer=[]))
    assert store.answers.of("acme") == [replace(answer, answer=[])]


def test_a_use_is_noted_once_a_day(store: Store, answer: ModelAnswer, now: datetime):
    store.answers.put(answer)
    store.answers.get("k1", now + timedelta(hours=5))
    assert store.answers.of("acme")[0].used_at == now
    later = now + timedelta(days=2)
    assert store.answers.get("k1", later) == replace(answer, used_at=later)
    assert store.answers.of("acme")[0].used_at == later


def test_answers_go_by_company_by_age_and_by_disuse(
    store: Store, answer: ModelAnswer, now: datetime
):
    old = replace(answer, key="old", created_at=now - timedelta(days=400))
    other = replace(answer, key="other", org_id="zeta")
    idle = replace(other, key="idle", used_at=now - timedelta(days=100))
    for one in (answer, old, other, idle):
        store.answers.put(one)
    assert store.answers.drop_before(now - timedelta(days=365)) == 1
    assert store.answers.drop_unused(now - timedelta(days=90)) == 1
    assert store.answers.drop_of("acme") == 1
    assert store.answers.of("acme") == []
    assert store.answers.of("zeta") == [other]
