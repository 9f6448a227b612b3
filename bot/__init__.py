"""Decides when: commands, settings, jobs and the scheduler."""

from typing import Any


def compose_email(org_id: str, intent: str) -> dict[str, Any]:
    """Compose an e-mail draft as {subject, body_md, citations[]}; nothing is sent.

    Settings come from the environment, as for every command; see `bot.compose`.
    """
    from bot.compose import composed  # noqa: PLC0415  (keeps `import bot` light)

    return composed(org_id, intent)
