"""`cip doctor`: what is wrong shows in red, with what to do about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.app import Lazy, open_app
from bot.commands import doctor
from bot.settings import Settings
from bot.telemetry import configure
from intel.embedder import open_embedder
from tests.support.kept import begun
from tests.support.newsroom import rich
from tests.support.sandbox import operate
from tests.support.world import World, world


@pytest.fixture
def told(tmp_path: Path) -> Iterator[World]:
    with begun(tmp_path, rate_limit=False) as made:
        yield made


@contextmanager
def other(told: World, change: Any) -> Iterator[World]:
    """The same bot begun anew with other settings."""
    settings = change(told.app.settings)
    app = open_app(settings, configure(settings.bot.log), told.clock, dry_run=True)
    try:
        yield World(told.box, app, told.person)
    finally:
        app.close()


def notion(**changes: Any) -> Any:
    def change(settings: Settings) -> Settings:
        own = replace(settings.sync.notion, **changes)
        return replace(settings, sync=replace(settings.sync, notion=own))

    return change


def red(told: World) -> dict[str, str]:
    """The red lines, by check."""
    lines: dict[str, str] = {}
    for name, finding in doctor.findings(told.app):
        if not finding.well:
            lines[name] = f"{lines.get(name, '')} {finding.text}".strip()
    return lines


def test_a_bot_that_is_well_has_no_red_line(told: World):
    told.company("Acme")
    told.run()
    assert red(told) == {}
    names = [name for name, _ in doctor.findings(told.app)]
    assert list(dict.fromkeys(names)) == list(doctor.CHECKS)


def test_a_wrong_token(told: World):
    with other(told, notion(token="ntn_wrong")) as sick:
        assert "Copy the connection's token again" in red(sick)["token"]


def test_nobody_at_the_address(told: World):
    with other(told, notion(base_url="http://127.0.0.1:9", tries=1)) as sick:
        assert "Check the network and NOTION_BASE_URL" in red(sick)["token"]


@pytest.mark.parametrize(("minutes", "way"), [(7, "ahead of"), (-7, "behind")])
def test_a_clock_that_is_wrong(told: World, minutes: int, way: str):
    operate(told.box, "clock", {"advance_seconds": -60 * minutes})
    line = red(told)["clock"]
    assert f"s {way} Notion's" in line
    assert "timedatectl set-ntp true" in line


def test_no_parent_page(told: World):
    with other(told, notion(parent="")) as sick:
        assert "Run `cip init --parent PAGE`" in red(sick)["sharing"]


def test_a_parent_page_that_is_not_shared(told: World):
    operate(told.box, "share", {"page_id": told.box.root_page, "shared": False})
    lines = red(told)
    assert "Connections, and add the bot's connection" in lines["sharing"]
    assert "Connections, and add the bot's connection" in lines["schema"]


@pytest.mark.parametrize("name", ["read_content", "read_comments"])
def test_a_right_to_read_that_is_missing(told: World, name: str):
    operate(told.box, "capabilities", {name: False})
    lines = red(told)
    assert "Turn the capability on" in (lines.get("capabilities") or lines["sharing"])


@pytest.mark.parametrize("name", ["update_content", "insert_content"])
def test_a_right_to_write_that_was_missing_when_it_was_needed(told: World, name: str):
    told.company("Acme")
    operate(told.box, "capabilities", {name: False})
    told.run()
    assert "Turn the capability on" in red(told)["capabilities"]
    operate(told.box, "capabilities", {name: True})
    told.clock.forward(hours=2)
    told.run("poll")
    assert "capabilities" not in red(told)


def test_properties_that_changed(told: World):
    binding = told.app.store.bindings.get("companies")
    assert binding is not None
    change = {"X": None, "Health": {"number": {}}}
    path = f"data_sources/{binding.data_source_id}"
    told.ask("PATCH", path, {"properties": change})
    line = red(told)["schema"]
    assert "'X' (x_handle) is gone. Restore it in Notion" in line
    assert "'Health' is of type number" in line
    assert "Change its type in Notion" in line


def test_before_init(tmp_path: Path):
    with world(tmp_path, rate_limit=False) as bare:
        assert "Run `cip init" in red(bare)["schema"]


def test_a_blocked_connection(told: World):
    fault = {"kind": "429_blocked", "count": None}
    operate(told.box, "faults", fault)
    assert "Contact Notion's support" in red(told)["token"]


def test_a_budget_that_is_spent(told: World):
    operate(told.box, "faults", {"kind": "429_workspace", "seconds": 900})
    assert "Work is kept and goes on then" in red(told)["token"]


def test_a_model_that_is_not_there(told: World, tmp_path: Path):
    missing = Lazy(lambda: open_embedder("local", tmp_path, package="no-such-package"))
    sick = World(told.box, replace(told.app, embedder=missing), told.person)
    assert "Install the package" in red(sick)["model"]


def test_a_source_that_fails_and_a_row_that_cannot_be_read(told: World):
    row = told.company("Acme")
    told.edit(
        row,
        Verified_Domain={"url": "no domain"},
        News_Feed={"url": "http://127.0.0.1:9/feed.xml"},
        Aliases=rich("A" * 101),
    )
    told.run()
    line = red(told)["sources"]
    assert "Verified Domain" in line
    assert "Correct it in that row in Notion" in line


def test_webhooks_without_a_handshake(told: World):
    def served(settings: Settings) -> Settings:
        server = replace(settings.bot.server, port=8799)
        return replace(settings, bot=replace(settings.bot, server=server))

    with other(told, served) as sick:
        assert "run `cip webhook-token`" in red(sick)["webhooks"]
        sick.app.store.notes.put("webhook.token", "secret_x", sick.clock())
        assert "webhooks" not in red(sick)
