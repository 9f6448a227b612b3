import pytest

from intel import figures


def one(source: str) -> figures.Figure:
    found = figures.figures(source)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("claimed", "given"),
    [
        ("1,204 users", "1204 users"),
        ("1204 Nutzer", "1.204 Nutzer"),
        ("$12M", "12 million dollars"),
        ("$12 million", "USD 12m"),
        ("12 million", "$12 million"),
        ("€1.5 billion", "1,5 Milliarden Euro"),
        ("1,5 Mrd. Euro", "€1.5bn"),
        ("23%", "23 percent"),
        ("23 per cent", "23 Prozent"),
        ("3.5 %", "3,5 Prozent"),
        ("12 offices", "twelve offices"),
        ("three plants", "3 plants"),
        ("1 million", "one million"),
        ("$1,204.50", "1.204,50 dollars"),
        ("40 000 members", "40,000 members"),
        ("a $40-million round", "40 million dollars"),
    ],
)
def test_one_figure_in_two_spellings_agrees(claimed, given):
    assert figures.agree(one(claimed), one(given))


@pytest.mark.parametrize(
    ("claimed", "given"),
    [
        ("$12 million", "$13 million"),
        ("$12 million", "€12 million"),
        ("$12 million", "$12 billion"),
        ("12 percent", "12 offices"),
        ("12 offices", "12 percent"),
        ("3 percent", "3 percentage points"),
        ("1,205 users", "1,204 users"),
        ("four plants", "three plants"),
    ],
)
def test_other_figures_do_not_agree(claimed, given):
    assert not figures.agree(one(claimed), one(given))


@pytest.mark.parametrize(
    ("claimed", "given"),
    [
        ("2026-11-12", "12 November 2026"),
        ("November 12, 2026", "12.11.2026"),
        ("Nov. 12, 2026", "on the 12th of November 2026"),
        ("12. November 2026", "2026-11-12"),
        ("November 2026", "12 November 2026"),
        ("in 2026", "November 12, 2026"),
        ("November 12", "12 November 2026"),
        ("2026-11-03", "3/11/2026"),
        ("März 2026", "March 2026"),
    ],
)
def test_one_date_in_two_spellings_agrees(claimed, given):
    assert any(
        figures.same_day(a, b)
        for a in figures.dates(claimed)
        for b in figures.dates(given)
    )


@pytest.mark.parametrize(
    ("claimed", "given"),
    [
        ("2026-11-12", "13 November 2026"),
        ("November 2025", "12 November 2026"),
        ("November 12, 2026", "November 2026"),
        ("October 12", "November 12"),
    ],
)
def test_other_dates_do_not_agree(claimed, given):
    assert not any(
        figures.same_day(a, b)
        for a in figures.dates(claimed)
        for b in figures.dates(given)
    )


def test_dates_are_not_taken_for_numbers():
    assert figures.figures("On 12 November 2026 and 2026-10-01 and in 2024") == ()
    assert [f.written for f in figures.figures("In May 2024 it had 300 staff")] == [
        "300"
    ]
    assert figures.figures("one of the largest, a maker of things") == ()


def test_a_change_is_computed_from_two_stated_values():
    old, new = figures.figures("from 80 to 100 users")
    assert figures.is_change(one("25%"), old, new)
    assert figures.is_change(one("20%"), new, old)
    assert not figures.is_change(one("30%"), old, new)
