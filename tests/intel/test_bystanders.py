"""Names beside backers: customers, rivals, holdings, owners, and who stayed out."""

import pytest

from intel.deals.bystanders import stands_by, stays_out


def places(text: str, name: str) -> tuple[str, int, int]:
    start = text.index(name)
    return text, start, start + len(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Oak Row, a customer too, as are Mirza and Saint Ola's.", "Mirza"),
        (
            "The bank is a customer too, like Baro Systems, Sofus and Grant Hill.",
            "Sofus",
        ),
        ("Germany's Barno and Denmark's insurer Danola pay for the app.", "Barno"),
        ("Kardo (Finders Future) is the local rival.", "Kardo"),
        (
            "Key rivals: Milkway (Kala Capital), Suprim Daily (owned by Swigo).",
            "Suprim",
        ),
        ("Kunden sind Audox, Ferro und Lindt & Söhne.", "Ferro"),
        ("The lender is Trinidad Capital.", "Trinidad Capital"),
        ("Ann Roe and Sam Ohm, scientists from Novo and Lill, advise.", "Ann Roe"),
    ],
)
def test_customers_rivals_lenders_and_advisers_stand_by(text, name):
    assert stands_by(*places(text, name))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "It was led by Active Oak, whose other holdings are Soha and Leonis.",
            "Leonis",
        ),
        ("Oak Row, which has also funded Clippo and Quinta, led.", "Quinta"),
        ("The giant behind Detta and Veeta led.", "Veeta"),
        ("We knew Vitala, Bulletta and Healtha, three holdings of ours.", "Bulletta"),
        (
            "The A round was led by EVO, the fund that East Row and Sinar run.",
            "East Row",
        ),
        ("It's led by Valo, the fund of Ann Roe, Sam Ohm and Max Elm.", "Sam Ohm"),
        (
            "CDX, which is changing its name to Brit International, joined.",
            "Brit Inter",
        ),
        ("Sequo led with partner Ann Roe.", "Ann Roe"),
        (
            "Trans Fund, where Oslo's National Fund is a limited partner.",
            "National Fund",
        ),
    ],
)
def test_holdings_owners_and_former_names_stand_by(text, name):
    assert stands_by(*places(text, name))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kasko, Quono and QUED contributed, whereas Ifco and Naspo did not.", "Ifco"),
        (
            "Ann Roe and Oak Row are still holders but bought nothing this time.",
            "Oak Row",
        ),
        ("Qualo, Kasko and Dragon kept their stakes but put in nothing.", "Kasko"),
        ("AO Row stayed on the sidelines, as did Oakley Elm.", "Oakley Elm"),
        ("All are in, except for Sequo and Boldo, which kept what they had.", "Sequo"),
        ("Neither Noro nor Access Row added money.", "Access Row"),
        ("Noro und Elm Fonds halten still, gaben aber kein Geld.", "Elm Fonds"),
        ("Elm Fonds beteiligte sich diesmal nicht.", "Elm Fonds"),
        ("Noro und Elm Fonds zogen dieses Mal nicht mit.", "Noro"),
    ],
)
def test_who_put_nothing_in_stays_out(text, name):
    assert stays_out(*places(text, name))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It was led by Oak Row. Elm, a customer, also invested.", "Elm"),
        ("Elm is a customer and bought a small stake.", "Elm"),
        ("It was led by PINO, the arm of Pauli, and Nordic Capital.", "Nordic C"),
        ("Oak Row and Elm joined, as did Ann Roe, who sold her firm to CVO.", "Elm"),
        ("The Series A, in which Oak Row too is a newcomer, closed.", "Oak Row"),
        ("Oak Row and Elm kept their stakes whole.", "Elm"),
        ("Oak Row, the fund run by Ann Roe, with Elm Global joining, led.", "Elm Gl"),
        ("It was led by Row Fund of Oslo and included Elm Bank.", "Elm Bank"),
        ("Elm Fonds und Noro zogen nach.", "Elm Fonds"),
        ("Angels include former Zillo CEO Ann Roe and Sam Ohm.", "Ann Roe"),
        (
            "Money came from the corporate funds of customers: Servo Ventures.",
            "Servo V",
        ),
    ],
)
def test_backers_neither_stand_by_nor_stay_out(text, name):
    assert not stands_by(*places(text, name))
    assert not stays_out(*places(text, name))


@pytest.mark.parametrize(
    "piece",
    ["Aa, and ", "Aa and a Aa, ", "foo Aa's bar ", "or Aa of the Aa or ", "Aa (x), "],
)
def test_a_list_without_an_end_is_read_to_its_end(piece):
    """With patterns that try every way to cut such a list, this would not return."""
    around = (piece * 200)[:230]
    for text in (f"{around}Oak Row.", f"Oak Row and {around}!", f"Oak Row, {around}"):
        assert not stands_by(*places(text, "Oak Row"))
        assert not stays_out(*places(text, "Oak Row"))


def test_customers_are_told_at_the_end_of_a_long_list():
    assert stands_by(*places(f"Customers are {'Aa, ' * 40}Oak Row.", "Oak Row"))


def test_who_runs_a_rival_is_none():
    text = "New are Oak Row, Elm Fund and Ann Roe, whose Yew is a competitor."
    assert not stands_by(*places(text, "Oak Row"))
    assert stands_by(*places("Oak Row, Elm and Yew are competitors.", "Oak Row"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Roe, acting alone rather than through Oak Fund, joined.", "Oak Fund"),
        ("Its other owners, Oak Row and Elm, sat still.", "Oak Row"),
    ],
)
def test_who_did_not_act_stays_out(text, name):
    assert stays_out(*places(text, name))
