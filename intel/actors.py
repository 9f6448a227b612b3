"""Find who can act or speak in a sentence: names, offices, callings, bodies. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from intel import senses, text, wording
from intel import words as lists
from intel.lexicon.people import FIELDS, ITSELF, OFFICES, OTHERS, STANCE

Names = frozenset[str]
_TOKEN = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_LINK = re.compile(
    r"(?:of|for|from|at|the|and|von|van|der|des|bei|vom|de|da|di|du|del|la|le|el|al|"
    r"ten|ter|bin)$"
)
# Commas and stops part two of them, and the dash behind a place that opens a report.
_CUT = re.compile(r"[;,–—]|\.|\s-\s")
_BETWEEN = re.compile(r"[\s.]*|\s*\(\s*|,\s")
_COUNTED = lists.listed("user users")  # a figure, unless they speak
_WHEN = frozenset({*lists.MONTHS, *lists.WEEKDAYS})
_CODE = re.compile(r"[a-z]-?\d")  # "ORV-118" is a thing
STANCE_VERB = re.compile(rf"{STANCE}$")
DETERMINERS = lists.listed("the a an their its our his her die der das ein eine ihr")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who acts or speaks: names and nouns; `of` names whose they are.

    `closed` by a noun is "the London firm", and not "the brewer Oakhanger".
    """

    names: Names
    nouns: Names
    of: Names = frozenset()
    start: int = 0
    end: int = 0
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence, where it stands and what it stands for."""

    text: str
    folded: str
    start: int
    end: int
    concept: str


def proper(told: Sequence[str]) -> Names:
    """List what the evidence writes as a name where no sentence begins."""
    found: set[str] = set()
    for one in told:
        for left, word in pairwise(words(one)):
            if word.text[:1].isupper() and word.folded not in lists.STOP:
                found.add(word.folded)
                # "Per" is a name where "Per Nygaard" is.
                if left.text[:1].isupper() and left.folded not in lists.DANGLING:
                    found.add(left.folded)
    return frozenset(found - DETERMINERS - lists.WEEKDAYS - set(lists.MONTHS))


@lru_cache(maxsize=2048)
def words(sentence: str) -> tuple[Word, ...]:
    """List the words of a sentence with their places and concepts."""
    return tuple(
        Word(w[0], folded, w.start(), w.end(), wording.concept(folded))
        for w in _TOKEN.finditer(sentence)
        if (folded := "".join(text.words(w[0])[:1]))
    )


def same(mine: Holder, theirs: Holder, own: Names) -> bool:
    """Say whether two holders may be one; `own` are our company's names."""
    if (mine.names - mine.of) & (theirs.names - theirs.of):
        return True
    if is_own(mine, own) and _speaks_for_own(theirs, own):
        return True
    if is_own(theirs, own) and _speaks_for_own(mine, own):
        return True
    unnamed = not mine.names - own or not theirs.names - own
    return unnamed and bool(mine.nouns & theirs.nouns)


def is_own(one: Holder, own: Names) -> bool:
    """Say whether it is our company itself."""
    # "The London firm" is the company as well.
    few = not one.names or (len(one.names) == 1 and one.closed)
    itself = bool(one.nouns & (ITSELF | own)) and few and not one.of
    return itself or bool(one.names and one.names <= own and not one.nouns & OTHERS)


def _speaks_for_own(one: Holder, own: Names) -> bool:
    office = bool(one.nouns & OFFICES) and not one.nouns & OTHERS
    return is_own(one, own) or (office and one.of <= own)


def holders(plain: str, words: Sequence[Word], own: Names) -> tuple[Holder, ...]:
    """List those who can act or speak in a sentence, in order."""
    found: list[Holder] = []
    run: list[Word] = []
    for at, word in enumerate(words):
        if _is_actor(at, words, own):
            run.append(word)
        elif not (run and _goes_on(at, words, plain, own)):
            found.extend(_held(run, plain, words))
            run = []
    found.extend(_held(run, plain, words))
    return tuple(found)


def _goes_on(at: int, words: Sequence[Word], plain: str, own: Names) -> bool:
    """Say whether a small word joins two parts of one holder: "head of product"."""
    nxt = at + 1
    return (
        (words[at].folded in FIELDS or bool(_LINK.match(words[at].folded)))
        and words[at].folded not in {"and", "from"}
        and nxt < len(words)
        and (_is_actor(nxt, words, own) or words[nxt].folded in {"the", *FIELDS})
        and bool(_BETWEEN.fullmatch(plain[words[at - 1].end : words[at].start]))
        and "," not in plain[words[at - 1].end : words[at].start]
    )


def _held(run: Sequence[Word], plain: str, words: Sequence[Word]) -> Iterator[Holder]:
    """Make holders of a run of words, cut where a comma parts two of them."""
    if not run:
        return
    parts: list[list[Word]] = [[run[0]]]
    for left, right in pairwise(run):
        between = plain[left.end : right.start]
        cut = bool(_CUT.search(between))
        if cut and not _apposed(parts[-1], right):
            parts.append([])
        parts[-1].append(right)
    for part in parts:
        if not _owns_a_thing(part[-1], words):
            yield _as_holder(part)


def _apposed(part: Sequence[Word], right: Word) -> bool:
    """Say whether a name behind a comma is the one that nouns before it mean."""
    return all(_is_noun(w) for w in part) and right.text[:1].isupper()


def _owns_a_thing(last: Word, words: Sequence[Word]) -> bool:
    return last.text.endswith(("'s", "’s")) and any(
        w.start == last.end + 1 for w in words
    )


def _as_holder(part: Sequence[Word]) -> Holder:
    names = frozenset(w.folded for w in part if not _is_noun(w) and not _links(w))
    nouns = frozenset(w.folded for w in part if _is_noun(w))
    owners = [at for at, w in enumerate(part) if w.text.endswith(("'s", "’s"))]
    of = part[: owners[-1] + 1] if owners else ()
    whose = frozenset(w.folded for w in of if not _is_noun(w) and not _links(w))
    start, end, closed = part[0].start, part[-1].end, _is_noun(part[-1])
    return Holder(names, nouns, whose, start, end, closed)


def _links(word: Word) -> bool:
    return bool(_LINK.match(word.folded))


def _is_noun(word: Word) -> bool:
    return word.folded in OFFICES | OTHERS | ITSELF or word.text[:1].islower()


def _is_actor(at: int, words: Sequence[Word], own: Names) -> bool:
    word = words[at]
    if word.folded in own and word.text[:1].isupper():
        return True
    if word.folded in OFFICES | OTHERS | ITSELF:
        return word.folded not in _COUNTED or _speaks(at, words)
    if word.folded in lists.STOP or word.folded in _WHEN or _CODE.search(word.folded):
        return False
    if word.text[:1].isupper():
        return at > 0 or _capital_opens(word, words)
    follows = _speaks(at, words)
    determined = at > 0 and words[at - 1].folded in DETERMINERS
    return follows and determined and word.text[:1].isalpha()


def _speaks(at: int, words: Sequence[Word]) -> bool:
    return at + 1 < len(words) and bool(STANCE_VERB.match(words[at + 1].folded))


def _capital_opens(word: Word, words: Sequence[Word]) -> bool:
    """Say whether a sentence opens with a name and not just with a capital."""
    if word.folded in senses.COMMON_OPENERS or word.folded in lists.DANGLING:
        return False
    stance = len(words) > 1 and bool(STANCE_VERB.match(words[1].folded))
    named = len(words) > 1 and words[1].text[:1].isupper()
    return stance or named or word.text.endswith(("'s", "’s"))
