"""Says in words what a trial has changed in a copy of the store. Pure.

What people would notice is told one by one, the bot's own book-keeping counted.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from store.differences import Difference, Row

MOST = 20  # lines of each sort; of the rest the number
_UNKNOWN = "nobody"
Sayer = Callable[[Difference, "Known"], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Known:
    """What was known before: the companies' names and health, by id."""

    names: Mapping[str, str]
    health: Mapping[str, str]

    def name(self, row: Row) -> str:
        """Name the company that a row is about."""
        org_id = str(row.get("org_id") or "")
        return self.names.get(org_id, org_id) or _UNKNOWN


def in_words(found: Mapping[str, Difference], known: Known) -> Iterator[str]:
    """Tell what differs, table by table."""
    for table, say in _SAYERS.items():
        if table in found:
            yield from _limited(list(say(found[table], known)))
    kept = [_counted(t, found[t]) for t in sorted(found.keys() - _SAYERS.keys())]
    if kept:
        yield f"book-keeping: {', '.join(kept)}"


def _limited(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:MOST]
    if len(lines) > MOST:
        about = lines[0].partition(":")[0]
        yield f"{about}: and {len(lines) - MOST} more"


def _counted(table: str, one: Difference) -> str:
    said = {"new": one.added, "changed": one.changed, "gone": one.removed}
    words = " and ".join(f"{len(rows)} {word}" for word, rows in said.items() if rows)
    return f"{table.replace('_', ' ')} {words}"


def _orgs(one: Difference, _: Known) -> Iterator[str]:
    yield from (f"company: {row['callsign']} is taken up" for row in one.added)
    yield from (f"company: {row['callsign']} is forgotten" for row in one.removed)
    for old, new in one.changed:
        told = _changes(old, new, ("callsign", "display_name", "domain"))
        yield from (f"company: {new['callsign']}: {words}" for words in told)


def _changes(old: Row, new: Row, columns: Iterable[str]) -> Iterator[str]:
    for name in columns:
        if old[name] != new[name]:
            was, now = (value or "empty" for value in (old[name], new[name]))
            yield f"{name.replace('_', ' ')} {was} → {now}"


def _overrides(one: Difference, known: Known) -> Iterator[str]:
    for row in one.added:
        said = f"{_field(row)} = {_short(row['value'])}"
        yield f"a person's word: {known.name(row)}: {said}"
    for old, new in one.changed:
        if old["active"] and not new["active"]:
            yield f"a person's word: {known.name(new)}: {_field(new)} holds no more"


def _values(one: Difference, known: Known) -> Iterator[str]:
    pairs: list[tuple[Row | None, Row]] = [(None, row) for row in one.added]
    for old, new in (*pairs, *one.changed):
        if old is None or old["value"] != new["value"]:
            was = f"{_short(old['value'])} → " if old else ""
            yield (
                f"value: {known.name(new)}: {_field(new)} {was}{_short(new['value'])}"
                f" ({new['tier']})"
            )


def _field(row: Row) -> str:
    return str(row["field"]).replace("_", " ")


def _short(value: Any) -> str:
    text = "empty" if value in (None, "", []) else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _feeds(one: Difference, _: Known) -> Iterator[str]:
    for row in one.added:
        how = "is read from now on" if not row["last_ok"] else "is taken up and read"
        yield f"feed: {row['url']} {how}"
    yield from (f"feed: {row['url']} is read no more" for row in one.removed)
    for old, new in one.changed:
        if new["error"] and new["failures"] > old["failures"]:
            yield f"feed: {new['url']} fails: {new['error']}"
        elif new["last_ok"] != old["last_ok"]:
            yield f"feed: {new['url']} is read"


def _entries(one: Difference, _: Known) -> Iterator[str]:
    new = Counter(str(row["feed_url"]) for row in one.added)
    yield from (f"feed: {url}: {n} new items" for url, n in sorted(new.items()))


def _events(one: Difference, _: Known) -> Iterator[str]:
    for row in one.added:
        source = row["source"] or "unknown"
        yield f"evidence: {row['kind']} “{_short(row['title'])}” ({source}) is kept"
    if one.removed:
        yield f"evidence: {len(one.removed)} pieces go"


def _links(one: Difference, known: Known) -> Iterator[str]:
    again = (new for old, new in one.changed if old["relation"] != new["relation"])
    for row in (*one.added, *again):
        yield f"link: {known.name(row)}: {row['relation']} ({row['reason']})"


def _rounds(one: Difference, known: Known) -> Iterator[str]:
    for row in one.added:
        yield (
            f"funding: {known.name(row)}: {row['round_type']} of "
            f"{row['announced_on']} in {row['source_url']}"
        )


def _usage(one: Difference, _: Known) -> Iterator[str]:
    count = len(one.added) + len(one.changed)
    orgs = {row["org_id"] for row in one.added} | {
        new["org_id"] for _, new in one.changed
    }
    if count:
        yield f"usage: {count} readings, companies: {len(orgs)}"
    if one.removed:
        yield f"usage: {len(one.removed)} readings go"


def _contacts(one: Difference, known: Known) -> Iterator[str]:
    counts = Counter((known.name(row), str(row["channel"])) for row in one.added)
    for (name, channel), n in sorted(counts.items()):
        yield f"contacts: {name}: {n} by {channel}"


def _health(one: Difference, known: Known) -> Iterator[str]:
    same = 0
    for row in (*one.added, *(new for _, new in one.changed)):
        was, now = known.health.get(str(row["org_id"])), row["health"]
        same += was == now
        if was != now:
            before = f"{was} → " if was else ""
            yield f"health: {known.name(row)} {before}{now}{_because(row)}"
    if same:
        yield f"health: as before: {same}"


def _because(row: Row) -> str:
    reasons = [str(one.get("words") or "") for one in row["reasons"]]
    first = next((words for words in reasons if words), "")
    return f" because {first}" if first else ""


def _actions(one: Difference, known: Known) -> Iterator[str]:
    for row in one.added:
        yield f"action item opens: {_item(row, known)}"
    for old, new in one.changed:
        if old["status"] != new["status"]:
            how = f"goes from {old['status']} to {new['status']}"
        else:
            how = "is brought up to date"
        yield f"action item {how}: {_item(new, known)}"


def _item(row: Row, known: Known) -> str:
    summary = str(row["payload"].get("summary") or "")
    return f"{known.name(row)}: {row['trigger'].replace('_', ' ')}: {summary}"


def _dossiers(one: Difference, known: Known) -> Iterator[str]:
    for row in one.added:
        yield f"dossier: {known.name(row)}: version {row['version']} is written"


def _ticks(one: Difference, known: Known) -> Iterator[str]:
    for row in one.added:
        yield f"request: {known.name(row)}: a draft is asked for"


_SAYERS: Mapping[str, Sayer] = MappingProxyType(
    {
        "orgs": _orgs,
        "overrides": _overrides,
        "field_values": _values,
        "feeds": _feeds,
        "entries": _entries,
        "events": _events,
        "event_orgs": _links,
        "funding_facts": _rounds,
        "usage_metrics": _usage,
        "interactions": _contacts,
        "health_days": _health,
        "action_items": _actions,
        "dossiers": _dossiers,
        "ticks": _ticks,
    }
)
