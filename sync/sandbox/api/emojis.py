"""Custom emojis of the workspace.

Touches: the workspace, reading.
"""

from sync.sandbox.api import paging
from sync.sandbox.api.call import Call
from sync.sandbox.model.records import Emoji, Json


def every(call: Call) -> Json:
    """Answer `GET /custom_emojis`; `name` selects exactly."""
    wanted = call.query.get("name")
    found = sorted(
        (each for each in call.space.every(Emoji) if wanted in (None, each.name)),
        key=lambda each: (each.name, each.id),
    )
    cut, following = paging.cut(found, call.query, lambda each: each.id)
    shown = [{"id": each.id, "name": each.name, "url": each.url} for each in cut]
    body = paging.envelope("custom_emoji", shown, following)
    del body["custom_emoji"]  # the one list whose kind comes without an empty object
    return body
