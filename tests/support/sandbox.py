"""A sandbox Notion for a test, and the real client to drive it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from notion_client import Client

from sync.sandbox.options import Options
from sync.sandbox.server import Around, Running, running
from tests.support.recording import App, Log, recording, settle

VERSION = "2026-03-11"


@contextmanager
def sandbox_running(
    log: Log | None = None, around: Around | None = None, **options: Any
) -> Iterator[Running]:
    """Run an empty sandbox on a free port; options as in `Options`.

    At the end all that went to and fro is held against the types of Notion's client;
    a test may hand in the log to look at the traffic itself. `around` may stand
    between the recorded sandbox and its clients.
    """
    kept = Log() if log is None else log
    whole = Options(**{"port": 0, "seed": "empty", **options})

    def recorded(app: App) -> App:
        inner = recording(app, kept)
        return around(inner) if around else inner

    with running(whole, recorded) as box:
        yield box
        struck = dict(box.site.faults.struck)
    settle(kept, struck)


@contextmanager
def client_of(box: Running, *, person: bool = False) -> Iterator[Client]:
    """Open the real client for the bot, or for the person."""
    http = httpx.Client(verify=False)  # plain HTTP: no need for certificates
    client = Client(
        auth=box.person_token if person else box.token,
        base_url=box.url,
        notion_version=VERSION,
        retry=False,
        client=http,
    )
    try:
        yield client
    finally:
        http.close()


@contextmanager
def raw_http(box: Running, *, person: bool = False) -> Iterator[httpx.Client]:
    """Open a bare HTTP client that carries token and version."""
    token = box.person_token if person else box.token
    headers = {"Authorization": f"Bearer {token}", "Notion-Version": VERSION}
    with httpx.Client(base_url=box.url, headers=headers, verify=False) as client:
        yield client


def operate(box: Running, name: str, body: dict[str, Any] | None = None) -> Any:
    """Carry out a `/_sandbox/` operation: POST with a body, GET without."""
    method = "GET" if body is None else "POST"
    answer = httpx.request(
        method, f"{box.url}/_sandbox/{name}", json=body, verify=False
    )
    answer.raise_for_status()
    return answer.json()
