"""What can go wrong between us and the outside world.

SyncError
├── WebError          what the web did: sync/web/errors.py draws the rest
├── NotionError       what Notion did: sync/notion/errors.py draws the rest
└── ConnectorError    what a delivered file held: sync/connectors/errors.py
"""


class SyncError(Exception):
    """Root of the room's errors. `retryable` says whether another try makes sense."""

    retryable: bool = False
