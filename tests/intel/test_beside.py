"""Names that only explain a backer, and people who run the company."""

import pytest

from intel.deals.beside import explains, runs_it


def places(text: str, name: str) -> tuple[str, int, int]:
    start = text.index(name)
    return text, start, start + len(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CapitalQ, Alphabit's growth fund, led.", "Alphabit"),
        ("NQentures (Nvidio's venture arm) joined.", "Nvidio"),
        ("Aron Ventures, the family office of Oya founder Ann Roe, joined.", "Ann Roe"),
        ("Ann Roe's Oak Fund led.", "Ann Roe"),
        ("Oak Row, through its new fund Corva IV, led.", "Corva IV"),
        ("QIK, via the Tulsa Development Fund, joined.", "Tulsa Development Fund"),
    ],
)
def test_who_owns_a_backer_or_is_only_its_way_is_told_apart(text, name):
    assert explains(*places(text, name))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Elm led, and Halden Rail's innovation arm joined.", "Halden Rail"),
        ("It was led by Oak Row and Elm.", "Elm"),
        ("Insurer MQ, via MQ Ventures, joined.", "MQ Ventures"),
        ("22 doctors invested through Sonora Angels.", "Sonora Angels"),
    ],
)
def test_who_put_money_in_is_not(text, name):
    assert not explains(*places(text, name))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It was kept by its founders Ann Roe and Sam Ohm.", "Sam Ohm"),
        ("Ann Roe and Sam Ohm, the cofounders, were engineers.", "Ann Roe"),
        ("A company led by Ann Roe has raised.", "Ann Roe"),
        ("Ann Roe, who is CEO, launched it.", "Ann Roe"),
    ],
)
def test_founders_and_chiefs_run_the_company(text, name):
    assert runs_it(*places(text, name))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Angels are Monzy founder Ann Roe and Sam Ohm.", "Ann Roe"),
        ("Ann Roe, CEO of Oak, and Sam Ohm invested.", "Ann Roe"),
        ("Founders Fund and Ann Roe joined.", "Ann Roe"),
        ("A round led by Ann Roe closed.", "Ann Roe"),
    ],
)
def test_angels_who_run_others_do_not(text, name):
    assert not runs_it(*places(text, name))
