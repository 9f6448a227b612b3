"""Reads JSON out of what a model wrote, and holds it to the asked shape. Pure."""

import json
import re
from collections.abc import Mapping
from typing import Any

_THOUGHT = re.compile(r".*</think>", re.DOTALL)
_STARTS = 20  # braces at which an object may begin


class Malformed(ValueError):
    """A text is no answer of the asked shape; says what is wrong with it."""


def parse(text: str) -> Any:
    """Read the JSON object in a text, whatever stands around it; raises Malformed."""
    told = _THOUGHT.sub("", text, count=1)
    decoder = json.JSONDecoder()
    starts = (m.start() for m in re.finditer(r"\{", told))
    for start, _ in zip(starts, range(_STARTS), strict=False):
        try:
            found, _end = decoder.raw_decode(told, start)
        except (ValueError, RecursionError):
            continue
        return found
    raise Malformed("it holds no whole JSON object")


def listed(data: Any, name: str) -> list[Any]:
    """Take a list out of an object; raises Malformed."""
    found = data.get(name) if isinstance(data, Mapping) else None
    if not isinstance(found, list):
        raise Malformed(f"{name!r} is no list")
    return found


def string(data: Any, name: str) -> str:
    """Take a text out of an object; raises Malformed."""
    found = data.get(name) if isinstance(data, Mapping) else None
    if not isinstance(found, str):
        raise Malformed(f"{name!r} is no text")
    return found


def strings(data: Any, name: str) -> list[str]:
    """Take a list of texts out of an object; raises Malformed."""
    found = listed(data, name)
    if not all(isinstance(one, str) for one in found):
        raise Malformed(f"{name!r} holds something that is no text")
    return found
