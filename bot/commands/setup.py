"""`cip init`: makes or adopts the databases in Notion. Touches: Notion, the store."""

import re
from collections.abc import Iterator, Mapping

from rich.console import Console
from rich.markup import escape

from bot import pictures
from bot.app import PARENT, App
from bot.errors import NotSetUp, WrongUsage
from bot.jobs import portfolio
from bot.jobs.notion import settings as notion_settings
from bot.opening import opened_app
from intel.portfolio import TITLE
from sync.notion import push, setup
from sync.notion.push_pages import adopt, find
from sync.notion.settings import NotionSettings

_HEX = re.compile(r"[0-9a-f]{32}$")


class NotAPage(WrongUsage):
    """What was given as parent names no page."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"--parent {given!r} is no Notion page. Copy the page's link in Notion "
            "(••• → Copy link) and give that, or its 32-digit id."
        )


def init(
    environ: Mapping[str, str], parent: str, *, dry_run: bool, bot_only: bool = False
) -> None:
    """Say what is to be done, and do it unless this is a dry run."""
    console = Console()
    given = page_id(parent) if parent else ""
    with opened_app(environ, dry_run=dry_run, parent=given) as app:
        page = given or _known_parent(app)
        app.notion().page(page)  # one that is not shared is said before all else
        if dry_run:
            console.print("This is what would be done:")
        else:
            app.store.notes.put(PARENT, page, app.clock())
        for line in arrange(app, dry_run=dry_run, bot_only=bot_only):
            console.print(escape(line))
        if not dry_run:
            for line in addresses(app):
                console.print(escape(line))


def arrange(app: App, *, dry_run: bool = False, bot_only: bool = False) -> list[str]:
    """Make or adopt databases and Portfolio, or only say what would be done."""
    notion, settings = app.notion(), notion_settings(app)
    if dry_run:
        plans = setup.plans(notion, app.store, settings, bot_only=bot_only)
    else:
        plans = setup.init(notion, app.store, settings, app.clock(), bot_only=bot_only)
    lines = [line for plan in plans for line in plan.describe()]
    return [*lines, _portfolio(app, settings, dry_run=dry_run)]


def addresses(app: App) -> Iterator[str]:
    """Say where everything is."""
    for binding in app.store.bindings.all():
        yield f"{binding.name}: {binding.url}"
    sent = app.store.outbox.sent(portfolio.KEY)
    if sent:
        yield f"portfolio: {sent.url}"


def _portfolio(app: App, settings: NotionSettings, *, dry_run: bool) -> str:
    """Make the Portfolio page, or adopt the one that the bot made before."""
    notion, store = app.notion(), app.store
    sent = store.outbox.sent(portfolio.KEY)
    if sent and not notion.page(sent.notion_id).get("in_trash"):
        return f"use the page {TITLE} as it is"
    there = find(notion, settings.parent, TITLE)
    if dry_run:
        return f"{'adopt' if there else 'make'} the page {TITLE}"
    store.outbox.forget_sent(portfolio.KEY)
    store.outbox.drop(portfolio.KEY)
    portfolio.want(app)
    assets = pictures.drawer(store)
    work = push.open_work(notion, store, settings, app.clock(), assets)
    item = store.outbox.get(portfolio.KEY)
    if there and item:
        adopt(work, item, there)
    push.push_one(work, portfolio.KEY)
    return f"{'adopt' if there else 'make'} the page {TITLE}"


def page_id(given: str) -> str:
    """Read a page id out of an id or an address; raises NotAPage. Pure."""
    address = given.partition("?")[0].partition("#")[0].rstrip("/")
    plain = address.replace("-", "").casefold()
    found = _HEX.search(plain)
    if not found:
        raise NotAPage(given)
    h = found.group()
    return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"


def _known_parent(app: App) -> str:
    known = app.settings.sync.notion.parent or app.store.notes.get(PARENT, "")
    if not known:
        raise NotSetUp(
            "No parent page is known",
            "Run `cip init --parent PAGE`, PAGE being a page shared with the bot.",
        )
    return page_id(known)
