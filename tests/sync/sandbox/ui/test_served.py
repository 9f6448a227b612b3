"""The web page as the running sandbox serves it, beside its API."""

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from sync.sandbox.server import Running
from tests.support.sandbox import sandbox_running

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Running]:
    with sandbox_running(seed="demo", clock=lambda: NOW) as box:
        yield box


@pytest.fixture
def api(sandbox) -> Iterator[httpx.Client]:
    headers = {
        "Authorization": f"Bearer {sandbox.person_token}",
        "Notion-Version": "2026-03-11",
    }
    with httpx.Client(base_url=sandbox.url, headers=headers, trust_env=False) as client:
        yield client


def test_the_sample_workspace_is_at_the_root(api):
    page = api.get("/")
    assert "Companies" in page.text
    assert "Team handbook" in page.text


def test_an_uploaded_picture_is_shown_and_can_be_loaded(sandbox, api):
    named = {"filename": "dot.png", "content_type": "image/png"}
    upload = api.post("/v1/file_uploads", json=named).json()["id"]
    file = ("dot.png", PIXEL, "image/png")
    api.post(f"/v1/file_uploads/{upload}/send", files={"file": file})
    picture = {"type": "file_upload", "file_upload": {"id": upload}}
    children = [{"type": "image", "image": picture}]
    path = f"/v1/blocks/{sandbox.root_page}/children"
    assert api.patch(path, json={"children": children}).status_code == 200

    page = api.get("/").text
    address = page.split('<img src="')[1].split('"')[0].replace("&amp;", "&")
    assert api.get(address).content == PIXEL


def test_our_own_forms_are_taken_and_a_stranger_s_are_not(sandbox, api):
    path = f"/p/{sandbox.root_page.replace('-', '')}/comments"
    words = {"words": "Hello", "back": "/"}
    own = api.post(path, data=words, headers={"Origin": sandbox.url})
    strange = api.post(path, data=words, headers={"Origin": "null"})
    assert (own.status_code, strange.status_code) == (303, 403)
    assert api.get("/").text.count('<div class="said">Hello</div>') == 1
