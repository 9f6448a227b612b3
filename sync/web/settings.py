"""The settings of `[sync.web]`: how, how much and how often we read the web. Pure."""

import ipaddress
from dataclasses import dataclass

DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class WebSettings:
    """How we behave on the web. Times are in seconds, sizes in bytes.

    Raises ValueError where an entry of `allow_private` is neither host:port nor a
    network.
    """

    # What we call ourselves, to servers and in robots.txt.
    user_agent: str = "customer-intelligence-bot/0.1"
    # The longest silence of a server, and the most one address may take in all.
    timeout_s: float = 20.0
    total_timeout_s: float = 45.0
    # The most we take in, after decompression; headers count apart.
    max_body_bytes: int = 8_000_000
    max_feed_bytes: int = 4_000_000
    max_header_bytes: int = 64_000
    max_redirects: int = 6
    # Ports that may be asked; `allow_private` entries bring their own.
    ports: tuple[int, ...] = (80, 443, 8080, 8443)
    # Private addresses that may be asked all the same: "host:port", or a network
    # such as "10.1.0.0/16" (every port of it).
    allow_private: tuple[str, ...] = ()
    # Where set, only these domains and their subdomains are asked at all.
    allow_domains: tuple[str, ...] = ()
    # The least time between two requests to one host; robots.txt may ask for more.
    host_gap_s: float = 1.0
    # robots.txt is obeyed; feeds that a person configured may be exempted.
    obey_robots: bool = True
    feeds_obey_robots: bool = True
    robots_ttl_s: int = DAY_S
    # How long a server may have us not ask again.
    max_fresh_s: int = DAY_S
    # How often one address is tried in one go, and the waits after it failed.
    tries: int = 2
    failed_first_wait_s: int = 300
    failed_max_wait_s: int = DAY_S
    # A feed is read as often as its own rhythm suggests, within these bounds.
    feed_min_interval_s: int = 300
    feed_max_interval_s: int = DAY_S
    # The most items taken from one feed at a time, newest first.
    max_entries: int = 200
    # An article that cannot be had is tried so often before it is given up.
    article_tries: int = 5
    # A page with less text counts as paywalled: the feed's summary stands in.
    min_text_chars: int = 200
    max_text_chars: int = 200_000

    def __post_init__(self) -> None:
        for entry in self.allow_private:
            private_entry(entry)


Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def private_entry(entry: str) -> Network | tuple[str, int]:
    """Read one entry of `allow_private`; raises ValueError with what is wrong."""
    if "/" in entry:
        return ipaddress.ip_network(entry)
    host, _, port = entry.rpartition(":")
    if not host or not port.isdigit():
        raise ValueError(
            f"sync.web.allow_private: {entry!r} is neither host:port nor a network"
        )
    return host.strip("[]").lower(), int(port)
