"""Fetching: sparing, safe, and never without a trace."""

import gzip
import zlib
from datetime import timedelta
from email.utils import format_datetime

import pytest

from sync.web.errors import (
    BadAnswer,
    HttpStatus,
    NotAllowed,
    NotNow,
    PrivateAddress,
    RobotsForbid,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    Unreachable,
)
from tests.support.web import Reply

MINUTE = timedelta(minutes=1)


def gzipped(text: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return packer.compress(text) + packer.flush()


def paths(site) -> list[str]:
    return [r.path for r in site.requests if r.path != "/robots.txt"]


# Sparing


def test_an_answer_with_an_etag_is_confirmed_not_downloaded(site, fetcher, store, now):
    unchanged = Reply(status=304, headers={"ETag": '"1"'})
    site.script("/a", Reply(b"hello", headers={"ETag": '"1"'}), unchanged)
    first = fetcher.get(site.url("/a"), now)
    again = fetcher.get(site.url("/a"), now + MINUTE)
    assert site.asked("/a")[1].headers["if-none-match"] == '"1"'
    assert (again.body, again.status, again.body_hash) == (
        b"hello",
        200,
        first.body_hash,
    )
    assert again.fetched_at == now + MINUTE
    assert store.http_cache.get(site.url("/a")) == again


def test_last_modified_is_sent_back(site, fetcher, now):
    stamp = "Sat, 21 Nov 2026 10:00:00 GMT"
    site.script("/a", Reply(b"x", headers={"Last-Modified": stamp}), Reply(status=304))
    fetcher.get(site.url("/a"), now)
    assert fetcher.get(site.url("/a"), now + MINUTE).body == b"x"
    assert site.asked("/a")[1].headers["if-modified-since"] == stamp


def test_content_that_changed_is_downloaded(site, fetcher, now):
    site.script("/a", Reply(b"old", headers={"ETag": '"1"'}), Reply(b"new"))
    fetcher.get(site.url("/a"), now)
    assert fetcher.get(site.url("/a"), now + MINUTE).body == b"new"


def test_unchanged_content_without_validators_is_known_by_its_hash(site, fetcher, now):
    site.serve("/a", "same")
    first = fetcher.get(site.url("/a"), now)
    second = fetcher.get(site.url("/a"), now + MINUTE)
    assert (len(site.asked("/a")), first.body_hash) == (2, second.body_hash)


def test_nothing_is_asked_while_the_answer_is_fresh(site, fetcher, now):
    site.serve("/a", "x", cache_control="max-age=600", age="60")
    for minutes in (0, 5, 8):
        fetcher.get(site.url("/a"), now + minutes * MINUTE)
    assert len(site.asked("/a")) == 1
    fetcher.get(site.url("/a"), now + 10 * MINUTE)
    assert len(site.asked("/a")) == 2


def test_expires_counts_where_cache_control_is_silent(site, fetcher, now):
    until = format_datetime(now + 30 * MINUTE, usegmt=True)
    site.serve("/a", "x", expires=until, date=format_datetime(now, usegmt=True))
    fetcher.get(site.url("/a"), now)
    fetcher.get(site.url("/a"), now + 29 * MINUTE)
    assert len(site.asked("/a")) == 1


def test_no_server_can_stop_us_from_asking_for_ever(site, make_fetcher, now):
    fetcher = make_fetcher(max_fresh_s=3600)
    site.serve("/a", "x", cache_control="max-age=31536000")
    fetcher.get(site.url("/a"), now)
    fetcher.get(site.url("/a"), now + timedelta(hours=2))
    assert len(site.asked("/a")) == 2


def test_the_caller_may_keep_an_answer_longer_than_the_server_says(site, fetcher, now):
    site.serve("/a", "x")
    fetcher.get(site.url("/a"), now)
    fetcher.get(site.url("/a"), now + timedelta(days=2), keep=timedelta(days=30))
    assert len(site.asked("/a")) == 1


def test_retry_after_is_kept_and_not_slept(site, fetcher, store, slept, now):
    site.answer("/a", 429, retry_after="120")
    with pytest.raises(HttpStatus, match="429"):
        fetcher.get(site.url("/a"), now)
    assert slept == []
    kept = store.http_cache.get(site.url("/a"))
    assert kept.not_before == now + 2 * MINUTE
    with pytest.raises(NotNow, match="not before 2026-11-22 09:32 UTC"):
        fetcher.get(site.url("/a"), now + MINUTE)
    assert len(site.asked("/a")) == 1


def test_retry_after_as_a_date_is_understood(site, fetcher, store, now):
    when = format_datetime(now + 7 * MINUTE, usegmt=True)
    site.answer("/a", 503, retry_after=when)
    with pytest.raises(HttpStatus):
        fetcher.get(site.url("/a"), now)
    assert store.http_cache.get(site.url("/a")).not_before == now + 7 * MINUTE
    assert len(site.asked("/a")) == 1


def test_a_host_that_asks_for_rest_gets_it_for_all_its_pages(site, fetcher, now):
    site.answer("/a", 429, retry_after="120")
    site.serve("/b", "x")
    with pytest.raises(HttpStatus):
        fetcher.get(site.url("/a"), now)
    with pytest.raises(NotNow):
        fetcher.get(site.url("/b"), now)
    assert fetcher.get(site.url("/b"), now + 3 * MINUTE).body == b"x"


def test_failures_in_a_row_are_asked_ever_more_seldom(site, make_fetcher, store, now):
    site.answer("/a", 500)
    waits, at = [], now
    for _ in range(4):
        with pytest.raises(HttpStatus, match="tried again later"):
            make_fetcher(failed_max_wait_s=1800).get(site.url("/a"), at)
        until = store.http_cache.get(site.url("/a")).not_before
        waits.append((until - at) // MINUTE)
        at = until
    assert waits == [5, 10, 20, 30]


def test_a_passing_failure_is_tried_again_once_with_a_pause(site, fetcher, slept, now):
    site.script("/a", Reply(status=502), Reply(b"here"))
    assert fetcher.get(site.url("/a"), now).body == b"here"
    assert slept == [0.5]


def test_what_was_good_before_a_failure_stays(site, fetcher, store, now):
    site.script("/a", Reply(b"good", headers={"ETag": '"1"'}), Reply(status=404))
    fetcher.get(site.url("/a"), now)
    with pytest.raises(HttpStatus, match="Nothing is there"):
        fetcher.get(site.url("/a"), now + MINUTE)
    kept = store.http_cache.get(site.url("/a"))
    assert (kept.body, kept.etag, kept.status) == (b"good", '"1"', 404)
    assert "answers 404" in kept.error


def test_requests_to_one_host_are_spread_out(site, make_fetcher, slept, now):
    fetcher = make_fetcher(host_gap_s=30.0, obey_robots=False)
    for path in ("/a", "/b", "/c"):
        site.serve(path, "x")
        fetcher.get(site.url(path), now)
    # The pauses add up because this sleep takes no time.
    assert [round(pause / 30) for pause in slept] == [1, 2]


# Redirects


def test_redirects_are_followed_to_the_end(site, fetcher, now):
    site.answer("/a", 301, location="/b")
    site.answer("/b", 302, location=site.url("/c#part"))
    site.script("/c", Reply(b"end", headers={"ETag": '"c"'}), Reply(status=304))
    fetched = fetcher.get(site.url("/a"), now)
    assert (fetched.body, fetched.final_url) == (b"end", site.url("/c"))
    assert fetcher.get(site.url("/a"), now + MINUTE).body == b"end"
    assert [r.headers.get("if-none-match") for r in site.asked("/c")] == [None, '"c"']
    assert "if-none-match" not in site.asked("/a")[1].headers


def test_a_cookie_set_on_the_way_is_carried_along(site, fetcher, now):
    headers = {"Location": "/b", "Set-Cookie": "seen=1"}
    site.script("/a", Reply(status=302, headers=headers))
    site.serve("/b", "x")
    fetcher.get(site.url("/a"), now)
    assert site.asked("/b")[0].headers["cookie"] == "seen=1"


def test_an_endless_redirect_ends(site, make_fetcher, store, now):
    fetcher = make_fetcher(max_redirects=4)
    site.answer("/a", 302, location="/a")
    with pytest.raises(TooManyRedirects, match="redirects more than 4 times"):
        fetcher.get(site.url("/a"), now)
    assert len(site.asked("/a")) == 5
    assert "redirects" in store.http_cache.get(site.url("/a")).error


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/admin",
        "http://[::1]/",
        "http://[::ffff:169.254.169.254]/",
    ],
)
def test_a_redirect_to_a_private_address_is_refused(site, fetcher, store, now, target):
    site.answer("/a", 302, location=target)
    with pytest.raises(PrivateAddress, match="allow_private"):
        fetcher.get(site.url("/a"), now)
    assert "leads to" in store.http_cache.get(site.url("/a")).error


def test_a_redirect_to_a_domain_off_the_list_is_refused(site, make_fetcher, now):
    fetcher = make_fetcher(allow_domains=("127.0.0.1",))
    site.answer("/a", 302, location="https://elsewhere.example/")
    with pytest.raises(NotAllowed, match=r"elsewhere\.example"):
        fetcher.get(site.url("/a"), now)


# The guard at connect time


def test_a_public_name_with_a_private_address_is_refused(site, make_fetcher, now):
    port = site.netloc.rpartition(":")[2]
    fetcher = make_fetcher(
        lambda host, port: ["127.0.0.1"], allow_private=(), ports=(int(port),)
    )
    with pytest.raises(PrivateAddress, match=r"http://news\.example.*loopback"):
        fetcher.get(f"http://news.example:{port}/", now)
    assert site.requests == []


def test_a_name_that_changes_its_address_cannot_get_past_the_check(
    site, make_fetcher, now
):
    """The second answer of the name server, the private one, is never acted upon."""
    port = site.netloc.rpartition(":")[2]
    answers = iter([["127.0.0.2"], ["127.0.0.1"], ["127.0.0.1"]])
    asked = []

    def rebinding(host, port):
        asked.append(host)
        return next(answers)

    fetcher = make_fetcher(
        rebinding,
        allow_private=("127.0.0.2/32",),
        ports=(int(port),),
        obey_robots=False,
        tries=1,
    )
    with pytest.raises(Unreachable):  # nobody listens at 127.0.0.2
        fetcher.get(f"http://news.example:{port}/", now)
    assert (asked, site.requests) == (["news.example"], [])


def test_the_connection_goes_to_the_address_that_was_checked(site, make_fetcher, now):
    port = site.netloc.rpartition(":")[2]
    asked = []

    def resolver(host, port):
        asked.append(host)
        return ["127.0.0.1"]

    site.serve("/a", "x")
    fetcher = make_fetcher(resolver, ports=(int(port),), obey_robots=False)
    fetcher.get(f"http://news.example:{port}/a", now)
    assert asked == ["news.example"]
    assert site.asked("/a")[0].headers["host"] == f"news.example:{port}"


def test_the_next_address_is_tried_when_one_does_not_answer(site, make_fetcher, now):
    port = site.netloc.rpartition(":")[2]
    addresses = ["127.0.0.2", "127.0.0.1"]
    site.serve("/a", "x")
    fetcher = make_fetcher(lambda host, port: addresses, ports=(int(port),))
    assert fetcher.get(f"http://news.example:{port}/a", now).body == b"x"


def test_a_name_without_an_address_is_unreachable(make_fetcher, slept, now):
    def nowhere(host, port):
        raise OSError("no such name")

    with pytest.raises(Unreachable, match="no address for news"):
        make_fetcher(nowhere).get("http://news.example/", now)


# Limits


def test_a_large_article_is_refused_by_its_announcement(site, fetcher, store, now):
    fifty = {"Content-Length": str(50_000_000)}
    site.routes["/a"] = lambda r: Reply(headers=fifty, stream=site.silence())
    with pytest.raises(TooLarge, match=r"over 8000000 bytes \(sync.web.max_body_bytes"):
        fetcher.get(site.url("/a"), now)
    assert store.http_cache.get(site.url("/a")).body == b""


def test_a_body_that_never_ends_is_cut_off_at_the_limit(site, make_fetcher, now):
    sent = []

    def endless():
        while True:
            sent.append(1)
            yield b"<item/>" * 10_000

    site.routes["/a"] = lambda r: Reply(stream=endless())
    with pytest.raises(TooLarge):
        make_fetcher(max_body_bytes=1_000_000).get(site.url("/a"), now)
    assert len(sent) < 1000


def test_a_decompression_bomb_stops_at_the_limit(site, make_fetcher, now):
    bomb = gzip.compress(b"\0" * 50_000_000)
    site.serve("/a", bomb, content_encoding="gzip")
    with pytest.raises(TooLarge):
        make_fetcher(max_body_bytes=1_000_000).get(site.url("/a"), now)


def test_bombs_within_bombs_are_not_opened(site, fetcher, now):
    bomb = gzip.compress(gzip.compress(b"\0" * 10_000_000))
    site.serve("/a", bomb, content_encoding="gzip, gzip")
    with pytest.raises(BadAnswer, match="gzip, gzip"):
        fetcher.get(site.url("/a"), now)


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzipped),
        ("deflate", zlib.compress),
        ("deflate", lambda text: zlib.compress(text)[2:-4]),
        ("identity", bytes),
    ],
)
def test_compressed_answers_are_unpacked(site, fetcher, now, encoding, pack):
    site.serve("/a", pack(b"hello " * 50_000), content_encoding=encoding)
    assert fetcher.get(site.url("/a"), now).body == b"hello " * 50_000


def test_damaged_compression_is_a_bad_answer(site, fetcher, now):
    site.serve("/a", b"this is not gzip", content_encoding="gzip")
    with pytest.raises(BadAnswer, match="cannot be read"):
        fetcher.get(site.url("/a"), now)


@pytest.mark.parametrize("size", [70_000, 300_000])
def test_huge_headers_are_refused(site, fetcher, now, size):
    lines = b"".join(b"X-%d: %s\r\n" % (n, b"y" * 1000) for n in range(size // 1000))
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + lines + b"\r\n"
    site.routes["/a"] = lambda r: Reply(head, raw=True)
    with pytest.raises(TooLarge, match="header"):
        fetcher.get(site.url("/a"), now)


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nContent-Le"])
def test_a_silent_server_is_given_up(site, make_fetcher, now, start):
    def slowly():
        yield start
        yield from site.silence()

    site.routes["/a"] = lambda r: Reply(stream=slowly(), raw=True)
    fetcher = make_fetcher(timeout_s=0.1, obey_robots=False)
    with pytest.raises(TooSlow, match=r"within 0\.1 s"):
        fetcher.get(site.url("/a"), now)
    assert len(site.asked("/a")) == 1


def test_a_server_that_drips_is_given_up_when_its_time_is_over(site, make_fetcher, now):
    def drip():
        while not site.closing.wait(0.02):
            yield b"."

    site.routes["/a"] = lambda r: Reply(stream=drip())
    fetcher = make_fetcher(total_timeout_s=0.3, obey_robots=False)
    with pytest.raises(TooSlow, match=r"within 0\.3 s.*total_timeout_s"):
        fetcher.get(site.url("/a"), now)


@pytest.mark.parametrize("raw", [b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/9.9 x\r\n\r\n"])
def test_what_is_not_http_is_a_bad_answer(site, fetcher, now, raw):
    site.routes["/a"] = lambda r: Reply(raw, raw=True)
    with pytest.raises((BadAnswer, Unreachable), match="/a: "):
        fetcher.get(site.url("/a"), now)


def test_a_connection_that_breaks_off_is_tried_again(site, fetcher, now):
    cut = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"
    site.script("/a", Reply(cut, raw=True), Reply(b"whole"))
    assert fetcher.get(site.url("/a"), now).body == b"whole"


def test_an_unreachable_host_is_left_alone_for_a_while(make_fetcher, store, slept, now):
    fetcher = make_fetcher(obey_robots=False, tries=3)
    dead = "http://127.0.0.1:9/a"
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1:9/a: cannot be reached"):
        fetcher.get(dead, now)
    assert slept == [0.5, 1.0]
    with pytest.raises(NotNow, match="cannot be reached"):
        fetcher.get("http://127.0.0.1:9/b", now)


# robots.txt


def test_robots_txt_is_obeyed_and_read_once_a_day(site, fetcher, now):
    site.serve("/robots.txt", "User-agent: *\nDisallow: /private")
    site.serve("/private/a", "x")
    site.serve("/b", "x")
    with pytest.raises(RobotsForbid, match=r"robots\.txt does not let us"):
        fetcher.get(site.url("/private/a"), now)
    fetcher.get(site.url("/b"), now + timedelta(hours=23))
    assert (len(site.asked("/robots.txt")), paths(site)) == (1, ["/b"])
    fetcher.get(site.url("/b"), now + timedelta(hours=25))
    assert len(site.asked("/robots.txt")) == 2


def test_robots_txt_may_name_us(site, make_fetcher, now):
    fetcher = make_fetcher(user_agent="acme-bot/2.0")
    site.serve("/robots.txt", "User-agent: acme-bot\nDisallow: /\n\nUser-agent: *\n")
    with pytest.raises(RobotsForbid):
        fetcher.get(site.url("/a"), now)
    assert site.requests[0].headers["user-agent"] == "acme-bot/2.0"


def test_no_robots_txt_allows_everything(site, fetcher, now):
    site.serve("/a", "x")
    assert fetcher.get(site.url("/a"), now).body == b"x"
    fetcher.get(site.url("/a"), now + MINUTE)
    assert len(site.asked("/robots.txt")) == 1


def test_robots_txt_in_trouble_forbids_for_now(site, make_fetcher, now):
    site.answer("/robots.txt", 503)
    site.serve("/a", "x")
    with pytest.raises(NotNow, match=r"its robots\.txt"):
        make_fetcher().get(site.url("/a"), now)
    assert paths(site) == []
    site.serve("/robots.txt", "")
    assert make_fetcher().get(site.url("/a"), now + 10 * MINUTE).body == b"x"


def test_rules_read_before_the_trouble_stand_in(site, make_fetcher, now):
    site.serve("/robots.txt", "User-agent: *\nDisallow: /private")
    site.serve("/a", "x")
    make_fetcher().get(site.url("/a"), now)
    site.answer("/robots.txt", 500)
    later = now + timedelta(days=2)
    assert make_fetcher().get(site.url("/a"), later).body == b"x"
    with pytest.raises(RobotsForbid):
        make_fetcher().get(site.url("/private"), later)


def test_the_delay_that_robots_txt_asks_for_is_kept(site, fetcher, slept, now):
    site.serve("/robots.txt", "User-agent: *\nCrawl-delay: 7")
    for path in ("/a", "/b"):
        site.serve(path, "x")
        fetcher.get(site.url(path), now)
    assert [round(pause) for pause in slept] == [7]


def test_robots_txt_counts_where_a_redirect_leads(site, fetcher, now):
    site.serve("/robots.txt", "User-agent: *\nDisallow: /secret")
    site.answer("/a", 302, location="/secret")
    with pytest.raises(RobotsForbid, match="/secret"):
        fetcher.get(site.url("/a"), now)
    assert paths(site) == ["/a"]


def test_a_person_may_read_a_feed_that_robots_txt_forbids(site, fetcher, now):
    site.serve("/robots.txt", "User-agent: *\nDisallow: /")
    site.serve("/feed", "x")
    assert fetcher.get(site.url("/feed"), now, obey=False).body == b"x"
