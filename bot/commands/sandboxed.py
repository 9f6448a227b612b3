"""`cip sandbox`: a local stand-in for Notion. Touches: a port, a file."""

from pathlib import Path
from typing import Literal

from bot.errors import BotError, WrongUsage
from sync.sandbox.options import Options
from sync.sandbox.server import serve as serve_sandbox


class SandboxTrouble(BotError):
    """The sandbox could not start."""


def serve(  # noqa: PLR0913  (each is a flag of the command line)
    *,
    port: int,
    db: Path | None,
    seed: str,
    root_page: str,
    token: str,
    person_token: str,
    rate_limit: bool,
    faults: Path | None,
) -> None:
    """Run the sandbox until stopped."""
    if seed not in ("demo", "empty"):
        raise WrongUsage(f"--seed is demo or empty, not {seed!r}.")
    chosen: Literal["demo", "empty"] = "demo" if seed == "demo" else "empty"
    try:
        serve_sandbox(
            Options(
                port=port,
                db=db,
                seed=chosen,
                root_page=root_page or None,
                token=token or None,
                person_token=person_token or None,
                rate_limit=rate_limit,
                faults=faults,
            )
        )
    except (OSError, ValueError) as error:
        raise SandboxTrouble(str(error)) from error
