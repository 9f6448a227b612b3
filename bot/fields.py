"""How a person's value in Companies is read, field by field. Pure.

A reader takes the plain value of a Notion property and the time, and gives back what
the store keeps: None where the person cleared it. What cannot be read raises
Unreadable with a sentence for that row's Sync Note.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from intel.domains import NotADomain, parse_domain
from sync.notion.errors import Unreadable

Reader = Callable[[Any, datetime], Any]
_SEPARATORS = re.compile(r"[,;\n]+")
_MAX_ALIAS = 100
# A host with a dot, without a name and password before it.
_HOST = re.compile(r"[^\s.@]+(\.[^\s.@]+)+")


def words(value: Any, now: datetime) -> str | None:  # noqa: ARG001
    """Any text; blank is none."""
    return str(value or "").strip() or None


def domain(value: Any, now: datetime) -> str | None:
    """A domain out of whatever people paste: an address, an e-mail, a host."""
    text = words(value, now)
    if text is None:
        return None
    try:
        return parse_domain(text)
    except NotADomain as error:
        raise Unreadable(f"{error}") from error


def ticked(value: Any, now: datetime) -> bool | None:  # noqa: ARG001
    """A checkbox; unticked is no value."""
    return True if value else None


def names(value: Any, now: datetime) -> list[str] | None:
    """Names separated by commas, semicolons or lines, each once."""
    text = words(value, now)
    if text is None:
        return None
    found = dict.fromkeys(part.strip() for part in _SEPARATORS.split(text))
    kept = [name for name in found if name]
    too_long = [name for name in kept if len(name) > _MAX_ALIAS]
    if too_long:
        raise Unreadable(
            f"“{too_long[0][:40]}…” is too long for a name. Separate names "
            "with commas or lines."
        )
    return kept or None


def link(value: Any, now: datetime) -> str | None:
    """A web address."""
    text = words(value, now)
    if text is None:
        return None
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        named = parts.port != 0 and bool(_HOST.fullmatch(parts.netloc))
    except ValueError:  # brackets or a port that make no sense
        named = False
    if not named or parts.scheme not in ("http", "https") or " " in text:
        raise Unreadable(f"“{text[:80]}” is not a web address (https://…).")
    return parts.geturl()


def feeds(value: Any, now: datetime) -> list[str] | None:
    """A feed of the company's own."""
    address = link(value, now)
    return [address] if address else None


def day(value: Any, now: datetime) -> str | None:  # noqa: ARG001
    """A day, as ISO date; the time of a date with time is left out."""
    start = value.get("start") if isinstance(value, Mapping) else value
    return date.fromisoformat(str(start)[:10]).isoformat() if start else None


def past_day(value: Any, now: datetime) -> str | None:
    """A day that has come: a round that was announced."""
    found = day(value, now)
    if found and date.fromisoformat(found) > now.date():
        raise Unreadable(
            f"{found} lies in the future; a round has a date once it is announced."
        )
    return found


def amount(value: Any, now: datetime) -> float | None:  # noqa: ARG001
    """An amount of money above zero."""
    if value is None:
        return None
    if value <= 0:
        raise Unreadable(f"{value:g} is no amount; it must be above 0.")
    return float(value)


def percent(value: Any, now: datetime) -> float | None:  # noqa: ARG001
    """A share in per cent; a fraction of one counts as the share itself."""
    if value is None:
        return None
    share = float(value) * 100 if 0 < value < 1 else float(value)
    if not 1 <= share <= 100:
        raise Unreadable(f"{value:g} is no percentage from 1 to 100.")
    return share


def people(value: Any, now: datetime) -> list[dict[str, str]] | None:  # noqa: ARG001
    """People with id and name; the name is blank where Notion does not tell it."""
    found = [
        {"id": str(one["id"]), "name": str(one.get("name") or "")}
        for one in value or ()
    ]
    return found or None


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "display_name": words,
        "domain": domain,
        "domain_locked": ticked,
        "aliases": names,
        "crunchbase": link,
        "linkedin": link,
        "x_handle": link,
        "funding_round": words,
        "funding_date": past_day,
        "funding_amount": amount,
        "funding_investors": names,
        "funding_source": link,
        "renewal_date": day,
        "owner": people,
        "sector": words,
        "drop_alert": percent,
        "manual_notes": words,
        "feeds": feeds,
    }
)
