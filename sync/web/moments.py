"""Moments as the web writes them, with the zone they were written in. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=2)  # clocks are wrong, zones forgotten; more is a mistake
_SAME = timedelta(hours=36)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHORT_ZONE = re.compile(r"([+-]\d{2})(\d{2})$")
_FRACTION = re.compile(r"(\.\d{6})\d+")


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant in UTC. `zone` is the source's ("+02:00", "" where it gave none).

    `exact` is False where only the day is known.
    """

    at: datetime
    zone: str
    exact: bool = True


def read(text: str) -> Moment | None:
    """Read a date of a feed or page (RFC 3339, RFC 822 and their relatives)."""
    text = text.strip()
    moment = _iso(text) or _rfc822(text)
    if moment is None:
        return None
    zone = _zone(moment)
    try:
        at = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except OverflowError:
        return None
    return Moment(at, zone, exact=not _DATE.fullmatch(text))


def believable(moment: Moment | None, now: datetime) -> Moment | None:
    """Drop a date from before the web's news, or from the future."""
    if moment is None or not _EARLIEST <= moment.at <= now + _AHEAD:
        return None
    return moment


def choose(feed: Moment | None, page: Moment | None) -> Moment | None:
    """Say when something was published, given the feed's word and the page's own.

    Where both mean the same day, the feed's, unless only the page knows the time.
    Else the earlier: a feed re-dates what it shows again, a page what it edits.
    """
    if feed is None or page is None:
        return feed or page
    if abs(feed.at - page.at) <= _SAME:
        return page if page.exact and not feed.exact else feed
    return min(feed, page, key=lambda moment: moment.at)


def _iso(text: str) -> datetime | None:
    tidy = _FRACTION.sub(r"\1", _SHORT_ZONE.sub(r"\1:\2", text.replace(" UTC", "Z")))
    try:
        return datetime.fromisoformat(tidy)
    except ValueError:
        return None


def _rfc822(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def _zone(moment: datetime) -> str:
    offset = moment.utcoffset()
    if offset is None:
        return ""
    sign, total = ("-", -offset) if offset < timedelta(0) else ("+", offset)
    minutes = int(total.total_seconds()) // 60
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"
