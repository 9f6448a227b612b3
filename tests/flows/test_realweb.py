"""Real input: 26 news pages that nobody here wrote, through the whole job."""

import importlib.util
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from tests.support.kept import begun
from tests.support.world import World, reading

REALWEB = Path(__file__).parents[3] / "shared" / "data" / "realweb"
COMPANIES = (
    "Strava", "Google", "Samsung", "IONOS", "Vodafone", "Lego", "Kawasaki",
    "Deutsche Bank", "Evergrande", "Quietly Unreported",
)  # fmt: skip

pytestmark = pytest.mark.skipif(
    not (REALWEB / "serve.py").exists(),
    reason="shared/data/realweb is not beside this checkout",
)


def load_server() -> ModuleType:
    spec = importlib.util.spec_from_file_location("realweb_serve", REALWEB / "serve.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextmanager
def serving() -> Iterator[str]:
    module = load_server()
    server = ThreadingHTTPServer(("127.0.0.1", 0), module.Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def manifest() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((REALWEB / "manifest.json").read_text())
    return found


def stats(base: str) -> dict[str, int]:
    found: dict[str, int] = httpx.get(f"{base}/stats").json()
    return found


def org_of(name: str) -> str:
    return name.lower().replace(" ", "-")


def check_links(told: World, base: str) -> None:
    """Each page is linked to whom it is about, and to nobody else."""
    by_url = {f"{base}/news/{p['file'][:-8]}": p for p in manifest()}
    for name in COMPANIES:
        events = told.app.store.events.about(org_of(name))
        expected = {url for url, page in by_url.items() if name in page["about"]}
        assert {event.url for event in events} == expected, name
        for event in events:
            assert event.source == by_url[event.url]["outlet"]


def check_dossiers(told: World, base: str) -> None:
    """Each page is cited where it belongs, with outlet, day and address."""
    for page in manifest():
        for name in page["about"]:
            text = told.text(told.dossier(org_of(name)))
            event = next(
                e
                for e in told.app.store.events.about(org_of(name))
                if e.url == f"{base}/news/{page['file'][:-8]}"
            )
            assert event.published_at is not None
            day = event.published_at.date().isoformat()
            assert page["published_at"][:10] == day
            cited = f"[{page['outlet']} — {day}]({event.url}"
            assert cited in text, (name, text)


@pytest.mark.timeout(240)
def test_the_whole_job_over_real_pages(tmp_path: Path):
    with serving() as base:
        host = base.removeprefix("http://")

        def changes(settings: Any) -> Any:
            return reading(settings, [f"{base}/feed.xml"], [host])

        with begun(tmp_path, changes=changes, rate_limit=False) as told:
            for name in COMPANIES:
                told.company(name)
            told.run()
            check_links(told, base)
            check_dossiers(told, base)
            nobody = told.text(told.dossier("quietly-unreported"))
            assert "No evidence." in nobody

            before = stats(base)
            told.forget_log()
            told.clock.forward(hours=25)
            told.run()
            assert told.writes() == []
            after = stats(base)
            assert after.get("200", 0) == before.get("200", 0)
