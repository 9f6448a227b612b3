"""`cip doctor`: checks one thing after the other, each red line with its remedy.

Touches: Notion (reading only), the store, the model.
"""

from collections.abc import Callable, Iterator, Mapping

from rich.console import Console
from rich.markup import escape

from bot.app import App
from bot.errors import BotError, NotSetUp
from bot.jobs.notion import settings as notion_settings
from bot.opening import opened_app
from bot.troubles import troubles
from intel.errors import IntelError
from store.errors import StoreError
from sync.errors import SyncError
from sync.notion import setup

Check = Callable[[App], Iterator[str]]
_EXPECTED = (BotError, SyncError, StoreError, IntelError)


class Unwell(BotError):
    """A check found something that a person has to mend."""


def examine(environ: Mapping[str, str]) -> int:
    """Run every check; returns the exit code."""
    console = Console()
    red = 0
    with opened_app(environ, dry_run=True) as app:
        console.print("[green]✓[/green] settings and store can be opened")
        for name, check in CHECKS.items():
            red += not _examined(console, app, name, check)
    return 1 if red else 0


def _examined(console: Console, app: App, name: str, check: Check) -> bool:
    try:
        for line in check(app):
            console.print(f"[green]✓[/green] {escape(line)}")
    except _EXPECTED as error:
        console.print(f"[red]✗ {name}:[/red] {escape(str(error))}")
        return False
    return True


def _token(app: App) -> Iterator[str]:
    me = app.notion().me()
    workspace = me.get("bot", {}).get("workspace_name") or "the workspace"
    yield f"token: acts as {me.get('name') or me['id']} in {workspace}"


def _sharing(app: App) -> Iterator[str]:
    parent = notion_settings(app).parent
    if not parent:
        raise NotSetUp(
            "No parent page is known",
            "Run `cip init --parent PAGE`, PAGE being a page shared with the bot.",
        )
    app.notion().page(parent)
    yield f"sharing: the parent page {parent} can be read"


def _comments(app: App) -> Iterator[str]:
    app.notion().comments(notion_settings(app).parent)
    yield "capability: comments can be read"


def _schema(app: App) -> Iterator[str]:
    setup.bound(app.store, "companies")
    problems = setup.check(app.notion(), app.store, notion_settings(app), app.clock())
    if problems:
        raise Unwell(" ".join(problems))
    names = ", ".join(binding.name for binding in app.store.bindings.all())
    yield f"schema: {names} have every property"


def _budget(app: App) -> Iterator[str]:
    spent = app.notion().budget.total
    yield f"budget: {spent} requests spent just now, {_limit(app)} a minute allowed"


def _limit(app: App) -> int:
    return app.settings.sync.notion.requests_per_window


def _model(app: App) -> Iterator[str]:
    embedder, why = app.embedder()
    yield f"model: {embedder.name}. {why}"


def _sources(app: App) -> Iterator[str]:
    failing = list(troubles(app.store))
    if failing:
        raise Unwell(f"{len(failing)} thing(s) need attention: " + " · ".join(failing))
    yield "sources: nothing is failing"


CHECKS: Mapping[str, Check] = {
    "token": _token,
    "sharing": _sharing,
    "comments": _comments,
    "schema": _schema,
    "budget": _budget,
    "model": _model,
    "sources": _sources,
}
