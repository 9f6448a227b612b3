"""What can go wrong with what others deliver.

ConnectorError
├── NoFolder          a drop folder is configured and not there
├── BadFile           a delivered file cannot be read at all
├── MailError         a mail server: nothing came of asking
│   ├── BadLogin      it does not let us in
│   ├── NoMailbox     it has no folder of that name
│   ├── MailRefused   it says no to a command, or answers what cannot be read
│   └── MailSilent    no answer, none in time, or it hung up
└── ApiError          a provider's API: nothing useful came of asking
    ├── BadKey        it does not know our key, or the key may not read that
    ├── QuotaUsedUp   no request is left until some time
    ├── SlowDown      too many requests at once
    ├── NotThere      it has nothing under that name
    ├── ApiRefused    it says no to this one request
    ├── ApiDown       it is broken on its side
    ├── ApiSilent     no answer, or none in time
    └── Malformed     an answer that is not what its documentation says
"""

from datetime import datetime
from pathlib import Path

from sync.errors import SyncError


class ConnectorError(SyncError):
    """Root of the connectors' errors."""


class NoFolder(ConnectorError):
    """A drop folder is configured and not there."""

    def __init__(self, setting: str, folder: Path) -> None:
        super().__init__(
            f"{setting} is {str(folder)!r}, which is no folder. Create it, or point "
            "the setting at the folder where the files are delivered."
        )


class BadFile(ConnectorError):
    """A delivered file cannot be read at all."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file, self.reason = file, reason


class MailError(ConnectorError):
    """Asking a mail server came to nothing."""


class BadLogin(MailError):
    """The mail server does not let us in."""

    def __init__(self, host: str, user: str, message: str) -> None:
        super().__init__(
            f"The mail server {host} does not let {user} in ({message}). Check "
            "sync.connectors.mail.user and MAIL_PASSWORD in the environment; many "
            "providers want a password made for this one program"
        )


class NoMailbox(MailError):
    """The mail server has no folder of that name."""

    def __init__(self, folder: str, message: str) -> None:
        super().__init__(
            f"The mail folder {folder!r} cannot be opened ({message}). Correct "
            "sync.connectors.mail.folders"
        )


class MailRefused(MailError):
    """The mail server says no to a command, or answers what cannot be read."""

    def __init__(self, host: str, doing: str, message: str) -> None:
        super().__init__(f"The mail server {host} refuses {doing} ({message})")


class MailSilent(MailError):
    """No answer from the mail server, none in time, or it hung up."""

    retryable = True

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(
            f"The mail server {host}:{port} cannot be asked ({reason}). It is tried "
            "again later; check sync.connectors.mail.host, port and security"
        )


class ApiError(ConnectorError):
    """Asking a provider's API came to nothing.

    `stops`: asking for something else would fare no better now. `doubtful`: it may,
    or may not.
    """

    stops = False
    doubtful = False


class BadKey(ApiError):
    """The provider does not know our key, or the key may not read that."""

    stops = True

    def __init__(self, provider: str, variable: str, message: str) -> None:
        super().__init__(
            f"{provider} does not accept the key ({message}). Check {variable} in the "
            "environment, and what the plan allows"
        )


class QuotaUsedUp(ApiError):
    """No request is left for now. `until` is when it is tried again."""

    stops = True

    def __init__(self, provider: str, until: datetime, why: str) -> None:
        super().__init__(
            f"{provider} is not asked before {until:%Y-%m-%d %H:%M} UTC ({why})"
        )
        self.until = until


class SlowDown(ApiError):
    """Too many requests at once. `wait` is what the provider asks for, in seconds."""

    retryable = True
    stops = True

    def __init__(self, provider: str, wait: float | None) -> None:
        super().__init__(f"{provider} asks us to slow down")
        self.wait = wait


class NotThere(ApiError):
    """The provider has nothing under that name."""

    def __init__(self, provider: str, what: str) -> None:
        super().__init__(
            f"{provider} has nothing under {what}. Correct or clear the address there"
        )


class ApiRefused(ApiError):
    """The provider says no to this one request. `code` is its own word for why."""

    def __init__(self, provider: str, status: int, code: str, message: str) -> None:
        super().__init__(
            f"{provider} refuses a request ({status} {code}: {message or 'no reason'})"
        )
        self.status, self.code = status, code


class ApiDown(ApiError):
    """The provider is broken on its side."""

    retryable = True
    doubtful = True

    def __init__(self, provider: str, status: int) -> None:
        super().__init__(f"{provider} answers {status}. It is tried again later")


class ApiSilent(ApiError):
    """No answer, or none in time. `at_once`: it may be tried again now."""

    doubtful = True

    def __init__(self, provider: str, reason: str, *, at_once: bool) -> None:
        super().__init__(f"{provider} cannot be asked: {reason}")
        self.retryable = at_once


class Malformed(ApiError):
    """The answer is not what the provider's documentation says."""

    doubtful = True

    def __init__(self, provider: str, reason: str) -> None:
        super().__init__(
            f"{provider} gave an answer that cannot be read ({reason}). It is tried "
            "again later; if it stays so, the API has changed"
        )
