"""Say whether a figure is a part, the rest or the sum of what evidence counts. Pure.

"Three of nine sites have yet to start" leaves six of nine; "7,860 and 940" are 8,800
together; "a quarter of the 9,600" is 2,400; 58 percent are more than half.
"""

import re
from collections.abc import Sequence
from itertools import combinations

from intel import senses, text
from intel.figures import Figure, agree, figures

_TOGETHER = re.compile(
    r"\b(?:together|combined|between them|in total|in all|altogether|total of|sum of)\b"
)
_REST = re.compile(r"\b(?:the rest|remainder|remaining|the others?|all others)\b")
_OVER = re.compile(r"\b(?:more than|over|above|just over|slightly more than) an? $|"
                   r"\b(?:more than|over|above|just over) $")  # fmt: skip
_UNDER = re.compile(
    r"\b(?:less than|fewer than|under|below|nearly|almost|just under|not quite) "
    r"(?:an? )?$"
)
_SHOWS = re.compile(r"[^.;,\d]{0,40}(?:[:(]| - )")
_CODE = re.compile(r"[a-z]-?$")
_MARGIN = 0.2  # of the whole: how far "more than half" may be from it
_EXACT = 1e-6


def is_part(
    one: Figure, folded: str, parts: Sequence[str], told: Sequence[float]
) -> bool:
    """Say whether a figure of a claim follows from a whole and its parts.

    `told` are the shares that its evidence tells in words.
    """
    here = [other for other in figures(folded) if other.start != one.start]
    given = [_counted(part) for part in parts]
    return (
        _is_left(one, here, given)
        or _is_sum(one, folded, given)
        or _is_shown_sum(one, folded, given)
        or _is_portion(one, here, given, told)
        or _is_other_share(one, folded, parts)
    )


def _counted(part: str) -> list[Figure]:
    """List the figures of a sentence, but for those of codes such as "HB-204"."""
    folded = text.fold(part)
    return [f for f in figures(part) if not _CODE.search(folded[: f.start])]


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= _EXACT * max(1.0, abs(one), abs(other))


def _is_left(
    one: Figure, here: Sequence[Figure], given: Sequence[Sequence[Figure]]
) -> bool:
    """Say whether it is what one sentence leaves of a whole that the claim names."""
    if one.unit:
        return False
    return any(
        whole is not part
        and not part.unit
        and any(agree(other, whole) for other in here)
        and _same(max(whole.values) - max(part.values), max(one.values))
        for found in given
        for whole in found
        for part in found
    )


def _is_sum(one: Figure, folded: str, given: Sequence[Sequence[Figure]]) -> bool:
    if not _TOGETHER.search(folded):
        return False
    return any(
        a.unit == b.unit == one.unit
        and _same(max(a.values) + max(b.values), max(one.values))
        for found in given
        for a, b in combinations(found, 2)
    )


def _is_shown_sum(one: Figure, folded: str, given: Sequence[Sequence[Figure]]) -> bool:
    """Say whether a claim shows the two figures that it adds up: "20 (12 and 8)"."""
    known = [g for found in given for g in found]
    behind = folded[one.start + len(one.written) :]
    shows = bool(_SHOWS.match(behind))
    here = figures(behind) if shows else ()
    shown = [f for f in here if f.unit == one.unit and any(agree(f, g) for g in known)]
    return one.unit != "%" and any(
        _same(max(a.values) + max(b.values), max(one.values))
        for a, b in combinations(shown, 2)
    )


def _is_portion(
    one: Figure,
    here: Sequence[Figure],
    given: Sequence[Sequence[Figure]],
    told: Sequence[float],
) -> bool:
    """Say whether it is the share that evidence tells of a whole that both name."""
    return any(
        whole.unit == one.unit
        and any(agree(other, whole) for other in here)
        and any(_same(share * max(whole.values), max(one.values)) for share in told)
        for found in given
        for whole in found
    )


def _is_other_share(one: Figure, folded: str, parts: Sequence[str]) -> bool:
    """Say whether a percentage is what is left of a hundred: of those who did not."""
    if one.unit != "%":
        return False
    wanted = 100 - max(one.values)
    for part in parts:
        percents = [max(f.values) for f in figures(part) if f.unit == "%"]
        if _REST.search(part.casefold()) and _same(sum(percents), wanted):
            return True
        turned = bool(senses.denials(folded)) is not bool(senses.denials(part))
        if turned and any(_same(value, wanted) for value in percents):
            return True
    return False


def is_bounded(wanted: float, before: str, parts: Sequence[str]) -> bool:
    """Say whether "more than half" is somewhat less than a share of the evidence.

    `wanted` is the share that a claim tells in words, `before` what stands before it.
    """
    over, under = bool(_OVER.search(before)), bool(_UNDER.search(before))
    if not over and not under:
        return False
    every = [figures(part) for part in parts]
    known = [max(f.values) / 100 for found in every for f in found if f.unit == "%"]
    known += [
        max(a.values) / max(b.values)
        for found in every
        for a in found
        for b in found
        if not a.unit and not b.unit and 0 < max(a.values) < max(b.values)
    ]
    gaps = [k - wanted if over else wanted - k for k in known]
    return any(0 < gap <= _MARGIN for gap in gaps)


def has_rest(parts: Sequence[str]) -> bool:
    """Say whether evidence tells of what is left when its shares are taken away."""
    return any(_REST.search(part.casefold()) for part in parts)
