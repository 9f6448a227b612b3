"""Who sees what, who may do what, and how that is taken away."""

from typing import Any

import httpx
import pytest
from notion_client import APIResponseError, Client

from sync.sandbox.server import Running
from tests.support.sandbox import operate
from tests.support.sandbox_work import paragraph, row, text


def status(act: Any) -> int:
    with pytest.raises(APIResponseError) as refused:
        act()
    return int(refused.value.status)


def test_an_unshared_page_is_gone_with_everything_below(
    box: Running, bot: Client, person: Client, page: str
) -> None:
    block = bot.blocks.children.append(page, children=[paragraph("x")])["results"][0][
        "id"
    ]
    operate(box, "share", {"page_id": page, "shared": False})
    assert status(lambda: bot.pages.retrieve(page)) == 404
    assert status(lambda: bot.blocks.retrieve(block)) == 404
    assert status(lambda: bot.comments.list(block_id=block)) == 404
    assert bot.search(query="Page")["results"] == []
    assert person.pages.retrieve(page)["id"] == page
    operate(box, "share", {"page_id": page, "shared": True})
    assert bot.pages.retrieve(page)["id"] == page


def test_a_shared_page_brings_its_descendants(
    box: Running, bot: Client, person: Client
) -> None:
    top = person.pages.create(
        parent={"type": "workspace", "workspace": True},
        properties={"title": {"title": text("Private")}},
        children=[paragraph("x")],
    )
    assert status(lambda: bot.blocks.children.list(top["id"])) == 404
    operate(box, "share", {"page_id": top["id"]})
    assert len(bot.blocks.children.list(top["id"])["results"]) == 1


def test_a_mention_of_an_unseen_page_has_no_name(
    bot: Client, person: Client, page: str
) -> None:
    hidden = person.pages.create(
        parent={"type": "workspace", "workspace": True},
        properties={"title": {"title": text("Secret plans")}},
    )
    mention = {"type": "mention", "mention": {"page": {"id": hidden["id"]}}}
    person.blocks.children.append(
        page, children=[{"paragraph": {"rich_text": [mention]}}]
    )
    seen = bot.blocks.children.list(page)["results"][0]["paragraph"]["rich_text"][0]
    assert seen["plain_text"] == "Untitled"
    assert seen["mention"]["page"]["id"] == hidden["id"]


@pytest.mark.parametrize(
    ("capability", "asked"),
    [
        ("read_content", ("GET", "/v1/pages/{page}", None)),
        ("read_content", ("POST", "/v1/search", {})),
        ("update_content", ("PATCH", "/v1/pages/{page}", {"in_trash": False})),
        ("update_content", ("DELETE", "/v1/blocks/{page}", None)),
        ("insert_content", ("PATCH", "/v1/blocks/{page}/children", {"children": []})),
        ("read_comments", ("GET", "/v1/comments?block_id={page}", None)),
        ("insert_comments", ("POST", "/v1/comments", {})),
    ],
)
def test_a_capability_that_was_withdrawn_is_403(
    box: Running,
    raw: httpx.Client,
    page: str,
    capability: str,
    asked: tuple[str, str, Any],
) -> None:
    method, path, body = asked
    operate(box, "capabilities", {capability: False})
    answer = raw.request(method, path.format(page=page), json=body)
    assert answer.status_code == 403
    assert answer.json()["code"] == "restricted_resource"
    assert answer.json()["message"] == "Insufficient permissions for this endpoint."
    operate(box, "capabilities", {capability: True})
    assert raw.request(method, path.format(page=page), json=body).status_code != 403


def test_without_user_information_users_are_reduced(
    box: Running, bot: Client, person: Client, source: str
) -> None:
    owner = person.users.me()["id"]
    page = row(person, source, "Acme", Owner={"people": [{"id": owner}]})["id"]
    operate(box, "capabilities", {"users": "none"})
    assert status(bot.users.list) == 403
    assert bot.users.me()["type"] == "bot"
    seen = bot.pages.retrieve(page)["properties"]["Owner"]["people"]
    assert seen == [{"object": "user", "id": owner}]
    operate(box, "capabilities", {"users": "without_email"})
    assert bot.users.retrieve(owner)["person"] == {}


def test_an_insert_only_bot_gets_reduced_objects_back(
    box: Running, bot: Client
) -> None:
    operate(box, "capabilities", {"read_content": False})
    made = bot.pages.create(
        parent={"page_id": box.root_page}, properties={"title": {"title": text("x")}}
    )
    assert set(made) == {"object", "id", "request_id"}


def test_the_block_quota_counts_every_block_ever_made(
    box: Running, raw: httpx.Client, page: str
) -> None:
    operate(box, "plan", {"blocks_left": 3})
    path = f"/v1/blocks/{page}/children"
    three = {"children": [paragraph("x")] * 3}
    made = raw.patch(path, json=three)
    assert made.status_code == 200
    raw.delete(f"/v1/blocks/{made.json()['results'][0]['id']}")
    refused = raw.patch(path, json={"children": [paragraph("x")]})
    assert refused.status_code == 403
    assert refused.json()["code"] == "restricted_resource"
    assert refused.json()["additional_data"] == {"block_limit": "block_creation"}
    parent = {"page_id": box.root_page}
    assert raw.post("/v1/pages", json={"parent": parent}).status_code == 403
    base = {"parent": {"type": "page_id", **parent}}
    assert raw.post("/v1/databases", json=base).status_code == 403
    comment = {"parent": {"page_id": page}, "rich_text": text("x")}
    assert raw.post("/v1/comments", json=comment).status_code == 200
    change = {"properties": {"title": {"title": text("y")}}}
    assert raw.patch(f"/v1/pages/{page}", json=change).status_code == 200
    operate(box, "plan", {"blocks_left": None})
    assert raw.patch(path, json=three).status_code == 200


def test_what_is_asked_wrongly_of_the_sandbox_is_told_so(box: Running) -> None:
    def ask(name: str, body: Any) -> httpx.Response:
        url = f"{box.url}/_sandbox/{name}"
        return httpx.post(url, json=body, verify=False)

    assert ask("nothing", {}).status_code == 404
    assert "POST /_sandbox/faults" in ask("nothing", {}).json()["error"]
    assert "no page" in ask("share", {"page_id": "x"}).json()["error"]
    assert "kind must be one of" in ask("faults", {"kind": "flood"}).json()["error"]
    assert "unknown" in ask("capabilities", {"fly": True}).json()["error"]
    assert ask("clock", {"now": "soon"}).status_code == 400
