"""What deploy/ ships is true: it names what exists, and keeps what security.md says."""

import http.server
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from bot import config, variables
from bot.cli import app
from bot.settings import Secrets, Settings
from tests.support.command import environment
from tests.support.documents import ROOT
from tests.support.loopback import served

DEPLOY = ROOT / "deploy"
UNITS = ("cip.service", "cip-backup.service")
OF_SYSTEM = {
    "MALLOC_ARENA_MAX",
    "HOME",
    "PATH",
    "MPLCONFIGDIR",
    "PYTHONUNBUFFERED",
    "PYTHONDONTWRITEBYTECODE",
}


def unit(name: str) -> dict[str, dict[str, list[str]]]:
    """A unit file: section, name, every value given."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    section = ""
    for line in (DEPLOY / name).read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found[section][key].append(value)
    return found


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, lines joined, comments left out."""
    text = re.sub(r"^\s*#.*\n", "", (DEPLOY / "Dockerfile").read_text(), flags=re.M)
    joined = re.sub(r"\\\n\s*", " ", text)
    pairs = (line.split(None, 1) for line in joined.splitlines() if line.strip())
    return [(word, rest) for word, rest in pairs]


def compose() -> Any:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def known_variables() -> set[str]:
    """Every variable that the bot reads, those of files too."""
    names = {variables.variable(path) for path, _ in variables.leaves(Settings)}
    names |= {*config.SECRETS.values(), "MAIL_PASSWORD", "TRANSCRIBE_KEY"}
    return {*names, *(f"{name}_FILE" for name in names), "CIP_CONFIG"} | OF_SYSTEM


def understood(words: list[str]) -> None:
    """Raise where a command line of cip is none."""
    group: Any = typer.main.get_command(app)
    assert words[0].endswith("cip")
    group.commands[words[1]].make_context(words[1], list(words[2:]))


# systemd


@pytest.mark.parametrize("name", UNITS)
def test_units_call_commands_that_exist_with_variables_that_are_read(name: str):
    service = unit(name)["Service"]
    understood(shlex.split(service["ExecStart"][0]))
    given = {line.partition("=")[0] for line in service["Environment"]}
    commented = re.findall(
        r"^#Environment=(\w+)=", (DEPLOY / name).read_text(), re.MULTILINE
    )
    assert {*given, *commented} <= known_variables()


@pytest.mark.parametrize("name", UNITS)
def test_units_leave_one_place_to_write_and_no_way_to_more_rights(name: str):
    service = unit(name)["Service"]
    wanted = {
        "User": "cip", "ProtectSystem": "strict", "ProtectHome": "yes",
        "NoNewPrivileges": "yes", "StateDirectory": "cip", "StateDirectoryMode": "0700",
        "CapabilityBoundingSet": "", "UMask": "0077", "LimitCORE": "0",
    }  # fmt: skip
    assert {key: service[key][-1] for key in wanted} == wanted
    assert "ReadWritePaths" not in service


def test_secrets_reach_the_service_as_credentials_only():
    service = unit("cip.service")["Service"]
    loaded = {line.partition(":")[0] for line in service["LoadCredential"]}
    for line in service["Environment"]:
        name, _, value = line.partition("=")
        assert name not in config.SECRETS.values()
        if value.startswith("%d/"):
            assert name.endswith("_FILE")
            assert value.removeprefix("%d/") in loaded
    assert int(service["TimeoutStopSec"][0]) >= 120


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd is not installed here"
)
def test_systemd_takes_the_units_as_they_are(tmp_path: Path):
    program = tmp_path / "cip"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for name in (*UNITS, "cip-backup.timer"):
        text = (DEPLOY / name).read_text()
        (tmp_path / name).write_text(text.replace("/opt/cip/bin/cip", str(program)))
    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in UNITS)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "cip" in line]
    assert (done.returncode, ours) == (0, [])


def test_the_procfile_runs_a_command_that_exists():
    kind, _, line = (ROOT / "Procfile").read_text().strip().partition(":")
    assert kind
    understood(shlex.split(line))


# Docker


def test_the_image_ends_as_nobody_special_with_its_state_apart():
    steps = instructions()
    last = max(i for i, (word, _) in enumerate(steps) if word == "FROM")
    final = dict(steps[last:])
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", final["USER"])
    assert final["WORKDIR"] in final["VOLUME"]
    assert final["STOPSIGNAL"] == "SIGTERM"
    assert "HEALTHCHECK" in final
    assert "g++" not in " ".join(rest for _, rest in steps[last:])  # no compiler in it
    understood([*yaml.safe_load(final["ENTRYPOINT"]), *yaml.safe_load(final["CMD"])])


def test_the_image_installs_nothing_that_is_not_locked():
    runs = [rest for word, rest in instructions() if word == "RUN"]
    calls = [c for run in runs for c in run.split("&&") if "pip install" in c]
    assert len(calls) == 3
    for call in calls:
        locked = "--require-hashes" in call
        own = "--no-deps --no-build-isolation ." in call
        assert locked or own, call
    assert not any(word == "ADD" for word, _ in instructions())
    assert "setuptools==" in (ROOT / "requirements.lock").read_text()


def test_the_image_holds_no_secret_and_only_what_it_needs():
    set_here = " ".join(rest for word, rest in instructions() if word in ("ENV", "ARG"))
    names = set(re.findall(r"\b([A-Z][A-Z0-9_]+)=", set_here))
    assert names <= known_variables() | {"PYTHON", "PIP_NO_CACHE_DIR",
                                         "PIP_DISABLE_PIP_VERSION_CHECK"}  # fmt: skip
    assert not names & {f.upper() for f in Secrets.__slots__}
    copied = [
        name
        for word, rest in instructions()
        if word == "COPY" and not rest.startswith("--from")
        for name in rest.split()[:-1]
    ]
    ignore = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    allowed = {line[1:] for line in ignore if line.startswith("!")}
    assert set(copied) == allowed
    assert "*" in ignore
    for name in copied:
        assert (ROOT / name).exists(), name


@pytest.mark.soak
def test_what_the_image_copies_installs_and_runs_by_itself(tmp_path: Path):
    """The essence of its RUN steps: install from those files alone, then use it."""
    source, target = tmp_path / "src", tmp_path / "installed"
    source.mkdir()
    for word, rest in instructions():
        if word == "COPY" and not rest.startswith("--from"):
            for name in rest.split()[:-1]:
                copy(ROOT / name, source / name)
    shown = next(r for w, r in instructions() if "--no-build-isolation" in r)
    words = shlex.split(shown.partition("&&")[0])[1:]
    assert words[0] == "install"
    done = subprocess.run(
        [sys.executable, "-m", "pip", *words, "--target", str(target), "--no-index"],
        cwd=source, capture_output=True, text=True, timeout=110, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    state = tmp_path / "state"
    state.mkdir()
    env = environment(PYTHONPATH=str(target), PYTHONSAFEPATH="1")
    for words in (["--help"], ["status"], ["backup"]):
        ran = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            env=env, cwd=state, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
    where = "import bot, store; print(bot.__file__)"
    ran = subprocess.run(
        [sys.executable, "-c", where], env=env, cwd=state, capture_output=True,
        text=True, timeout=60, check=True,
    )  # fmt: skip
    assert ran.stdout.startswith(str(target))
    assert (state / "var" / "store.db").exists()


def copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copyfile(source, target)


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_the_image_knows_whether_the_bot_is_alive(status: int, code: int):
    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    check = dict(instructions())["HEALTHCHECK"]
    words = yaml.safe_load(check.partition("CMD ")[2])
    assert words[0] == "python"
    with served(Server) as port:
        done = subprocess.run(
            [sys.executable, *words[1:]],
            env={**os.environ, "CIP_BOT__SERVER__PORT": str(port)},
            capture_output=True, timeout=30, check=False,
        )  # fmt: skip
    assert done.returncode == code


def test_compose_keeps_the_root_read_only_and_secrets_in_files():
    told = compose()
    bot = told["services"]["bot"]
    assert bot["read_only"] is True
    assert bot["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in bot["security_opt"]
    assert any(mount.startswith("/tmp:") for mount in bot["tmpfs"])
    final = dict(instructions())
    assert bot["user"] == final["USER"]
    assert f"state:{final['WORKDIR']}" in bot["volumes"]
    assert set(bot["environment"]) <= known_variables()
    held = {
        value.rpartition("/")[2]
        for name, value in bot["environment"].items()
        if name.removesuffix("_FILE") in config.SECRETS.values()
    }
    assert held == set(bot["secrets"]) == set(told["secrets"])
    assert (DEPLOY / bot["build"]["context"] / bot["build"]["dockerfile"]).exists()
    understood(["cip", *bot["command"]])
