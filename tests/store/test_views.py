"""The views show what Python computes from the store, on SQLite and on Postgres."""

import re
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from store import views
from store.changes import Change
from store.records import Kind, Org, Relation
from store.store import Store
from tests.support.filled import SECRET, fact, fill

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
UNKNOWN = "Unknown"


@pytest.fixture
def filled(store: Store) -> Store:
    fill(store, NOW)
    return store


def rows(store: Store, view: str, *columns: str) -> list[tuple[Any, ...]]:
    """Read some columns of a view, times as texts in UTC, sorted."""
    chosen = ", ".join(columns)
    found = store.database.execute_sql(f"SELECT {chosen} FROM {view}").fetchall()
    return sorted((tuple(map(plain, row)) for row in found), key=repr)


def plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) or type(value).__name__ == "Decimal":
        return round(float(value), 6)
    return value


def expected(found: Any) -> list[tuple[Any, ...]]:
    return sorted((tuple(map(plain, row)) for row in found), key=repr)


def sector(org: Org) -> str:
    return org.sector or UNKNOWN


def today(store: Store) -> date:
    sqlite = type(store.database).__name__.startswith("Sqlite")
    said = "date('now')" if sqlite else "CAST(now() AT TIME ZONE 'UTC' AS date)"
    found = store.database.execute_sql(f"SELECT {said}").fetchone()[0]
    return found if isinstance(found, date) else date.fromisoformat(found)


def test_companies_stand_with_sector_health_and_open_alerts(filled: Store):
    told = []
    for org in filled.orgs.all():
        last = filled.health.last(org.org_id)
        alerts = filled.actions.of(org.org_id, "open")
        assert last is not None
        assert org.renewal_date is not None
        told.append(
            (
                org.org_id, org.callsign, sector(org), org.domain, org.renewal_date,
                (org.renewal_date - today(filled)).days, last.health, last.day,
                len([i for i in alerts if i.trigger != "draft"]),
            )
        )  # fmt: skip
    assert {row[2] for row in told} == {"Retail", "Health", UNKNOWN}
    assert rows(
        filled, "v_companies", "org_id", "company", "sector", "domain", "renewal_on",
        "days_to_renewal", "health", "health_on", "open_alerts",
    ) == expected(told)  # fmt: skip


def test_a_company_that_nobody_judged_has_no_data(filled: Store):
    filled.orgs.add("New", Change("person", "", NOW))
    found = rows(filled, "v_companies", "org_id", "health", "health_on")
    assert ("new", "No data", None) in found


def test_adoption_is_each_week_s_use_from_monday(filled: Store):
    weeks: dict[tuple[str, ...], list[tuple[float, datetime]]] = defaultdict(list)
    for org in filled.orgs.all():
        for one in filled.usage.of(org.org_id):
            monday = one.ts.date() - timedelta(days=one.ts.weekday())
            key = (org.org_id, sector(org), one.metric, monday.isoformat())
            weeks[key].append((one.value, one.ts))
    told = [
        (
            *key, len(found), sum(v for v, _ in found),
            sum(v for v, _ in found) / len(found), float(any(v > 0 for v, _ in found)),
            max(ts for _, ts in found),
        )
        for key, found in weeks.items()
    ]  # fmt: skip
    assert {row[-2] for row in told} == {0.0, 1.0}
    assert rows(
        filled, "v_adoption", "org_id", "sector", "metric", "week", "readings",
        "total", "mean", "used", "last_reading_at",
    ) == expected(told)  # fmt: skip


def test_coverage_names_what_is_there_and_what_is_missing(filled: Store):
    kinds = {Kind.PRESS: "Their own site", Kind.PRODUCT: "Their own site"}
    channels = {"zendesk": "Support tickets", "call": "Calls"}
    mail = "E-mail (who and when)"
    sources = ("News", "Their own site", "Product usage", *channels.values(), mail)
    told = []
    for org in filled.orgs.all():
        times: dict[str, list[datetime]] = defaultdict(list)
        for event in filled.events.about(org.org_id):
            if event.kind not in (Kind.SUPPORT, Kind.CALL):
                at = event.published_at or event.ingested_at
                assert at is not None
                times[kinds.get(event.kind, "News")].append(at)
        for contact in filled.interactions.of(org.org_id):
            times[channels.get(contact.channel, mail)].append(contact.occurred_at)
        times["Product usage"] = [one.ts for one in filled.usage.of(org.org_id)]
        for source in sources:
            at = times[source]
            last = max(at, default=None)
            ago = (today(filled) - last.date()).days if last else None
            first = min(at, default=None)
            told.append((org.org_id, source, len(at), first, last, ago))
    assert any(row[2] == 0 for row in told)
    columns = ("org_id", "source", "items", "first_at", "last_at", "days_since")
    assert rows(filled, "v_coverage", *columns) == expected(told)


def test_events_are_counted_by_month_for_whom_they_are_about(filled: Store):
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for org in filled.orgs.all():
        links = filled.events.links_to(org.org_id)
        about = [x.event_id for x in links if x.relation is Relation.ABOUT]
        assert len(about) < len(links)
        for event in filled.events.many(about).values():
            at = event.published_at or event.ingested_at
            assert at is not None
            counts[org.org_id, event.kind.value, f"{at:%Y-%m}-01"] += 1
    told = [(*key, count) for key, count in counts.items()]
    columns = ("org_id", "kind", "month", "events")
    assert rows(filled, "v_events_by_month", *columns) == expected(told)


def test_rounds_are_told_once_and_the_surest_word_counts(filled: Store):
    day = (NOW - timedelta(days=100)).date()
    four = day + timedelta(days=4)
    told = [
        ("company-0", "Series B", day, 5e6, "news", 2),
        ("company-0", "Series A", day - timedelta(days=500), 2.5e6, "api", 1),
        ("company-2", "Seed", day + timedelta(days=2), 7e6, "person", 1),
        ("company-4", "Debt", four, None, "news", 1),
        ("company-4", "Debt", four - timedelta(days=200), 5e6, "news", 1),
        ("company-5", "Series C", None, None, "person", 0),
    ]
    columns = ("org_id", "round_type", "announced_on", "amount_usd", "told_by")
    assert rows(filled, "v_funding", *columns, "sources") == expected(told)


def test_sources_without_a_day_tell_of_one_round(filled: Store):
    urls = ("https://x.example", "https://y.example", "https://z.example")
    filled.funding.put(fact("company-1", "Angel", None, url) for url in urls)
    [found] = [r for r in rows(filled, "v_funding", "org_id", "sources", "announced_on")
               if r[0] == "company-1"]  # fmt: skip
    assert found == ("company-1", 3.0, None)


def test_funding_is_summed_by_sector_and_month(filled: Store):
    sums: dict[tuple[Any, ...], list[tuple[str, Any]]] = defaultdict(list)
    seen = rows(filled, "v_funding", "sector", "announced_on", "org_id", "amount_usd")
    for name, day, org, amount in seen:
        sums[name, day and f"{day[:7]}-01"].append((org, amount))
    told = [
        (
            *key, len(found), len({org for org, _ in found}),
            sum(a for _, a in found if a) if any(a for _, a in found) else None,
            sum(a is None for _, a in found),
        )
        for key, found in sums.items()
    ]  # fmt: skip
    assert len(told) > 3
    columns = ("month", "rounds", "companies", "amount_usd", "rounds_without_amount")
    assert rows(filled, "v_funding_by_sector", "sector", *columns) == expected(told)


def test_alerts_say_what_became_of_them_and_by_whom(filled: Store):
    told = []
    for item in filled.actions.all():
        if item.trigger == "draft":
            continue
        by_bot = item.payload.get("closed_by") == "bot"
        at = item.payload.get("settled_at") if by_bot else None
        at = at or (item.payload.get("said") or {}).get("at")
        told.append(
            (
                item.action_id, item.org_id, item.trigger, item.generated_at,
                item.generated_at.date(), "settled" if by_bot else item.status,
                None if item.status == "open" else ("bot" if by_bot else "person"),
                at and datetime.fromisoformat(at),
                float(item.status != "open" and not by_bot),
            )
        )  # fmt: skip
    assert {row[5] for row in told} == {"open", "done", "dismissed", "settled"}
    assert rows(
        filled, "v_alerts", "action_id", "org_id", "trigger", "opened_at", "opened_on",
        "outcome", "closed_by", "closed_at", "acted_on",
    ) == expected(told)  # fmt: skip


def test_freshness_tells_when_each_summary_was_written_checked_and_approved(
    filled: Store,
):
    told: list[tuple[Any, ...]] = []
    for org in filled.orgs.all():
        last = filled.dossiers.last(org.org_id)
        yes = filled.dossiers.last_approved(org.org_id)
        looked = filled.notes.get(f"dossier.looked.{org.org_id}")
        checked = datetime.fromisoformat(looked["at"]) if looked else None
        sent = filled.outbox.sent(f"dossier:{org.org_id}")
        if last is None:
            review = "No summary"
        elif yes is None:
            review = "Never approved"
        else:
            same = yes.version == last.version
            review = "Approved" if same else "Changed since approval"
        told.append(
            (
                org.org_id,
                last and last.version, last and last.generated_at,
                last and (today(filled) - last.generated_at.date()).days,
                checked, checked and (today(filled) - checked.date()).days,
                last and len(last.claims), sent and sent.sent_at,
                yes and yes.version, yes and yes.approved_at, review,
            )
        )  # fmt: skip
    assert {row[-1] for row in told} == {
        "No summary", "Never approved", "Approved", "Changed since approval",
    }  # fmt: skip
    assert rows(
        filled, "v_summary_freshness", "org_id", "version", "generated_at", "age_days",
        "checked_at", "checked_days_ago", "claims", "published_at", "approved_version",
        "approved_at", "review",
    ) == expected(told)  # fmt: skip


def test_blocks_are_those_of_the_newest_version_with_the_day_they_were_first_stated(
    filled: Store,
):
    told = []
    for org in filled.orgs.all():
        versions = filled.dossiers.versions(org.org_id)
        for position, claim in enumerate(versions[0].claims if versions else (), 1):
            first = next(d for d in versions[::-1] if claim in d.claims)
            told.append(
                (
                    org.org_id, versions[0].version, claim.section, position,
                    claim.claim_id, len(claim.evidence_ids), first.version,
                    first.generated_at,
                    (today(filled) - first.generated_at.date()).days,
                )
            )  # fmt: skip
    assert {row[6] for row in told} >= {1, 2}
    assert rows(
        filled, "v_summary_blocks", "org_id", "version", "section", "position",
        "claim_id", "evidence", "first_version", "first_stated_at", "stated_days",
    ) == expected(told)  # fmt: skip


def test_health_by_day_and_runs_by_day_are_counted(filled: Store):
    days = [
        (day.org_id, day.day, day.health)
        for day in filled.health.since(date(2000, 1, 1))
    ]
    assert rows(filled, "v_health", "org_id", "day", "health") == expected(days)
    by_day: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for run in filled.runs.recent("poll", 100):
        by_day[run.job, run.started_at.date().isoformat(), run.status].append(run)
    told = []
    for key, runs in by_day.items():
        took = [(r.ended_at - r.started_at).total_seconds() for r in runs if r.ended_at]
        mean = sum(took) / len(took) if took else None
        starts = [run.started_at for run in runs]
        longest = max(took, default=None)
        told.append((*key, len(runs), mean, longest, min(starts), max(starts)))
    assert rows(
        filled, "v_runs", "job", "day", "status", "runs", "mean_seconds",
        "longest_seconds", "first_at", "last_at",
    ) == expected(told)  # fmt: skip


def test_no_view_shows_what_was_said_or_who_said_it(filled: Store):
    for name in views.names():
        found = filled.database.execute_sql(f"SELECT * FROM {name}").fetchall()
        assert found, name
        assert SECRET not in repr(found), name


def test_views_follow_their_definitions_and_stand_until_these_change(
    filled: Store, store_url: str
):
    assert views.current(filled.database)
    filled.database.execute_sql("DROP VIEW v_funding_by_sector")
    filled.database.execute_sql("CREATE VIEW v_of_old AS SELECT 1 AS one")
    filled.database.execute_sql("DELETE FROM notes WHERE key = 'views'")
    assert not views.current(filled.database)
    Store.open(store_url).close()
    there = {view.name for view in filled.database.get_views()}
    assert {name for name in there if name.startswith("v_")} == set(views.names())
    assert views.current(filled.database)


def test_a_view_comes_after_those_it_reads():
    names = views.names()
    for place, name in enumerate(names):
        text = views.definition(name, sqlite=True)
        assert not [
            n for n in names[place:] if n != name and re.search(rf"\b{n}\b", text)
        ]


def test_who_may_read_the_views_may_do_so_after_they_are_made_anew(postgres_url: str):
    store = Store.open(postgres_url)
    database = store.database
    database.execute_sql("DROP ROLE IF EXISTS reads_all, reads_one")
    for role in ("reads_all", "reads_one"):
        database.execute_sql(f"CREATE ROLE {role}")
    for name in views.names():
        database.execute_sql(f"GRANT SELECT ON {name} TO reads_all")
    database.execute_sql("GRANT SELECT ON v_alerts TO reads_one")
    database.execute_sql("DROP VIEW v_funding_by_sector")  # the new version has it
    database.execute_sql("DELETE FROM notes WHERE key = 'views'")
    store.close()
    store = Store.open(postgres_url)
    may = "SELECT has_table_privilege(%s, %s, 'SELECT')"
    for role, allowed in (
        ("reads_all", set(views.names())),
        ("reads_one", {"v_alerts"}),
    ):
        found = {
            name
            for name in views.names()
            if store.database.execute_sql(may, (role, name)).fetchone()[0]
        }
        assert found == allowed
        store.database.execute_sql(f"DROP OWNED BY {role}")
        store.database.execute_sql(f"DROP ROLE {role}")
    store.close()
