"""The documents are true: what they name exists, and what they show runs."""

import ast
import os
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_type_hints

import pytest
import typer

from bot import config, variables
from bot.cli import app
from bot.commands.explain import EVIDENCE_FIELDS
from bot.jobs import JOBS
from bot.settings import Secrets, Settings
from store import backup
from store.resolution import FIELDS
from sync.notion.schema import DATABASES
from tests.support.command import cip
from tests.support.documents import ROOT, Document, commands, documents
from tests.support.sandbox import sandbox_running

DECISIONS = ROOT / "docs" / "decisions"
LARGEST_IMAGE = 300_000
VARIABLE = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")
SECTION = re.compile(r"\[([a-z_]+(?:\.[a-z_]+)*)\](?:\s+([a-z_]+)\b)?")
OF_SETTINGS = re.compile(r"\bCIP_\w+__\w+\b")
UNDER = re.compile(r"`(\w+)`\s+under\s+`\[([\w.]+)\]`")
OURS = re.compile(r"\b(?:bot|sync|intel|store|tests|docs)/[\w./-]*\w")
every_document = pytest.mark.parametrize(
    "document", documents(), ids=lambda document: document.name
)
README = Document(ROOT / "README.md")


# What documents point to


@every_document
def test_links_lead_somewhere(document: Document):
    for target in document.links():
        if target.startswith(("http://", "https://")):
            continue
        path, _, anchor = target.partition("#")
        there = (document.path.parent / path).resolve() if path else document.path
        assert there.exists(), f"{document.name} links to {target}, which is not there"
        if anchor:
            assert anchor in Document(there).anchors(), f"{document.name}: {target}"


@every_document
def test_pictures_are_there_and_not_heavy(document: Document):
    for target in document.links(images=True):
        picture = document.path.parent / target
        assert picture.read_bytes().startswith(b"\x89PNG"), target
        assert picture.stat().st_size < LARGEST_IMAGE, target


def test_every_picture_is_shown_somewhere():
    shown = {
        (document.path.parent / target).resolve()
        for document in documents()
        for target in document.links(images=True)
    }
    assert set((ROOT / "docs" / "images").iterdir()) == shown


@every_document
def test_files_of_ours_that_are_named_exist(document: Document):
    for code in document.inline():
        for name in OURS.findall(code):
            assert (ROOT / name).exists(), f"{document.name} names {name}"


# Commands


@every_document
def test_commands_are_understood(document: Document):
    group: Any = typer.main.get_command(app)
    for line in commands(document, "cip"):
        name, *arguments = shlex.split(line)[1:]
        if name == "--help":
            continue
        assert name in group.commands, f"{document.name}: {line}"
        if not arguments:
            continue  # the command itself is meant, not a call of it
        command = group.commands[name]
        given = command.make_context(name, arguments).params  # raises on any other flag
        unknown = set(given.get("jobs") or ()) - {*JOBS, "JOB"}
        assert not unknown, f"{document.name}: {line} names the jobs {unknown}"
        if name == "explain" and given["field"]:
            assert given["field"] in {*FIELDS, *EVIDENCE_FIELDS}, line


@every_document
def test_make_targets_exist(document: Document):
    rules = re.findall(r"^([\w./-]+):(?!=)", (ROOT / "Makefile").read_text(), re.M)
    for line in commands(document, "make"):
        targets = [word for word in shlex.split(line)[1:] if "=" not in word]
        assert set(targets) <= set(rules), f"{document.name}: {line}"


def test_readme_names_the_command_that_ci_runs():
    assert "make test" in README.fences()[0][1]
    assert "make test" in (ROOT / ".ci" / "run").read_text().splitlines()


# Settings


def tree(kind: Any = Settings, path: str = "") -> Iterator[tuple[str, set[str]]]:
    """Each section of the settings by its dotted path, with the names in it."""
    hints = get_type_hints(kind)
    yield path, {field.name for field in fields(kind)}
    for field in fields(kind):
        if is_dataclass(hints[field.name]):
            yield from tree(hints[field.name], f"{path}.{field.name}".lstrip("."))


def sections() -> Mapping[str, set[str]]:
    known = dict(tree())
    ours = {name for d in DATABASES.values() for name in (p.name for p in d.properties)}
    return known | {"sync.notion.properties": ours}


@every_document
def test_settings_that_are_named_exist(document: Document):
    known = sections()
    named = [found for code in document.inline() for found in SECTION.findall(code)]
    named += [(section, key) for key, section in UNDER.findall(document.prose)]
    roots = {path.partition(".")[0] for path in known} - {""}
    for section, key in named:
        if section.partition(".")[0] not in roots:
            continue
        assert section in known, f"{document.name}: [{section}]"
        assert not key or key in known[section], f"{document.name}: [{section}] {key}"


@every_document
def test_variables_of_settings_that_are_named_exist(document: Document):
    known = {variables.variable(path) for path, _ in variables.leaves(Settings)}
    named = {n for code in document.code() for n in OF_SETTINGS.findall(code)}
    assert {name.removesuffix("_FILE") for name in named} - known == set()


@every_document
def test_settings_that_are_shown_can_be_read(document: Document, tmp_path: Path):
    for language, block in document.fences():
        if language == "toml":
            shown = tmp_path / "shown.toml"
            shown.write_text(block)
            config.load({"CIP_CONFIG": str(shown)})  # raises on any other setting


def test_every_variable_that_is_read_is_in_readme_and_no_other_is_named():
    read = {
        node.value
        for node in ast.walk(ast.parse(Path(config.__file__).read_text()))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and VARIABLE.fullmatch(node.value)
    }
    read |= {field.name.upper() for field in fields(Secrets)}
    table = {name for code in README.inline() for name in VARIABLE.findall(code)}
    assert read <= table
    allowed = read | {f"{name}_FILE" for name in read}
    for document in documents():
        named = {n for code in document.code() for n in VARIABLE.findall(code)}
        assert named <= allowed, f"{document.name} names {named - allowed}"


# Notion and decisions


def test_every_column_of_companies_is_described():
    told = Document(ROOT / "docs" / "notion.md").text
    for column in DATABASES["companies"].properties:
        assert column.notion_name in told, column.notion_name
        assert column.name in told, column.name


def test_decisions_are_numbered_and_listed_under_their_titles():
    listed = (DECISIONS / "README.md").read_text(encoding="utf-8")
    pages = sorted(DECISIONS.glob("[0-9]*.md"))
    for number, page in enumerate(pages, start=1):
        assert page.name.startswith(f"{number:04d}-"), f"{page.name} is not {number}"
        left, _, title = Document(page).title().partition(". ")
        assert left == str(number), f"{page.name} calls itself {left}"
        line = f"{number}. [{title}]({page.name})"
        assert line in listed, f"docs/decisions/README.md lacks the line: {line}"


# What is shown runs


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[Path, dict[str, str], str]]:
    """A fresh folder with an environment for a workspace that holds one page."""
    settings = tmp_path / "config.toml"
    settings.write_text('[intel]\nembedder = "hashing"\n')
    with sandbox_running(rate_limit=False) as box:
        kept = {n: v for n, v in os.environ.items() if not VARIABLE.fullmatch(n)}
        own = {"NOTION_BASE_URL": box.url, "NOTION_TOKEN": box.token}
        yield tmp_path, {**kept, **own, "PYTHONPATH": str(ROOT)}, box.root_page


def test_the_way_to_a_real_workspace_works_as_readme_shows_it(
    place: tuple[Path, dict[str, str], str],
):
    folder, environ, page = place
    shown = [line for line in commands(README, "cip") if '"' in line or "once" in line]
    wanted = ["cip init", "cip init", "cip once"]
    assert [" ".join(line.split()[:2]) for line in shown] == wanted
    for line in (*shown[:2], "cip doctor", *shown[2:], "cip status"):
        there = re.sub(r"[0-9a-f]{32}", page.replace("-", ""), line)
        ran = cip(*shlex.split(there)[1:], env=environ, cwd=folder)
        assert ran.code == 0, f"{line}\n{ran.text}"
    assert (folder / "var" / "store.db").exists()


def test_backing_up_and_restoring_work_as_they_are_shown(
    place: tuple[Path, dict[str, str], str],
):
    folder, environ, _ = place
    assert cip("status", env=environ, cwd=folder).code == 0
    operations = Document(ROOT / "docs" / "operations.md")
    shown = [*commands(operations, "cip backup"), *commands(operations, "cip restore")]
    assert len(shown) >= 3
    for line in shown:
        here = line.replace("/mnt/safe", str(folder / "safe"))
        words = [*shlex.split(here), *(["--yes"] if "restore" in here else [])]
        ran = cip(*words[1:], env=environ, cwd=folder)
        assert ran.code == 0, f"{line}\n{ran.text}"
    assert backup.check(folder / "safe" / "cip.db").rows > 0
