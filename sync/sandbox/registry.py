"""What this sandbox stands in for, as tables that tests and documents read. Pure."""

from dataclasses import asdict
from typing import Any

from sync.sandbox import limits
from sync.sandbox.check.blocks import CREATABLE
from sync.sandbox.check.filters import PROPERTY_FILTERS
from sync.sandbox.check.properties import CONFIG_KINDS, VALUE_KINDS
from sync.sandbox.routes import ENDPOINTS
from sync.sandbox.trouble.faults import KINDS
from sync.sandbox.wire import VERSION


def registry() -> dict[str, Any]:
    """List endpoints, limits, kinds and faults, as the code itself uses them."""
    return {
        "version": VERSION,
        "endpoints": [
            {
                "name": each.name,
                "capability": each.needs,
                "checks_body": each.body is not None,
                "query": sorted(each.query),
            }
            for each in ENDPOINTS
        ],
        "limits": [asdict(each) for each in limits.ALL],
        "blocks": list(CREATABLE),
        "property_types": sorted(CONFIG_KINDS),
        "writable_values": sorted(VALUE_KINDS),
        "filters": sorted(PROPERTY_FILTERS),
        "faults": list(KINDS),
    }
