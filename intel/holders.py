"""Tell whose word, wish or deed a sentence is, and whether a claim gives it away. Pure.

Speaks only where a claim keeps the evidence's own words and puts somebody else before
them; who that is where sentences are tangled stays open.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from intel import actors, senses, text, wording
from intel import words as lists
from intel.actors import DETERMINERS, STANCE_VERB, Holder, Names, Word
from intel.lexicon.people import MOODS, OFFICES, STANCE

_SAID = re.compile(
    r"(?:said|says|told|adds?|added|reported|wrote|confirm(?:s|ed)|estimat(?:es|ed)|"
    r"sagte|sagt)$"
)
_TOLD = re.compile(r"(?:told|tells?|asks?|asked|urges?|urged|warns?|warned|informed)$")
_BEHIND = re.compile(
    rf"[,\"”]\s*(?:{STANCE}|so)\s+(?=\S)|(?<=\S)[,\s]\s*(?:according to|laut)\s+",
    re.IGNORECASE,
)
# "…, the annual report says."
_ENDING = re.compile(
    rf"[,\"”]\s+(?P<who>(?!(?:and|but|while|as|who|which|so)\b)[^,\"”]{{3,70}}?)\s+"
    rf"{STANCE}(?:\s+[^\s,]+){{0,4}}\s*[.!]?$"
)
_PRONOUN = lists.listed("he she they it er sie es")
# Tickets, blogs and status pages: the company itself speaks.
_FIRST_PERSON = re.compile(
    r"\b(?:we|our|us|(?:customer|client|caller) (?:reports?|says?|said|asks?|wants?)|"
    r"the (?:customer|client))\b(?!['’]s)",
    re.IGNORECASE,
)
_BODIES = frozenset({"board", "management", "leadership"})
_EXPLAINS = re.compile(r",\s(?:the|an?|our|its|their|who|which)\b")
_TURN = re.compile(r"[,;] (?:but|while|whereas|though)\b")
_ASIDE = re.compile(r",\s[^,;.]{2,60},\s")
_TO_COMMA = re.compile(r"(?: (?:of |for )?[\w-]+){0,3},")  # "VP engineering,"
_SOMEBODY = lists.listed("he she")
_LEADING = lists.listed(
    "the a an their its our according to in by dr mr mrs ms prof laut der die das sir "
    "also both"
)
_PASSIVE = re.compile(
    r"(?:is|are|was|were|be|been|being|gets?|got|wird|wurde|wurden)$", re.IGNORECASE
)
_HELPER = re.compile(
    r"(?:has|have|had|will|would|can|could|may|might|also|now|already|still|not)$"
)
_BY = re.compile(r"\s*(?:\S+\s+)?(?:by|von|durch)\s+(?:the\s+)?$")
_BESIDE = lists.listed(
    "in at near from to into on with against for of through across by between over "
    "aus bei mit gegen nach von vom zu zum zur über durch"
)
# "Acme and the start-up Beta have signed".
_AND = re.compile(
    r"(?:['’]s)?\s+(?:and|und|&)\s+(?:(?:the|its|a|an|die|der|das|[a-z-]+)\s+){0,3}"
)
# The share of a claim's words by which it follows a sentence.
_FOLLOWS = 0.6


def given_away(claim: str, told: Sequence[str], own: Names) -> str:
    """Give to whom a claim gives what is another's in the evidence, or ""."""
    known = own | actors.proper(told)
    deed = _opened(claim, known)
    if deed is None or not told:
        return ""
    every = [_Sentence(one, known) for one in told]
    if not _is_there(deed.holder, every, own):
        return ""
    if _is_compound(deed, told):
        return ""
    body = not deed.holder.names and bool(deed.holder.nouns & _BODIES)
    ours = actors.is_own(deed.holder, own) or body
    if ours and any(map(_FIRST_PERSON.search, told)):
        return ""
    theirs = list(_who(deed, every))
    if not theirs or any(actors.same(deed.holder, one, own) for one in theirs):
        return ""
    return _named(deed.holder)


def _is_compound(deed: "_Deed", told: Sequence[str]) -> bool:
    """Say whether the evidence joins the name to the next word: "Premier plan"."""
    if deed.stance or deed.holder.nouns or len(deed.holder.names) != 1:
        return False
    (name,) = deed.holder.names
    return any(
        left == name and wording.concept(right) == deed.first
        for one in told
        for left, right in pairwise(text.words(one))
    )


def _named(holder: Holder) -> str:
    return " ".join(sorted(holder.names or holder.nouns))


@dataclass(frozen=True, slots=True)
class _Deed:
    """What a claim says of its holder; `stance` where it is a word or a wish."""

    holder: Holder
    first: str
    words: Names
    stance: bool


class _Sentence:
    """A sentence with its words and those who act in it."""

    def __init__(self, sentence: str, own: Names) -> None:
        self.text = wording.plain(sentence)
        self.words = actors.words(self.text)
        self.holders = actors.holders(self.text, self.words, own)
        self.opens = bool(self.words) and self.words[0].folded in _PRONOUN


def _opened(claim: str, own: Names) -> "_Deed | None":
    """Read who holds a claim, the first word that tells of it, and all of them."""
    plain = wording.plain(claim)
    words = actors.words(plain)
    holders = actors.holders(plain, words, own)
    behind = _behind(plain, holders)
    if behind is not None:
        at, holder = behind
        rest = [w for w in words if w.end <= at]
    elif holders and _opens(holders[0], words):
        holder = _with_office(holders, plain)
        rest = [w for w in words if w.start >= holder.end]
        if _is_thing(holder, rest, words):
            return None
    else:
        return None
    stance = behind is not None or _is_stance(rest) or _reported(plain)
    thing = bool(holder.of) and not holder.nouns
    if not stance and (thing or _is_passive(rest) or text.language(claim) == "de"):
        return None
    taken = {w.concept for w in words if holder.start <= w.start < holder.end}
    weighty = [w for w in rest if _weighs(w) and w.concept not in taken]
    if len(weighty) < 2:
        return None
    told = frozenset(w.concept for w in weighty)
    return _Deed(holder, weighty[0].concept, told, stance)


def _with_office(holders: Sequence[Holder], plain: str) -> Holder:
    """Give the first holder with what stands between commas behind the name."""
    first = holders[0]
    aside = _ASIDE.match(plain[first.end :])
    end = first.end + aside.end() if aside else 0
    inside = [h for h in holders[1:] if h.end <= end and h.nouns & OFFICES]
    if aside and not inside and _EXPLAINS.match(aside[0]):
        return replace(first, end=end)
    if not inside:
        return first
    return replace(first, nouns=first.nouns.union(*(h.nouns for h in inside)), end=end)


def _opens(holder: Holder, words: Sequence[Word]) -> bool:
    """Say whether nothing but small words stands before a holder.

    Before a noun there may be two that tell which: "the data protection authority".
    """
    before = [w for w in words if w.end <= holder.start]
    strange = [w for w in before if w.folded not in _LEADING]
    plain = all(w.text[:1].islower() for w in strange)
    return not strange or (bool(holder.nouns) and len(strange) <= 2 and plain)


def _is_thing(holder: Holder, rest: Sequence[Word], words: Sequence[Word]) -> bool:
    """Say whether a name only tells which thing is meant: "the Leipzig pilot"."""
    opened = any(w.folded in DETERMINERS for w in words if w.end <= holder.start)
    return opened and not holder.nouns and bool(rest) and rest[0].text[:1].islower()


def _behind(plain: str, holders: Sequence[Holder]) -> tuple[int, Holder] | None:
    """Find a "…, said her" at the end: where it starts, and who she is."""
    if found := _BEHIND.search(plain):
        who = next((h for h in holders if h.start >= found.end() - 1), None)
        between = text.words(plain[found.end() : who.start]) if who else []
        far = "to" in between or len([w for w in between if w not in _LEADING]) > 2
        return (found.start(), who) if who and not far else None
    if found := _ENDING.search(plain):
        start, end = found.span("who")
        who = next((h for h in holders if start <= h.start < end), None)
        first = found["who"].split()[0]
        if who or first.casefold() in DETERMINERS:
            return found.start(), who or Holder(frozenset(), _nouns(found["who"]))
    return None


def _nouns(words: str) -> Names:
    return frozenset(w for w in text.words(words) if w not in lists.STOP)


def _reported(plain: str) -> bool:
    return plain.casefold().startswith(("according to", "laut "))


def _is_stance(rest: Sequence[Word]) -> bool:
    told = [w.folded for w in rest[:4] if not _HELPER.match(w.folded)]
    if told and _PASSIVE.match(told[0]):
        return len(told) > 1 and told[1] in MOODS
    return bool(told) and bool(STANCE_VERB.match(told[0]))


def _weighs(word: Word) -> bool:
    return word.folded not in lists.STOP and not senses.denials(word.folded)


def _is_passive(rest: Sequence[Word]) -> bool:
    return any(_PASSIVE.match(w.text) for w in rest[:4])


def _who(deed: "_Deed", every: Sequence[_Sentence]) -> Iterator[Holder]:
    """Give those of whom the evidence says what a claim says."""
    scored = [(_share(deed.words, one), at) for at, one in enumerate(every)]
    best = max(score for score, _ in scored)
    for score, at in scored:
        if score < max(_FOLLOWS, best - 0.15):
            continue
        yield from _governing(deed, at, every)


def _share(words: Names, one: _Sentence) -> float:
    given = frozenset(w.concept for w in one.words)
    return wording.share(words, given)


def _governing(deed: "_Deed", at: int, every: Sequence[_Sentence]) -> Sequence[Holder]:
    """Give who governs, in a sentence, the verb of a claim, or else its other words."""
    one = every[at]
    free = [w for w in one.words if not _inside(w, one.holders)]
    verb = [w for w in free if _is_of(w, deed.first)][:1]
    hits = verb
    if not verb and deed.stance:
        hits = [w for w in free if any(_is_of(w, o) for o in deed.words)]
    found = [
        holder
        for w in hits
        if (holder := _before(w, one, told=deed.stance) or _carried_on(at, every))
    ]
    if verb or not found:
        return found
    # Told from the other side: "a grant from Maryland" is one that Maryland gave.
    return [*found, *(h for h in one.holders if _told(h, one))]


def _is_of(word: Word, concept: str) -> bool:
    return word.concept == concept or wording.alike(word.concept, concept)


def _inside(word: Word, holders: Sequence[Holder]) -> bool:
    return any(h.start <= word.start < h.end for h in holders)


def _before(word: Word, one: _Sentence, *, told: bool) -> Holder | None:
    """Give who governs a word: behind "said" or "by", else the last one before it.

    Who said it counts just where what is `told` is asked for.
    """
    behind = _behind(one.text, one.holders) if told else None
    if behind and word.end <= behind[0]:
        return behind[1]
    before = [h for h in one.holders if h.end <= word.start and not _told(h, one)]
    before = [h for h in before if not any(_explains(o, h, one.text) for o in before)]
    if len(before) > 1 and _is_aside(before[-1], one.text):
        before.pop()
    for other in (h for h in one.holders if h.start > word.end):
        if _BY.fullmatch(one.text[word.end : other.start]):
            return other
    if speaker := _speaker(word, before, one):
        return speaker
    pronoun = [w for w in one.words if w.folded in _PRONOUN and w.end <= word.start]
    if pronoun and (not before or pronoun[-1].start > before[-1].start):
        return before[0] if before else None
    return _together(before, one.text) if before else None


def _explains(one: Holder, other: Holder, sentence: str) -> bool:
    """Say whether a holder only stands in what explains another, between commas."""
    aside = _ASIDE.match(sentence[one.end :])
    inside = bool(aside) and one.end < other.start < one.end + (
        aside.end() if aside else 0
    )
    return inside and bool(_EXPLAINS.match(sentence[one.end :]))


def _together(before: Sequence[Holder], sentence: str) -> Holder:
    """Give the last of some holders, with the one before it where both do it."""
    last = before[-1]
    for other in before[-2:-1]:
        if _AND.fullmatch(sentence[other.end : last.start]):
            names, nouns = other.names | last.names, other.nouns | last.nouns
            return replace(last, names=names, nouns=nouns, start=other.start)
    return last


def _speaker(word: Word, before: Sequence[Holder], one: _Sentence) -> Holder | None:
    """Give who says what a word is part of: "Ann said staff would keep their jobs"."""
    said = [w for w in one.words if w.end <= word.start and _SAID.match(w.folded)]
    known = [h for h in before if said and h.end <= said[-1].start]
    since = one.text[said[-1].end : word.start] if said else ""
    return known[-1] if known and not _TURN.search(since) else None


def _told(holder: Holder, one: _Sentence) -> bool:
    """Say whether a holder only stands beside: "told staff", "a plant in Leeds"."""
    before = [w.folded for w in one.words if w.end <= holder.start]
    if not before:
        return False
    while len(before) > 1 and before[-1] in DETERMINERS:
        before.pop()
    told = bool(_TOLD.match(before[-1]))
    return told or (before[-1] in _BESIDE and before[-2:-1] != ["according"])


def _is_aside(holder: Holder, sentence: str) -> bool:
    """Say whether a holder stands between commas and only explains: ", a bank,"."""
    opened = re.search(r",\s+(?:\w+\s+){0,3}$", sentence[: holder.start])
    closed = _TO_COMMA.match(sentence, holder.end)
    return bool(opened and closed) and not holder.names


def _carried_on(at: int, every: Sequence[_Sentence]) -> Holder | None:
    """Give who opens the sentence before, where this one opens with a pronoun."""
    if not at or not every[at].opens:
        return None
    opener = every[at].words[0].folded
    if opener == "they":
        return None
    before = every[at - 1]
    first = before.words[0] if before.words else None
    if before.opens:
        return _carried_on(at - 1, every)
    if before.holders and first:
        start = before.holders[0].start
        if opener in _SOMEBODY and start > first.start:
            return _last_person(every[:at])
        if start <= first.end + 1:
            return before.holders[0]
    return _last_person(every[:at]) if opener in _SOMEBODY else None


def _last_person(every: Sequence[_Sentence]) -> Holder | None:
    """Give the last one with an office or a calling, whom "she" or "he" may mean."""
    people = [h for one in every for h in one.holders if h.names and h.nouns & OFFICES]
    return people[-1] if people else None


def _is_there(holder: Holder, every: Sequence[_Sentence], own: Names) -> bool:
    """Say whether the evidence knows a holder, so that it could have named it."""
    if actors.is_own(holder, own):
        return True
    known = {w.folded for one in every for w in one.words}
    if rest := holder.names - own:
        return bool(rest & known)
    return bool(holder.nouns & known)
