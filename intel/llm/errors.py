"""What can go wrong with the language model.

ModelError
├── NoAnswer       nobody answered, or not in time
├── ModelDown      the endpoint answers with an error of its own
├── SlowDown       the endpoint asks us to wait
├── NotAllowed     it does not take our key, or the quota is used up
├── BadRequest     it does not take what we ask, such as the model's name
├── Declined       the model refuses to write
├── Unreadable     what it wrote cannot be read, asked twice
└── BudgetSpent    a limit of ours is reached
"""

from typing import ClassVar

from intel.errors import IntelError

_WHO = "The language model's endpoint"


class ModelError(IntelError):
    """Root of what goes wrong with the model; without it the evidence's words serve.

    `short` is said on the page. `retryable`: another try may help. `lasting`: every
    other request of this run would meet the same. `tokens_in` and `tokens_out` are
    what the endpoint counted for it all the same, where it says so; `refused` counts
    the requests before it that were not taken as they were put.
    """

    short: ClassVar[str] = "no answer"
    retryable: ClassVar[bool] = False
    lasting: ClassVar[bool] = False
    tokens_in: int = 0
    tokens_out: int = 0
    refused: int = 0


class NoAnswer(ModelError):
    """The endpoint is out of reach or silent."""

    retryable = True

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"{_WHO} does not answer: {reason}. Check intel.llm.base_url and timeout_s."
        )


class ModelDown(ModelError):
    """The endpoint has trouble of its own."""

    retryable = True

    def __init__(self, status: int) -> None:
        super().__init__(f"{_WHO} answers {status}; the next run asks again.")
        self.status = status


class SlowDown(ModelError):
    """The endpoint asks us to wait; `wait` is in seconds, None where it is not said."""

    retryable = True

    def __init__(self, wait: float | None) -> None:
        asked = "" if wait is None else f" for {wait:.0f} s"
        super().__init__(f"{_WHO} asks us to wait{asked}; the next run asks again.")
        self.wait = wait


class NotAllowed(ModelError):
    """The endpoint does not let us in."""

    short = "not allowed"
    lasting = True

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"{_WHO} does not let us in: {reason}. Set OPENAI_API_KEY (or "
            "OPENAI_API_KEY_FILE) to a key that may use intel.llm.model."
        )


class BadRequest(ModelError):
    """The endpoint does not take the request."""

    short = "request refused"
    lasting = True

    def __init__(self, status: int, said: str) -> None:
        super().__init__(
            f"{_WHO} refuses the request ({status}: {said}). Check intel.llm.model "
            "and base_url; `cip doctor` lists what the endpoint offers."
        )


class Declined(ModelError):
    """The model refuses to write about this company."""

    short = "the model declined"

    def __init__(self) -> None:
        super().__init__("The language model declined to write.")


class Unreadable(ModelError):
    """The answer is no JSON of the asked shape, or was cut off, twice."""

    short = "unreadable answer"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The language model's answer cannot be used: {reason}, asked twice. A "
            "larger intel.llm.max_output_tokens or another model may help."
        )


class BudgetSpent(ModelError):
    """A limit on tokens does not allow the next request."""

    short = "budget"

    def __init__(self, setting: str, limit: int) -> None:
        super().__init__(
            f"The budget intel.llm.{setting} = {limit} does not allow for another "
            "request. Raise it, or wait for the next run."
        )
        self.setting = setting
