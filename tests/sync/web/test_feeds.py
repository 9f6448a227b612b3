"""Feeds of every make, whole, broken or hostile, and the items in them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from store.records import Feed, Fetched, Kind
from sync.web import cache, feeds
from sync.web.errors import BadAnswer, NotAFeed
from sync.web.feeds import Origin

URL = "https://outlet.example/feed"
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def fetched(body: str | bytes, content_type: str = "application/rss+xml") -> Fetched:
    data = body.encode() if isinstance(body, str) else body
    return replace(cache.blank(URL, NOW), body=data, content_type=content_type)


def rss(*items: str, version: str = "2.0") -> str:
    return f"<rss version='{version}'><channel>{''.join(items)}</channel></rss>"


def item(number: int = 1, title: str = "Acme opens a plant", **fields: str) -> str:
    given = {
        "title": title,
        "link": f"https://outlet.example/{number}",
        "pubDate": "Fri, 20 Nov 2026 10:00:00 +0200",
    } | fields
    return f"<item>{''.join(f'<{k}>{v}</{k}>' for k, v in given.items())}</item>"


def entries(body: str, origin: str = Origin.SHARED, most: int = 200):
    feed = Feed(url=URL, org_id="acme", origin=origin)
    return feeds.entries(feeds.read(fetched(body)), feed, NOW, most)


RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
 <item rdf:about="a"><title>Acme opens a plant</title>
 <link>https://outlet.example/1</link>
 <dc:date>2026-11-20T10:00:00+02:00</dc:date></item></rdf:RDF>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>O</title>
 <entry><id>urn:1</id><title type="html">Acme opens a &lt;b&gt;plant&lt;/b&gt;</title>
 <link href="/1"/><published>2026-11-20T10:00:00+02:00</published></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1",
 "url": "/1", "title": "Acme opens a plant",
 "date_published": "2026-11-20T10:00:00+02:00"}]}"""


@pytest.mark.parametrize(
    "body",
    [*(rss(item(), version=v) for v in ("2.0", "0.91", "0.92")), RDF, ATOM, JSON],
    ids=["rss 2.0", "rss 0.91", "rss 0.92", "rdf", "atom", "json feed"],
)
def test_every_kind_of_feed_gives_the_same_item(body):
    (found,) = feeds.read(fetched(body))
    assert (found.title, found.url) == ("Acme opens a plant", f"{URL[:-4]}1")
    assert found.published is not None
    assert found.published.at == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert found.published.zone == "+02:00"


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("<!DOCTYPE html><html><body>Hello</body></html>", "an HTML page"),
        ("<!-- hi --><HTML lang='en'>", "an HTML page"),
        ("just words", "text/plain"),
        ('{"items": []}', "text/plain"),
        ("", "text/plain"),
    ],
)
def test_what_is_no_feed_says_what_it_is(body, named):
    with pytest.raises(NotAFeed, match=f"feed: is no feed but {named}.*RSS or Atom"):
        feeds.read(fetched(body, "text/plain"))


@pytest.mark.parametrize(
    ("content_type", "declared", "encoding"),
    [
        ("application/rss+xml; charset=iso-8859-1", "utf-8", "utf-8"),
        ("application/rss+xml; charset=utf-8", "iso-8859-1", "iso-8859-1"),
        ("application/rss+xml", "windows-1252", "windows-1252"),
        ("application/rss+xml; charset=nonsense", "utf-8", "utf-16"),
    ],
)
def test_the_text_survives_a_wrong_charset(content_type, declared, encoding):
    text = f"<?xml version='1.0' encoding='{declared}'?>" + rss(
        item(title="Köln – 5 €")
    )
    if encoding == "iso-8859-1":
        text = text.replace(" – 5 €", "")
    (found,) = feeds.read(fetched(text.encode(encoding), content_type))
    assert found.title.startswith("Köln")
    assert "Ã" not in found.title


def test_entity_bombs_and_outside_entities_stay_unopened():
    laughs = "".join(
        f"<!ENTITY l{n} '{f'&l{n - 1};' * 10 if n else 'ha'}'>" for n in range(10)
    )
    outside = "<!ENTITY f SYSTEM 'file:///etc/passwd'>"
    body = f"<!DOCTYPE r [{laughs}{outside}]>" + rss(item(title="A &l9; &f; B"))
    (found,) = feeds.read(fetched(body))
    assert len(found.title) < 100
    assert "root:" not in found.title


def test_a_feed_nested_without_end_is_refused():
    with pytest.raises(BadAnswer, match="nested over 1000 deep"):
        feeds.read(fetched(rss("<a>" * 100_000)))


def test_line_breaks_in_a_description_are_no_nesting():
    text = f"<![CDATA[{'line<br>' * 3000}]]>"
    (found,) = feeds.read(fetched(rss(item(description=text))))
    assert found.summary.startswith("line line")


def test_of_an_endless_feed_the_beginning_is_read():
    body = rss(*(item(n, title=f"News {n}") for n in range(3000)))[:-20]
    assert [i.title for i in feeds.read(fetched(body))][::999] == ["News 0", "News 999"]


def test_only_the_newest_items_are_taken():
    days = [f"{day:02d} Nov 2026 10:00:00 +0000" for day in range(1, 21)]
    body = rss(*(item(n, title=f"N{n}", pubDate=d) for n, d in enumerate(days)))
    assert [e.title for e in entries(body, most=3)] == ["N19", "N18", "N17"]


def test_an_undated_item_is_kept_without_a_date():
    (entry,) = entries(rss(item(pubDate="soon")))
    assert (entry.published_at, entry.published_zone) == (None, "")


@pytest.mark.parametrize("date", ["1 Jan 2031 00:00:00 GMT", "1 Jan 1970 00:00:00 GMT"])
def test_an_impossible_date_is_dropped(date):
    assert entries(rss(item(pubDate=date)))[0].published_at is None


def test_items_without_a_usable_link_or_title_are_left_out():
    body = rss(item(link="javascript:alert(1)"), item(2, title=""), item(3))
    assert [entry.url for entry in entries(body)] == [f"{URL[:-4]}3"]


def test_the_outlet_is_the_items_own_source_and_leaves_the_headline():
    body = rss(item(title="Acme opens a plant - The Post", source="The Post"))
    (entry,) = entries(body)
    assert (entry.title, entry.outlet) == ("Acme opens a plant", "The Post")


def test_markup_in_headlines_and_summaries_becomes_text():
    body = rss(
        item(
            title="Acme &amp;amp; Co",
            description="&lt;p&gt;It &lt;b&gt;grew&lt;/b&gt;&lt;/p&gt;&lt;p&gt;Fast.",
        )
    )
    (entry,) = entries(body)
    assert (entry.title, entry.summary) == ("Acme & Co", "It grew Fast.")


@pytest.mark.parametrize(
    ("origin", "kind"),
    [
        (Origin.SITE, Kind.PRESS),
        (Origin.X, Kind.TWEET),
        (Origin.TEMPLATE, Kind.NEWS),
        ("anything", Kind.NEWS),
    ],
)
def test_the_origin_of_a_feed_says_what_it_brings(origin, kind):
    assert entries(rss(item()), origin)[0].kind == kind


def test_an_item_keeps_its_id_while_its_headline_is_edited():
    before = entries(rss(item(guid="g1", title="Acme opens plant")))
    after = entries(rss(item(guid="g1", title="Acme opens second plant")))
    assert before[0].entry_id == after[0].entry_id


def test_the_same_id_in_two_feeds_is_two_items():
    items = feeds.read(fetched(rss(item(guid="1"))))
    one = feeds.entries(items, Feed(URL, None, "shared"), NOW, 9)
    two = feeds.entries(items, Feed(f"{URL}2", None, "shared"), NOW, 9)
    assert one[0].entry_id != two[0].entry_id


def test_search_feeds_that_change_ids_and_links_bring_an_item_once():
    def fetch(token: str) -> str:
        link = f"https://search.example/go/{token}"
        return rss(item(link=link, guid=token, source="The Post"))

    first = entries(fetch("aaa"), Origin.TEMPLATE)
    second = entries(fetch("bbb"), Origin.TEMPLATE)
    assert first[0].entry_id == second[0].entry_id
    general = entries(fetch("ccc"), Origin.SHARED)
    assert feeds.unseen(general, list(first)) == ()


def test_another_outlets_item_of_the_same_words_is_another_item():
    one = entries(rss(item(1, source="The Post")))
    two = entries(rss(item(2, source="The Times")))
    assert feeds.unseen(two, list(one)) == two


def test_undated_items_of_one_headline_are_told_apart_by_their_summary():
    both = rss(
        item(1, title="Weekly update", pubDate="", description="Parts are back"),
        item(2, title="Weekly update", pubDate="", description="New plant"),
    )
    found = entries(both)
    assert len(found) == 2
    assert feeds.unseen(found[1:], [found[0]]) == found[1:]


def test_redirectors_that_name_their_target_are_unwrapped():
    link = "https://www.google.com/url?rct=j&amp;url=https%3A%2F%2Fpost.example%2Fa"
    (entry,) = entries(rss(item(link=link)))
    assert entry.url == "https://post.example/a"


def test_a_feed_dated_now_on_each_fetch_brings_an_item_once():
    def at(moment: datetime):
        stamp = moment.strftime("%d %b %Y %H:%M:%S GMT")
        return entries(rss(item(guid="g", pubDate=stamp)))

    first, second = at(NOW - timedelta(hours=1)), at(NOW)
    assert feeds.unseen(second, list(first)) == ()
