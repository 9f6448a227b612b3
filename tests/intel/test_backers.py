"""Backers read out of sentences: who led, who took part, and who did neither."""

import pytest

from intel.deals.investors import in_sentence
from intel.deals.marks import mark
from intel.deals.naming import Manner
from store.records import Org

ACME = Org(org_id="acme", callsign="Acme", domain="acme.com")
OWN = frozenset({"acme"})


def read(sentence: str, *, german: bool = False):
    backers = in_sentence(mark(sentence, ACME).text, OWN, Manner(german))
    return backers.every, backers.leads


@pytest.mark.parametrize(
    ("sentence", "every", "leads"),
    [
        ("The round was led by Oak Row.", ["Oak Row"], ["Oak Row"]),
        (
            "Oak Row and a16z co-led it, joined by 8VC and the musician Ann Lee.",
            ["Oak Row", "a16z", "8VC", "Ann Lee"],
            ["Oak Row", "a16z"],
        ),
        ("Leading the round is Atlas do Mar.", ["Atlas do Mar"], ["Atlas do Mar"]),
        (
            "The round was led by Oak Row, alongside Pine Fund.",
            ["Oak Row", "Pine Fund"],
            ["Oak Row"],
        ),
        (
            "The round was led by Oak Row, and Pine and Elm Fund also joined.",
            ["Oak Row", "Pine", "Elm Fund"],
            ["Oak Row"],
        ),
        (
            "Investors are Oak Row (lead), Pine Fund and Elm.",
            ["Oak Row", "Pine Fund", "Elm"],
            ["Oak Row"],
        ),
        (
            "It comes from Oak Row and Pine, which led jointly, and Elm Fund.",
            ["Oak Row", "Pine", "Elm Fund"],
            ["Oak Row", "Pine"],
        ),
        ("Acme raised it in an Oak Row-led round.", ["Oak Row"], ["Oak Row"]),
        ("Belém's Oak Row led the round.", ["Oak Row"], ["Oak Row"]),
        (
            "Oak Row shared the lead with Elm Fund.",
            ["Oak Row", "Elm Fund"],
            ["Oak Row", "Elm Fund"],
        ),
        (
            "At the front were Oak Row and Elm; Pine Fund followed.",
            ["Oak Row", "Elm", "Pine Fund"],
            ["Oak Row", "Elm"],
        ),
        (
            "It comes from Oak Row and Elm, leaders of the round, and Pine Fund.",
            ["Oak Row", "Elm", "Pine Fund"],
            ["Oak Row", "Elm"],
        ),
        (
            "It was led by Oak Capital of Oslo and Elm of Rome.",
            ["Oak Capital", "Elm"],
            ["Oak Capital", "Elm"],
        ),
        ("The round was put together by Oak Row.", ["Oak Row"], ["Oak Row"]),
        ("Oak Row writes the largest cheque.", ["Oak Row"], ["Oak Row"]),
    ],
)
def test_who_led_is_told_from_who_took_part(sentence, every, leads):
    assert read(sentence) == (tuple(every), tuple(leads))


@pytest.mark.parametrize(
    ("sentence", "every"),
    [
        ("Existing investor Oak Row tipped in its pro rata.", ["Oak Row"]),
        ("Also writing checks were Oak Row and Pine.", ["Oak Row", "Pine"]),
        ("Calm Ventures is in again.", ["Calm Ventures"]),
        ("All seed investors, Oak Row and Pine, reinvested.", ["Oak Row", "Pine"]),
        ("Several names came aboard: Vida & Co., Elm.", ["Vida & Co.", "Elm"]),
        ("Also on board are Rev1, from Hamburg, and Elm.", ["Rev1", "Elm"]),
        ("Oak Ventures and Pine doubled their bets on Acme.", ["Oak Ventures", "Pine"]),
    ],
)
def test_backers_are_found_whatever_the_verb(sentence, every):
    assert read(sentence) == (tuple(every), ())


@pytest.mark.parametrize(
    ("names", "every"),
    [
        ("former Foo CEO Jane Roe", ["Jane Roe"]),
        ("Jane Roe, founder of Foo, and Sam Ohm", ["Jane Roe", "Sam Ohm"]),
        ("Kima, the vehicle of Xavier Noel, and Elm", ["Kima", "Elm"]),
        ("Kenya's Elm Fund and Munich-based Oak", ["Elm Fund", "Oak"]),
        ("Amazon's Climate Pledge Fund", ["Climate Pledge Fund"]),
        ("Eli's Harbor", ["Eli's Harbor"]),
        ("Tarn Teachers' Pension Plan", ["Tarn Teachers' Pension Plan"]),
        ("Elm and the grocer Halley's, where it is sold", ["Elm", "Halley's"]),
        ("Oak Growth and Innovation Fund", ["Oak Growth and Innovation Fund"]),
        ("Elm Ventures and Pine Research", ["Elm Ventures", "Pine Research"]),
        ("US Innovative Oak Fund and Elm", ["US Innovative Oak Fund", "Elm"]),
        ("ORV+, +QC and li.Mind Capital", ["ORV+", "+QC", "li.Mind Capital"]),
        ("EO:LAB and Elm", ["EO:LAB", "Elm"]),
        ("the venture arm of Pfizer and Oak", ["Pfizer", "Oak"]),
        ("Magnate's venture unit, Magnate Fund, and Oak", ["Magnate Fund", "Oak"]),
        ("the founders of Stripe and Oak", []),
        ("Oak, several angels and Sam Ohm", ["Oak", "Sam Ohm"]),
        (
            "the European Bank for Reconstruction and Development",
            ["European Bank for Reconstruction and Development"],
        ),
        (
            "the Public Fund of Saudi Arabia and 500 Global",
            ["Public Fund of Saudi Arabia", "500 Global"],
        ),
        (
            "Eli Lilly and Company and b2match Seed",
            ["Eli Lilly and Company", "b2match Seed"],
        ),
        ("the family office of the Roe family", ["family office of the Roe family"]),
        ("Ring of Trees and Jane Roe of Foo", ["Ring of Trees", "Jane Roe"]),
        ("Elm and Jane Roe of Oak Ventures", ["Elm", "Jane Roe"]),
    ],
)
def test_names_are_cut_as_a_reader_would(names, every):
    assert read(f"The round was joined by {names}.")[0] == tuple(every)


@pytest.mark.parametrize(
    "sentence",
    [
        '"It works," said Jane Roe, partner at Oak Ventures.',
        "Jane Roe of Oak Ventures will join the company's board.",
        "Its customers include Foo Capital and Bar.",
        "A loan was provided by Quay Bank.",
        "Lion Capital acted as placement agent.",
        "Its earlier investors, Oak and Pine Fund, did not take part.",
        "Acme was founded in 2021 by Jane Roe and Sam Ohm.",
        "It was previously backed by Oak Ventures.",
        "Acme, an app from Tulsa, raised it.",
    ],
)
def test_who_only_stands_beside_a_round_is_no_backer(sentence):
    assert read(sentence) == ((), ())


@pytest.mark.parametrize(
    ("sentence", "every", "leads"),
    [
        (
            "Lead-Investor ist der Klimafonds Oak Capital, zudem sind die Business "
            "Angels Jan Roe und Ute Ohm beteiligt.",
            ["Oak Capital", "Jan Roe", "Ute Ohm"],
            ["Oak Capital"],
        ),
        ("Die Runde wurde von Oak Hill angeführt.", ["Oak Hill"], ["Oak Hill"]),
        (
            "Auch der Münchner Investor Elm und die L-Bank-Tochter Pine ziehen mit.",
            ["Elm", "Pine"],
            [],
        ),
    ],
)
def test_german_sentences_are_read_too(sentence, every, leads):
    assert read(sentence, german=True) == (tuple(every), tuple(leads))


def test_the_company_itself_is_no_backer():
    assert read("The round was led by Oak Row and Acme.")[0] == ("Oak Row",)


@pytest.mark.parametrize(
    ("sentence", "every", "leads"),
    [
        ("Swedish VC Oak led.", ["Oak"], ["Oak"]),
        ("Specialist VC Tallinn joined.", ["Specialist VC Tallinn"], []),
        ("Taking part were Oak and, for the first time, Elm.", ["Oak", "Elm"], []),
        ("Oak put up $8 million and Elm the other $4 million.", ["Oak", "Elm"], []),
        ("Angels are Jo March and April Dunn.", ["Jo March", "April Dunn"], []),
        ("Oak, a previous investor, returned to lead it.", ["Oak"], ["Oak"]),
    ],
)
def test_turns_of_phrase_are_followed(sentence, every, leads):
    assert read(sentence) == (tuple(every), tuple(leads))
