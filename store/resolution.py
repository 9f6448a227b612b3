"""Which value of a field wins: override, then CSV, then discovered. Pure."""

from collections.abc import Iterable

from store.records import FieldValue, Resolved, Tier

_RANK = {Tier.OVERRIDE: 0, Tier.CSV: 1, Tier.DISCOVERED: 2}

FIELDS = (
    "display_name",
    "domain",
    "domain_locked",
    "aliases",
    "crunchbase",
    "linkedin",
    "x_handle",
    "funding_round",
    "funding_date",
    "funding_amount",
    "funding_investors",
    "funding_source",
    "renewal_date",
    "owner",
    "sector",
    "drop_alert",
    "manual_notes",
    "feeds",
)
IDENTIFIERS = ("crunchbase", "linkedin", "x_handle")


def resolve(field: str, values: Iterable[FieldValue]) -> Resolved:
    """Choose the winner among one field's values; the others stay visible."""
    ranked = sorted(
        (value for value in values if value.value is not None),
        key=lambda value: (_RANK[value.tier], -value.as_of.timestamp(), value.source),
    )
    if not ranked:
        return Resolved(field, None)
    return Resolved(field, ranked[0], tuple(ranked[1:]))
