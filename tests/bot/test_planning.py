"""What the workers' planning decides: what is due, what waits for what."""

from datetime import UTC, datetime, timedelta

from bot.leases import IN_NOTION
from bot.scheduler import FOLLOWERS, Cadence
from bot.work import planning, runs
from bot.work.planning import AFTER, Wish
from bot.work.todo import BY_COMPANY, PUBLISHED
from store.work import WorkResult

NOW = datetime(2026, 11, 22, 9, 37, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def wish(minutes_ago: float = 0) -> Wish:
    return Wish(NOW - timedelta(minutes=minutes_ago), 1, QUARTER)


def test_a_period_is_the_same_for_everybody_who_looks():
    number, began = planning.period_of(Cadence(QUARTER, "work"), NOW)
    assert began == datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    for minutes in (0, 5, 7.99):
        later = NOW + timedelta(minutes=minutes)
        assert planning.period_of(Cadence(QUARTER, "work"), later) == (number, began)
    later = NOW + timedelta(minutes=8)
    assert planning.period_of(Cadence(QUARTER, "work"), later)[0] == number + 1


def test_a_job_waits_for_those_that_it_rests_on():
    wished = {"dossiers": wish(), "health": wish(), "intel": wish(), "usage": wish()}
    assert planning.chosen(wished, (), NOW) == ["intel", "usage"]
    rest = {"dossiers": wish(), "health": wish()}
    assert planning.chosen(rest, {"intel"}, NOW) == []
    assert planning.chosen(rest, (), NOW) == ["health"]
    assert planning.chosen({"dossiers": wish()}, (), NOW) == ["dossiers"]


def test_no_job_waits_longer_than_a_period_of_its_own():
    wished = {"dossiers": wish(15), "intel": wish()}
    assert planning.chosen(wished, {"health"}, NOW) == ["dossiers", "intel"]
    assert planning.chosen({"dossiers": wish(14)}, {"health"}, NOW) == []


def test_a_job_does_not_run_beside_itself():
    assert planning.chosen({"health": wish(60)}, {"health"}, NOW) == []


def test_nothing_waits_for_itself_in_a_circle():
    def behind(job: str, seen: tuple[str, ...] = ()) -> None:
        assert job not in seen, " after ".join((*seen, job))
        for other in AFTER.get(job, ()):
            behind(other, (*seen, job))

    for job in AFTER:
        behind(job)


def test_workers_are_rung_for_nothing_that_the_publisher_does():
    ours = (pairs for job, pairs in FOLLOWERS.items() if job not in PUBLISHED)
    rung = {follower for pairs in ours for _, follower in pairs}
    assert {*PUBLISHED, "publish"} == IN_NOTION
    assert not rung & {*PUBLISHED}
    assert rung & {*BY_COMPANY}


def test_what_tasks_came_to_is_told_as_one():
    one = WorkResult("health", "a", "r", "ok", 0, {"judged": 1}, ("Odd.",), NOW)
    two = WorkResult("health", "b", "r", "ok", 0, {"judged": 2, "x": 1}, ("Odd.",), NOW)
    bad = WorkResult("health", "c", "r", "failed", 0, {}, ("Broken.",), NOW)
    report = runs.told([one, two])
    assert report.counts == {"judged": 3, "x": 1}
    assert report.problems == ("Odd.",)
    assert not report.failed
    assert runs.told([one, bad]).failed
    assert runs.told([one, bad]).problems == ("Odd.", "Broken.")
