"""A store with something of everything, for what reads across tables."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from store import ids, pages
from store.changes import Change
from store.records import (
    ActionItem,
    Claim,
    Dossier,
    Event,
    EventLink,
    FieldValue,
    FundingFact,
    HealthDay,
    Interaction,
    Kind,
    Relation,
    Removed,
    Run,
    Said,
    Sent,
    StoryVerdict,
    Tier,
    UsageReading,
)
from store.store import Store

SECRET = "canary-of-a-person@customer.example"  # stands where no view may look
DAY = timedelta(days=1)


def fill(store: Store, now: datetime, companies: int = 6) -> None:
    """Put in companies of two sectors, one without, and all that rests on them."""
    with store.atomic():
        for number in range(companies):
            _company(store, number, now)
        _runs(store, now)


def name_of(number: int) -> str:
    return f"Company {number}"


def _company(store: Store, number: int, now: datetime) -> None:
    name = name_of(number)
    change = Change("person", f"https://notion.so/{number}", now - 90 * DAY)
    org = store.orgs.add(name, change)
    sector = ("Retail", "Retail", "Health", "Health", None, " ")[number % 6]
    if sector and sector.strip():
        store.overrides.set(org.org_id, "sector", sector, change)
    store.overrides.set(org.org_id, "manual_notes", f"Ask {SECRET}.", change)
    owner = [{"id": "1", "name": SECRET}]
    store.overrides.set(org.org_id, "owner", owner, change)
    renewal = (now + number * 20 * DAY).date().isoformat()
    store.overrides.set(org.org_id, "renewal_date", renewal, change)
    for tier, domain in ((Tier.CSV, "csv.example"), (Tier.DISCOVERED, "web.example")):
        value = FieldValue("domain", f"c{number}.{domain}", tier, "file.csv:2", now)
        store.overrides.offer(org.org_id, value, change)
    if number % 3:
        _usage(store, org.org_id, number, now)
    _news(store, org.org_id, number, now)
    _rounds(store, org.org_id, number, now)
    _inside(store, org.org_id, number, now)
    _actions(store, org.org_id, number, now)
    _health(store, org.org_id, number, now)
    if number != 1:
        _dossier(store, org.org_id, number, now)


def _usage(store: Store, org_id: str, number: int, now: datetime) -> None:
    store.usage.put(
        UsageReading(org_id, metric, now - back * DAY, value, "usage.csv:7")
        for back in range(40)
        for metric, value in (
            ("logins", 10.5 * number + back % 7),
            ("feature.export", float(number > 3 and back % 5)),
        )
    )


def _news(store: Store, org_id: str, number: int, now: datetime) -> None:
    kinds = (Kind.NEWS, Kind.FUNDING, Kind.PRESS, Kind.SUPPORT, Kind.CALL, Kind.TWEET)
    for step, kind in enumerate(kinds * (1 + number % 2)):
        published = now - (step * 11 + number) * DAY if step % 4 != 3 else None
        url = f"https://news.example/{org_id}/{step}"
        event = Event(
            ids.event_id(url, published), org_id, kind, f"About {org_id}", url,
            "The Herald", published, f"{SECRET} said so.",
            ingested_at=now - step * DAY, story_id=f"story-{org_id}-{step}",
        )  # fmt: skip
        store.events.add(event, now)
        relation = Relation.MENTION if step == 5 else Relation.ABOUT
        link = EventLink(event.event_id, org_id, relation, "named", 0.9)
        store.events.link(event.event_id, [link], now)


def fact(
    org_id: str, round_type: str, day: date | None, url: str, **more: Any
) -> FundingFact:
    given: dict[str, Any] = {
        "amount_usd": 5e6, "investors": (SECRET,), "confidence": 0.8,
        "created_at": datetime(2026, 1, 1, tzinfo=UTC), "quote": SECRET,
    }  # fmt: skip
    return FundingFact(
        org_id=org_id, round_type=round_type, announced_on=day, source_url=url,
        **{**given, **more},
    )  # fmt: skip


def _rounds(store: Store, org_id: str, number: int, now: datetime) -> None:
    day = (now - 100 * DAY).date() + number * DAY
    if number == 0:  # two sources on one round, an earlier one, one nobody is sure of
        store.funding.put(
            [
                fact(org_id, "Series B", day, "https://a.example", amount_usd=None),
                fact(org_id, "Series B", day + 9 * DAY, "https://b.example"),
                fact(org_id, "Venture", day + 2 * DAY, "https://c.example"),
                fact(org_id, "Series A", day - 500 * DAY, "https://d.example",
                     tier="api", amount_usd=2.5e6),
                fact(org_id, "Seed", day - 900 * DAY, "https://e.example",
                     confidence=0.2),
            ]
        )  # fmt: skip
    if number == 2:  # without a day, and one that a person corrects
        store.funding.put([fact(org_id, "Seed", None, "https://f.example")])
        change = Change("person", "https://notion.so/2", now)
        store.overrides.set(org_id, "funding_amount", 7e6, change)
        store.overrides.set(org_id, "funding_date", day.isoformat(), change)
    if number == 3:  # one that a person set aside with its story
        step = store.events.about(org_id)[0]
        store.funding.put(
            [fact(org_id, "Seed", day, "https://g.example", event_id=step.event_id)]
        )
        verdict = StoryVerdict(org_id, step.story_id, Said.WRONG, "person-1", now)
        store.stories.say(verdict)
    if number == 4:  # the same kind of round twice, far apart
        store.funding.put(
            [
                fact(org_id, "Debt", day, "https://h.example", amount_usd=None),
                fact(org_id, "Debt", day - 200 * DAY, "https://i.example"),
            ]
        )
    if number == 5:  # only a person knows
        change = Change("person", "https://notion.so/5", now)
        store.overrides.set(org_id, "funding_round", "Series C", change)


def _inside(store: Store, org_id: str, number: int, now: datetime) -> None:
    for step, channel in enumerate(("zendesk", "call", "email", "zendesk")):
        if (number + step) % 3:
            store.interactions.put(
                [
                    Interaction(
                        f"{org_id}-{step}", org_id, channel, now - step * DAY,
                        f"{SECRET} is cross.", -0.5, "https://desk.example",
                    )
                ]
            )  # fmt: skip


def _actions(store: Store, org_id: str, number: int, now: datetime) -> None:
    opened = now - (10 + number) * DAY
    said = {"by": SECRET, "at": (now - DAY).isoformat()}
    settled = {"settled_at": (now - 2 * DAY).isoformat(), "closed_by": "bot"}
    for trigger, status, payload in (
        ("usage_drop", "open", {}),
        ("funding", "done", {"said": said | {"status": "done"}}),
        ("renewal_window", "dismissed", {"said": said | {"status": "dismissed"}}),
        ("negative_support", "done", settled),
        ("draft", "open", {"subject_line": SECRET}),
    )[number % 2 :]:
        about = {"summary": f"{SECRET} fell", "subject": "logins"}
        store.actions.put(
            ActionItem(
                ids.digest("action", org_id, trigger), org_id, trigger, opened, status,
                about | payload, opened + 5 * DAY,
            )
        )  # fmt: skip


def _health(store: Store, org_id: str, number: int, now: datetime) -> None:
    verdicts = ("Healthy", "Watch", "At risk")
    for back in range(0, 30, 10):
        verdict = verdicts[(number + back // 10) % 3]
        day = (now - back * DAY).date()
        reasons = ({"words": SECRET},)
        store.health.put(HealthDay(org_id, day, verdict, reasons, (), now - back * DAY))


def claims_of(number: int, version: int) -> Sequence[tuple[str, str]]:
    """The claims of a company's version, as (section, text)."""
    told = [
        ("Company", f"Owner: {SECRET}."),
        ("External intel", f"It opened an office, number {number}."),
        ("Support signals", f"“{SECRET} is cross.”"),
    ]
    return told if version == 1 else [*told, ("External intel", "It hired a chief.")]


def _dossier(store: Store, org_id: str, number: int, now: datetime) -> None:
    versions = 1 + number % 3
    for version in range(1, versions + 1):
        at = now - (versions - version + 1) * 8 * DAY
        claims = tuple(
            Claim(ids.digest(org_id, text), section, text, (f"e-{n}", "e-x"))
            for n, (section, text) in enumerate(claims_of(number, version))
        )
        removed = (Removed(claims[0], "numbers", SECRET),)
        approved = at if number in (2, 3) and version == 1 else None
        made = Dossier(
            org_id, version, at, claims, removed, "hash", "extractive", approved
        )
        store.dossiers.put(made)
    key = f"dossier:{org_id}"
    store.outbox.want(key, pages.Page("Dossier", ()), org_id, 2, now)
    sent = Sent(key, f"page-{number}", "https://notion.so/p", "hash", {}, (), now)
    store.outbox.progress(sent)
    looked: Mapping[str, Any] = {"at": (now - 3 * DAY).isoformat(), "digest": ""}
    store.notes.put(f"dossier.looked.{org_id}", looked, now)


def _runs(store: Store, now: datetime) -> None:
    for number in range(8):
        started = now - number * DAY / 3
        run = Run(f"run-{number}", "poll", "", started, None, "running", {})
        store.runs.begin(run)
        if number:
            ended = started + timedelta(seconds=2.5 * number)
            status = "failed" if number == 3 else "ok"
            store.runs.end(run, status, {"rows": 3}, SECRET, ended)
