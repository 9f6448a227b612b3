"""The jobs, by the names that `cip once` and the scheduler use."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.jobs import (
    actions,
    domains,
    dossiers,
    export,
    health,
    inside,
    intel,
    notion,
    pausing,
    portfolio,
    retention,
    usage,
    verdicts,
)
from bot.runner import Job

# In the order of one full cycle.
CYCLE = (
    "pauses",
    "poll",
    "verdicts",
    "decisions",
    "companies",
    "usage",
    "support",
    "calls",
    "mail",
    "intel",
    "domains",
    "health",
    "dossiers",
    "portfolio",
    "publish",
)

JOBS: Mapping[str, Job] = MappingProxyType(
    {
        "pauses": pausing.look,
        "poll": notion.poll,
        "verdicts": verdicts.pull,
        "decisions": actions.pull,
        "sweep": notion.full_sweep,
        "companies": inside.companies,
        "usage": usage.bring,
        "support": inside.support,
        "calls": inside.calls,
        "mail": inside.mail,
        "intel": intel.bring,
        "domains": domains.find,
        "health": health.judge_all,
        "dossiers": dossiers.write_all,
        "portfolio": portfolio.write,
        "publish": notion.publish,
        "retention": retention.drop,
        "export": export.hand_out,
    }
)
