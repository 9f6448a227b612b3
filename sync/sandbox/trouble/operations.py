"""The /_sandbox operations that make trouble and take it away again.

Touches: the faults, limits and rights of a site.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any, Final

from sync.sandbox.api.call import BLOCKS_LEFT
from sync.sandbox.core import Site
from sync.sandbox.model.records import Json
from sync.sandbox.trouble import faults, webhooks
from sync.sandbox.trouble.capabilities import CAPABILITIES, GRANTED, all_granted

Operation = Callable[[Site, Json], Json]


def list_faults(site: Site, _body: Json) -> Json:
    """List the faults that can still strike."""
    return {"faults": [asdict(each) for each in site.faults.left()]}


def add_faults(site: Site, body: Any) -> Json:
    """Set more faults: one, a list, or `{"faults": […]}`."""
    site.faults.add(faults.read(body))
    return list_faults(site, {})


def clear_faults(site: Site, _body: Json) -> Json:
    """Forget every fault."""
    return {"cleared": site.faults.clear()}


def list_capabilities(site: Site, _body: Json) -> Json:
    """List what the bot may do."""
    return all_granted(site.space)


def set_capabilities(site: Site, body: Json) -> Json:
    """Grant or withdraw capabilities: `{name: bool}`, users also none or email."""
    unknown = set(body) - set(GRANTED)
    if unknown:
        raise ValueError(f"unknown: {sorted(unknown)}; there are {sorted(GRANTED)}")
    site.space.state(CAPABILITIES, {**site.space.fact(CAPABILITIES, {}), **body})
    return all_granted(site.space)


def set_plan(site: Site, body: Json) -> Json:
    """Set the Free plan's block quota: `{blocks_left}`; null means a paid plan."""
    left = body.get("blocks_left")
    if left is not None and not isinstance(left, int):
        raise ValueError("blocks_left must be a number or null")
    site.space.state(BLOCKS_LEFT, left)
    return {"blocks_left": left}


def show_plan(site: Site, _body: Json) -> Json:
    """Show the Free plan's block quota."""
    return {"blocks_left": site.space.fact(BLOCKS_LEFT)}


def set_limits(site: Site, body: Json) -> Json:
    """Set the request window: `{enabled?, requests?, seconds?}`."""
    site.limited = bool(body.get("enabled", site.limited))
    site.window.size = int(body.get("requests", site.window.size))
    site.window.seconds = int(body.get("seconds", site.window.seconds))
    return show_limits(site, {})


def show_limits(site: Site, _body: Json) -> Json:
    """Show the request window and what of it is spent."""
    return {
        "enabled": site.limited,
        "requests": site.window.size,
        "seconds": site.window.seconds,
        "spent": site.window.spent,
    }


def set_index(site: Site, body: Json) -> Json:
    """Let query and search trail behind: `{seconds?, requests?}`."""
    index = site.desk.index
    index.seconds = float(body.get("seconds", index.seconds))
    index.requests = int(body.get("requests", index.requests))
    return {"seconds": index.seconds, "requests": index.requests}


def expire_cursors(site: Site, _body: Json) -> Json:
    """Make every query and search cursor invalid."""
    return {"expired": site.desk.sessions.expire()}


def subscribe(site: Site, body: Json) -> Json:
    """Subscribe an address to webhooks; it is sent the verification token at once."""
    made = webhooks.read(body, f"secret_{secrets.token_urlsafe(32)}")
    _keep(site, [*site.subscriptions(), made])
    site.courier.greet(made)
    return asdict(made)


def verify(site: Site, body: Json) -> Json:
    """Paste the verification token back: `{verification_token}` makes it active."""
    token = body.get("verification_token")
    known = site.subscriptions()
    if token not in [each.token for each in known]:
        raise ValueError("no subscription has this verification_token")
    _keep(
        site,
        [replace(each, active=each.active or each.token == token) for each in known],
    )
    return list_webhooks(site, {})


def list_webhooks(site: Site, _body: Json) -> Json:
    """List subscriptions, what was delivered and how much still waits."""
    return {
        "subscriptions": [asdict(each) for each in site.subscriptions()],
        "delivered": list(site.courier.delivered),
        "pending": site.courier.pending(),
    }


def unsubscribe(site: Site, _body: Json) -> Json:
    """Forget every subscription."""
    count = len(site.subscriptions())
    _keep(site, [])
    return {"cleared": count}


def _keep(site: Site, subscriptions: list[webhooks.Subscription]) -> None:
    kept = [asdict(each) for each in subscriptions]
    site.space.state(webhooks.SUBSCRIPTIONS, kept)


OPERATIONS: Final[Mapping[tuple[str, str], Any]] = {
    ("GET", "webhooks"): list_webhooks,
    ("POST", "webhooks"): subscribe,
    ("POST", "webhooks/verify"): verify,
    ("DELETE", "webhooks"): unsubscribe,
    ("GET", "faults"): list_faults,
    ("POST", "faults"): add_faults,
    ("DELETE", "faults"): clear_faults,
    ("GET", "capabilities"): list_capabilities,
    ("POST", "capabilities"): set_capabilities,
    ("GET", "plan"): show_plan,
    ("POST", "plan"): set_plan,
    ("GET", "limits"): show_limits,
    ("POST", "limits"): set_limits,
    ("POST", "index"): set_index,
    ("POST", "cursors/expire"): expire_cursors,
}
