"""Which URLs and IPs may be asked, however they are spelled."""

import pytest

from sync.web.addresses import Rules, why_private
from sync.web.errors import BadAddress, NotAllowed, PrivateAddress
from sync.web.settings import WebSettings

RULES = Rules(WebSettings())


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("127.0.0.1", "loopback"),
        ("127.8.9.1", "loopback"),
        ("0.0.0.0", "unspecified"),
        ("10.1.2.3", "private"),
        ("172.16.0.1", "private"),
        ("192.168.1.1", "private"),
        ("100.64.0.7", "not public"),
        ("100.100.100.200", "link-local or a metadata service"),
        ("169.254.169.254", "link-local or a metadata service"),
        ("168.63.129.16", "link-local or a metadata service"),
        ("192.0.0.192", "link-local or a metadata service"),
        ("192.0.0.8", "for protocols"),
        ("198.18.0.1", "private"),
        ("224.0.0.251", "multicast"),
        ("239.1.1.1", "multicast"),
        ("240.0.0.1", "private"),
        ("255.255.255.255", "private"),
        ("192.88.99.1", "a relay to other networks"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("fe80::1", "link-local or a metadata service"),
        ("fe80::1%eth0", "link-local or a metadata service"),
        ("fd00:ec2::254", "private"),
        ("fec0::1", "private"),
        ("ff02::1", "multicast"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::ffff:a9fe:a9fe", "link-local or a metadata service"),
        ("::127.0.0.1", "loopback"),
        ("64:ff9b::10.0.0.1", "private"),
        ("64:ff9b:1::1", "a relay to other networks"),
        ("2002:7f00:1::", "a relay to other networks"),
        ("2002:808:808::", "a relay to other networks"),
        ("2001::1", "a relay to other networks"),
        ("2001:db8::1", "private"),
        ("3fff::1", "for protocols"),
        ("5f00::1", "reserved"),
        ("not-an-ip", "no IP address"),
    ],
)
def test_addresses_that_are_not_public_are_named(address, why):
    assert why_private(address) == why


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]
)
def test_public_addresses_pass(address):
    assert why_private(address) == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.0.1./x",
        "http://010.0.0.1/",
        "ftp://example.com/feed",
        "file:///etc/passwd",
        "gopher://example.com/",
        "javascript:alert(1)",
        "//example.com/feed",
        "example.com/feed",
        "",
        "http://",
        "http://user:secret@example.com/",
        "http://example.com:22/",
        "http://exa mple.com/",
        "http://[::1",
        "http://example.com:port/",
    ],
)
def test_urls_that_mislead_are_refused(url):
    with pytest.raises(BadAddress, match="Only plain http and https"):
        RULES.check_url(url)


def test_one_private_address_among_public_ones_is_enough_to_refuse():
    url = RULES.check_url("http://news.example/")
    with pytest.raises(PrivateAddress, match=r"leads to 10\.0\.0\.8.*allow_private"):
        RULES.check_addresses(url, ["93.184.216.34", "10.0.0.8"])


@pytest.mark.parametrize(
    ("entry", "url", "address"),
    [
        ("127.0.0.1:8931", "http://127.0.0.1:8931/feed", "127.0.0.1"),
        ("wiki.corp:9000", "http://wiki.corp:9000/", "10.4.4.4"),
        ("[::1]:8931", "http://[::1]:8931/", "::1"),
        ("10.0.0.0/8", "http://wiki.corp/", "10.4.4.4"),
        ("127.0.0.0/8", "http://127.0.0.1:5555/", "127.0.0.1"),
    ],
)
def test_listed_private_servers_may_be_asked(entry, url, address):
    rules = Rules(WebSettings(allow_private=(entry,)))
    rules.check_addresses(rules.check_url(url), [address])


def test_listing_one_port_opens_no_other():
    rules = Rules(WebSettings(allow_private=("127.0.0.1:8931",)))
    with pytest.raises(BadAddress, match="port 8932"):
        rules.check_url("http://127.0.0.1:8932/")
    with pytest.raises(PrivateAddress):
        rules.check_addresses(rules.check_url("http://127.0.0.1/"), ["127.0.0.1"])


def test_a_wrong_entry_is_named():
    with pytest.raises(ValueError, match=r"sync\.web\.allow_private: 'localhost'"):
        WebSettings(allow_private=("localhost",))


def test_only_listed_domains_and_their_subdomains_are_asked():
    rules = Rules(WebSettings(allow_domains=("Example.com",)))
    rules.check_url("https://example.com/a")
    rules.check_url("https://news.example.com/a")
    for url in ("https://notexample.com/", "https://example.com.evil.net/"):
        with pytest.raises(NotAllowed, match=r"sync\.web\.allow_domains"):
            rules.check_url(url)


def test_the_part_that_is_never_sent_is_dropped():
    assert str(RULES.check_url(" https://example.com/a?b=1#c ")) == (
        "https://example.com/a?b=1"
    )
