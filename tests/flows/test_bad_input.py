"""Bad input gets a clear error that says where and what next; the rest goes on."""

import io
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.app import open_app
from bot.commands.running import cycle
from bot.fields import READERS
from bot.jobs import notion
from bot.runner import Outcome
from bot.settings import Settings
from bot.troubles import troubles
from store.records import MirrorRow
from sync.notion import pull, setup
from tests.support import stores, web
from tests.support.command import cip, environment
from tests.support.kept import begun
from tests.support.newsroom import FUNDING, Newsroom, rich, with_usage
from tests.support.sandbox import operate
from tests.support.web import Reply
from tests.support.world import World, reading, world

HUGE = 50 * 1024 * 1024


@dataclass
class Press:
    """A world that reads a good feed, and whatever else a test puts on the site."""

    told: World
    news: Newsroom
    site: web.Site


@pytest.fixture
def told(tmp_path: Path) -> Iterator[World]:
    with begun(tmp_path, rate_limit=False) as made:
        yield made


def pressed(tmp_path: Path, *feeds: str) -> Iterator[Press]:
    with web.running() as site:
        news = Newsroom(site)
        news.publish("Acme Freight", FUNDING)
        every = [news.feed, *(site.url(f) if f[0] == "/" else f for f in feeds)]

        def changes(settings: Settings) -> Settings:
            own = reading(settings, every, [site.netloc])
            quick = replace(own.sync.web, tries=1, timeout_s=3.0)
            return replace(own, sync=replace(own.sync, web=quick))

        with begun(tmp_path, changes=changes, rate_limit=False) as made:
            made.company("Acme Freight")
            yield Press(made, news, site)


@pytest.fixture
def press(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Press]:
    yield from pressed(tmp_path, *getattr(request, "param", ()))


def outcome(told: World, job: str) -> Outcome:
    """Run a job that may fail."""
    return cycle(told.app, [job], Console(file=io.StringIO()))[0]


def good_news_is_there(told: World) -> None:
    assert "$30 million" in told.text(told.dossier("acme-freight"))


# Settings, token and sharing


def settings_in(tmp_path: Path, text: str, **more: str) -> dict[str, str]:
    config = tmp_path / "config.toml"
    config.write_text(text)
    url = stores.url_in(tmp_path)
    return environment(CIP_CONFIG=str(config), DATABASE_URL=url, **more)


@pytest.mark.parametrize("command", [("once", "poll"), ("run",), ("init",)])
def test_without_a_token_it_says_where_to_get_one(
    tmp_path: Path, command: tuple[str, ...]
):
    words = (*command, "--parent", "1" * 32) if command == ("init",) else command
    ended = cip(*words, env=settings_in(tmp_path, ""))
    assert ended.code == 1
    assert "No Notion token is set" in ended.text
    assert "NOTION_TOKEN" in ended.text
    assert "Traceback" not in ended.text


def test_a_token_file_that_is_not_there_is_named(tmp_path: Path):
    ended = cip("status", env=settings_in(tmp_path, "", NOTION_TOKEN_FILE="/none"))
    assert ended.code == 1
    assert "NOTION_TOKEN_FILE: /none cannot be read" in ended.text


def test_every_problem_of_the_settings_is_told_at_once(tmp_path: Path):
    env = settings_in(
        tmp_path,
        '[stor]\nurl = "x"\n[bot.schedule]\npoll_seconds = 0\n'
        '[intel.dossier]\nconfirm = "never"\nwindow_days = "many"\n'
        '[sync.notion]\ntoken = "ntn_secretvalue"\n',
    )
    ended = cip("once", env=env)
    assert ended.code == 1
    for where in (
        "stor: there is no such setting; did you mean 'store'?",
        "bot.schedule.poll_seconds",
        "intel.dossier.confirm",
        "intel.dossier.window_days",
        "sync.notion.token: a secret does not belong into this file",
    ):
        assert where in ended.text
    assert "5 problem(s)" in ended.text
    assert "ntn_secretvalue" not in ended.text


def test_settings_that_are_no_toml_are_named_with_the_line(tmp_path: Path):
    ended = cip("once", env=settings_in(tmp_path, "[store\n"))
    assert ended.code == 1
    assert "config.toml" in ended.text
    assert "line 1" in ended.text


@pytest.mark.files
def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path):
    env = settings_in(tmp_path, "")
    assert cip("status", env=env).code == 0
    file = tmp_path / "store.db"
    with sqlite3.connect(file) as store:
        row = (9999, "9999_of_the_future", "2030-01-01 00:00:00")
        store.execute("INSERT INTO schema_migration VALUES (?, ?, ?)", row)
    store.close()
    before = file.read_bytes()
    ended = cip("status", env=env)
    assert ended.code == 1
    assert "newer" in ended.text
    assert str(file) in ended.text
    assert "Traceback" not in ended.text
    assert file.read_bytes() == before


@pytest.mark.files
def test_a_store_that_is_no_database_is_named(tmp_path: Path):
    env = settings_in(tmp_path, "")
    (tmp_path / "store.db").write_bytes(b"this is no database, it is a letter" * 99)
    ended = cip("status", env=env)
    assert ended.code == 1
    assert str(tmp_path / "store.db") in ended.text
    assert "Traceback" not in ended.text


def test_a_wrong_token_ends_the_job_and_says_so(tmp_path: Path):
    def changes(settings: Settings) -> Settings:
        notion = replace(settings.sync.notion, token="ntn_wrong")
        return replace(settings, sync=replace(settings.sync, notion=notion))

    with world(tmp_path, changes=changes, rate_limit=False) as told:
        env = settings_in(
            tmp_path, "", NOTION_TOKEN="ntn_wrong", NOTION_BASE_URL=told.box.url
        )
        ended = cip("init", "--parent", told.box.root_page, env=env)
        assert ended.code == 1
        assert "does not accept NOTION_TOKEN" in ended.text
        assert "ntn_wrong" not in ended.text


def test_publishing_that_is_stopped_fails_the_job_and_keeps_the_work(told: World):
    told.company("Acme")
    pull.pull(
        told.app.notion(), told.app.store, notion.settings(told.app), READERS,
        told.clock(),
    )  # fmt: skip
    told.run("dossiers")
    own = told.app.settings.sync.notion
    wrong = replace(own, token="ntn_wrong")
    sync = replace(told.app.settings.sync, notion=wrong)
    app = open_app(replace(told.app.settings, sync=sync), told.app.log, told.clock)
    try:
        failed = cycle(app, ["publish"], Console(file=io.StringIO()))[0]
    finally:
        app.close()
    assert not failed.ok
    assert "does not accept NOTION_TOKEN" in failed.report.problems[0]
    assert told.app.store.outbox.all("pending")
    told.clock.forward(minutes=1)
    told.run("publish")
    assert told.dossier("acme")


def test_a_page_that_is_not_shared_is_named_with_what_to_click(tmp_path: Path):
    with world(tmp_path, rate_limit=False) as told:
        operate(told.box, "share", {"page_id": told.box.root_page, "shared": False})
        env = settings_in(
            tmp_path, "", NOTION_TOKEN=told.box.token, NOTION_BASE_URL=told.box.url
        )
        ended = cip("init", "--parent", told.box.root_page, env=env)
    assert ended.code == 1
    assert told.box.root_page in ended.text
    assert "••• → Connections" in ended.text


def test_before_init_a_job_says_to_run_it(tmp_path: Path):
    with world(tmp_path, rate_limit=False) as told:
        failed = outcome(told, "poll")
        assert not failed.ok
        assert "Run `cip init --parent PAGE`" in failed.report.problems[0]


def test_notion_that_does_not_answer_is_named(tmp_path: Path):
    env = settings_in(
        tmp_path,
        "[sync.notion]\ntries = 1\n",
        NOTION_TOKEN="ntn_x",
        NOTION_BASE_URL="http://127.0.0.1:9",
    )
    ended = cip("init", "--parent", "1" * 32, env=env)
    assert ended.code == 1
    assert "http://127.0.0.1:9 cannot be reached" in ended.text
    assert "NOTION_BASE_URL" in ended.text


def test_a_shared_page_taken_away_fails_the_poll_and_nothing_is_lost(told: World):
    row = told.company("Acme")
    told.edit(row, Verified_Domain={"url": "acme.com"})
    told.run()
    page = told.dossier("acme")
    operate(told.box, "share", {"page_id": told.box.root_page, "shared": False})
    failed = outcome(told, "poll")
    assert not failed.ok
    assert "not shared with the connection" in failed.report.problems[0]
    assert told.app.store.orgs.get("acme").domain == "acme.com"
    assert any("job poll failed" in line for line in troubles(told.app.store))
    operate(told.box, "share", {"page_id": told.box.root_page, "shared": True})
    told.run()
    assert told.dossier("acme") == page


# Properties


def source_of(told: World) -> str:
    binding = told.app.store.bindings.get("companies")
    assert binding is not None
    return f"data_sources/{binding.data_source_id}"


def test_a_property_a_person_deletes_is_told_and_loses_nothing(told: World):
    row = told.company("Acme")
    told.edit(row, Verified_Domain={"url": "acme.com"})
    told.run()
    told.ask("PATCH", source_of(told), {"properties": {"Verified Domain": None}})
    told.edit(row, Official_Name=rich("Acme Corporation"))
    done = outcome(told, "poll")
    assert any(
        "'Verified Domain' (domain) is gone" in p and "`cip init`" in p
        for p in done.report.problems
    )
    org = told.app.store.orgs.get("acme")
    assert org.domain == "acme.com"
    assert org.display_name == "Acme Corporation"


@pytest.mark.parametrize("seen", [True, False])
def test_init_puts_a_deleted_property_back_and_what_was_said_stays(
    told: World, seen: bool
):
    row = told.company("Acme")
    told.edit(row, Verified_Domain={"url": "acme.com"})
    told.run()
    told.ask("PATCH", source_of(told), {"properties": {"Verified Domain": None}})
    if seen:
        told.run("poll")
    told.init()
    told.run("poll")
    told.run("sweep")
    assert told.app.store.orgs.get("acme").domain == "acme.com"
    told.edit(row, Verified_Domain={"url": "acme.io"})
    told.run("poll")
    assert told.app.store.orgs.get("acme").domain == "acme.io"
    told.edit(row, Verified_Domain={"url": None})
    told.run("poll")
    assert told.app.store.orgs.get("acme").domain == ""


@pytest.mark.parametrize(
    "change",
    [None, {"number": {}}],
    ids=["deleted", "of another type"],
)
def test_without_one_column_of_the_bot_the_others_are_written(told: World, change: Any):
    told.company("Acme")
    told.run()
    told.ask("PATCH", source_of(told), {"properties": {"Latest Funding": change}})
    row = told.app.store.mirror.of("acme")
    assert isinstance(row, MirrorRow)
    told.edit(
        row.page_id,
        Funding_Round={"select": {"name": "Seed"}},
        Crunchbase={"url": "no address"},
    )
    done = outcome(told, "poll")
    assert any("Latest Funding" in p for p in done.report.problems)
    assert "Crunchbase: “no address”" in told.value(row.page_id, "Sync Note")
    assert any("Latest Funding" in line for line in troubles(told.app.store))
    if change is None:
        told.init()
        told.clock.forward(hours=2)
        told.run()
        assert told.value(row.page_id, "Latest Funding").startswith("Seed")


def test_a_property_of_another_type_is_told_and_loses_nothing(told: World):
    row = told.company("Acme")
    told.edit(row, Verified_Domain={"url": "acme.com"})
    told.run()
    number = {"properties": {"Verified Domain": {"number": {}}}}
    told.ask("PATCH", source_of(told), number)
    told.edit(row, Aliases=rich("Acme Inc"))
    done = outcome(told, "poll")
    assert any(
        "'Verified Domain' is of type number, but domain needs url" in p
        for p in done.report.problems
    )
    org = told.app.store.orgs.get("acme")
    assert org.domain == "acme.com"
    assert org.aliases == ("Acme Inc",)


def test_adopting_a_database_with_a_property_of_another_type_says_so(told: World):
    told.ask("PATCH", source_of(told), {"properties": {"Renewal Date": {"number": {}}}})
    own = told.app.settings.sync.notion
    plans = setup.plans(told.app.notion(), told.app.store, own)
    problems = [p for plan in plans for p in plan.problems]
    assert len(problems) == 1
    assert (
        "'Renewal Date' is of type number, but renewal_date needs date" in problems[0]
    )


# The web


BROKEN = {
    "unreachable": ("http://127.0.0.1:9/feed.xml",),
    "html": ("/html",),
    "loop": ("/loop",),
    "inside": ("/inside",),
    "huge": ("/huge.xml",),
    "server error": ("/broken",),
}


def break_the_site(site: web.Site) -> None:
    page = "<html><head><title>No feed</title></head><body>Hello</body></html>"
    site.serve("/html", page, content_type="text/html")
    site.answer("/loop", 302, Location=site.url("/loop"))
    site.answer("/inside", 302, Location="http://169.254.169.254/latest/meta-data")
    site.answer("/broken", 500)
    site.routes["/huge.xml"] = lambda request: Reply(stream=endless(b"<rss>"))


def endless(start: bytes) -> Iterator[bytes]:
    yield start
    for _ in range(HUGE // 65536):
        yield b"x" * 65536


@pytest.mark.parametrize(
    ("press", "said"),
    [
        (BROKEN["unreachable"], "127.0.0.1:9"),
        (BROKEN["html"], "/html"),
        (BROKEN["loop"], "redirect"),
        (BROKEN["inside"], "169.254.169.254"),
        (BROKEN["huge"], "/huge.xml"),
        (BROKEN["server error"], "500"),
    ],
    indirect=["press"],
    ids=list(BROKEN),
)
def test_a_feed_that_fails_is_named_and_the_others_go_on(press: Press, said: str):
    break_the_site(press.site)
    outcomes = press.told.run()
    good_news_is_there(press.told)
    problems = [p for one in outcomes for p in one.report.problems]
    assert len(problems) == 1, problems
    assert said in problems[0]
    assert len(problems[0]) > 40, "a sentence, not a code"
    told = list(troubles(press.told.app.store))
    assert any(said in line for line in told), told


@pytest.mark.parametrize("what", ["huge", "loop", "inside", "binary", "gone"])
def test_an_article_that_fails_stops_no_other(press: Press, what: str):
    site, news, told = press.site, press.news, press.told
    url = news.publish("Acme Freight", ("Acme Freight hires a chef", ("x",)))
    path = url.removeprefix(site.url("")).rstrip("/")
    path = "/" + path.lstrip("/")
    break_the_site(site)
    big = {"Content-Type": "text/html"}
    site.routes[path] = {
        "huge": lambda r: Reply(headers=big, stream=endless(b"<html><body><p>")),
        "loop": lambda r: Reply(status=302, headers={"Location": url}),
        "inside": lambda r: Reply(
            status=302, headers={"Location": "http://10.0.0.7/admin"}
        ),
        "binary": lambda r: Reply(b"\x00\xff" * 5000, headers=big),
        "gone": lambda r: Reply(status=410),
    }[what]
    told.run()
    good_news_is_there(told)
    titles = {e.title for e in told.app.store.events.about("acme-freight")}
    assert any("raises $30 million" in title for title in titles)
    told.run()
    good_news_is_there(told)


def test_a_bad_usage_file_is_named_by_file_and_line(tmp_path: Path):
    folder = tmp_path / "usage"
    folder.mkdir()
    lines = "org,metric,ts,value\nAcme,users,2026-11-01,12\nAcme,users,soon,12\n"
    (folder / "bad.csv").write_text(lines)

    def changes(settings: Settings) -> Settings:
        return with_usage(settings, folder)

    with begun(tmp_path, changes=changes, rate_limit=False) as told:
        told.company("Acme")
        told.run("poll")
        done = outcome(told, "usage")
        assert done.ok
        assert any(p.startswith("bad.csv:3: ") for p in done.report.problems)
        assert told.app.store.usage.of(
            "acme", told.clock().replace(year=2026, month=1, day=1)
        )


# Hostile rows


def test_markup_in_a_row_is_shown_as_text(told: World):
    row = told.company("[red]Acme[/red] | <script>")
    told.edit(row, Official_Name=rich("=HYPERLINK(1) [x](http://evil.example)"))
    told.run()
    org = told.app.store.orgs.all()[0]
    assert org.callsign == "[red]Acme[/red] | <script>"
    text = told.text(told.dossier(org.org_id))
    assert "](http://evil.example)" not in text.replace("[x](http://evil.example)", "")


@pytest.mark.parametrize(
    "name", ["   ", "…", "🦆", "株式会社", "a" * 1900, "../../etc"]
)
def test_a_row_of_any_name_harms_no_other(told: World, name: str):
    told.company(name)
    told.company("Acme")
    told.run()
    assert told.dossier("acme")
    told.forget_log()
    told.run()
    assert told.writes() == []


def test_an_address_that_cannot_be_split_stops_no_other_row(told: World):
    bad = told.company("Acme", Crunchbase={"url": "http://[::1"})
    good = told.company("Other", Crunchbase={"url": "https://crunchbase.com/other"})
    told.run()
    assert "Crunchbase: “http://[::1” is not a web" in told.value(bad, "Sync Note")
    assert told.value(good, "Sync Note") == ""
    assert told.app.store.orgs.get("other").identifiers["crunchbase"]
