from datetime import UTC, datetime, timedelta

import pytest

from intel.embedder import HashingEmbedder
from intel.errors import StaleIndex
from intel.retrieve import Retriever
from store.records import Evidence, Snippet

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TEXTS = {
    "funding": "Acme raised twelve million dollars in a funding round.",
    "again": "Acme raised twelve million dollars in new funding, another paper says.",
    "outage": "An outage took the Acme exports offline for two hours.",
    "hire": "Acme hired a finance chief from a rival.",
}
STORIES = {"again": "s-funding", "funding": "s-funding"}
SNIPPETS = [Snippet(name, f"e-{name}", 0, len(t), t) for name, t in TEXTS.items()]


def evidence(name: str, org: str = "acme") -> Evidence:
    dated = NOW - timedelta(days=list(TEXTS).index(name))
    story = STORIES.get(name, f"s-{name}")
    return Evidence(name, org, "news", "P", "T", TEXTS[name], dated, "", story_id=story)


class Words:
    """A keyword search that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, int]] = []

    def __call__(self, org_id: str, query: str, k: int) -> list[str]:
        self.asked.append((org_id, query, k))
        wanted = set(query.lower().split())
        return [n for n, t in TEXTS.items() if wanted & set(t.lower().split())]


def make(path, embedder=None, known=TEXTS):
    return Retriever(
        embedder or HashingEmbedder(), path, Words(),
        lambda org, names: {n: evidence(n, org) for n in names if n in known},
    )  # fmt: skip


def test_a_question_finds_its_evidence_and_tells_a_story_once(tmp_path):
    finder = make(tmp_path)
    finder.rebuild("acme", SNIPPETS)
    found = finder.find("acme", "funding round raised", 3, NOW)
    assert found[0] == "funding"
    assert "again" not in found
    assert finder.keywords.asked[0][0] == "acme"
    assert make(tmp_path).find("acme", "funding round raised", 3, NOW) == found


def test_evidence_that_the_org_no_longer_has_is_dropped(tmp_path):
    finder = make(tmp_path, known={"hire"})
    finder.rebuild("acme", SNIPPETS)
    assert finder.find("acme", "funding round raised", 3, NOW) == ("hire",)


def test_updates_add_and_remove(tmp_path):
    finder = make(tmp_path)
    finder.update("acme", SNIPPETS[:3], [])
    finder.update("acme", SNIPPETS[3:], ["outage"])
    assert make(tmp_path).index("acme").ids == {"funding", "again", "hire"}


def test_an_index_of_another_embedder_asks_to_be_rebuilt(tmp_path):
    class Other(HashingEmbedder):
        name = "other"

    make(tmp_path).rebuild("acme", SNIPPETS)
    finder = make(tmp_path, Other())
    assert finder.is_stale("acme")
    with pytest.raises(StaleIndex):
        finder.find("acme", "funding", 3, NOW)
    finder.rebuild("acme", SNIPPETS)
    assert not finder.is_stale("acme")
    assert finder.find("acme", "funding", 1, NOW)
