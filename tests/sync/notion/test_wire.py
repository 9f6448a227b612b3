"""Values and texts between Notion's JSON and plain Python."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.pages import Block, Span, text
from sync.notion import blocks, portions, richtext, schema, wire

READ = [
    ({"type": "title", "title": [{"plain_text": "A"}, {"plain_text": "B"}]}, "AB"),
    ({"type": "rich_text", "rich_text": []}, None),
    ({"type": "url", "url": ""}, None),
    ({"type": "checkbox", "checkbox": True}, True),
    ({"type": "number", "number": 0}, 0),
    ({"type": "select", "select": {"name": "Seed"}}, "Seed"),
    ({"type": "status", "status": None}, None),
    ({"type": "multi_select", "multi_select": [{"name": "a"}]}, ["a"]),
    ({"type": "date", "date": {"start": "2026-05-01", "end": None}}, "2026-05-01"),
    (
        {"type": "date", "date": {"start": "2026-05-01", "end": "2026-05-03"}},
        "2026-05-01/2026-05-03",
    ),
    ({"type": "people", "people": [{"id": "u"}]}, [{"id": "u", "name": ""}]),
    ({"type": "relation", "relation": [{"id": "p"}], "has_more": False}, ["p"]),
    (
        {"type": "files", "files": [{"name": "f", "file": {"url": "signed"}}]},
        [{"name": "f", "url": ""}],
    ),
    ({"type": "formula", "formula": {"type": "number", "number": 3}}, 3),
    ({"type": "hologram", "hologram": {"x": 1}}, None),
    ({}, None),
]

WRITTEN = [
    ("url", "javascript:alert(1)", {"url": None}),
    ("url", "", {"url": None}),
    ("url", "https://a.b", {"url": "https://a.b"}),
    ("select", "a,b", {"select": {"name": "a b"}}),
    ("select", None, {"select": None}),
    ("date", date(2026, 5, 1), {"date": {"start": "2026-05-01"}}),
    (
        "date",
        "2026-05-01/2026-05-03",
        {"date": {"start": "2026-05-01", "end": "2026-05-03"}},
    ),
    ("number", None, {"number": None}),
    ("people", ["u"], {"people": [{"object": "user", "id": "u"}]}),
    ("relation", ["p"], {"relation": [{"id": "p"}]}),
    ("rich_text", None, {"rich_text": []}),
    ("checkbox", 0, {"checkbox": False}),
]


@pytest.mark.parametrize(("value", "plain"), READ)
def test_a_value_is_read(value: dict, plain: object):
    assert wire.read(value) == plain


@pytest.mark.parametrize(("kind", "value", "form"), WRITTEN)
def test_a_value_is_written(kind: str, value: object, form: dict):
    assert wire.write(kind, value) == form


def test_an_option_name_is_cut_to_what_notion_takes():
    assert len(wire.write("select", "x" * 300)["select"]["name"]) == 100


@pytest.mark.parametrize(
    ("value", "cut"),
    [
        ({"type": "relation", "relation": [], "has_more": True}, True),
        ({"type": "people", "people": [{"id": "u"}] * 25}, True),
        ({"type": "people", "people": [{"id": "u"}] * 24}, False),
        ({"type": "rich_text", "rich_text": [{"type": "mention"}] * 26}, True),
        ({"type": "rich_text", "rich_text": [{"type": "text"}] * 99}, False),
        ({"type": "number", "number": 5}, False),
    ],
)
def test_values_shown_in_part_are_noticed(value: dict, cut: bool):
    assert wire.is_cut(value) is cut


@pytest.mark.parametrize("raw", ["v_]<", "title", "a b%", "~é"])
def test_property_ids_survive_their_encoding(raw: str):
    assert wire.property_id(wire.encoded(raw)) == raw


@given(st.text())
def test_texts_split_and_join_without_loss(whole: str):
    pieces = richtext.split(whole, 10)
    assert "".join(pieces) == whole
    assert all(len(p.encode("utf-16-le", "surrogatepass")) <= 20 for p in pieces)


@given(st.text(max_size=5000))
def test_rich_text_keeps_within_notions_limits_and_is_valid(whole: str):
    for item in richtext.to_notion((Span(whole),)):
        content = item["text"]["content"]
        assert 0 < len(content.encode("utf-16-le")) <= 4000
        assert "\x00" not in content


def test_a_fox_is_never_cut_in_half():
    assert richtext.split("a🦊", 2) == ["a", "🦊"]


@pytest.mark.parametrize(
    ("given_link", "kept"),
    [
        ("https://a.b/c", "https://a.b/c"),
        ("mailto:x@y.z", "mailto:x@y.z"),
        (" http://a.b ", "http://a.b"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//a.b", ""),
        ("https://[bad", ""),
        ("https://a.b/" + "x" * 2000, ""),
    ],
)
def test_only_safe_links_are_written(given_link: str, kept: str):
    assert richtext.safe_link(given_link) == kept


def test_runs_of_one_style_are_one_however_they_are_cut():
    one = richtext.to_notion((Span("ab", bold=True), Span("c")))
    two = richtext.to_notion((Span("a", bold=True), Span("b", bold=True), Span("c")))
    three = richtext.to_notion((Span("abc"),))
    assert richtext.normal(one) == richtext.normal(two) != richtext.normal(three)


def test_spans_come_back_as_they_went():
    spans = (
        Span("a", bold=True, url="https://a.b/c"),
        Span("b", italic=True, code=True, color="red"),
    )
    assert richtext.from_notion(richtext.to_notion(spans)) == spans


def test_a_wanted_value_is_recognised_however_notion_writes_it():
    shown = {
        "type": "rich_text",
        "rich_text": [{"type": "text", "text": {"content": c}} for c in "ab"],
    }
    assert wire.same("rich_text", "ab", shown)
    assert wire.same("url", "https://a.b", {"type": "url", "url": "https://a.b/"})
    assert not wire.same("number", 2.0, {"type": "number", "number": 3})


def test_a_block_read_back_hashes_as_the_block_sent():
    block = Block("callout", text("x", url="https://a.b"), icon="💡")
    content = {
        "rich_text": [
            {
                "type": "text",
                "text": {"content": "x", "link": {"url": "https://a.b/"}},
                "plain_text": "x",
                "href": "https://a.b/",
                "annotations": {"bold": False, "color": "default"},
            }
        ],
        "icon": {"type": "emoji", "emoji": "💡"},
        "color": "default",
    }
    shown = {"id": "b", "type": "callout", "callout": content}
    assert blocks.live(shown, "bot").shown == blocks.shown(block)


def test_blocks_of_other_kinds_are_read_as_none():
    assert blocks.from_notion({"type": "meeting_notes", "meeting_notes": {}}) is None
    shown = {"type": "to_do", "to_do": {"rich_text": [], "checked": True}}
    assert blocks.from_notion(shown) == Block("to_do", checked=True)


def test_ragged_tables_get_even_rows():
    rows = (
        Block("table_row", (Span("a"),)),
        Block("table_row", (Span("b"), Span("c"))),
    )
    (table,) = blocks.prepared((Block("table", children=rows),))
    assert [len(row.spans) for row in table.children] == [2, 2]


def test_portions_hold_what_one_request_may():
    children = tuple(Block("bullet", text("x")) for _ in range(150))
    page = [Block("toggle", text("t"), children) for _ in range(30)]
    cut = portions.portions(page)
    assert sum(len(part) for part in cut) == 30
    for part in cut:
        assert sum(1 + len(block.children) for block in part) <= 1000
        assert all(len(block.children) <= 100 for block in part)


@pytest.mark.parametrize("database", schema.DATABASES.values(), ids=str)
def test_our_schema_is_one_that_notion_takes(database: schema.Database):
    titles = [p for p in database.properties if p.kind == "title"]
    assert len(titles) == 1
    for names in ("name", "notion_name"):
        every = [getattr(p, names) for p in database.properties]
        assert len(set(every)) == len(every)
    for prop in database.properties:
        assert 1 <= len(prop.description) <= 280
        assert all("," not in o and len(o) <= 100 for o in prop.options)


def test_settings_name_properties_short_or_long():
    names = schema.renamed(
        schema.COMPANIES, {"domain": "Site", "companies.health": "State"}
    )
    assert (names["domain"], names["health"], names["x_handle"]) == (
        "Site",
        "State",
        "X",
    )
    assert schema.renamed(schema.INTEL, {"title": "T"})["title"] == "Story"
