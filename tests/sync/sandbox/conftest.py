"""A running sandbox, the real client for bot and person, and bare HTTP."""

from collections.abc import Generator, Iterator

import httpx
import pytest
from notion_client import Client

from sync.sandbox.options import Options
from sync.sandbox.server import Running, running
from tests.support.recording import leave
from tests.support.sandbox import client_of, raw_http, sandbox_running
from tests.support.sandbox_work import make_source, text


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "border(name): tries a limit of the sandbox at its size and past it"
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Count the limits whose test has passed."""
    yield
    names = [mark.args[0] for mark in item.iter_markers("border")]
    if names:
        leave({"limits": dict.fromkeys(names, 1)})


@pytest.fixture
def box() -> Iterator[Running]:
    with sandbox_running() as box:
        yield box


@pytest.fixture
def box_beyond_types() -> Iterator[Running]:
    """A sandbox for requests that Notion takes though its own types do not."""
    with running(Options(port=0, seed="empty")) as box:
        yield box


@pytest.fixture
def bot(box: Running) -> Iterator[Client]:
    with client_of(box) as client:
        yield client


@pytest.fixture
def person(box: Running) -> Iterator[Client]:
    with client_of(box, person=True) as client:
        yield client


@pytest.fixture
def raw(box: Running) -> Iterator[httpx.Client]:
    with raw_http(box) as client:
        yield client


@pytest.fixture
def page(box: Running, bot: Client) -> str:
    """The id of an empty page below the root page."""
    made = bot.pages.create(
        parent={"page_id": box.root_page},
        properties={"title": {"title": text("Page")}},
    )
    return str(made["id"])


@pytest.fixture
def source(box: Running, bot: Client) -> str:
    """The id of a data source with one property of most types."""
    return make_source(bot, box.root_page)
