"""The learned reader of rounds: its tokens and graph, and where it is not to be had."""

from datetime import UTC, datetime

import numpy as np
import pytest
from tokenizers import Tokenizer

from intel import minilm
from intel.deals.investors import Backers
from intel.deals.learned import joined, refused
from intel.deals.reading import read_article
from intel.deals.spans import backers, figure, recut, told
from intel.funding import Article, explain
from intel.tagger import (
    DIFFERENCE,
    LABELS,
    MOST,
    TRAINED,
    OnnxTagger,
    Tagged,
    encode,
    open_tagger,
)
from intel.tuned import changed
from store.records import Org

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TITLE = "Tidewise raises €9 million"
TEXT = (
    "Tidewise, which forecasts floods, has raised €9 million in a Series A. "
    "Corvane Ventures led; Anneke Brandsma and the pension fund Ostmark joined. "
    "Customers include Volterra and Halden Rail."
)
ORG = Org(org_id="tide", callsign="Tidewise")


def scripted(text: str, labels: dict[str, str], tells: float = 0.9) -> Tagged:
    """Tag words by hand: each word a token, its label as sure as 0.9."""
    places, odds = [(-1, 0, 0)], [[1.0] + [0.0] * 6]
    at = 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        places.append((1, start, at))
        row = [0.1 / 6] * 7
        row[LABELS.index(labels.get(word, "other"))] = 0.9
        odds.append(row)
    return Tagged(("", text), tuple(places), np.array(odds, np.float32), tells)


def test_it_reads_backers_and_leads_and_leaves_customers(tagger):
    tagged = tagger.tag(TITLE, TEXT, ("Tidewise",))
    assert tagged.tells > 0.5
    assert {s.name for s in backers(tagged)} == {
        "Corvane Ventures",
        "Anneke Brandsma",
        "Ostmark",
    }
    lead = told(tagged, "Corvane Ventures")
    assert lead is not None
    assert lead.leads > 0.5
    customer = told(tagged, "Volterra")
    assert customer is not None
    assert customer.odds < 0.5


def test_it_finds_the_sum_and_the_kind_of_round(tagger):
    tagged = tagger.tag(TITLE, TEXT, ("Tidewise",))
    at = TEXT.index("€9 million")
    assert figure(tagged, (1, at, at + 10), "sum") > 0.5
    at = TEXT.index("Series A")
    assert figure(tagged, (1, at, at + 8), "round") > 0.5


def test_equal_texts_get_equal_tags_and_long_ones_are_cut(tagger):
    one, other = (tagger.tag(TITLE, TEXT, ("Tidewise",)) for _ in range(2))
    assert np.array_equal(one.odds, other.odds)
    assert len(tagger.tag(TITLE, TEXT * 40, ("Tidewise",)).places) == MOST


def test_the_companys_names_become_one_token(tagger):
    source = minilm.packaged()
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    pieces = encode(tokenizer, "Tidewise", "Tide Wise AG and TIDEWISE", ("Tidewise",))
    assert [piece.shape for piece in pieces].count(6) == 2
    assert pieces[1].place == (0, 0, 8)


def test_the_graph_agrees_with_the_packaged_layers_and_the_difference(tagger):
    base = minilm.load_weights(minilm.packaged())
    ours = changed(base, DIFFERENCE)
    touched = {name for name in base if not np.array_equal(base[name], ours[name])}
    layers = {name.split(".")[2] for name in touched if name.startswith("encoder")}
    assert layers == {str(n) for n in range(minilm.LAYERS - TRAINED, minilm.LAYERS)}
    assert set(ours) - set(base) == {"shapes.weight", "scores.weight", "scores.bias"}


def test_without_the_package_the_rules_alone_read_and_it_says_so(tmp_path):
    made, why = open_tagger(tmp_path, package="no_such_package")
    assert made is None
    assert "rules alone" in why
    assert "no_such_package" in why
    article = Article(TITLE, TEXT, NOW, "https://news.example/1", "The Ledger")
    fact = explain(ORG, article, NOW).fact
    assert fact is not None
    assert fact.leads == ("Corvane Ventures",)


def test_what_both_readers_doubt_is_no_backer_and_what_one_is_sure_of_is():
    text = "Foo Ventures led while Baz bought"
    tagged = scripted(
        text, {"Foo": "lead", "Ventures": "in lead", "Baz": "other", "led": "other"}
    )
    assert [span.name for span in backers(tagged)] == ["Foo Ventures"]
    rules = Backers(("Foo Ventures", "Baz"), ())
    reading = read_article(ORG, "", text, None)
    both = joined(rules, reading, tagged, frozenset())
    assert both == Backers(("Foo Ventures",), ("Foo Ventures",))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Roe and Elm joined; Roe also", ("Ann Roe", "Elm")),
        ("Ann Roe joined; Elm did not join and Elm left", ("Ann Roe",)),
    ],
)
def test_a_surname_stands_for_the_person_and_who_is_absent_is_none(text, names):
    labels = {"Ann": "backer", "Elm": "backer", "Roe": "in backer"}
    reading = read_article(ORG, "", text, None)
    rules = Backers((text.split(";")[1].split()[0],), ())
    found = joined(rules, reading, scripted(text, labels), frozenset())
    assert set(found.every) == set(names)


@pytest.mark.parametrize(
    ("text", "labels", "name", "cut"),
    [
        ("and Acme's Foo joined", {"Foo": "backer"}, "Acme's Foo", "Foo"),
        ("and Jeweller Bar joined", {"Bar": "in backer"}, "Jeweller Bar", "Bar"),
        ("and Ostmark Bar joined", {"Bar": "in backer"}, "Ostmark Bar", "Ostmark Bar"),
        (
            "and Foo de Bar joined",
            {"Foo": "backer", "de": "in backer", "Bar": "in backer"},
            "Foo",
            "Foo de Bar",
        ),
        ("and Foo fund joined", {"Foo": "backer", "fund": "in backer"}, "Foo", "Foo"),
        ("and Foo Bar joined", {"Foo": "backer", "Bar": "backer"}, "Foo", "Foo"),
        (
            "and FooX ventures joined",
            {"FooX": "backer", "ventures": "in backer"},
            "FooX ventures",
            "FooX ventures",
        ),
    ],
)
def test_a_name_is_cut_as_the_tags_say(text, labels, name, cut):
    tagged = scripted(text, labels)
    start = text.index(name)
    _, first, last = recut(tagged, (1, start, start + len(name)))
    assert text[first:last] == cut


def test_a_partners_employer_is_no_lead_for_that():
    text = "Oak led while Elm joined; Ann Roe, partner at Elm, sits"
    tagged = scripted(text, {"Oak": "lead", "Elm": "backer", "Elm,": "lead"})
    reading = read_article(ORG, "", text, None)
    found = joined(Backers(("Oak", "Elm"), ("Oak",)), reading, tagged, frozenset())
    assert found == Backers(("Oak", "Elm"), ("Oak",))


def test_a_partner_stands_for_the_firm_by_its_full_name():
    text = "Oak Fund led it and Oak partner Ann Roe joined"
    tagged = scripted(text, {"Oak": "lead", "Fund": "in lead"})
    reading = read_article(ORG, "", text, None)
    rules = Backers(("Oak Fund", "Ann Roe"), ("Ann Roe",))
    assert joined(rules, reading, tagged, frozenset()).leads == ("Oak Fund",)


def test_a_stake_without_a_sum_is_not_refused_by_the_learned_reader():
    class Doubting:
        name = "doubting"

        def tag(self, title, text, own):
            return scripted(text, {}, tells=0.001)

    text = "Tidewise, of Kiel, has received a strategic investment from Elm Bank. "
    told = {
        "Tidewise gets strategic investment from Elm Bank": True,
        "Tidewise and Elm Bank": False,
    }
    for title, kept in told.items():
        article = Article(title, f"{text}It raised €8 million in 2023.", NOW, "", "")
        assert (explain(ORG, article, NOW, Doubting()).fact is not None) is kept


def test_a_text_that_tells_of_no_round_is_refused():
    assert refused(scripted("Foo bought Bar", {}, tells=0.001))
    assert not refused(scripted("Foo bought Bar", {}, tells=0.6))


def test_the_model_is_opened_from_files_alone(tagger, tmp_path):
    assert isinstance(tagger, OnnxTagger)
    assert tagger.name.startswith("round-tagger-")


def test_who_surely_led_alone_is_a_backer_without_the_rules():
    text = "We at Elm Fund back it. Oak and Ash Row joined"
    reading = read_article(ORG, "", text, None)
    found = {}
    for oak in ("backer", "lead"):
        tagged = scripted(text, {"Elm": "lead", "Fund": "in lead", "Oak": oak})
        tagged.odds[3:5] *= 0.8
        rules = Backers(("Oak",), ("Oak",) if oak == "lead" else ())
        found[oak] = joined(rules, reading, tagged, frozenset())
    assert found["backer"] == Backers(("Elm Fund", "Oak"), ("Elm Fund",))
    assert found["lead"] == Backers(("Oak",), ("Oak",))


def test_a_list_vouches_for_a_name_that_the_tagger_does_not_know():
    text = "Backers are Oak Row, Elm and Ash Hill's Yew"
    tagged = scripted(text, {"Oak": "backer", "Row,": "in backer"})
    reading = read_article(ORG, "", text, None)
    rules = Backers(("Oak Row", "Elm", "Ash Hill", "Yew"))
    names = joined(rules, reading, tagged, frozenset()).every
    assert names == ("Oak Row", "Elm")


def test_a_name_ends_where_its_line_does():
    text = "About Oak\nOak is a fund"
    labels = {"Oak": "in backer"}
    assert recut(scripted(text, labels), (1, 6, 9)) == (1, 6, 9)
    assert recut(scripted(text, labels), (1, 10, 13)) == (1, 10, 13)
