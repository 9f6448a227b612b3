"""What can go wrong between us and Notion.

NotionError
├── NoToken             no token is configured
├── WrongToken          Notion does not know the token
├── NotShared           the object is missing or not shared with the connection
├── MissingCapability   the connection may not do this
├── BlockQuota          the Free plan's blocks are used up
├── Validation          Notion refused what we sent
│   └── Trashed         what we wanted to change lies in the trash
├── Drifted             a property is not as it was bound
├── StaleCursor         a long listing has to start again
├── Conflict            someone saved at the same moment
├── RateLimited         Notion asked for a pause we can wait out
├── BudgetSpent         Notion asked for a pause longer than we wait
├── Blocked             Notion closed its API to this connection
├── Unavailable         a read failed on Notion's side
├── Unreachable         no connection to Notion; nothing was sent
├── UnknownOutcome      a write may or may not have happened
├── WriteRefused        our own client refused a write
├── NotBound            `cip init` has not tied this database yet
├── ManySources         a database has more than one data source
├── EmptiedDatabase     every row vanished at once
├── TooManyRows         more rows in one minute than a query gives
└── Unreadable          a person's value cannot be read
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sync.errors import SyncError


class NotionError(SyncError):
    """Root of what Notion did. `stops_round`: the next item would fail alike."""

    stops_round: bool = False


class NoToken(NotionError):
    """No token is configured."""

    stops_round = True

    def __init__(self) -> None:
        super().__init__(
            "No Notion token is set. Create a connection at "
            "https://www.notion.so/profile/integrations, and put its token into the "
            "environment as NOTION_TOKEN (or its file's path as NOTION_TOKEN_FILE)."
        )


class WrongToken(NotionError):
    """Notion does not know the token."""

    stops_round = True

    def __init__(self, base_url: str) -> None:
        super().__init__(
            f"{base_url} does not accept NOTION_TOKEN: it is wrong or was revoked. "
            "Copy the connection's token again and restart."
        )


class NotShared(NotionError):
    """The object is missing or not shared with the connection."""

    def __init__(self, what: str, object_id: str) -> None:
        super().__init__(
            f"Notion shows us no {what} {object_id}: it does not exist, or it is not "
            "shared with the connection. Open it in Notion, choose ••• → "
            "Connections, and add the bot's connection."
        )
        self.what = what
        self.object_id = object_id


class MissingCapability(NotionError):
    """The connection, or the person who added it, may not do this."""

    _START = "The connection may not"

    def __init__(self, what: str, said: str) -> None:
        super().__init__(
            f"{self._START} {what} ({said}). Turn the capability on in the "
            "connection's settings (content: read, update, insert; comments: read, "
            "insert), and check that whoever added the bot can still edit there."
        )
        self.what = what

    @classmethod
    def said(cls, text: str) -> bool:
        """Tell whether a kept message is one of this kind."""
        return text.startswith(cls._START)


class BlockQuota(NotionError):
    """The Free plan's blocks are used up."""

    def __init__(self, said: str) -> None:
        super().__init__(
            f"Notion creates no more blocks in this workspace: {said} Property and "
            "text changes go on; new pages and blocks wait until the plan changes."
        )


class Validation(NotionError):
    """Notion refused what we sent."""

    def __init__(self, what: str, said: str) -> None:
        super().__init__(f"Notion refused to {what}: {said}")
        self.said = said


class Trashed(Validation):
    """What we wanted to change lies in Notion's trash."""

    def __init__(self, what: str, said: str) -> None:
        super().__init__(what, f"{said} Restore it from the trash in Notion.")


class Drifted(NotionError):
    """Properties are gone or of another type; each problem names its remedy."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))


class StaleCursor(NotionError):
    """A listing took too long; its cursor no longer works."""

    def __init__(self) -> None:
        super().__init__("Notion dropped the cursor of a listing; it starts again.")


class Conflict(NotionError):
    """Someone saved the same thing at the same moment; nothing was written."""

    retryable = True

    def __init__(self, what: str) -> None:
        super().__init__(f"Notion could not {what}: someone saved at the same moment.")


class RateLimited(NotionError):
    """Notion asked for a pause. `wait` is in seconds, None where it said nothing."""

    retryable = True

    def __init__(self, wait: float | None, reason: str) -> None:
        asked = f"{wait:.0f} s" if wait is not None else "some time"
        super().__init__(f"Notion asked us to wait {asked} ({reason or 'rate limit'}).")
        self.wait = wait
        self.reason = reason


class BudgetSpent(NotionError):
    """Notion's budget is spent for longer than we wait in place."""

    stops_round = True

    def __init__(self, until: datetime, reason: str) -> None:
        super().__init__(
            f"Notion's request budget is spent until {until:%Y-%m-%d %H:%M:%S} UTC "
            f"({reason or 'rate limit'}). Work is kept and goes on then."
        )
        self.until = until


class Blocked(NotionError):
    """Notion closed its API to this connection; asking again is hopeless."""

    stops_round = True

    def __init__(self, said: str) -> None:
        super().__init__(
            f"Notion has blocked API access for this connection: {said} Contact "
            "Notion's support, then run `cip doctor`."
        )


class Unavailable(NotionError):
    """A read failed on Notion's side; another try makes sense."""

    retryable = True

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"Notion failed to {what}: {why}. It is tried again later.")
        self.why = why


class Unreachable(NotionError):
    """No connection could be made; nothing was sent."""

    retryable = True
    stops_round = True

    def __init__(self, base_url: str, why: str) -> None:
        super().__init__(
            f"{base_url} cannot be reached ({why}). Check the network and "
            "NOTION_BASE_URL."
        )


class UnknownOutcome(NotionError):
    """A write may or may not have happened; look before writing again.

    `resource_id` and `child_ids` are what Notion says it has committed, if it says so.
    """

    def __init__(
        self, what: str, why: str, resource_id: str = "", child_ids: Sequence[str] = ()
    ) -> None:
        super().__init__(
            f"Notion's answer to an attempt to {what} was lost ({why}). It is looked "
            "up before anything is written again."
        )
        self.resource_id = resource_id
        self.child_ids = tuple(child_ids)


class WriteRefused(NotionError):
    """Our own client refused a write."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"Refused to {what}: {why}.")


class NotBound(NotionError):
    """`cip init` has not tied a database of ours to one in Notion."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The {name} database is not set up yet. Run `cip init --parent PAGE`, "
            "PAGE being a Notion page shared with the connection."
        )


class ManySources(NotionError):
    """A database holds more than one data source, so it is unclear which is ours."""

    def __init__(self, database_id: str, names: Sequence[str]) -> None:
        super().__init__(
            f"Database {database_id} has {len(names)} data sources "
            f"({', '.join(names)}). Move all but one of them to a database of their "
            "own, then run `cip init` again."
        )


class EmptiedDatabase(NotionError):
    """Every row of a database vanished at once; that is no way to lose a customer."""

    def __init__(self, name: str, known: int) -> None:
        super().__init__(
            f"The {name} database suddenly shows none of its {known} rows. Nothing is "
            "changed here. If this is meant, trash the rows one by one; if not, check "
            "in Notion that the database is whole and shared with the connection."
        )


class TooManyRows(NotionError):
    """More rows carry one minute's stamp than Notion gives in one query."""

    def __init__(self, minute: str) -> None:
        super().__init__(
            f"More than 10,000 rows carry the time {minute}; Notion lists no more of "
            "them. Split the database."
        )


class Unreadable(NotionError):
    """A person's value cannot be read. `reason` is a sentence for the row."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def committed(data: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Read which ids a 503 says were committed."""
    children = data.get("committed_child_ids") or ()
    ids = (children,) if isinstance(children, str) else tuple(children)
    return str(data.get("committed_resource_id") or ""), ids
