"""Personal data and secrets leave a text before it is stored; the rest of it stays."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intel.redact import Kind, Known, Span, redact
from tests.eval import redact as measure
from tests.eval.score import cases

JANE = Known(people=("Jane Doe <jane.doe@acme.example>", "Tom Becker"))
LONG = 20_000
PIECES = [
    "Hi Jane, ",
    "Best regards,\n",
    "Jane Doe",
    "\n",
    " ",
    "-",
    "tom",
    "password: ",
    "hunter2!x",
    "token=a8K2z9Lq",
    "[email]",
    "[name]",
    "a@b.example",
    "+44 20 7946 0018",
    "12",
    "4589042341380932",
    "DE90 5001 0517 7329 1374 76",
    "12 Baker Street, ",
    "10.1.2.3",
    "Hauptstr. 5, 10115 Berlin",
    "SSN ",
    "574-46-4392",
    "https://x.example/?key=",
    "Tel. ",
    "0171 2345678",
    "-----BEGIN PRIVATE KEY-----",
    "-----END PRIVATE KEY-----",
    "Frau ",
    "Müller",
    ", ",
    "#",
    "Art",
]
HOSTILE = [
    "1",
    "1 ",
    "1-",
    "a",
    "A",
    "Aa ",
    "Aa-",
    "@",
    "a@",
    "a.",
    "a@a.",
    ":",
    "1:",
    "1.",
    "0 1",
    "+1 ",
    "eyJ",
    "eyJa.",
    "password:",
    "key key ",
    "-----BEGIN PRIVATE KEY-----",
    "https://",
    "https://a:",
    "?token",
    "Dear ",
    "Thanks,\n",
    "Mr. ",
    "12 Aa Street ",
    "Am Aa ",
    "rue ",
    "1 rue de Aa ",
    "Calle Aa ",
    "DE12 ",
    "IBAN DE12",
    "SSN ",
    "no no ",
    "[name]",
    "\n",
    "ß",
    "J. ",
    "Jane ",
    "AKIA",
    '"',
    "(",
    "é",
]


@pytest.mark.parametrize("split", ["held", "dev"])
def test_personal_data_goes_and_the_rest_stays(split: str) -> None:
    score = measure.run(split)
    assert score.values["recall"] >= 0.98, score.wrong
    assert score.values["kept"] >= 0.97, score.wrong
    assert score.values["kinds"] >= 0.95, score.wrong
    assert score.values["precision"] >= 0.95, score.wrong


def test_the_gold_set_is_large_in_four_languages_and_ids_are_unique() -> None:
    every = cases("redact", "all")
    assert len(every) >= 170
    assert sum(case["split"] == "held" for case in every) >= 80
    assert max(Counter(case["id"] for case in every).values()) == 1
    assert {"en", "de", "fr", "es"} <= {case["lang"] for case in every}
    assert {span[2] for case in every for span in case["go"]} == set(Kind)


@pytest.mark.parametrize("case", cases("redact", "all"), ids=lambda case: case["id"])
def test_a_second_time_changes_nothing(case) -> None:
    once = measure.redacted(case)
    again = measure.redacted({**case, "text": once.text})
    assert (again.text, again.spans) == (once.text, ())


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_whatever_the_text_a_second_time_changes_nothing(text: str) -> None:
    once = redact(text, JANE)
    assert redact(once.text, JANE).text == once.text


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_the_spans_rebuild_the_text(text: str) -> None:
    out = redact(text, JANE)
    built, at = "", 0
    for span in out.spans:
        assert at <= span.start < span.end <= len(text)
        built, at = built + text[at : span.start] + f"[{span.kind}]", span.end
    assert built + text[at:] == out.text
    assert sum(out.counts.values()) == len(out.spans)


def test_spans_are_places_in_the_text_as_it_came() -> None:
    out = redact("Write to a@b.example, Jane.", JANE)
    assert out.text == "Write to [email], [name]."
    assert out.spans == (Span(9, 20, Kind.EMAIL), Span(22, 26, Kind.NAME))
    assert out.counts == {Kind.EMAIL: 1, Kind.NAME: 1}


def test_a_product_called_like_a_person_stays() -> None:
    text = "Jane uses Becker Studio. Ask Becker."
    kept = Known(people=JANE.people, keep=("Becker Studio",))
    assert redact(text, kept).text == "[name] uses Becker Studio. Ask [name]."


def test_a_name_in_a_mail_address_is_known_in_the_rest_of_the_text() -> None:
    out = redact("From nora.lindt@x.example: Lindt says that Nora is away.")
    assert out.text == "From [email]: [name] says that [name] is away."


@pytest.mark.parametrize(
    "text",
    [
        "Version 10.4.2.1 of the agent counts 1,204 users, 28 % less than in May 2026.",
        "Order 4471-2233-8890 of 2026-11-03, invoice INV-2026-00417 over $1,249.00.",
        "Mark the row, will you? Art and price stay; error 0x80070005 at line 20.481.",
        "The checksum 9fceb02d0ae598e95dc970b74767f19372d61af8 and 10:30:15 stay.",
        "Reference 4111 1111 1111 1112 has no valid check digit.",
        "Passwords are required; the token expired; the key: customer.",
        "Hi team, thanks for Google Drive. Best regards,\nThe Support Team",
        "Artikel 100-200-300, EAN 4006381333931, 4,2 Mio. €, am Montag 3. November.",
    ],
)
def test_what_names_no_person_stays(text: str) -> None:
    assert redact(text).text == text


@pytest.mark.timeout(30)
@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_comes_to_an_end(piece: str) -> None:
    text = piece * (LONG // len(piece)) + "\na@b.example"
    out = redact(text, JANE)
    assert "a@b.example" not in out.text
    assert out.spans[-1].end == len(text)
