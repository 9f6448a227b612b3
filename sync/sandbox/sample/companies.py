"""The customers of the sample world, read from companies.toml.

Touches: a file of this package.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("companies.toml")
_OWN_KEYS = ("name", "icon", "site", "notes", "owner")


@dataclass(frozen=True, slots=True)
class SampleCompany:
    """One row of the sample database, dates still relative."""

    name: str
    icon: str
    site: str | None
    owner: int
    notes: tuple[str, ...]
    values: Mapping[str, Any]


def read_companies() -> tuple[SampleCompany, ...]:
    """Read the sample's companies, in the order of the file."""
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(_company(entry) for entry in raw["company"])


def values_on(company: SampleCompany, today: date) -> dict[str, Any]:
    """Give the row's values by column name, dates as of today."""
    values = dict(company.values)
    renewal = values.pop("renewal_in_days")
    values["Renewal Date"] = today + timedelta(days=renewal)
    funding = values.pop("funding_in_days", None)
    if funding is not None:
        values["Funding Date"] = today + timedelta(days=funding)
    return values


def _company(entry: dict[str, Any]) -> SampleCompany:
    return SampleCompany(
        name=entry["name"],
        icon=entry["icon"],
        site=entry.get("site"),
        owner=entry["owner"],
        notes=tuple(entry.get("notes", ())),
        values={key: entry[key] for key in entry if key not in _OWN_KEYS},
    )
