"""A new workspace: its people, its bot and its root page.

Touches: the workspace.
"""

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Final

from sync.sandbox.check.rules import is_uuid
from sync.sandbox.model import clock, ids
from sync.sandbox.model.records import Node, User
from sync.sandbox.model.workspace import BOT, PERSON, ROOT, SPACE, Workspace
from sync.sandbox.options import (
    DEFAULT_PERSON_TOKEN,
    DEFAULT_ROOT_PAGE,
    DEFAULT_TOKEN,
    Options,
)

SPACE_ID: Final = "393abc1e-edcd-41c0-8a5e-5a9db0c50000"
BOT_ID: Final = "393abc1e-edcd-4b07-8000-0000000000b0"
PERSON_ID: Final = "393abc1e-edcd-4b07-8000-0000000000a1"
BOT_NAME: Final = "Customer Intelligence"
PERSON_NAME: Final = "Robin Keller"
ROOT_TITLE: Final = "Customer Success"
SECRET: Final = "secret"  # noqa: S105 - the name of a fact, not its value


def found(space: Workspace, options: Options, now: datetime) -> None:
    """Make a new workspace with one shared root page, or reopen an old one.

    Tokens that the options name count for an old workspace too.
    """
    if is_new(space):
        _create(space, options, now)
    _set_token(space, space.bot, options.token)
    _set_token(space, space.person, options.person_token)
    space.commit()


def is_new(space: Workspace) -> bool:
    """Say whether nothing was founded here yet."""
    return space.fact(SPACE) is None


def _set_token(space: Workspace, user: User, token: str | None) -> None:
    if token and token != user.token:
        space.put(replace(user, token=token))


def _create(space: Workspace, options: Options, now: datetime) -> None:
    space.state(SPACE, SPACE_ID)
    space.state("name", "Sandbox")
    space.state(SECRET, secrets.token_hex(16))
    space.state(BOT, BOT_ID)
    space.state(PERSON, PERSON_ID)
    space.put(User(BOT_ID, "bot", BOT_NAME, token=DEFAULT_TOKEN))
    space.put(
        User(
            PERSON_ID,
            "person",
            PERSON_NAME,
            email="robin.keller@example.com",
            token=DEFAULT_PERSON_TOKEN,
        )
    )
    _root_page(space, options.root_page or DEFAULT_ROOT_PAGE, clock.stamp(now))


def _root_page(space: Workspace, page_id: str, now: str) -> None:
    if not is_uuid(page_id):
        raise ValueError(f"root page {page_id!r} is no valid UUID: give 32 hex digits")
    root = ids.dashed(page_id)
    plain = {
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "code": False,
        "color": "default",
    }
    text = {"content": ROOT_TITLE, "link": None}
    title = [{"type": "text", "text": text, "annotations": plain}]
    space.put(
        Node(
            id=root,
            kind="page",
            type="child_page",
            parent=None,
            rank=1.0,
            created=now,
            created_by=PERSON_ID,
            edited=now,
            edited_by=PERSON_ID,
            shared=True,
            data={"properties": {"title": title}, "icon": None, "cover": None},
        )
    )
    space.state(ROOT, root)
