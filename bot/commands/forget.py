"""`cip forget` and `cip remember`: a company or a person goes, a company comes back.

Touches: the store, index files, Notion, the terminal.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import typer
from rich.console import Console
from rich.markup import escape

from bot.app import App
from bot.errors import NothingForgotten, WrongUsage
from bot.jobs import forgetting, notion
from bot.opening import opened_app
from bot.report import Report, silent
from sync.notion.errors import NotionError

_ACTOR = "command line"
_LEFT = (
    "Files that others delivered (calls, usage, the Companies file), mailboxes, "
    "Zendesk, backups, logs, and what people wrote in Notion are not the bot's: "
    "see to them there."
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to be forgotten: a company, or a person with the names they go by."""

    org: str = ""
    person: str = ""
    names: tuple[str, ...] = ()


def forget(
    environ: Mapping[str, str], wanted: Wanted, *, yes: bool, dry_run: bool
) -> None:
    """Count what would go, ask, and take it out; raises WrongUsage, UnknownOrg."""
    _check(wanted)
    console = Console()
    with opened_app(environ) as app:
        trial = _do(app, wanted, trial=True)
        _show(console, trial, "would be taken out")
        if dry_run:
            return
        if not yes and not typer.confirm("Take this out for good?"):
            console.print("Nothing was changed.")
            return
        done = _do(app, wanted, trial=False)
        _show(console, done, "taken out")
        _deliver(app, console)
        console.print(_LEFT)


def remember(environ: Mapping[str, str], name: str) -> None:
    """Let a company come back; raises NothingForgotten."""
    with opened_app(environ) as app:
        if not forgetting.remember(app, name, _ACTOR):
            raise NothingForgotten(name)
    Console().print(escape(f"{name} comes back with the next poll, as a new company."))


def _check(wanted: Wanted) -> None:
    if bool(wanted.org) == bool(wanted.person):
        raise WrongUsage("Name either a company or --person ADDRESS, and not both.")
    if wanted.names and not wanted.person:
        raise WrongUsage("--name is the name of a person; give --person ADDRESS, too.")
    if wanted.person and "@" not in wanted.person:
        raise WrongUsage(f"{wanted.person!r} is no e-mail address.")


def _do(app: App, wanted: Wanted, *, trial: bool) -> Report:
    if wanted.person:
        names = wanted.names
        return forgetting.person(app, wanted.person, names, _ACTOR, trial=trial)
    org = app.store.orgs.find(wanted.org)
    return forgetting.company(app, org, _ACTOR, trial=trial)


def _show(console: Console, report: Report, what: str) -> None:
    counts = ", ".join(f"{n} in {place}" for place, n in report.counts.items() if n)
    console.print(escape(f"{what}: {counts or 'nothing'}"))
    for problem in report.problems:
        console.print(escape(f"! {problem}"))


def _deliver(app: App, console: Console) -> None:
    """Have Notion follow; what cannot go now goes with a later poll."""
    try:
        report = notion.deliver(app, silent)
    except NotionError as error:
        console.print(escape(f"Notion follows with a later poll: {error}"))
        return
    for problem in report.problems:
        console.print(escape(f"! Notion: {problem}"))
