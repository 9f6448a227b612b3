"""Colours and attributes as enhanced Markdown writes them. Pure."""

import re
from collections.abc import Mapping
from typing import Final

_ATTRIBUTE: Final = re.compile(r'([\w-]+)="([^"]*)"')


def short(color: str) -> str:
    """Write `blue_background` as `blue_bg`."""
    return color.replace("_background", "_bg")


def long(color: str) -> str:
    """Read `blue_bg` as `blue_background`."""
    return re.sub(r"_bg$", "_background", color)


def attributes(text: str) -> dict[str, str]:
    """Read `name="value"` pairs."""
    return {name: unquoted(value) for name, value in _ATTRIBUTE.findall(text)}


def written(pairs: Mapping[str, str | None]) -> str:
    """Write the attributes that are set, each behind a space."""
    return "".join(
        f' {name}="{quoted(value)}"' for name, value in pairs.items() if value
    )


def quoted(value: str) -> str:
    """Protect a value inside double quotes."""
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def unquoted(value: str) -> str:
    """Undo `quoted`."""
    return value.replace("&lt;", "<").replace("&quot;", '"').replace("&amp;", "&")
