"""`compose_email`: a draft on request, outside of Notion. Touches: store, index files.

Nothing is written, nothing is sent: what comes back is for a person to check.
"""

import os
from collections.abc import Mapping
from typing import Any

from bot.app import App
from bot.errors import NotSetUp, WrongUsage
from bot.jobs import drafts, indexing, writers
from bot.opening import opened_app
from intel.draft_life import Request
from intel.drafts import Draft
from store.records import Intent


class UnknownIntent(WrongUsage):
    """No draft goes by that intent."""

    def __init__(self, name: str) -> None:
        known = ", ".join(Intent)
        super().__init__(f"There is no intent {name!r}. The intents are: {known}.")


def compose_email(app: App, org_id: str, intent: str) -> dict[str, Any]:
    """Compose a draft as {subject, body_md, citations[]} from what the store knows.

    Where the evidence is too thin these are empty, and `missing` says what is missing
    and what to fill in. `org_id` may also be a callsign or an alias. Raises
    UnknownOrg, UnknownIntent, NotSetUp where the company has no row, and UnusableDraft
    where the letter would break a rule.
    """
    chosen = _intent(intent)
    org = app.store.orgs.find(org_id)
    row = app.store.mirror.of(org.org_id)
    if row is None:
        remedy = "Add it to Companies and run `cip once poll`."
        raise NotSetUp(f"{org.callsign} has no row in Notion", remedy)
    request = Request(org.org_id, chosen)
    with writers.at_work(app) as pen:
        found = indexing.retriever(app)
        made = drafts.compose(app, found, (org, row), request, pen.letters)
    if isinstance(made, Draft):
        return made.as_dict()
    missing = f"There is {made.missing}. {made.fill}"
    return {"subject": "", "body_md": "", "citations": [], "missing": missing}


def composed(
    org_id: str, intent: str, environ: Mapping[str, str] = os.environ
) -> dict[str, Any]:
    """Open the bot as the environment says, and compose one draft."""
    with opened_app(environ) as app:
        return compose_email(app, org_id, intent)


def _intent(name: str) -> Intent:
    if name not in set(Intent):
        raise UnknownIntent(name)
    return Intent(name)
