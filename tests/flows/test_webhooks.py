"""A webhook shortens the wait: handshake, signature, and a tick that starts at once."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bot import server
from bot.settings import ServerSettings
from sync.notion.webhooks import signature
from tests.support.kept import begun
from tests.support.sandbox import operate
from tests.support.world import World

DEADLINE = 10.0


@contextmanager
def hooked(tmp_path: Path) -> Iterator[tuple[World, str]]:
    """A world whose bot listens; its address for webhooks."""
    with (
        begun(tmp_path, rate_limit=False) as told,
        server.serving(told.app, ServerSettings(port=0)) as port,
    ):
        yield told, f"http://127.0.0.1:{port}"


def subscribe(told: World, base: str) -> None:
    operate(told.box, "webhooks", {"url": f"{base}/notion/webhook"})
    wait_for(lambda: told.app.store.notes.get(server.TOKEN))
    token = told.app.store.notes.get(server.TOKEN)
    operate(told.box, "webhooks/verify", {"verification_token": token})


def wait_for(condition) -> None:
    """Wait for another thread; the poke is an event, so this is short."""
    woken = threading.Event()
    end = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < end, "nothing came"
        woken.wait(0.02)


def test_a_tick_by_webhook_is_answered_without_waiting_for_a_poll(tmp_path: Path):
    with hooked(tmp_path) as (told, base):
        row = told.company("Acme")
        told.run("poll")
        subscribe(told, base)
        told.edit(row, Request_Draft={"checkbox": True})
        wait_for(lambda: bool(told.app.pokes))
        told.run("poll")
        assert len(told.comments(row)) == 1
        assert told.value(row, "Request Draft") is False


def test_an_unsigned_post_is_refused_and_wakes_nobody(tmp_path: Path):
    with hooked(tmp_path) as (told, base):
        url = f"{base}/notion/webhook"
        assert httpx.post(url, json={"verification_token": "secret_x"}).is_success
        body = {
            "id": "e",
            "type": "page.created",
            "entity": {"id": "p", "type": "page"},
        }
        assert httpx.post(url, json=body).status_code == 401
        assert not told.app.pokes


@pytest.mark.parametrize("repeats", [1, 5])
def test_the_same_event_delivered_again_counts_once(tmp_path: Path, repeats: int):
    with hooked(tmp_path) as (told, base):
        url = f"{base}/notion/webhook"
        httpx.post(url, json={"verification_token": "secret_x"})
        body = (
            b'{"id":"e1","type":"page.properties_updated","attempt_number":1,'
            b'"timestamp":"2026-11-22T09:00:00.000Z","authors":[{"id":"p","type":'
            b'"person"}],"entity":{"id":"row","type":"page"},"data":{}}'
        )
        headers = {"X-Notion-Signature": signature(body, "secret_x")}
        woken: list[int] = []
        told.app.pokes.on_poke(lambda: woken.append(1))
        for _ in range(repeats):
            assert httpx.post(url, content=body, headers=headers).is_success
        assert told.app.pokes.take() == ["row"]
        assert woken == [1]


def test_health_says_alive_and_ready_only_after_a_good_poll(tmp_path: Path):
    with hooked(tmp_path) as (told, base):
        assert httpx.get(f"{base}/healthz").status_code == 200
        assert httpx.get(f"{base}/readyz").status_code == 503
        told.run("poll")
        assert httpx.get(f"{base}/readyz").status_code == 200
        told.clock.forward(minutes=30)
        late = httpx.get(f"{base}/readyz")
        assert late.status_code == 503
        assert "last good poll" in late.json()["why"]
