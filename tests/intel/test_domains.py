"""Candidates for a company's domain, and which of them to trust."""

import pytest

from intel.domains import Band, Probe, candidates, verify_domain
from store.records import Org
from tests.eval import domains as evaluation

ACME = Org(org_id="tallowgrid", callsign="Tallowgrid", display_name="Tallowgrid Inc.")


def page(domain: str, **found: object) -> Probe:
    facts = {
        "final_url": f"https://{domain}/",
        "title": "Tallowgrid | Power plants",
        "og_site_name": "Tallowgrid",
        "status": 200,
    }
    return Probe(resolves=True, **{**facts, **found})


def test_the_bars_hold_on_cases_kept_apart_from_development():
    score = evaluation.run("held")
    assert score.values["unsafe_accepts"] == 0, score.wrong
    assert score.values["accuracy"] >= 0.95, score.wrong


def test_there_are_at_least_fifty_domain_cases():
    assert sum(evaluation.run(split).cases for split in ("dev", "held")) >= 50


def test_a_page_that_carries_the_name_under_the_name_is_accepted():
    verdict = verify_domain(ACME, "tallowgrid.com", page("tallowgrid.com"))
    assert verdict.band is Band.ACCEPT
    assert "it spells the company's name" in verdict.reasons


@pytest.mark.parametrize(
    ("domain", "because"),
    [
        ("gmail.com", "free-mail"),
        ("tallowgrid.netlify.app", "at a host"),
        ("linkedin.com", "social"),
        ("crunchbase.com", "directory"),
        ("bit.ly", "shortener"),
        ("tallovvgrid.com", "look like"),
        ("tallowgird.com", "look like"),
        ("tallоwgrid.com", "several scripts"),
        ("tällowgrid.com", "look like"),
        ("tallowgrid-login.com", "bait"),
        ("10.0.0.1", "IP address"),
        ("tba", "there is none"),
    ],
)
def test_whatever_could_be_someone_elses_is_refused_with_its_reason(domain, because):
    verdict = verify_domain(ACME, domain, page(domain))
    assert verdict.band is Band.REJECT
    assert because in verdict.reasons[0]


def test_a_dead_domain_is_refused_however_well_it_fits():
    verdict = verify_domain(ACME, "tallowgrid.com", Probe(resolves=False))
    assert verdict.band is Band.REJECT


def test_another_domain_on_file_is_never_overruled_without_a_person():
    known = Org(org_id="t", callsign="Tallowgrid", domain="tallowgrid.de")
    verdict = verify_domain(known, "tallowgrid.com", page("tallowgrid.com"))
    assert verdict.band is Band.REVIEW
    assert any("tallowgrid.de" in reason for reason in verdict.reasons)


def test_candidates_are_ranked_and_leave_out_what_belongs_to_many():
    found = candidates(
        ACME,
        [
            "https://www.crunchbase.com/organization/tallowgrid",
            "https://www.tallowgrid.com/about",
            "https://gridnews.org/tallowgrid",
        ],
        ["https://tallowgrid.com", "mailto:hi@tallowgrid.com", "javascript:void(0)"],
        {"gmail.com": 9, "tallowgrid.com": 4, "utility.coop": 1},
    )
    domains = [candidate.domain for candidate in found]
    assert domains[0] == "tallowgrid.com"
    assert set(domains) == {"tallowgrid.com", "gridnews.org", "utility.coop"}
    assert found[0].sources == ("search", "link", "mail")


def test_a_company_may_own_a_domain_that_others_share():
    owner = Org(org_id="notion", callsign="Notion")
    found = candidates(owner, ["https://www.notion.so/product"], [], {})
    assert [candidate.domain for candidate in found] == ["notion.so"]
    probe = page("notion.so", title="Notion", og_site_name="Notion")
    assert verify_domain(owner, "notion.so", probe).band is Band.REVIEW
