"""A small evaluator for formula properties: arithmetic, logic, text and dates. Pure.

What it does not know reads as `unsupported`, as Notion itself answers at times.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from sync.sandbox.model.records import Json
from sync.sandbox.props.rollup import is_empty

Prop = Callable[[str], Any]

UNSUPPORTED: Final = object()

_OPERATORS: Final[Mapping[type[ast.AST], Callable[[Any, Any], Any]]] = {
    ast.Add: lambda one, two: (
        f"{_text(one)}{_text(two)}"
        if isinstance(one, str) or isinstance(two, str)
        else (one or 0) + (two or 0)
    ),
    ast.Sub: lambda one, two: (one or 0) - (two or 0),
    ast.Mult: lambda one, two: (one or 0) * (two or 0),
    ast.Div: lambda one, two: (one or 0) / two if two else None,
    ast.Mod: lambda one, two: (one or 0) % two if two else None,
    ast.Pow: lambda one, two: (one or 0) ** two,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: lambda one, two: (one or 0) < (two or 0),
    ast.LtE: lambda one, two: (one or 0) <= (two or 0),
    ast.Gt: lambda one, two: (one or 0) > (two or 0),
    ast.GtE: lambda one, two: (one or 0) >= (two or 0),
}


class Unsupported(Exception):
    """The formula uses something this evaluator does not know."""


def evaluate(expression: str, prop: Prop, now: datetime) -> Any:
    """Compute a formula; UNSUPPORTED when it is beyond this evaluator."""
    try:
        tree = ast.parse(_pythonic(expression), mode="eval")
        return _value(tree.body, prop, now)
    except (SyntaxError, Unsupported, TypeError, ValueError, RecursionError):
        return UNSUPPORTED


def show(value: Any) -> Json:
    """Write a formula's value as answers do."""
    if value is UNSUPPORTED:
        return {"type": "unsupported", "unsupported": {}}
    if isinstance(value, bool):
        return {"type": "boolean", "boolean": value}
    if isinstance(value, int | float):
        return {"type": "number", "number": value}
    if isinstance(value, datetime):
        date = {"start": value.isoformat(), "end": None, "time_zone": None}
        return {"type": "date", "date": date}
    if value is None or isinstance(value, str):
        return {"type": "string", "string": value}
    return {"type": "string", "string": _text(value)}


def _pythonic(expression: str) -> str:
    """Rewrite the few words that Python spells in another way."""
    text = expression.strip().replace("&&", " and ").replace("||", " or ")
    for word, ours in (("true", "True"), ("false", "False"), ("if", "_if")):
        text = re.sub(rf'\b{word}\b(?=([^"]*"[^"]*")*[^"]*$)', ours, text)
    return text


def _value(node: ast.AST, prop: Prop, now: datetime) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.UnaryOp):
        inner = _value(node.operand, prop, now)
        return not inner if isinstance(node.op, ast.Not) else -inner
    if isinstance(node, ast.BoolOp):
        parts = [bool(_value(each, prop, now)) for each in node.values]
        return all(parts) if isinstance(node.op, ast.And) else any(parts)
    if isinstance(node, ast.BinOp):
        return _operate(node.op, node.left, node.right, (prop, now))
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return _operate(node.ops[0], node.left, node.comparators[0], (prop, now))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _apply(node.func.id, node.args, prop, now)
    raise Unsupported(type(node).__name__)


def _operate(
    sign: ast.AST, left: ast.AST, right: ast.AST, world: tuple[Prop, datetime]
) -> Any:
    known = _OPERATORS.get(type(sign))
    if known is None:
        raise Unsupported(type(sign).__name__)
    return known(_value(left, *world), _value(right, *world))


def _apply(name: str, args: list[ast.expr], prop: Prop, now: datetime) -> Any:
    if name == "_if" and len(args) == 3:
        chosen = args[1] if _value(args[0], prop, now) else args[2]
        return _value(chosen, prop, now)
    values = [_value(each, prop, now) for each in args]
    if name == "prop" and len(values) == 1:
        return prop(values[0])
    if name in ("now", "today"):
        return now
    known = _FUNCTIONS.get(name)
    if known is None:
        raise Unsupported(name)
    return known(*values)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return ", ".join(_text(each) for each in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


_FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "concat": lambda *values: "".join(_text(each) for each in values),
    "format": _text,
    "length": lambda value: len(value or ""),
    "empty": lambda value: is_empty(value) or value in (0, False),
    "round": lambda value, digits=0: round(value or 0, int(digits)),
    "floor": lambda value: int((value or 0) // 1),
    "ceil": lambda value: -int(-(value or 0) // 1),
    "abs": lambda value: abs(value or 0),
    "min": min,
    "max": max,
    "upper": lambda value: _text(value).upper(),
    "lower": lambda value: _text(value).lower(),
    "contains": lambda value, part: _text(part) in _text(value),
    "toNumber": lambda value: float(value or 0),
    "larger": lambda one, two: (one or 0) > (two or 0),
    "smaller": lambda one, two: (one or 0) < (two or 0),
    "equal": operator.eq,
    "unequal": operator.ne,
}
