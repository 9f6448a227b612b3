"""Charts are drawn the same from the same data, whatever the names in them."""

import struct

import pytest

from intel import charts
from intel.charts import BARS, LINES, SMALL, STACKED, Chart, Line, Panel
from intel.drawing import draw, plain

DAYS = ("2026-11-01", "2026-11-08", "2026-11-15")


def chart(kind: str = LINES, name: str = "Enterprise") -> Chart:
    line = Line(name, (3.0, None if kind == LINES else 2.0, 1.0))
    ticks = ("Exports", name, "Search") if kind == BARS else DAYS
    return Chart(kind, "Usage", ticks, (Panel("Active users", (line,)),), "In words.")


@pytest.mark.parametrize("kind", [LINES, SMALL, STACKED, BARS])
def test_equal_charts_are_equal_pictures(kind: str):
    assert draw(chart(kind)) == draw.__wrapped__(chart(kind))
    assert draw(chart(kind)) != draw(Chart(kind, "Other", *_rest(chart(kind))))


def _rest(one: Chart) -> tuple:
    return one.ticks, one.panels, one.caption


@pytest.mark.parametrize(
    "name", ["$x_1$ \\frac", "日本語", "_hidden", "a" * 300, "a\nb"]
)
@pytest.mark.parametrize("kind", [LINES, SMALL, STACKED, BARS])
def test_no_name_breaks_a_picture(kind: str, name: str):
    assert draw(chart(kind, name)).startswith(b"\x89PNG")


def test_what_the_font_lacks_is_a_question_mark_and_long_names_are_cut():
    assert plain("Bier 日本") == "Bier ??"
    assert plain("Grünhalm — Ostsee") == "Grünhalm — Ostsee"
    assert len(plain("long " * 50, 20)) == 20


def test_a_picture_is_opaque_and_carries_no_date():
    png = draw(chart())
    width, height, _depth, _colour = struct.unpack(">IIBB", png[16:26])
    assert (width, height) > (800, 300)
    assert b"tIME" not in png
    assert b"Software" not in png


def test_a_single_day_and_a_line_without_values_are_drawn():
    one = Chart(STACKED, "Health", DAYS[:1], (Panel("x", (Line("Watch", (2.0,)),)),))
    assert draw(one).startswith(b"\x89PNG")
    blank = Line("none", (None, None, None))
    assert draw(Chart(LINES, "x", DAYS, (Panel("x", (blank,)),))).startswith(b"\x89PNG")


def test_the_digest_is_of_what_the_picture_shows_not_of_the_words_below():
    one = chart()
    assert one.digest == Chart(LINES, "Usage", DAYS, one.panels, "Other.").digest
    assert one.digest != chart(name="Other").digest
    assert charts.from_json(charts.to_json(one)) == one
