"""What people type where a domain belongs."""

import pytest

from intel.domains import NotADomain, parse_domain

UNDERSTOOD = {
    "acme.com": "acme.com",
    "  WWW.Acme.COM ": "acme.com",
    "acme.com.": "acme.com",
    "acme.com:8443": "acme.com",
    "acme.com/about?x=1#top": "acme.com",
    "https://www.acme.co.uk/en/": "acme.co.uk",
    "http://app.eu.acme.com:80/login": "acme.com",
    "//acme.com/a": "acme.com",
    "https:/acme.com": "acme.com",
    "https//acme.com": "acme.com",
    "https://user:secret@acme.com/": "acme.com",
    "jane.doe@mail.acme.com": "acme.com",
    "mailto:jane@acme.com": "acme.com",
    "<https://acme.com>": "acme.com",
    "[Acme](https://acme.com/de)": "acme.com",
    "münchen-data.de": "xn--mnchen-data-thb.de",
    "XN--MNCHEN-DATA-THB.DE": "xn--mnchen-data-thb.de",
    "straße.de": "xn--strae-oqa.de",
    "acme。jp": "acme.jp",
    "acme.com\u200b": "acme.com",
    "acme.github.io": "acme.github.io",
    "https://github.io": "github.io",
    "acme.uk.com": "acme.uk.com",
    "acme.ai,": "acme.ai",
}
REFUSED = {
    "": "none",
    " n/a ": "none",
    "TBD": "none",
    "Acme": "no dot",
    "Acme Corporation": "more than one word",
    "acme.com, acme.de": "more than one word",
    "acme dot com": "more than one word",
    "192.168.0.1": "IP address",
    "http://10.0.0.1:8080/x": "IP address",
    "[2001:db8::1]": "IP address",
    "http://[::1]/": "IP address",
    "localhost": "no dot",
    "server.local": "top-level domain",
    "acme.notatld": "top-level domain",
    "co.uk": "suffix",
    "acme..com": "empty",
    "-acme.com": "letters",
    "ac_me.com": "letters",
    "javascript:alert(1)": "no web address",
    "tel:+49.30.1234": "no web address",
    "see website.": "more than one word",
    "a" * 64 + ".com": "letters",
}


@pytest.mark.parametrize(("typed", "domain"), UNDERSTOOD.items())
def test_what_people_type_becomes_one_registrable_domain(typed, domain):
    assert parse_domain(typed) == domain


@pytest.mark.parametrize(("typed", "reason"), REFUSED.items())
def test_what_is_no_domain_is_refused_with_its_reason(typed, reason):
    with pytest.raises(NotADomain) as caught:
        parse_domain(typed)
    assert reason in str(caught.value)
    assert "example.com" in str(caught.value)


@pytest.mark.parametrize("typed", UNDERSTOOD)
def test_reading_a_domain_again_changes_nothing(typed):
    once = parse_domain(typed)
    assert parse_domain(once) == once
