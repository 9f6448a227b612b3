"""Notion's own client and types, installed once; without Node these tests skip."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support import node
from tests.support.contract import Validator
from tests.support.recording import Exchange, Log
from tests.support.sandbox import operate, sandbox_running


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the scenario: how often it called what, and all that went over."""

    calls: dict[str, int]
    exchanges: list[Exchange]


@pytest.fixture(scope="session")
def validator() -> Validator:
    try:
        return Validator.load()
    except node.NoNode as missing:
        node.skip_or_fail(missing)
        raise


@pytest.fixture(scope="session")
def run(validator: Validator) -> Run:
    """Let Notion's own client walk through a sandbox."""
    log = Log()
    roomy: dict[str, Any] = {"max_file_bytes": 64 * 1024**2, "rate_limit": False}
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
    return Run({each["endpoint"]: each["calls"] for each in lines}, log.exchanges)
