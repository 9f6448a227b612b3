import pytest

from store.store import Store
from sync.notion import schema, setup
from sync.notion.errors import ManySources, NotBound
from tests.support import stores
from tests.support.desk import Desk


def test_init_makes_the_databases_and_a_second_init_writes_nothing(empty: Desk):
    with pytest.raises(NotBound):
        setup.bound(empty.store, "companies")
    first = empty.init()
    assert [plan.found for plan in first] == [None, None, None]
    assert len([line for line in empty.writes() if "views" not in line]) == 3
    for name, database in schema.DATABASES.items():
        assert set(setup.bound(empty.store, name).properties) == {
            p.name for p in database.properties
        }
    again = empty.init()
    assert empty.writes() == []
    assert [line for plan in again for line in plan.describe()] == [
        "use Companies as it is",
        "use Intel as it is",
        "use Action Items as it is",
    ]


def test_init_with_a_new_store_finds_what_is_there(at: Desk, tmp_path):
    at.store = Store.open(stores.url_in(tmp_path / "other"))
    at.init()
    assert at.writes() == []
    at.store.close()


def _peoples_database(desk: Desk, **properties):
    return desk.person.databases.create(
        parent={"type": "page_id", "page_id": desk.box.root_page},
        title=[{"text": {"content": "companies"}}],
        initial_data_source={"properties": {"Account": {"title": {}}, **properties}},
    )


def test_init_adopts_a_database_by_adding_only_what_is_missing(empty: Desk):
    made = _peoples_database(
        empty, Owner={"people": {}}, Tier={"select": {"options": []}}
    )
    plan = empty.init()[0]
    source = empty.person.data_sources.retrieve(made["data_sources"][0]["id"])
    names = set(source["properties"])
    assert {"Account", "Owner", "Tier", "Health", "Aliases"} <= names
    assert "Company" not in names
    assert "add url property 'Dossier' to Companies" in plan.describe()
    assert empty.companies.properties["callsign"].notion_name == "Account"
    assert not empty.companies.made_by_us
    empty.log()
    empty.init()
    assert empty.writes() == []


def test_a_property_of_another_type_is_reported_with_its_remedy(empty: Desk):
    _peoples_database(empty, **{"Renewal Date": {"rich_text": {}}})
    plan = empty.init()[0]
    assert "renewal_date" not in empty.companies.properties
    (problem,) = plan.problems
    assert "'Renewal Date' is of type rich_text" in problem
    assert "companies.renewal_date" in problem


def test_settings_map_our_names_to_the_teams(empty: Desk):
    _peoples_database(empty, Website={"url": {}})
    empty.restart(properties={"domain": "Website", "companies.health": "Bot Health"})
    empty.init()
    bound = empty.companies.properties
    assert bound["domain"].notion_name == "Website"
    assert bound["health"].notion_name == "Bot Health"


def test_a_making_without_an_answer_is_looked_for_not_repeated(empty: Desk):
    empty.fault("503_after_commit", "POST", "/v1/databases")
    empty.init()
    titles = [
        block["child_database"]["title"]
        for block in empty.person.blocks.children.list(empty.box.root_page)["results"]
    ]
    assert titles == ["Companies", "Intel", "Action Items"]


def test_a_second_data_source_is_refused_by_name(empty: Desk):
    made = _peoples_database(empty)
    empty.person.data_sources.create(
        parent={"database_id": made["id"]},
        title=[{"text": {"content": "Other"}}],
        properties={"Name": {"title": {}}},
    )
    with pytest.raises(ManySources, match="Other"):
        empty.init()


def test_check_follows_renames_and_reports_removals(at: Desk):
    source = at.companies.data_source_id
    at.person.data_sources.update(
        source,
        properties={
            "Aliases": {"name": "Other names"},
            "News Feed": None,
            "Funding Amount": {"rich_text": {}},
        },
    )
    problems = setup.check(at.notion, at.store, at.settings, at.now)
    assert at.companies.properties["aliases"].notion_name == "Other names"
    assert len(problems) == 2
    assert "'News Feed' (feeds) is gone" in " ".join(problems)
    assert "'Funding Amount' is of type rich_text" in " ".join(problems)


def _views(desk: Desk, name: str) -> dict[str, dict]:
    binding = setup.bound(desk.store, name)
    listed = desk.person.views.list(database_id=binding.database_id)["results"]
    views = [desk.person.views.retrieve(view["id"]) for view in listed]
    return {view["name"]: view for view in views}


def test_our_databases_get_views_and_their_dates_move_on(at: Desk):
    assert {"At risk", "Awaiting review", "Recently changed"} <= set(
        _views(at, "companies")
    )
    assert "Open items" in _views(at, "actions")
    before = _views(at, "companies")["Renewals in 90 days"]["filter"]
    at.watch.go_on(3 * 86_400)
    at.init()
    assert [line.split()[0] for line in at.writes()] == ["PATCH"]
    after = _views(at, "companies")["Renewals in 90 days"]["filter"]
    assert "2026-11-22" in str(before)
    assert "2026-11-25" in str(after)


def test_peoples_databases_get_no_views(empty: Desk):
    _peoples_database(empty)
    before = len(_views_of_first(empty))
    empty.init()
    assert len(_views_of_first(empty)) == before


def _views_of_first(desk: Desk) -> list[dict]:
    blocks = desk.person.blocks.children.list(desk.box.root_page)["results"]
    return desk.person.views.list(database_id=blocks[0]["id"])["results"]
