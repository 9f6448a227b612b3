"""Traces in OpenTelemetry's form: a span for each run, company and request outside.

Names, times and outcomes; never a word of what was read or written. Off until an
endpoint is set. Touches: the endpoint, by OTLP over HTTP.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

from bot.errors import NeedsExtra
from bot.telemetry import about, named, resource
from sync.web.guard import Deadline
from sync.web.settings import WebSettings
from sync.web.wire import Answer, Wire

Note = Callable[..., None]
_TIMEOUT_S = 5.0


def _nothing(**names: Any) -> None:
    """Note nothing."""


class Tracing:
    """Tells nobody: what there is where no endpoint is set."""

    @contextmanager
    def span(self, name: str, **names: Any) -> Iterator[Note]:  # noqa: ARG002
        """Trace what happens inside; what is given may note more names."""
        yield _nothing

    def passed(self, name: str, ms: int, **names: Any) -> None:
        """Trace what has just ended, and took so long."""

    def http(self) -> httpx.Client | None:
        """Make a client whose requests are traced; None where any will do."""
        return None

    def wire(self, settings: WebSettings) -> Wire:
        """Make a way out to the web whose requests are traced."""
        return Wire(settings)

    def close(self) -> None:
        """Send what is left."""


class Sent(Tracing):
    """Sends spans to an endpoint, in the background."""

    def __init__(self, endpoint: str) -> None:
        try:
            from opentelemetry import trace  # noqa: PLC0415  (an extra)
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
                OTLPSpanExporter,
            )
            from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
            from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
            from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
        except ImportError as error:
            raise NeedsExtra("[bot.traces] endpoint", "traces") from error
        address = f"{endpoint.rstrip('/')}/v1/traces"
        exporter = OTLPSpanExporter(endpoint=address, timeout=_TIMEOUT_S)
        self._provider = TracerProvider(
            resource=Resource.create(resource()), shutdown_on_exit=False
        )
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("cip")
        self._failed = trace.Status(trace.StatusCode.ERROR)

    @contextmanager
    def span(self, name: str, **names: Any) -> Iterator[Note]:
        """Trace what happens inside; an error is noted by its type alone."""
        with self._tracer.start_as_current_span(
            name,
            attributes=attributes(names),
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            told = span.get_span_context()
            ids = {
                "trace_id": f"{told.trace_id:032x}",
                "span_id": f"{told.span_id:016x}",
            }
            try:
                with about(**ids):
                    yield lambda **more: span.set_attributes(attributes(more))
            except BaseException as error:
                span.set_attribute("exception.type", type(error).__qualname__)
                span.set_status(self._failed)
                raise

    def passed(self, name: str, ms: int, **names: Any) -> None:
        """Trace what has just ended, and took so long."""
        end = time.time_ns()
        start = end - ms * 1_000_000
        span = self._tracer.start_span(
            name, attributes=attributes(names), start_time=start
        )
        span.end(end)

    def http(self) -> httpx.Client:
        """Make a client whose requests are traced."""
        return httpx.Client(transport=Traced(self, httpx.HTTPTransport()))

    def wire(self, settings: WebSettings) -> Wire:
        """Make a way out to the web whose requests are traced."""
        return TracedWire(self, settings)

    def close(self) -> None:
        """Send what is left."""
        self._provider.shutdown()


class Traced(httpx.BaseTransport):
    """Traces each request of a client."""

    def __init__(self, tracing: Tracing, inner: httpx.BaseTransport) -> None:
        self._tracing, self._inner = tracing, inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request within a span."""
        names = of_request(request.method, request.url)
        with self._tracing.span(f"notion {request.method}", **names) as note:
            answer = self._inner.handle_request(request)
            note(status_code=answer.status_code)
            return answer

    def close(self) -> None:
        """Let go of the connections."""
        self._inner.close()


class TracedWire(Wire):
    """Traces each request to the web."""

    def __init__(self, tracing: Tracing, settings: WebSettings) -> None:
        super().__init__(settings)
        self._tracing = tracing

    def ask(
        self,
        url: httpx.URL,
        headers: Mapping[str, str],
        deadline: Deadline,
        *,
        every_body: bool = False,
    ) -> Answer:
        """Send one GET within a span."""
        with self._tracing.span("web GET", **of_request("GET", url)) as note:
            answer = super().ask(url, headers, deadline, every_body=every_body)
            note(status_code=answer.status)
            return answer


def of_request(method: str, url: httpx.URL) -> dict[str, Any]:
    """Say what a span may tell of a request: neither path nor query. Pure."""
    told: dict[str, Any] = {
        "http.request.method": method,
        "url.scheme": url.scheme,
        "server.address": url.host,
    }
    return told | ({"server.port": url.port} if url.port else {})


def attributes(names: Mapping[str, Any]) -> dict[str, Any]:
    """Give names their full form, as in logs. Pure."""
    return {named(name): value for name, value in names.items() if value is not None}


def open_tracing(endpoint: str) -> Tracing:
    """Trace to an endpoint, nowhere without one; raises NeedsExtra."""
    return Sent(endpoint) if endpoint else Tracing()
