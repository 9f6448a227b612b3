"""Compare texts by what their words mean, roughly. Pure."""

from collections.abc import Iterable
from functools import lru_cache

from intel import senses, text
from intel import words as lists
from intel.figures import VOCABULARY
from intel.lexicon.likes import SAME

_ENDS = ("ing", "ed", "es", "s", "e")
_PREFIX, _PART = 5, 6
# Words that link or frame and state no fact of their own.
_GLUE = lists.listed(
    "according also already customer amid among around because bring contact ticket "
    "call come company compare "
    "currently describe due earlier former give group include keep make mean now owing "
    "previous remain respectively say since still tell thereby think throughout total "
    "upcoming versus via whether while despite without although though thanks "
    "begründet derzeit sagen unternehmen bereits zudem sowie zufolge laut weiterhin"
)


def _groups() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in SAME.casefold().replace("\n  ", " ").strip().splitlines():
        words = line.split()
        for word in words:
            found.setdefault(word, words[0])
            found.setdefault(text.stem(word), words[0])
    return found


_GROUPS = _groups()
_FRAMES = frozenset({*_GLUE, *(_GROUPS.get(w, text.stem(w)) for w in _GLUE)})


@lru_cache(maxsize=20_000)
def concept(word: str) -> str:
    """Give what a folded word stands for: its group's first word, or its stem."""
    stem = text.stem(word)
    if stem == word and len(word) > 4:
        stem = next((word.removesuffix(e) for e in _ENDS if word.endswith(e)), word)
    return _GROUPS.get(word) or _GROUPS.get(stem) or stem


def weighty(words: str) -> frozenset[str]:
    """Give the concepts of a text without those that only link or frame."""
    return frozenset(
        one
        for one in concepts(words) - _FRAMES
        if not one[0].isdigit() and not senses.denials(one)
    )


@lru_cache(maxsize=4096)
def concepts(words: str) -> frozenset[str]:
    """Give what the words that carry meaning stand for, figures left out."""
    told = (w for w in text.content_words(words) if w not in VOCABULARY)
    return frozenset(
        concept(part) for word in told for part in (word.split("-") if "-" in word
                                                    else (word,)) if part
    )  # fmt: skip


@lru_cache(maxsize=100_000)
def alike(one: str, other: str) -> bool:
    """Say whether two stems are forms of one word, or one is a compound's part."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) >= _PART and short in long:
        return True
    shared = 0
    for a, b in zip(short, long, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= max(_PREFIX, 0.6 * len(long))


def missing(mine: Iterable[str], given: frozenset[str]) -> frozenset[str]:
    """Give the concepts that have no like among those given."""
    return frozenset(
        one
        for one in mine
        if one not in given and not any(alike(one, other) for other in given)
    )


def shared(mine: frozenset[str], given: frozenset[str]) -> int:
    """Count the concepts that have their like among those given."""
    return len(mine) - len(missing(mine, given))


def share(mine: frozenset[str], given: frozenset[str], besides: int = 0) -> float:
    """Give the share of concepts that have their like among those given.

    `besides` counts what else was found there, such as figures.
    """
    found, asked = shared(mine, given) + besides, len(mine) + besides
    return found / asked if asked else 1.0
