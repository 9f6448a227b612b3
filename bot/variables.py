"""Every setting by environment: CIP_BOT__SCHEDULE__POLL_SECONDS, and its _FILE.

Touches: the environment given, the files it names. Two underscores stand between the
sections. Text is taken as it is, numbers and yes or no as they are written, lists and
tables as TOML writes them: `["a", "b"]`.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

PREFIX, BETWEEN, IN_FILE = "CIP_", "__", "_FILE"
Path_ = tuple[str, ...]
_PLAIN = (str, int, float, bool, type(None))


class Wrong(ValueError):
    """A variable that cannot be used; says which and why."""


def given(environ: Mapping[str, str], kind: type) -> tuple[dict[Path_, Any], list[str]]:
    """Read what the environment sets, by path, and what is wrong with it."""
    known = dict(leaves(kind))
    found: dict[Path_, Any] = {}
    problems = []
    for name in sorted(environ):
        try:
            path = _path(name, known)
            if path is None or path in found:
                continue  # sorted so, the variable itself comes before its _FILE
            in_file = variable(path) != name
            text = _content(name, environ[name]) if in_file else environ[name]
            found[path] = _value(name, text, known[path])
        except Wrong as wrong:
            problems.append(str(wrong))
    return found, problems


def variable(path: Path_) -> str:
    """Name the variable of a setting."""
    return PREFIX + BETWEEN.join(part.upper() for part in path)


def leaves(kind: Any, at: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Each setting's path, and its type."""
    hints = get_type_hints(kind)
    for field in fields(kind):
        hint, path = hints[field.name], (*at, field.name)
        if is_dataclass(hint):
            yield from leaves(hint, path)
        else:
            yield path, hint


def _path(name: str, known: Mapping[Path_, Any]) -> Path_ | None:
    """Find the setting a variable is about; None where it is about none of ours."""
    if not name.startswith(PREFIX):
        return None
    bare = name.removeprefix(PREFIX).lower()
    if BETWEEN not in bare:
        _refuse_single_underscores(name, bare, known)
        return None
    for text in (bare, bare.removesuffix(IN_FILE.lower())):
        path = tuple(text.split(BETWEEN))
        if path in known:
            return path
    names = [variable(path) for path in known]
    near = get_close_matches(name.removesuffix(IN_FILE), names, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise Wrong(f"{name}: there is no such setting{hint}")


def _refuse_single_underscores(
    name: str, bare: str, known: Mapping[Path_, Any]
) -> None:
    """Refuse a setting's name that lacks the second underscore."""
    for path in known:
        if bare in ("_".join(path), "_".join(path) + IN_FILE.lower()):
            told = variable(path)
            raise Wrong(f"{name}: there is no such setting; did you mean {told}?")


def _content(name: str, file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Wrong(f"{name}: {file} cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise Wrong(f"{name}: {file} is no text") from None


def _value(name: str, text: str, hint: Any) -> Any:
    if _is_plain(hint):
        return text
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        told = 'a list or table as TOML writes it, such as ["a", "b"]'
        raise Wrong(f"{name}: is to be {told}") from None


def _is_plain(hint: Any) -> bool:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return all(map(_is_plain, get_args(hint)))
    return origin is Literal or hint in _PLAIN
