"""File uploads: sent, attached, expired, and read back by signed links."""

from typing import Any

import httpx
import pytest
from notion_client import APIResponseError, Client

from sync.sandbox.server import Running
from tests.support.sandbox import client_of, operate, sandbox_running
from tests.support.sandbox_work import row

MIB = 1024**2
PNG = b"\x89PNG fake"


def sent(client: Client, name: str = "chart.png", content: bytes = PNG) -> str:
    made = client.file_uploads.create(filename=name)
    client.file_uploads.send(made["id"], file=(name, content, made["content_type"]))
    return str(made["id"])


def image(upload: str) -> dict[str, Any]:
    return {"image": {"type": "file_upload", "file_upload": {"id": upload}}}


def fetch(url: str) -> httpx.Response:
    return httpx.get(url, verify=False)


def test_an_upload_goes_from_pending_to_uploaded(box: Running, bot: Client) -> None:
    made = bot.file_uploads.create(filename="chart.png", content_type="image/png")
    assert made["status"] == "pending"
    assert made["content_length"] is None
    assert made["upload_url"] == f"{box.url}/v1/file_uploads/{made['id']}/send"
    assert made["created_by"] == {"id": bot.users.me()["id"], "type": "bot"}
    done = bot.file_uploads.send(made["id"], file=("chart.png", PNG, "image/png"))
    assert done["status"] == "uploaded"
    assert done["content_length"] == len(PNG)
    assert "upload_url" not in done
    listed = bot.file_uploads.list(status="uploaded")
    assert [each["id"] for each in listed["results"]] == [made["id"]]
    assert bot.file_uploads.list(status="pending")["results"] == []


def test_an_attached_file_is_read_by_a_link_that_changes(
    bot: Client, page: str
) -> None:
    upload = sent(bot)
    block = bot.blocks.children.append(page, children=[image(upload)])["results"][0]
    first = block["image"]["file"]
    second = bot.blocks.retrieve(block["id"])["image"]["file"]
    assert block["image"]["type"] == "file"
    assert first["url"] != second["url"]
    for each in (first, second):
        answer = fetch(each["url"])
        assert answer.content == PNG
        assert answer.headers["content-type"] == "image/png"
    assert bot.file_uploads.retrieve(upload)["expiry_time"] is None


def test_a_link_expires_and_cannot_be_forged(
    box: Running, bot: Client, page: str
) -> None:
    block = bot.blocks.children.append(page, children=[image(sent(bot))])["results"][0]
    url = block["image"]["file"]["url"]
    assert fetch(url.replace("read=", "read=f")).status_code == 403
    operate(box, "clock", {"advance_seconds": 3601})
    assert fetch(url).status_code == 403


def test_one_upload_serves_many_places(bot: Client, page: str, source: str) -> None:
    upload = sent(bot)
    bot.blocks.children.append(page, children=[image(upload), image(upload)])
    files = {"files": [{"file_upload": {"id": upload}}]}
    entry = row(bot, source, "Acme", Files=files)
    assert entry["properties"]["Files"]["files"][0]["name"] == "chart.png"
    icon = {"type": "file_upload", "file_upload": {"id": upload}}
    shown = bot.pages.update(page, icon=icon, cover=icon)
    assert shown["icon"]["type"] == shown["cover"]["type"] == "file"


def test_files_are_replaced_whole_and_kept_by_sending_them_back(
    bot: Client, source: str
) -> None:
    files = [{"file_upload": {"id": sent(bot)}, "name": "One"}]
    page = row(bot, source, "Acme", Files={"files": files})
    kept = page["properties"]["Files"]["files"][0]
    again = [
        {"name": kept["name"], "type": "file", "file": kept["file"]},
        {"name": "Two", "external": {"url": "https://example.com/two.pdf"}},
    ]
    changed = bot.pages.update(page["id"], properties={"Files": {"files": again}})
    shown = changed["properties"]["Files"]["files"]
    assert [each["name"] for each in shown] == ["One", "Two"]
    assert fetch(shown[0]["file"]["url"]).content == PNG
    assert shown[1]["type"] == "external"


def test_an_upload_not_attached_within_the_hour_expires(
    box: Running, bot: Client, page: str
) -> None:
    upload = sent(bot)
    operate(box, "clock", {"advance_seconds": 3599})
    assert bot.file_uploads.retrieve(upload)["status"] == "uploaded"
    operate(box, "clock", {"advance_seconds": 2})
    assert bot.file_uploads.retrieve(upload)["status"] == "expired"
    with pytest.raises(APIResponseError) as refused:
        bot.blocks.children.append(page, children=[image(upload)])
    assert refused.value.status == 400


def test_a_pending_upload_cannot_be_attached(bot: Client, page: str) -> None:
    made = bot.file_uploads.create(filename="chart.png")
    with pytest.raises(APIResponseError) as refused:
        bot.blocks.children.append(page, children=[image(made["id"])])
    assert "only an uploaded file" in str(refused.value)


def test_a_file_is_sent_once_and_as_declared(bot: Client) -> None:
    made = bot.file_uploads.create(filename="chart.png", content_type="image/png")
    with pytest.raises(APIResponseError) as refused:
        bot.file_uploads.send(made["id"], file=("a.txt", b"x", "text/plain"))
    assert "Content type mismatch" in str(refused.value)
    bot.file_uploads.send(made["id"], file=("chart.png", PNG, "image/png"))
    with pytest.raises(APIResponseError) as refused:
        bot.file_uploads.send(made["id"], file=("chart.png", PNG, "image/png"))
    assert "expected pending" in str(refused.value)


@pytest.mark.parametrize("name", ["setup.exe", "noending", "a.unknownkind"])
def test_unknown_extensions_are_refused(raw: httpx.Client, name: str) -> None:
    answer = raw.post("/v1/file_uploads", json={"filename": name})
    assert answer.status_code == 400
    assert "not supported" in answer.json()["message"]


@pytest.mark.border("file_name")
def test_file_names_end_at_900_bytes(raw: httpx.Client) -> None:
    def create(size: int) -> httpx.Response:
        return raw.post(
            "/v1/file_uploads", json={"filename": "x" * (size - 4) + ".png"}
        )

    assert create(900).status_code == 200
    assert "≤ `900`" in create(901).json()["message"]


def test_the_plan_limits_the_size_of_a_file(bot: Client) -> None:
    sent(bot, content=b"x" * (5 * MIB))
    made = bot.file_uploads.create(filename="chart.png")
    with pytest.raises(APIResponseError) as refused:
        bot.file_uploads.send(
            made["id"], file=("chart.png", b"x" * (5 * MIB + 1), "image/png")
        )
    assert "not within the allowed limit of 5 MiB" in str(refused.value)


@pytest.mark.border("single_part")
def test_a_single_part_ends_at_20_mib() -> None:
    with (
        sandbox_running(max_file_bytes=100 * MIB) as box,
        client_of(box) as bot,
    ):
        sent(bot, content=b"x" * (20 * MIB))
        made = bot.file_uploads.create(filename="chart.png")
        file = ("chart.png", b"x" * (20 * MIB + 1), "image/png")
        with pytest.raises(APIResponseError) as refused:
            bot.file_uploads.send(made["id"], file=file)
        assert "20 MiB" in str(refused.value)


def test_parts_make_one_file(bot: Client, page: str) -> None:
    made = bot.file_uploads.create(
        mode="multi_part", filename="big.png", number_of_parts=2
    )
    assert made["number_of_parts"] == {"total": 2, "sent": 0}
    assert made["complete_url"].endswith("/complete")
    part = ("big.png", b"x", "image/png")
    with pytest.raises(APIResponseError) as refused:
        bot.file_uploads.send(made["id"], file=part, part_number="1")
    assert "5 MiB" in str(refused.value)
    whole = b"a" * (5 * MIB)
    first = ("big.png", whole, "image/png")
    told = bot.file_uploads.send(made["id"], file=first, part_number="1")
    assert told["number_of_parts"] == {"total": 2, "sent": 1}
    with pytest.raises(APIResponseError) as refused:
        bot.file_uploads.complete(made["id"])
    assert "Parts are missing: [2]" in str(refused.value)
    last = ("big.png", b"b", "image/png")
    bot.file_uploads.send(made["id"], file=last, part_number="2")
    done = bot.file_uploads.complete(made["id"])
    assert (done["status"], done["content_length"]) == ("uploaded", 5 * MIB + 1)
    block = bot.blocks.children.append(page, children=[image(made["id"])])["results"][0]
    assert fetch(block["image"]["file"]["url"]).content == whole + b"b"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"mode": "multi_part"}, "body.filename should be defined"),
        (
            {"mode": "multi_part", "filename": "a.png"},
            "number_of_parts should be defined",
        ),
        (
            {"mode": "external_url", "filename": "a.png"},
            "external_url should be defined",
        ),
        (
            {"filename": "a.png", "number_of_parts": 2},
            "body.number_of_parts should be not present",
        ),
        (
            {"mode": "multi_part", "filename": "a.png", "number_of_parts": 10_001},
            "number_of_parts should be ≤ `10000`",
        ),
        ({"filename": "a.png", "size": 1}, "body.size should be not present"),
    ],
)
def test_an_upload_that_is_none_is_refused(
    raw: httpx.Client, body: dict[str, Any], words: str
) -> None:
    answer = raw.post("/v1/file_uploads", json=body)
    assert answer.status_code == 400
    assert words in answer.json()["message"]


def test_an_import_needs_https(bot: Client) -> None:
    good = bot.file_uploads.create(
        mode="external_url", filename="a.png", external_url="https://example.com/a.png"
    )
    assert good["status"] == "uploaded"
    assert good["file_import_result"]["type"] == "success"
    bad = bot.file_uploads.create(
        mode="external_url", filename="a.png", external_url="http://example.com/a.png"
    )
    assert bad["status"] == "failed"
    assert bad["file_import_result"]["error"]["type"] == "validation_error"


@pytest.mark.border("parts")
def test_ten_thousand_parts_are_the_most(raw: httpx.Client) -> None:
    body = {"mode": "multi_part", "filename": "a.png", "number_of_parts": 10_000}
    assert raw.post("/v1/file_uploads", json=body).status_code == 200
    more = raw.post("/v1/file_uploads", json={**body, "number_of_parts": 10_001})
    assert "number_of_parts should be ≤ `10000`" in more.json()["message"]


@pytest.mark.border("part_minimum")
@pytest.mark.border("part_maximum")
def test_a_part_has_5_to_20_mib(raw: httpx.Client) -> None:
    body = {"mode": "multi_part", "filename": "a.png", "number_of_parts": 2}
    made = raw.post("/v1/file_uploads", json=body).json()["id"]

    def part(size: int) -> int:
        file = {"file": ("a.png", b"x" * size, "image/png")}
        path = f"/v1/file_uploads/{made}/send"
        return raw.post(path, files=file, data={"part_number": "1"}).status_code

    sizes = (5 * MIB - 1, 5 * MIB, 20 * MIB, 20 * MIB + 1)
    assert [part(size) for size in sizes] == [400, 200, 200, 400]
