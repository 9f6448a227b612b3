"""Rich text, marks, links and form values, as pure functions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.sandbox.ui.errors import Unreadable
from sync.sandbox.ui.forms import read_value
from sync.sandbox.ui.links import safe_back, safe_href, safe_image
from sync.sandbox.ui.marks import from_marks, to_marks
from sync.sandbox.ui.richtext import colour_class, html
from sync.sandbox.ui.values import edit_text, show

PAGE = "393abc1eedcd4fcc8fcc000000000001"


def text(words, **more):
    link = more.pop("link", None)
    return {
        "type": "text",
        "text": {"content": words, "link": link and {"url": link}},
        "plain_text": words,
        "href": link,
        **more,
    }


@pytest.mark.parametrize(
    ("item", "shown"),
    [
        (text("<b>&"), "&lt;b&gt;&amp;"),
        (text("a\nb"), "a<br>b"),
        (text("x", annotations={"bold": True, "italic": True}), "<i><b>x</b></i>"),
        (text("x", annotations={"color": "red"}), '<span class="ink-red">x</span>'),
        (text("x", annotations={"color": '"><script>'}), "x"),
        (
            text("x", link="https://a.example/?q=1&r=2"),
            '<a href="https://a.example/?q=1&amp;r=2" rel="noreferrer">x</a>',
        ),
        (text("x", link="javascript:alert(1)"), "x"),
        (
            {
                "type": "mention",
                "mention": {"type": "page", "page": {"id": PAGE}},
                "plain_text": "<Acme>",
            },
            f'<a class="mention" href="/p/{PAGE}">&lt;Acme&gt;</a>',
        ),
        (
            {
                "type": "mention",
                "mention": {"type": "user", "user": {"id": "u"}},
                "plain_text": "@Ada",
            },
            '<span class="mention">@Ada</span>',
        ),
    ],
)
def test_rich_text_is_shown_escaped(item, shown):
    assert html([item]) == shown


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://a.example/x#:~:text=q", "https://a.example/x#:~:text=q"),
        ("mailto:ada@a.example", "mailto:ada@a.example"),
        ("mailto:?subject=Hi&body=Ada", "mailto:?subject=Hi&body=Ada"),
        (f"https://app.notion.com/p/Acme-{PAGE}", f"/p/{PAGE}"),
        (f"https://evil.example/p/{PAGE}", f"https://evil.example/p/{PAGE}"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        (" data:text/html,x", None),
        ("//a.example/x", None),
        ("http://[broken", None),
        ("not a domain", None),
        (None, None),
    ],
)
def test_only_web_and_mail_links_can_be_followed(url, href):
    assert safe_href(url) == href


def test_only_pictures_of_the_workspace_are_loaded():
    stored = "http://127.0.0.1:8787/_sandbox/files/1/a.png?signature=2"
    assert safe_image(stored) == "/_sandbox/files/1/a.png?signature=2"
    assert safe_image("https://evil.example/pixel.png") is None


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "/\\e", ""])
def test_a_form_never_leads_elsewhere(path):
    assert safe_back(path, "/") == "/"


def test_unknown_colours_have_no_class():
    assert colour_class("purple_background") == "ground-purple"
    assert colour_class("x y") == ""


def test_marks_become_rich_text():
    items = from_marks("See **this** [page](https://a.example/) and `x*y` \\*now\\*")
    assert [item["text"]["content"] for item in items] == [
        "See ",
        "this",
        " ",
        "page",
        " and ",
        "x*y",
        " *now*",
    ]
    assert items[1]["annotations"] == {"bold": True}
    assert items[3]["text"]["link"] == {"url": "https://a.example/"}


def answered(items):
    """Turn request items into what the API would answer."""
    return [
        {
            **item,
            "plain_text": item["text"]["content"],
            "href": item["text"].get("link", {}).get("url"),
        }
        for item in items
    ]


@given(st.text(alphabet="ab *`[]()\\\n", max_size=40))
def test_marks_survive_a_round_trip(words):
    once = to_marks(answered(from_marks(words)))
    again = to_marks(answered(from_marks(once)))
    assert again == once


@given(st.text(max_size=60).filter(lambda words: "\r" not in words))
def test_plain_words_are_kept_as_they_are(words):
    marked = to_marks([text(words)])
    assert "".join(item["text"]["content"] for item in from_marks(marked)) == words


def test_long_words_are_cut_into_pieces_notion_takes():
    pieces = from_marks("𝄞" * 2500)
    sizes = [len(one["text"]["content"].encode("utf-16-le")) // 2 for one in pieces]
    assert max(sizes) <= 2000
    assert sum(sizes) == 5000


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("url", ["  "], None),
        ("url", ["https://a.example"], "https://a.example"),
        ("number", ["$12,500,000"], 12500000),
        ("number", ["1.5"], 1.5),
        ("number", [""], None),
        ("date", ["2026-11-30"], {"start": "2026-11-30", "end": None}),
        (
            "date",
            ["2026-11-30 → 2026-12-04"],
            {"start": "2026-11-30", "end": "2026-12-04"},
        ),
        ("date", [""], None),
        ("select", ["Approved"], {"name": "Approved"}),
        ("select", [""], None),
        ("multi_select", ["a", "b"], [{"name": "a"}, {"name": "b"}]),
        ("checkbox", [], False),
        ("checkbox", ["yes"], True),
        ("people", ["u1"], [{"object": "user", "id": "u1"}]),
        ("rich_text", [""], []),
    ],
)
def test_typed_words_become_property_values(kind, typed, value):
    assert read_value(kind, typed) == {kind: value}


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        ("number", "a dozen", "“a dozen” is not a number"),
        ("number", "nan", "is not a number"),
        ("date", "next week", "is not a date like 2026-11-30"),
        ("formula", "1", "as formula"),
    ],
)
def test_unreadable_words_are_refused_in_words(kind, typed, words):
    with pytest.raises(Unreadable, match=words):
        read_value(kind, [typed])


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"type": "number", "number": 12500000}, "$12,500,000"),
        ({"type": "url", "url": "not a domain"}, "not a domain"),
        (
            {"type": "url", "url": "https://a.example/"},
            '<a href="https://a.example/" rel="noreferrer">a.example</a>',
        ),
        ({"type": "date", "date": {"start": "2026-11-02"}}, "2 Nov 2026"),
        ({"type": "date", "date": None}, ""),
        (
            {"type": "select", "select": {"name": "<x>", "color": "green"}},
            '<span class="chip ground-green">&lt;x&gt;</span>',
        ),
        ({"type": "relation", "relation": [{"id": PAGE}]}, "Acme"),
        ({"type": "formula", "formula": {"type": "number", "number": 3}}, "3"),
        ({"type": "invented", "invented": {"a": 1}}, "{&#39;a&#39;: 1}"),
    ],
)
def test_values_are_shown(value, shown):
    assert shown in str(show(value, lambda _: "Acme", "dollar"))


def test_a_date_with_an_end_can_be_edited():
    value = {"type": "date", "date": {"start": "2026-11-02", "end": "2026-11-04"}}
    typed = edit_text(value)
    assert read_value("date", [typed])["date"]["end"] == "2026-11-04"
