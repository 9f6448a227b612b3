"""docs/analytics.md is true: its columns are those there are, its commands run."""

import re
import shlex
from pathlib import Path

import pytest

from store import views
from store.analytics import TABLES
from store.store import Store
from sync.metabase.questions import QUESTIONS
from tests.support import metabase, sheets
from tests.support.command import cip, environment
from tests.support.documents import ROOT, Document, commands
from tests.support.filled import fill

PAGE = Document(ROOT / "docs" / "analytics.md")
NUMBERS = {14: "fourteen"}


def cells(text: str) -> list[list[str]]:
    """The rows of the tables in a text, without their headings."""
    rows = [
        line.strip("| ").split(" | ") for line in text.splitlines() if line[:1] == "|"
    ]
    return [row for row in rows if not row[0].startswith(("---", "column", "table"))]


def named(cell: str) -> list[str]:
    return [name.strip() for name in cell.split(",")]


def test_each_view_is_described_with_just_its_columns(tmp_path: Path):
    chapters = re.split(r"^#{2,3} ", PAGE.text, flags=re.MULTILINE)
    told = {c.partition("\n")[0]: c for c in chapters if c.startswith("v_")}
    assert set(told) == set(views.names())
    store = Store.open(f"sqlite:///{tmp_path}/store.db")
    for view, chapter in told.items():
        there = store.database.execute_sql(f"SELECT * FROM {view}").description
        said = [name for row in cells(chapter) for name in named(row[0])]
        assert sorted(said) == sorted(column[0] for column in there), view
    store.close()


def test_each_table_of_the_export_is_described_with_its_columns():
    chapter = PAGE.text.partition("## Export")[2].partition("###")[0]
    told = {row[0]: named(row[2]) for row in cells(chapter)}
    assert told == {table.name: list(table.columns) for table in TABLES}


def test_the_number_of_questions_is_right():
    assert f"with {NUMBERS[len(QUESTIONS)]} questions" in " ".join(PAGE.text.split())


@pytest.mark.parametrize(
    "line", [c for c in commands(PAGE, "cip") if "bigquery" not in c and "--" in c]
)
def test_each_command_that_is_shown_runs(
    line: str, tmp_path: Path, now, request: pytest.FixtureRequest
):
    url = f"sqlite:///{tmp_path}/store.db"
    store = Store.open(url)
    fill(store, now)
    store.close()
    env = environment(DATABASE_URL=url, PYTHONPATH=str(ROOT))
    google, there = sheets.Sheets(), metabase.Metabase()
    with sheets.running(google) as to_google, metabase.running(there) as to_metabase:
        account = sheets.account(tmp_path, to_google)
        (tmp_path / "config.toml").write_text(
            f'[sync.export]\ngoogle_account = "{account}"\nsheets_url = "{to_google}"\n'
        )
        env["METABASE_API_KEY"] = metabase.KEY
        line = line.replace("https://metabase.example.com", to_metabase)
        if "postgresql://" in line:
            own = request.getfixturevalue("postgres_url")
            line = re.sub(r"postgresql://\S+", own, line)
        ended = cip(*shlex.split(line)[1:], env=env, cwd=tmp_path)
    assert ended.code == 0, ended.err
    assert "sent 6 of orgs" in ended.text or "dashboard made" in ended.text
