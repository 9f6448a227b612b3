"""Logs: one line per outcome, the same names everywhere. Touches: standard error.

JSON lines follow OpenTelemetry's log data model: `timestamp`, `severity_text`,
`severity_number`, `body`, `resource`, `attributes`, and where a trace is under way
`trace_id` and `span_id`. Attributes are OpenTelemetry's where it has a name, else
`cip.…`.
"""

import logging
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from importlib import metadata
from typing import Any

import structlog
from structlog import contextvars

from bot.redaction import Redactor
from bot.settings import LogSettings

Logger = Any
Event = MutableMapping[str, Any]
Processor = Callable[[Any, str, Event], Event]
PACKAGE, SERVICE = "customer-intelligence-bot", "cip"
# Our short words at the place of logging, and what a line calls them.
NAMES: Mapping[str, str] = {
    "job": "cip.job",
    "run": "cip.run.id",
    "org": "cip.org.id",
    "ms": "cip.duration_ms",
    "why": "cip.reason",
    "host": "server.address",
    "status_code": "http.response.status_code",
    "model": "gen_ai.request.model",
    "tokens_in": "gen_ai.usage.input_tokens",
    "tokens_out": "gen_ai.usage.output_tokens",
}
# The severity numbers of the log data model.
_SEVERITY = {"debug": 5, "info": 9, "warning": 13, "error": 17, "critical": 21}
_TRACE = ("trace_id", "span_id")
_LONG = 10_000  # characters of a stack trace
_CHATTY = (
    "apscheduler",
    "htmldate",
    "httpcore",
    "httpx",
    "notion_client",
    "openai",
    "opentelemetry",
    "procrastinate",
    "trafilatura",
    "uvicorn",
)


def configure(settings: LogSettings, secrets: Iterable[str] = ()) -> Logger:
    """Make the logger: JSON for machines, text for a terminal; never `secrets`."""
    as_json = settings.format == "json" or (
        settings.format == "auto" and not sys.stderr.isatty()
    )
    level = logging.getLevelName(settings.level.upper())
    quiet_libraries()
    return structlog.wrap_logger(
        structlog.PrintLogger(sys.stderr),
        processors=processors(Redactor(secrets), as_json=as_json),
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )


def processors(redactor: Redactor, *, as_json: bool) -> list[Any]:
    """List what happens to a line, the redaction last before it is written."""
    first = [
        contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="timestamp"),
        _with_exception,
    ]
    if not as_json:
        console = structlog.dev.ConsoleRenderer(pad_event_to=24)
        return [*first, _redaction(redactor), _readable, console]
    as_line = structlog.processors.JSONRenderer(ensure_ascii=False)
    return [*first, _redaction(redactor), _recording(resource()), as_line]


@contextmanager
def about(**names: Any) -> Iterator[None]:
    """Say in every line of this context what it is about: job, run, org."""
    with contextvars.bound_contextvars(**names):
        yield


def _recording(who: Mapping[str, str]) -> Processor:
    """Lay out a line as OpenTelemetry's log data model has it."""

    def record(_: Any, __: str, event: Event) -> Event:
        level = str(event.pop("level"))
        trace = {name: event.pop(name) for name in _TRACE if name in event}
        return {
            "timestamp": event.pop("timestamp"),
            "severity_text": level.upper(),
            "severity_number": _SEVERITY[level],
            "body": event.pop("event"),
            **trace,
            "resource": who,
            "attributes": {named(name): value for name, value in event.items()},
        }

    return record


def named(name: str) -> str:
    """Give an attribute its full name; one with a dot has it already."""
    return name if "." in name else NAMES.get(name, f"cip.{name}")


def resource() -> dict[str, str]:
    """Say who writes the lines."""
    return {"service.name": SERVICE, "service.version": metadata.version(PACKAGE)}


def quiet_libraries() -> None:
    """Keep chatty libraries from writing addresses and bodies into the log."""
    for name in _CHATTY:
        logger = logging.getLogger(name)
        logger.setLevel(logging.CRITICAL)
    for name in ("uvicorn.error", "uvicorn.access", "uvicorn.asgi"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _with_exception(_: Any, __: str, event: Event) -> Event:
    """Write an exception as its type, message and stack; no values of variables."""
    told = event.pop("exc_info", None)
    error = told if isinstance(told, BaseException) else None
    if error is None and told:
        error = sys.exc_info()[1]
    if error is not None:
        event["exception.type"] = type(error).__qualname__
        event["exception.message"] = str(error)
        event["exception.stacktrace"] = "".join(traceback.format_exception(error))
    return event


def _redaction(redactor: Redactor) -> Processor:
    own = ("timestamp", "level", *_TRACE)

    def redact(_: Any, __: str, event: Event) -> Event:
        for name, value in event.items():
            if name not in own:
                longest = _LONG if name == "exception.stacktrace" else 1_000
                event[name] = redactor.value(name, value, longest)
        return event

    return redact


def _readable(_: Any, __: str, event: Event) -> Event:
    """Put an exception below the line, as a terminal shows it."""
    stack = event.pop("exception.stacktrace", "")
    if stack:
        for name in ("exception.type", "exception.message"):
            event.pop(name, None)
        event["exception"] = stack.rstrip()
    return event
