"""Say whether a figure that is not in the evidence can be worked out from it. Pure.

A share of two of its figures, what one is more than the other, a span between two of
its days or hours, how many digits a sum has, a count told as "the third time".
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from intel import listed, multiples, parts_of, text
from intel import words as lists
from intel.figures import Figure, agree, figures, readings
from intel.reckoning import POINTS

_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4,
    "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8,
    "tenth": 10, "tenths": 10,
}  # fmt: skip
_SMALL = {
    word: number
    for number, word in enumerate(
        ("one two three four five six seven eight nine ten eleven twelve").split(),  # noqa: SIM905 - reads better
        start=1,
    )
}
_COUNT = "|".join(_SMALL) + r"|a|an|\d{1,3}"
_SHARE = re.compile(
    rf"(?<!\band )\b(?P<top>{_COUNT})[ -](?P<of>{'|'.join(_PARTS)})\b(?!-)|"
    rf"(?<!week )\b(?P<some>{_COUNT})(?:(?<=\bone) [a-z]+(?= in (?:two|three|four|five|"
    rf"six|eight|ten|twenty)\b))? (?:in|out of)(?: every)? (?P<all>{_COUNT})\b"
    r"(?! ?(?:%|percent|prozent))|"
    r"(?<!first )(?<!second )(?<!this )(?<!and a )(?<!and-a-)\b(?P<half>half)\b"
    r"(?![ -](?:an? )?(?:year|yearly|hour|hourly|term|time|dozen|day|price)\b)"
)
# "A third terminal", "the quarter ended": no share of anything.
_IS_NTH = re.compile(
    r" (?!of\b|more\b|less\b|fewer\b|lower\b|higher\b|the\b|its\b|their\b|as\b|to\b|"
    r"in\b|on\b|from\b|at\b|and\b|or\b)[a-z]"
)
_NTH = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(),  # noqa: SIM905 - reads better
        start=1,
    )
} | {"twice": 2}
_COUNTED = re.compile(
    rf"(?<!\b(?:in|on) the )\b({'|'.join(word for word in _NTH if word != 'first')})\b"
    r"(?! (?:quarter|half|part|person|party|largest|biggest|level|of)|-)"
)
_OF = re.compile(r" (?:of|in|among)\b")
_OF_IT = re.compile(r" of (?:the|its|it|that|this|which|their)\b")
_DIGITS = re.compile(rf"\b({'|'.join(_SMALL)})-figure\b")
_MORE = re.compile(
    r"\b(?:fewer|more|less|before|earlier|additional|another|other|remain\w*|rest|"
    r"gap|difference|left|apart|margin|further|extra|previously)\b"
)
_CLOCK = re.compile(r"\b([01]?\d|2[0-4])[:.]([0-5]\d)\b(?! (?:million|percent|%))")
_HOUR = re.compile(r"\b(\d{1,2}) ?(a|p)\.?m\b")
_MONTH = re.compile(rf"\b({'|'.join(sorted(lists.MONTHS, key=len, reverse=True))})\b")
_DATED = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)? "
    rf"({'|'.join(sorted(lists.MONTHS, key=len, reverse=True))})\b"
)
_HOURS_MINUTES = re.compile(
    r"\b(\d{1,2}|an|one|two|three) ?(?:h|hours?)(?: and)? ?(\d{1,2}) ?"
    r"(?:m|min|mins|minutes)\b"
)
_AND_PART = re.compile(r"^[ -]and[ -](?:an?[ -])?(half|quarter|three[ -]quarters?)\b")
_PART_OF_HOUR = {"h": 0.5, "q": 0.25, "t": 0.75}
_NAMED = {
    3.0: re.compile(r"\bquarter\b|\bq[1-4]\b|\bquartal\b"),
    6.0: re.compile(r"\bhalf[ -]year\b|\b(?:first|second) half\b|\bh[12]\b|\bhalbjahr"),
}
_DAY, _HOUR_S = 86400.0, 3600.0
_NEAR, _LOOSE, _SLACK, _SAME = 0.035, 0.06, 0.006, 1e-6


def follows(one: Figure, fact: str, parts: Sequence[str]) -> bool:
    """Say whether a figure of a claim can be worked out from its evidence."""
    folded = text.fold(fact)
    carried = text.fold("\n".join(parts))
    given = [found for part in parts for found in figures(part)]
    return (
        _is_share(one, folded, carried, given)
        or _has_digits(one, folded, given)
        or _is_dozen(one, folded, given)
        or _is_gap(one, folded, given)
        or _is_points(one, folded, given)
        or _is_product(one, folded, carried, given)
        or any(_is_of_a_span(one, folded, text.fold(part)) for part in parts)
        or any(_is_span(one, folded, text.fold(part)) for part in parts)
        or _is_count(one, carried)
        or listed.is_count(one, folded, parts)
        or _is_week(one, folded, carried)
        or multiples.follows(one, fact, parts)
        or parts_of.is_part(one, folded, parts, [w for _, _, w in shares(carried)])
    )


def strange_share(fact: str, parts: Sequence[str]) -> str:
    """Give a share that a claim tells in words and its evidence does not, or ""."""
    folded, carried = text.fold(fact), text.fold("\n".join(parts))
    given = [found for part in parts for found in figures(part)]
    told = [value for _, _, value in shares(carried)]
    told += [value / 100 for g in given if g.unit == "%" for value in g.values]
    told += _changes(given)
    told += [1 - share for share in told] if parts_of.has_rest(parts) else []
    for start, end, wanted in shares(folded):
        if _IS_NTH.match(folded[end:]):
            continue
        known = folded[start:end] in carried or any(_about(wanted, t) for t in told)
        known = known or parts_of.is_bounded(wanted, folded[:start], parts)
        if not known and not _is_part(wanted, given):
            return folded[start:end]
    return ""


def _changes(given: Sequence[Figure]) -> list[float]:
    """List by what share each figure is more or less than each other one."""
    return [
        abs(b - a) / base
        for one, other in combinations(given, 2)
        for a, b in readings(one, other)
        for base in (a, b)
        if base > 0
    ]


def shares(folded: str) -> Iterator[tuple[int, int, float]]:
    """Find shares in words: where they stand, and how much of a whole they are."""
    for found in _SHARE.finditer(folded):
        if found["half"]:
            yield found.start(), found.end(), 0.5
            continue
        top, whole = (
            (found["top"], _PARTS[found["of"]])
            if found["of"]
            else (found["some"], _number(found["all"]))
        )
        if 0 < _number(top) < whole:
            yield found.start(), found.end(), _number(top) / whole


def _number(word: str) -> int:
    if word in {"a", "an"}:
        return 1
    return _SMALL[word] if word in _SMALL else int(word)


def _is_share(one: Figure, folded: str, carried: str, given: Sequence[Figure]) -> bool:
    each = [figures(part) for part in carried.split("\n")]
    wanted = [w for a, b, w in shares(folded) if a <= one.start < b]
    told = [value for _, _, value in shares(carried)]
    percents = [value / 100 for g in given if g.unit == "%" for value in g.values]
    if parts_of.has_rest([carried]):
        told += [1 - share for share in (*told, *percents)]
    if one.unit == "%":
        of = _OF.match(folded[one.start + len(one.written) :])
        beside = [f for f in figures(folded) if any(agree(f, g) for g in given)]
        value = max(one.values) / 100
        return (
            any(abs(value - t) <= 0.005 for t in told)
            or bool(of and any(_is_part(value, g, slack=_SLACK) for g in each))
            or _is_part(value, beside, slack=_SLACK)
        )
    told += percents
    bounded = any(
        parts_of.is_bounded(w, folded[: one.start], carried.split("\n")) for w in wanted
    )
    return bounded or any(
        _is_part(w, given) or any(_about(w, t) for t in told) for w in wanted
    )


def _is_part(
    wanted: float, given: Sequence[Figure], slack: float | None = None
) -> bool:
    plain = [g for g in given if g.unit not in {"%", "pp"}]
    return any(
        (
            _about(wanted, part / whole)
            if slack is None
            else abs(wanted - part / whole) <= slack
        )
        for a in plain
        for b in plain
        if a is not b and (a.unit, a.measure) == (b.unit, b.measure)
        for part, whole in readings(a, b)
        if 0 < part < whole
    )


def _about(wanted: float, told: float) -> bool:
    return abs(wanted - told) <= max(_NEAR * wanted, 0.005)


def _has_digits(one: Figure, folded: str, given: Sequence[Figure]) -> bool:
    for found in _DIGITS.finditer(folded):
        if found.start() == one.start:
            sizes = {len(str(int(value))) for g in given for value in g.values}
            return _SMALL[found[1]] in sizes
    return False


def _is_dozen(one: Figure, folded: str, given: Sequence[Figure]) -> bool:
    if not folded[: one.start].endswith("half a ") or one.written != "dozen":
        return False
    return any(6.0 in g.values for g in given)


def _is_gap(one: Figure, folded: str, given: Sequence[Figure]) -> bool:
    if not _MORE.search(folded) or one.unit == "%":
        return False
    measures = {one.measure, ""}  # "47 minutes, against 64 in September"
    like = [g for g in given if g.unit == one.unit and g.measure in measures]
    wanted = max(one.values) * one.least
    return max(one.values) > 2 and any(
        abs(abs(_least(a, one) - _least(b, one)) - wanted) <= _SAME * wanted
        and one.measure in {a.measure, b.measure}
        for a, b in combinations(like, 2)
    )


def _least(one: Figure, like: Figure) -> float:
    """Give a figure in the least unit of its measure, or else of another's."""
    return max(one.values) * (one if one.measure else like).least


def _is_points(one: Figure, folded: str, given: Sequence[Figure]) -> bool:
    """Say whether "three points" lie between two percentages of the evidence."""
    if not POINTS.match(folded[one.start + len(one.written) :]):
        return False
    plain = [g for g in given if g.unit in {"%", "pp", ""} and not g.measure]
    return any(
        abs(abs(a - b) - max(one.values)) < _SLACK
        for x, y in combinations(plain, 2)
        if "%" in {x.unit, y.unit}
        for a, b in readings(x, y)
    )


def _is_product(
    one: Figure, folded: str, carried: str, given: Sequence[Figure]
) -> bool:
    """Say whether a sum is a share, in words, of another: "$10m of the loan"."""
    mine = [w for _, _, w in shares(folded)]
    told = [w for _, _, w in shares(carried)]
    of_it = bool(_OF_IT.match(folded[one.start + len(one.written) :]))
    return bool(one.unit) and any(
        abs(max(one.values) - w * max(g.values)) <= near * max(one.values)
        for w in told
        for near in (_NEAR if any(_about(w, m) for m in mine) else _SAME,)
        for g in given
        if g.unit == one.unit and (near > _SAME or of_it)
    )


def _is_of_a_span(one: Figure, folded: str, carried: str) -> bool:
    """Say whether a figure is the hours or minutes of "5 hours 45 minutes"."""
    for found in _HOURS_MINUTES.finditer(folded):
        if found.start() <= one.start < found.end():
            minutes = 60 * _number(found[1]) + int(found[2])
            return any(abs(gap - minutes) <= 1 for gap in _gaps(carried))
    return False


def _gaps(carried: str) -> list[int]:
    """List the minutes from each time of day to each other, over midnight as well."""
    clock = [int(h) * 60 + int(m) for h, m in _CLOCK.findall(carried)]
    return [(b - a) % 1440 for a in clock for b in clock if a != b]


def _is_span(one: Figure, folded: str, carried: str) -> bool:
    if one.measure not in {"time", "months"}:
        return _is_half_span(one, folded, carried)
    return _spans(max(one.values) * one.least, one.measure, carried)


def _is_half_span(one: Figure, folded: str, carried: str) -> bool:
    """Read "two-and-a-half-hour", whose measure stands behind the half."""
    after = folded[one.start + len(one.written) :]
    found = _AND_PART.match(after)
    if not found or "hour" not in after[: found.end() + 8]:
        return False
    part = _PART_OF_HOUR[found[1][0]]
    return _spans((max(one.values) + part) * _HOUR_S, "time", carried)


def _spans(wanted: float, measure: str, carried: str) -> bool:
    if measure == "months":
        if (named := _NAMED.get(wanted)) and named.search(carried):
            return True
        months = [lists.MONTHS[found[1]] for found in _MONTH.finditer(carried)]
        return wanted in {(b - a) % 12 for a, b in combinations(months, 2)} - {0}
    clock = [int(h) * 60 + int(m) for h, m in _CLOCK.findall(carried)]
    clock += [int(h) % 12 * 60 + 720 * (x == "p") for h, x in _HOUR.findall(carried)]
    days = [int(d) + 30.44 * lists.MONTHS[m] for d, m in _DATED.findall(carried)]
    gaps = [abs(b - a) * 60.0 for a, b in combinations(clock, 2)]
    gaps += [abs(b - a) * _DAY for a, b in combinations(days, 2)]
    return any(abs(gap - wanted) <= _LOOSE * wanted for gap in gaps if gap)


def _is_count(one: Figure, carried: str) -> bool:
    """Say whether a small number is told as "the third", "twice" or "both"."""
    if one.written not in _SMALL or one.unit or one.measure:
        return False
    return any(
        _NTH[found[1]] == _SMALL[one.written] for found in _COUNTED.finditer(carried)
    )


def _is_week(one: Figure, folded: str, carried: str) -> bool:
    number = one.written
    before = folded[: one.start]
    return before.endswith("week ") and bool(re.search(rf"\bw{number}\b", carried))
