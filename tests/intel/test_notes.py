"""Notes that say what a company is not, and texts that teach what it does."""

import pytest

from intel import notes
from intel.contradictions import kin
from intel.identity import Context, published_by, relate
from intel.trade import trade_words
from store.records import Org, Relation


@pytest.mark.parametrize(
    ("text", "ours", "theirs"),
    [
        ("Not the Portuguese tile maker of the same name.", "", "Portuguese tile"),
        ("Maps and charts, not the Chilean mine.", "Maps and charts", "Chilean mine"),
        ("Nicht zu verwechseln mit der Klinik in Kiel. Seit 2019.", "Seit", "Klinik"),
        ("Der Namensvetter in Wien ist eine Brauerei.", "", "Brauerei"),
        ("Hat nichts mit der Klinikgruppe zu tun.", "", "Klinikgruppe"),
        ("Unrelated to the dental chain.", "", "dental chain"),
        ("They are not a bank but a card issuer.", "card issuer", "bank"),
        ("Never call on Mondays.", "Never call on Mondays", ""),
        ("Do not discount before May.", "Do not discount", ""),
    ],
)
def test_notes_are_parted_into_ours_and_theirs(text: str, ours: str, theirs: str):
    told = notes.split(text)
    assert ours in told.ours
    assert theirs in told.theirs
    assert bool(told.theirs) == bool(theirs)
    assert bool(told.ours) == bool(ours)


def test_domains_that_notes_tell_to_leave_alone_are_found():
    text = (
        "Site is acme.example. The old domain acme-co.example belongs to a reseller; "
        "acme.shop gehört inzwischen einem Händler."
    )
    assert notes.avoided_domains(text) == {"acme-co.example", "acme.shop"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("tile", "tiles", True),
        ("bank", "bankrupt", False),
        ("portuguese", "portugal", True),
        ("klinik", "kliniken", True),
        ("fliesenhersteller", "fliesen", True),
        ("carpet", "carport", False),
        ("tea", "teas", False),
    ],
)
def test_forms_of_a_word_are_kin_and_chance_likeness_is_not(
    one: str, other: str, same: bool
):
    assert kin(one, other) is same
    assert kin(other, one) is same


def judged(org: Org, title: str, text: str, *words: str) -> Relation:
    said = (title, text, "https://n.example/a", "Wire")
    return relate(org, *said, Context(words)).relation


VARN = "Varnholt opens a second brewery in Graz"
BREWERY = (
    "Varnholt, the family brewery from Styria, will open a second site in Graz. The "
    "brewery sells its beer in four countries. Varnholt beer is poured in 900 bars."
)


def test_what_the_notes_say_it_is_not_refuses_an_article():
    plain = Org("v", "Varnholt")
    told = Org("v", "Varnholt", manual_notes="Not the Styrian brewery.")
    german = Org("v", "Varnholt", manual_notes="Nicht die Brauerei in Graz, Brewery.")
    assert judged(plain, VARN, BREWERY) is Relation.ABOUT
    assert judged(told, VARN, BREWERY) is Relation.NAMESAKE
    assert judged(german, VARN, BREWERY) is Relation.NAMESAKE


def test_the_same_words_in_a_positive_note_speak_for_an_article():
    org = Org("v", "Varnholt", manual_notes="The Styrian brewery.")
    assert judged(org, VARN, BREWERY) is Relation.ABOUT


def test_a_firm_introduced_as_one_of_another_trade_is_refused():
    clinic = Org("v", "Varnholt", "Varnholt Dental GmbH")
    brewer = Org("v", "Varnholt", "Varnholt Brauerei GmbH")
    assert judged(clinic, VARN, BREWERY) is Relation.NAMESAKE
    assert judged(brewer, VARN, BREWERY) is Relation.ABOUT


def test_a_trade_learnt_from_own_texts_counts_as_the_companys():
    clinic = Org("v", "Varnholt", "Varnholt Dental GmbH")
    assert judged(clinic, VARN, BREWERY, "brewery", "beer") is Relation.ABOUT


def test_trade_words_are_those_the_texts_come_back_to():
    texts = [
        "Our payout service pays merchants. Payments arrive on the same day.",
        "Payments in Poland: merchants get their payments faster. We ate cake.",
    ]
    words = trade_words(texts)
    assert "payments" in words
    assert "merchants" in words
    assert "cake" not in words
    assert "poland" not in words
    assert trade_words([]) == ()


def test_own_texts_stand_on_the_own_domain_or_under_the_own_name():
    org = Org("m", "Medivane", "Medivane Health Inc.", domain="medivane.example")
    assert published_by(org, "status.medivane.example", "")
    assert published_by(org, "127.0.0.1", "Medivane")
    assert published_by(org, "host.example", "Medivane Health, Inc.")
    assert not published_by(org, "notmedivane.example", "Medivane Watch")
    assert not published_by(org, "", "")
