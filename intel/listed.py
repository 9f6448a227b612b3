"""Count what a sentence lists by name: "France, Belgium and Spain" are three. Pure."""

import re
from collections.abc import Sequence

from intel import text
from intel.figures import Figure, figures

_NAME = r"(?:the )?[A-Z][\w&'’.-]*(?: (?:of |de |and the )?[A-Z][\w&'’.-]*){0,3}"
_LIST = re.compile(
    rf"{_NAME}(?:, {_NAME})*,? (?:and|und|or|as well as) (?:in |at |by |from )?{_NAME}"
)
_PARTED = re.compile(r", |,? (?:and|und|or|as well as) (?=[A-Za-z])")
_KNOWN = re.compile(r"\b(?:the|all|these|its|their|both) $")
_MOST = 10


def is_count(one: Figure, folded: str, parts: Sequence[str]) -> bool:
    """Say whether a small number counts what the evidence lists by name.

    The claim lists it too, or speaks of "the two": `folded` is the claim.
    """
    if one.unit or one.measure or not 2 <= max(one.values) <= _MOST:
        return False
    known = bool(_KNOWN.search(folded[: one.start]))
    return any(
        len(_PARTED.split(found[0])) == max(one.values)
        and not figures(found[0])
        and (known or set(text.words(found[0])) <= set(text.words(folded)))
        for part in parts
        for found in _LIST.finditer(part)
    )
