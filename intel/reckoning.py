"""Say whether the figures of a claim follow from those of its evidence. Pure.

A figure may be rounded where the claim says so, and worked out from two values that
the evidence states as before and after.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from intel import figures, text
from intel.figures import Figure

_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|approx|some|circa|ca|nearly|almost|"
    r"close to|just under|just over|rund|etwa|knapp|gut|fast|ungefähr)\.? ?|~ ?)"
    r"(?:[$€£]|us\$|chf |eur |usd )?$"
)
_ABOVE = re.compile(
    r"\b(?:more than|over|above|exceed(?:s|ed|ing)?|at least|upwards of|in excess of|"
    r"mehr als|über|mindestens)(?: the)? (?:[$€£]|us\$|chf |eur |usd )?$"
)
_BELOW = re.compile(
    r"\b(?:less than|fewer than|under|below|at most|no more than|weniger als|unter|"
    r"höchstens)(?: the)? (?:[$€£]|us\$|chf |eur |usd )?$"
)
_MOST = re.compile(
    r"\b(?:up to|as much as|as many as|bis zu|a maximum of|potentially)(?: the)? "
    r"(?:[$€£]|us\$|chf |eur |usd |nok )?$"
)
_BEFORE = re.compile(
    r"\b(?:from|against|compared (?:with|to)|versus|vs\.?|up on|down on|von|gegenüber|"
    r"gegen|nach)(?: (?:a|an|about|around|some|the|just|nearly|over|rund|etwa|loss|"
    r"profit|"
    r"of|total|einem|verlust|gewinn))* ?(?:[$€£]|us\$|chf |eur |usd )?$"
)
_TO = re.compile(
    r"(?:\b(?:to|now|reach(?:ed|es)?|averaged|summed to|total(?:l?ed|s)?|auf|at|hit)|"
    r"->|→)(?: (?:a|an|about|around|some|rund|etwa|nearly|almost))* ?"
    r"(?:[$€£]|us\$|chf |eur |usd )?$"
)
_EARLIER = re.compile(
    r"^[^.;,]{0,30}?\b(?:before|earlier|previously|a year ago|last year|in the "
    r"previous|"
    r"zuvor|vorher|im vorjahr|vorjahres\w*)\b"
)
_SUMS = r"(profits?|loss(?:es)?|gewinne?|verluste?)"
_SUM_BEFORE = re.compile(
    rf"\b{_SUMS} (?:of|von|was|from|rose to|fell to)(?: \w+)? ?\W?$"
)
_SUM_AFTER = re.compile(rf"^ ?(?:net |operating )?{_SUMS}\b")
_BOUNDS = {"about": _ABOUT, "above": _ABOVE, "below": _BELOW, "most": _MOST}
_ROUGH, _WIDE = 0.035, 0.12


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure with how its text puts it: `end` is from, to or "" (neither said).

    `bound` is about, above, below, most ("up to") or ""; `sense` profit, loss or "".
    """

    figure: Figure
    end: str
    bound: str
    sense: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Two values that a sentence states as before and after."""

    before: Figure
    after: Figure

    @property
    def rises(self) -> bool:
        """Say whether the later value is the higher one."""
        return max(self.after.values) > max(self.before.values)


@lru_cache(maxsize=2048)
def placed(source: str) -> tuple[Placed, ...]:
    """List the figures of a text with how it puts them."""
    folded = text.fold(source)
    found = figures.figures(source)
    return tuple(
        Placed(
            one, _end_of(folded, one), _bound(folded[: one.start]), _sense(folded, one)
        )
        for one in found
    )


def changes(parts: Sequence[str]) -> tuple[Change, ...]:
    """List what the sentences of a source state as before and after."""
    return tuple(change for part in parts for change in _pairs(placed(part)))


def follows(
    one: Placed,
    claimed: Sequence[Placed],
    given: Sequence[Placed],
    parts: Sequence[str],
) -> bool:
    """Say whether a claimed figure stands in the evidence or follows from it."""
    like = [g for g in given if _agrees(one, g)]
    if like:
        return not _turned(one, like)
    stated = [
        f.figure
        for f in claimed
        if f is not one and any(figures.agree(f.figure, g.figure) for g in given)
    ]
    pairs = [(a, b) for a in stated for b in stated if a is not b]
    if one.figure.unit == "%" and any(_computed(one.figure, a, b) for a, b in pairs):
        return True
    return any(_computed(one.figure, c.before, c.after) for c in changes(parts))


def _agrees(one: Placed, other: Placed) -> bool:
    if {one.bound, other.bound} == {"above", "below"}:
        return False
    if other.bound == "most" and one.bound not in {"most", "below"}:
        return False
    if {one.sense, other.sense} == {"profit", "loss"}:
        return False
    if figures.agree(one.figure, other.figure):
        return True
    if one.bound not in {"about", "above", "below"} or not _alike(one, other):
        return False
    return any(
        _rounds(a, b, one.bound)
        for a in one.figure.values
        for b in other.figure.values
        if b
    )


def _alike(one: Placed, other: Placed) -> bool:
    a, b = one.figure, other.figure
    return (not a.unit or a.unit == b.unit) and (
        (a.unit != "" or b.unit not in {"%", "pp"}) and a.measure == b.measure
    )


def _rounds(claimed: float, given: float, bound: str) -> bool:
    """Say whether a value is another one, rounded to fewer figures."""
    if _precision(claimed) >= _precision(given):
        return False
    off = (given - claimed) / given
    if bound == "above":
        return 0 <= off <= _WIDE
    if bound == "below":
        return -_WIDE <= off <= 0
    return abs(off) <= _ROUGH


def _precision(value: float) -> int:
    digits = f"{value:.6f}".rstrip("0").rstrip(".").replace(".", "").lstrip("0")
    return len(digits.rstrip("0"))


def _turned(one: Placed, like: Sequence[Placed]) -> bool:
    """Say whether a value from before is given as the one from after, or back."""
    ends = {other.end for other in like}
    if one.end == "from":
        return ends == {"to"}
    return ends == {"from"}


def _computed(one: Figure, before: Figure, after: Figure) -> bool:
    if before.unit != after.unit and before.unit and after.unit:
        return False
    if one.unit == "%" and before.unit not in {"%", "pp"}:
        return figures.is_change(one, before, after)
    if one.unit == "%":
        return False
    same = one.unit == before.unit or not one.unit
    if before.unit == "%" and one.unit != "pp":
        return False
    return (same or one.unit == "pp") and any(
        abs(abs(new - old) - wanted) <= 1e-6 * max(1.0, abs(wanted))
        for old, new in figures.readings(before, after)
        for wanted in one.values
    )


def _pairs(found: Sequence[Placed]) -> Iterator[Change]:
    """Pair each value from before with the nearest of its unit that is no such "
    "value."""
    for at, one in enumerate(found):
        if one.end != "from":
            continue
        rest = sorted(
            (o for o in found if o is not one and o.end != "from" and _fits(o, one)),
            key=lambda o: (o.end != "to", abs(found.index(o) - at)),
        )
        if rest:
            yield Change(one.figure, rest[0].figure)


def _fits(one: Placed, other: Placed) -> bool:
    a, b = one.figure, other.figure
    same = a.unit == b.unit or (not {a.unit, b.unit} & {"%", "pp"} and not a.unit)
    return same and a.measure == b.measure


def _end_of(folded: str, one: Figure) -> str:
    before, after = folded[: one.start], folded[one.start + len(one.written) :]
    found = _BEFORE.search(before)
    if found and (not found[0].startswith("von") or " auf " in after[:40]):
        return "from"
    if _EARLIER.search(after) and not _TO.search(before):
        return "from"
    return "to" if _TO.search(before) else ""


def _bound(before: str) -> str:
    for name, pattern in _BOUNDS.items():
        if pattern.search(before):
            return name
    return ""


def _sense(folded: str, one: Figure) -> str:
    """Say whether a sum is called a profit or a loss, by the word beside it."""
    before, after = folded[: one.start], folded[one.start + len(one.written) :]
    found = _SUM_BEFORE.search(before) or _SUM_AFTER.match(after)
    if found is None:
        return ""
    return "loss" if found[1].startswith(("loss", "verlust")) else "profit"
