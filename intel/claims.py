"""What a claim is, and what every writer has to offer. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from intel import text
from store import ids
from store.records import Claim, Evidence, Org

COMPANY = "Company"
USAGE = "Product usage"
EXTERNAL = "External intel"
SUPPORT = "Support signals"
RISKS = "Risks & opportunities"
ACTIONS = "Next actions"
SOURCES = "Sources"
# The sections of a dossier, in order. Sources is made from the rest.
SECTIONS = (COMPANY, USAGE, EXTERNAL, SUPPORT, RISKS, ACTIONS)

# Our own words in front of what the evidence says: they state no fact of their own.
RISK = "Risk"
OPPORTUNITY = "Opportunity"
DIFFERS = "Another report differs"
IN_A_CALL = "In a call"
ADVICE = {
    "usage_drop": "Ask what changed in daily use",
    "funding": "Congratulate them and ask about plans",
    "negative_support": "Follow up on the open problem",
    "renewal_window": "Prepare the renewal talk",
    "usage_missing": "Find out why usage data stopped",
    "renewal_risk": "Talk about use before the renewal",
    "draft": "Check the draft",
    "drop_and_complaints": "Solve the open problem and ask about daily use",
}
GENERAL_ADVICE = "Look into this"
LABELS = frozenset(
    {RISK, OPPORTUNITY, DIFFERS, IN_A_CALL, GENERAL_ADVICE, *ADVICE.values()}
)
_AGE = re.compile(r"As of \d{4}-\d\d-\d\d: ")
_LABEL = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(LABELS)))}): ")


@dataclass(frozen=True, slots=True)
class Budget:
    """What a writer may spend on one section, seen from `now`.

    Evidence from before the window of `window_days` is old: a claim on it has to say
    its age, and the claims on old evidence fill up to `old` places at most. `decided`
    names the triggers with which people have dealt: they need no advice on them.
    """

    claims: int
    now: datetime
    window_days: int
    old: int = 3
    sentence: int = 300
    decided: frozenset[str] = frozenset()

    @property
    def since(self) -> datetime:
        """The start of the window."""
        return self.now - timedelta(days=self.window_days)


class Writer(Protocol):
    """Proposes claims that name evidence ids; never an address, never a fact unseen.

    What it proposes is verified before anyone sees it.
    """

    @property
    def name(self) -> str:
        """Name the writer, as stored with each dossier."""

    def propose(
        self, section: str, org: Org, evidence: Sequence[Evidence], budget: Budget
    ) -> tuple[Claim, ...]:
        """Propose claims for a section, most important first."""


def make(section: str, org_id: str, words: str, evidence_ids: Sequence[str]) -> Claim:
    """Make a claim; equal words in one section of one org have one id."""
    claim_id = ids.digest("claim", org_id, section, text.fold(words))
    return Claim(claim_id, section, words, tuple(dict.fromkeys(evidence_ids)))


def fact(claim: Claim) -> str:
    """Give the part of a claim that states a fact, without our own label and age."""
    return _AGE.sub("", _LABEL.sub("", claim.text, count=1), count=1)


def says_age(words: str, day: str) -> bool:
    """Say whether a text names the day, or the year, of old evidence."""
    return day in words or f"{day[:4]}" in re.findall(r"\b\d{4}\b", words)
