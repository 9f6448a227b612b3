"""Whose an e-mail's domain may be, by its name."""

import pytest

from intel.counterparts import guesser
from store.records import Org

ORGS = (
    Org("acme", "Acme Robotics", aliases=("Acmebots",)),
    Org("brandt", "Brandt & Söhne GmbH"),
    Org("twin-1", "Twin", display_name="Twin Ltd"),
    Org("twin-2", "Twin"),
)


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("acmebots.com", (("acme", "acmebots.com"),)),
        ("mail.eu.acme-robotics.co.uk", (("acme", "acme-robotics.co.uk"),)),
        ("brandtundsoehne.de", (("brandt", "brandtundsoehne.de"),)),
        ("twin.com", (("twin-1", "twin.com"), ("twin-2", "twin.com"))),
        ("gmail.com", ()),
        ("poole-family.net", ()),
        ("localhost", ()),
        ("", ()),
    ],
)
def test_a_domain_is_guessed_by_the_name_it_bears(host: str, found: object):
    assert guesser(ORGS)(host) == found
