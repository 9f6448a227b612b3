"""Where a name begins and ends, by its form alone."""

import pytest

from intel.deals.bygone import is_bygone
from intel.deals.edges import belongs, is_fringe, is_nameless, mended, sentences


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


@pytest.mark.parametrize("name", ["VC", "Funds", "INR 110", "CISOs", "Ph.D", "L.P."])
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
    ],
)
def test_some_words_only_introduce_a_name(text, word, fringe):
    at = text.index(word)
    assert is_fringe(text, at, at + len(word)) is fringe


@pytest.mark.parametrize(
    "sentence",
    [
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
        "Elm Fund, Oak Row and Ann Roe, all of which invested before, added shares.",
    ],
)
def test_who_came_back_is_not(sentence):
    assert not is_bygone(sentence)
