"""Rounds read out of news: only the company's own new one, with its facts."""

from datetime import UTC, date, datetime

import pytest

from intel.funding import Article, explain, extract
from store.records import Org
from tests.eval import funding as evaluation

NOW = datetime(2026, 11, 22, tzinfo=UTC)
PUBLISHED = datetime(2026, 6, 10, 9, tzinfo=UTC)
ACME = Org(org_id="acme", callsign="Acme", domain="acme.com")


def read(title: str, text: str = "", org: Org = ACME):
    return extract(org, title, text, PUBLISHED, "https://n.example/1", "Ledger", NOW)


def test_the_bars_hold_on_cases_kept_apart_from_development():
    score = evaluation.run("held")
    assert score.values["f1"] >= 0.95, score.wrong
    assert score.values["all_fields"] >= 0.80, score.wrong


@pytest.mark.soak
@pytest.mark.timeout(1200)  # 790 cases, each nine times through the learned reader
def test_development_cases_stay_right():
    score = evaluation.run("dev")
    assert score.values["f1"] >= 0.98, score.wrong
    wrong = {one.case_id for one in score.wrong}
    ids = [case["id"] for case in evaluation.cases("funding", "dev")]
    # The newest batches were learned from, but no rule was made for them.
    newest = [one for one in ids if one.startswith("funding-w7")]
    older = [one for one in ids if one not in newest]
    assert sum(one not in wrong for one in older) >= 0.95 * len(older), score.wrong
    if evaluation.learned_reader():
        assert sum(one not in wrong for one in newest) >= 0.7 * len(newest), score.wrong


def test_there_are_at_least_120_funding_cases_forty_of_them_german():
    every = evaluation.cases("funding", "all")
    assert len(every) >= 120
    assert sum(case["lang"] == "de" for case in every) >= 40


def test_a_fact_carries_all_that_the_article_tells():
    (fact,) = read(
        "Acme raises $40 million",
        "Acme said on Monday that it has closed a $40 million Series B led by Oak Row, "
        "with participation from Pine Row. It sells drones.",
    )
    assert (fact.round_type, fact.amount, fact.currency) == ("Series B", 40e6, "USD")
    assert fact.amount_usd == 40e6
    assert fact.announced_on == date(2026, 6, 8)
    assert (fact.leads, fact.investors) == (("Oak Row",), ("Oak Row", "Pine Row"))
    assert fact.quote.startswith("Acme said on Monday")
    assert (fact.source_url, fact.source) == ("https://n.example/1", "Ledger")
    assert fact.confidence > 0.9


def test_dollars_are_given_only_where_the_article_does():
    (plain,) = read("Acme raises €40 million")
    assert plain.amount_usd is None
    (both,) = read("Acme raises A$25 million (US$16.4 million) Series B")
    assert (both.amount, both.currency, both.amount_usd) == (25e6, "AUD", 16.4e6)


@pytest.mark.parametrize(
    "title",
    [
        "Acme in talks to raise $40 million",
        "Acme seeks $40M at $1B valuation",
        "Acme launches €40m fundraise",
        "Acme denies it raised $40 million",
        "Acme closes $40M debt facility",
        "Acme wins $4M grant",
        "Acme raises $40M for its second fund",
        "Acme prices $40M IPO",
        "Acme hits $40M in ARR",
        "Acme acquires Foo for $40M",
        "Foo acquires Acme for $40M",
        "Acme wins $40M contract",
        "Acme has raised $40M to date",
        "Acme customer Foo raises $40M",
        "Acme rival Foo raises $40M",
        "Acme leads $40M Series B in Foo",
        "Ex-Acme engineers raise $4M for Foo",
        "Acme Robotics raises $40M Series B",
        "Acme opens office a year after $40M Series B",
        "Can Acme raise $40M?",
        "Acme erhält 4 Millionen Euro Förderung",
        "Acme will 40 Millionen Euro einsammeln",
        "Acme-Konkurrent Foo sammelt 40 Millionen Euro ein",
    ],
)
def test_what_is_no_new_round_of_the_company_is_kept_apart(title):
    assert read(title) == ()


def test_the_new_round_is_told_from_those_recounted_beside_it():
    (fact,) = read(
        "Acme doubles valuation",
        "Only a year after its $12 million Series A, Acme has raised another $28 "
        "million in a Series B at a $300 million valuation. In total it has raised "
        "$43 million. Rival Foo raised $50 million in May.",
    )
    assert (fact.round_type, fact.amount) == ("Series B", 28e6)


def test_equity_is_told_from_the_debt_beside_it():
    (fact,) = read(
        "Acme raises $95 million",
        "The package consists of a $60 million Series B led by Oak Row and a $35 "
        "million credit facility from Quay Bank.",
    )
    assert (fact.amount, fact.leads) == (60e6, ("Oak Row",))


def test_a_refused_telling_says_why():
    told = explain(
        ACME, Article("Acme to raise $40M", "", PUBLISHED, "https://n.example", ""), NOW
    )
    assert told.fact is None
    assert told.refused[0].startswith("hoped for or hearsay: Acme to")


def test_confidence_is_the_sum_of_its_parts():
    article = Article("Acme raises $40M", "", PUBLISHED, "https://n.example", "")
    told = explain(ACME, article, NOW)
    assert told.fact is not None
    assert told.fact.confidence == pytest.approx(sum(v for _, v in told.parts))


def test_without_a_day_of_publication_only_a_full_date_is_taken():
    text = "Acme announced on 4 May 2026 that it has raised a $5 million seed round."
    (dated,) = extract(ACME, "", text, None, "https://n.example", "", NOW)
    assert dated.announced_on == date(2026, 5, 4)
    title = "Acme raises $5M seed"
    (undated,) = extract(ACME, title, "", None, "https://n.example", "", NOW)
    assert undated.announced_on is None


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "$", "raises", "\ue000\ue100"])
def test_empty_and_odd_texts_hold_no_round(text):
    assert read(text, text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Acme, " * 4000 + "raised $5M",
        "$5 million and " * 3000,
        "the " * 20000,
        "(" * 20000,
    ],
)
@pytest.mark.timeout(60)  # a quadratic reader would take hours, not seconds
def test_hostile_texts_are_read_to_their_end(text):
    assert all(fact.round_type for fact in read(text[:300], text))


def test_a_month_that_lies_ahead_is_not_the_day_of_the_round():
    said = (
        "Acme will open its second office in Lisbon in January, less than a week after "
        "it announced a Series B round of $38 million."
    )
    facts = read("Acme opens in Lisbon", said)
    assert [fact.announced_on for fact in facts] in ([], [PUBLISHED.date()])


@pytest.mark.parametrize(
    "words",
    [
        "Havnor Shipping was fined 120,000 euros for late filings.",
        "The regulator fined Havnor €2 million.",
        "Havnor has to pay $3 million in damages.",
        "Havnor agreed to a settlement of $3 million.",
    ],
)
def test_what_a_company_has_to_pay_is_no_round(words: str):
    havnor = Org(org_id="havnor", callsign="Havnor Shipping", aliases=("Havnor",))
    assert read("Havnor in court", f"{words} It did not appeal.", havnor) == ()


@pytest.mark.parametrize(
    ("title", "amount", "currency"),
    [
        ("Fenwick raises R54m", 54e6, "ZAR"),
        ("Fenwick raises RM18 million", 18e6, "MYR"),
        ("Fenwick raises ₱640 million", 640e6, "PHP"),
        ("Fenwick raises 520 million baht", 520e6, "THB"),
        ("Fenwick raises NIS 70 million", 70e6, "ILS"),
        ("Fenwick raises CZK30m", 30e6, "CZK"),
        ("Fenwick raises 120 million Norwegian crowns", 120e6, "NOK"),
    ],
)
def test_sums_are_read_in_many_currencies(title, amount, currency):
    fact = explain(Org("f", "Fenwick"), _article(title), NOW).fact
    assert fact is not None
    assert (fact.amount, fact.currency) == (amount, currency)


@pytest.mark.parametrize(
    ("callsign", "domain", "title", "ours"),
    [
        ("Mistwood", "mistwoodhealth.com", "Mistwood Health raises $9M", True),
        ("Mistwood", "mistwoodtx.com", "Mistwood Therapeutics raises $9M", True),
        ("Anvil", "anvil.works", "Anvil Space raises $9M", False),
        ("Turaco", "turaco.com", "Accra-headquartered Turaco raises $9M", True),
        ("Turaco", "turaco.com", "Manila ISP Turaco raises $9M", True),
        ("Gantry", "gantry.com", "Blue Gantry raises $9M", False),
        ("Turaco", "turaco.com", "NetEase invests $9M in Montreal's Turaco", True),
        ("Turaco", "turaco.com", "NetEase invests $9M in Turaco's rival Foo", False),
    ],
)
def test_a_longer_name_is_ours_where_the_web_address_says_so(
    callsign, domain, title, ours
):
    org = Org("o", callsign, domain=domain)
    assert (explain(org, _article(title), NOW).fact is not None) is ours


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On Wednesday, Fenwick did it: $6 million, from friends.", "2026-11-18"),
        ("In a round revealed Tuesday, Fenwick raised $6 million.", "2026-11-17"),
        ("Fenwick raised $6 million. It opens in Graz next Friday.", "2026-11-20"),
    ],
)
def test_a_day_of_the_week_beside_the_round_is_its_day(text, day):
    org, published = Org("f", "Fenwick"), datetime(2026, 11, 20, tzinfo=UTC)
    article = Article("Fenwick raises $6 million", text, published, "", "")
    fact = explain(org, article, NOW).fact
    assert fact is not None
    assert str(fact.announced_on) == day


def _article(title: str) -> Article:
    return Article(title, "", datetime(2026, 11, 20, tzinfo=UTC), "", "")


def test_the_first_word_of_a_name_stands_for_it_where_the_text_says_it_all():
    org = Org("t", "Tessel Bikes", domain="tesselbikes.nl")
    text = "Tessel Bikes leases cargo bikes. Tessel has raised €9.5 million."
    found = explain(org, Article("Cargo bikes for all", text, PUBLISHED, "", ""), NOW)
    assert found.fact is not None
    other = Article("Cargo bikes", "Tessel has raised €9.5 million.", PUBLISHED, "", "")
    assert explain(org, other, NOW).fact is None


def test_a_quotation_that_begins_with_from_is_read():
    (fact,) = read(
        "Acme raises $5 million",
        "Acme raised a $5 million Series A led by Oak Row. "
        '"From today the Oak Row and Pine Row teams stand behind us," it said.',
    )
    assert fact.leads == ("Oak Row",)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("The funding was announced on Monday during a visit by a minister.", "08"),
        ("The round was unveiled at a fair in Cork on 4 June.", "04"),
        ("The new funding, announced Tuesday, follows a seed round in 2024.", "09"),
        ("Acme announced the deal on Friday together with its results.", "05"),
        ("Under the agreement, which was disclosed on 3 June, both sell more.", "03"),
        ("Die Finanzierung wurde am Montag bekannt gegeben.", "08"),
        ("The round was announced at a fair in Cork in 2024.", "10"),
        ("The product was announced on Monday.", "10"),
    ],
)
def test_the_day_the_deal_was_announced_is_its_day_wherever_it_stands(said, day):
    filler = "It sells drones to farms. It has forty staff. Its founders met in Cork. "
    text = f"Acme has raised €5 million from Oak Row. {filler * 2}{said}"
    (fact,) = read("Acme raises €5 million", text)
    assert str(fact.announced_on) == f"2026-06-{day}"


def test_an_earlier_round_does_not_name_a_stake_without_one():
    (fact,) = read(
        "Acme gets strategic investment from Oak Bank",
        "Acme has received a strategic investment from Oak Bank. It sells locks. "
        "It raised €8 million in a Series A in 2023 led by Elm Fund with Pine Row.",
    )
    assert (fact.round_type, fact.amount) == ("Venture", None)


def test_a_dateline_and_other_holders_are_no_backers():
    (fact,) = read(
        "Acme Announces Strategic Investment from Oak Motor",
        "RENO, Nev. and LYON, France, June 10, 2026 -- Acme, a maker of sensors, today "
        "announced a strategic investment from Oak Motor. Other investors in the "
        "company include Elm Fund and Pine Row.",
    )
    assert fact.investors == ("Oak Motor",)


@pytest.mark.parametrize(
    ("domain", "text", "ours"),
    [
        ("turaco-optics.com", "It sells soap at turacosoap.com.", False),
        ("turaco-optics.com", "It sells lenses at turaco-optics.de.", True),
        ("turaco-optics.com", "It sells lenses at turacohq.com.", True),
        ("turaco-optics.com", "It advertises on naturacoast.com.", True),
        ("turaco.energy", "Turaco Toys makes blocks.", False),
        ("turaco.energy", "Turaco Grid stores energy.", True),
        ("turaco.energy", "It makes blocks.", True),
    ],
)
def test_a_namesake_is_told_by_address_and_trade(domain, text, ours):
    org = Org("t", "Turaco", domain=domain)
    article = Article("Turaco raises $9M", text, PUBLISHED, "", "")
    assert (explain(org, article, NOW).fact is not None) is ours


@pytest.mark.parametrize(
    ("said", "backers", "leads"),
    [
        (
            "Neu an Bord ist der Konzern Oakholm, der die Runde gemeinsam mit dem "
            "Grazer Fonds Elmstein Capital anführt.",
            {"Oakholm", "Elmstein Capital"},
            {"Oakholm", "Elmstein Capital"},
        ),
        (
            "Außerdem beteiligen sich Roe Next, der Wagniskapitalarm des "
            "Maschinenkonzerns Roe, sowie die Bestandsinvestoren Elm Ventures und "
            "Oakholm Capital.",
            {"Roe Next", "Elm Ventures", "Oakholm Capital"},
            set(),
        ),
        (
            "Mit dabei sind der Gründerfonds Mitteldeutschland, die Privatbank Elmau "
            "Nord und Ann Roe, früher Technikchefin beim Versicherer Oakholm.",
            {"Gründerfonds Mitteldeutschland", "Elmau Nord", "Ann Roe"},
            set(),
        ),
    ],
)
def test_german_appositions_name_no_backers_and_tell_leads(said, backers, leads):
    text = f"Das Start-up Acme hat in einer Runde 5 Millionen Euro erhalten. {said}"
    (fact,) = read("Acme erhält fünf Millionen Euro", text)
    assert set(fact.investors) == backers
    assert set(fact.leads) == leads


@pytest.mark.parametrize(
    ("said", "backers"),
    [
        (
            "Oak Row led, with the corporate venture arm of shipping line Elm Pacific, "
            "EP Next, chipping in.",
            {"Oak Row", "EP Next"},
        ),
        (
            "Oak Row led. Angels Ann Roe of online bank Elmbank and Leeds lawyer Sam "
            "Ohm put in smaller amounts.",
            {"Oak Row", "Ann Roe", "Sam Ohm"},
        ),
        (
            "Oak Row led. Elmfondet for Skog, a state vehicle, also invested.",
            {"Oak Row", "Elmfondet for Skog"},
        ),
        (
            "The round had the support of Oak Row and the Elm Board.",
            {"Oak Row", "Elm Board"},
        ),
    ],
)
def test_what_explains_a_backer_is_none(said, backers):
    (fact,) = read("Acme raises $5M", f"Acme has raised $5 million. {said}")
    assert set(fact.investors) == backers


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("from the angel investors Ann Roe and Sam Ohm.", "Angel"),
        ("from Ann Roe and Sam Ohm.", "Venture"),
        ("from angel investors and Oak Capital. Ann Roe joined.", "Venture"),
    ],
)
def test_a_round_of_angels_alone_is_an_angel_round(said, name):
    (fact,) = read("Acme raises $1M", f"Acme has raised $1 million {said}")
    assert fact.round_type == name


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Drohnenbauer Acme holt Millionenbetrag",
            "Acme hat sich einen siebenstelligen Betrag gesichert. Die Seed-Runde "
            "führt der Fonds Oakholm Capital an.",
        ),
        (
            "Oak Capital takes to Acme",
            'Acme has received "a seven-figure sum" from Oak Capital.',
        ),
        (
            "Acme: Neues Geld",
            "Der Getränkelieferant Acme schließt eine Seed-Runde ab, deren Höhe "
            "ungenannt bleibt. Oakholm Capital investiert.",
        ),
    ],
)
def test_a_round_may_be_told_without_its_sum(title, text):
    (fact,) = read(title, text)
    assert fact.amount is None
    assert any(name.startswith("Oak") for name in fact.investors)


def test_a_stake_paid_for_with_new_money_is_a_round():
    (fact,) = read(
        "Acme draws Oak Mining as investor",
        "Oak Mining has taken a minority stake in Acme, a company that makes mills, "
        "paying $27 million for newly issued shares.",
    )
    assert (fact.amount, fact.investors) == (27e6, ("Oak Mining",))


def test_a_longer_name_throughout_is_somebody_elses():
    org = Org("t", "Turaco", domain="turaco.co.il")
    text = "Turaco Home Inc., the broker, has raised $9 million. Turaco Home has staff."
    called = {text: False, f"{text} Turaco was founded in 2019.": True}
    for said, ours in called.items():
        article = Article("Turaco, a broker, raises $9M", said, PUBLISHED, "", "")
        assert (explain(org, article, NOW).fact is not None) is ours


def test_claims_that_were_denied_deny_no_round():
    assert read("Acme gets $9M to chase denied claims", "Acme has raised $9 million.")
    assert not read("Acme denied reports that it raised $9M", "Acme is silent.")


@pytest.mark.parametrize(
    ("said", "backers"),
    [
        (
            "Foo Capital led, along with the venture arm of the utility Midvale Power.",
            {"Foo Capital", "Midvale Power"},
        ),
        (
            "Foo Capital led, along with the venture arm of the utility Midvale Power, "
            "Midvale Next.",
            {"Foo Capital", "Midvale Next"},
        ),
        (
            "Foo Capital led, with Loft Two and angels from Figmark, Notiva and "
            "Railyard joining.",
            {"Foo Capital", "Loft Two"},
        ),
        (
            "Foo Capital led, with money from the Iowa Farmers' Alliance.",
            {"Foo Capital", "Iowa Farmers' Alliance"},
        ),
        (
            "Foo Capital led, with the Ontario Carpenters' Pension Plan taking part.",
            {"Foo Capital", "Ontario Carpenters' Pension Plan"},
        ),
    ],
)
def test_who_gives_is_told_from_where_they_belong(said, backers):
    tagger = evaluation.learned_reader()
    if tagger is None:
        pytest.skip("the package with the model's weights is not installed")
    text = f"Acme has raised $9 million in a Series A. {said}"
    article = Article("Acme raises $9 million", text, PUBLISHED, "", "Ledger")
    fact = explain(ACME, article, NOW, tagger).fact
    assert fact
    assert set(fact.investors) == backers


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Acme, the identity startup, picks up $22M",
            "Acme, a New York startup, has raised a $22 million Series A. It should "
            "not be confused with Acme Freight, the brokerage.",
        ),
        (
            "Former Acme Freight engineers raise $10M for Pulsebox",
            "Two engineers of Acme Freight have raised $10 million in a seed round.",
        ),
        (
            "Acme Freight at ten",
            "At a party on Saturday the founder recalled the £600,000 seed round that "
            "saved Acme Freight.",
        ),
    ],
)
def test_rounds_of_namesakes_of_leavers_and_of_old_are_none(title, text):
    freight = Org(org_id="acme", callsign="Acme Freight")
    assert not read(title, text, freight)


def test_new_equity_is_a_round_without_its_sum():
    (fact,) = read(
        "Acme raises new capital to expand its factory",
        "Acme has raised fresh equity to double its factory, it said this week.",
    )
    assert (fact.round_type, fact.amount) == ("Venture", None)
