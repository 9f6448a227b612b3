"""Logs: one line per outcome, the same keys everywhere. Touches: standard error."""

import logging
import sys
from typing import Any

import structlog

from bot.settings import LogSettings

Logger = Any


def configure(settings: LogSettings) -> Logger:
    """Make the logger: JSON for machines, text for a terminal; never secrets."""
    as_json = settings.format == "json" or (
        settings.format == "auto" and not sys.stderr.isatty()
    )
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(pad_event_to=24)
    )
    level = logging.getLevelName(settings.level.upper())
    quiet_libraries()
    return structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="timestamp"),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )


def quiet_libraries() -> None:
    """Keep chatty libraries from writing addresses and bodies into the log."""
    for name in ("httpx", "httpcore", "trafilatura", "htmldate", "apscheduler"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    logging.getLogger("notion_client").setLevel(logging.CRITICAL)
