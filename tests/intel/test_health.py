"""Health is judged by rules, and each verdict names its reasons and evidence."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from intel.evidence import interaction_evidence
from intel.health import Health, HealthSettings, judge
from intel.kinds import Happening
from intel.standing import News, Standing, metrics, support_of
from intel.trend import Judgement, Verdict
from intel.trend.citing import as_evidence
from store.records import Interaction
from tests.support.evidence import ACME, NOW, news

RULES = HealthSettings()
LEVEL = Judgement(Verdict.LEVEL, "acme", "seats", "50 a day lately.", change=0.01)
DROP = Judgement(Verdict.DROP, "acme", "mau", "861 a day lately.", change=-0.28)
DEEP = replace(DROP, change=-0.5)
STOPPED = Judgement(Verdict.MISSING, "acme", "mau", "There is no reading after May.")
LITTLE = Judgement(Verdict.TOO_LITTLE, "acme", "mau", "3 readings are too little.")
SOON = replace(ACME, renewal_date=NOW.date() + timedelta(days=45))
PAST = replace(ACME, renewal_date=date(2026, 1, 1))


def ticket(number: int, mood: float | None, days: float = 3) -> Interaction:
    at = NOW - timedelta(days=days)
    return Interaction(
        f"t{number}", "acme", "zendesk", at, f"Ticket {number}", mood, ""
    )


def verdict(*judged, org=ACME, tickets=(), pieces=()):
    standing = Standing(org, metrics(judged), support_of(tickets, NOW), pieces)
    return judge(standing, NOW, RULES)


CALM = [ticket(1, 0.4), ticket(2, 0.1)]
ANGRY = [ticket(1, -0.6), ticket(2, -0.5)]
LAYOFFS = News(Happening.LAYOFFS, news("Acme cuts 200 jobs."))
FUNDED = News(Happening.FUNDING, news("Acme raised $12 million."))
OLD = News(Happening.LAYOFFS, news("Acme cut 20 jobs.", days=90))


@pytest.mark.parametrize(
    ("judged", "more", "expected"),
    [
        ([], {}, Health.NO_DATA),
        ([LITTLE], {}, Health.NO_DATA),
        ([STOPPED], {}, Health.NO_DATA),
        ([LEVEL], {}, Health.HEALTHY),
        ([LEVEL, LITTLE], {}, Health.HEALTHY),
        ([LEVEL, STOPPED], {}, Health.WATCH),
        ([], {"tickets": CALM}, Health.HEALTHY),
        ([STOPPED], {"tickets": CALM}, Health.WATCH),
        ([DROP], {}, Health.WATCH),
        ([LEVEL, DROP], {}, Health.WATCH),
        ([DEEP], {}, Health.AT_RISK),
        ([DROP], {"org": SOON}, Health.AT_RISK),
        ([DROP], {"org": PAST}, Health.WATCH),
        ([LEVEL], {"org": SOON}, Health.HEALTHY),
        ([LEVEL], {"tickets": ANGRY[:1]}, Health.HEALTHY),
        ([LEVEL], {"tickets": ANGRY}, Health.WATCH),
        ([LEVEL], {"tickets": [*ANGRY, ticket(3, -0.4)]}, Health.AT_RISK),
        ([LEVEL], {"pieces": (LAYOFFS,)}, Health.WATCH),
        ([LEVEL], {"pieces": (FUNDED, OLD)}, Health.HEALTHY),
        ([DROP], {"pieces": (LAYOFFS,), "tickets": ANGRY}, Health.AT_RISK),
    ],
)
def test_health_follows_the_rules(judged, more, expected):
    assert verdict(*judged, **more).health is expected


def test_the_weightiest_reason_comes_first_with_its_evidence():
    found = verdict(LEVEL, DEEP, org=SOON, pieces=(LAYOFFS,))
    first = found.reasons[0]
    assert first.words.startswith("Renewal is due on 2027-01-06, and usage fell. MAU:")
    assert first.evidence_ids == (as_evidence(DEEP).evidence_id,)
    assert found.reasons[1].evidence_ids == (LAYOFFS.piece.evidence_id,)


def test_every_reason_of_a_bad_verdict_names_evidence():
    found = verdict(DEEP, tickets=ANGRY, pieces=(LAYOFFS,))
    assert all(reason.evidence_ids for reason in found.reasons)
    told = {i for reason in found.reasons for i in reason.evidence_ids}
    assert {interaction_evidence(t).evidence_id for t in ANGRY} <= told


def test_more_contacts_than_usual_are_watched():
    before = [ticket(n, 0.0, days=40 + 10 * n) for n in range(6)]
    busy = [ticket(20 + n, 0.0) for n in range(6)]
    found = verdict(LEVEL, tickets=[*before, *busy])
    assert found.health is Health.WATCH
    assert "6 contacts in the last 30 days, against" in found.reasons[0].words


def test_mail_and_the_future_are_no_support():
    mail = replace(ticket(1, -0.9), channel="email")
    ahead = ticket(2, -0.9, days=-2)
    assert support_of([mail, ahead], NOW) is None


def test_rules_can_be_changed():
    strict = replace(RULES, risk_drop=0.2)
    standing = Standing(ACME, metrics([DROP]))
    assert judge(standing, NOW, strict).health is Health.AT_RISK


def test_a_series_that_stopped_beside_good_ones_is_the_reason_to_watch():
    told = verdict(LEVEL, STOPPED, tickets=[ticket(1, 0.4)])
    assert told.reasons[0].words == "MAU: There is no reading after May."
    assert told.reasons[-1].words == "1 contact in the last 30 days."
