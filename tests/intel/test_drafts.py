from dataclasses import replace
from datetime import date, timedelta

import pytest

from intel import (
    draft_comment,
    draft_life,
    draft_words,
    drafts,
    funding,
    latest_round,
    leaks,
    text,
)
from intel.dossier import Material
from intel.errors import LeakedInternal, UnusableDraft
from store.pages import Span
from store.records import (
    ActionItem,
    Evidence,
    FieldValue,
    FundingFact,
    Intent,
    Org,
    Resolved,
    Tick,
    Tier,
)
from tests.support.evidence import ACME, NOW, contact, news, trend

RAISED = news(
    "Acme raised $12 million in a Series A round led by Kittiwake Partners, the "
    "company said on Thursday.",
    title="Acme raises $12 million for a plant in Porto",
)
CANARY = "Zebra crossing marmalade: the export wizard fails with error seventy-one."
TICKET = contact(CANARY)
NOTES = FieldValue(
    "manual_notes", "Champion is Priya Lal, hates calls on Mondays before noon.",
    Tier.OVERRIDE, "https://notion.example/acme", NOW,
)  # fmt: skip


def material(*evidence: Evidence, org: Org = ACME, **fields: Resolved) -> Material:
    notes = {"manual_notes": Resolved("manual_notes", NOTES)}
    return Material(org, notes | fields, tuple(evidence), NOW)


EVERYTHING = (RAISED, TICKET, *trend())


@pytest.mark.parametrize("version", [1, 2, 3])
@pytest.mark.parametrize("intent", list(Intent))
def test_every_letter_has_100_to_150_words_and_cites_its_facts(intent, version):
    draft = drafts.compose_email(material(*EVERYTHING), intent, version)
    assert isinstance(draft, drafts.Draft)
    shown = draft.as_dict()
    assert set(shown) == {"subject", "body_md", "citations"}
    assert 100 <= text.count_words(shown["body_md"]) <= 150
    assert shown["citations"]
    assert all(c["sentences"] and c["evidence_id"] for c in shown["citations"])


@pytest.mark.parametrize("intent", list(Intent))
def test_internal_words_never_reach_the_clean_copy(intent):
    draft = drafts.compose_email(material(*EVERYTHING), intent)
    shown = f"{draft.subject}\n{draft.body}".lower()
    for word in ("zebra", "marmalade", "wizard", "seventy", "priya", "mondays"):
        assert word not in shown


def test_the_guard_finds_internal_words_whoever_wrote_them():
    pieces = (RAISED, TICKET)
    leak = leaks.internal_words("We know the export wizard fails with error 7.", pieces)
    assert leak == "the export wizard fails"
    assert leaks.internal_words(RAISED.quote, pieces) == ""
    assert all(leaks.internal_words(s, pieces) == "" for s in draft_words.every())


def test_a_leak_stops_the_draft():
    public = replace(RAISED, org_id="acme", quote=RAISED.quote)
    twin = contact("Acme raised twelve: the Series A round led by a secret backer.")
    draft = drafts.compose_email(material(public, twin), Intent.CONGRATS_FUNDING)
    assert "secret" not in draft.body
    open_draft = replace(draft, subject="As of now a secret backer is behind it")
    with pytest.raises(LeakedInternal, match="secret"):
        drafts._check(open_draft, (public, contact("now a secret backer")))
    short = replace(draft, paragraphs=draft.paragraphs[:2])
    with pytest.raises(UnusableDraft, match="words"):
        drafts._check(short, ())


def test_a_round_is_named_with_amount_kind_lead_source_and_day():
    draft = drafts.compose_email(material(RAISED), Intent.CONGRATS_FUNDING)
    assert (
        "raised $12 million in a Series A round led by Kittiwake Partners" in draft.body
    )
    assert "The Ledger" in draft.body
    assert "19 November" in draft.body
    assert "Series A" in draft.subject


def test_german_reports_are_told_in_english():
    piece = news(
        "Acme sammelt in einer Series B 12,5 Millionen Euro ein.", source="Börse Daily"
    )
    draft = drafts.compose_email(material(piece), Intent.CONGRATS_FUNDING)
    assert "Acme raised €12.5 million in a Series B round" in draft.body


@pytest.mark.parametrize(
    "quote",
    [
        "Acme led by example as Globex raised $12 million in a Series A round.",
        "Globex raised $12 million in a Series A round led by Acme.",
        "Acme plans to open a plant in Porto with 40 people next year.",
    ],
)
def test_nobody_is_congratulated_on_the_round_of_another(quote):
    found = drafts.compose_email(material(news(quote)), Intent.CONGRATS_FUNDING)
    assert isinstance(found, drafts.Thin)


def test_a_round_entered_by_a_person_counts_if_its_date_is_recent():
    def value(field, said):
        return Resolved(field, FieldValue(field, said, Tier.OVERRIDE, "", NOW))

    fields = {
        "funding_round": value("funding_round", "Series A"),
        "funding_date": value("funding_date", date(2026, 10, 6)),
    }
    draft = drafts.compose_email(material(**fields), Intent.CONGRATS_FUNDING)
    assert "Your Series A round of 6 October is in our records." in draft.body
    fields["funding_date"] = value("funding_date", date(2025, 10, 6))
    old = drafts.compose_email(material(**fields), Intent.CONGRATS_FUNDING)
    assert isinstance(old, drafts.Thin)


@pytest.mark.parametrize(
    ("intent", "evidence", "named"),
    [
        (Intent.CONGRATS_FUNDING, (), "Funding Round"),
        (Intent.CONGRATS_FUNDING, (replace(RAISED, dated=NOW - timedelta(days=300)),),
         "Funding Round"),
        (Intent.QUARTERLY_CHECKIN, (TICKET,), "Verified Domain"),
        (Intent.USAGE_DIP_FOLLOWUP, trend(recent=199.0), "Draft Intent"),
        (Intent.INCIDENT_FOLLOWUP, (RAISED,), "Draft Intent"),
        (Intent.INCIDENT_FOLLOWUP, (contact("It fails.", days=90),), "Draft Intent"),
    ],
)  # fmt: skip
def test_thin_or_old_evidence_gives_no_letter_but_names_the_box(
    intent, evidence, named
):
    thin = drafts.compose_email(material(*evidence), intent)
    assert isinstance(thin, drafts.Thin)
    assert named in thin.fill
    assert "Acme" in thin.missing


def test_the_same_request_gives_the_same_letter_and_a_new_version_another():
    one = drafts.compose_email(material(*EVERYTHING), Intent.QUARTERLY_CHECKIN)
    assert one == drafts.compose_email(material(*EVERYTHING), Intent.QUARTERLY_CHECKIN)
    two = drafts.compose_email(material(*EVERYTHING), Intent.QUARTERLY_CHECKIN, 2)
    assert one.body != two.body


def test_two_companies_do_not_get_one_letter():
    bodies = set()
    for name in ("Globex", "Initech", "Hooli", "Umbra", "Stark", "Wayne"):
        org = Org(name.lower(), name)
        evidence = trend(org.org_id)
        draft = drafts.compose_email(
            material(*evidence, org=org), Intent.USAGE_DIP_FOLLOWUP
        )
        bodies.add(draft.body.replace(name, "X"))
    assert len(bodies) >= 5


def item(trigger: str, days: int, status: str = "open") -> ActionItem:
    at = NOW - timedelta(days=days)
    return ActionItem(f"a{days}", "acme", trigger, at, status, {})


def test_the_newest_open_item_chooses_the_intent():
    items = [
        item("funding", 9),
        item("negative_support", 2),
        item("usage_drop", 1, "done"),
    ]
    assert drafts.choose_intent(items, ()) is Intent.INCIDENT_FOLLOWUP
    assert drafts.choose_intent([], trend()) is Intent.USAGE_DIP_FOLLOWUP
    assert drafts.choose_intent([], (RAISED,)) is Intent.QUARTERLY_CHECKIN
    unknown = [item("coverage_gap", 1), item("funding", 3)]
    assert drafts.choose_intent(unknown, ()) is Intent.CONGRATS_FUNDING


ASKED = draft_life.of_tick(
    Tick("t", "acme", "page", 3, "", "person-1", NOW, "requested")
)


def test_the_comment_has_markers_evidence_and_a_clean_copy():
    draft = drafts.compose_email(material(*EVERYTHING), Intent.CONGRATS_FUNDING)
    comment = draft_comment.as_comment(draft, ASKED)
    shown = "".join(span.text for span in comment.spans)
    assert comment.marker == "draft acme #3"
    assert comment.marker in shown
    assert comment.spans[0].person == "person-1"
    assert "Kittiwake Partners. [1]" in shown
    assert "[1] “Acme raised" in shown
    assert shown.rstrip().endswith(draft.body)
    link = next(span for span in comment.spans if span.url)
    assert link.text == "The Ledger — 2026-11-19"
    assert len(comment.spans) <= 100


def test_a_thin_comment_says_what_to_do():
    thin = drafts.compose_email(material(), Intent.CONGRATS_FUNDING)
    comment = draft_comment.as_comment(thin, ASKED)
    shown = "".join(span.text for span in comment.spans)
    assert "Fill Funding Round" in shown
    assert "Request Draft" in shown


def test_long_texts_are_split_between_characters():
    parts = list(draft_comment.split([Span("😀" * 2500, bold=True)]))
    assert "".join(p.text for p in parts) == "😀" * 2500
    assert all(len(p.text.encode("utf-16-le")) <= 4000 and p.bold for p in parts)


LONG = (
    "{n} announced on Tuesday that it will expand across the northern regions with a "
    "large new distribution centre, forty vans and a night shift for all of its "
    "existing bakeries and shops in England."
)
OUTAGE = "An outage at {n} left 300 shops without bread orders for two days."


@pytest.mark.parametrize("quote", [LONG, OUTAGE, "{n} opened a shop.", RAISED.quote])
@pytest.mark.parametrize("name", ["IONOS", "Sutterby Archive Services of the North"])
def test_the_length_is_kept_whatever_there_is_to_say(name, quote):
    org = Org("someone", name)
    every = (
        news(quote.format(n=name), org_id="someone"),
        *trend("someone"),
        contact("It fails.", org_id="someone"),
    )
    for evidence in (every, every[:1], every[1:2], every[2:]):
        for intent in Intent:
            for version in (1, 2, 3):
                found = drafts.compose_email(
                    material(*evidence, org=org), intent, version
                )
                if isinstance(found, drafts.Draft):
                    assert 100 <= text.count_words(found.body) <= 150


def fact(amount: float, outlet: str, day: date) -> FundingFact:
    return FundingFact(
        "acme", "Series A", day, f"https://{outlet}.example/a", amount, (), 0.9, NOW,
        amount=amount, currency="USD", source=outlet.title(),
    )  # fmt: skip


def test_a_round_that_the_records_hold_is_named_by_its_sort_alone():
    day = NOW.date() - timedelta(days=6)
    known = [fact(12e6, "ledger", day), fact(9e6, "brief", day)]
    told = latest_round.as_evidence("acme", funding.best(known, None))
    assert len(told) == 2
    draft = drafts.compose_email(material(*told), Intent.CONGRATS_FUNDING)
    assert isinstance(draft, drafts.Draft)
    shown = f"{draft.subject} {draft.body}"
    assert "Series A round" in shown
    assert not any(word in shown for word in ("Latest funding", "has it", "USD"))


def test_a_round_read_in_the_news_is_told_before_the_one_in_the_records():
    day = NOW.date()
    told = latest_round.as_evidence("acme", funding.best([fact(9e6, "b", day)], None))
    draft = drafts.compose_email(material(*told, RAISED), Intent.CONGRATS_FUNDING)
    assert isinstance(draft, drafts.Draft)
    assert "$12 million" in draft.body


def body(evidence: tuple[Evidence, ...], intent: Intent, version: int = 1) -> str:
    draft = drafts.compose_email(material(*evidence), intent, version)
    assert isinstance(draft, drafts.Draft)
    return f"{draft.subject}\n{draft.body}"


@pytest.mark.parametrize("version", [1, 2, 3])
def test_use_is_told_as_it_moved(version: int):
    fell = body(trend(recent=150.0), Intent.QUARTERLY_CHECKIN, version)
    assert "150" in fell
    assert "down from 200" in fell
    rose = body(trend(recent=240.0), Intent.QUARTERLY_CHECKIN, version)
    assert "up from 200" in rose
    level = body(trend(recent=199.4, before=200.0), Intent.QUARTERLY_CHECKIN, version)
    assert "about 199" in level
    assert "from 200" not in level


def test_a_day_of_another_year_is_told_with_its_year():
    old = replace(RAISED, dated=NOW - timedelta(days=80), facts={"day": "2025-12-30"})
    assert "30 December 2025" in body((old,), Intent.CONGRATS_FUNDING)


def test_what_a_company_says_itself_is_told_as_its_own():
    own = news(
        "Acme now bakes bread for 40 shops in Porto.", source="Acme Bakeries Ltd"
    )
    shown = body((own,), Intent.QUARTERLY_CHECKIN)
    assert "Acme Bakeries Ltd" not in shown
    assert "Acme now bakes bread" in shown


def test_bad_words_alone_are_no_incident():
    gap = news(
        "For Acme the purchase closes a gap: its rivals have sold keys for years."
    )
    found = drafts.compose_email(material(gap), Intent.INCIDENT_FOLLOWUP)
    assert isinstance(found, drafts.Thin)


@pytest.mark.parametrize("version", [1, 2, 3])
def test_no_incident_is_spoken_of_where_there_was_only_a_call(version: int):
    call = contact(
        "We talked about the roadmap.",
        kind="call", source="Call", facts={"channel": "call", "sentiment": 0.4},
    )  # fmt: skip
    shown = body((call,), Intent.INCIDENT_FOLLOWUP, version)
    assert "our call" in shown
    assert "incident" not in shown.lower()


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_letter_on_an_open_ticket_does_not_read_as_if_it_were_closed(version: int):
    ticket = contact("[open] The export fails with error 71 since the last update.")
    solved = contact("[solved] The export failed with error 71 last week.")
    draft = drafts.compose_email(
        material(ticket), Intent.INCIDENT_FOLLOWUP, version=version
    )
    assert isinstance(draft, drafts.Draft)
    shown = f"{draft.subject}\n{draft.body}".lower()
    for closed in ("closed", "settled or", "in order", "if all is well"):
        assert closed not in shown
    assert any(w in shown for w in ("still open", "not settled yet", "being worked on"))
    still = [ln for p in draft.paragraphs for ln in p if "still open" in ln.text]
    assert all(line.evidence_ids for line in still)
    assert "still open, and" not in body((solved,), Intent.INCIDENT_FOLLOWUP, version)
