"""The bricks of request checks: a rule takes a value and its path, or refuses. Pure."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from sync.sandbox import limits
from sync.sandbox.errors import UNDEFINED, NoAlternative, Refused
from sync.sandbox.limits import Limit

Rule = Callable[[Any, str], None]

_UUID: Final = re.compile(
    r"[0-9a-f]{8}-?[0-9a-f]{4}-?[1-8][0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}",
    re.IGNORECASE,
)
_ZERO: Final = re.compile(r"0{8}-?0{4}-?0{4}-?0{4}-?0{12}")


def utf16(text: str) -> int:
    """Count UTF-16 units, as the lengths in Notion's messages do."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_uuid(text: str) -> bool:
    """Say whether Notion takes this for a UUID (version and variant digits count)."""
    return bool(_UUID.fullmatch(text) or _ZERO.fullmatch(text))


def length(path: str, size: int, least: int, most: int | None) -> None:
    """Refuse a length outside the bounds."""
    if size < least:
        raise Refused(f"{path}.length", f"≥ `{least}`", size)
    if most is not None and size > most:
        raise Refused(f"{path}.length", f"≤ `{most}`", size)


def anything(value: Any, path: str) -> None:
    """Accept whatever is there."""


def absent(value: Any, path: str) -> None:
    """Refuse whatever is there."""
    raise Refused(path, "not present", value)


def boolean(value: Any, path: str) -> None:
    """Accept true and false."""
    if not isinstance(value, bool):
        raise Refused(path, "a boolean", value)


def number(value: Any, path: str) -> None:
    """Accept any JSON number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(path, "a number", value)


def integer(least: int, most: int | None = None) -> Rule:
    """Accept whole numbers within the bounds."""

    def check(value: Any, path: str) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            raise Refused(path, "an integer", value)
        if value < least:
            raise Refused(path, f"≥ `{least}`", value)
        if most is not None and value > most:
            raise Refused(path, f"≤ `{most}`", value)

    return check


def string(limit: Limit | None = None, least: int = 0) -> Rule:
    """Accept strings of at most so many UTF-16 units."""

    def check(value: Any, path: str) -> None:
        if not isinstance(value, str):
            raise Refused(path, "a string", value)
        length(path, utf16(value), least, limit.size if limit else None)

    return check


def uuid(value: Any, path: str) -> None:
    """Accept a UUID with or without dashes."""
    if not isinstance(value, str):
        raise Refused(path, "a string", value)
    if not is_uuid(value):
        raise Refused(path, "a valid uuid", value)


def among(*allowed: Any) -> Rule:
    """Accept one of the listed values."""

    def check(value: Any, path: str) -> None:
        if not any(value is each or value == each for each in allowed):
            raise Refused(path, _listed(allowed), value)

    return check


def _listed(allowed: Collection[Any]) -> str:
    quoted = [
        f'`"{each}"`' if isinstance(each, str) else f"`{str(each).lower()}`"
        for each in allowed
    ]
    if len(quoted) == 1:
        return quoted[0]
    return f"{', '.join(quoted[:-1])}, or {quoted[-1]}"


def nullable(rule: Rule) -> Rule:
    """Accept null besides what the rule accepts."""

    def check(value: Any, path: str) -> None:
        if value is not None:
            rule(value, path)

    return check


def array(item: Rule, limit: Limit | None = None, least: int = 0) -> Rule:
    """Accept arrays of at most so many items, each passing the rule."""

    def check(value: Any, path: str) -> None:
        if not isinstance(value, list):
            raise Refused(path, "an array", value)
        length(path, len(value), least, limit.size if limit else None)
        for place, each in enumerate(value):
            item(each, f"{path}[{place}]")

    return check


def mapping(item: Rule) -> Rule:
    """Accept objects with any keys, each value passing the rule."""

    def check(value: Any, path: str) -> None:
        must_be_object(value, path)
        for key, each in value.items():
            item(each, f"{path}.{key}")

    return check


def must_be_object(value: Any, path: str) -> None:
    """Refuse all but JSON objects."""
    if not isinstance(value, dict):
        raise Refused(path, "an object", value)


def fields(
    known: Mapping[str, Rule],
    required: Collection[str] = (),
    *,
    tolerant: Collection[str] = (),
) -> Rule:
    """Accept an object of known keys; unknown ones should be not present."""

    def check(value: Any, path: str) -> None:
        must_be_object(value, path)
        for name in required:
            if name not in value:
                raise Refused(f"{path}.{name}", "defined")
        for name, each in value.items():
            if name in known:
                known[name](each, f"{path}.{name}")
            elif name not in tolerant:
                raise Refused(f"{path}.{name}", "not present", each)

    return check


def keyed(
    kinds: Mapping[str, Rule],
    common: Mapping[str, Rule] | None = None,
    *,
    tolerant: Collection[str] = (),
) -> Rule:
    """Accept an object that carries exactly one of several typed keys."""
    shared = common or {}

    def check(value: Any, path: str) -> None:
        must_be_object(value, path)
        kind = kind_of(value, path, tuple(kinds))
        for name, each in value.items():
            if name == "type":
                among(kind)(each, f"{path}.type")
            elif name == kind:
                kinds[kind](each, f"{path}.{kind}")
            elif name in shared:
                shared[name](each, f"{path}.{name}")
            elif name not in tolerant:
                raise Refused(f"{path}.{name}", "not present", each)

    return check


def kind_of(value: Mapping[str, Any], path: str, kinds: tuple[str, ...]) -> str:
    """Say which typed key the object carries, or refuse it."""
    declared = value.get("type", UNDEFINED)
    if declared is not UNDEFINED and declared not in kinds:
        raise Refused(f"{path}.type", _listed(kinds), declared)
    if isinstance(declared, str):
        if declared not in value:
            raise Refused(f"{path}.{declared}", "defined")
        return declared
    found = [kind for kind in kinds if kind in value]
    if not found:
        raise NoAlternative(path, kinds)
    return found[0]


EMPTY: Final[Rule] = fields({})
CURSOR: Final[Rule] = nullable(string())
PAGE_SIZE: Final[Rule] = integer(1, limits.PAGE_SIZE.size)
