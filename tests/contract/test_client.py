"""Notion's own JavaScript client speaks to the sandbox as it does to Notion."""

import json

import pytest

from tests.support import node
from tests.support.contract import EXCLUDED, Validator
from tests.support.recording import Log
from tests.support.sandbox import operate, sandbox_running

# Endpoints of the client that the scenario leaves out; the reasons are in EXCLUDED.
LEFT_OUT = {
    "agents": "agents",
    "asyncTasks": "async-tasks",
    "blocks.meetingNotes": "meeting-notes",
    "oauth": "oauth",
    "sessions": "agents",
}

pytestmark = pytest.mark.usefixtures("client_installed")


def left_out(endpoint: str) -> bool:
    return any(endpoint.startswith(f"{group}.") for group in LEFT_OUT)


@pytest.fixture(scope="module")
def run() -> tuple[dict[str, int], Log]:
    """Run the scenario; how often it called each endpoint, and what went over."""
    log = Log()
    roomy = {"max_file_bytes": 64 * 1024**2, "rate_limit": False}
    with sandbox_running(log=log, **roomy) as box:
        operate(box, "emojis", {"name": "acme"})
        told = node.node(
            "scenario.mjs",
            env={
                "NOTION_URL": box.url,
                "NOTION_TOKEN": box.token,
                "NOTION_ROOT_PAGE": box.root_page,
            },
        )
    lines = [json.loads(line) for line in told.splitlines()]
    return {line["endpoint"]: line["calls"] for line in lines}, log


def test_the_official_client_finds_every_endpoint(run: tuple[dict[str, int], Log]):
    calls, _ = run
    uncalled = [name for name, times in calls.items() if not times]
    assert [name for name in uncalled if not left_out(name)] == []
    assert len(calls) - len(uncalled) >= 41


def test_every_reason_for_leaving_out_an_endpoint_still_counts(
    run: tuple[dict[str, int], Log],
):
    calls, _ = run
    groups = {group for group in LEFT_OUT for name in calls if name.startswith(group)}
    assert groups == set(LEFT_OUT)
    assert set(LEFT_OUT.values()) == set(EXCLUDED)
    assert [name for name, times in calls.items() if times and left_out(name)] == []


def test_every_typed_endpoint_was_answered_with_success(
    run: tuple[dict[str, int], Log], validator: Validator
):
    _, log = run
    answered = {
        found.label
        for each in log.exchanges
        if each.status == 200
        and (found := validator.endpoint(each.method, each.path)) is not None
    }
    assert [e.label for e in validator.endpoints if e.label not in answered] == []
