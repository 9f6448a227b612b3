"""The page on fidelity names all that the sandbox has; nothing on it is unproven."""

import re
from collections import Counter
from pathlib import Path

import pytest

from sync.sandbox.registry import registry
from tests.contract.fidelity import UNTRIED, page

PAGE = Path(__file__).parents[2] / "docs" / "notion-fidelity.md"
HINT = "run `make fidelity` and commit the page"


def rows(heading: str) -> dict[str, list[str]]:
    """A table of the committed page, by its first column."""
    text = PAGE.read_text(encoding="utf-8")
    part = text.split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in part.splitlines()
        if line.startswith("|")
    ]
    return {row[0].strip("`"): row[1:] for row in cells[2:]}


def test_every_endpoint_is_listed_and_was_answered_with_success():
    listed = rows("Endpoints")
    assert set(listed) == {each["name"] for each in registry()["endpoints"]}, HINT
    assert [name for name, row in listed.items() if "200 ×" not in row[1]] == []


def test_every_limit_is_listed_at_its_size_and_was_tried():
    listed = rows("Limits")
    known = {each["name"]: each for each in registry()["limits"]}
    assert set(listed) == set(known), HINT
    for name, (size, where, tests) in listed.items():
        assert size == f"{known[name]['size']:,} {known[name]['unit']}", HINT
        assert where == known[name]["where"], HINT
        assert name in UNTRIED or int(tests) > 0, name
    assert set(UNTRIED) <= set(known)


def test_every_fault_is_listed_and_has_struck():
    listed = rows("Faults")
    assert set(listed) == set(registry()["faults"]), HINT
    assert [kind for kind, row in listed.items() if row[0] == "0"] == []


def test_nothing_was_wrong_and_the_bot_was_killed_and_walked():
    checks = rows("Schema checks")
    assert {row[1] for row in checks.values()} == {"0"}
    assert all(int(row[0].replace(",", "")) > 1000 for row in checks.values())
    once = rows("Exactly once")
    assert int(once["SIGKILL kill points"][0].replace(",", "")) >= 20
    assert int(once["state machine examples"][0].replace(",", "")) >= 5


def test_the_page_is_written_from_counts():
    counts = {
        "requests": Counter({"GET /v1/users/me": 1200}),
        "statuses": Counter({"GET /v1/users/me 200": 1199, "GET /v1/users/me cut": 1}),
        "faults": Counter({"cut_before": 1}),
        "limits": Counter({"url": 2}),
        "kills": Counter({"before a request": 3, "after a request": 4}),
    }
    text = page(counts, {"@notionhq/client": "5.9.0"})
    assert "| `GET /v1/users/me` | 1,200 | 200 × 1,199, cut × 1 |" in text
    assert "| `cut_before` | 1 |" in text
    assert re.search(r"\| `url` \| 2,000 UTF-16 units \| every URL \| 2 \|", text)
    assert "| 7 | 4 after a request, 3 before a request |" in text


@pytest.mark.parametrize("name", ["children", "paid_file"])
def test_a_limit_that_no_test_tries_shows(name: str):
    (line,) = (
        each
        for each in page({}, {"@notionhq/client": "5"}).splitlines()
        if f"`{name}`" in each
    )
    assert line.endswith(f"| {UNTRIED.get(name, '0')} |")
