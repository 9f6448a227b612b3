from urllib.parse import unquote

from intel import links
from tests.support.evidence import news

LONG = (
    "Acme raised $12 million in a Series A round led by Kittiwake Partners on Monday. "
    "A re-opening, of sorts, follows & more."
)


def fragment(piece, words: str) -> str:
    return links.landing(piece, words).partition("#:~:text=")[2]


def test_a_link_lands_on_the_sentence_that_carries_the_claim():
    piece = news(LONG)
    start, _, end = fragment(piece, "Acme raised $12 million").partition(",")
    assert unquote(start) == "Acme raised $12 million in"
    assert unquote(end) == "by Kittiwake Partners on Monday."


def test_marks_of_the_fragment_syntax_are_encoded():
    found = fragment(news(LONG), "A re-opening of sorts")
    assert "-" not in found
    assert "&" not in found
    assert "," not in found
    assert unquote(found) == "A re-opening, of sorts, follows & more."


def test_an_anchor_of_the_address_is_kept():
    piece = news(LONG, url="https://a.example/x#part:~:text=old")
    assert links.landing(piece, "Acme").startswith(
        "https://a.example/x#part:~:text=Acme"
    )


def test_addresses_stay_within_the_limit():
    piece = news(LONG, url="https://a.example/" + "x" * 1970)
    assert links.landing(piece, "Acme") == piece.url


def test_what_is_no_article_is_linked_as_it_is():
    piece = news(LONG, event_id="", url="https://bi.example/acme")
    assert links.landing(piece, "Acme") == "https://bi.example/acme"
    assert links.landing(news(LONG, url=""), "Acme") == ""


def test_the_label_is_source_and_day():
    assert links.label(news(LONG)) == "The Ledger — 2026-11-19"
    assert links.label(news(LONG, dated=None, facts={})) == "The Ledger — undated"
