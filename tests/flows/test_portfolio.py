"""The portfolio page in Notion: charts as pictures, quiet while nothing changes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.jobs import overview, portfolio
from store.records import ActionItem, HealthDay, Run, UsageReading
from tests.support.kept import begun
from tests.support.world import World


@pytest.fixture
def told(tmp_path: Path) -> Iterator[World]:
    with begun(tmp_path, rate_limit=False) as made:
        made.company("Acme", **{"Renewal Date": {"date": {"start": in_days(made, 45)}}})
        made.company("Beta")
        made.run("poll")
        judge(made, "acme", "At risk")
        judge(made, "beta", "Healthy")
        made.app.store.usage.put(readings(made))
        yield made


def in_days(told: World, days: int) -> str:
    return (told.clock() + timedelta(days=days)).date().isoformat()


def judge(told: World, org: str, health: str, days_ago: int = 0) -> None:
    day = told.clock().date() - timedelta(days=days_ago)
    piece = {
        "id": "e1", "source": "Usage data", "dated": day.isoformat(),
        "url": "https://notion.example/usage", "quote": "Mau fell.",
    }  # fmt: skip
    reason = {"subject": "usage", "weight": 3, "words": "Mau: 1,204 → 861, −28 %."}
    judged = HealthDay(
        org, day, health, ({**reason, "evidence": [piece]},), (), told.clock()
    )
    told.app.store.health.put(judged)


def readings(told: World) -> list[UsageReading]:
    today = datetime.combine(told.clock().date(), time(), UTC)
    return [
        UsageReading(org, "feature.exports", today - timedelta(days=back), 10.0, "u:1")
        for org in ("acme", "beta")
        for back in range(1, 120)
    ]


def page_id(told: World) -> str:
    sent = told.app.store.outbox.sent(portfolio.KEY)
    assert sent
    return sent.notion_id


def images(told: World) -> list[dict]:
    found = told.blocks(page_id(told))
    return [block for block in found if block["type"] == "image"]


def uploads(told: World) -> list[str]:
    return [line for line in told.writes() if "file_uploads" in line]


def test_the_page_shows_charts_reasons_and_renewals(told: World):
    told.run("portfolio", "publish")
    captions = [
        "".join(item["plain_text"] for item in one["image"]["caption"])
        for one in images(told)
    ]
    assert [caption.split()[0] for caption in captions] == ["Health", "Usage", "Of"]
    assert all(one["image"]["file"]["url"] for one in images(told))
    text = told.text(page_id(told))
    assert "[Usage data — " in text
    assert in_days(told, 45) in text


def test_nothing_new_writes_nothing_and_sends_no_picture(told: World):
    told.run("portfolio", "publish")
    told.forget_log()
    told.run("portfolio", "publish")
    assert told.writes() == []


def test_a_new_judgement_sends_that_picture_alone(told: World):
    told.run("portfolio", "publish")
    before = [one["id"] for one in images(told)]
    told.forget_log()
    judge(told, "beta", "Watch")
    told.run("portfolio", "publish")
    assert len([line for line in uploads(told) if line.endswith("/send")]) == 1
    assert [one["id"] for one in images(told)] == before, "changed in place"


def test_usage_is_shown_by_the_segment_that_people_keep(told: World):
    store = told.app.store
    store.mirror.put(_with(store.mirror.of("acme"), "Enterprise"))
    told.run("portfolio", "publish")
    assert "Enterprise 10 → 10" in told.text(page_id(told))


def _with(row, segment: str):
    return replace(row, values={**row.values, "segment": segment})


def test_what_became_of_alerts_counts_people_s_decisions_and_evidence(told: World):
    now = told.clock()
    for name, status, payload, age in (
        ("a", "done", {"closed_by": "bot"}, 1),
        ("b", "done", {}, 1),
        ("c", "dismissed", {}, 1),
        ("d", "open", {}, 1),
        ("old", "open", {}, 120),
    ):
        at = now - timedelta(days=age)
        item = ActionItem(name, "acme", "usage_drop", at, status, payload)
        told.app.store.actions.add(item)
    told.app.store.actions.add(ActionItem("x", "acme", "draft", now, "open", {}))
    (alerts,) = overview.gather(told.app).alerts()
    assert (alerts.done, alerts.dismissed) == (1, 1)
    assert (alerts.settled, alerts.still_open) == (1, 1)


def test_since_when_is_told_only_where_the_change_was_seen(told: World):
    for days_ago, health in ((3, "Healthy"), (2, "At risk"), (1, "At risk")):
        judge(told, "acme", health, days_ago)
    seen = {one.name: one.since for one in overview.gather(told.app).standings()}
    assert seen["Acme"] == told.clock().date() - timedelta(days=2)
    assert seen["Beta"] is None


def test_a_late_job_stands_at_the_top_until_it_ends_well(told: World):
    store, ago = told.app.store, told.clock() - timedelta(days=2)
    run = Run("r1", "usage", "", ago, None, "running", {})
    store.runs.begin(run)
    store.runs.end(run, "ok", {}, "", ago)
    said = list(portfolio.problems(told.app))
    assert any(line.startswith("job usage is late") for line in said)
    again = Run("r2", "usage", "", told.clock(), None, "running", {})
    store.runs.begin(again)
    store.runs.end(again, "ok", {}, "", told.clock())
    assert not any("usage is late" in line for line in portfolio.problems(told.app))


def test_a_job_that_is_running_is_late_only_once_it_runs_too_long(told: World):
    told.run("portfolio")
    told.clock.forward(days=1)
    run = Run("r3", "portfolio", "", told.clock(), None, "running", {})
    told.app.store.runs.begin(run)
    assert not any("portfolio" in line for line in portfolio.problems(told.app))
    told.clock.forward(hours=7)
    assert any("portfolio" in line for line in portfolio.problems(told.app))


def test_a_dossier_shows_the_usage_chart_below_what_is_said_of_usage(told: World):
    told.run("dossiers", "publish")
    blocks = told.blocks(told.dossier("acme"))
    titles = [_plain(block) for block in blocks]
    picture = next(at for at, b in enumerate(blocks) if b["type"] == "image")
    assert titles.index("Product usage") < picture < titles.index("External intel")
    assert titles[picture].startswith("Usage by week")
    told.forget_log()
    told.run("dossiers", "publish")
    assert told.writes() == []


def test_a_new_week_changes_the_dossier_s_picture(told: World):
    told.run("dossiers", "publish")
    store, today = told.app.store, told.clock()
    more = [
        UsageReading("acme", "feature.exports", today + timedelta(days=n), 10.0, "u:1")
        for n in range(8)
    ]
    store.usage.put(more)
    old = store.notes.get("chart.usage-acme")
    told.clock.forward(days=8)
    told.run("dossiers", "publish")
    assert store.notes.get("chart.usage-acme") != old


def _plain(block: dict) -> str:
    content = block[block["type"]]
    items = content.get("rich_text") or content.get("caption") or ()
    return "".join(item["plain_text"] for item in items)
