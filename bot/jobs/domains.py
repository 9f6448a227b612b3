"""Finds the domain of companies that have none, and says why it may be theirs.

Touches: the web (through the fetcher and the search), the store.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.app import App
from bot.jobs import outside
from bot.jobs.orgs import mine
from bot.report import Progress, Report
from bot.walk import Walk
from intel import domains
from intel.domains import Band, Candidate, Probe
from intel.evidence import INSIDE
from store import ids
from store.changes import Change
from store.records import FieldValue, Org, Tier
from store.store import Store
from sync.connectors.errors import ApiError
from sync.web import charset, html
from sync.web.errors import HttpStatus, NotNow, Unreachable, WebError

NOTE = "domain."
MAILS = "mail_domains."  # counts of counterparts' domains by org, from mail metadata
KEEP = timedelta(days=7)
LOOK_AGAIN = timedelta(days=30)
_PROBED = 4
_PAGES = 20
_TEXT = 2000


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its verdict, as remembered."""

    domain: str
    score: float
    band: str
    reasons: tuple[str, ...]
    sources: tuple[str, ...]


def find(app: App, progress: Progress) -> Report:
    """Look for a domain where nobody gave one; unchanged companies cost nothing."""
    orgs = [org for org, _ in mine(app) if is_open(app.store, org)]
    way = Walk(app, "domains", orgs, lambda o: o.org_id, progress, lambda o: o.callsign)
    counts = {"domains_weighed": 0, "domains_found": 0}
    problems: list[str] = []
    for org in way:
        bare = replace(org, domain="", official_site_url="")
        seen = tuple(_candidates(app, bare, problems))[:_PROBED]
        if not _is_news(app, bare, seen):
            continue
        try:
            weighed = [_weigh(app, bare, candidate) for candidate in seen]
        except NotNow as error:
            app.log.info("domain not looked at", org=org.org_id, why=str(error))
            continue
        counts["domains_weighed"] += len(weighed)
        counts["domains_found"] += _take(app, org, bare, seen, weighed)
    return Report(counts, tuple(dict.fromkeys(problems)), cut=way.cut)


def is_open(store: Store, org: Org) -> bool:
    """Say whether the bot may suggest a domain: no person, no CSV, no lock."""
    winner = store.overrides.resolve(org.org_id)["domain"].winner
    return not org.domain_locked and (winner is None or winner.tier is Tier.DISCOVERED)


def remembered(store: Store, org_id: str) -> tuple[Weighed, ...]:
    """Read what was weighed for a company, the best first."""
    note = store.notes.get(NOTE + org_id) or {}
    return tuple(
        Weighed(
            **{
                **one,
                "reasons": tuple(one["reasons"]),
                "sources": tuple(one["sources"]),
            }
        )
        for one in note.get("weighed", ())
    )


def suggestion(store: Store, org: Org) -> str | None:
    """Give the domain to suggest in Notion, if there is one worth a look."""
    if store.notes.get(NOTE + org.org_id) is None or not is_open(store, org):
        return None
    first = next(iter(remembered(store, org.org_id)), None)
    return f"https://{first.domain}/" if first and first.band != Band.REJECT else None


def explained(store: Store, org: Org) -> Iterator[str]:
    """Tell which domains were weighed for a company, and why."""
    weighed = remembered(store, org.org_id)
    if not weighed:
        return
    allowed = is_open(store, org)
    yield "  weighed by the bot:" if allowed else "  weighed before it was settled:"
    for one in weighed:
        seen = ", ".join(one.sources)
        yield f"    {one.band} {one.domain}   (score {one.score:.2f}, seen in {seen})"
        yield from (f"      {reason}" for reason in one.reasons)


def _candidates(app: App, org: Org, problems: list[str]) -> tuple[Candidate, ...]:
    store = app.store
    hits: Sequence[str] = ()
    search = outside.google_search(app, outside.outside_line(app))
    if search is not None:
        try:
            hits = search.search_hits(org, app.clock())
        except ApiError as error:
            problems.append(f"domains: {error}")
    mails: Mapping[str, int] = store.notes.get(MAILS + org.org_id, {})
    return domains.candidates(org, hits, tuple(_links(store, org)), mails)


def _links(store: Store, org: Org) -> Iterator[str]:
    """Give the addresses that pages about the company link to, and its own feeds."""
    yield from org.feeds
    for url in store.events.addresses(org.org_id, INSIDE, _PAGES):
        page = store.http_cache.get(url)
        if page is not None and page.status == 200:
            text = charset.decode(page.body, page.content_type)
            yield from html.read_links(text, page.final_url or page.url)


def _is_news(app: App, org: Org, seen: Sequence[Candidate]) -> bool:
    """Say whether anything changed since a company's domains were last weighed."""
    note = app.store.notes.get(NOTE + org.org_id)
    if note is None:
        return bool(seen)
    again = datetime.fromisoformat(note["again"])
    return note["hash"] != _hash(org, seen) or app.clock() >= again


def _hash(org: Org, seen: Sequence[Candidate]) -> str:
    known = sorted(candidate.domain for candidate in seen)
    return ids.value_hash([org.names, org.manual_notes, known])


def _weigh(app: App, org: Org, candidate: Candidate) -> Weighed:
    verdict = domains.verify_domain(org, candidate.domain, probe(app, candidate.domain))
    return Weighed(
        candidate.domain,
        verdict.score,
        verdict.band.value,
        verdict.reasons,
        candidate.sources,
    )


def probe(app: App, domain: str) -> Probe:
    """Look at a domain's front page, by https and else by http; raises NotNow."""
    found = _probe(app, f"https://{domain}/")
    return found if found.status == 200 else _probe(app, f"http://{domain}/")


def _probe(app: App, url: str) -> Probe:
    try:
        page = app.fetcher().get(url, app.clock(), keep=KEEP)
    except NotNow:
        raise
    except HttpStatus as error:
        return Probe(resolves=True, final_url=error.url, status=error.status)
    except Unreachable:
        return Probe(resolves=False)
    except WebError:
        return Probe(resolves=True)
    text = charset.decode(page.body, page.content_type)
    head = html.read_head(text, page.final_url or url)
    return Probe(
        resolves=True,
        final_url=page.final_url or url,
        title=head.title,
        og_site_name=head.site_name,
        text=" ".join(html.read_lines(text))[:_TEXT],
        status=page.status,
    )


def _take(
    app: App, org: Org, bare: Org, seen: Sequence[Candidate], weighed: list[Weighed]
) -> bool:
    """Remember what was weighed; take the best where it is surely the company's."""
    store, now = app.store, app.clock()
    order = [Band.ACCEPT.value, Band.REVIEW.value, Band.REJECT.value]
    weighed.sort(key=lambda w: (order.index(w.band), -w.score, w.domain))
    first = weighed[0] if weighed else None
    sure = first if first and first.band == Band.ACCEPT else None
    note: dict[str, Any] = {
        "hash": _hash(bare, seen),
        "again": (now + LOOK_AGAIN).isoformat(),
        "weighed": [asdict(one) for one in weighed],
    }
    source = f"https://{sure.domain}/" if sure else "domains"
    value = FieldValue(
        "domain", sure.domain if sure else None, Tier.DISCOVERED, source, now
    )
    with store.atomic():
        store.notes.put(NOTE + org.org_id, note, now)
        store.overrides.offer(org.org_id, value, Change("domains", source, now))
    return sure is not None
