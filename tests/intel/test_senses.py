"""What a text says of the direction things take."""

import pytest

from intel import senses


@pytest.mark.parametrize(
    "headline",
    [
        "Fernholt to cut 120 jobs at Lübeck depot after losing furniture contract",
        "Works council wins concessions at Fernholt: 80 jobs go instead of 120",
        "Fernholt streicht 120 Stellen in Lübeck nach Rekordjahr",
        "Fernholt baut in Lübeck 120 Arbeitsplätze ab und investiert in Bremen",
        "Job cuts at Fernholt despite record growth",
    ],
)
def test_jobs_that_go_are_a_risk_whatever_else_is_promised(headline):
    assert senses.leaning(headline) < 0


def test_the_state_of_a_ticket_opens_nothing():
    assert senses.leaning("Acme opens a plant in Porto.") > 0
    assert senses.leaning("[open] Labels: The page is gone.") == 0
