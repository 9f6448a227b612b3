"""What is known of each company before an article is judged, and whether that changed.

Touches: the store.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from intel import identity, notes, trade
from intel.identity import Context, NotUs
from intel.names import fold, known
from store import ids
from store.records import Event, Kind, Org, Said, StoryVerdict
from store.store import Store

_JUDGED = "judged."
_TRADE = "trade."
_MANY = 200  # past so many changed companies, asking anew about all is quicker


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Contexts by org, and the stories that a person said are not about an org."""

    contexts: Mapping[str, Context]
    not_us: frozenset[tuple[str, str]]


def refresh(store: Store, orgs: Sequence[Org], now: datetime) -> Knowledge:
    """Gather what is known; ask anew about events that a change may affect.

    A new name, note, own text or lesson counts only for events that may name the
    company; those of a company whose row is gone are asked about, too.
    """
    said = store.stories.said()
    trades = store.notes.starting(_TRADE)
    contexts = {
        o.org_id: _context(o, trades.get(_TRADE + o.org_id), said) for o in orgs
    }
    before = store.notes.starting(_JUDGED)
    hashes = {org.org_id: _hash(org, contexts[org.org_id]) for org in orgs}
    gone = [k for k in before if k.removeprefix(_JUDGED) not in hashes]
    changed = [o for o in orgs if before.get(_JUDGED + o.org_id) != hashes[o.org_id]]
    with store.atomic():
        _ask_anew(store, changed, [key.removeprefix(_JUDGED) for key in gone])
        for org in changed:
            store.notes.put(_JUDGED + org.org_id, hashes[org.org_id], now)
        for key in gone:
            store.notes.drop(key)
    refused = ((v.org_id, v.story_id) for v in said if v.verdict is Said.NOT_US)
    return Knowledge(contexts, frozenset(refused))


def own_text(event: Event, org: Org) -> bool:
    """Say whether the company itself published an event's text. Pure.

    Its domain is proof; its name as the outlet's only for a feed that was given or
    found for this company: anyone may call a blog so.
    """
    host = str(event.extracted.get("outlet_domain") or "")
    if identity.published_by(org, host, ""):
        return True
    given = event.extracted.get("feed_org") == org.org_id
    posted = event.kind is Kind.TWEET  # from the handle on the company's own row
    return given and (posted or identity.published_by(org, host, event.source))


def learn_trade(store: Store, orgs: Iterable[Org], now: datetime) -> bool:
    """Keep the words of companies' trades, from their own newest texts.

    Says whether any of them are new.
    """
    learnt = False
    for org in orgs:
        own = [e for e in store.events.from_feeds_of(org.org_id) if own_text(e, org)]
        words = list(trade.trade_words(f"{e.title}\n{e.raw_text}" for e in own))
        if words != store.notes.get(_TRADE + org.org_id, []):
            store.notes.put(_TRADE + org.org_id, words, now)
            learnt = True
    return learnt


def _context(
    org: Org, trade_of: Sequence[str] | None, said: Iterable[StoryVerdict]
) -> Context:
    words = tuple(trade_of or ())
    lessons = (
        NotUs(outlet, name)
        for verdict in said
        if verdict.org_id == org.org_id
        for outlet, name in verdict.lessons
    )
    return Context(words, tuple(dict.fromkeys(lessons)))


def _hash(org: Org, context: Context) -> str:
    lessons = [[one.outlet, one.name] for one in context.not_us]
    told = notes.split(org.manual_notes)
    handle = org.identifiers.get("x_handle", "")
    facts = [org.names, org.domain, handle, told.ours, told.theirs]
    return ids.value_hash([*facts, context.words, lessons])


def _ask_anew(store: Store, changed: Sequence[Org], gone: Sequence[str]) -> None:
    if len(changed) > _MANY:
        store.events.unlink_all()
        return
    for org_id in (*(org.org_id for org in changed), *gone):
        links = store.events.links_to(org_id)
        store.events.unlink([link.event_id for link in links])
    patterns = {pattern for org in changed for pattern in likenesses(org)}
    store.events.unlink(store.events.naming(sorted(patterns)))


def likenesses(org: Org) -> set[str]:
    """Write patterns of LIKE that every text naming a company fits. Pure.

    Letters that LIKE compares strictly, those with accents, stand for any letter.
    """
    firsts = {name.text.split()[0] for name in known(org).names if name.text.split()}
    return {f"%{_loosely(word)}%" for word in firsts}


def _loosely(word: str) -> str:
    plain = "".join(
        char if char.isascii() and char.isalnum() and same else "_"
        for char, folded in zip(word, fold(word), strict=True)
        for same in (char == folded,)
    )
    return plain.rstrip("_") or "_"
