"""Settings: every problem at once, by dotted path; the environment is stronger."""

import dataclasses
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot import variables
from bot.config import load
from bot.errors import BadConfig
from bot.settings import Settings

ROOT = Path(__file__).parents[2]


def problems(tmp_path: Path, text: str, **environ: str) -> tuple[str, ...]:
    (tmp_path / "c.toml").write_text(text)
    with pytest.raises(BadConfig) as caught:
        load({"CIP_CONFIG": str(tmp_path / "c.toml"), **environ})
    return caught.value.problems


def test_all_problems_are_told_at_once_by_dotted_path(tmp_path: Path):
    found = problems(
        tmp_path,
        """
        [store]
        ulr = "sqlite:///x.db"
        [intel.dossier]
        window_days = 0
        confirm = "never"
        [bot.schedule]
        poll_seconds = "soon"
        """,
    )
    assert len(found) == 4
    assert found[0] == "store.ulr: there is no such setting; did you mean 'url'?"
    assert any(p.startswith("intel.dossier") and "never" in p for p in found)
    assert any(p.startswith("bot.schedule.poll_seconds") for p in found)


def test_a_value_out_of_range_is_told_with_its_section(tmp_path: Path):
    found = problems(tmp_path, "[intel.dossier]\nwindow_days = 0\n")
    assert found == (
        "intel.dossier.window_days: input should be greater than or equal to 1, not 0",
    )


def test_a_secret_in_the_file_is_refused_without_repeating_it(tmp_path: Path):
    found = problems(tmp_path, '[sync.notion]\ntoken = "ntn_verysecret"\n')
    assert "NOTION_TOKEN" in found[0]
    assert "verysecret" not in " ".join(found)


@pytest.mark.parametrize(
    ("section", "name"),
    [("store", "DATABASE_URL"), ("sync.connectors.usage_sql", "USAGE_SQL_URL")],
)
def test_a_password_in_an_address_is_refused_without_repeating_it(
    tmp_path: Path, section: str, name: str
):
    address = "postgresql://us:verysecret@host/db"
    found = problems(tmp_path, f'[{section}]\nurl = "{address}"\n')
    assert found[0].startswith(f"{section}.url: a password does not belong")
    assert name in found[0]
    assert "verysecret" not in " ".join(found)


def test_the_usage_database_comes_from_the_environment_with_its_password(
    tmp_path: Path,
):
    (tmp_path / "c.toml").write_text('[sync.connectors.usage_sql]\nurl = "weaker"\n')
    (tmp_path / "url").write_text("sqlite:///usage.db\n")
    settings = load(
        {
            "CIP_CONFIG": str(tmp_path / "c.toml"),
            "USAGE_SQL_URL_FILE": str(tmp_path / "url"),
        }
    )
    assert settings.sync.connectors.usage_sql.url == "sqlite:///usage.db"


def test_a_file_that_is_no_toml_names_the_line(tmp_path: Path):
    assert "line 2" in problems(tmp_path, "[store]\nurl = \n")[0]


def test_a_named_file_that_is_missing_is_an_error(tmp_path: Path):
    with pytest.raises(BadConfig, match="does not exist"):
        load({"CIP_CONFIG": str(tmp_path / "none.toml")})


def test_the_environment_is_stronger_than_the_file(tmp_path: Path):
    file = tmp_path / "c.toml"
    file.write_text(
        '[store]\nurl = "sqlite:///a.db"\n[sync.notion]\nbase_url = "https://a"\n'
    )
    settings = load(
        {
            "CIP_CONFIG": str(file),
            "DATABASE_URL": "sqlite:///b.db",
            "NOTION_BASE_URL": "http://127.0.0.1:1",
            "NOTION_TOKEN": "t",
        }
    )
    assert settings.store.url == "sqlite:///b.db"
    assert settings.sync.notion.base_url == "http://127.0.0.1:1"
    assert settings.sync.notion.token == "t"


def test_a_token_may_come_from_a_file(tmp_path: Path):
    (tmp_path / "token").write_text("from-file\n")
    file = tmp_path / "c.toml"
    file.write_text("")
    environ = {"CIP_CONFIG": str(file), "NOTION_TOKEN_FILE": str(tmp_path / "token")}
    assert load(environ).sync.notion.token == "from-file"


def test_a_token_file_that_cannot_be_read_is_named(tmp_path: Path):
    found = problems(tmp_path, "", NOTION_TOKEN_FILE=str(tmp_path / "nowhere"))
    assert "nowhere" in found[0]


def test_the_token_is_never_shown():
    assert "t0ken" not in repr(load({"NOTION_TOKEN": "t0ken"}))


def test_the_keys_of_providers_come_from_the_environment_or_from_files(tmp_path: Path):
    (tmp_path / "key").write_text("cb-key\n")
    environ = {"NEWSAPI_KEY": "news-key", "CRUNCHBASE_KEY_FILE": str(tmp_path / "key")}
    settings = load(environ)
    assert settings.secrets.newsapi_key == "news-key"
    assert settings.secrets.crunchbase_key == "cb-key"
    assert settings.secrets.google_cse_key == ""
    assert "-key" not in repr(settings)
    assert "-key" not in repr(settings.secrets)


def test_a_providers_key_in_the_file_is_refused_without_repeating_it(tmp_path: Path):
    found = problems(tmp_path, '[secrets]\nnewsapi_key = "verysecret"\n')
    assert "secrets.newsapi_key" in found[0]
    assert "NEWSAPI_KEY_FILE" in found[0]
    assert "verysecret" not in " ".join(found)


@pytest.mark.parametrize(
    ("section", "name", "variable"),
    [
        ("sync.connectors.mail", "password", "MAIL_PASSWORD"),
        ("sync.connectors.zendesk", "token", "ZENDESK_TOKEN"),
        ("sync.connectors.calls.audio", "api_key", "TRANSCRIBE_KEY"),
        ("sync.notion", "token", "NOTION_TOKEN"),
    ],
)
def test_a_secret_in_the_file_is_told_the_variable_of_its_own_section(
    tmp_path: Path, section: str, name: str, variable: str
):
    found = problems(tmp_path, f'[{section}]\n{name} = "verysecret"\n')
    assert any(f"({variable}, or {variable}_FILE for a file)" in one for one in found)


def test_mail_that_would_send_its_password_in_the_open_is_refused(tmp_path: Path):
    section = "[sync.connectors.mail]\n"
    found = problems(tmp_path, section + 'host = "imap.example"\nsecurity = "none"\n')
    assert "would send the password in the open" in found[0]


def leaves(settings: Any, at: tuple[str, ...] = ()) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in dataclasses.fields(settings):
        value = getattr(settings, field.name)
        path = (*at, field.name)
        if dataclasses.is_dataclass(value):
            found |= leaves(value, path)
        else:
            found[".".join(path)] = list(value) if isinstance(value, tuple) else value
    return found


def test_the_shipped_file_lists_every_setting_with_its_default_and_a_comment():
    text = (ROOT / "config.toml").read_text()
    data = tomllib.loads(text)
    wanted = {
        path: value
        for path, value in leaves(Settings()).items()
        if path != "sync.notion.token" and not path.startswith("secrets.")
    }
    listed = {}

    def walk(part: dict[str, Any], at: tuple[str, ...]) -> None:
        for key, value in part.items():
            path = ".".join((*at, key))
            if isinstance(value, dict) and path not in wanted:
                walk(value, (*at, key))
            else:
                listed[path] = value

    walk(data, ())
    assert listed == wanted
    uncommented = [
        line
        for before, line in zip(text.splitlines(), text.splitlines()[1:], strict=False)
        if " = " in line and not line.startswith("#") and not before.startswith("#")
    ]
    assert uncommented == []


@pytest.mark.parametrize(
    ("section", "line", "said"),
    [
        ("intel.trend", "drop = 20", "drop is a share, above 0 and at most 1"),
        ("intel.trend", "recent_days = 0", "recent_days must be at least 1"),
        ("intel.trend", "baseline_days = 7", "baseline_days must not be less than"),
        ("intel.health", "risk_drop = 0.0", "risk_drop is a share"),
        ("intel.health", "unhappy_mean = -3.0", "from -1 to 1"),
        ("intel.health", 'negative_news = ["gossip"]', "no 'gossip'; there are news,"),
        ("intel.triggers", "drop = 1.5", "drop is a share"),
        ("intel.triggers", "very_unhappy = 2.0", "from -1 to 1"),
        ("intel.triggers", "per_owner_and_day = 0", "must be at least 1"),
    ],
)
def test_rules_that_cannot_be_meant_are_refused(
    tmp_path: Path, section: str, line: str, said: str
):
    (found,) = problems(tmp_path, f"[{section}]\n{line}\n")
    assert found.startswith(section)
    assert said in found


def own(tmp_path: Path, text: str = "", **environ: str) -> Settings:
    (tmp_path / "c.toml").write_text(text)
    return load({"CIP_CONFIG": str(tmp_path / "c.toml"), **environ})


def test_any_setting_can_be_set_by_environment_and_that_is_stronger(tmp_path: Path):
    settings = own(
        tmp_path,
        "[bot.schedule]\npoll_seconds = 7\n",
        CIP_BOT__SCHEDULE__POLL_SECONDS="5",
        CIP_INTEL__LLM__CACHE="false",
        CIP_INTEL__TREND__DROP="0.4",
        CIP_SYNC__FEEDS__SHARED='["https://a.example/feed"]',
        CIP_BOT__PORTFOLIO__LINKS='{ Adoption = "https://bi.example" }',
        CIP_SYNC__CONNECTORS__ORGS_CSV__FILE="companies.csv",
    )
    assert settings.bot.schedule.poll_seconds == 5
    assert settings.intel.llm.cache is False
    assert settings.intel.trend.drop == 0.4
    assert settings.sync.feeds.shared == ("https://a.example/feed",)
    assert settings.bot.portfolio.links == {"Adoption": "https://bi.example"}
    assert settings.sync.connectors.orgs_csv.file == "companies.csv"


def test_every_setting_has_a_variable_that_is_understood(tmp_path: Path):
    names = [variables.variable(path) for path, _ in variables.leaves(Settings)]
    assert len(set(names)) == len(names) > 150
    for path, hint in variables.leaves(Settings):
        found, wrong = variables.given({variables.variable(path): "[]"}, Settings)
        assert (set(found), wrong) == ({path}, []), hint


def test_a_setting_may_stand_in_a_file_that_the_environment_names(tmp_path: Path):
    (tmp_path / "seconds").write_text("5\n")
    name = "CIP_BOT__SCHEDULE__POLL_SECONDS"
    file = {f"{name}_FILE": str(tmp_path / "seconds")}
    assert own(tmp_path, **file).bot.schedule.poll_seconds == 5
    assert own(tmp_path, **file, **{name: "6"}).bot.schedule.poll_seconds == 6
    found = problems(tmp_path, "", **{f"{name}_FILE": str(tmp_path / "nowhere")})
    assert found[0].startswith(f"{name}_FILE: ")
    assert "nowhere" in found[0]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "CIP_BOT__SCHEDULE__POL_SECONDS",
            "5",
            "there is no such setting; did you mean CIP_BOT__SCHEDULE__POLL_SECONDS?",
        ),
        ("CIP_STORE_URL", "x", "did you mean CIP_STORE__URL?"),
        ("CIP_SYNC__FEEDS__SHARED", "a, b", "a list or table as TOML writes it"),
        ("CIP_SECRETS__NEWSAPI_KEY", "verysecret", "set NEWSAPI_KEY"),
        ("CIP_SYNC__NOTION__TOKEN", "verysecret", "set NOTION_TOKEN"),
    ],
)
def test_a_variable_that_cannot_be_meant_is_named(
    tmp_path: Path, name: str, value: str, said: str
):
    (found,) = problems(tmp_path, "", **{name: value})
    assert found.startswith(f"{name}: ")
    assert said in found
    assert "verysecret" not in found


def test_a_variable_of_the_wrong_type_is_told_with_its_setting(tmp_path: Path):
    (found,) = problems(tmp_path, "", CIP_BOT__SCHEDULE__POLL_SECONDS="soon")
    assert found.startswith("bot.schedule.poll_seconds: ")
    assert "soon" in found


def test_other_variables_of_that_prefix_are_left_alone(tmp_path: Path):
    assert own(tmp_path, CIP_HOME="/opt/cip") == own(tmp_path)
