"""What can go wrong on the web page.

UiError
├── Refused      the workspace refused a request
└── Unreadable   a form field holds what its property cannot
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


class UiError(Exception):
    """Root of the web page's errors."""

    status = 400


class Refused(UiError):
    """The workspace answered a request with an error."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message or f"The workspace answered {status}.")
        self.status = status


class Unreadable(UiError):
    """What a person typed is no value of that property."""

    def __init__(self, typed: str, wanted: str) -> None:
        empty = not typed.strip()
        super().__init__(
            f"Nothing was written: type {wanted} first."
            if empty
            else f"“{typed}” is not {wanted}."
        )


@dataclass(frozen=True, slots=True)
class Wrong:
    """What went wrong at one field, and what was typed there, so that it is kept."""

    words: str
    typed: str


Errors: TypeAlias = Mapping[str, Wrong]
"""What went wrong, by the id of a property or the name of another field."""
