"""Tell which articles are one document, and which tell of one happening. Pure.

A follow-up (the verdict after the trial's start, the outage after the launch) is a
story of its own.
"""

import math
from datetime import datetime, timedelta

from intel.fingerprints import Fingerprint, fingerprint
from intel.kinds import Happening
from store.records import Event

SAME = 0.4
_TRANSLATED = 1.4  # what two languages could share in words, had they one
_WINDOW = timedelta(days=10)
_SYNDICATED = timedelta(days=30)
_FEW_SHINGLES = 12


def same_document(a: Event, b: Event) -> bool:
    """Say whether two addresses hold one article: variants, copies, agency text."""
    return same_print(fingerprint(a), fingerprint(b))


def same_story(
    a: Event,
    b: Event,
    likeness: float | None = None,
    common: frozenset[str] = frozenset(),
) -> bool:
    """Say whether two articles report one happening.

    Args:
        a: one article.
        b: the other.
        likeness: cosine of the texts' embeddings, where the caller has them.
        common: names that say nothing here, such as the company's own.
    """
    return story_score(fingerprint(a), fingerprint(b), likeness, common) >= SAME


def same_print(a: Fingerprint, b: Fingerprint) -> bool:
    """Do the work of `same_document` on fingerprints."""
    if a.address and a.address == b.address:
        return True
    few, many = sorted((a.shingles, b.shingles), key=len)
    if len(few) < _FEW_SHINGLES or _apart(a.at, b.at) > _SYNDICATED:
        return False
    shared = len(few & many)
    held, alike = shared / len(few), shared / len(few | many)
    if _figures_differ(a.all_figures, b.all_figures):
        return False
    return alike >= 0.6 or (held >= 0.8 and len(few) >= 20)


def _figures_differ(a: frozenset[object], b: frozenset[object]) -> bool:
    """See through texts made from one template: the words agree, the figures do not."""
    fewer = min(len(a), len(b))
    return fewer >= 2 and len(a & b) < fewer * 0.5


def story_score(
    a: Fingerprint,
    b: Fingerprint,
    likeness: float | None = None,
    common: frozenset[str] = frozenset(),
) -> float:
    """Score from 0 to 1 how surely two articles report one happening."""
    if same_print(a, b):
        return 1.0
    apart = _apart(a.at, b.at)
    if apart > _WINDOW:
        return 0.0
    weight = _common_ground(a, b, common) - _conflicts(a, b) - _delay(apart)
    if likeness is not None:
        weight += 5.0 * (likeness - 0.6)
    return round(1 / (1 + math.exp(-weight)), 3)


def _common_ground(a: Fingerprint, b: Fingerprint, common: frozenset[str]) -> float:
    names = (a.names & b.names) - common
    words = (a.words & b.words) - {name[:6] for name in common}
    fewest = max(6, min(len(a.words), len(b.words)))
    title = len((a.title_words & b.title_words) - {name[:6] for name in common})
    kind = a.happening is b.happening and a.happening is not Happening.NEWS
    return (
        -3.3
        + 0.75 * min(len(names), 5)
        + min(3.4, sum(_telling(value) for _, value in a.figures & b.figures))
        + max(7.0 * min(len(words) / fewest, 0.6), _TRANSLATED * (a.german != b.german))
        + 0.45 * min(title, 4)
        + 0.8 * kind
        + 0.5 * (kind and _apart(a.at, b.at) < timedelta(hours=12))
    )


def _telling(value: float) -> float:
    """Say what a shared figure proves: 270,000 more than 12."""
    return 1.7 if value >= 1000 else 1.1


def _conflicts(a: Fingerprint, b: Fingerprint) -> float:
    differ = _kinds_differ(a, b) + _stages_differ(a, b) + _amounts_differ(a, b)
    return differ + 4.0 * _other_firm(a, b) + 0.8 * _other_names(a, b)


def _other_firm(a: Fingerprint, b: Fingerprint) -> bool:
    """See that one text names its company and the other, long enough, does not."""
    return any(
        one.firm & one.said and not one.firm & other.said and len(other.said) > 15
        for one, other in ((a, b), (b, a))
    )


def _other_names(a: Fingerprint, b: Fingerprint) -> bool:
    """See that each names several people, firms and places, but hardly the same."""
    fewer = min(len(a.names), len(b.names))
    if a.german or b.german or fewer < 4:  # German gives each noun a capital
        return False
    return len(a.names & b.names) <= fewer * 0.2


def _kinds_differ(a: Fingerprint, b: Fingerprint) -> float:
    if a.happening is b.happening:
        return 0.0
    vague = {Happening.NEWS, Happening.PRESS}
    return 0.3 if a.happening in vague or b.happening in vague else 2.0


def _stages_differ(a: Fingerprint, b: Fingerprint) -> float:
    only = (a.stages ^ b.stages) - {"aftermath"}
    both = a.stages - b.stages and b.stages - a.stages
    each = 1.1 if both or _apart(a.at, b.at) > timedelta(hours=20) else 0.6
    later = 0.8 if "aftermath" in a.stages ^ b.stages else 0.0
    return each * min(len(only), 2) + later


def _amounts_differ(a: Fingerprint, b: Fingerprint) -> float:
    """Count against a pair that each has its own figures and shares none."""
    if a.figures & b.figures or not a.figures or not b.figures:
        return 0.0
    return 1.2 if min(len(a.figures), len(b.figures)) == 1 else 1.8


def _delay(apart: timedelta) -> float:
    days = apart / timedelta(days=1)
    return 0.0 if days <= 1.5 else 0.5 * (days - 1.5)


def _apart(a: datetime | None, b: datetime | None) -> timedelta:
    return abs(a - b) if a and b else timedelta(days=2)
