"""JSON Schema compiled to functions, and jsonschema's word on what is wrong. Pure.

jsonschema alone needs about a second for a list of a hundred blocks, since each union
of block kinds collects every error of every kind. The functions here only say yes or
no; jsonschema is asked where they say no. A test holds the two to the same verdicts.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import jsonschema
from jsonschema.exceptions import ValidationError

Check = Callable[[Any], bool]
Json = dict[str, Any]

_REF = "#/definitions/"
_KEYS = {"required", "additionalProperties"}
_KINDS = {("type", 0), ("const", 0), ("enum", 0), ("const", 1)}
_KNOWN = {
    "$ref", "additionalProperties", "anyOf", "const", "enum", "items", "not", "pattern",
    "properties", "required", "type",
}  # fmt: skip


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_TYPES: Mapping[str, Check] = {
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "number": _number,
    "integer": lambda value: _number(value) and float(value).is_integer(),
    "null": lambda value: value is None,
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


class Schemas:
    """Definitions that refer to each other by `#/definitions/<name>`."""

    def __init__(self, definitions: Mapping[str, Json]) -> None:
        self._definitions = definitions
        self._checks: dict[str, Check] = {}

    def fits(self, name: str, value: Any) -> bool:
        """Say whether a value has the shape of a definition."""
        if name not in self._checks:
            self._checks[name] = self._compiled(self._definitions[name])
        return self._checks[name](value)

    def problem(self, name: str, value: Any) -> str:
        """Say where a value leaves a definition, as jsonschema sees it."""
        whole = {"$ref": _REF + name, "definitions": self._definitions}
        errors = jsonschema.Draft7Validator(whole).iter_errors(value)
        found = min((_deepest(each) for each in errors), key=_place, default=None)
        if found is None:
            return ""
        return f"{name}{found.json_path.removeprefix('$')}: {found.message[:300]}"

    def _compiled(self, schema: Json) -> Check:
        if unknown := schema.keys() - _KNOWN:
            raise ValueError(f"a schema uses {sorted(unknown)}, unknown here: {schema}")
        parts = [*self._unions(schema), *_scalars(schema)]
        if schema.keys() & {"properties", "required", "additionalProperties"}:
            parts.append(self._object(schema))
        if "items" in schema:
            parts.append(_each(self._compiled(schema["items"])))
        return parts[0] if len(parts) == 1 else _all(parts)

    def _unions(self, schema: Json) -> list[Check]:
        parts: list[Check] = []
        if "$ref" in schema:
            parts.append(partial(self.fits, schema["$ref"].removeprefix(_REF)))
        if "anyOf" in schema:
            parts.append(self._union(schema["anyOf"]))
        if "not" in schema:
            refused = self._compiled(schema["not"])
            parts.append(lambda value: not refused(value))
        return parts

    def _union(self, forms: Sequence[Json]) -> Check:
        """Ask a value that names its type only what has that type."""
        checks = [self._compiled(each) for each in forms]
        whole = _any(checks)
        kinds = [self._kind(each) for each in forms]
        if None in kinds:
            return whole
        by_kind = {
            kind: _any([c for c, k in zip(checks, kinds, strict=True) if k == kind])
            for kind in kinds
        }

        def check(value: Any) -> bool:
            kind = value.get("type") if isinstance(value, dict) else None
            if not isinstance(kind, str):
                return whole(value)
            return kind in by_kind and by_kind[kind](value)

        return check

    def _kind(self, schema: Json) -> str | None:
        """The type that every object of a schema has to name; None where none is."""
        while "$ref" in schema:
            schema = self._definitions[schema["$ref"].removeprefix(_REF)]
        kind = schema.get("properties", {}).get("type", {}).get("const")
        named = isinstance(kind, str) and "type" in schema.get("required", ())
        return kind if named else None

    def _object(self, schema: Json) -> Check:
        required = frozenset(schema.get("required", ()))
        others = schema.get("additionalProperties", True)
        known = schema.get("properties", {})
        # Constants first: they tell the kinds of a union apart at once.
        order = sorted(known, key=lambda key: "const" not in known[key])
        pairs = [(key, self._compiled(known[key])) for key in order]
        named, refusing = known.keys(), others is False
        rest = None if isinstance(others, bool) else self._compiled(others)

        def check(value: Any) -> bool:
            if not isinstance(value, dict):
                return True
            if not required <= value.keys():
                return False
            if refusing and not value.keys() <= named:
                return False
            for key, fits in pairs:
                if key in value and not fits(value[key]):
                    return False
            return rest is None or all(
                rest(each) for key, each in value.items() if key not in named
            )

        return check


def _scalars(schema: Json) -> list[Check]:
    parts: list[Check] = []
    if "type" in schema:
        kinds = schema["type"]
        names = [kinds] if isinstance(kinds, str) else kinds
        parts.append(_any([_TYPES[name] for name in names]))
    if "const" in schema:
        parts.append(_among([schema["const"]]))
    if "enum" in schema:
        parts.append(_among(schema["enum"]))
    if "pattern" in schema:
        search = re.compile(schema["pattern"]).search
        parts.append(lambda value: not isinstance(value, str) or bool(search(value)))
    return parts


def _among(allowed: Sequence[Any]) -> Check:
    """Compare with types, for `True == 1` in Python and not in JSON."""
    if all(isinstance(each, str) for each in allowed):
        words = frozenset(allowed)
        return lambda value: isinstance(value, str) and value in words
    pairs = [(isinstance(each, bool), each) for each in allowed]
    return lambda value: (isinstance(value, bool), value) in pairs


def _any(checks: Sequence[Check]) -> Check:
    if len(checks) == 1:
        return checks[0]
    if len(checks) == 2:
        one, other = checks
        return lambda value: one(value) or other(value)

    def check(value: Any) -> bool:
        for each in checks:  # noqa: SIM110 - a generator takes twice the time
            if each(value):
                return True
        return False

    return check


def _all(checks: Sequence[Check]) -> Check:
    if len(checks) == 2:
        one, other = checks
        return lambda value: one(value) and other(value)

    def check(value: Any) -> bool:
        for each in checks:  # noqa: SIM110 - a generator takes twice the time
            if not each(value):
                return False
        return True

    return check


def _each(check: Check) -> Check:
    return lambda value: not isinstance(value, list) or all(map(check, value))


def _deepest(error: ValidationError) -> ValidationError:
    """Follow a failed union into the alternative that was meant."""
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.schema_path[0], []).append(inner)
    if not branches:
        return error
    meant = min(branches.values(), key=_strangeness)
    return _deepest(min(meant, key=_place))


def _strangeness(errors: Sequence[ValidationError]) -> tuple[int, int, int]:
    """Count first what tells the alternatives apart, then keys, then the rest."""
    kinds = sum((each.validator, len(each.path)) in _KINDS for each in errors)
    keys = sum(each.validator in _KEYS for each in errors)
    return kinds, keys, len(errors)


def _place(error: ValidationError) -> tuple[int, str]:
    return -len(error.absolute_path), error.json_path
