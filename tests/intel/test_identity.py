"""Who an article is about: rules that the gold cases do not single out."""

import json

from hypothesis import example, given
from hypothesis import strategies as st

from intel import mentions
from intel.identity import Context, NotUs, Verdict, candidates, lesson, relate
from intel.names import known
from store.records import Org, Relation
from tests.eval.linking import companies
from tests.eval.score import cases

STRAVA = Org(org_id="strava", callsign="Strava", domain="strava.com")
MERCURY = Org(
    org_id="mercury",
    callsign="Mercury",
    display_name="Mercury Technologies, Inc.",
    domain="mercury.com",
    manual_notes="Banking for startups.",
)


def judge(org: Org, title: str, text: str, context: Context | None = None) -> Verdict:
    return relate(org, title, text, "https://n.example/a", "Wire", context or Context())


def test_a_name_that_does_not_occur_gives_none() -> None:
    verdict = judge(STRAVA, "Rain in Bergen", "It has rained for a week.")
    assert (verdict.relation, verdict.score) == (Relation.NONE, 0)
    assert verdict.reason == "the name does not occur"


def test_a_page_of_the_own_site_is_about_the_company() -> None:
    said = ("A new look", "We changed our colours.", "https://press.strava.com/look")
    verdict = relate(STRAVA, *said, "Strava", Context())
    assert verdict.relation is Relation.ABOUT
    assert "press.strava.com" in verdict.reason


def test_a_site_whose_name_merely_ends_like_ours_is_not_our_own() -> None:
    said = ("A new look", "We changed our colours.", "https://notstrava.com/look")
    assert relate(STRAVA, *said, "x", Context()).relation is Relation.NONE


def test_the_reason_names_the_longer_name_that_was_refused() -> None:
    verdict = judge(
        MERCURY, "Mercury Marine cuts shifts", "Mercury Marine makes engines."
    )
    assert verdict.relation is Relation.NAMESAKE
    assert "Mercury Marine" in verdict.reason


def test_spellings_of_a_name_are_recognised() -> None:
    for org, text in (
        (Org(org_id="i", callsign="IONOS"), "Ionos hebt die Preise an."),
        (Org(org_id="l", callsign="LEGO"), "Lego-Sets werden teurer, sagt Lego."),
        (
            Org(org_id="d", callsign="Deutsche Bank"),
            "Gewinn der Deutschen Bank steigt.",
        ),
        (Org(org_id="n", callsign="Nestlé"), "Nestle raises its forecast."),
        (Org(org_id="m", callsign="Müsliwerk"), "Muesliwerk opens a plant."),
        (Org(org_id="h", callsign="HelloFresh"), "Hello Fresh cuts costs."),
        (Org(org_id="e", callsign="Ernst & Young"), "Ernst and Young hires."),
        (Org(org_id="c", callsign="阿里巴巴"), "今天阿里巴巴发布了新产品。"),
    ):
        verdict = judge(org, text, text)
        assert verdict.relation is Relation.ABOUT, (org.callsign, verdict)
        assert candidates([org]).find("", text, "") == (org,)


def test_an_abbreviation_is_recognised_in_capitals_only() -> None:
    sap = Org(org_id="sap", callsign="SAP")
    assert judge(sap, "SAP buys rival", "SAP pays cash.").relation is Relation.ABOUT
    assert judge(sap, "Why sap runs", "Maple sap runs.").relation is Relation.NONE


def test_not_us_counts_against_the_next_article_of_that_outlet() -> None:
    title = "Mercury opens new office"
    text = "Mercury said the office holds 900 people."
    before = judge(MERCURY, title, text)
    taught = Context(not_us=(NotUs("Wire", "Mercury"),))
    after = judge(MERCURY, title, text, taught)
    elsewhere = Context(not_us=(NotUs("Another", "Mercury"),))
    assert before.relation is Relation.ABOUT
    assert after.relation is Relation.NAMESAKE
    assert "Not us" in after.reason
    assert judge(MERCURY, title, text, elsewhere) == before


def test_not_us_does_not_hide_an_article_that_surely_means_us() -> None:
    taught = Context(not_us=(NotUs("Wire", "Mercury"),))
    text = "Mercury Technologies opens accounts for startups at its partner banks."
    assert judge(MERCURY, "Mercury grows", text, taught).relation is Relation.ABOUT


def test_a_lesson_keeps_the_longer_name_and_holds_in_other_outlets() -> None:
    text = "The Mercury Quartet played Haydn. Mercury Quartet tickets are sold out."
    learnt = lesson(MERCURY, "A night with the Mercury Quartet", text, "Gazette")
    assert learnt == NotUs("Gazette", "Mercury Quartet")


def test_context_words_tell_a_common_word_from_the_company() -> None:
    org = Org(org_id="k", callsign="Kestrel")
    title = "Kestrel opens second hall"
    text = "Kestrel makes warehouse robots. The robots carry 90 kilos."
    known = Context(words=("warehouse robots",))
    other = Context(words=("dental clinics for patients",))
    assert judge(org, title, text, known).relation is Relation.ABOUT
    assert judge(org, title, text, other).relation is Relation.NAMESAKE


def test_every_article_linked_to_a_company_is_a_candidate_for_it() -> None:
    orgs = companies()
    matcher = candidates(orgs.values())
    for case in cases("linking", "all"):
        said = (case["title"], case["text"], case["url"])
        verdict = relate(orgs[case["org"]], *said, case["outlet"], Context())
        if verdict.relation is not Relation.NONE:
            assert orgs[case["org"]] in matcher.find(*said), case["id"]


def test_one_of_five_thousand_companies_is_found_in_a_long_text() -> None:
    orgs = [
        Org(
            org_id=f"o{n}", callsign=f"Company{n} Systems", domain=f"company{n}.example"
        )
        for n in range(5000)
    ]
    matcher = candidates(orgs)
    text = "A long report on trade. " * 4000 + "Company4711 Systems sold a robot."
    found = matcher.find("Robots", text, "https://n.example/x")
    assert found == (orgs[4711],)


def test_one_of_a_thousand_names_that_begin_alike_is_found():
    orgs = [Org(f"b{n}", f"Bank of Town {n} & Sons") for n in range(1000)]
    found = candidates(orgs).find("", "The Bank of Town 417 and Sons grows.", "")
    assert found == (orgs[417],)


@example(". :", "", "")
@given(st.text(max_size=60), st.text(max_size=300), st.text(max_size=30))
def test_any_text_gets_a_verdict_that_json_can_hold(
    name: str, text: str, url: str
) -> None:
    org = Org(org_id="x", callsign=name)
    verdict = relate(org, text[:80], f"{text} {name} {text}", url, "", Context())
    assert 0 <= verdict.score <= 1
    assert json.dumps(verdict.reason)


def test_a_hostile_text_of_endless_mentions_stays_within_bounds():
    org = Org("acme", "Acme", "Acme Robotics")
    text = "Acme, Beta and " * 13_000  # one sentence that never ends
    found = mentions.find(known(org).names, text, in_title=False)
    assert 0 < len(found) <= 1000
    assert max(len(m.left) + len(m.right) for m in found) <= 1200
    assert isinstance(
        relate(org, "Acme and others", text, "https://a.example/x", "A", Context()),
        Verdict,
    )
