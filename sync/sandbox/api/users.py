"""Users: how they are shown, and the endpoints that list them.

Touches: the workspace, reading.
"""

from sync.sandbox.api import paging
from sync.sandbox.api.call import Call
from sync.sandbox.errors import Restricted, UserNotFound
from sync.sandbox.model import ids
from sync.sandbox.model.records import Json, User
from sync.sandbox.model.workspace import SPACE
from sync.sandbox.trouble.capabilities import granted


def partial(user_id: str) -> Json:
    """Write a user as object stamps do."""
    return {"object": "user", "id": user_id}


def full(call: Call, user_id: str) -> Json:
    """Write a user as people values do; reduced where the bot may not see users."""
    user = call.space.find(User, user_id)
    if user is None or (call.who.type == "bot" and not _allowed(call)):
        return partial(user_id)
    return _shown(call, user)


def _allowed(call: Call) -> bool:
    return bool(granted(call.space, "users") != "none")


def _shown(call: Call, user: User) -> Json:
    body: Json = {
        "object": "user",
        "id": user.id,
        "name": user.name,
        "avatar_url": user.avatar_url,
        "type": user.type,
    }
    if user.type == "bot":
        return {**body, "bot": _own_bot(call) if user.id == call.who.id else {}}
    person: Json = {}
    if user.email and granted(call.space, "users") in ("email", True):
        person["email"] = user.email
    return {**body, "person": person}


def _own_bot(call: Call) -> Json:
    return {
        "owner": {"type": "workspace", "workspace": True},
        "workspace_name": call.space.fact("name"),
        "workspace_id": call.space.fact(SPACE),
        "workspace_limits": {
            "max_file_upload_size_in_bytes": call.desk.options.max_file_bytes
        },
    }


def me(call: Call) -> Json:
    """Answer `GET /users/me`; works with any capability."""
    return _shown(call, call.who)


def retrieve(call: Call) -> Json:
    """Answer `GET /users/{id}`."""
    _need(call)
    user = call.space.find(User, ids.dashed(call.args["user_id"]))
    if user is None:
        raise UserNotFound(ids.dashed(call.args["user_id"]))
    return _shown(call, user)


def every(call: Call) -> Json:
    """Answer `GET /users`: members and bots."""
    _need(call)
    everyone = sorted(call.space.every(User), key=lambda each: (each.type, each.id))
    cut, following = paging.cut(everyone, call.query, lambda each: each.id)
    return paging.envelope("user", [_shown(call, each) for each in cut], following)


def _need(call: Call) -> None:
    if call.who.type == "bot" and not _allowed(call):
        raise Restricted
