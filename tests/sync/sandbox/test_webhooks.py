"""Webhooks: the handshake, the signature, and how badly the post may work."""

import hashlib
import hmac
from collections.abc import Iterator
from typing import Any

import pytest
from notion_client import Client

from sync.sandbox.server import Running
from tests.support.ear import Ear, listening
from tests.support.sandbox import operate
from tests.support.sandbox_work import paragraph, row, text


@pytest.fixture
def ear() -> Iterator[Ear]:
    with listening() as found:
        yield found


def subscribe(box: Running, ear: Ear, **how: Any) -> str:
    """Subscribe, wait for the handshake, verify; gives the token."""
    operate(box, "webhooks", {"url": ear.url, **how})
    token = str(ear.wait_for(1)[0].body["verification_token"])
    operate(box, "webhooks/verify", {"verification_token": token})
    ear.heard.clear()
    return token


def kinds(ear: Ear, count: int) -> list[str]:
    return [each.body["type"] for each in ear.wait_for(count)]


def test_nothing_is_told_before_the_handshake_is_done(
    box: Running, bot: Client, ear: Ear, page: str
) -> None:
    operate(box, "webhooks", {"url": ear.url})
    first = ear.wait_for(1)[0]
    assert set(first.body) == {"verification_token"}
    assert first.body["verification_token"].startswith("secret_")
    bot.pages.update(page, icon={"type": "emoji", "emoji": "📄"})
    assert operate(box, "webhooks")["subscriptions"][0]["active"] is False
    assert len(ear.heard) == 1


def test_the_signature_covers_the_raw_body(
    box: Running, bot: Client, ear: Ear, source: str
) -> None:
    token = subscribe(box, ear, events=["page.created"])
    row(bot, source, "Acme")
    heard = ear.wait_for(1)[0]
    digest = hmac.new(token.encode(), heard.raw, hashlib.sha256).hexdigest()
    assert heard.signature == f"sha256={digest}"


def test_a_tick_is_told_with_the_encoded_id_of_its_property(
    box: Running, person: Client, bot: Client, ear: Ear, source: str
) -> None:
    page = row(bot, source, "Acme")
    subscribe(box, ear, events=["page.properties_updated"])
    person.pages.update(page["id"], properties={"Go": {"checkbox": True}})
    body = ear.wait_for(1)[0].body
    assert body["entity"] == {"id": page["id"], "type": "page"}
    assert body["data"]["updated_properties"] == [page["properties"]["Go"]["id"]]
    assert body["data"]["parent"]["data_source_id"] == source
    assert body["authors"] == [{"id": person.users.me()["id"], "type": "person"}]
    assert body["integration_id"] == bot.users.me()["id"]
    assert (body["attempt_number"], body["api_version"]) == (1, "2026-03-11")
    assert body["timestamp"].endswith("Z")


def test_the_bots_own_writes_come_back_as_echoes(
    box: Running, bot: Client, ear: Ear, page: str
) -> None:
    subscribe(box, ear)
    bot.blocks.children.append(page, children=[paragraph("x"), paragraph("y")])
    body = ear.wait_for(1)[0].body
    assert body["type"] == "page.content_updated"
    assert [each["type"] for each in body["data"]["updated_blocks"]] == ["block"] * 2
    assert body["authors"][0]["type"] == "bot"


def test_every_kind_of_change_has_its_event(
    box: Running, bot: Client, ear: Ear, source: str, page: str
) -> None:
    subscribe(box, ear)
    entry = row(bot, source, "Acme")["id"]
    assert kinds(ear, 2) == ["page.created", "data_source.content_updated"]
    ear.heard.clear()
    bot.pages.update(entry, is_locked=True)
    bot.pages.update(entry, in_trash=True)
    bot.pages.update(entry, in_trash=False)
    bot.data_sources.update(source, properties={"Extra": {"number": {}}})
    bot.pages.move(entry, parent={"type": "page_id", "page_id": page})
    comment = bot.comments.create(parent={"page_id": page}, rich_text=text("x"))["id"]
    bot.comments.update(comment, rich_text=text("y"))
    bot.comments.delete(comment)
    upload = bot.file_uploads.create(filename="a.png")["id"]
    bot.file_uploads.send(upload, file=("a.png", b"x", "image/png"))
    bot.views.create(data_source_id=source, name="V", type="list")
    seen = set(ear.wait_until("view.created"))
    assert {
        "page.locked", "page.deleted", "page.undeleted", "page.moved",
        "data_source.content_updated", "data_source.schema_updated",
        "comment.created", "comment.updated", "comment.deleted",
        "file_upload.created", "file_upload.completed", "view.created",
    } <= seen  # fmt: skip


def test_events_about_one_object_become_one(
    box: Running, bot: Client, person: Client, ear: Ear, source: str
) -> None:
    page = row(bot, source, "Acme")
    subscribe(box, ear, events=["page.properties_updated"], aggregate_seconds=0.5)
    bot.pages.update(page["id"], properties={"Amount": {"number": 1}})
    person.pages.update(page["id"], properties={"Go": {"checkbox": True}})
    body = ear.wait_for(1)[0].body
    changed = {page["properties"][each]["id"] for each in ("Amount", "Go")}
    assert set(body["data"]["updated_properties"]) == changed
    assert [each["type"] for each in body["authors"]] == ["bot", "person"]
    assert len(ear.heard) == 1


def test_a_failed_delivery_is_tried_again_under_the_same_id(
    box: Running, bot: Client, ear: Ear, source: str
) -> None:
    subscribe(box, ear, events=["page.created"], retry_seconds=0.02)
    ear.answers = [500, 503]
    row(bot, source, "Acme")
    heard = [each.body for each in ear.wait_for(3)]
    assert len({each["id"] for each in heard}) == 1
    assert [each["attempt_number"] for each in heard] == [1, 2, 3]


def test_attempts_are_bounded(box: Running, bot: Client, ear: Ear, source: str) -> None:
    subscribe(box, ear, events=["page.created"], retry_seconds=0.01, attempts=2)
    ear.answers = [500] * 9
    row(bot, source, "Acme")
    ear.wait_for(2)
    ear.answers = []
    row(bot, source, "Beta")
    heard = [each.body for each in ear.wait_for(3)]
    assert [each["attempt_number"] for each in heard] == [1, 2, 1]


def test_duplicates_losses_and_disorder_are_switches(
    box: Running, bot: Client, ear: Ear, source: str
) -> None:
    subscribe(box, ear, duplicates=1.0, retry_seconds=0.01, reorder=True)
    row(bot, source, "Acme")
    heard = [each.body for each in ear.wait_for(4)]
    assert len({each["id"] for each in heard}) == 2
    assert heard[0]["type"] == "data_source.content_updated"


def test_a_lost_event_never_arrives(
    box: Running, bot: Client, ear: Ear, source: str
) -> None:
    subscribe(box, ear, events=["page.created"], losses=1.0)
    subscribe(box, ear, events=["page.created"])
    row(bot, source, "Acme")
    # The courier delivers in order: what the second hears, the first would have before.
    (heard,) = ear.wait_for(1)
    told = operate(box, "webhooks")
    lossy, other = (each["id"] for each in told["subscriptions"])
    assert heard.body["subscription_id"] == other
    mine = [each for each in told["delivered"] if each["subscription_id"] == lossy]
    assert [each["type"] for each in mine] == ["verification"]


def test_what_the_bot_cannot_see_is_not_told(
    box: Running, bot: Client, person: Client, ear: Ear, page: str
) -> None:
    subscribe(box, ear, events=["page.created"])
    person.pages.create(
        parent={"type": "workspace", "workspace": True},
        properties={"title": {"title": text("Private")}},
    )
    seen = person.pages.create(
        parent={"page_id": page}, properties={"title": {"title": text("Seen")}}
    )
    assert ear.wait_for(1)[0].body["entity"]["id"] == seen["id"]
