"""The operations under /_sandbox: what a person or a test does outside the API.

Touches: the workspace, the clock and the log of the sandbox.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from sync.sandbox import state
from sync.sandbox.core import Site
from sync.sandbox.model import ids
from sync.sandbox.model.records import Comment, Emoji, Json, Node, User
from sync.sandbox.trouble import operations as trouble

Operation = Callable[[Site, Any], Json]


class Misused(Exception):
    """A call to /_sandbox that cannot be followed."""


def log(site: Site, _body: Json) -> Json:
    """List the API requests answered so far."""
    return {"requests": list(site.log)}


def clear_log(site: Site, _body: Json) -> Json:
    """Forget the requests answered so far."""
    count = len(site.log)
    site.log.clear()
    return {"cleared": count}


def share(site: Site, body: Json) -> Json:
    """Share a page with the bot, or take it away: `{page_id, shared}`."""
    node = _node(site, body.get("page_id"))
    shared = body.get("shared", True)
    site.space.put(replace(node, shared=shared))
    return {"page_id": node.id, "shared": shared}


def resolve(site: Site, body: Json) -> Json:
    """Resolve or re-open a comment thread: `{discussion_id, resolved}`."""
    wanted = ids.dashed(str(body.get("discussion_id", "")))
    thread = [each for each in site.space.every(Comment) if each.discussion == wanted]
    if not thread:
        raise Misused(f"no discussion {wanted}: take discussion_id from a comment")
    resolved = bool(body.get("resolved", True))
    for each in thread:
        site.space.put(replace(each, resolved=resolved))
    return {"discussion_id": wanted, "resolved": resolved, "comments": len(thread)}


def add_user(site: Site, body: Json) -> Json:
    """Add a person to the workspace: `{name, email?, token?}`."""
    name = body.get("name")
    if not isinstance(name, str) or not name:
        raise Misused("name is missing: say what the person is called")
    user = User(
        site.space.new_random_id(), "person", name, body.get("email"), body.get("token")
    )
    site.space.put(user)
    return {"id": user.id, "name": user.name}


def set_clock(site: Site, body: Json) -> Json:
    """Stop the clock at `{now}`, move it by `{advance_seconds}`, or `{"now": null}`."""
    if "now" in body:
        given = body["now"]
        site.frozen = None if given is None else datetime.fromisoformat(given)
        site.shift = timedelta(0)
    site.shift += timedelta(seconds=float(body.get("advance_seconds", 0)))
    return {"now": site.now().isoformat()}


def dump(site: Site, _body: Json) -> Json:
    """Write the whole workspace in a stable order without times."""
    return state.dump(site.space)


def add_emoji(site: Site, body: Json) -> Json:
    """Add a custom emoji to the workspace: `{name, url?}`."""
    name = str(body.get("name") or "")
    if not name:
        raise Misused("name is missing: say what the emoji is called")
    url = str(body.get("url") or f"https://example.com/emoji/{name}.png")
    emoji = Emoji(site.space.new_id(), name, url)
    site.space.put(emoji)
    return {"id": emoji.id, "name": emoji.name, "url": emoji.url}


def make_template(site: Site, body: Json) -> Json:
    """Make a row the template of its data source: `{page_id, default?}`."""
    node = _node(site, body.get("page_id"))
    kind = "default" if body.get("default") else "named"
    site.space.put(replace(node, data={**node.data, "template": kind}))
    return {"page_id": node.id, "template": kind}


def _node(site: Site, node_id: Any) -> Node:
    found = site.space.find(Node, ids.dashed(str(node_id)))
    if found is None:
        raise Misused(f"no page {node_id}: give the id of a page or database")
    return found


OPERATIONS: Final[Mapping[tuple[str, str], Operation]] = {
    ("GET", "log"): log,
    ("DELETE", "log"): clear_log,
    ("POST", "log/clear"): clear_log,
    ("POST", "share"): share,
    ("POST", "resolve"): resolve,
    ("POST", "users"): add_user,
    ("POST", "clock"): set_clock,
    ("GET", "state"): dump,
    ("POST", "emojis"): add_emoji,
    ("POST", "template"): make_template,
    **trouble.OPERATIONS,
}


def perform(site: Site, method: str, name: str, body: Any) -> tuple[int, Json]:
    """Carry out an operation and keep what it changed."""
    operation = OPERATIONS.get((method, name))
    if operation is None:
        known = ", ".join(f"{verb} /_sandbox/{path}" for verb, path in OPERATIONS)
        return 404, {"error": f"no such operation; there are: {known}"}
    with site.lock:
        try:
            answer = operation(site, body)
        except (Misused, ValueError) as problem:
            site.space.undo()
            return 400, {"error": str(problem)}
        site.settle(site.now(), site.space.person)
        return 200, answer
