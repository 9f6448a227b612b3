"""Where a name begins and ends, by its form alone."""

import pytest

from intel.deals.bygone import is_bygone
from intel.deals.edges import (
    belongs,
    is_fringe,
    is_nameless,
    is_region,
    mended,
    sentences,
)


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("T. Corvane, Inc., and Elm", "T. Corvane", "T. Corvane, Inc."),
        ("Halden Group, LLC and Elm joined", "Halden Group", "Halden Group, LLC"),
        ("led by Q.P. Morrow Growth", "Morrow Growth", "Q.P. Morrow Growth"),
        ("its first U.S. Morrow Growth", "Morrow Growth", "Morrow Growth"),
        ("led by the maker VK Inc.", "VK Inc", "VK Inc."),
        ("from Oku & Co. and Elm", "Oku & Co", "Oku & Co."),
        ("Ann Roe Jr. contributed", "Ann Roe Jr", "Ann Roe Jr."),
        ("as did Ann Roe Jr. Elm led", "Ann Roe Jr", "Ann Roe Jr"),
        ("Elm and Project Q. Since then", "Project Q.", "Project Q"),
        ("a fund, ORV+, has led", "ORV", "ORV+"),
        ("the fund lisse/ writing a cheque", "lisse", "lisse/"),
        ("from Zones, +QC, Elm", "QC", "+QC"),
        ("by Gao Capital of Oslo and Elm", "Gao Capital of Oslo", "Gao Capital"),
        ("Ann Roe of Strype, Elm", "Ann Roe of Strype", "Ann Roe"),
        ("Enios of Japan joined", "Enios of Japan", "Enios"),
        ("Ring of Trees joined", "Ring of Trees", "Ring of Trees"),
        ("Export Fund of Tulsa led", "Export Fund of Tulsa", "Export Fund of Tulsa"),
        ("Blue Shield of Tulsa led", "Blue Shield of Tulsa", "Blue Shield of Tulsa"),
        ("Development Bank of Oslo", "Development Bank", "Development Bank of Oslo"),
        ("by Dawn of the West Fund", "West Fund", "Dawn of the West Fund"),
        ("by Dawn of the West Fund", "Dawn", "Dawn of the West Fund"),
        ("a founder of the West Seed Fund led", "West Seed Fund", "West Seed Fund"),
        ("from Hiro Trust and Banking, Elm", "Hiro Trust", "Hiro Trust and Banking"),
        ("from Hiro Trust and Banking, Elm", "Banking", "Hiro Trust and Banking"),
        ("Data Row Fund and Founders Fund joined", "Data Row Fund", "Data Row Fund"),
        ("Elm and Foundation Capital", "Foundation Capital", "Foundation Capital"),
        ("a Series C. Elm Capital led", "C. Elm Capital", "Elm Capital"),
        ("of Oak Advisors, L.P. Jumpa Capital", "L.P. Jumpa Capital", "Jumpa Capital"),
        ("by Solsta Fund II, L.P. and Elm", "Solsta Fund II", "Solsta Fund II, L.P."),
        ("IQ Row plc and Elm", "IQ Row", "IQ Row plc"),
        ("Sold. Freight broker Elm too", "Freight broker Elm", "Elm"),
        ("joined: Ski area operator Elm", "Ski area operator Elm", "Elm"),
        ("by Rows for Elm", "Rows for Elm", "Rows for Elm"),
    ],
)  # fmt: skip
def test_a_name_ends_where_its_form_says(text, name, whole):
    start = text.index(name)
    first, last = mended(text, start, start + len(name))
    assert text[first:last] == whole


def test_a_name_does_not_run_into_the_next_sentence():
    text = "SEAK. Y Foundry joined"
    assert [text[a:b] for a, b in sentences(text, 0, 15)] == ["SEAK", "Y Foundry"]
    assert sentences("Foo Corp. Bar", 0, 13) == [(0, 13)]


@pytest.mark.parametrize(
    "name", ["VC", "Funds", "INR 110", "CISOs", "Ph.D", "L.P.", "CTO"]
)
def test_what_anybody_is_called_is_no_name(name):
    assert is_nameless(name)


@pytest.mark.parametrize("name", ["+VC", "Seed Capital", "Trust Ventures", "Catalyst"])
def test_a_plain_word_may_be_part_of_a_name(name):
    assert not is_nameless(name)


@pytest.mark.parametrize(
    ("owner", "own", "one"),
    [
        ("Tarn Teachers'", "Pension Plan", True),
        ("Women's", "World Lending", True),
        ("Addenbury's", "Charitable Trust", True),
        ("Gugle's", "Africa Fund", True),
        ("Amazonas's", "Climate Pledge Fund", False),
        ("Corvane's", "New Oak Fund", False),
    ],
)
def test_an_owner_is_part_of_a_name_that_says_nothing_without(owner, own, one):
    assert belongs(owner, own) is one


@pytest.mark.parametrize(
    ("text", "word", "fringe"),
    [
        ("Newcomers Foo joined", "Newcomers", True),
        ("the Czech Foo Ventures", "Czech", True),
        ("the American College of Rowing", "American", False),
        ("from Belgium Foo Ventures", "Belgium", True),
        ("Homebuilder Ann Roe", "Homebuilder", True),
        ("joined by Samsar Foo", "Samsar", False),
        ("und die Privatbank Foo Elm", "Privatbank", True),
        ("der dänische Pharmakonzern Foo", "Pharmakonzern", True),
        ("und Privatbank Foo", "Privatbank", False),
        ("der Beteiligungsfonds Sachsen", "Beteiligungsfonds", False),
    ],
)
def test_some_words_only_introduce_a_name(text, word, fringe):
    at = text.index(word)
    assert is_fringe(text, at, at + len(word)) is fringe


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("angels from the Western Province", "Western Province", True),
        ("doctors in the Bay Area", "Bay Area", True),
        ("led by the Bay Area Fund", "Bay Area Fund", False),
        ("led by Silver Coast", "Silver Coast", False),
    ],
)
def test_a_region_is_no_backer(text, name, place):
    at = text.index(name)
    assert is_region(text, at, at + len(name)) is place


@pytest.mark.parametrize(
    "sentence",
    [
        "Other investors in the company include Elm Fund and Oak Row.",
        "Earlier shareholders of Acme are Oak Row and Elm Fund.",
        "Past backers are Oak Row and Elm Fund.",
        "Ann Roe and Elm Fund were investors in earlier rounds.",
        "Oak Row and Elm Fund invested before.",
        "Oak Row led the round prior to that.",
        "Others, such as Elm Fund, had backed its October 2021 round.",
        "The first close was drawn from Oak Row and Elm Fund.",
    ],
)
def test_who_only_backed_earlier_rounds_is_told_apart(sentence):
    assert is_bygone(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Oak Row, which had backed its seed round, took part again.",
        "Investors in earlier rounds, Oak Row and Elm, joined.",
        "Oak Row led the round.",
        "Other investors are Oak Row and Elm Fund.",
        "Elm Fund, Oak Row and Ann Roe, all of which invested before, added shares.",
    ],
)
def test_who_came_back_is_not(sentence):
    assert not is_bygone(sentence)


@pytest.mark.parametrize(
    ("text", "name", "cut"),
    [
        ("with Yew Impact Fund of Lyon.", "Yew Impact Fund of Lyon", "Yew Impact Fund"),
        ("the Export Fund of Denmark.", "Export Fund of Denmark", None),
        ("the Regional Elm Fund of Bavaria", "Regional Elm Fund of Bavaria", None),
        ("by the Bank of Ireland.", "Bank of Ireland", None),
    ],
)
def test_a_branded_fund_is_not_named_after_its_town(text, name, cut):
    start = text.index(name)
    first, last = mended(text, start, start + len(name))
    assert text[first:last] == (cut or name)


def test_a_name_that_looks_like_a_sum_is_one():
    assert not is_nameless("OAK13")
    assert is_nameless("USD 13")


@pytest.mark.parametrize(
    ("said", "bygone"),
    [
        ("Oak Row had previously led the company's seed round, in which Ann Roe "
         "(founder, Yew) and Sam Ohm also invested.", True),
        ("Oak Row and Elm Fund had funded it before", True),
        ("Oak Row, which had led its seed round, invests again.", False),
    ],
)  # fmt: skip
def test_who_backed_before_is_told_whatever_stands_beside(said, bygone):
    assert is_bygone(said) is bygone
