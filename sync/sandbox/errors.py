"""The refusals Notion answers with, each knowing its status and code. Pure.

ApiError
├── Invalid        400 validation_error
│   └── Refused    400 validation_error in the schema grammar
├── BadRequest     400 invalid_json, invalid_request_url, missing_version
├── Unauthorized   401
├── Restricted     403
├── NotFound       404
├── UserNotFound   404
├── Gone           404 for what lives a short time
└── RateLimited    429
"""

import json
from collections.abc import Mapping
from typing import Any, Final

UNDEFINED: Final = object()


class ApiError(Exception):
    """A request Notion refuses; `wait` is what Retry-After says, in seconds."""

    status = 500
    code = "internal_server_error"
    wait: int | None = None

    def __init__(self, message: str, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.data = data

    def body(self) -> dict[str, Any]:
        """Write the error object, without the request id that every body gets."""
        written: dict[str, Any] = {
            "object": "error",
            "status": self.status,
            "code": self.code,
            "message": self.message,
        }
        if self.data is not None:
            written["additional_data"] = dict(self.data)
        return written


class Invalid(ApiError):
    """The request is well formed but asks for something impossible."""

    status = 400
    code = "validation_error"


class Refused(Invalid):
    """A field of the request breaks the schema."""

    def __init__(self, path: str, rule: str, value: Any = UNDEFINED) -> None:
        root = path.split(".", 1)[0].split("[", 1)[0]
        super().__init__(
            f"{root} failed validation: {path} should be {rule}, "
            f"instead was {shown(value)}."
        )


class NoAlternative(Invalid):
    """None of several allowed forms of a field is there."""

    def __init__(self, path: str, names: tuple[str, ...]) -> None:
        root = path.split(".", 1)[0].split("[", 1)[0]
        lines = "\n".join(
            f"{path}.{name} should be defined, instead was undefined." for name in names
        )
        super().__init__(f"{root} failed validation. Fix one:\n{lines}")


class BadRequest(ApiError):
    """The request cannot be read at all."""

    status = 400

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Unauthorized(ApiError):
    """The token is missing, wrong or revoked."""

    status = 401
    code = "unauthorized"

    def __init__(self) -> None:
        super().__init__("API token is invalid.")


class Restricted(ApiError):
    """The token may not do this."""

    status = 403
    code = "restricted_resource"

    def __init__(
        self,
        message: str = "Insufficient permissions for this endpoint.",
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message, data)


class NotFound(ApiError):
    """The object does not exist or is not shared with the bot."""

    status = 404
    code = "object_not_found"

    def __init__(self, noun: str, shown_id: str, bot: tuple[str, str]) -> None:
        bot_id, bot_name = bot
        super().__init__(
            f"Could not find {noun} with ID: {shown_id}. Make sure the relevant pages "
            f'and databases are shared with your integration "{bot_name}".',
            {"integration_id": bot_id},
        )


class UserNotFound(ApiError):
    """The user does not exist or is not visible."""

    status = 404
    code = "object_not_found"

    def __init__(self, user_id: str) -> None:
        super().__init__(
            f"Could not find user with ID: {user_id}. Make sure your integration has "
            "capabilities to read user information. With those capabilities, only "
            "members and guests in the integration's workspace are visible."
        )


class Gone(ApiError):
    """A short-lived object (view query, upload) is no more."""

    status = 404
    code = "object_not_found"

    def __init__(self, noun: str, shown_id: str) -> None:
        super().__init__(f"Could not find {noun} with ID: {shown_id}.")


class RateLimited(ApiError):
    """The budget of a window, an endpoint or the workspace is spent."""

    status = 429
    code = "rate_limited"

    def __init__(self, reason: str, wait: int | None) -> None:
        data = {"rate_limit_reason": reason}
        if wait is not None:
            data["retry_after"] = str(wait)
        super().__init__(
            "You have been rate limited. Please try again in a few minutes.", data
        )
        self.wait = wait


def shown(value: Any) -> str:
    """Quote a value the way Notion's messages do: in backticks, as JSON."""
    if value is UNDEFINED:
        return "undefined"
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return f"`{text[:300]}{'...' if len(text) > 300 else ''}`"
