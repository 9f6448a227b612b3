"""The pages of real outlets: who is each about? Input that nobody here wrote."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import trafilatura

from intel.identity import Context, candidates, relate
from store.ids import org_id
from store.records import Org, Relation

REALWEB = Path(__file__).parents[3] / "shared" / "data" / "realweb"
NAMES = (
    *("Strava", "Google", "Samsung", "IONOS", "Vodafone", "Lego", "Kawasaki"),
    *("Deutsche Bank", "Evergrande", "Quietbrook Analytics"),
)
ORGS = tuple(Org(org_id=org_id(name), callsign=name) for name in NAMES)

pytestmark = pytest.mark.skipif(
    not REALWEB.is_dir(),
    reason="the real news pages (../shared/data/realweb) are missing",
)


def pages() -> list[dict[str, Any]]:
    manifest = REALWEB / "manifest.json"
    return json.loads(manifest.read_text()) if manifest.is_file() else []


@pytest.mark.parametrize("page", pages(), ids=lambda page: page["file"][:-8])
def test_a_real_page_is_about_the_company_it_is_about_and_no_other(
    page: dict[str, Any],
) -> None:
    markup = gzip.decompress((REALWEB / "pages" / page["file"]).read_bytes())
    text = trafilatura.extract(markup.decode(errors="replace")) or ""
    url = page["original_url"] or ""
    named = candidates(ORGS).find(page["title"], text, url)
    verdicts = {
        org.callsign: relate(org, page["title"], text, url, page["outlet"], Context())
        for org in ORGS
    }
    about = [n for n, v in verdicts.items() if v.relation is Relation.ABOUT]
    assert about == page["about"], verdicts
    assert set(about) <= {org.callsign for org in named}
