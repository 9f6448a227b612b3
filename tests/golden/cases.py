"""Reads the organisations under tests/data/golden: what is known of each, as JSON.

Events are cut, contacts and readings judged by the same code as in a run, so that what
stands in the files is what comes from outside. Touches: those files.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from intel import company, dossier, evidence, funding, latest_round
from intel.claims import Writer
from intel.dossier import Material, Written
from intel.trend import TrendSettings, judge
from intel.trend.citing import as_evidence
from store import ids
from store.records import (
    ActionItem,
    Dossier,
    Event,
    EventLink,
    Evidence,
    FieldValue,
    Interaction,
    Kind,
    Org,
    Relation,
    Resolved,
    Review,
    Tier,
    UsageReading,
)

DATA = Path(__file__).parents[1] / "data" / "golden"
ROW = "https://notion.example/{}"
NEWEST = "now"


@dataclass(frozen=True)
class Case:
    """One organisation: its states, oldest first; the last one is what is shown."""

    name: str
    about: str
    states: tuple[Mapping[str, Any], ...]


def cases() -> tuple[Case, ...]:
    """Read every case, by name."""
    return tuple(map(read, sorted(DATA.glob("*.json"))))


def read(path: Path) -> Case:
    """Read one case; each earlier state says only what was different then."""
    told = json.loads(path.read_text("utf-8"))
    newest = {k: v for k, v in told.items() if k not in ("about", "before")}
    earlier = tuple({**newest, **state} for state in told.get("before", ()))
    return Case(path.stem, told["about"], (*earlier, newest))


def written(case: Case, writer: Writer | None = None) -> tuple[Material, Written]:
    """Write every state of a case in turn; gives the last."""
    history: tuple[Dossier, ...] = ()
    seen: dict[str, Evidence] = {}
    for state in case.states:
        told = replace(material(state), history=history, fates=fates(state, seen))
        seen |= told.pieces
        made = dossier.write(told, writer)
        if made.is_new:
            history = (made.as_record(told.org.org_id), *history)
        if state.get("approved"):
            history = (replace(history[0], approved_at=told.now), *history[1:])
    return told, made


def material(state: Mapping[str, Any]) -> Material:
    """Make what a dossier is made from."""
    now = moment(state[NEWEST])
    org = org_of(state)
    found = (
        *articles(state, org),
        *readings(state, org, now),
        *rounds(state, org, now),
        *contacts(state, org),
        *actions(state, org),
    )
    review = Review(state.get("review", Review.AWAITING))
    return Material(
        org, values(state, org), found, now,
        window_days=state.get("window_days", 60), review=review,
    )  # fmt: skip


def fates(state: Mapping[str, Any], seen: Mapping[str, Evidence]) -> dict[str, str]:
    """Say what became of evidence seen before, by the name of its story."""
    gone = state.get("gone", {})
    return {
        one: gone[name]
        for one, piece in seen.items()
        if (name := piece.story_id.removeprefix("action:")) in gone
    }


def org_of(state: Mapping[str, Any]) -> Org:
    """Read the company."""
    known = {f.name for f in fields(Org)}
    told = {k: tuple(v) if isinstance(v, list) else v for k, v in state["org"].items()}
    assert told.keys() <= known, told.keys() - known
    due = told.pop("renewal_date", None)
    return Org(**told, renewal_date=date.fromisoformat(due) if due else None)


def values(state: Mapping[str, Any], org: Org) -> dict[str, Resolved]:
    """Read the values of fields: the first of each is the one that wins."""
    return {
        name: Resolved(name, *_ranked([_value(name, one, org) for one in given]))
        for name, given in state.get("fields", {}).items()
    }


def _ranked(found: Sequence[FieldValue]) -> tuple[FieldValue, tuple[FieldValue, ...]]:
    return found[0], tuple(found[1:])


def _value(name: str, told: Mapping[str, Any], org: Org) -> FieldValue:
    source = told.get("source") or ROW.format(org.org_id)
    said = told["value"]
    if name == "renewal_date":
        said = date.fromisoformat(said)
    return FieldValue(name, said, Tier(told["tier"]), source, moment(told["as_of"]))


def articles(state: Mapping[str, Any], org: Org) -> Iterator[Evidence]:
    """Cut events into snippets, as the job does, and cite each."""
    for told in state.get("articles", ()):
        seen = moment(told["published"]) if told.get("published") else None
        event = Event(
            ids.event_id(told["url"], seen), org.org_id, Kind(told.get("kind", "news")),
            told["title"], told["url"], told["source"], seen, told["text"],
            told.get("extracted", {}),
            moment(told["fetched"]) if told.get("fetched") else _later(seen),
            told["url"], story_id=told.get("story", ""),
        )  # fmt: skip
        link = EventLink(event.event_id, org.org_id, Relation.ABOUT, "", 1.0)
        for snippet in evidence.cut(event):
            yield evidence.as_evidence(snippet, event, link)


def _later(seen: datetime | None) -> datetime | None:
    return seen + timedelta(hours=3) if seen else None


def readings(state: Mapping[str, Any], org: Org, now: datetime) -> Iterator[Evidence]:
    """Judge usage: `spans` are runs of days with one value, the oldest first."""
    for told in state.get("usage", ()):
        last = date.fromisoformat(told["last"])
        days = [value for value, count in told["spans"] for _ in range(count)]
        series = [
            UsageReading(
                org.org_id, told["metric"],
                datetime.combine(last - timedelta(days=back), time(), UTC),
                float(value), "usage.csv",
            )
            for back, value in enumerate(reversed(days))
        ]  # fmt: skip
        judged = judge(series, now, TrendSettings())
        yield as_evidence(judged, told.get("url", ROW.format(org.org_id)))


def rounds(state: Mapping[str, Any], org: Org, now: datetime) -> tuple[Evidence, ...]:
    """Choose the round among what the articles tell and people say."""
    facts = [
        fact
        for told in state.get("articles", ())
        if told.get("kind", "news") not in ("support", "call")
        for fact in funding.extract(
            org, told["title"], told["text"],
            moment(told["published"]) if told.get("published") else None,
            told["url"], told["source"], now,
        )
    ]  # fmt: skip
    given = [v.winner for k, v in values(state, org).items() if "funding" in k]
    people = [one for one in given if one is not None]
    return latest_round.as_evidence(org.org_id, funding.best(facts, people, {}))


def contacts(state: Mapping[str, Any], org: Org) -> Iterator[Evidence]:
    """Cite contacts with the customer."""
    for told in state.get("contacts", ()):
        yield evidence.interaction_evidence(
            Interaction(
                told["id"], org.org_id, told["channel"], moment(told["at"]),
                told["summary"], told.get("sentiment"), told.get("url", ""),
            )
        )  # fmt: skip


def actions(state: Mapping[str, Any], org: Org) -> Iterator[Evidence]:
    """Cite open action items."""
    for told in state.get("actions", ()):
        item = ActionItem(
            told["id"], org.org_id, told["trigger"], moment(told["at"]), "open",
            {"summary": told["summary"], "weight": told.get("weight", 1.0)},
        )  # fmt: skip
        yield company.action_evidence(item, ROW.format(org.org_id))


def moment(written: str) -> datetime:
    """Read a time; one without a zone is UTC."""
    at = datetime.fromisoformat(written)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def once_more(told: Material, made: Written) -> Written:
    """Write a dossier anew, from the same, after it was stored."""
    latest = next(iter(told.history), None)
    stored = made.as_record(told.org.org_id)
    history = told.history if not made.is_new else (stored, *told.history)
    assert latest is None or latest.version <= stored.version
    return dossier.write(replace(told, history=history))
