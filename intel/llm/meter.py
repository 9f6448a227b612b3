"""Counts what the model costs, by company, and holds it to the limits. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from intel.llm.errors import BudgetSpent
from intel.llm.settings import LlmSettings


@dataclass(frozen=True, slots=True)
class Spent:
    """What was spent: requests, tokens, time (ms), cost; `hits` cost nothing.

    `failed` counts the requests that brought no answer; they are among `requests`.
    """

    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    ms: int = 0
    cost: float = 0.0
    hits: int = 0
    failed: int = 0

    def __add__(self, other: "Spent") -> "Spent":
        both = (getattr(self, f.name) + getattr(other, f.name) for f in fields(self))
        return Spent(*both)

    @property
    def tokens(self) -> int:
        """All tokens, in and out."""
        return self.tokens_in + self.tokens_out

    def as_counts(self) -> dict[str, int]:
        """Give whole numbers for a run's record; cost in millionths of the currency."""
        named = {
            "llm_requests": self.requests,
            "llm_tokens_in": self.tokens_in,
            "llm_tokens_out": self.tokens_out,
            "llm_ms": self.ms,
            "llm_cost_millionths": round(self.cost * 1_000_000),
            "llm_cache_hits": self.hits,
            "llm_failed": self.failed,
        }
        return {name: count for name, count in named.items() if count}


class Meter:
    """Keeps the account of one run."""

    def __init__(self, settings: LlmSettings) -> None:
        self._settings = settings
        self._spent: dict[str, Spent] = {}

    @property
    def by_org(self) -> Mapping[str, Spent]:
        """What each company took."""
        return dict(self._spent)

    @property
    def total(self) -> Spent:
        """What the run took so far."""
        return sum(self._spent.values(), Spent())

    def add(self, org_id: str, spent: Spent) -> None:
        """Put something on a company's account."""
        self._spent[org_id] = self._spent.get(org_id, Spent()) + spent

    def allow(self, org_id: str, tokens: int) -> None:
        """Let a request of so many tokens pass; raises BudgetSpent."""
        own = self._spent.get(org_id, Spent()).tokens
        limits = (
            ("max_tokens_per_company", self._settings.max_tokens_per_company, own),
            (
                "max_tokens_per_run",
                self._settings.max_tokens_per_run,
                self.total.tokens,
            ),
        )
        for setting, limit, used in limits:
            if limit and used + tokens > limit:
                raise BudgetSpent(setting, limit)
