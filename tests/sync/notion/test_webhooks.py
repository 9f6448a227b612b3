import json

import pytest

from sync.notion import webhooks
from sync.notion.webhooks import BadWebhook, Event, Handshake

TOKEN = "secret_abc"


def body(**changes) -> bytes:
    posted = {
        "id": "e1",
        "timestamp": "2026-11-22T09:30:00.123Z",
        "type": "page.properties_updated",
        "authors": [{"id": "u1", "type": "person"}],
        "attempt_number": 2,
        "entity": {"id": "p1", "type": "page"},
        "data": {
            "parent": {"id": "d", "type": "database", "data_source_id": "ds"},
            "updated_properties": ["XGe%40"],
        },
    }
    return json.dumps(posted | changes).encode()


def sign(content: bytes, token: str = TOKEN) -> dict[str, str]:
    return {"X-Notion-Signature": webhooks.signature(content, token)}


def test_the_handshake_gives_its_token_once():
    offer = b'{"verification_token":"secret_abc"}'
    assert webhooks.receive(offer, {}, "") == Handshake(TOKEN)
    forged = b'{"verification_token":"secret_evil"}'
    with pytest.raises(BadWebhook, match="signature"):
        webhooks.receive(forged, {}, TOKEN)
    assert webhooks.receive(forged, sign(forged), TOKEN) == Handshake("secret_evil")


def test_a_signed_event_is_read():
    event = webhooks.receive(body(), sign(body()), TOKEN)
    assert isinstance(event, Event)
    assert (event.event_id, event.entity, event.source_id) == ("e1", "p1", "ds")
    assert (event.properties, event.attempt) == (("XGe@",), 2)
    assert event.only_by("u1")
    assert not event.only_by("bot")


def test_schema_events_name_their_properties_too():
    data = {"updated_properties": [{"id": "a%5D", "name": "A", "action": "updated"}]}
    content = body(type="data_source.schema_updated", data=data)
    event = webhooks.receive(content, sign(content), TOKEN)
    assert isinstance(event, Event)
    assert event.properties == ("a]",)


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (body(), {}),
        (body(), {"X-Notion-Signature": "sha256=00"}),
        (body(), {"X-Notion-Signature": "sha256=ü"}),
        (body(), sign(body(), "secret_other")),
        (body() + b" ", sign(body())),
        (b"no json", sign(b"no json")),
        (b"[]", sign(b"[]")),
        (b'{"id":"e"}', sign(b'{"id":"e"}')),
    ],
)
def test_what_is_not_notions_is_refused(content: bytes, headers: dict[str, str]):
    with pytest.raises(BadWebhook):
        webhooks.receive(content, headers, TOKEN)


def test_before_the_handshake_nothing_is_believed():
    with pytest.raises(BadWebhook, match="not verified"):
        webhooks.receive(body(), sign(body(), ""), "")


def test_repeated_events_count_once():
    first = webhooks.receive(body(), sign(body()), TOKEN)
    other = webhooks.receive(body(id="e2"), sign(body(id="e2")), TOKEN)
    assert isinstance(first, Event)
    assert isinstance(other, Event)
    assert webhooks.fresh([first, first, other], ["e2"]) == [first]
