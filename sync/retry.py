"""The one policy for trying again: what may be retried, how often, how long to wait.

Touches: nothing but the sleep it is given.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import backoff

from sync.errors import SyncError

T = TypeVar("T")
Sleep = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Policy:
    """How often and how patiently to try. Waits are in seconds.

    Waits grow `base_s`, 2 × `base_s`, 4 × … up to `cap_s`, each with full jitter. A
    wait the other side asks for (`error.wait`) is kept to the letter; one longer than
    `patience_s` is not slept: the error goes up to whoever can wait.
    """

    tries: int = 3
    base_s: float = 0.5
    cap_s: float = 20.0
    patience_s: float = 60.0
    sleep: Sleep = time.sleep
    jitter: Callable[[float], float] = backoff.full_jitter


def call(policy: Policy, work: Callable[[], T]) -> T:
    """Run `work`, again after each retryable error, until tries or patience end."""
    waits = _waits(policy)
    for _ in range(policy.tries - 1):
        try:
            return work()
        except SyncError as error:
            if not error.retryable:
                raise
            pause = _pause(policy, error, next(waits))
            if pause is None:
                raise
        policy.sleep(pause)
    return work()


def _waits(policy: Policy) -> Iterator[float]:
    waits = backoff.expo(factor=policy.base_s, max_value=policy.cap_s)
    next(waits)  # the generator's first value only starts it
    yield from waits


def _pause(policy: Policy, error: SyncError, planned: float) -> float | None:
    asked = getattr(error, "wait", None)
    if not isinstance(asked, int | float):
        return policy.jitter(planned)
    return float(asked) if asked <= policy.patience_s else None
