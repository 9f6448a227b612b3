"""The rules of the rooms: who may import whom, and which library lives where."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "sync", "intel", "store")
MAY_IMPORT = {
    "store": (),
    "sync": ("store",),
    "intel": ("store.records", "store.pages", "store.ids"),
    "bot": ("sync", "intel", "store"),
    "sync.sandbox": (),
}
HOMES = {
    "peewee": ("store",),
    "playhouse": ("store",),
    "notion_client": ("sync.notion.client", "sync.notion.translate"),
    "feedparser": ("sync.web.feeds",),
    "trafilatura": ("sync.web.articles",),
    "protego": ("sync.web.robots",),
    "hnswlib": ("intel.index",),
    "fastembed": ("intel.embedder",),
    "onnx": ("intel.minilm",),
    "apscheduler": ("bot.scheduler",),
    "matplotlib": ("intel.drawing",),
    "typer": ("bot",),
    "phonenumbers": ("intel.privacy.phones",),
    "stdnum": ("intel.privacy",),
    "sqlalchemy": ("sync.connectors.sql",),
    "pyarrow": ("sync.connectors.usage_parquet", "sync.export.extras"),
    "dlt": ("sync.export.extras",),
    "gspread": ("sync.export.extras",),
    "openai": ("intel.llm", "sync.connectors"),
    "procrastinate": ("bot.work",),
    "psycopg": ("store", "bot.work"),
    "prometheus_client": ("bot.meters",),
    "opentelemetry": ("bot.traces",),
    "smtplib": (),
    "vaderSentiment": ("intel.sentiment",),
    "orjson": ("store.ids",),
}


def modules() -> list[tuple[str, Path]]:
    found = []
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found.append((name, path))
    return found


def imports(path: Path, name: str) -> Iterator[tuple[str, bool]]:
    """Each imported module, and whether the import stands inside a function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = set(map(id, tree.body))
    for node in ast.walk(tree):
        inside = id(node) not in top
        if isinstance(node, ast.Import):
            yield from ((alias.name, inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            yield base, inside
            yield from ((f"{base}.{alias.name}", inside) for alias in node.names)


def within(name: str, places: tuple[str, ...]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


def room_of(name: str) -> str:
    return (
        "sync.sandbox"
        if within(name, ("sync.sandbox",))
        else name.split(".", maxsplit=1)[0]
    )


def allowed(name: str, imported: str) -> bool:
    room = room_of(name)
    if within(imported, (room,)) and room_of(imported) == room:
        return True
    if room == "bot" and within(imported, ROOMS):
        return True
    if imported in ROOMS:  # `from store import ids` also yields `store.ids`
        return any(place.split(".")[0] == imported for place in MAY_IMPORT[room])
    return within(imported, MAY_IMPORT[room]) and room_of(imported) != "sync.sandbox"


@pytest.mark.parametrize(("name", "path"), modules(), ids=lambda v: str(v)[-40:])
def test_a_room_imports_only_what_it_may(name: str, path: Path):
    ours = [i for i, _ in imports(path, name) if i.split(".")[0] in ROOMS]
    assert [i for i in ours if not allowed(name, i)] == []


@pytest.mark.parametrize(("name", "path"), modules(), ids=lambda v: str(v)[-40:])
def test_each_library_has_one_home(name: str, path: Path):
    strangers = [
        imported
        for imported, _ in imports(path, name)
        if (home := HOMES.get(imported.split(".")[0])) is not None
        and not within(name, home)
    ]
    assert strangers == []


def test_no_import_of_ours_hides_inside_a_function():
    hidden = [
        (name, imported)
        for name, path in modules()
        for imported, inside in imports(path, name)
        if inside and imported.split(".")[0] in ROOMS and room_of(name) != "bot"
    ]
    assert hidden == []


def test_no_modules_import_each_other_in_a_circle():
    known = dict(modules())
    graph = {
        name: {i for i, inside in imports(path, name) if i in known and not inside}
        for name, path in known.items()
    }
    packages = {name for name, path in known.items() if path.name == "__init__.py"}
    graph = {n: {i for i in t if i not in packages} for n, t in graph.items()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join([*trail, name])
        if name not in done:
            for target in sorted(graph[name]):
                visit(target, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_the_rules_would_notice_a_breach():
    assert not allowed("store.orgs", "sync.web.fetch")
    assert not allowed("intel.dossier", "store.orgs")
    assert not allowed("sync.web.fetch", "intel.text")
    assert not allowed("sync.sandbox.app", "store.ids")
    assert not allowed("sync.notion.push", "sync.sandbox.server")
    assert allowed("intel.dossier", "store.pages")
    assert allowed("bot.jobs", "intel.dossier")


def test_every_module_says_what_it_is_for():
    silent = [
        name
        for name, path in modules()
        if "migrations" not in name
        and path.read_text(encoding="utf-8").strip()
        and ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]
    assert silent == []


def test_files_and_functions_stay_small():
    long_files, long_functions = [], []
    for name, path in modules():
        if "migrations" in name:
            continue  # a migration is frozen and reads from top to bottom
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 400:
            long_files.append(name)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or 0) - node.body[0].lineno + 1
                if size > 40:
                    long_functions.append(f"{name}.{node.name} ({size})")
    assert (long_files, long_functions) == ([], [])
