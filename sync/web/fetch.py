"""Gets addresses: asks only when it must, and keeps every answer before anyone thinks.

Touches: the web, http_cache.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import httpx

from store.records import Fetched
from sync import retry
from sync.web import cache, robots
from sync.web.errors import (
    HttpStatus,
    NotNow,
    Refused,
    RobotsForbid,
    TooManyRedirects,
    TooSlow,
    Unreachable,
    WebError,
)
from sync.web.guard import Deadline
from sync.web.pace import Pacer
from sync.web.settings import WebSettings
from sync.web.wire import Answer, Wire

_REDIRECTS = (301, 302, 303, 307, 308)
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_NO_TIME = timedelta(0)


class Cache(Protocol):
    """Where answers are kept: `store.feeds.HttpCache`, or anything that remembers."""

    def get(self, url: str) -> Fetched | None:
        """Find the last answer, good or bad."""

    def put(self, fetched: Fetched) -> None:
        """Keep an answer in place of the one before."""


@dataclass(frozen=True, slots=True)
class _Errand:
    """One address on its way: when, by when, and whether robots.txt is asked."""

    url: str
    now: datetime
    deadline: Deadline
    known: Fetched
    robots: bool


class Fetcher:
    """Gets addresses politely. `tally` counts requests and answers by status."""

    def __init__(
        self,
        settings: WebSettings,
        answers: Cache,
        wire: Wire | None = None,
        pacer: Pacer | None = None,
        policy: retry.Policy | None = None,
    ) -> None:
        self.settings = settings
        self.tally: Counter[str] = Counter()
        self._answers = answers
        self._wire = wire or Wire(settings)
        self._pacer = pacer or Pacer()
        self._policy = replace(policy or retry.Policy(), tries=settings.tries)
        self._rules: dict[str, robots.Policy] = {}
        self._holds: dict[str, tuple[datetime, str]] = {}

    def get(
        self,
        url: str,
        now: datetime,
        *,
        keep: timedelta = _NO_TIME,
        obey: bool = True,
    ) -> Fetched:
        """Get an address; from the cache while fresh there, or younger than `keep`.

        `obey=False` leaves robots.txt unasked. Raises WebError; NotNow where a server
        or an earlier failure asks for patience, and then nothing is sent.
        """
        url = str(self._wire.rules.check_url(url))
        known = self._answers.get(url)
        if known is not None and cache.fresh(known, now, keep):
            self.tally["kept"] += 1
            return known
        self._check_wait(url, known, now)
        errand = _Errand(
            url=url,
            now=now,
            deadline=self._wire.deadline(url),
            known=known or cache.blank(url, now),
            robots=obey and self.settings.obey_robots,
        )
        return self._kept(errand)

    def _check_wait(self, url: str, known: Fetched | None, now: datetime) -> None:
        if known is not None and known.not_before and known.not_before > now:
            raise NotNow(url, known.not_before, known.error or "it asked us to wait")
        until, why = self._holds.get(_server(url), (now, ""))
        if until > now:
            raise NotNow(url, until, why)

    def _kept(self, errand: _Errand) -> Fetched:
        """Ask, and keep what came of it, good or bad."""
        try:
            fetched = retry.call(self._policy, lambda: self._follow(errand))
        except NotNow:
            raise
        except WebError as error:
            self.tally["failed"] += 1
            missed = cache.failed(errand.known, error, errand.now, self.settings)
            self._answers.put(missed)
            self._hold(error, missed)
            raise
        self._answers.put(fetched)
        return fetched

    def _hold(self, error: WebError, missed: Fetched) -> None:
        """Leave a whole server alone that is down, or asked us to slow down."""
        busy = isinstance(error, HttpStatus) and error.status in (429, 503)
        if missed.not_before and (busy or isinstance(error, Unreachable)):
            self._holds[_server(error.url)] = (missed.not_before, str(error))

    def _follow(self, errand: _Errand) -> Fetched:
        """Ask, and go where redirects lead."""
        here, cookies = errand.url, httpx.Cookies()
        for _ in range(self.settings.max_redirects + 1):
            target = self._wire.rules.check_url(here)
            answer = self._ask(errand, target, cookies)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return self._accept(errand, str(target), answer)
            here = _joined(target, answer.headers["location"])
        raise TooManyRedirects(errand.url, self.settings.max_redirects, here)

    def _ask(self, errand: _Errand, url: httpx.URL, cookies: httpx.Cookies) -> Answer:
        gap = self.settings.host_gap_s
        if errand.robots:
            gap = max(gap, self._permission(errand, url).delay_s)
        errand.deadline.extend(self._pacer.wait(_server(str(url)), gap))
        request = httpx.Request("GET", url)
        cookies.set_cookie_header(request)
        headers = {"Accept": _ACCEPT, **cache.validators(errand.known, str(url))}
        if "cookie" in request.headers:
            headers["Cookie"] = request.headers["cookie"]
        self.tally["requests"] += 1
        answer = self._wire.ask(url, headers, errand.deadline)
        self.tally[str(answer.status)] += 1
        cookies.extract_cookies(
            httpx.Response(answer.status, headers=answer.headers, request=request)
        )
        return answer

    def _accept(self, errand: _Errand, final_url: str, answer: Answer) -> Fetched:
        if answer.status == 304 and errand.known.body_hash:
            kept = cache.unchanged(errand.known, answer.headers)
        elif answer.status == 200:
            kept = cache.downloaded(
                errand.known, final_url, answer.headers, answer.body
            )
        else:
            wait = cache.retry_after(answer.headers, errand.now)
            raise HttpStatus(final_url, answer.status, wait)
        longest = self.settings.max_fresh_s
        return cache.stamped(kept, answer.headers, errand.now, longest)

    def _permission(self, errand: _Errand, url: httpx.URL) -> robots.Policy:
        """Read a site's robots.txt; raises where it forbids, or cannot be read now."""
        address = str(url.copy_with(raw_path=b"/robots.txt"))
        policy = self._rules_at(errand, str(url), address)
        if not policy.allows(str(url)):
            raise RobotsForbid(str(url))
        return policy

    def _rules_at(self, errand: _Errand, url: str, address: str) -> robots.Policy:
        known = self._answers.get(address)
        ttl = timedelta(seconds=self.settings.robots_ttl_s)
        if known is None or _stale(known, errand.now, ttl):
            known = self._fetch_robots(replace(errand, robots=False), url, address)
            self._rules.pop(known.body_hash, None)
        rules = self._rules.get(known.body_hash) or robots.policy(
            known, self.settings.user_agent
        )
        if rules is None:
            until = known.not_before or errand.now + ttl
            raise NotNow(url, until, f"its robots.txt: {known.error}")
        if known.body_hash:
            self._rules[known.body_hash] = rules
        return rules

    def _fetch_robots(self, errand: _Errand, url: str, address: str) -> Fetched:
        known = self._answers.get(address) or cache.blank(address, errand.now)
        try:
            return self._kept(replace(errand, url=address, known=known))
        except (Unreachable, TooSlow) as error:
            reason = f"not even its robots.txt: {error}"
            raise Unreachable(url, reason, at_once=False) from error
        except Refused:  # the page itself will say why, under its own address
            return known
        except WebError:
            return self._answers.get(address) or known


def _stale(known: Fetched, now: datetime, ttl: timedelta) -> bool:
    """Say whether a robots.txt should be asked for again."""
    if known.status == 429 or known.status >= 500 or not known.status:
        return known.not_before is None or known.not_before <= now
    return known.fetched_at + ttl <= now


def _server(url: str) -> str:
    """The host and port that an address belongs to."""
    return httpx.URL(url).netloc.decode("ascii").lower()


def _joined(base: httpx.URL, location: str) -> str:
    """Resolve a redirect; a broken one is refused by the next check."""
    try:
        return str(base.join(location))
    except (httpx.InvalidURL, ValueError):
        return location
