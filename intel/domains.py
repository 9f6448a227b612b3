"""Find and verify the domain a company calls its own. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from intel import notes, probes
from intel.hostnames import NotADomain, is_hosted, parse_domain
from intel.lookalikes import (
    compact,
    is_typo_of,
    mixes_scripts,
    name_stems,
    passes_for,
    shown,
)
from intel.probes import Naming, Probe
from intel.sites import kind_of_shared
from intel.words import listed
from store.records import Org

__all__ = [
    "Band",
    "Candidate",
    "DomainVerdict",
    "NotADomain",
    "Probe",
    "candidates",
    "parse_domain",
    "verify_domain",
]

ACCEPT, REVIEW = 0.75, 0.4

# What companies put around their name in a domain …
_OWN_AFFIXES = listed(
    """get use try go join with hello my we the hq app apps inc co corp io ai tech
    online web group global international gmbh ag ltd llc labs de ch eu uk us
    usa software"""
)
# … and what those put there who want a visitor's secrets, …
_BAIT = listed(
    """login signin secure security verify verification account accounts update billing
    payment payments wallet refund claim support help helpdesk service auth sso
    bonus airdrop gift password unlock invoice"""
)
# … or who only have to do with the company.
_AROUND = listed(
    """shop store partner partners fan fans forum wiki reviews review coupons jobs
    careers status docs blog news community reseller events conference
    foundation academy merch"""
)


class Band(StrEnum):
    """What to do with a domain: take it, let a person look, or leave it."""

    ACCEPT = "accept"
    REVIEW = "review"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A domain that may be the company's, with where it was seen."""

    domain: str
    weight: float
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DomainVerdict:
    """How sure it is that a domain is the company's: `score` from 0 to 1, and why."""

    score: float
    band: Band
    reasons: tuple[str, ...]


def candidates(
    org: Org,
    search_hits: Sequence[str],
    site_links: Sequence[str],
    mail_domains: Mapping[str, int],
) -> tuple[Candidate, ...]:
    """List domains that may be the company's, the likeliest first.

    `search_hits` are result URLs, best first; `site_links` URLs that pages about the
    company link to; `mail_domains` counts messages per domain of a counterpart.
    Domains that belong to many are left out.
    """
    seen: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for domain, source, weight in _seen(search_hits, site_links, mail_domains):
        if not kind_of_shared(domain) or _is_named(org, domain):
            seen[domain].append((source, weight))
    found = [_candidate(org, domain, marks) for domain, marks in seen.items()]
    return tuple(sorted(found, key=lambda c: (-c.weight, c.domain)))


def _seen(
    hits: Sequence[str], links: Sequence[str], mails: Mapping[str, int]
) -> Iterator[tuple[str, str, float]]:
    total = sum(mails.values()) or 1
    listed = (
        *((url, "search", 1 / (place + 2)) for place, url in enumerate(hits)),
        *((url, "link", 0.3) for url in links),
        *((name, "mail", 0.6 * n / total) for name, n in mails.items()),
    )
    for text, source, weight in listed:
        try:
            yield parse_domain(text), source, weight
        except NotADomain:
            continue


def _candidate(org: Org, domain: str, marks: list[tuple[str, float]]) -> Candidate:
    sources = tuple(dict.fromkeys(source for source, _ in marks))
    weight = min(1.0, sum(weight for _, weight in marks)) + _is_named(org, domain)
    return Candidate(domain, round(weight, 3), sources)


def verify_domain(org: Org, domain: str, probe: Probe) -> DomainVerdict:
    """Score a domain as the company's by what a fetch of it found.

    Whatever could be somebody else's is refused; whatever is not plainly theirs is
    left to a person.
    """
    try:
        plain = parse_domain(domain)
    except NotADomain as exc:
        return DomainVerdict(0.0, Band.REJECT, (exc.reason,))
    refused = _refused(org, plain, probe)
    if refused:
        return DomainVerdict(0.0, Band.REJECT, (refused,))
    return _weighed(org, plain, probe)


def _is_named(org: Org, domain: str) -> bool:
    return compact(shown(_label(domain))) in name_stems(org.names)


def _refused(org: Org, domain: str, probe: Probe) -> str:
    """Give the one reason that rules a domain out, if there is one."""
    reasons = (
        _by_kind(org, domain),
        _by_spelling(org, domain),
        _by_page(org, domain, probe),
    )
    return next((reason for reason in reasons if reason), "")


def _by_kind(org: Org, domain: str) -> str:
    if domain in notes.avoided_domains(org.manual_notes):
        return f"the notes tell to leave {domain} alone"
    if is_hosted(domain):
        return f"{domain} is a customer's space at a host"
    kind = kind_of_shared(domain)
    return f"{domain} is {kind}" if kind and not _is_named(org, domain) else ""


def _by_spelling(org: Org, domain: str) -> str:
    label, stems = _label(domain), _own_stems(org)
    if mixes_scripts(label):
        return f"{shown(label)} mixes letters of several scripts"
    if passes_for(label, stems) or _has_slip(label, stems):
        return f"{shown(label)} is made to look like the company's name"
    if set(_affixes(label, stems)) & _BAIT:
        return f"{label} puts a bait word beside the company's name"
    return ""


def _by_page(org: Org, domain: str, probe: Probe) -> str:
    if not probe.resolves:
        return f"{domain} does not resolve"
    target = _target(probe)
    kind = kind_of_shared(target) if target and target != domain else ""
    secrets = probes.asks_for_secrets(probe) and not _is_named(org, domain)
    checks = (
        (probes.is_parked(probe), "the page offers the domain for sale"),
        (probes.disowns(probe), "the page says that it is not the company's"),
        (bool(kind), f"it leads to {target}, {kind}"),
        (secrets, "the page asks for secrets"),
    )
    return next((reason for holds, reason in checks if holds), "")


def _label(domain: str) -> str:
    return domain.split(".", maxsplit=1)[0]


def _own_stems(org: Org) -> frozenset[str]:
    """Spell the company's names, and the name of the domain on file."""
    on_file = shown(_label(org.domain)) if org.domain else ""
    return name_stems((*org.names, on_file))


def _has_slip(label: str, stems: frozenset[str]) -> bool:
    """Look for slips in the label and in its parts: "quarystone-secure"."""
    plain = shown(label)
    return any(is_typo_of(part, stems) for part in {plain, *plain.split("-")})


def _target(probe: Probe) -> str:
    if not probe.final_url:
        return ""
    try:
        return parse_domain(probe.final_url)
    except NotADomain:
        return "?"


def _affixes(label: str, stems: frozenset[str]) -> tuple[str, ...]:
    """Split what a label adds to the company's name: "getacme" → ("get",)."""
    plain = compact(shown(label))
    for stem in sorted(stems, key=len, reverse=True):
        if len(stem) > 2 and stem in plain and plain != stem:
            before, _, after = plain.partition(stem)
            return tuple(part for part in (before, after) if part)
    return ()


def _weighed(org: Org, domain: str, probe: Probe) -> DomainVerdict:
    """Add up what speaks for a domain, and keep back what a person should see."""
    marks = [*_spelling(org, domain), *_page(org, probe), *_way(org, domain, probe)]
    score = max(0.0, min(1.0, sum(weight for weight, _ in marks)))
    doubts = tuple(_doubts(org, domain, probe))
    if doubts:
        score = min(score, ACCEPT - 0.01)
    named = _is_named(org, domain) and _named_or_silent(org, probe)
    if doubts and (named or probes.renames(org, probe)):
        score = max(score, REVIEW)
    band = Band.ACCEPT if score >= ACCEPT else Band.REVIEW
    band = band if score >= REVIEW else Band.REJECT
    return DomainVerdict(
        round(score, 2), band, (*(reason for _, reason in marks), *doubts)
    )


def _named_or_silent(org: Org, probe: Probe) -> bool:
    return probes.naming(org, probe) is not Naming.OTHER or probes.is_empty(probe)


def _spelling(org: Org, domain: str) -> Iterator[tuple[float, str]]:
    label, stems = _label(domain), _own_stems(org)
    if org.domain and domain == org.domain:
        yield 0.5, "it is the domain on file"
    elif compact(shown(label)) in stems or compact(shown(domain)) in stems:
        yield 0.4, "it spells the company's name"
    elif affixes := _affixes(label, stems):
        own = set(affixes) <= _OWN_AFFIXES
        yield (0.3 if own else 0.1), f"it is the name with {' and '.join(affixes)}"
    elif _initials(org, label):
        yield 0.15, "it spells the company's initials"
    else:
        yield 0.0, "it does not spell the company's name"


def _initials(org: Org, label: str) -> bool:
    return label in {initials.casefold() for initials in probes.initials(org)}


def _page(org: Org, probe: Probe) -> Iterator[tuple[float, str]]:
    found = probes.naming(org, probe)
    yield {
        Naming.EXACT: (0.4, "the page carries the company's name"),
        Naming.PART: (0.2, "the page's title holds the company's name"),
        Naming.IN_TEXT: (0.15, "the page's text names the company"),
        Naming.SILENT: (0.0, "the page does not say whose it is"),
        Naming.OTHER: (-0.3, "the page carries another name"),
    }[found]
    if found >= Naming.IN_TEXT and probes.states_legal_name(org, probe):
        yield 0.1, "it states the company's legal name"


def _way(org: Org, domain: str, probe: Probe) -> Iterator[tuple[float, str]]:
    """Weigh where the domain leads."""
    target = _target(probe)
    if not target or target == domain:
        yield 0.1, "it answers under its own name"
    elif target == org.domain or _same_owner(domain, target, org):
        yield 0.1, f"it leads to {target}, the same company's"
    else:
        yield -0.3, f"it leads to {target}, another domain"


def _same_owner(domain: str, target: str, org: Org) -> bool:
    stems = name_stems(org.names)
    same = _label(domain) == _label(target)
    return same or compact(shown(_label(target))) in stems


def _doubts(org: Org, domain: str, probe: Probe) -> Iterator[str]:
    """Give the reasons for which a person should look first."""
    target = _target(probe)
    away = target not in ("", domain)
    if org.domain and org.domain not in (domain, target):
        yield f"another domain is on file: {org.domain}"
    if not 200 <= probe.status < 300:
        yield f"the page answers with status {probe.status}"
    if away and not (target == org.domain or _same_owner(domain, target, org)):
        yield "it leads elsewhere"
    if kind := kind_of_shared(domain):
        yield f"it is {kind}"
    if probes.is_empty(probe):
        yield "the page is empty, or closed to robots"
    if probes.speaks_of_them(probe):
        yield "the page speaks of the company as of another"
    affixes = _affixes(_label(domain), _own_stems(org))
    if set(affixes) & _AROUND or not set(affixes) <= _OWN_AFFIXES:
        yield f"the domain adds {' and '.join(affixes)} to the name"
    if probes.naming(org, probe) < Naming.PART:
        yield "the page does not carry the company's name"
