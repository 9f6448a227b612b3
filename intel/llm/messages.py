"""What goes to a model and what comes back, whoever carries it. Pure."""

from dataclasses import dataclass
from typing import Literal

_PER_TOKEN = 4  # characters, where an endpoint does not count for us


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation; `role` is system or user."""

    role: Literal["system", "user"]
    content: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. `cut` says that the limit on tokens ended it.

    `refused` counts the requests before it that were not taken as they were put.
    """

    text: str
    tokens_in: int
    tokens_out: int
    cut: bool = False
    declined: bool = False
    refused: int = 0


def tokens(characters: int) -> int:
    """Guess the tokens of so many characters."""
    return -(-characters // _PER_TOKEN)
