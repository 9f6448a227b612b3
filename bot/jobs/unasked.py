"""What stands where the model's endpoint would be, in a dry run. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from intel.llm.errors import ModelError
from intel.llm.messages import Message, Reply


class NotAsked(ModelError):
    """This is a dry run: a model's answer would cost."""

    short = "it is not asked in a dry run"
    lasting = True


class Unasked:
    """Answers nothing: what was asked before is remembered elsewhere."""

    def ask(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> Reply:
        """Raise NotAsked."""
        del schema
        raise NotAsked(f"{len(messages)} messages are not sent in a dry run.")

    def close(self) -> None:
        """Nothing is open."""


def would_ask(missed: Counter[str]) -> Iterator[str]:
    """Say for how many texts the model would be asked."""
    if missed.total():
        yield f"texts that the model would be asked for: {missed.total()}"
