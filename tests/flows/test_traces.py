"""Traces reach a receiver that speaks OTLP, and carry no contents."""

import importlib.abc
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot import traces
from bot.config import load
from bot.errors import NeedsExtra
from bot.settings import Settings
from tests.support.kept import begun
from tests.support.loopback import served

otlp = pytest.importorskip(
    "opentelemetry.proto.collector.trace.v1.trace_service_pb2",
    reason="traces need the extra `traces`",
)


class Receiver:
    """What came, decoded."""

    def __init__(self) -> None:
        self.spans: list[Any] = []
        self.services: set[str] = set()

    def take(self, body: bytes) -> None:
        told = otlp.ExportTraceServiceRequest.FromString(body)
        for part in told.resource_spans:
            self.services |= {
                a.value.string_value
                for a in part.resource.attributes
                if a.key == "service.name"
            }
            for scope in part.scope_spans:
                self.spans += scope.spans

    def named(self, name: str) -> list[Any]:
        return [span for span in self.spans if span.name == name]


def attributes(span: Any) -> dict[str, Any]:
    return {
        a.key: getattr(a.value, a.value.WhichOneof("value")) for a in span.attributes
    }


@contextmanager
def receiving() -> Iterator[tuple[Receiver, str]]:
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/traces"
            kept.take(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *told: object) -> None:
            """Say nothing."""

    with served(Handler) as port:
        yield kept, f"http://127.0.0.1:{port}"


def test_a_cycle_is_traced_run_by_run_company_by_company_request_by_request(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    with receiving() as (kept, endpoint):

        def changes(settings: Settings) -> Settings:
            own = replace(settings.bot.traces, endpoint=endpoint)
            log = replace(settings.bot.log, level="info", format="json")
            return replace(settings, bot=replace(settings.bot, traces=own, log=log))

        with begun(tmp_path, changes=changes, rate_limit=False) as told:
            told.company("Acme")
            told.run()
            token = told.box.token
    assert kept.services == {"cip"}
    [run] = kept.named("run dossiers")
    assert attributes(run)["cip.job"] == "dossiers"
    assert attributes(run)["cip.outcome"] == "ended"
    company = kept.named("company dossier")[0]
    assert attributes(company) == {"cip.org.id": "acme"}
    runs = {span.span_id: span for span in kept.spans if span.name.startswith("run ")}
    assert company.parent_span_id in runs
    assert {s.trace_id for s in kept.spans if s.parent_span_id == company.span_id} <= {
        company.trace_id
    }
    assert kept.named("company health")
    asked = kept.named("notion POST")[0]
    names = attributes(asked)
    assert names["http.request.method"] == "POST"
    assert names["http.response.status_code"] == 200
    assert names["server.address"] == "127.0.0.1"
    whole = b"".join(span.SerializeToString() for span in kept.spans)
    for word in (token.encode(), b"Acme", b"/v1/", b"Verified Domain"):
        assert word not in whole
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    [dossier] = [line for line in lines if line["body"] == "dossier"]
    assert bytes.fromhex(dossier["trace_id"]) in {s.trace_id for s in runs.values()}


def test_what_fails_is_marked_by_its_type_alone():
    with receiving() as (kept, endpoint):
        tracing = traces.open_tracing(endpoint)
        with (
            pytest.raises(ValueError, match="secret words"),
            tracing.span("run poll", job="poll"),
        ):
            raise ValueError("secret words")
        tracing.passed("model POST", 1500, org="acme", tokens_in=7)
        tracing.close()
    [span] = kept.named("run poll")
    assert span.status.code == 2
    assert attributes(span)["exception.type"] == "ValueError"
    assert b"secret words" not in span.SerializeToString()
    [model] = kept.named("model POST")
    gap = model.end_time_unix_nano - model.start_time_unix_nano
    assert gap == 1_500_000_000
    assert attributes(model)["gen_ai.usage.input_tokens"] == 7


def test_a_request_to_the_web_tells_its_host_and_no_more():
    url = httpx.URL("https://news.example:8443/acme?key=12345")
    assert traces.of_request("GET", url) == {
        "http.request.method": "GET",
        "url.scheme": "https",
        "server.address": "news.example",
        "server.port": 8443,
    }


def test_nothing_is_traced_without_an_endpoint():
    tracing = traces.open_tracing("")
    assert tracing.http() is None
    with tracing.span("run poll", job="poll") as note:
        note(outcome="ended")
    assert "opentelemetry" not in type(tracing).__module__


def test_the_endpoint_comes_from_the_environment_too(tmp_path: Path):
    (tmp_path / "c.toml").write_text('[bot.traces]\nendpoint = "http://a.example"\n')
    environ = {"CIP_CONFIG": str(tmp_path / "c.toml")}
    assert load(environ).bot.traces.endpoint == "http://a.example"
    environ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://b.example"
    assert load(environ).bot.traces.endpoint == "http://b.example"


class Absent(importlib.abc.MetaPathFinder):
    """Makes a package look as if it were not installed."""

    def find_spec(self, name: str, path: Any, target: Any = None) -> None:
        if name.split(".", maxsplit=1)[0] == "opentelemetry":
            raise ImportError(name)


def test_without_the_extra_an_error_names_it(monkeypatch: pytest.MonkeyPatch):
    for name in [n for n in sys.modules if n.split(".")[0] == "opentelemetry"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Absent(), *sys.meta_path])
    with pytest.raises(
        NeedsExtra, match=r"\[bot.traces\] endpoint needs the extra 'tra"
    ):
        traces.open_tracing("http://127.0.0.1:1")
