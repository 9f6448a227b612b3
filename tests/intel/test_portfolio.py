"""The portfolio says who is at risk and why, and whether the bot itself is well."""

from collections.abc import Iterator
from datetime import date

from intel.portfolio import Overview, Pictures, build
from intel.portfolio_lists import Standing, waiting
from intel.portfolio_tables import Alerts, Coverage
from store.pages import Block, Page, Span

TODAY = date(2026, 11, 22)
LINKS = {"Revenue": "https://bi.example/2", "Adoption": "https://bi.example/1"}


def reason(words: str, weight: int = 3, url: str = "https://n.example/why") -> dict:
    piece = {
        "id": "e1", "source": "Usage data", "dated": "2026-11-15T00:00:00+00:00",
        "url": url, "quote": words,
    }  # fmt: skip
    return {"subject": "usage", "weight": weight, "words": words, "evidence": [piece]}


def move(metric: str, change: float, **more) -> dict:
    return {
        "metric": metric, "verdict": "drop" if change < 0 else "growth",
        "change": change, "baseline": 1204.0, "recent": 861.0, "words": "",
        "until": "2026-11-15", "since": "2026-11-01", "url": "https://n.example/u",
    } | more  # fmt: skip


def standing(name: str, **changes) -> Standing:
    values = {"name": name, "url": f"https://n.example/{name}", "health": "Healthy"}
    return Standing(**(values | changes))


def page(*standings: Standing, **more) -> Page:
    return build(Overview(standings=standings, today=TODAY, **more))


def section(made: Page, heading: str) -> list[Block]:
    """The blocks under a heading, up to the next of its size."""
    at = [block.text for block in made.blocks].index(heading) + 1
    found = []
    for block in made.blocks[at:]:
        if block.kind == "heading_2":
            break
        found.append(block)
    return found


def texts(made: Page, heading: str) -> list[str]:
    return [block.text for block in section(made, heading)]


def rows(made: Page, heading: str) -> list[list[str]]:
    return [
        [cell.text for cell in row.spans]
        for block in section(made, heading)
        for row in block.children
        if row.kind == "table_row"
    ]


def spans(block: Block) -> Iterator[Span]:
    yield from block.spans
    for child in block.children:
        yield from spans(child)


def test_a_company_at_risk_stands_with_cited_reasons_and_links():
    acme = standing(
        "Acme", health="At risk", reasons=(reason("MAU 1,204 → 861, −28 %."),),
        since=date(2026, 11, 18), renewal=date(2027, 1, 5), open_actions=1,
        dossier="https://n.example/dossier",
    )  # fmt: skip
    _, item = section(page(acme), "At risk")
    assert item.text == (
        "Acme — since 2026-11-18 · renews on 2027-01-05 · 1 open action item · Dossier"
    )
    assert item.children[0].text == "MAU 1,204 → 861, −28 %. Usage data — 2026-11-15"
    assert [span.url for span in spans(item) if span.url] == [
        "https://n.example/Acme",
        "https://n.example/dossier",
        "https://n.example/why",
    ]


def test_evidence_without_a_web_address_is_named_and_not_linked():
    told = reason("Calls fell.", url="javascript:alert(1)")
    made = page(standing("Acme", health="At risk", reasons=(told,)))
    cited = list(spans(section(made, "At risk")[1]))[-1]
    assert (cited.text, cited.url) == ("Usage data — 2026-11-15", "")


def test_the_ranking_counts_risks_then_the_renewal_then_the_fall():
    risk, watch = reason("a"), reason("b", 2)
    near, far = date(2026, 12, 1), date(2027, 12, 1)
    made = page(
        standing("Falls", health="At risk", reasons=(risk,), usage=(move("m", -0.6),)),
        standing("Level", health="At risk", reasons=(risk,), usage=(move("m", -0.2),)),
        standing("Later", health="At risk", reasons=(risk,), renewal=far),
        standing("Soon", health="At risk", reasons=(risk, watch), renewal=near),
        standing("Twice", health="At risk", reasons=(risk, risk)),
    )
    order = [block.spans[0].text for block in section(made, "At risk")[1:]]
    assert order == ["Twice", "Soon", "Later", "Falls", "Level"]


def test_good_reasons_are_left_out_where_there_are_bad_ones():
    both = (reason("Fell.", 3), reason("Grew.", 1))
    made = page(standing("Acme", health="At risk", reasons=both))
    (child,) = section(made, "At risk")[1].children
    assert child.text.startswith("Fell.")


def test_long_lists_are_bounded_and_say_how_much_is_left_out():
    many = [standing(f"C{n:03}", health="At risk") for n in range(40)]
    lines = texts(page(*many), "At risk")
    assert lines[-1] == "… and 15 more."
    assert len(lines) == 27


def test_renewals_stand_in_order_of_time_and_only_those_ahead():
    made = page(
        standing("Late", renewal=date(2027, 1, 30)),
        standing(
            "Soon", renewal=date(2026, 12, 1), health="Watch", reasons=(reason("x"),)
        ),
        standing("Past", renewal=date(2026, 11, 21)),
        standing("Far", renewal=date(2027, 6, 1)),
    )
    assert rows(made, "Renewals in the next 90 days")[1:] == [
        ["Soon", "2026-12-01", "Watch", "x"],
        ["Late", "2027-01-30", "Healthy", ""],
    ]


def test_usage_movers_stand_apart_with_levels_and_source():
    made = page(
        standing("Down", usage=(move("active_users", -0.28),)),
        standing("Deep", usage=(move("api_calls", -0.5),)),
        standing("Up", usage=(move("exports", 0.4), move("x", 0.0, verdict="level"))),
    )
    heads = ["Company", "Metric", "Change", "Usual → now", "Source"]
    told = ["1,204 → 861", "Usage — 2026-11-15"]
    assert rows(made, "Usage") == [
        heads,
        ["Deep", "API calls", "−50 %", *told],
        ["Down", "Active users", "−28 %", *told],
        heads,
        ["Up", "Exports", "+40 %", *told],
    ]


def test_only_rounds_of_the_last_90_days_are_news():
    told = (Span("Series B — "), Span("The Ledger", url="https://n.example/b"))
    made = page(
        standing("Acme", funding=told, funded_on=date(2026, 11, 2)),
        standing("Newer", funding=told, funded_on=date(2026, 11, 20)),
        standing("Old", funding=told, funded_on=date(2026, 3, 1)),
        standing("Undated", funding=told),
    )
    lines = texts(made, "Funding news of the last 90 days")
    assert lines == ["Newer: Series B — The Ledger", "Acme: Series B — The Ledger"]


def test_figures_stand_beside_those_of_a_week_ago_where_they_are_known():
    one = standing("Acme", health="At risk")
    assert rows(page(one), "At a glance")[0] == ["What", "Now"]
    made = rows(page(one, before={"Healthy": 2, "At risk": 0}), "At a glance")
    assert made[:4] == [
        ["What", "Now", "A week ago"],
        ["Companies", "1", "2"],
        ["At risk", "1", "0"],
        ["Watch", "0", ""],
    ]


def test_what_became_of_alerts_is_told_as_a_rate_and_by_trigger():
    found = [Alerts("usage_drop", 2, 1, 3, 2), Alerts("funding", 0, 1, 0, 1)]
    made = page(standing("Acme"), alerts=found)
    assert texts(made, "What became of alerts")[0] == (
        "Of 10 opened in the last 90 days a person acted on 4 (40 %). Settled by "
        "evidence before that: 3. Still open: 3."
    )
    assert rows(made, "What became of alerts")[1:] == [
        ["Usage drop", "8", "2", "1", "3", "2"],
        ["Funding", "2", "0", "1", "0", "1"],
    ]


def test_coverage_tells_how_many_companies_and_how_fresh():
    found = [Coverage("News", 3, date(2026, 11, 20)), Coverage("Calls", 0, None)]
    made = page(*(standing(f"C{n}") for n in range(4)), coverage=found)
    assert rows(made, "What the bot knows") == [
        ["Source", "Companies, of 4", "Newest"],
        ["News", "3", "2026-11-20"],
        ["Calls", "0", "none"],
    ]


def test_a_company_of_which_nothing_is_known_is_a_blind_spot():
    made = page(standing("Acme", unknown=("news", "usage data")), standing("Beta"))
    assert texts(made, "Blind spots") == ["Acme: no news, no usage data"]


def test_what_is_wrong_stands_at_the_top():
    made = page(standing("Acme"), troubles=["job intel failed: no network"])
    top: Block = made.blocks[0]
    assert top.color == "yellow_background"
    assert [child.text for child in top.children] == ["job intel failed: no network"]
    assert "well" in page(standing("Acme")).blocks[0].text
    many = page(standing("Acme"), troubles=[f"row {n}" for n in range(60)]).blocks[0]
    assert many.children[-1].text.startswith("… and 10 more")


def test_dashboards_are_linked_and_left_out_where_none_is_set():
    made = page(standing("Acme"), links=LINKS)
    line = section(made, "At a glance")[-1]
    assert line.text == "Dashboards: Adoption · Revenue"
    assert line.spans[1] == Span("Adoption", url="https://bi.example/1")
    assert texts(page(standing("Acme")), "At a glance") == [""], "only the figures"


def test_the_page_does_not_depend_on_the_order_of_its_input():
    both = [standing("Acme", unknown=("news",)), standing("Beta", health="Watch")]
    assert page(*both) == page(*both[::-1])


def test_every_empty_section_says_so():
    made = page(standing("Acme"))
    titles = [block.text for block in made.blocks if block.kind == "heading_2"]
    empty = [title for title in titles if not section(made, title)]
    assert empty == []
    assert texts(made, "At risk") == ["No company is at risk."]
    assert texts(made, "Funding news of the last 90 days") == [
        "No round was announced."
    ]
    assert "no company was judged" in texts(made, "Health over time")[0]


def test_pictures_stand_in_their_sections():
    image = Block("image", (Span("In words."),), asset="x@1.png")
    made = page(standing("Acme"), pictures=Pictures(image, image, image))
    for heading in ("Health over time", "Usage", "Adoption by feature"):
        assert image in section(made, heading)


def test_alerts_without_an_item_are_told_with_their_evidence():
    alert = {"org_id": "acme", "trigger": "funding", "summary": "Acme raised.",
             "owners": [], "cited": reason("x")["evidence"]}  # fmt: skip
    gone = {**alert, "org_id": "gone"}
    lines = waiting({"acme": Span("Acme", url="https://n.example/acme")}, [alert, gone])
    made = page(standing("Acme"), digest=lines)
    assert texts(made, "More of today") == [
        "Acme: Acme raised. Usage data — 2026-11-15"
    ]
