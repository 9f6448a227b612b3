"""The portfolio says who is at risk and why, and whether the bot itself is well."""

from datetime import date

from intel.portfolio import Standing, build
from store.pages import Block, Page, Span

TODAY = date(2026, 11, 22)


def standing(name: str, **changes) -> Standing:
    values = {
        "name": name, "url": f"https://n.example/{name}", "health": "Healthy",
        "reason": "seats +2 %", "reason_url": "https://n.example/why", "renewal": None,
        "awaits_review": False, "open_actions": 0, "funding": (), "has_news": True,
        "has_usage": True,
    }  # fmt: skip
    return Standing(**(values | changes))


def texts(page: Page, heading: str) -> list[str]:
    titles = [b.text for b in page.blocks]
    found = []
    for block in page.blocks[titles.index(heading) + 1 :]:
        if block.kind == "heading_2":
            break
        found.append(block.text)
    return found


def test_a_company_at_risk_stands_with_its_reason_and_links():
    page = build([standing("Acme", health="At risk", reason="seats −40 %")], [], TODAY)
    assert texts(page, "At risk") == ["Acme: seats −40 %"]
    spans = next(b for b in page.blocks if b.kind == "bullet").spans
    assert [s.url for s in spans if s.url] == [
        "https://n.example/Acme",
        "https://n.example/why",
    ]


def test_renewals_stand_in_order_of_time_and_only_those_ahead():
    page = build(
        [
            standing("Late", renewal=date(2027, 1, 30)),
            standing("Soon", renewal=date(2026, 12, 1)),
            standing("Past", renewal=date(2026, 11, 21)),
            standing("Far", renewal=date(2027, 6, 1)),
        ],
        [],
        TODAY,
    )
    lines = texts(page, "Renewals in the next 90 days")
    assert [line.split()[0] for line in lines] == ["Soon", "Late"]


def test_what_is_wrong_stands_at_the_top():
    page = build([standing("Acme")], ["job intel failed: no network"], TODAY)
    top: Block = page.blocks[0]
    assert top.color == "yellow_background"
    assert [child.text for child in top.children] == ["job intel failed: no network"]
    assert "well" in build([standing("Acme")], [], TODAY).blocks[0].text


def test_the_page_does_not_depend_on_the_order_of_its_input():
    both = [standing("Acme", has_news=False), standing("Beta", health="Watch")]
    assert build(both, [], TODAY) == build(both[::-1], [], TODAY)


def test_an_empty_list_says_none():
    assert texts(build([standing("Acme")], [], TODAY), "At risk") == ["None."]


def test_a_round_stands_with_the_link_to_its_source():
    told = (Span("Series B — "), Span("The Ledger", url="https://n.example/b"))
    page = build([standing("Acme", funding=told)], [], TODAY)
    assert texts(page, "Funding") == ["Acme: Series B — The Ledger"]
