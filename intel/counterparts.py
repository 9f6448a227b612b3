"""Guess which companies an e-mail's domain may belong to. Pure."""

from collections.abc import Callable, Iterable

from intel.hostnames import NotADomain, parse_domain
from intel.lookalikes import compact, name_stems, shown
from store.records import Org

# Takes a host; gives each company that may own it, with its domain there.
Guess = Callable[[str], tuple[tuple[str, str], ...]]


def guesser(orgs: Iterable[Org]) -> Guess:
    """Make the function that guesses by a domain's name: is it a company's own?

    A domain that bears nobody's name tells nothing, so it is not even counted.
    """
    bearers: dict[str, list[str]] = {}
    for org in orgs:
        for stem in name_stems(org.names):
            bearers.setdefault(stem, []).append(org.org_id)

    def guess(host: str) -> tuple[tuple[str, str], ...]:
        try:
            domain = parse_domain(host)
        except NotADomain:
            return ()
        label = domain.split(".", maxsplit=1)[0]
        named = bearers.get(compact(shown(label)), ())
        return tuple((org_id, domain) for org_id in named)

    return guess
