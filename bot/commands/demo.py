"""`cip demo`: everything against a sandbox Notion with invented companies.

Touches: two ports of this machine, a folder of its own.
"""

import shutil
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot import digest, scheduler, telemetry
from bot.app import PARENT, App, open_app, system_clock
from bot.commands.running import PATIENCE, cycle, summary
from bot.config import load
from bot.jobs import CYCLE
from bot.jobs.orgs import live
from bot.settings import ConnectorsSettings, Settings
from store.store import Store
from sync.notion import setup
from sync.sandbox.options import Options
from sync.sandbox.sample import helpdesk
from sync.sandbox.sample.calls import write_calls, write_companies
from sync.sandbox.sample.feeds import demo_feeds
from sync.sandbox.sample.site import running_site
from sync.sandbox.sample.usage import write_usage
from sync.sandbox.server import Running, running

FOLDER = Path("var/demo")


def play(*, once: bool, port: int) -> int:
    """Start the sandbox and the sample site, run every job, then keep running."""
    console = Console()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    now = system_clock()
    with ExitStack() as stack:
        site = stack.enter_context(running_site(now))
        options = Options(port=port, db=FOLDER / "notion.db", site_url=site.url)
        sandbox = stack.enter_context(running(options))
        deliver(now)
        settings = demo_settings(sandbox, site.url)
        app = open_app(settings, telemetry.configure(settings.bot.log))
        stack.callback(app.close)
        app.store.notes.put(PARENT, sandbox.root_page, app.clock())
        setup.init(app.notion(), app.store, settings.sync.notion, app.clock())
        outcomes = cycle(replace(app, patience=PATIENCE), CYCLE, console)
        console.print(summary(outcomes))
        console.print(companies(app.store))
        for line in digest.lines(app):
            console.print(escape(line), highlight=False, soft_wrap=True)
        _tell_addresses(console, app, sandbox, site.url)
        if not once:
            console.print(
                "Running. Tick Request Draft in a company's row; Ctrl-C ends."
            )
            scheduler.serve(app)
    return 0 if all(outcome.ok for outcome in outcomes) else 1


def deliver(now: datetime) -> None:
    """Put into the drop folders what other systems of the house would deliver."""
    write_usage(FOLDER / "usage", now)
    write_calls(FOLDER / "calls", now)
    write_companies(FOLDER, now)


def demo_settings(sandbox: Running, site_url: str) -> Settings:
    """The default settings, pointed at the sandbox and the sample site."""
    host = site_url.removeprefix("http://")
    base = load({"CIP_CONFIG": str(_empty_config())})
    sync = base.sync
    return replace(
        base,
        store=replace(base.store, url=f"sqlite:///{FOLDER}/store.db"),
        intel=replace(base.intel, index_dir=str(FOLDER / "index")),
        sync=replace(
            sync,
            notion=replace(
                sync.notion,
                token=sandbox.token,
                base_url=sandbox.url,
                parent=sandbox.root_page,
            ),
            web=replace(sync.web, allow_private=(host,), host_gap_s=0.0),
            feeds=replace(sync.feeds, templates=demo_feeds(site_url)),
            sites=replace(sync.sites, status=("/status",)),  # on this machine only
            connectors=_inside(sync.connectors, site_url),
        ),
        bot=replace(
            base.bot,
            schedule=replace(base.bot.schedule, poll_seconds=2),
            log=replace(base.bot.log, level="warning"),
        ),
        secrets=replace(base.secrets, zendesk_token=helpdesk.token()),
    )


def _inside(base: ConnectorsSettings, site_url: str) -> ConnectorsSettings:
    """The sources inside the house, pointed at the drop folders and the help desk."""
    return replace(
        base,
        usage=replace(base.usage, folder=str(FOLDER / "usage")),
        calls=replace(base.calls, folder=str(FOLDER / "calls")),
        orgs_csv=replace(base.orgs_csv, file=str(FOLDER / "companies.csv")),
        zendesk=replace(base.zendesk, base_url=site_url),
    )


def companies(store: Store) -> Table:
    """Make the table of what is known of each company now."""
    table = Table(title="companies")
    for heading in ("company", "domain", "events about it", "claims", "note"):
        table.add_column(heading, overflow="fold")
    for org, row in live(store):
        last = store.dossiers.last(org.org_id)
        table.add_row(
            org.callsign,
            org.domain,
            str(len(store.events.about(org.org_id))),
            str(len(last.claims)) if last else "",
            " ".join(row.problems),
        )
    return table


def _empty_config() -> Path:
    path = FOLDER / "config.toml"
    path.write_text("# the demo runs on the defaults\n")
    return path


def _tell_addresses(
    console: Console, app: App, sandbox: Running, site_url: str
) -> None:
    console.print(f"Notion, as a person sees it:  {sandbox.url}/")
    for org, _ in live(app.store)[:3]:
        sent = app.store.outbox.sent(f"dossier:{org.org_id}")
        if sent:
            page = sent.notion_id.replace("-", "")
            console.print(f"  dossier of {org.callsign}:  {sandbox.url}/p/{page}")
    console.print(f"The sample web:  {site_url}/")
    console.print(f"The person's token:  {sandbox.person_token}")
