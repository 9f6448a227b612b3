"""What can go wrong in deciding and starting.

BotError
├── BadConfig      config.toml or the environment; every problem at once
├── NotSetUp       a command needs something `cip init` makes
├── NoSecret       a source is configured, and its key is not there
├── NeedsPostgres  a command is for several machines, and the store for one
├── NeedsExtra     a command or a setting needs an extra that is not installed
├── PublisherRuns  another process publishes into Notion already
├── ShareTaken     another process works on the same companies; exit code 75
├── NothingForgotten  a company is to come back that was not forgotten
└── WrongUsage     what was typed cannot be followed; exit code 2
    ├── BadSlice       a slice is not written as one
    ├── BadMinutes     a number of minutes is none
    └── UnknownJob     no job of that name
"""

from collections.abc import Sequence
from datetime import datetime


class BotError(Exception):
    """Root of the bot's errors; the command line prints them without a trace."""

    exit_code = 1


class WrongUsage(BotError):
    """What was typed cannot be followed."""

    exit_code = 2


class BadConfig(BotError):
    """The settings cannot be used as they are."""

    def __init__(self, where: str, problems: Sequence[str]) -> None:
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"{where} has {len(problems)} problem(s):\n{lines}")
        self.problems = tuple(problems)


class NotSetUp(BotError):
    """Something is missing that a set-up command makes."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}. {remedy}")


class NoSecret(BotError):
    """A source is configured, and its key is not there."""

    def __init__(self, variable: str, setting: str) -> None:
        super().__init__(
            f"{variable} is not set, but sync.connectors.{setting} is. Set it in the "
            f"environment ({variable}, or {variable}_FILE for a file)."
        )


class NeedsPostgres(BotError):
    """A command is for several machines, and the store is a file."""

    def __init__(self, command: str, url: str) -> None:
        super().__init__(
            f"`cip {command}` shares work between processes, and needs the store on "
            f"Postgres; store.url is {url}. Set store.url or DATABASE_URL to "
            "postgresql://user@host/name, or stay with `cip run`: on SQLite that one "
            "process does it all."
        )


class NeedsExtra(BotError):
    """A command or a setting needs what an extra brings, and it is not installed."""

    def __init__(self, wanting: str, extra: str) -> None:
        super().__init__(
            f"{wanting} needs the extra {extra!r}: pip install '.[{extra}]'"
        )


class PublisherRuns(BotError):
    """Another process holds Notion's request budget."""

    def __init__(self, holder: str) -> None:
        super().__init__(
            f"Another process publishes from this store already ({holder or 'unknown'})"
            ". Only one may. Stop it first, or start `cip worker` here, which works "
            "beside it, or `cip publisher`, which stands by until it ends."
        )


class ShareTaken(BotError):
    """Another process works on the same companies."""

    exit_code = 75  # EX_TEMPFAIL: trying again later makes sense

    def __init__(self, holder: str, share: str, since: datetime | None) -> None:
        moment = f" since {since:%Y-%m-%d %H:%M:%S} UTC" if since else ""
        super().__init__(
            f"{holder} works on {share}{moment}. Two at once would do everything "
            "twice. Try again when it has ended, or wait for that with --wait."
        )


class NothingForgotten(BotError):
    """No company of that name was forgotten."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"No company called {name!r} was forgotten. Give the name that its row had "
            "then."
        )


class BadSlice(WrongUsage):
    """A slice is not written as one."""

    def __init__(self, words: str) -> None:
        super().__init__(
            f"--slice {words!r} names no slice. Write its number and how many there "
            "are, such as 2/8 for the second of eight; the first is 1/8."
        )


class BadMinutes(WrongUsage):
    """A number of minutes is none."""

    def __init__(self, words: str) -> None:
        super().__init__(
            f"--max-minutes {words!r} is no length of time. Write minutes as a number "
            "above 0, such as 33 or 0.5."
        )


class UnknownJob(WrongUsage):
    """No job goes by that name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"There is no job {name!r}. The jobs are: {', '.join(known)}.")
