"""Write the sample's product usage as a CSV drop.

Touches: the folder it is given.
"""

import csv
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

DAYS = 120
COLUMNS = ("org", "metric", "ts", "value")

Course: TypeAlias = Callable[[int], float]
"""Share of the usual level, by how many days ago it was."""


@dataclass(frozen=True, slots=True)
class Customer:
    """How much a customer uses the product on an ordinary working day."""

    org: str
    users: int
    calls_per_user: int
    seats: int
    course: Course
    weekend: float = 0.35
    last_days_ago: int = 1


def _flat(days_ago: int) -> float:  # noqa: ARG001 - a Course
    return 1.0


def _growing(days_ago: int) -> float:
    return 1.0 - 0.35 * days_ago / DAYS


def _dropping(days_ago: int) -> float:
    """Lose 35 % within the first week of the last three, then stay there."""
    into = max(0, 21 - days_ago)
    return 1.0 - 0.35 * min(1.0, into / 5)


def _holiday(days_ago: int) -> float:
    """Dip for eight days about five weeks ago, and come back."""
    return 0.4 if 33 <= days_ago <= 40 else 1.0


def customers() -> tuple[Customer, ...]:
    """List who uses how much, and which way it goes."""
    return (
        Customer("Quillwater", 420, 58, 480, _growing),
        Customer("Fernholt", 260, 22, 300, _dropping),
        Customer("Grünhalm", 45, 35, 54, _flat),
        Customer("Medivane", 610, 40, 700, _flat, weekend=0.8),
        Customer("Teaspoon", 130, 18, 150, _holiday, weekend=0.1),
        Customer("Ostrel", 95, 120, 120, _flat, last_days_ago=9),
        Customer("Blue Pelican Robotics", 75, 64, 90, _flat),
        Customer("Sutterby Archives", 14, 6, 16, _flat, weekend=0.05),
        Customer("Tallowgate", 190, 30, 240, _growing),
    )


def write_usage(folder: Path, now: datetime) -> Path:
    """Write 120 days of daily usage up to yesterday into one new file.

    Columns: org (callsign), metric (active_users, api_calls, seats_used), ts (start
    of the day, UTC) and value (a count). One customer's numbers stop nine days ago.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"usage-{now:%Y-%m-%d}.csv"
    unfinished = target.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for customer in customers():
            writer.writerows(_readings(customer, now.astimezone(UTC).date()))
    return unfinished.replace(target)


def _readings(customer: Customer, today: date) -> Iterator[tuple[str, str, str, int]]:
    for days_ago in range(DAYS, customer.last_days_ago - 1, -1):
        day = today - timedelta(days=days_ago)
        stamp = f"{day.isoformat()}T00:00:00Z"
        for metric, value in _day(customer, day, days_ago):
            yield customer.org, metric, stamp, value


def _day(customer: Customer, day: date, days_ago: int) -> Iterator[tuple[str, int]]:
    rhythm = customer.weekend if day.weekday() >= 5 else 1.0
    level = rhythm * customer.course(days_ago)
    users = round(customer.users * level * _noise(customer.org, "users", days_ago))
    yield "active_users", users
    calls = users * customer.calls_per_user
    yield "api_calls", round(calls * _noise(customer.org, "calls", days_ago))
    yield "seats_used", max(users, round(customer.seats * _seats(customer, days_ago)))


def _seats(customer: Customer, days_ago: int) -> float:
    """Seats follow usage slowly: half of what the course loses or wins."""
    return 0.5 + 0.45 * customer.course(days_ago)


def _noise(org: str, what: str, days_ago: int) -> float:
    """Give a factor of 0.96 to 1.04 that is the same in every run."""
    digest = hashlib.sha256(f"{org} {what} {days_ago}".encode()).digest()
    return 0.96 + 0.08 * digest[0] / 255
