"""The small pure pieces: links, moments, rhythm, charset, lines of a page."""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest

from sync.web import charset, html, links, moments, rhythm
from sync.web.moments import Moment
from sync.web.settings import WebSettings

FRENCH = (
    "La société a levé dix millions d’euros auprès de fonds européens, a-t-elle "
    "annoncé mercredi. Créée à Orléans, elle prévoit d’embaucher trente ingénieurs."
)
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SETTINGS = WebSettings()


@pytest.mark.parametrize(
    ("url", "cleaned"),
    [
        ("https://A.example/x?utm_source=rss&id=7#top", "https://a.example/x?id=7"),
        ("https://a.example:443/x", "https://a.example/x"),
        ("http://a.example:8080/x", "http://a.example:8080/x"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example/x?fbclid=1&gclid=2", "https://a.example/x"),
        ("https://a.example/x?q=a%20b&page=2", "https://a.example/x?q=a%20b&page=2"),
        ("mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_tracking_leaves_an_address(url, cleaned):
    assert links.clean(url) == cleaned


ENCODED = urlsafe_b64encode(b"\x08\x13\x22\x1ehttps://post.example/news/a\xd2\x01\x00")


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://www.google.com/url?q=https://p.example/a", "https://p.example/a"),
        (
            "http://www.bing.com/news/apiclick.aspx?ref=x&url=https%3a%2f%2fp.example%2fa",
            "https://p.example/a",
        ),
        ("https://l.facebook.com/l.php?u=https://p.example/a", "https://p.example/a"),
        (
            f"https://news.google.com/rss/articles/{ENCODED.decode().rstrip('=')}?oc=5",
            "https://post.example/news/a",
        ),
        ("https://p.example/login?url=https://q.example/", None),
        ("https://www.google.com/url?q=javascript:alert(1)", None),
        ("https://news.google.com/rss/articles/!!!", None),
    ],
)
def test_redirectors_are_unwrapped_and_other_links_left_alone(url, target):
    assert links.unwrap(url) == (target or url)


@pytest.mark.parametrize(
    ("text", "at", "zone", "exact"),
    [
        ("2026-11-20T10:00:00+02:00", "2026-11-20 08:00", "+02:00", True),
        ("2026-11-20T10:00:00+0200", "2026-11-20 08:00", "+02:00", True),
        ("2026-11-20T10:00:00.123456789Z", "2026-11-20 10:00", "+00:00", True),
        ("2026-11-20 10:00:00 UTC", "2026-11-20 10:00", "+00:00", True),
        ("2026-11-20T10:00:00", "2026-11-20 10:00", "", True),
        ("2026-11-20", "2026-11-20 00:00", "", False),
        ("Fri, 20 Nov 2026 10:00:00 -0330", "2026-11-20 13:30", "-03:30", True),
    ],
)
def test_dates_are_read_with_their_zone(text, at, zone, exact):
    moment = moments.read(text)
    assert moment is not None
    assert f"{moment.at:%Y-%m-%d %H:%M}" == at
    assert (moment.zone, moment.exact) == (zone, exact)


@pytest.mark.parametrize("text", ["", "yesterday", "0001-01-01T00:00:00+14:00", "5"])
def test_what_is_no_date_is_none(text):
    moment = moments.read(text)
    assert moments.believable(moment, NOW) is None


def day(number: int, hour: int = 12, *, exact: bool = True) -> Moment:
    return Moment(datetime(2026, 11, number, hour, tzinfo=UTC), "", exact)


@pytest.mark.parametrize(
    ("feed", "page", "chosen"),
    [
        (day(20), None, "feed"),
        (None, day(20), "page"),
        (None, None, None),
        (day(20, 9), day(20, 8), "feed"),
        (day(20, 0, exact=False), day(20, 8), "page"),
        (day(20), day(3), "page"),
        (day(3), day(20), "feed"),
    ],
)
def test_the_publication_date_is_the_feeds_or_the_earlier(feed, page, chosen):
    wanted = {"feed": feed, "page": page, None: None}[chosen]
    assert moments.choose(feed, page) is wanted


def every(step: timedelta, count: int = 30) -> list[datetime]:
    return [NOW - step * n for n in range(count)]


@pytest.mark.parametrize(
    ("published", "minutes"),
    [
        (every(timedelta(minutes=1)), 5),
        (every(timedelta(hours=2)), 60),
        (every(timedelta(days=7)), 24 * 60),
        (
            [
                NOW - timedelta(days=5) - at
                for at in [timedelta(minutes=n) for n in (1, 2)]
            ],
            12 * 60,
        ),
        ([], 60),
        ([NOW + timedelta(days=1)], 60),
    ],
    ids=["busy", "steady", "weekly", "fell silent", "undated", "future"],
)
def test_a_feed_is_read_at_its_own_pace(published, minutes):
    pause = rhythm.interval(published, NOW, SETTINGS)
    assert round(pause / timedelta(minutes=1)) == minutes


def test_a_failing_feed_is_tried_ever_more_seldom_but_daily():
    pauses = [rhythm.after_failure(n, SETTINGS) for n in (1, 2, 3, 50)]
    assert [p / timedelta(minutes=5) for p in pauses] == [1, 2, 4, 288]


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("Köln".encode(), "text/html; charset=latin-1", "Köln"),
        ("5 €".encode("cp1252"), "text/html; charset=iso-8859-1", "5 €"),
        ("Köln".encode("utf-16"), "", "Köln"),
        ("日本".encode("iso-2022-jp"), "text/html; charset=iso-2022-jp", "日本"),
        ("日本語の文章".encode("euc-jp"), "text/html; charset=euc-jp", "日本語の文章"),
        (b"a\x00b\x0bc", "", "abc"),
        (
            b'<meta charset="koi8-r">' + "мир".encode("koi8-r"),
            "",
            '<meta charset="koi8-r">мир',
        ),
        (b"caf\xe9", "text/html; charset=bogus-8", "café"),
        (FRENCH.encode("cp1252"), "text/html", FRENCH),
    ],
)
def test_bytes_become_the_text_that_was_meant(body, content_type, text):
    assert charset.decode(body, content_type) == text


def test_the_lines_of_a_page_leave_out_what_stands_around_them():
    page = """<nav><ul><li>Home</li></ul></nav><header><h1>Site</h1></header>
    <h1>Changelog</h1><ul><li><p>Faster <b>search</b></p></li><li>Fewer bugs</li></ul>
    <script>var x</script><footer><p>2026</p></footer>"""
    assert html.read_lines(page) == ("Changelog", "Faster search", "Fewer bugs")
