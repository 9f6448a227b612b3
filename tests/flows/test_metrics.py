"""Metrics as Prometheus reads them, and what a check of health and readiness says."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from prometheus_client.parser import text_string_to_metric_families

from bot import meters, server
from bot.settings import ServerSettings
from tests.support.documents import ROOT, Document
from tests.support.kept import begun
from tests.support.sandbox import operate
from tests.support.world import World

Read = dict[str, dict[tuple[tuple[str, str], ...], float]]


def read(text: str) -> Read:
    """Every sample by its name and labels."""
    found: Read = {}
    for family in text_string_to_metric_families(text):
        assert family.documentation, family.name
        for sample in family.samples:
            labels = tuple(sorted(sample.labels.items()))
            found.setdefault(sample.name, {})[labels] = sample.value
    return found


def only(found: Read, name: str, **labels: str) -> float:
    return found[name][tuple(sorted(labels.items()))]


@contextmanager
def serving(tmp_path: Path, **options: Any) -> Iterator[tuple[World, str]]:
    with (
        begun(tmp_path, rate_limit=False, **options) as told,
        server.serving(told.app, ServerSettings(port=0)) as port,
    ):
        yield told, f"http://127.0.0.1:{port}"


def test_a_cycle_is_told_in_numbers(tmp_path: Path):
    with serving(tmp_path) as (told, base):
        told.company("Acme")
        told.company("Bolt")
        told.run()
        answer = httpx.get(f"{base}/metrics")
        assert answer.headers["content-type"].startswith("text/plain; version=")
        found = read(answer.text)
        asked = told.app.notion().budget.total
    assert only(found, "cip_store_up") == 1
    assert only(found, "cip_runs_total", job="poll", status="ok") == 1
    assert only(found, "cip_run_duration_seconds_count", job="dossiers") == 1
    assert only(found, "cip_job_lag_seconds", job="poll") == 0
    assert only(found, "cip_job_last_success_timestamp_seconds", job="poll") > 1e9
    assert sum(found["cip_notion_requests_total"].values()) == asked
    limit = told.app.settings.sync.notion.requests_per_window
    assert 0 <= only(found, "cip_notion_budget_left") < limit
    assert only(found, "cip_notion_budget_limit") == limit
    assert only(found, "cip_outbox_items", state="pending") == 0
    assert only(found, "cip_dossiers_due") == 0
    assert found["cip_build_info"]
    [labels] = found["cip_embedder_info"]
    assert dict(labels)["name"].startswith("hashing")


def test_what_waits_and_for_how_long_is_told(tmp_path: Path):
    with serving(tmp_path) as (told, base):
        told.company("Acme")
        told.run("poll", "dossiers")
        told.clock.forward(days=8)
        told.run("dossiers")
        told.clock.forward(hours=2)
        found = read(httpx.get(f"{base}/metrics").text)
        assert only(found, "cip_outbox_items", state="pending") > 0
        assert only(found, "cip_outbox_oldest_seconds") >= 7200
        assert only(found, "cip_job_lag_seconds", job="dossiers") >= 3599
        told.clock.forward(days=7)
        found = read(httpx.get(f"{base}/metrics").text)
        assert only(found, "cip_dossiers_due") == 1
        assert only(found, "cip_dossiers_oldest_due_seconds") >= 7000


def test_an_answer_that_asks_us_to_slow_down_is_counted(tmp_path: Path):
    with serving(tmp_path) as (told, base):
        operate(told.box, "faults", {"kind": "429", "count": 1, "seconds": 0})
        told.run("poll")
        found = read(httpx.get(f"{base}/metrics").text)
    assert only(found, "cip_notion_rate_limited_total") == 1


def test_a_store_that_does_not_answer_is_told_and_nothing_else(tmp_path: Path):
    with serving(tmp_path) as (told, base):
        told.run("poll")
        assert httpx.get(f"{base}/readyz").status_code == 200
        told.app.store.database.execute_sql("ALTER TABLE notes RENAME TO gone")
        found = read(httpx.get(f"{base}/metrics").text)
        ready = httpx.get(f"{base}/readyz")
        told.app.store.database.execute_sql("ALTER TABLE gone RENAME TO notes")
    assert only(found, "cip_store_up") == 0
    assert "cip_events" not in found
    assert ready.status_code == 503
    assert "store does not answer" in ready.json()["why"]


def test_two_bots_in_one_process_share_no_count():
    one, other = meters.Meters(), meters.Meters()
    one.ran("poll", "ok", 0.1)
    assert one.registry.get_sample_value("cip_runs_total", RAN) == 1
    assert other.registry.get_sample_value("cip_runs_total", RAN) is None


RAN = {"job": "poll", "status": "ok"}


def test_every_metric_is_described_and_no_other(tmp_path: Path):
    with serving(tmp_path) as (told, base):
        told.company("Acme")
        told.run()
        text = httpx.get(f"{base}/metrics").text
    names = {
        f.name.removesuffix("_total") for f in text_string_to_metric_families(text)
    }
    page = Document(ROOT / "docs" / "operations.md")
    roles = {"cip_owner", "cip_worker", "cip_analytics"}  # of Postgres
    said = {code for code in page.inline() if code.startswith("cip_")} - roles
    named = {name.partition("{")[0].removesuffix("_total") for name in said}
    assert {name for name in names if not name.endswith("_created")} == named
