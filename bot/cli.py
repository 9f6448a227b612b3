"""The `cip` command: parse, call, print. Touches: the environment, the terminal.

Heavy modules are imported by the command that needs them, so that `cip --help` is
quick.
"""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import crashing
from bot.errors import BotError

app = typer.Typer(
    name="cip",
    help="A Notion-first customer intelligence bot.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Wait = Annotated[
    bool, typer.Option("--wait", help="Wait while another process is at it.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show, and write nothing.")]


@app.command()
def init(
    parent: Annotated[
        str, typer.Option(help="The Notion page to work under: its id or address.")
    ] = "",
    bot_columns_only: Annotated[
        bool,
        typer.Option(
            "--bot-columns-only",
            help="Add to databases that people made only what the bot itself writes.",
        ),
    ] = False,
    dry_run: DryRun = False,
) -> None:
    """Create or adopt what the bot needs in Notion, adding only what is missing."""
    from bot.commands import setup

    setup.init(os.environ, parent, dry_run=dry_run, bot_only=bot_columns_only)


@app.command()
def migrate() -> None:
    """Bring the store's tables up to date: on Postgres, as the owner of them."""
    from bot.commands import migrating

    migrating.migrate(os.environ)


@app.command()
def doctor() -> None:
    """Check token, sharing, schema, store, model and clock, one by one."""
    from bot.commands import doctor

    raise typer.Exit(doctor.examine(os.environ))


@app.command()
def run(wait: Wait = False) -> None:
    """Run every job at its time until stopped."""
    from bot.commands import running

    running.serve(os.environ, wait=wait)


@app.command()
def worker(
    concurrency: Annotated[
        int, typer.Option(help="How many tasks are done at the same time.")
    ] = 1,
    name: Annotated[
        str, typer.Option(help="Its name in the log; else the machine's.")
    ] = "",
) -> None:
    """Take work from the queue until stopped; on Postgres, as many as you like."""
    from bot.commands import working

    working.work(os.environ, name, concurrency)


@app.command()
def publisher() -> None:
    """Speak with Notion for all workers, or stand by until the one that does ends."""
    from bot.commands import working

    working.publish(os.environ)


@app.command()
def once(
    jobs: Annotated[
        list[str] | None, typer.Argument(help="Jobs by name; none means a full cycle.")
    ] = None,
    slice_: Annotated[
        str,
        typer.Option("--slice", help="Only these companies: 2/8 for the 2nd eighth."),
    ] = "",
    max_minutes: Annotated[
        str, typer.Option(help="Stop between two companies after so many minutes.")
    ] = "",
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Go on where a run before had to stop."),
    ] = False,
    wait: Wait = False,
    dry_run: DryRun = False,
) -> None:
    """Run jobs once, in order, and publish what they want."""
    from bot.commands import running

    how = running.How(slice_, max_minutes, resume, wait, dry_run)
    raise typer.Exit(running.once(os.environ, jobs or [], how))


@app.command()
def status(
    as_json: Annotated[
        bool, typer.Option("--json", help="As JSON, for programs.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="End with 1 where something is wrong.")
    ] = False,
) -> None:
    """Show what the bot knows, what waits, and what is wrong."""
    from bot.commands import status

    raise typer.Exit(status.show(os.environ, as_json=as_json, check=check))


@app.command()
def explain(
    org: Annotated[str, typer.Argument(help="A company: id, callsign or alias.")],
    field: Annotated[str, typer.Argument(help="One field, such as domain.")] = "",
) -> None:
    """Show where a company's values come from, and which ones lost."""
    from bot.commands import explain

    explain.show(os.environ, org, field)


@app.command()
def compose(
    org: Annotated[str, typer.Argument(help="A company: id, callsign or alias.")],
    intent: Annotated[
        str, typer.Argument(help="What the e-mail is for, such as quarterly_checkin.")
    ],
) -> None:
    """Compose an e-mail draft and print it as JSON; nothing is sent or written."""
    import json

    from bot.compose import composed

    text = json.dumps(composed(org, intent), ensure_ascii=False, indent=2)
    sys.stdout.write(f"{text}\n")


@app.command()
def forget(
    org: Annotated[str, typer.Argument(help="A company: id, callsign or name.")] = "",
    person: Annotated[
        str, typer.Option(help="A person instead, by e-mail address.")
    ] = "",
    name: Annotated[
        list[str] | None,
        typer.Option(help="A full name of that person; may be given more than once."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Take a company or a person out of everything the bot keeps, for good."""
    from bot.commands import forget

    wanted = forget.Wanted(org, person, tuple(name or ()))
    forget.forget(os.environ, wanted, yes=yes, dry_run=dry_run)


@app.command()
def remember(
    org: Annotated[str, typer.Argument(help="The name of a company.")],
) -> None:
    """Let a company that was forgotten come back with the next poll."""
    from bot.commands import forget

    forget.remember(os.environ, org)


@app.command()
def backup(
    file: Annotated[
        str, typer.Argument(help="Where to; by default into store.backups.")
    ] = "",
    keep: Annotated[
        int | None, typer.Option(help="Keep only so many backups there, the newest.")
    ] = None,
) -> None:
    """Copy the store, also while the bot runs."""
    from bot.commands import backup

    backup.take(os.environ, file, keep)


@app.command()
def restore(
    file: Annotated[str, typer.Argument(help="A backup.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a backup in the store's place; what was there is kept."""
    from bot.commands import backup

    backup.restore(os.environ, file, yes=yes)


@app.command()
def rekey(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Encrypt the store with STORE_KEY; so far it opens with STORE_KEY_BEFORE."""
    from bot.commands import backup

    backup.rekey(os.environ, yes=yes)


@app.command()
def export(
    to: Annotated[
        str,
        typer.Option(
            help="postgresql://…, duckdb:///…, a folder, sheet:ID or dlt:DESTINATION."
        ),
    ] = "",
    file_format: Annotated[
        str, typer.Option("--format", help="Of files in a folder: parquet or csv.")
    ] = "",
) -> None:
    """Hand out what the store knows, for other programs: only what changed."""
    from bot.commands import export

    export.export(os.environ, to, file_format)


@app.command()
def metabase(
    url: Annotated[str, typer.Option(help="Where Metabase is, as in a browser.")],
    database: Annotated[
        str, typer.Option(help="The store's database there: its name or id.")
    ],
    dry_run: DryRun = False,
) -> None:
    """Make questions and a dashboard in Metabase, or bring them up to date."""
    from bot.commands import metabase

    metabase.show(os.environ, url, database, dry_run=dry_run)


@app.command()
def webhook_token() -> None:
    """Print the token that Notion asks for to verify a webhook subscription."""
    from bot.commands import webhook

    webhook.show_token(os.environ)


@app.command()
def demo(
    once: Annotated[
        bool, typer.Option("--once", help="End after the first round.")
    ] = False,
    port: Annotated[int, typer.Option(help="Port of the sandbox's web page.")] = 8787,
) -> None:
    """Run everything against a sandbox Notion with sample companies."""
    from bot.commands import demo

    raise typer.Exit(demo.play(once=once, port=port))


@app.command()
def sandbox(
    port: Annotated[
        int, typer.Option(help="Port to listen on; 0 takes a free one.")
    ] = 8787,
    db: Annotated[Path | None, typer.Option(help="File that keeps the state.")] = None,
    seed: Annotated[str, typer.Option(help="demo or empty")] = "demo",
    root_page: Annotated[str, typer.Option(help="Id of the root page.")] = "",
    token: Annotated[str, typer.Option(help="The bot's token.")] = "",
    person_token: Annotated[str, typer.Option(help="A person's token.")] = "",
    no_rate_limit: Annotated[bool, typer.Option(help="Answer without limit.")] = False,
    faults: Annotated[Path | None, typer.Option(help="JSON file of faults.")] = None,
) -> None:
    """Start a local stand-in for Notion: its REST API and a web page."""
    from bot.commands import sandboxed

    sandboxed.serve(
        port=port,
        db=db,
        seed=seed,
        root_page=root_page,
        token=token,
        person_token=person_token,
        rate_limit=not no_rate_limit,
        faults=faults,
    )


def main() -> None:
    """Run the command line; an expected error ends with what to do next."""
    from intel.errors import IntelError
    from store.errors import StoreError
    from sync.errors import SyncError

    crashing.watch_threads(os.environ)
    try:
        app()
    except (BotError, SyncError, StoreError, IntelError) as error:
        sys.stderr.write(f"cip: {crashing.told(error, os.environ, whole=False)}\n")
        sys.exit(getattr(error, "exit_code", 1))
    except Exception as bug:  # noqa: BLE001 - the last resort: told, without secrets
        crashing.tell(bug, os.environ)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
