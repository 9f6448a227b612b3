"""Whose word, wish or deed it is: kept where it stands, refused where it is swapped."""

import pytest

from intel import holders

OWN = frozenset({"acme", "freight"})
CALL = (
    "Anna Rehm (medical director) and Felix Kuhn (controlling) were on the call.",
    "Anna praised the new booking screen.",
    "Felix wants to cut the contract to 220 seats at renewal.",
    "He is worried about data quality.",
)
NEWS = (
    "Acme Freight takes over 820 stations in Norway, Ampel keeps those in Denmark.",
    "Kemi's mayor Aino Laine called on the government to step in.",
    '"Speed decided it," said the authority\'s project manager Tone Vik.',
    "Chief executive Dora Finn said freight costs had doubled since spring.",
    "A rival, Norske Fiber, shut two machines in September.",
    "Medical director Aoife Brannigan said staff at both sites would keep their jobs.",
)


@pytest.mark.parametrize(
    "claim",
    [
        "Felix Kuhn praised the new booking screen.",
        "Anna Rehm wants to cut the contract to 220 seats.",
        "Anna Rehm is worried about data quality.",
    ],
)
def test_what_one_said_on_a_call_is_not_the_others(claim):
    assert holders.given_away(claim, CALL, OWN)


@pytest.mark.parametrize(
    "claim",
    [
        "Ampel takes over 820 stations in Norway.",
        "Acme called on the government to step in.",
        "Acme's chief executive said that speed decided it.",
        "Aino Laine said freight costs had doubled since spring.",
        "Acme Freight shut two machines in September.",
        "Staff at both sites keep their jobs, according to mayor Aino Laine.",
    ],
)
def test_what_another_did_or_said_is_refused(claim):
    assert holders.given_away(claim, NEWS, OWN)


@pytest.mark.parametrize(
    "claim",
    [
        "Acme Freight takes over 820 stations in Norway.",
        "Mayor Aino Laine urges the government to intervene.",
        "Tone Vik, the authority's project manager, said speed decided it.",
        "Acme says freight costs have doubled since spring.",
        "Freight costs have doubled since spring, said chief executive Dora Finn.",
        "Norske Fiber shut two machines in September.",
        "Staff will keep their jobs, according to medical director Aoife Brannigan.",
        "The Kemi mill employs 410 people.",
        "Two machines were shut in September.",
    ],
)
def test_what_stands_there_is_kept(claim):
    assert holders.given_away(claim, NEWS, OWN) == ""


def test_the_place_that_opens_a_report_and_small_words_in_names_are_no_holders():
    told = (
        "BREMEN — Acme Freight has opened a hall of 14,000 square metres.",
        '"Pillows are our Everest," said Femke de Rooij, CEO of Acme Freight.',
    )
    hall = "Acme Freight opened a hall of 14,000 square metres."
    assert holders.given_away(hall, told, OWN) == ""
    said = "Femke de Rooij, CEO of Acme, says: Pillows are our Everest."
    assert holders.given_away(said, told, OWN) == ""


def test_whom_the_evidence_does_not_know_is_left_to_the_rule_on_names():
    assert holders.given_away("Petra Vance praised the new screen.", CALL, OWN) == ""
    assert holders.given_away("It went well.", (), OWN) == ""
