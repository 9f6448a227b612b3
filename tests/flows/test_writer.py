"""Dossiers and drafts by a language model, from the feed to the page in Notion."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.commands import doctor
from bot.config import load
from bot.errors import BadConfig
from bot.jobs import dossiers
from bot.report import Report, silent
from bot.settings import Settings
from tests.support import model_server as ms
from tests.support import web
from tests.support.kept import begun
from tests.support.newsroom import (
    FUNDING,
    LAUNCH,
    OUTAGE,
    Newsroom,
    deliver_usage,
    read_by,
    rich,
    with_usage,
)
from tests.support.world import World

NAME, ORG = "Acme Freight", "acme-freight"
CANARY = "Secretly shopping for a replacement"
# How Notion words, and our wording, tell a page that no model wrote.
PLAIN = "written without the model"


class Office:
    """A world whose bot writes with the model, and the model itself."""

    def __init__(self, made: World, server: ms.ModelServer) -> None:
        self.world, self.server = made, server

    @property
    def dossier(self) -> str:
        return self.world.text(self.world.dossier(ORG))

    def write(self) -> Report:
        """Have the dossier written now, whether its turn has come or not."""
        app = self.world.app
        return dossiers.write(app, [app.store.orgs.find(ORG)], silent)


def writing_with(
    server: ms.ModelServer, settings: Settings, **changes: Any
) -> Settings:
    llm = replace(
        settings.intel.llm,
        base_url=server.base_url,
        model=ms.MODEL,
        price_per_million_input=2.0,
        price_per_million_output=8.0,
        **changes,
    )
    intel = replace(settings.intel, writer="llm", llm=llm)
    secrets = replace(settings.secrets, openai_api_key=ms.KEY)
    return replace(settings, intel=intel, secrets=secrets)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Callable[..., Office]]:
    """Open an office with news and usage of one company, before anything is written."""
    with ExitStack() as stack:
        site = stack.enter_context(web.running())
        news = Newsroom(site)
        for story in (FUNDING, LAUNCH, OUTAGE):
            news.publish(NAME, story)
        deliver_usage(tmp_path / "usage", NAME, fall=0.4)

        def opened(author: ms.Author = ms.good, **changes: Any) -> Office:
            server = stack.enter_context(ms.model_server(author))

            def change(settings: Settings) -> Settings:
                read = with_usage(read_by(site, settings), tmp_path / "usage")
                return writing_with(server, read, **changes)

            made = stack.enter_context(
                begun(tmp_path, changes=change, rate_limit=False)
            )
            row = made.company(NAME)
            made.edit(row, Manual_Notes=rich(CANARY))
            return Office(made, server)

        yield opened


def test_a_dossier_by_the_model_reads_well_and_is_written_once(
    office: Callable[..., Office],
):
    here = office()
    here.world.run()
    told = here.dossier
    assert "raised $30 million in a Series B round led by Harbour Ventures" in told
    assert "Risk: " in told
    assert PLAIN not in told
    assert CANARY not in here.server.seen
    asked = len(here.server.asked)
    assert asked >= 1
    last = here.world.app.store.dossiers.last(ORG)
    assert last is not None
    assert last.writer == "llm (scripted-1)"
    # a second cycle over unchanged input asks nobody and writes nothing
    here.world.run()
    here.world.forget_log()
    before = len(here.server.asked)
    here.world.run()
    assert len(here.server.asked) == before
    assert here.world.writes() == []
    assert here.dossier == told


def test_runs_and_the_store_keep_account(office: Callable[..., Office]):
    here = office()
    here.world.run("poll", "usage", "intel", "health")
    counts = here.write().counts
    assert counts["llm_requests"] == len(here.server.asked) == 1
    assert counts["llm_tokens_in"] > 500
    assert counts["llm_cost_millionths"] == (
        counts["llm_tokens_in"] * 2 + counts["llm_tokens_out"] * 8
    )
    kept = here.world.app.store.answers.of(ORG)
    assert sum(answer.tokens_in for answer in kept) == counts["llm_tokens_in"]
    again = here.write().counts
    assert "llm_requests" not in again
    assert again["llm_cache_hits"] == len(kept)


def test_lies_never_reach_notion(office: Callable[..., Office]):
    lies = (
        "Acme Freight raised $99 million in a Series B round.",
        "Acme Freight was bought by Zorblax.",
        "See https://evil.example/offer for more about Acme Freight.",
    )

    def author(payload: ms.Payload) -> Any:
        answer = ms.good(payload)
        for part, asked in zip(answer["sections"], payload["sections"], strict=True):
            told = [ms.claim(lie, *asked["evidence"][:1]) for lie in lies]
            part["claims"] = [*told, *part["claims"]][: asked["at_most"] + len(told)]
        return answer

    here = office(author)
    here.world.run()
    told = here.dossier
    for never in ("$99", "Zorblax", "evil.example"):
        assert never not in told, never
    assert "left out" in told
    assert "$30 million" in told
    removed = here.world.app.store.dossiers.last(ORG).removed  # type: ignore[union-attr]
    assert {"figures", "names", "hostile"} <= {one.rule for one in removed}
    per_dossier = [p for p in here.server.payloads if "sections" in p]
    assert any(part.get("removed") for p in per_dossier for part in p["sections"])


def test_where_the_budget_is_spent_page_and_run_say_so(office: Callable[..., Office]):
    here = office(max_tokens_per_run=100)
    here.world.run()
    assert here.server.asked == []
    assert f"{PLAIN}: budget" in here.dossier
    assert "raised $30 million" in here.dossier
    problems = "\n".join(here.write().problems)
    assert "1 written without the model" in problems
    assert "intel.llm.max_tokens_per_run = 100" in problems


def test_where_the_model_is_back_it_writes_again(office: Callable[..., Office]):
    here = office(tries=1)
    here.server.script = [ms.DOWN] * 99
    here.world.run()
    assert f"{PLAIN}: no answer" in here.dossier
    here.server.script = []
    assert here.write().problems == ()
    here.world.run("publish")
    assert PLAIN not in here.dossier


def test_a_tick_is_answered_by_the_model_and_nothing_from_inside_leaves(
    office: Callable[..., Office],
):
    here = office()
    here.world.run()
    mirror = here.world.app.store.mirror.of(ORG)
    assert mirror is not None
    here.server.asked.clear()
    intent = {"select": {"name": "congrats_funding"}}
    here.world.edit(
        mirror.page_id, Request_Draft={"checkbox": True}, Draft_Intent=intent
    )
    here.world.run("poll")
    (comment,) = here.world.comments(mirror.page_id)
    assert ms.COURTESY[0] in comment
    assert "[1]" in comment
    assert PLAIN not in comment
    clean = comment.split("Clean copy\n", 1)[1]
    assert "$30 million" in clean
    assert CANARY not in here.server.seen
    (payload,) = [p for p in here.server.payloads if "purpose" in p]
    kinds = {piece["kind"] for piece in payload["evidence"]}
    assert kinds <= {"news", "funding", "product"}, "outside kinds alone"


def test_a_tick_is_answered_without_the_model_too(office: Callable[..., Office]):
    here = office(tries=1)
    here.world.run()
    mirror = here.world.app.store.mirror.of(ORG)
    assert mirror is not None
    here.server.script = [ms.MALFORMED] * 9
    intent = {"select": {"name": "congrats_funding"}}
    here.world.edit(
        mirror.page_id, Request_Draft={"checkbox": True}, Draft_Intent=intent
    )
    here.world.run("poll")
    (comment,) = here.world.comments(mirror.page_id)
    assert f"({PLAIN}: unreadable answer)" in comment
    assert "$30 million" in comment.split("Clean copy\n", 1)[1]


def test_the_log_tells_what_it_took_and_no_word_of_it(office: Callable[..., Office]):
    here = office()
    lines = io.StringIO()
    log = structlog.wrap_logger(
        structlog.PrintLogger(lines),
        processors=[structlog.processors.JSONRenderer()],
    )
    here.world.app = replace(here.world.app, log=log)
    here.world.run()
    told = [json.loads(line) for line in lines.getvalue().splitlines()]
    (asked, *_) = [line for line in told if line["event"] == "model asked"]
    assert asked["org"] == ORG
    assert asked["tokens_in"] > 0
    assert asked["cost"] > 0
    for never in ("Harbour Ventures", "warehouses", ms.KEY, CANARY):
        assert never not in lines.getvalue(), never


# Settings and the doctor


def test_the_doctor_looks_at_the_model(office: Callable[..., Office]):
    here = office()

    def writer() -> doctor.Finding:
        told = dict(doctor.findings(here.world.app))
        return told["writer"]

    assert writer().well
    assert ms.MODEL in writer().text
    here.server.models = ["other-2"]
    assert not writer().well
    assert "it offers other-2" in writer().text


def test_the_model_is_set_by_config_and_its_key_by_the_environment(tmp_path: Path):
    config = tmp_path / "config.toml"
    config.write_text('[intel]\nwriter = "llm"\n')
    with pytest.raises(BadConfig, match="needs a model"):
        load({"CIP_CONFIG": str(config)})
    config.write_text('[intel]\nwriter = "llm"\n[intel.llm]\nmodel = "m"\n')
    read = load({"CIP_CONFIG": str(config), "OPENAI_API_KEY": "sk-1"})
    assert (read.intel.llm.model, read.secrets.openai_api_key) == ("m", "sk-1")
    assert "sk-1" not in repr(read)
    config.write_text("[intel.llm]\ntries = 0\n")
    with pytest.raises(BadConfig, match=r"intel\.llm"):
        load({"CIP_CONFIG": str(config)})
