"""Which feeds are to be read for which company. Pure, but for `take_up`."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from bot.app import App
from bot.settings import FeedsSettings
from store.records import Feed, Org

OURS = ("template", "shared", "notion", "x")
_HANDLE = re.compile(
    r"(?:(?:https?://)?(?:www\.|mobile\.)?(?:x|twitter)\.com/|@)([A-Za-z0-9_]{1,15})"
    r"/?(?:\?.*)?"
)


def wanted(orgs: Iterable[Org], settings: FeedsSettings) -> dict[str, Feed]:
    """Say which feeds the settings and people ask for, by address."""
    feeds = {url: Feed(url, None, "shared") for url in settings.shared}
    for org in orgs:
        for template in settings.templates:
            url = filled(template, org)
            if url:
                # Without a blank to fill in, it is one outlet's feed, not a search.
                origin = "shared" if url == template else "template"
                feeds.setdefault(url, Feed(url, None, origin))
        posts = settings.x_template.replace("{handle}", handle(org))
        if posts and handle(org):
            feeds[posts] = Feed(posts, org.org_id, "x")
        for url in org.feeds:
            feeds[url] = Feed(url, org.org_id, "notion")
    return feeds


def handle(org: Org) -> str:
    """The company's handle at X, out of its address there; "" without one."""
    found = _HANDLE.fullmatch(str(org.identifiers.get("x_handle") or "").strip())
    return found.group(1) if found else ""


def filled(template: str, org: Org) -> str:
    """Put a company into a template; "" where it lacks what the template needs."""
    if "{domain}" in template and not org.domain:
        return ""
    query = quote(f'"{org.name}"', safe="")
    return template.replace("{query}", query).replace("{domain}", org.domain)


def take_up(
    app: App, orgs: Iterable[Org], settings: FeedsSettings, now: datetime
) -> int:
    """Make the store's feeds those that are asked for; returns how many are new.

    A feed found on a company's own site stays; one that nobody asks for any more goes.
    What the companies of other shares ask for is theirs to take up.
    """
    asked, store, has = wanted(orgs, settings), app.store, app.share.has
    known = {feed.url: feed for feed in store.feeds.all()}
    for url, feed in known.items():
        if feed.origin in OURS and url not in asked and has(feed.org_id, url):
            store.feeds.drop(url)
    new = 0
    for url, feed in asked.items():
        if not has(feed.org_id, url):
            continue
        old = known.get(url)
        if old is None:
            new += store.feeds.add(replace(feed, next_due=now))
        elif (old.org_id, old.origin) != (feed.org_id, feed.origin):
            store.feeds.put(replace(old, org_id=feed.org_id, origin=feed.origin))
    return new
