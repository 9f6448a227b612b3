"""A workspace that answers from a list, for pages that are tested without one."""

from collections.abc import Callable, Mapping
from typing import Any

Json = dict[str, Any]
Known = Mapping[str, Json | Callable[[Json | None], tuple[int, Json]]]


class Recorded:
    """Answer requests by "METHOD path" (without the query), and remember them."""

    def __init__(self, known: Known) -> None:
        self.known = dict(known)
        self.asked: list[tuple[str, str, Json | None, str]] = []

    def __call__(
        self, method: str, path: str, body: Json | None, as_: str
    ) -> tuple[int, Json]:
        self.asked.append((method, path, body, as_))
        answer = self.known.get(f"{method} {path.split('?', maxsplit=1)[0]}")
        if answer is None:
            return 404, {"message": f"Could not find {path}."}
        return answer(body) if callable(answer) else (200, answer)

    def sent(self, method: str) -> list[tuple[str, Json | None]]:
        """List what was asked with a method."""
        return [(path, body) for how, path, body, _ in self.asked if how == method]


def listed(*results: Json) -> Json:
    """Wrap results as a list answer."""
    return {"object": "list", "results": list(results), "has_more": False}
