import pytest

from intel import sentences, text


def split(source: str) -> list[str]:
    return [s.text for s in sentences.split(source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("It rose. It fell.", ["It rose.", "It fell."]),
        ("Dr. Miller met J. R. Smith. They spoke.",
         ["Dr. Miller met J. R. Smith.", "They spoke."]),
        ("Sales hit $1.5 million in the U.S. market. Costs fell.",
         ["Sales hit $1.5 million in the U.S. market.", "Costs fell."]),
        ("He works at Acme Inc. The firm grew.",
         ["He works at Acme Inc.", "The firm grew."]),
        ("Acme Inc. Chairman Bob left. Why?", ["Acme Inc. Chairman Bob left.", "Why?"]),
        ('"We grew." She smiled. "Yes!" he said.',
         ['"We grew."', "She smiled.", '"Yes!" he said.']),
        ("Am 12. November stieg der Umsatz um 3,5 Prozent. Das ist z. B. viel.",
         ["Am 12. November stieg der Umsatz um 3,5 Prozent.", "Das ist z. B. viel."]),
        ("Der Verlust lag bei 2 Mio. Euro. Die Aktie fiel.",
         ["Der Verlust lag bei 2 Mio. Euro.", "Die Aktie fiel."]),
        ("One line\nAnother line", ["One line", "Another line"]),
        ("", []),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_would_end_them(source, expected):
    assert split(source) == expected


def test_offsets_point_at_the_very_text():
    source = "  First one.   Second — “quoted.” \n\n Third line no stop \n"
    for s in sentences.split(source):
        assert source[s.start : s.end] == s.text
        assert s.text == s.text.strip()
    assert [s.line for s in sentences.split(source)][-1] > 0


def test_invisible_and_direction_changing_characters_are_removed():
    dirty = "pay\u200b\u202eevil\u2066 \U000e0041\u00ad\ufe0f now\x00"
    assert text.clean(dirty) == "payevil now"


def test_clean_text_is_on_one_line_and_composed():
    assert text.clean("Gru\u0308n\n\thalm ") == "Grün halm"


def test_folding_makes_typographic_twins_equal():
    assert text.fold("“Rock’n’Roll” – ok…") == text.fold("\"rock'n'roll\" - ok...")


@pytest.mark.parametrize("limit", [5, 12, 20, 60])
def test_clipping_ends_at_a_word_and_keeps_the_limit(limit):
    source = "The quick brown fox jumps over the dog"
    clipped = text.clip(source, limit)
    assert len(clipped) <= limit
    assert clipped == source or clipped.endswith("…")
    assert all(w in source.split() for w in clipped.rstrip("…").split())


@pytest.mark.parametrize(
    "furniture",
    [
        "We use cookies to improve your experience.",
        "Sign up for our newsletter to get the best stories.",
        "Read more: the ten best phones",
        "Photo: Jane Doe / Getty Images",
        "Jetzt den Newsletter abonnieren und nichts verpassen.",
        "Bild: Lego/dpa",
        "© 2026 Example Media. All rights reserved.",
    ],
)
def test_page_furniture_is_told_from_prose(furniture):
    assert sentences.is_boilerplate(furniture)


@pytest.mark.parametrize(
    "prose",
    [
        "Acme raised $12 million to expand its bakery business.",
        "Der Umsatz von Grünhalm stieg im dritten Quartal um zwölf Prozent.",
        "The photographs show the new plant in Leeds, said the company.",
    ],
)
def test_prose_is_not_taken_for_furniture(prose):
    assert not sentences.is_boilerplate(prose)
    assert sentences.is_prose(prose)


def test_headings_and_menus_are_not_prose():
    assert not sentences.is_prose("Latest news and offers")
    assert not sentences.is_prose("Home | Shop | 12,50 | 99 | 44 | 2,00.")


def test_language_is_told_by_small_words():
    assert text.language("Der Umsatz ist im Jahr mit der Aktie gestiegen") == "de"
    assert text.language("The company is one of the largest in the market") == "en"


def test_stems_meet_across_endings():
    assert text.stems("raises funding") & text.stems("raised funded")
    assert text.overlap("Acme raised money", "Acme raised money") == 1.0
    assert text.overlap("", "") == 0.0
