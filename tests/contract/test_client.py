"""Notion's own JavaScript client speaks to the sandbox as it does to Notion."""

from tests.contract.conftest import Run
from tests.support.contract import EXCLUDED, Validator

# Groups of the client that the scenario leaves out; the reasons are in EXCLUDED.
LEFT_OUT = {
    "agents": "agents",
    "asyncTasks": "async-tasks",
    "blocks.meetingNotes": "meeting-notes",
    "oauth": "oauth",
    "sessions": "agents",
}


def left_out(endpoint: str) -> bool:
    return any(endpoint.startswith(f"{group}.") for group in LEFT_OUT)


def test_the_official_client_finds_every_endpoint(run: Run):
    uncalled = [name for name, times in run.calls.items() if not times]
    assert [name for name in uncalled if not left_out(name)] == []
    assert len(run.calls) - len(uncalled) >= 41


def test_every_reason_for_leaving_out_an_endpoint_still_counts(run: Run):
    assert {g for g in LEFT_OUT for name in run.calls if name.startswith(g)} == set(
        LEFT_OUT
    )
    assert set(LEFT_OUT.values()) == set(EXCLUDED)
    assert [each for each, n in run.calls.items() if n and left_out(each)] == []


def test_every_typed_endpoint_was_answered_with_success(run: Run, validator: Validator):
    answered = {
        found.label
        for each in run.exchanges
        if each.status == 200
        and (found := validator.endpoint(each.method, each.path)) is not None
    }
    assert [e.label for e in validator.endpoints if e.label not in answered] == []
