"""How patiently the model is asked again. Touches: nothing but the wait it is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import backoff

from intel.llm.errors import ModelError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Policy:
    """How often to try, and how long to wait in between, in seconds.

    Waits grow from `base_s` to `cap_s`, each with full jitter. A wait that the
    endpoint asks for is kept to the letter; one longer than `patience_s` ends the
    trying.
    """

    sleep: Callable[[float], object]
    tries: int = 4
    base_s: float = 1.0
    cap_s: float = 30.0
    patience_s: float = 60.0
    jitter: Callable[[float], float] = backoff.full_jitter


def call(policy: Policy, work: Callable[[], T]) -> T:
    """Run `work`, again after each retryable error, until tries or patience end."""
    waits = backoff.expo(factor=policy.base_s, max_value=policy.cap_s)
    next(waits)  # the generator's first value only starts it
    for _ in range(policy.tries - 1):
        try:
            return work()
        except ModelError as error:
            pause = _pause(policy, error, next(waits))
            if pause is None:
                raise
        policy.sleep(pause)
    return work()


def _pause(policy: Policy, error: ModelError, planned: float) -> float | None:
    if not error.retryable:
        return None
    asked = getattr(error, "wait", None)
    if asked is None:
        return policy.jitter(planned)
    return float(asked) if asked <= policy.patience_s else None
