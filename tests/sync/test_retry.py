"""The retry policy: only what may be retried, and as long as it was asked."""

import pytest

from sync.errors import SyncError
from sync.retry import Policy, call


class Passing(SyncError):
    retryable = True


class AskedToWait(SyncError):
    retryable = True

    def __init__(self, wait: float) -> None:
        super().__init__(f"wait {wait} s")
        self.wait = wait


class Final(SyncError):
    pass


class Script:
    """Work that raises what it is told, then answers."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.calls = 0

    def __call__(self) -> str:
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        return "done"


def policy(slept: list[float], **options: float) -> Policy:
    return Policy(sleep=slept.append, jitter=lambda wait: wait, **options)


def test_waits_double_up_to_the_cap():
    slept: list[float] = []
    work = Script(*[Passing()] * 5)
    assert call(policy(slept, tries=6, base_s=1.0, cap_s=5.0), work) == "done"
    assert slept == [1.0, 2.0, 4.0, 5.0, 5.0]


def test_the_wait_asked_for_is_kept_to_the_letter():
    slept: list[float] = []
    assert call(policy(slept), Script(AskedToWait(7.5))) == "done"
    assert slept == [7.5]


def test_a_wait_past_patience_is_not_slept():
    slept: list[float] = []
    work = Script(AskedToWait(3600))
    with pytest.raises(AskedToWait):
        call(policy(slept, patience_s=60), work)
    assert (slept, work.calls) == ([], 1)


@pytest.mark.parametrize("error", [Final("no"), ValueError("a bug")])
def test_what_may_not_be_retried_surfaces_at_once(error):
    slept: list[float] = []
    work = Script(error)
    with pytest.raises(type(error)):
        call(policy(slept), work)
    assert (slept, work.calls) == ([], 1)


def test_the_last_try_raises_what_happened():
    slept: list[float] = []
    work = Script(*[Passing("still")] * 9)
    with pytest.raises(Passing, match="still"):
        call(policy(slept, tries=3), work)
    assert work.calls == 3


def test_full_jitter_stays_within_the_planned_wait():
    slept: list[float] = []
    patient = Policy(tries=20, base_s=1.0, cap_s=4.0, sleep=slept.append)
    call(patient, Script(*[Passing()] * 19))
    assert all(0 <= wait <= 4 for wait in slept)
    assert len(set(slept)) > 1
