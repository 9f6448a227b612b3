"""What Notion is asked: per poll, per dossier, and for a first publication."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from bot.jobs import dossiers
from bot.report import silent
from sync.notion.errors import BudgetSpent
from tests.bench.figure import Figure, at_least, at_most, sizes
from tests.bench.places import Place, bring_news, cpu, place

_POLL_S = 10
_MODEL = 20  # companies whose dossiers are really written; the others' look like them


def requests(counts: Sequence[int]) -> Iterator[Figure]:
    """Count requests of a quiet poll, an unchanged and a changed dossier."""
    for count in counts:
        with place(count) as at:
            _imported(at)
            _quiet(at)
            before = at.requests
            at.run("poll")
            size = sizes(count)
            yield Figure(
                "requests of a quiet poll", size, at.requests - before, "", at_most(1)
            )
            yield from _dossiers(at, size)


def first_publication(counts: Sequence[int]) -> Iterator[Figure]:
    """Publish every company for the first time within the budget."""
    for count in [size for size in counts if size <= 1_000]:
        with place(count) as at:
            _imported(at)
            _want_dossiers(at)
            own, asked, start = cpu(), at.requests, at.clock()
            waves = _publish_all(at)
            spent, asked = cpu() - own, at.requests - asked
            minutes = max((at.clock() - start).total_seconds() - _POLL_S, 1.0) / 60
            share = asked / (at.app.notion().settings.requests_per_window * minutes)
            size = sizes(count)
            yield Figure("first publication: polls", size, waves, "")
            yield Figure(
                "first publication: requests a company", size, asked / count, "",
                at_most(2.2),
            )  # fmt: skip
            if minutes > 2:
                yield Figure(
                    "first publication: share of the budget used", size, share, "",
                    at_least(0.95),
                )  # fmt: skip
            yield Figure(
                "own processor time a request", size, 1000 * spent / asked, "ms",
                at_most(3.0),
            )  # fmt: skip


def _imported(at: Place) -> None:
    at.run("poll")
    at.clock.sleep(600)


def _quiet(at: Place) -> None:
    """Let everything that an import wants be published."""
    _publish_all(at)
    at.clock.sleep(600)
    at.run("poll")
    at.clock.sleep(_POLL_S)


def _publish_all(at: Place) -> int:
    """Poll every ten seconds until nothing waits; gives how often."""
    waves = 0
    while True:
        with suppress(BudgetSpent):
            at.run("poll")
        waves += 1
        if not at.app.store.outbox.count("pending"):
            return waves
        at.clock.sleep(_POLL_S)


def _dossiers(at: Place, size: str) -> Iterator[Figure]:
    app = at.app
    org = app.store.orgs.all()[0]
    bring_news(app, [org.org_id], 2)
    dossiers.write(app, [org], silent)
    _publish_all(at)
    before = at.requests
    dossiers.write(app, [org], silent)
    _publish_all(at)
    polls = 1  # the poll that finds nothing to do
    unchanged = at.requests - before - polls
    yield Figure("requests of an unchanged dossier", size, unchanged, "", at_most(0))
    at.clock.sleep(2 * 86_400)
    bring_news(app, [org.org_id], 1)
    dossiers.write(app, [org], silent)
    before = at.requests
    waves = _publish_all(at)
    changed = at.requests - before - waves
    yield Figure("requests of a changed dossier", size, changed, "")


def _want_dossiers(at: Place) -> None:
    """Want every company's dossier: a few are written, the others look the same."""
    app = at.app
    orgs = app.store.orgs.all()
    some = orgs[:_MODEL]
    bring_news(app, [org.org_id for org in some], 3)
    dossiers.write(app, some, silent)
    for number, org in enumerate(orgs[_MODEL:]):
        model = app.store.outbox.get(f"dossier:{some[number % len(some)].org_id}")
        assert model is not None
        _want_like(at, org.org_id, model.body)


def _want_like(at: Place, org_id: str, body: object) -> None:
    from bot.jobs import rows  # noqa: PLC0415
    from bot.jobs.orgs import live_row  # noqa: PLC0415
    from store import pages  # noqa: PLC0415

    store = at.app.store
    page = pages.from_json("page", body)  # type: ignore[arg-type]
    store.outbox.want(f"dossier:{org_id}", page, org_id, 2, at.clock())
    row = live_row(store, org_id)
    assert row is not None
    rows.want(store, [(store.orgs.get(org_id), row)], at.clock())
