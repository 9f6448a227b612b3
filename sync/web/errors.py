"""What can go wrong on the web.

WebError
├── Refused               we do not ask
│   ├── BadAddress        the URL is none, or spelled to deceive
│   ├── PrivateAddress    it leads into a private network
│   ├── NotAllowed        sync.web.allow_domains does not list it
│   └── RobotsForbid      the site's robots.txt says no
├── NotNow                the site, or an earlier failure, asks us to wait
├── Unreachable           no connection, or it broke
├── TooSlow               no whole answer in time
├── HttpStatus            an answer, and it says no
├── TooLarge              more bytes than we take
├── TooManyRedirects      an address that leads on and on
├── BadAnswer             an answer that is not HTTP, or cannot be unpacked
├── NotAFeed              something else where a feed should be
└── NoText                a page without an article
"""

from datetime import datetime

from sync.errors import SyncError


class WebError(SyncError):
    """Root of what can go wrong on the web. `url` is the address that was asked."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url


class Refused(WebError):
    """We do not ask this address."""


class BadAddress(Refused):
    """The address cannot, or should not, be asked."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, f"{reason}. Only plain http and https URLs are read")


class PrivateAddress(Refused):
    """A name or a redirect leads into a private network."""

    def __init__(self, url: str, address: str, why: str) -> None:
        super().__init__(
            url,
            f"leads to {address}, which is {why}. If it is a server of yours, list "
            "its host:port in sync.web.allow_private",
        )
        self.address = address


class NotAllowed(Refused):
    """The domain is not on the list of those that may be asked."""

    def __init__(self, url: str, host: str) -> None:
        super().__init__(url, f"add {host} to sync.web.allow_domains to read it")


class RobotsForbid(Refused):
    """The site's robots.txt asks us to stay away."""

    def __init__(self, url: str) -> None:
        super().__init__(
            url,
            "the site's robots.txt does not let us read it. Take the address out, or "
            "see sync.web.obey_robots and sync.web.feeds_obey_robots",
        )


class NotNow(WebError):
    """We were asked to wait, or wait after a failure; nothing was sent."""

    def __init__(self, url: str, until: datetime, why: str) -> None:
        super().__init__(url, f"not before {until:%Y-%m-%d %H:%M} UTC ({why})")
        self.until = until
        self.why = why


class Unreachable(WebError):
    """There was no connection, or it broke. `at_once`: it may be tried again now."""

    def __init__(self, url: str, reason: str, *, at_once: bool = True) -> None:
        super().__init__(url, f"cannot be reached ({reason}). Check the address")
        self.retryable = at_once


class TooSlow(WebError):
    """The whole answer did not come in time. Not tried again at once."""

    def __init__(self, url: str, seconds: float) -> None:
        super().__init__(
            url,
            f"no whole answer within {seconds:g} s. Raise sync.web.total_timeout_s or "
            "sync.web.timeout_s if the site is worth waiting for",
        )


class HttpStatus(WebError):
    """The server answered, and its answer is no. `wait` is its Retry-After."""

    def __init__(self, url: str, status: int, wait: float | None = None) -> None:
        super().__init__(url, f"the server answers {status}. {_advice(status)}")
        self.status = status
        self.wait = wait
        # A server that names its time is asked then, not at once.
        self.retryable = status in (500, 502, 503, 504) and wait is None


class TooLarge(WebError):
    """More bytes than we take."""

    def __init__(self, url: str, what: str, limit: int, setting: str) -> None:
        super().__init__(url, f"{what} is over {limit} bytes (sync.web.{setting})")


class TooManyRedirects(WebError):
    """The address leads on and on, or round in a circle."""

    def __init__(self, url: str, hops: int, last: str) -> None:
        super().__init__(url, f"redirects more than {hops} times, at last to {last}")


class BadAnswer(WebError):
    """What came back is not HTTP, or cannot be unpacked."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, f"the answer cannot be read ({reason})")


class NotAFeed(WebError):
    """Something else where a feed should be."""

    def __init__(self, url: str, content_type: str) -> None:
        super().__init__(
            url,
            f"is no feed but {content_type or 'something without a type'}. Put the "
            "address of the site's RSS or Atom feed there",
        )
        self.content_type = content_type


class NoText(WebError):
    """A page in which no article can be found."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, f"no article text in it ({reason})")


def _advice(status: int) -> str:
    if status in (404, 410):
        return "Nothing is there: correct or remove the address"
    if status in (401, 402, 403, 451):
        return "It does not let us read that"
    if status == 429:
        return "We asked too often and wait"
    return "It is tried again later"
