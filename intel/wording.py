"""Compare texts by what their words mean, roughly. Pure."""

import re
from collections.abc import Iterable
from functools import lru_cache

from intel import senses, text
from intel import words as lists
from intel.figures import VOCABULARY
from intel.lexicon.likes import SAME
from intel.lexicon.near import NEAR

_ENDS = ("ing", "ed", "es", "s", "e")
_PREFIX, _PART, _STEM = 5, 6, 4
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
_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{found})\b", re.IGNORECASE), one)
    for found, one in (
        (r"chief executives?(?: officers?)?|managing directors?", "ceo"),
        (
            r"chief financial officer|chief finance officer|finance (?:chief|director)",
            "cfo",
        ),
        (r"finanzvorst[aä]nd\w*|finanzchef\w*", "cfo"),
        (r"call(?:s|ed|ing)? (?:on|for)", "urge"),
        (r"step(?:s|ped|ping)? in", "intervene"),
        (r"(?:pull(?:s|ed|ing)?|get(?:s|ting)?|got) out(?: of)?", "exit"),
        (r"rul(?:es?|ed|ing) out", "exclude"),
        (r"(?:g(?:o|oes|oing|one)|went) live|go-live", "launch"),
        (r"push(?:es|ed)? back|put(?:s)? off|hold up", "postpone"),
        (r"pa(?:ys?|id|ying) (?:down|off|back)", "repay"),
        (r"(?:tak(?:es?|en|ing)|took) over", "succeed"),
        (r"hand(?:s|ed|ing)? over", "succeed"),
        (r"r(?:un|uns|an|unning) out", "expire"),
        (r"carr(?:y|ies|ied|ying) on|go(?:es)? on|went on", "continue"),
        (r"(?:los(?:e|es|t|ing)|ran|run(?:s|ning)?) out to", "lose"),
        (r"(?:lay(?:s|ing)?|laid) off", "layoff"),
        (r"look(?:s|ed|ing)? into", "investigate"),
        (r"turn(?:s|ed|ing)? down", "reject"),
        (r"(?:ma(?:kes?|de) up(?! for)|accounts? for)", "represent"),
        (r"in talks", "negotiate"),
        (r"on hold", "pause"),
        (r"so far|as yet", "yet"),
    )
)


def _near() -> dict[str, frozenset[int]]:
    """Give for each concept the lines on which it stands."""
    found: dict[str, set[int]] = {}
    lines = NEAR.casefold().replace("\n  ", " ").strip().splitlines()
    for number, line in enumerate(lines):
        for word in line.split():
            found.setdefault(concept(word), set()).add(number)
    return {one: frozenset(lines) for one, lines in found.items()}


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
def plain(words: str) -> str:
    """Put one word for each phrase that has one, as "ceo" for "chief executive"."""
    for phrase, one in _PHRASES:
        words = phrase.sub(one, words)
    return words


@lru_cache(maxsize=4096)
def concepts(words: str) -> frozenset[str]:
    """Give what the words that carry meaning stand for, figures left out."""
    told = (w for w in text.content_words(words) if w not in VOCABULARY)
    return frozenset(
        concept(part) for word in told for part in (word.split("-") if "-" in word
                                                    else (word,)) if part
    )  # fmt: skip


def common(word: str) -> bool:
    """Say whether a folded word is one of those that business news is written in."""
    return len(word) > 3 and word in _GROUPS


def reworded(words: str) -> frozenset[str]:
    """Give the concepts of a text, those of its phrases beside those of its words."""
    return concepts(words) | concepts(plain(words))


@lru_cache(maxsize=100_000)
def alike(one: str, other: str) -> bool:
    """Say whether two stems are forms of one word, or one is a compound's part."""
    if one == other or one.rstrip("iy") == other.rstrip("iy"):
        return True
    short, long = sorted((one, other), key=len)
    if (
        len(short) >= _STEM
        and long.startswith(short)
        and len(long) - len(short) < _STEM - 1
    ):
        return True
    if len(short) >= _PART and short in long:
        return True
    shared = 0
    for a, b in zip(short, long, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= max(_PREFIX, 0.6 * len(long))


@lru_cache(maxsize=1)
def _lines() -> dict[str, frozenset[int]]:
    return _near()


@lru_cache(maxsize=100_000)
def near(one: str, other: str) -> bool:
    """Say whether a concept may stand for another where a claim is reworded."""
    lines = _lines()
    return bool(lines.get(one, frozenset()) & lines.get(other, frozenset()))


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


def strange(mine: frozenset[str], given: frozenset[str]) -> frozenset[str]:
    """Give the concepts for which nothing given can stand."""
    return frozenset(
        one
        for one in missing(mine, given)
        if not any(near(one, other) for other in given)
    )
