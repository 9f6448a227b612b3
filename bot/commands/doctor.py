"""`cip doctor`: checks one thing after the other, each red line with its remedy.

Touches: Notion (reading only), the store, the model.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from rich.console import Console
from rich.markup import escape

from bot.app import App
from bot.commands import doctor_inside, doctor_safety
from bot.commands.finding import Finding
from bot.errors import BotError, NotSetUp
from bot.jobs.notion import settings as notion_settings
from bot.jobs.writers import open_endpoint
from bot.opening import opened_app
from bot.server import SEEN, TOKEN
from bot.troubles import troubles
from bot.vitals import REQUESTS
from intel.errors import IntelError
from store.errors import StoreError
from sync.errors import SyncError
from sync.notion import setup
from sync.notion.errors import MissingCapability

_EXPECTED = (BotError, SyncError, StoreError, IntelError)
_APART = timedelta(minutes=1)  # by which clocks may differ; Notion rounds to it
_REMEDIES: Mapping[str, str] = {
    "job": "Mend that, then run `cip once`.",
    "source": "Mend that; its job takes it up by itself.",
    "feed": "Correct the address in the row's News Feed or under [sync.feeds].",
    "row": "Correct it in that row in Notion; the next poll takes it over.",
    "outbox": "It is tried again by itself; `cip status` tells when it went through.",
    "views": "Run `cip init` again.",
}


Check = Callable[[App], Iterator[Finding]]


def examine(environ: Mapping[str, str]) -> int:
    """Run every check and print what it found; returns the exit code."""
    console = Console()
    red = 0
    with opened_app(environ, dry_run=True) as app:
        for name, finding in findings(app):
            mark = "[green]✓[/green]" if finding.well else "[red]✗[/red]"
            console.print(f"{mark} {name}: {escape(finding.text)}")
            red += not finding.well
    return 1 if red else 0


def findings(app: App) -> Iterator[tuple[str, Finding]]:
    """Run every check, one after the other; a red one stops no other."""
    for name, check in CHECKS.items():
        try:
            for finding in check(app):
                yield name, finding
        except _EXPECTED as error:
            yield name, Finding(str(error), well=False)


def _store(app: App) -> Iterator[Finding]:
    count = len(app.store.orgs.all())
    yield Finding(f"opened, every migration applied, {count} companies")


def _token(app: App) -> Iterator[Finding]:
    me = app.notion().me()
    workspace = me.get("bot", {}).get("workspace_name") or "the workspace"
    yield Finding(f"acts as {me.get('name') or me['id']} in {workspace}")


def _clock(app: App) -> Iterator[Finding]:
    app.notion().me()
    ahead = app.notion().ahead
    if ahead is None:
        yield Finding("not compared: Notion's answer carried no date")
    elif abs(ahead) <= _APART:
        yield Finding("agrees with Notion's")
    else:
        way = "ahead of" if ahead > timedelta(0) else "behind"
        yield Finding(
            f"this machine's clock is {abs(ahead).total_seconds():.0f} s {way} "
            "Notion's, so edits may be missed. Have it set over the network, such as "
            "by `timedatectl set-ntp true`.",
            well=False,
        )


def _parent(app: App) -> str:
    parent = notion_settings(app).parent
    if not parent:
        raise NotSetUp(
            "No parent page is known",
            "Run `cip init --parent PAGE`, PAGE being a page shared with the bot.",
        )
    return parent


def _sharing(app: App) -> Iterator[Finding]:
    parent = _parent(app)
    app.notion().page(parent)
    yield Finding(f"the parent page {parent} can be read")


def _capabilities(app: App) -> Iterator[Finding]:
    app.notion().comments(_parent(app))
    yield Finding("content and comments can be read")
    pending = app.store.outbox.all("pending")
    refused = {w.last_error for w in pending if MissingCapability.said(w.last_error)}
    for error in sorted(refused):
        yield Finding(error, well=False)
    if not refused:
        yield Finding("no write was refused for want of a right")


def _schema(app: App) -> Iterator[Finding]:
    setup.bound(app.store, "companies")
    problems = setup.check(app.notion(), app.store, notion_settings(app), app.clock())
    for problem in problems:
        yield Finding(problem, well=False)
    if not problems:
        names = ", ".join(binding.name for binding in app.store.bindings.all())
        yield Finding(f"{names} have every property")


def _budget(app: App) -> Iterator[Finding]:
    own = app.settings.sync.notion
    app.notion().page(_parent(app))
    today = app.store.notes.get(REQUESTS, {}).get(app.clock().date().isoformat(), {})
    yield Finding(
        f"{app.notion().budget.total} requests for these checks, "
        f"{sum(today.values()):,} by jobs today; {own.requests_per_window} in "
        f"{own.window_s:.0f} s allowed"
    )


def _model(app: App) -> Iterator[Finding]:
    embedder, why = app.embedder()
    yield Finding(f"{embedder.name}. {why}")
    yield Finding(app.tagger()[1])
    yield Finding(app.reader()[1])


def _writer(app: App) -> Iterator[Finding]:
    own = app.settings.intel
    if own.writer == "extractive":
        yield Finding("sentences of the evidence; no language model is asked")
        return
    endpoint = open_endpoint(app)
    try:
        yield Finding(f"{endpoint.check()}, at {own.llm.base_url}")
    finally:
        endpoint.close()


def _sources(app: App) -> Iterator[Finding]:
    failing = list(troubles(app.store))
    for trouble in failing:
        remedy = _REMEDIES.get(trouble.partition(" ")[0], "")
        yield Finding(f"{trouble} {remedy}".strip(), well=False)
    if not failing:
        yield Finding("nothing is failing")


def _webhooks(app: App) -> Iterator[Finding]:
    if not app.settings.bot.server.port:
        yield Finding("not used; the poll finds edits and ticks")
    elif not app.store.notes.get(TOKEN):
        yield Finding(
            "no handshake has come yet. In the connection's settings subscribe the "
            "address that leads to /notion/webhook here, then run `cip webhook-token` "
            "and paste what it prints.",
            well=False,
        )
    else:
        count = len(app.store.notes.get(SEEN, ()))
        yield Finding(f"handshake done, {count} of the last events remembered")


CHECKS: Mapping[str, Check] = {
    "store": _store,
    "token": _token,
    "clock": _clock,
    "sharing": _sharing,
    "capabilities": _capabilities,
    "schema": _schema,
    "budget": _budget,
    "model": _model,
    "writer": _writer,
    "sources": _sources,
    "inside": doctor_inside.check,
    "webhooks": _webhooks,
    "safety": doctor_safety.check,
}
