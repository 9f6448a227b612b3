"""The sample world: whom articles are about, rounds, stories, people's verdicts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.commands import explain
from store.records import Relation
from tests.support.newsroom import rich
from tests.support.sample import Press, Sample, press_running, sample, sample_read


@pytest.fixture(scope="module")
def press(store_kind: str) -> Iterator[Press]:
    with press_running() as made:
        yield made


@pytest.fixture(scope="module")
def read(press: Press, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    """The sample world after one cycle; for tests that only look."""
    with sample_read(tmp_path_factory.mktemp("sample"), press) as made:
        yield made


@pytest.fixture
def fresh(press: Press, tmp_path: Path) -> Iterator[Sample]:
    """A sample world after one cycle, for a test of its own."""
    with sample_read(tmp_path, press) as made:
        yield made


def story_of(made: Sample, key: str) -> str:
    """The story that an article belongs to."""
    store = made.told.app.store
    found = store.events.by_address(f"{made.site}/{key}")
    assert found is not None, key
    return found.story_id


def row_of(made: Sample, key: str) -> str:
    """The Intel row that tells of an article."""
    sent = made.told.app.store.outbox.sent(f"intel:{story_of(made, key)}")
    assert sent is not None, key
    return sent.notion_id


def choose(made: Sample, page: str, verdict: str | None) -> None:
    """Choose a verdict as a person does, and let the bot look."""
    value = {"select": {"name": verdict} if verdict else None}
    made.told.edit(page, Verdict=value)
    made.told.clock.forward(minutes=2)
    made.told.run("verdicts")


def dossier(made: Sample, name: str) -> str:
    """The sections of a dossier, without what it says of earlier versions."""
    text = made.told.text(made.told.dossier(made.org_id(name)))
    return text[text.index("\nCompany\n") :]


def relations(made: Sample, key: str, name: str) -> list[tuple[str, str]]:
    """What an article is to a company, with the reason."""
    store = made.told.app.store
    found = store.events.by_address(f"{made.site}/{key}")
    assert found is not None
    return [
        (link.relation, link.reason)
        for link in store.events.links_of(found.event_id)
        if link.org_id == made.org_id(name)
    ]


ROUND = "harbour-ledger/quillwater-series-b"
TILES = "harbour-ledger/tile-maker-ostrel-insolvent"
CFO = "harbour-ledger/quillwater-names-cfo"


def test_every_article_is_linked_as_it_should_be(read: Sample):
    assert read.found() == read.truth()


def test_a_namesake_is_refused_with_its_reason_in_explain(read: Sample):
    store = read.told.app.store
    table = explain.news(store, store.orgs.get("ostrel"))
    cells = list(zip(*(column.cells for column in table.columns), strict=True))
    row = next(cells for cells in cells if "Tile maker" in str(cells))
    assert "namesake" in str(row)
    assert "the notes say it is not that" in str(row)


def test_sources_that_disagree_on_a_round_are_both_shown(read: Sample):
    text = dossier(read, "Quillwater")
    company = text.partition("Company\n")[2].partition("Product usage")[0]
    assert "Latest funding: Series B; USD 38,000,000; " in company
    assert "led by Tern & Hollow Capital" in company
    assert "as The Morning Brief Desk has it: USD 35,000,000" in company
    shown = read.told.value(read.page("Quillwater"), "Latest Funding")
    assert shown.startswith("Series B; USD 38,000,000; ")
    assert "differs: USD 35,000,000" in shown
    assert "The Morning Brief Desk" in shown


def test_a_persons_round_stands_in_the_column(read: Sample):
    shown = read.told.value(read.page("Blue Pelican Robotics"), "Latest Funding")
    assert shown.startswith("Series A; USD 12,500,000; ")
    assert shown.endswith("Notion")


def test_a_story_stands_once_with_its_outlets(read: Sample):
    page = read.told.ask("GET", f"pages/{row_of(read, ROUND)}")["properties"]
    told = {name: prop[prop["type"]] for name, prop in page.items()}
    company = read.page("Quillwater")
    assert [one["id"] for one in told["Company"]] == [company]
    assert told["Kind"]["name"] == "funding"
    assert told["Significance"]["name"] == "High"
    outlets = "".join(item["plain_text"] for item in told["Outlets"])
    assert " outlets, first seen " in outlets
    links = [item["href"] for item in told["Outlets"] if item["href"]]
    assert len(links) == int(outlets.split()[0]) >= 3
    keys = [w.key for w in read.told.app.store.outbox.all() if w.kind == "row"]
    assert len(keys) == len(set(keys))


def test_articles_that_are_nobodys_have_no_row(read: Sample):
    store = read.told.app.store
    assert store.outbox.get(f"intel:{story_of(read, TILES)}") is None
    assert story_of(read, TILES) == ""


def test_not_us_suppresses_a_story_teaches_and_can_be_taken_back(fresh: Sample):
    made, store = fresh, fresh.told.app.store
    page = row_of(made, CFO)
    assert "Rafael Oduya" in dossier(made, "Quillwater")
    choose(made, page, "Not us")
    assert relations(made, CFO, "Quillwater") == [
        (Relation.NAMESAKE, "a person said Not us")
    ]
    assert "Rafael Oduya" not in dossier(made, "Quillwater")
    said = store.stories.said("quillwater")
    assert ("The Harbour Ledger", "Quillwater") in said[0].lessons
    log = store.audit.of("quillwater", "verdict")
    assert [(entry.old, entry.new) for entry in log] == [(None, "Not us")]
    assert log[0].actor
    made.told.run()
    assert made.told.value(page, "Verdict") == "Not us"
    assert relations(made, CFO, "Quillwater")[0][0] is Relation.NAMESAKE

    choose(made, page, None)
    assert relations(made, CFO, "Quillwater")[0][0] is Relation.ABOUT
    made.told.run()
    assert "Rafael Oduya" in dossier(made, "Quillwater")
    assert store.stories.said() == []
    log = store.audit.of("quillwater", "verdict")
    assert (log[-1].old, log[-1].new) == ("Not us", None)
    assert made.found() == made.truth()


def test_wrong_takes_a_storys_claims_and_rounds_away(fresh: Sample):
    made, store = fresh, fresh.told.app.store
    page = row_of(made, ROUND)
    choose(made, page, "Wrong")
    assert "38,000,000" not in dossier(made, "Quillwater")
    assert "$38 million" not in dossier(made, "Quillwater")
    told = {
        event.event_id for event in store.stories.events_of([story_of(made, ROUND)])
    }
    assert not [f for f in store.funding.of("quillwater") if f.event_id in told]
    assert relations(made, ROUND, "Quillwater")[0][0] is Relation.ABOUT
    made.told.forget_log()
    made.told.run("verdicts")
    assert made.told.writes() == []
    choose(made, page, None)
    assert "38,000,000" in dossier(made, "Quillwater")


def test_stale_leaves_a_story_out_of_the_dossier_only(fresh: Sample):
    made, store = fresh, fresh.told.app.store
    facts = store.funding.of("quillwater")
    choose(made, row_of(made, ROUND), "Stale")
    assert "38,000,000" not in dossier(made, "Quillwater")
    assert [f.source_url for f in store.funding.of("quillwater")] == [
        f.source_url for f in facts
    ]


def test_a_second_round_is_quiet_and_a_quiet_look_is_one_request(fresh: Sample):
    made = fresh
    made.told.forget_log()
    made.told.run()
    assert made.told.writes() == []
    made.told.clock.forward(minutes=10)
    made.told.forget_log()
    made.told.run("verdicts")
    assert [(r["method"], r["path"].rsplit("/", 1)[-1]) for r in made.told.log()] == [
        ("POST", "query")
    ]


def test_a_note_that_changes_has_only_that_company_judged_anew(fresh: Sample):
    made, store = fresh, fresh.told.app.store
    made.told.edit(made.page("Ostrel"), Manual_Notes=rich("Grid software."))
    made.told.run("poll", "intel")
    assert relations(made, TILES, "Ostrel")[0][0] is Relation.NAMESAKE
    counts = store.runs.last()["intel"].counts
    assert 0 < sum(counts.get(word, 0) for word in Relation) < 12


def test_how_many_rows_are_made_at_once_is_a_setting(press: Press, tmp_path: Path):
    def few(settings: Any) -> Any:
        stories = replace(settings.intel.stories, max_new_per_run=3)
        return replace(settings, intel=replace(settings.intel, stories=stories))

    def rows(made: Sample) -> int:
        wanted = made.told.app.store.outbox.all()
        return len([w for w in wanted if w.key.startswith("intel:")])

    with sample(tmp_path, press, changes=few) as made:
        made.told.run("poll", "intel")
        assert rows(made) == 3
        made.told.run("intel")
        assert rows(made) == 6
