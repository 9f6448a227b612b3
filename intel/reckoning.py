"""Say whether the figures of a claim follow from those of its evidence. Pure.

A figure may be rounded where the claim says so, and worked out from two values that
the evidence states as before and after.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from intel import figures, text
from intel.figures import Figure

_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|approx|some|circa|ca|nearly|almost|"
    r"close to|just under|just over|rund|etwa|knapp|gut|fast|ungefähr)\.? ?|~ ?)"
    r"(?:[$€£]|us\$|chf |eur |usd )?$"
)
_ABOVE = re.compile(
    r"\b(?:(?<!no )(?<!not )more than|no (?:less|fewer) than|over|above|exceed(?:s|ed|"
    r"ing)?|at least|upwards of|in excess of|"
    r"mehr als|über|mindestens)(?: the)? (?:[$€£]|us\$|chf |eur |usd )?$"
)
_BELOW = re.compile(
    r"\b(?:(?<!no )(?<!not )(?:less|fewer) than|under|below|at most|no more than|"
    r"weniger als|unter|"
    r"höchstens)(?: the)? (?:[$€£]|us\$|chf |eur |usd )?$"
)
_MOST = re.compile(
    r"\b(?:up to|as much as|as many as|bis zu|a maximum of|potentially)(?: the)? "
    r"(?:[$€£]|us\$|chf |eur |usd |nok )?$"
)
_BEFORE = re.compile(
    r"\b(?:from|against|instead of|rather than|compared (?:with|to)|versus|vs\.?|up "
    r"on|down on|von|gegenüber|"
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
    r"^[^.;,]{0,30}?\b(?:(?:before|earlier)(?=\s*(?:[.,;)]|$|and\b|but\b|to\b))|previously|"
    r"a year (?:ago|earlier|before)|last year|in the previous|"
    r"zuvor|vorher|im vorjahr|vorjahres\w*)\b"
)
# "Up 12 percent from a year earlier" tells a change, not a value from before.
_THAN = re.compile(r" (?:\w+ )?(?:from|on|than|compared|against|versus|year)\b")
_FROM_THEN = re.compile(r" (?:from|on|than|compared \w+|against) (?:a|the|last) ")
_LAST_YEAR = re.compile(
    r"\b(?:last|previous|prior) year\b|\bvorjahr|"
    r"\b(?:19|20)\d\d (?:sales|revenues?|turnover|profits?|results?|income)\b"
)
_MILLION, _CODE = 1e6, 3
# What stands behind a sum and not behind a count of things.
_NO_THING = re.compile(
    r"\s*(?:[.,;:)]|$|(?:a|in|for|from|to|on|and|or|last|this|by|the|while) )"
)
_ALONE = re.compile(r"\s*(?:[.;:),]|$|(?:and|but|in|on|at|last|a year|the) )")
_TO_OTHER = re.compile(
    r"\b(?:from|to|against|than|instead of|rather than|versus|of|for|was|is|had been|"
    r"at)(?: (?:only|just|about|around|the (?:agreed|planned|usual)))? $"
)
POINTS = re.compile(r"[ -](?:percentage )?points?\b")
_CHANGING = re.compile(
    r"\b(?:r[io]s|f[ae]ll|gr[eo]w|up|down|went|cut|rais|increas|decreas|dr[io]pp?|climb|slip|"
    r"jump|lower|lift|doubl|short|lengthen|halv|widen|narrow|improv|reduc|expand|"
    r"chang|declin|surg|plung)|\bto (?:\w+ )?[$€£]?\d"
)
# "Against 300 under contract": what was agreed or aimed at, no value from before.
_AIM = re.compile(
    r"[^.;,\d]{0,25}?\b(?:under contract|contracted|agreed|planned|plan|target(?:ed)?|"
    r"budget(?:ed)?|licen[cs]ed|allowed|promised|forecast|expected|guaranteed|limit|"
    r"quota|paid for|in the contract)\b"
)
_TO_FIGURE = re.compile(r" ?(?:to|->|→|auf) (?:[$€£]|us\$|usd |eur |gbp )?\d")
_IN_YEAR = re.compile(r"[^.;,\d]{0,30}?\b(?:in|for|im|für) (?:\w+ )?(?:19|20)\d\d\b")
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

    `bound` is about, above, below, most ("up to") or ""; `sense` profit, loss or "";
    `dated` says that its year stands behind it.
    """

    figure: Figure
    end: str
    bound: str
    sense: str = ""
    dated: bool = False


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
    found = _lent(folded, figures.figures(source))
    return tuple(_as_placed(folded, one) for one in found)


def _lent(folded: str, found: Sequence[Figure]) -> list[Figure]:
    """Give sums their currency where the text names it only for the sum before.

    "A profit of USD 18.6 million, up from 14.1 million"; "14 million users" are none.
    """
    read: list[Figure] = []
    unit = ""
    for one in found:
        after = folded[one.start + len(one.written) :]
        bare = one.scale >= _MILLION and not one.unit and not one.measure
        if bare and unit and _NO_THING.match(after):
            read.append(replace(one, unit=unit, lent=True))
            continue
        if read and _is_elliptic(one, read[-1], folded):
            read.append(_lent_by(read[-1], one))
            continue
        unit = one.unit if len(one.unit) == _CODE else unit
        read.append(one)
    return read


def _lent_by(last: Figure, one: Figure) -> Figure:
    return replace(
        one, unit=last.unit, measure=last.measure, least=last.least, lent=True
    )


def _is_elliptic(one: Figure, last: Figure, folded: str) -> bool:
    """Say whether a bare number shares what the one before measures: "from 40 s to 9".

    A sum's currency is lent elsewhere, to millions alone.
    """
    if one.unit or one.measure or one.scale != 1 or not (last.unit or last.measure):
        return False
    end = one.start + len(one.written)
    between = folded[last.start + len(last.written) : one.start]
    # "Fell 9 percent to 41": what it fell to is no percentage.
    after_change = between == " to " and not folded[: last.start].endswith("from ")
    return (
        len(last.unit) != _CODE
        and not (last.unit and after_change)
        and bool(_ALONE.match(folded[end:]))
        and bool(_TO_OTHER.search(between))
        and "." not in between
    )


def _as_placed(folded: str, one: Figure) -> Placed:
    after = folded[one.start + len(one.written) :]
    bound, sense = _bound(folded[: one.start]), _sense(folded, one)
    dated = bool(_IN_YEAR.match(after) or _LAST_YEAR.search(folded))
    return Placed(one, _end_of(folded, one), bound, sense, dated)


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


def is_told_change(
    one: Placed, claimed: Sequence[Placed], parts: Sequence[str]
) -> bool:
    """Say whether a figure and another of a claim are one change of the evidence."""
    told = changes(parts)
    return any(
        one.figure in (mine.before, mine.after)
        and figures.agree(mine.before, other.before)
        and figures.agree(mine.after, other.after)
        for mine in _pairs(claimed)
        for other in told
    )


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
    return ends == {"from"} and not one.dated


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
            key=lambda o: (abs(found.index(o) - at), o.end != "to"),
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
    count = not one.unit and not one.measure
    if found and count and found[0].startswith("from") and not _CHANGING.search(folded):
        found = None  # "from four makers"
    if found and found[0].startswith("against") and _AIM.match(after):
        return ""
    if found and (not found[0].startswith("von") or " auf " in after[:40]):
        return "from"
    if before.endswith("(") and _TO_FIGURE.match(after):
        return "from"  # "(96 to 82)"
    change = (one.unit == "%" and _THAN.match(after)) or POINTS.match(after)
    change = change or _FROM_THEN.match(after)
    if _EARLIER.search(after) and not _TO.search(before) and not change:
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
