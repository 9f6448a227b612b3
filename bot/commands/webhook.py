"""`cip webhook-token`: what to paste into Notion. Touches: the store, the terminal."""

import sys
from collections.abc import Mapping

from bot.errors import NotSetUp
from bot.opening import opened_store
from bot.server import TOKEN


def show_token(environ: Mapping[str, str]) -> None:
    """Print the token of the last handshake."""
    with opened_store(environ) as store:
        token = store.notes.get(TOKEN)
    if not token:
        raise NotSetUp(
            "Notion has not posted a verification token yet",
            "Set [bot.server] port, start `cip run`, and add the webhook's address "
            "(https://YOUR-HOST/notion/webhook) in the connection's settings.",
        )
    sys.stdout.write(f"{token}\n")
