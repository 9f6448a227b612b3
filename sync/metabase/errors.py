"""What can go wrong between us and Metabase.

MetabaseError
├── NoKey             METABASE_API_KEY is not set
├── BadKey            it does not know our key
├── NotAllowed        the key's group may not do that
├── NotMetabase       what answers there is no Metabase
├── NoDatabase        it has no database of that name
├── MetabaseRefused   it says no to this one request
└── MetabaseDown      it is broken on its side, or does not answer
"""

from collections.abc import Sequence

from sync.errors import SyncError


class MetabaseError(SyncError):
    """Root of what can go wrong with Metabase."""


class NoKey(MetabaseError):
    """There is no key to ask with."""

    def __init__(self) -> None:
        super().__init__(
            "METABASE_API_KEY is not set. Make a key in Metabase (Admin settings → "
            "Settings → Authentication → API keys) and set it in the environment."
        )


class BadKey(MetabaseError):
    """Metabase does not know our key."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"Metabase at {url} does not accept the key. Check METABASE_API_KEY in "
            "the environment."
        )


class NotAllowed(MetabaseError):
    """The key's group may not do that."""

    def __init__(self, doing: str) -> None:
        super().__init__(
            f"Metabase lets the key not {doing}. Give its group the right to curate "
            "the collection and to write native queries on the database."
        )


class NotMetabase(MetabaseError):
    """What answers there is no Metabase."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"What answers at {url} is no Metabase ({reason}). Give --url as you open "
            "it in a browser, without what follows the host and its path."
        )


class NoDatabase(MetabaseError):
    """Metabase has no database of that name."""

    def __init__(self, wanted: str, known: Sequence[str]) -> None:
        shown = ", ".join(known) or "none that the key may see"
        super().__init__(
            f"Metabase has no database {wanted!r}. It has: {shown}. Add the store's "
            "Postgres there (Admin settings → Databases), and name it in --database."
        )


class MetabaseRefused(MetabaseError):
    """Metabase says no to this one request."""

    def __init__(self, status: int, doing: str, reason: str) -> None:
        super().__init__(f"Metabase refuses to {doing} ({status}): {reason}")


class MetabaseDown(MetabaseError):
    """Metabase is broken on its side, or does not answer."""

    retryable = True

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"Metabase at {url} cannot be asked ({reason}). What was made stays; run "
            "the command again."
        )
