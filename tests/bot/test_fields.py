"""How a person's value is read: what people paste, and what cannot be read."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.fields import READERS
from sync.notion.errors import Unreadable

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("display_name", "  Acme GmbH ", "Acme GmbH"),
        ("display_name", "   ", None),
        ("domain", "https://www.acme.com/about?x=1", "acme.com"),
        ("domain", "someone@acme.co.uk", "acme.co.uk"),
        ("domain", "", None),
        ("domain_locked", True, True),
        ("domain_locked", False, None),
        ("aliases", "Acme; Acme Inc,\nACME , Acme", ["Acme", "Acme Inc", "ACME"]),
        ("aliases", " , ;\n", None),
        ("crunchbase", "crunchbase.com/organization/acme",
         "https://crunchbase.com/organization/acme"),
        ("funding_date", {"start": "2026-11-22"}, "2026-11-22"),
        ("funding_date", {"start": "2026-11-01T10:00:00.000+02:00"}, "2026-11-01"),
        ("funding_amount", 5_000_000, 5_000_000.0),
        ("funding_amount", None, None),
        ("renewal_date", {"start": "2030-01-01"}, "2030-01-01"),
        ("owner", [{"id": "a", "name": "Ada"}, {"id": "b"}],
         [{"id": "a", "name": "Ada"}, {"id": "b", "name": ""}]),
        ("owner", [], None),
        ("feeds", "acme.com/feed", ["https://acme.com/feed"]),
        ("drop_alert", 15, 15.0),
        ("drop_alert", 0.15, 15.0),
        ("drop_alert", 1, 1.0),
        ("drop_alert", None, None),
    ],
)  # fmt: skip
def test_a_value_is_read_as_people_write_it(field: str, given: Any, kept: Any):
    assert READERS[field](given, NOW) == kept


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("domain", "not a domain", "not a domain"),
        ("domain", "localhost", "localhost"),
        ("crunchbase", "javascript:alert(1)", "web address"),
        ("linkedin", "ftp://linkedin.com/x", "web address"),
        ("feeds", "see my notes", "web address"),
        ("funding_date", {"start": "2026-11-23"}, "2026-11-23 lies in the future"),
        ("funding_amount", 0, "must be above 0"),
        ("funding_amount", -5, "-5 is no amount"),
        ("aliases", "x" * 101, "too long for a name"),
        ("drop_alert", 0, "0 is no percentage from 1 to 100"),
        ("drop_alert", -20, "-20 is no percentage"),
        ("drop_alert", 101, "101 is no percentage"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(field: str, given: Any, said: str):
    with pytest.raises(Unreadable) as caught:
        READERS[field](given, NOW)
    assert said in caught.value.reason
    assert caught.value.reason.endswith((".", "”."))


@pytest.mark.parametrize("field", ["crunchbase", "linkedin", "x_handle", "feeds"])
@pytest.mark.parametrize(
    "given",
    [
        "http://[::1",
        "https://[x]/",
        "http://a.b:port/",
        "http://a.b:99999/",
        "https://a..b/",
        "https://a b.com/",
        "https://me:secret@acme.com/",
        "mailto:me@acme.com",
    ],
)
def test_an_address_that_leads_nowhere_is_unreadable_too(field: str, given: str):
    with pytest.raises(Unreadable):
        READERS[field](given, NOW)
