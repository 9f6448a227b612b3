"""Reads robots.txt (RFC 9309): may we, and how fast. Pure."""

from protego import Protego

from store.records import Fetched
from sync.web import charset

_MOST_BYTES = 500 * 1024  # a crawler need not read further, section 2.5
_LONGEST_DELAY_S = 30.0


class Policy:
    """What one site's robots.txt lets one visitor do."""

    def __init__(self, text: str, agent: str) -> None:
        self._rules, self._agent = Protego.parse(text), agent

    def allows(self, url: str) -> bool:
        """Say whether the visitor may read an address."""
        return bool(self._rules.can_fetch(url, self._agent))

    @property
    def delay_s(self) -> float:
        """The seconds to leave between requests, within reason."""
        return min(float(self._rules.crawl_delay(self._agent) or 0), _LONGEST_DELAY_S)


def policy(fetched: Fetched, agent: str) -> Policy | None:
    """Read the rules out of what a site answered; None while they are unknown.

    A site without the file (any 4xx, or no usable answer) allows everything; a server
    in trouble (5xx, 429) allows nothing until it answers, section 2.3.1. Rules that
    were read before stand in.
    """
    if 400 <= fetched.status < 500 and fetched.status != 429:
        return Policy("", agent)
    if fetched.body_hash:
        text = charset.decode(fetched.body[:_MOST_BYTES], fetched.content_type)
        return Policy(text, agent)
    if fetched.status == 429 or fetched.status >= 500:
        return None
    return Policy("", agent)
