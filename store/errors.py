"""What can go wrong in the store.

StoreError
├── NewerStore        the file was written by a newer version of the bot
├── UnknownDatabase   the URL names no database we can open
├── CannotOpen        the database is there but cannot be opened
├── StoreBusy         its files cannot be compacted now
├── StoreLost         the connection broke off
├── StoreWaited       another process kept a lock for too long
├── KeyMissing        the file is encrypted and no key is set
├── KeyUnused         a key is set and the file is not encrypted
├── KeyWrong          the key does not open the file
├── BadBackup         a file is no backup, or not a whole one
├── CannotBackUp      a backup cannot be made there
├── CannotReplace     what is there cannot be read, so not be replaced either
├── StoreInUse        it is about to be replaced, and somebody uses it
├── LeaseLost         what this process worked on is another's by now
├── LockLost          what only one process may do, this one may not any more
├── NotMigrated       its tables are of an older version, and we may not alter them
└── UnknownOrg        no company of that name
"""

from collections.abc import Sequence


class StoreError(Exception):
    """Root of the store's errors."""

    exit_code = 1


class NewerStore(StoreError):
    """The store holds migrations that this version does not know."""

    def __init__(self, url: str, unknown: Sequence[str]) -> None:
        super().__init__(
            f"The store {url} was written by a newer version of this bot (it has "
            f"{', '.join(unknown)}). Upgrade the bot, or point DATABASE_URL or "
            "store.url at another store."
        )
        self.unknown = tuple(unknown)


class UnknownDatabase(StoreError):
    """The database URL cannot be understood."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"store.url (or DATABASE_URL) is {url!r}: {reason}. Use "
            "sqlite:///path/to/file.db or postgresql://user@host/name."
        )


class CannotOpen(StoreError):
    """The database refused to open."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"The store {url} cannot be opened: {reason}. Check that the path "
            "exists and may be written, or that the server answers."
        )


class StoreBusy(StoreError):
    """What was taken out cannot leave the files, because somebody uses them."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The store's files still hold what was taken out, because another "
            f"process uses them ({reason}). `cip once retention` tries again, best "
            "while `cip run` is stopped."
        )


class LockLost(StoreError):
    """The connection that held a lock is gone, and the lock with it."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"The lock {name!r} is lost: {reason}. Nothing more is written here; "
            "whoever takes it over goes on."
        )


class LeaseLost(StoreError):
    """Another process took over what this one worked on."""

    exit_code = 75

    def __init__(self, name: str, holder: str) -> None:
        by = f" by {holder}" if holder else ""
        super().__init__(
            f"The lease {name!r} ran out while this process slept, and was taken over"
            f"{by}. Nothing more is written here; nothing is lost."
        )


class StoreLost(StoreError):
    """The connection to the server broke off in the middle of something."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The connection to the store broke off ({reason}). What was begun is "
            "undone and is tried again at its next turn; look at the server's log."
        )


class StoreWaited(StoreError):
    """Somebody else kept a lock for too long."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Another process kept the store to itself for too long ({reason}). What "
            "was begun is undone and is tried again at its next turn."
        )


class NotMigrated(StoreError):
    """The store is of an older version, and this user may not change its tables."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"The store {url} has to be brought up to date, and its user may not do so "
            f"({reason}). Run `cip migrate` once with the owner's DATABASE_URL."
        )


class UnknownOrg(StoreError):
    """No company goes by that name."""

    def __init__(self, name: str, near: Sequence[str]) -> None:
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        super().__init__(
            f"No company is called {name!r}.{hint} `cip status` lists all."
        )


class KeyMissing(StoreError):
    """The file is encrypted, and nobody told the key."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"The store {path} is encrypted (or no SQLite file at all). Set "
            "STORE_KEY, or STORE_KEY_FILE, to the key it was made with."
        )


class KeyUnused(StoreError):
    """A key is set, and the file is not encrypted."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"STORE_KEY is set, but the store {path} is not encrypted. Stop the bot "
            "and run `cip rekey` to encrypt it, or unset the key."
        )


class KeyWrong(StoreError):
    """The key does not open the file."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"The key in STORE_KEY does not open the store {path}. Use the key it "
            "was made with; without it nobody can read the file. To change keys, set "
            "STORE_KEY_BEFORE to that one and run `cip rekey`."
        )


class BadBackup(StoreError):
    """A file is no backup that can be restored."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path} cannot be restored: {reason}. Nothing was changed.")


class CannotBackUp(StoreError):
    """A backup cannot be made there, or the store cannot be read for it."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"No backup was made into {path}: {reason}. What was there before is "
            "there still."
        )
        self.reason = reason


class CannotReplace(StoreError):
    """The store that is to be replaced cannot be read."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"The store {url} cannot be read, or is of another key ({reason}), so "
            "nothing was changed. Move its file away and restore again; whoever was "
            "forgotten since the backup was made has to be forgotten once more."
        )


class StoreInUse(StoreError):
    """A store is about to be replaced while somebody uses it."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"The store {url} is in use ({reason}). Stop the bot, then restore."
        )
