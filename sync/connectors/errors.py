"""What can go wrong with what others deliver.

ConnectorError
├── NoFolder      a drop folder is configured and not there
└── BadFile       a delivered file cannot be read at all
"""

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
