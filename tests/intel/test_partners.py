"""Who acts for a firm, and who puts in their own money."""

import pytest

from intel.deals.partners import firm_of, is_person

FIRMS = ("Foothill Ventures", "Inovia", "Zerodha", "Corvane")


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("Foothill Ventures partner Ann Lee led the deal.", "Foothill Ventures"),
        ("Ann Lee of Foothill Ventures joins the board.", "Foothill Ventures"),
        ("The round was led by Inovia's Ann Lee.", "Inovia"),
        ("Inovia's Ann Lee, who led the round, said so.", "Inovia"),
        ("Ann Lee, a general partner at Corvane, led.", "Corvane"),
        ("Angels include Zerodha's Ann Lee and others.", ""),
        ("Angels are Foothill Ventures' Ann Lee and Ann Roe.", ""),
        ("Backers are Ann Lee of Foothill Ventures and Ann Roe.", ""),
        ("Zerodha founder Ann Lee put in her own money.", ""),
        ("Ann Lee led the round.", ""),
    ],
)
def test_a_partner_stands_for_the_firm_and_an_angel_for_oneself(text, firm):
    assert firm_of("Ann Lee", (text,), FIRMS) == firm


def test_a_firm_acts_for_nobody():
    text = "Corvane's Foothill Ventures led the round."
    assert not firm_of("Foothill Ventures", (text,), FIRMS)


def test_a_house_of_another_tongue_is_nobody():
    for name in ("Mata Investimentos", "Roca Inversiones", "Elm Participações"):
        assert not is_person(name)


def test_a_partner_with_a_title_stands_for_the_firm():
    assert firm_of("Ann Lee", ("Inovia's Dr. Ann Lee led the round.",), FIRMS)
