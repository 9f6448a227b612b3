"""The jobs, by the names that `cip once` and the scheduler use."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.jobs import (
    domains,
    dossiers,
    intel,
    notion,
    portfolio,
    retention,
    usage,
    verdicts,
)
from bot.runner import Job

# In the order of one full cycle.
CYCLE = (
    "poll",
    "verdicts",
    "usage",
    "intel",
    "domains",
    "dossiers",
    "portfolio",
    "publish",
)

JOBS: Mapping[str, Job] = MappingProxyType(
    {
        "poll": notion.poll,
        "verdicts": verdicts.pull,
        "sweep": notion.full_sweep,
        "usage": usage.bring,
        "intel": intel.bring,
        "domains": domains.find,
        "dossiers": dossiers.write_all,
        "portfolio": portfolio.write,
        "publish": notion.publish,
        "retention": retention.drop,
    }
)
