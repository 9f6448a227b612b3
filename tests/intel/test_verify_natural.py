"""Claims as people write them in dossiers: put together, shortened, in the present.

Each pair holds a claim that its evidence carries beside one that it does not.
"""

from datetime import UTC, datetime

import pytest

from intel import claims, figures, inference, verify
from tests.support.evidence import ACME, news

NOVEMBER = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)  # a Thursday


def broken(quote: str, words: str) -> str:
    """Name the rule by which news of 12 November 2026 does not carry a claim, or ""."""
    piece = news(quote, dated=NOVEMBER, facts={})
    claim = claims.make(claims.EXTERNAL, ACME.org_id, words, [piece.evidence_id])
    _, removed = verify.verify([claim], [piece], ACME)
    return removed[0].rule if removed else ""


def held(quote: str, carried: str, not_carried: str, rule: str) -> None:
    assert broken(quote, carried) == ""
    assert broken(quote, not_carried) == rule


@pytest.mark.parametrize(
    ("quote", "carried", "not_carried"),
    [
        (
            "Acme will close its Hull bakery by the end of January, it said.",
            "Acme will close its Hull bakery by the end of January 2027.",
            "Acme will close its Hull bakery by the end of January 2028.",
        ),
        (
            "Ruth Salter left Acme in August after six years.",
            "Ruth Salter left Acme in August 2026 after six years.",
            "Ruth Salter left Acme in August 2025 after six years.",
        ),
        (
            "Acme will roll the update back if it is not mended by Monday.",
            "Acme will roll the update back if it is not mended by 16 November 2026.",
            "Acme will roll the update back if it is not mended by 17 November 2026.",
        ),
        (
            "From tomorrow customers of Acme can book free courses.",
            "Customers of Acme can book free courses from 13 November 2026.",
            "Customers of Acme can book free courses from 15 November 2026.",
        ),
        (
            "The shop of Acme was down from 08:12 to 10:47 UTC on 3 November.",
            "The shop of Acme was down from 08:12 to 10:47 UTC on 3 November 2026.",
            "The shop of Acme was down from 08:12 to 11:47 UTC on 3 November 2026.",
        ),
        (
            "Backups of Acme failed in the night of 27 to 28 October.",
            "Backups of Acme failed in the night of 27 to 28 October 2026.",
            "Backups of Acme failed in the night of 26 to 27 October 2026.",
        ),
        (
            "Acme and the union agree, and may raise wages in March.",
            "Acme and the union agree, and may raise wages in March 2027.",
            "Acme and the union agree, and may raise wages in May 2027.",
        ),
    ],
)
def test_a_year_that_is_not_said_follows_from_the_day_of_the_news(
    quote, carried, not_carried
):
    held(quote, carried, not_carried, "dates")


@pytest.mark.parametrize(
    ("quote", "carried", "not_carried"),
    [
        (
            "Acme bought 210 gigawatt-hours of power.",
            "Acme bought 210 GWh of power.",
            "Acme bought 210 MWh of power.",
        ),
        (
            "About half of the 410 bakers of Acme were not paid.",
            "About 50 percent of the 410 bakers of Acme were not paid.",
            "About 60 percent of the 410 bakers of Acme were not paid.",
        ),
        (
            "The order brought in a fifth of the sales of Acme.",
            "The order brought in 20 percent of the sales of Acme.",
            "The order brought in half of the sales of Acme.",
        ),
        (
            "The big oven of Acme in Hull was out of service from 22:10 to 03:55.",
            "The big oven of Acme in Hull was out of service for 5 hours 45 minutes.",
            "The big oven of Acme in Hull was out of service for 6 hours 45 minutes.",
        ),
        (
            "The occupancy of Acme rose to 91 percent from 88.",
            "The occupancy of Acme rose three points to 91 percent.",
            "The occupancy of Acme rose four points to 91 percent.",
        ),
        (
            "The module of Acme was used by 9 of 20 managers.",
            "The module of Acme was used by 9 of 20 managers (45%).",
            "The module of Acme was used by 9 of 20 managers (65%).",
        ),
        (
            "Acme took 3.9 billion euros and puts two thirds of it into bakeries.",
            "Acme puts two thirds of it, EUR 2.6bn, into bakeries.",
            "Acme puts two thirds of it, EUR 2.9bn, into bakeries.",
        ),
        (
            "Acme had a profit of USD 18.6 million, up from 14.1 million.",
            "Acme had a profit of $18.6m, up from $14.1m.",
            "Acme had a profit of $18.6m, up from €14.1m.",
        ),
        (
            "Acme reloaded the list 11 times and threw away 26 loaves.",
            "Acme reloaded the list 11 times.",
            "Acme reloaded the list 26 times.",
        ),
    ],
)
def test_figures_may_be_worked_out_and_belong_to_what_they_count(
    quote, carried, not_carried
):
    held(quote, carried, not_carried, "figures")


@pytest.mark.parametrize(
    ("quote", "carried", "not_carried"),
    [
        (
            "Acme signed a power purchase agreement with Tarn Rail.",
            "Acme signed a PPA with Tarn Rail.",
            "Acme signed an SLB with Tarn Rail.",
        ),
        (
            "Chief commercial officer Lise Holm leads the EU team of Acme.",
            "CCO Lise Holm leads the EU team of Acme.",
            "CCO Lise Berg leads the EU team of Acme.",
        ),
        (
            "Acme runs trains between Belmont and Oster.",
            "Acme runs Belmont-Oster trains.",
            "Acme runs Belmont-Riga trains.",
        ),
        (
            "The ovens of Fab 2 at Acme stop every four hours.",
            "At Acme the ovens of Fab 2 stop every four hours.",
            "At Acme the ovens of Fab 4 stop every four hours.",
        ),
    ],
)
def test_names_may_be_shortened_and_joined(quote, carried, not_carried):
    held(quote, carried, not_carried, "names")


@pytest.mark.parametrize(
    ("quote", "carried", "not_carried"),
    [
        (
            "The fault lay with the supplier. Danish shops of Acme were not hit.",
            "The fault lay with the supplier; Danish shops of Acme were not hit.",
            "The fault lay with the supplier; Danish shops of Acme were hit.",
        ),
        (
            "Acme accepted the fine and will not appeal.",
            "Acme accepted the fine; Acme will not appeal.",
            "Acme accepted the fine; Acme will appeal.",
        ),
        (
            "The cause was an old certificate at Acme, not an attack.",
            "The cause was an old certificate at Acme.",
            "The cause at Acme was an attack.",
        ),
        (
            "Customers of Acme were unable to pay by card.",
            "Customers of Acme could not pay by card.",
            "Customers of Acme were not unable to pay by card.",
        ),
        (
            "Training for night staff at Acme has not started.",
            "Training for night staff at Acme has yet to start.",
            "Training for night staff at Acme has started.",
        ),
        (
            "Chair Moira Tennant of Acme will run the bakery until autumn.",
            "Chair Moira Tennant of Acme will run the bakery until autumn.",
            "Chair Moira Tennant of Acme will not run the bakery until autumn.",
        ),
    ],
)
def test_a_denial_stays_with_its_clause(quote, carried, not_carried):
    assert broken(quote, carried) == ""
    assert broken(quote, not_carried) in {"denial", "negation"}


@pytest.mark.parametrize(
    ("quote", "carried", "not_carried"),
    [
        (
            "Ann Roe, head of sales at Acme, will leave on 31 December.",
            "Ann Roe, head of sales at Acme, leaves on 31 December 2026.",
            "Ann Roe, head of sales at Acme, has left on 31 October 2026.",
        ),
        (
            "Acme has agreed to buy Beta Rolls; the deal is expected to close in May.",
            "Acme has agreed to buy Beta Rolls.",
            "Acme has completed its purchase of Beta Rolls.",
        ),
        (
            "A rival of Acme said it was considering a legal challenge.",
            "A rival of Acme is considering a legal challenge.",
            "A rival of Acme has filed a legal challenge.",
        ),
        (
            "If it is not mended, Acme will ask for credits.",
            "Acme will ask for credits if it is not mended.",
            "Acme has asked for credits.",
        ),
    ],
)
def test_what_is_to_come_is_no_fact_yet(quote, carried, not_carried):
    assert broken(quote, carried) == ""
    assert broken(quote, not_carried) in {"certainty", "dates"}


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        (
            "Acme and the start-up Beta have signed a licence.",
            "Acme signed a licence with the start-up Beta.",
        ),
        (
            "The London firm handles 9 million loaves for Acme Bread a year.",
            "Acme handles 9 million loaves a year.",
        ),
        (
            "We have asked for a new oven, as ours stopped on Monday.",
            "Acme has asked for a new oven.",
        ),
        (
            "Purchases made in the app of Acme were delivered late.",
            "Purchases in the app of Acme were delivered late.",
        ),
        (
            "Sales of Acme rose, according to a mail seen by Cloud Ledger.",
            "Sales of Acme rose.",
        ),
    ],
)
def test_who_it_was_is_understood(quote, words):
    assert broken(quote, words) == ""


@pytest.mark.parametrize(
    ("quote", "words", "rule"),
    [
        (
            "Bookings of Acme are ahead in every market but Germany.",
            "Bookings of Acme are ahead in all markets.",
            "extent",
        ),
        (
            "Acme switched its app on for the Cardiff branch only. It was fast in all "
            "three months.",
            "Acme switched its app on for all branches.",
            "extent",
        ),
        (
            "The union called the plan of Acme hasty. Ann Roe, its boss, disagreed.",
            "Ann Roe, the boss of Acme, called the plan hasty.",
            "roles",
        ),
        (
            "Gross margin of Acme widened to 44 percent.",
            "Gross margin of Acme narrowed.",
            "direction",
        ),
        (
            "Acme will end support for its Windows desktop app on Monday. "
            "The Mac app stays.",
            "Acme will end support for its Mac desktop app on Monday.",
            "roles",
        ),
    ],
)
def test_what_is_said_of_others_or_of_fewer_is_removed(quote, words, rule):
    assert broken(quote, words) == rule


@pytest.mark.parametrize(
    ("quote", "carried", "not_carried", "rule"),
    [
        (
            "Acme has bought Beta of Lyon for EUR 22 million.",
            "Acme bought Lyon-based Beta for EUR 22m.",
            "Acme bought Nice-based Beta for EUR 22m.",
            "names",
        ),
        (
            "Acme built the battery pack with Coventry-based Ampere.",
            "The battery pack of Acme was built with Ampere of Coventry.",
            "The battery pack of Acme was built with Ampere of Leeds.",
            "names",
        ),
        (
            "Over the summer Acme moved 3.2 petabytes of data to Stratus Cloud.",
            "Acme moved 3.2 PB of data to Stratus Cloud over the summer.",
            "Acme moved 3.2 terabytes of data to Stratus Cloud over the summer.",
            "figures",
        ),
        (
            "Deposits of Acme will move first, in autumn 2027, and mortgages in 2028.",
            "Acme will move deposits first, in autumn 2027.",
            "Acme will move deposits first, in autumn 2028.",
            "dates",
        ),
        (
            "Last night Acme moved the last of its 46 servers to Stratus Cloud.",
            "Acme moved the last of its 46 servers to Stratus Cloud on 11 November "
            "2026.",
            "Acme moved the last of its 46 servers to Stratus Cloud on 10 November "
            "2026.",
            "dates",
        ),
        (
            "Sales of Acme fell 2.6% in the half year to 26 September, while online "
            "orders grew 11%.",
            "Online orders at Acme grew 11% in the half year to 26 September.",
            "Online orders at Acme fell 11% in the half year to 26 September.",
            "direction",
        ),
        (
            "The bases of Acme in Boise and Spokane have been live since 1 October; "
            "Fresno is scheduled for 1 December.",
            "Acme's base in Boise is already live.",
            "Acme's base in Fresno is already live.",
            "certainty",
        ),
        (
            "Acme must pay a fine of EUR 3.4 million within 30 days but said it would "
            "appeal.",
            "Acme said it would appeal against the fine of EUR 3.4 million.",
            "Acme has lodged its appeal against the fine of EUR 3.4 million.",
            "certainty",
        ),
        (
            "A field version is being studied, but Acme has not decided whether to "
            "make it.",
            "Acme is studying a field version and has not decided whether to make it.",
            "Acme will make a field version.",
            "certainty",
        ),
        (
            "Ann Roe confirmed that Acme will renew for three years at EUR 540,000.",
            "Ann Roe confirmed a three-year renewal at EUR 540,000.",
            "Ann Roe confirmed that Acme has renewed at EUR 540,000.",
            "certainty",
        ),
        (
            "Acme will pass the extra cost on in part to customers from 1 January.",
            "Acme will pass part of the extra cost on to customers from 1 January.",
            "Acme will pass the full extra cost on to customers from 1 January.",
            "extent",
        ),
        (
            "340 of about 5,100 employees of Acme were affected, all of them in "
            "Rostock.",
            "340 of about 5,100 employees of Acme were affected.",
            "All of Acme's roughly 5,100 employees were affected.",
            "extent",
        ),
        (
            "Acme has secured a $120 million debt facility from Stonebridge Credit.",
            "Stonebridge Credit provided a $120m debt facility to Acme.",
            "Acme provided a $120m debt facility to Stonebridge Credit.",
            "roles",
        ),
        (
            "The department has granted Acme a licence, two people familiar with it "
            "said. Acme declined to comment.",
            "The department has granted Acme a licence.",
            "Acme confirmed that the department has granted it a licence.",
            "roles",
        ),
        (
            "Ann Roe confirmed that Acme will renew the portal for two years.",
            "Acme will renew the portal for two years, Ann Roe confirmed.",
            "Acme will renew the portal for two years, Bob Ott confirmed.",
            "names",
        ),
    ],
)
def test_what_analysts_shorten_is_held_to_what_was_said(
    quote, carried, not_carried, rule
):
    held(quote, carried, not_carried, rule)


def test_who_declined_to_comment_on_one_thing_may_speak_on_another():
    quote = (
        "Acme declined to comment on the price. Acme, which makes pumps, said that the "
        "plant stays open."
    )
    assert broken(quote, "Acme said that the plant stays open.") == ""


@pytest.mark.parametrize(
    ("quote", "carried", "not_carried", "rule"),
    [
        (
            "Three of nine sites of Acme use the old app, the rest the new one.",
            "Six of Acme's nine sites use the new app.",
            "Seven of Acme's nine sites use the new app.",
            "figures",
        ),
        (
            "Quotes of Acme through the portal rose to 7,860, and those by e-mail fell "
            "to 940.",
            "Acme sent 8,800 quotes by portal and e-mail together.",
            "Acme sent 9,800 quotes by portal and e-mail together.",
            "figures",
        ),
        (
            "Desk bookings at Acme reached 9,600, a quarter of them made through the "
            "bot.",
            "The bot took 2,400 of Acme's 9,600 desk bookings.",
            "The bot took 3,400 of Acme's 9,600 desk bookings.",
            "figures",
        ),
        (
            "The route planner of Acme made up 58% of sessions, the load board 27%, "
            "reporting the rest.",
            "Reporting made up 15% of sessions at Acme.",
            "Reporting made up 25% of sessions at Acme.",
            "figures",
        ),
        (
            "58 percent of the 640 patients of Acme had fewer attacks after a year.",
            "More than half of the 640 patients of Acme had fewer attacks after a "
            "year.",
            "More than three quarters of the 640 patients of Acme had fewer attacks "
            "after a year.",
            "figures",
        ),
        (
            "In October 212 of 480 licensed users at Acme logged in.",
            "Fewer than half of Acme's 480 licensed users logged in during October.",
            "Fewer than a third of Acme's 480 licensed users logged in during October.",
            "figures",
        ),
        (
            "The average time to first reply of Acme was 47 minutes, against 64 in "
            "September.",
            "The average time to first reply of Acme was 17 minutes less than in "
            "September.",
            "The average time to first reply of Acme was 19 minutes less than in "
            "September.",
            "figures",
        ),
        (
            "Between 14:05 and 15:50 UTC about 12% of requests at Acme failed.",
            "About 12% of requests at Acme failed for an hour and 45 minutes.",
            "About 12% of requests at Acme failed for an hour and 15 minutes.",
            "figures",
        ),
        (
            "Permit requests at Acme rose to 3,180 in October from 2,650 the month "
            "before.",
            "Permit requests at Acme rose to 3,180 in October from 2,650 in September.",
            "Permit requests at Acme rose to 3,180 in October from 2,650 in August.",
            "dates",
        ),
        (
            "Acme keeps all rights in Europe and North America.",
            "Acme keeps its rights in the North American market.",
            "Acme keeps its rights in the South American market.",
            "names",
        ),
    ],
)
def test_what_is_worked_out_is_worked_out_again(quote, carried, not_carried, rule):
    held(quote, carried, not_carried, rule)


def test_a_percentage_that_did_not_is_what_is_left_of_a_hundred():
    told = ["Pharmacists of Acme closed 92% of requests on the same day."]
    for said, carried in (
        ("8% of requests were not closed on the same day.", True),
        ("9% of requests were not closed on the same day.", False),
        ("8% of requests were closed on the same day.", False),
    ):
        (one, *_) = figures.figures(said)
        assert inference.follows(one, said, told) is carried
