"""Say what in an article goes against its being about our company. Pure."""

import re
from collections import Counter
from collections.abc import Sequence

from intel.lexicon.cues import COMPANY_WORDS
from intel.lexicon.sectors import SUBJECTS, sectors_of
from intel.mentions import Mention, described_after
from intel.names import Known

_WORDS_BEFORE = re.compile(r"((?:[^\W\d_][\w-]* ){1,3})$")
_SHORT = 5
# A trade so general that firms of every other trade are called by it.
_GENERAL = frozenset({"software", "media", "investing"})


def what_it_is_not(known: Known, words: Counter[str]) -> tuple[int, str]:
    """Count the words of the article by which the notes tell a namesake."""
    hits = {
        seen: count
        for seen, count in words.items()
        if any(kin(told, seen) for told in known.against)
    }
    distinct = {told for told in known.against if any(kin(told, s) for s in hits)}
    if len(distinct) < min(2, len(known.against)) or not hits:
        return 0, ""
    named = ", ".join(sorted(hits, key=lambda word: -hits[word])[:3])
    return sum(hits.values()), f"the notes say it is not that ({named})"


def described_otherwise(
    known: Known, mentions: Sequence[Mention], topics: Counter[str]
) -> tuple[int, str]:
    """Find the trade by which the article introduces a firm that ours is not in.

    Gives how often the article speaks of that trade.
    """
    if not known.trades:
        return 0, ""
    told = [kinds for m in mentions if not m.name.full and (kinds := described(m))]
    if not told or any(kinds & (known.trades | _GENERAL) for kinds in told):
        return 0, ""
    foreign = frozenset().union(*told) - known.trades
    if not foreign:
        return 0, ""
    top = max(sorted(foreign), key=lambda kind: topics[kind])
    return topics[top], f"the firm named is one of {top}, ours is not"


def described(mention: Mention) -> frozenset[str]:
    """Read trades from the words beside a name: tile maker Ostrel; Ostrel, a brewer."""
    kinds = described_after(mention) | _before(mention)
    return frozenset(kinds - SUBJECTS)


def kin(told: str, seen: str) -> bool:
    """Say whether two lower-case words are forms of one: tile and tiles, not tilt."""
    short, long = sorted((told, seen), key=len)
    if len(short) < 4:
        return False
    if len(short) <= _SHORT:
        return long.startswith(short) and len(long) - len(short) <= 2
    shared = next(
        (n for n, (a, b) in enumerate(zip(told, seen, strict=False)) if a != b),
        len(short),
    )
    return shared >= max(6, len(short) - 2)


def _before(mention: Mention) -> frozenset[str]:
    found = _WORDS_BEFORE.search(mention.left)
    if not found:
        return frozenset()
    *others, last = found[1].casefold().split()
    if last in COMPANY_WORDS:
        return frozenset(kind for word in others for kind in sectors_of(word))
    compound = len(last) > 9 and last.endswith(_MAKERS)
    return frozenset(sectors_of(last)) if compound else frozenset()


_MAKERS = (
    "maker", "maker's", "hersteller", "anbieter", "bauer", "betreiber", "händler",
    "konzern", "produzent", "firma", "unternehmen", "brauerei", "werk",
)  # fmt: skip
