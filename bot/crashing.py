"""The last words of a process: what goes wrong is told without a secret.

Touches: the environment given, files that it names, standard error. What tells secrets
apart is imported when there is something to tell.
"""

import sys
import threading
import traceback
from collections.abc import Mapping

_LONGEST = 50_000  # characters of a stack trace


def told(error: BaseException, environ: Mapping[str, str], *, whole: bool) -> str:
    """Say what an error says, or its `whole` stack, without any secret."""
    from bot import config  # noqa: PLC0415 - heavy, and seldom needed
    from bot.redaction import Redactor  # noqa: PLC0415

    redactor = Redactor(config.secrets_in(environ))
    if not whole:
        return redactor.known(str(error))
    return redactor.text("".join(traceback.format_exception(error)), _LONGEST)


def tell(error: BaseException, environ: Mapping[str, str]) -> None:
    """Write the stack of a bug to standard error."""
    sys.stderr.write(f"{told(error, environ, whole=True).rstrip()}\n")


def watch_threads(environ: Mapping[str, str]) -> None:
    """Have a bug in a thread told as one elsewhere is."""

    def hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and args.exc_type is not SystemExit:
            tell(args.exc_value, environ)

    threading.excepthook = hook
