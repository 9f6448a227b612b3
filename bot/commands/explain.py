"""`cip explain ORG [FIELD]`: where a value came from.

Touches: the store, the terminal.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.errors import WrongUsage
from bot.jobs import domains, rounds
from bot.opening import opened_store
from intel import latest_round
from store.records import AuditEntry, FieldValue, Org, Relation, Resolved
from store.store import Store

EVIDENCE_FIELDS = ("news", "dossier", "funding")


class UnknownField(WrongUsage):
    """No field goes by that name."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(f"There is no field {name!r}. Fields: {', '.join(known)}.")


def show(environ: Mapping[str, str], name: str, field: str) -> None:
    """Print one field of a company, or all of them."""
    console = Console()
    with opened_store(environ) as store:
        org = store.orgs.find(name)
        resolved = store.overrides.resolve(org.org_id)
        if field and field not in (*resolved, *EVIDENCE_FIELDS):
            raise UnknownField(field, [*resolved, *EVIDENCE_FIELDS])
        if field == "news":
            console.print(news(store, org))
        elif field == "funding":
            for line in funding(store, org):
                console.print(escape(line))
        elif field == "dossier":
            for line in claims(store, org):
                console.print(escape(line))
        elif field:
            for line in one(store, org, resolved[field]):
                console.print(escape(line))
        else:
            console.print(everything(org, resolved))


def everything(org: Org, resolved: Mapping[str, Resolved]) -> Table:
    """Make a table of every field that has a value."""
    table = Table(title=f"{org.callsign} ({org.org_id})")
    for heading in ("field", "value", "from", "source", "as of", "lost"):
        table.add_column(heading, overflow="fold")
    for name, result in resolved.items():
        if result.winner:
            lost = "; ".join(f"{v.tier}: {v.value}" for v in result.losing)
            table.add_row(*map(escape, (name, *_words(result.winner), lost)))
    return table


def one(store: Store, org: Org, resolved: Resolved) -> Iterator[str]:
    """Tell one field's story: the winner, the losers, every change."""
    yield f"{org.callsign} · {resolved.field}"
    if resolved.winner is None:
        yield "  no value: no override, nothing in the CSV, nothing discovered"
    else:
        value, tier, source, as_of = _words(resolved.winner)
        yield f"  {value}   ({tier}, from {source}, as of {as_of})"
    for losing in resolved.losing:
        value, tier, source, as_of = _words(losing)
        yield f"  lost: {value}   ({tier}, from {source}, as of {as_of})"
    if resolved.field == "domain":
        yield from domains.explained(store, org)
    log = store.audit.of(org.org_id, resolved.field)
    if log:
        yield "  changes:"
    yield from (f"    {_line(entry)}" for entry in log)


def news(store: Store, org: Org) -> Table:
    """Make a table of every article weighed for a company, with the reason."""
    links = store.events.links_to(org.org_id)
    events = store.events.many([link.event_id for link in links])
    table = Table(title=f"{org.callsign}: articles weighed")
    for heading in ("date", "outlet", "title", "is", "because"):
        table.add_column(heading, overflow="fold")
    order = list(Relation)
    links.sort(key=lambda link: (order.index(link.relation), -link.score))
    for link in links:
        event = events[link.event_id]
        day = f"{event.published_at:%Y-%m-%d}" if event.published_at else "undated"
        row = (day, event.source, event.title, link.relation.value, link.reason)
        table.add_row(*map(escape, row))
    return table


def funding(store: Store, org: Org) -> Iterator[str]:
    """Tell every source's word on the company's rounds, which one counts, and why."""
    found = rounds.best_of(store, org.org_id)
    yield f"{org.callsign} · funding"
    if found.fact is None:
        yield "  no round: nothing from people, from a data provider or in the news"
    else:
        reasons = "; ".join(latest_round.why(found))
        yield f"  {latest_round.in_words(found.fact, found.rate)}   ({reasons})"
    for conflict in found.conflicts:
        yield f"  sources differ on {conflict.field.replace('_', ' ')}:"
        yield from (f"      {_plain(word)}: {url}" for word, url in conflict.words)
    muted = rounds.muted_events(store, org.org_id)
    for fact in store.funding.of(org.org_id):
        aside = ", set aside by a person" if fact.event_id in muted else ""
        sure = f"{fact.tier}, confidence {fact.confidence:.2f}{aside}"
        yield f"  {latest_round.in_words(fact)}   ({sure})"
        yield f"      {fact.source} {fact.source_url}"


def claims(store: Store, org: Org) -> Iterator[str]:
    """Tell the newest dossier's claims, and which were removed by which rule."""
    last = store.dossiers.last(org.org_id)
    if last is None:
        yield f"{org.callsign} has no dossier yet. Run `cip once dossiers`."
        return
    yield (
        f"{org.callsign} · dossier version {last.version} of "
        f"{last.generated_at:%Y-%m-%d %H:%M} UTC by the {last.writer} writer"
    )
    for claim in last.claims:
        yield f"  [{claim.section}] {claim.text}"
        yield f"      evidence {', '.join(claim.evidence_ids)}"
    for removed in last.removed:
        yield f"  removed by {removed.rule}: {removed.claim.text}"
        yield f"      {removed.detail}"


def _words(value: FieldValue) -> tuple[str, str, str, str]:
    return (
        _plain(value.value),
        value.tier.value,
        value.source or "unknown",
        f"{value.as_of:%Y-%m-%d %H:%M} UTC",
    )


def _line(entry: AuditEntry) -> str:
    return (
        f"{entry.at:%Y-%m-%d %H:%M} UTC  {entry.action}: {_plain(entry.old)} → "
        f"{_plain(entry.new)}  by {entry.actor}"
        + (f" (run {entry.run_id})" if entry.run_id else "")
    )


def _plain(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], float):
        return f"{value[1]} {value[0]:,.0f}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
