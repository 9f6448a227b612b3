"""What can go wrong on the web page.

UiError
├── Refused      the workspace refused a request
└── Unreadable   a form field holds what its property cannot
"""


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
