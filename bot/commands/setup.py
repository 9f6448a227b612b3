"""`cip init`: makes or adopts the databases in Notion. Touches: Notion, the store."""

import re
from collections.abc import Mapping
from dataclasses import replace

from rich.console import Console
from rich.markup import escape

from bot.app import PARENT, App
from bot.errors import NotSetUp, WrongUsage
from bot.opening import opened_app
from sync.notion import setup

_HEX = re.compile(r"[0-9a-f]{32}$")


class NotAPage(WrongUsage):
    """What was given as parent names no page."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"--parent {given!r} is no Notion page. Copy the page's link in Notion "
            "(••• → Copy link) and give that, or its 32-digit id."
        )


def init(environ: Mapping[str, str], parent: str, *, dry_run: bool) -> None:
    """Say what is to be done, and do it unless this is a dry run."""
    console = Console()
    given = page_id(parent) if parent else ""
    with opened_app(environ, dry_run=dry_run, parent=given) as app:
        page = given or _known_parent(app)
        settings = replace(app.settings.sync.notion, parent=page)
        notion = app.notion()
        notion.page(page)  # a page that is not shared is said before anything is made
        if dry_run:
            plans = setup.plans(notion, app.store, settings)
        else:
            app.store.notes.put(PARENT, page, app.clock())
            plans = setup.init(notion, app.store, settings, app.clock())
        if dry_run:
            console.print("This is what would be done:")
        for plan in plans:
            for line in plan.describe():
                console.print(escape(line))
        if not dry_run:
            for binding in app.store.bindings.all():
                console.print(escape(f"{binding.name}: {binding.url}"))


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
