"""Reads config.toml and the environment. Touches: one file, the environment given.

All problems are reported at once, by dotted path; the environment is stronger than
the file, and any setting may be set there, see `bot/variables.py`; secrets come from
the environment only, each also as NAME_FILE.
"""

import dataclasses
import re
import tomllib
import typing
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot import variables
from bot.errors import BadConfig
from bot.redaction import passwords
from bot.settings import Secrets, Settings

DEFAULT_FILE = Path("config.toml")
# Each secret's setting, and the variable that holds it.
SECRETS = {f.name: f.name.upper() for f in dataclasses.fields(Secrets)} | {
    "token": "NOTION_TOKEN",
    "password": "DATABASE_URL",
    "api_key": "OPENAI_API_KEY",
}
# Where one of those names means another variable.
_OTHER_SECRETS = {
    ("sync", "connectors", "zendesk"): "ZENDESK_TOKEN",
    ("sync", "connectors", "mail"): "MAIL_PASSWORD",
    ("sync", "connectors", "calls", "audio"): "TRANSCRIBE_KEY",
}
_PASSWORD = re.compile(r"[\w+.-]+://([^/@:]*:[^@]+@|.*[?&](ssl)?password=)", re.I)
_OVERLAY = {
    "NOTION_BASE_URL": ("sync", "notion", "base_url"),
    "DATABASE_URL": ("store", "url"),
    "OTEL_EXPORTER_OTLP_ENDPOINT": ("bot", "traces", "endpoint"),
    "USAGE_SQL_URL": ("sync", "connectors", "usage_sql", "url"),
    "EXPORT_URL": ("sync", "export", "to"),
}


def load(environ: Mapping[str, str]) -> Settings:
    """Read the settings; raises BadConfig with every problem found."""
    path = path_of(environ)
    data = _read(path, required="CIP_CONFIG" in environ)
    problems = [
        *_unknown(data, Settings, ()),
        *_secrets_in(data, ()),
        *_passwords_in(data),
    ]
    problems += _overlay(data, environ)
    for name, target in _OVERLAY.items():
        value, unread = secret(environ, name)
        problems += unread
        if value:
            _put(data, target, value)
    token, missing = _token(environ)
    _put(data, ("sync", "notion", "token"), token)
    for field in dataclasses.fields(Secrets):
        value, unread = secret(environ, field.name.upper())
        problems += unread
        _put(data, ("secrets", field.name), value)
    settings, invalid = _validated(_known(data, Settings))
    problems += [*invalid, *missing]
    if problems or settings is None:
        raise BadConfig(str(path), problems)
    return settings


def path_of(environ: Mapping[str, str]) -> Path:
    """Where the settings file is."""
    return Path(environ.get("CIP_CONFIG") or DEFAULT_FILE)


def _overlay(data: dict[str, Any], environ: Mapping[str, str]) -> list[str]:
    """Put over the file what CIP_… variables set; a secret has its own variable."""
    given, problems = variables.given(environ, Settings)
    for path, value in given.items():
        if path[0] == "secrets" or path[-1] in SECRETS:
            own = _OTHER_SECRETS.get(path[:-1], SECRETS[path[-1]])
            problems.append(
                f"{variables.variable(path)}: set {own}, or {own}_FILE for a file"
            )
            continue
        _put(data, path, value)
    return problems


def secret(environ: Mapping[str, str], name: str) -> tuple[str, list[str]]:
    """Read a secret or the file that holds it, with what is wrong about it."""
    if environ.get(name):
        return environ[name].strip(), []
    file = environ.get(f"{name}_FILE")
    if not file:
        return "", []
    try:
        return Path(file).read_text().strip(), []
    except OSError as error:
        return "", [f"{name}_FILE: {file} cannot be read ({error.strerror})"]


def _token(environ: Mapping[str, str]) -> tuple[str, list[str]]:
    problems: list[str] = []
    for name in ("NOTION_TOKEN", "NOTION_API_KEY"):
        value, found = secret(environ, name)
        problems += found
        if value:
            return value, problems
    return "", problems


def _read(path: Path, *, required: bool) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if required:
            problem = f"CIP_CONFIG names {path}, which does not exist"
            raise BadConfig(str(path), [problem]) from None
        return {}
    except OSError as error:
        raise BadConfig(str(path), [f"cannot be read: {error.strerror}"]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadConfig(str(path), [f"is not valid TOML: {error}"]) from error


@cache
def _reader() -> TypeAdapter[Settings]:
    """What tells settings from other things; made once, for that takes a while."""
    return TypeAdapter(Settings)


def _validated(data: dict[str, Any]) -> tuple[Settings | None, list[str]]:
    try:
        return _reader().validate_python(data), []
    except ValidationError as error:
        return None, [_sentence(problem) for problem in error.errors()]


def _sentence(problem: Any) -> str:
    path = ".".join(str(part) for part in problem["loc"])
    message = problem["msg"].removeprefix("Value error, ")
    given = problem.get("input")
    shown = f", not {given!r}" if isinstance(given, str | int | float | bool) else ""
    return f"{path}: {message[:1].lower()}{message[1:]}{shown}"


def _fields(kind: Any) -> dict[str, Any]:
    if not dataclasses.is_dataclass(kind):
        return {}
    hints = typing.get_type_hints(kind)
    return {f.name: hints[f.name] for f in dataclasses.fields(kind)}


def _unknown(data: Mapping[str, Any], kind: Any, at: tuple[str, ...]) -> Iterator[str]:
    fields = _fields(kind)
    for key, value in data.items():
        path = ".".join((*at, key))
        if key not in fields:
            near = get_close_matches(key, fields, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            yield f"{path}: there is no such setting{hint}"
        elif dataclasses.is_dataclass(fields[key]) and isinstance(value, dict):
            yield from _unknown(value, fields[key], (*at, key))


def _known(data: Mapping[str, Any], kind: Any) -> dict[str, Any]:
    fields = _fields(kind)
    return {
        key: _known(value, fields[key])
        if dataclasses.is_dataclass(fields[key]) and isinstance(value, dict)
        else value
        for key, value in data.items()
        if key in fields
    }


def _secrets_in(data: Mapping[str, Any], at: tuple[str, ...]) -> Iterator[str]:
    for key, value in data.items():
        path = (*at, key)
        if isinstance(value, Mapping):
            yield from _secrets_in(value, path)
        elif key in SECRETS:
            name = _OTHER_SECRETS.get(at, SECRETS[key])
            yield (
                f"{'.'.join(path)}: a secret does not belong into this file; set it "
                f"in the environment ({name}, or {name}_FILE for a file)"
            )


def _passwords_in(data: Mapping[str, Any]) -> Iterator[str]:
    """Name the addresses of databases that hold a password."""
    for name, (*section, key) in _OVERLAY.items():
        found: Any = data
        for part in section:
            found = found.get(part, {}) if isinstance(found, Mapping) else {}
        address = found.get(key) if isinstance(found, Mapping) else None
        if isinstance(address, str) and _PASSWORD.match(address):
            yield (
                f"{'.'.join((*section, key))}: a password does not belong into this "
                f"file; set the whole address in the environment ({name}, or "
                f"{name}_FILE for a file)"
            )


def _put(data: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for part in path[:-1]:
        inner = data.get(part)
        data[part] = inner if isinstance(inner, dict) else {}
        data = data[part]
    data[path[-1]] = value


def secrets_in(environ: Mapping[str, str]) -> list[str]:
    """Find every secret that an environment holds or leads to, whether it is used."""
    names = {*SECRETS.values(), *_OTHER_SECRETS.values(), "NOTION_API_KEY"}
    names -= set(_OVERLAY)
    found = [secret(environ, name)[0] for name in sorted(names)]
    addresses = [secret(environ, name)[0] for name in _OVERLAY]
    words = [word for url in addresses for word in passwords(url)]
    return [one for one in (*found, *words) if one]
