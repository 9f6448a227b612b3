"""A company's sector: people's column, then the file's, and what views make of it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.support.kept import begun
from tests.support.world import World


@pytest.fixture
def told(tmp_path: Path) -> Iterator[World]:
    file = tmp_path / "companies.csv"
    file.write_text("callsign,industry\nAcme,Retail\nBolt,Energy\n")

    def with_file(settings: Settings) -> Settings:
        own = replace(settings.sync.connectors.orgs_csv, file=str(file))
        connectors = replace(settings.sync.connectors, orgs_csv=own)
        return replace(settings, sync=replace(settings.sync, connectors=connectors))

    with begun(tmp_path, changes=with_file) as made:
        yield made


def sectors(told: World) -> dict[str, str]:
    query = "SELECT company, sector FROM v_companies"
    return dict(told.app.store.database.execute_sql(query).fetchall())


def test_a_person_s_sector_beats_the_file_s_and_emptied_it_falls_back(told: World):
    acme = told.company("Acme", Sector={"select": {"name": "Health"}})
    told.company("Bolt")
    told.company("Cello")
    told.run("poll", "companies")
    assert sectors(told) == {"Acme": "Health", "Bolt": "Energy", "Cello": "Unknown"}
    resolved = told.app.store.overrides.resolve("acme")["sector"]
    assert [lost.value for lost in resolved.losing] == ["Retail"]
    told.edit(acme, Sector={"select": None})
    told.clock.forward(minutes=2)
    told.run("poll")
    assert sectors(told)["Acme"] == "Retail"
