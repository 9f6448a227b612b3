"""Tell who did something to whom. Pure.

Read from the order of names around a verb, passives turned round; where a sentence is
too tangled for that, nothing is said.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intel import aligning, naming, text
from intel import words as lists

_VERBS: Mapping[str, str] = {
    "buy": r"acquir(?:e|es|ed|ing)|b(?:uy|uys|ought|uying)|purchas(?:ed|ing)|"
    r"purchases?(?= (?:the|a|an|its|all|most|part|control|\d)\b)|"
    r"übern(?:immt|ahm|ehmen|ommen)|kauf(?:t|te|en)|gekauft|erw(?:irbt|arb)",
    "sell": r"s(?:ell|ells|old)|verkauf(?:t|te|en)",
    "sue": r"su(?:es?|ed|ing)|verklag(?:t|te|en)",
    "lead": r"l(?:ed|eads|eading|ead(?= (?:the|a|an|its|their|this|our|it)\b))|"
    r"angeführt|geführt",
    "hire": r"hir(?:es?|ed|ing)|recruit(?:s|ed)|appoint(?:s|ed)|poach(?:es|ed)",
    "sign": r"sign(?:s|ed)?(?!-)",
    "pick": r"pick(?:s|ed)|cho(?:oses?|se|sen)|select(?:s|ed)",
    "fine": r"fin(?:es|ed)",
    "extend": r"extend(?:s|ed)",
    "say": r"sa(?:id|ys)|told|add(?:ed|s)|sagte|sagt|erklärte|teilte",
    "join": r"join(?:s|ed)",
    "supply": r"suppl(?:y|ies|ied)",
    "pay": r"pa(?:ys|id)",
    "beat": r"beat(?:s|en)?|defeat(?:s|ed)",
    "invest": r"invest(?:s|ed)",
    "back": r"back(?:s|ed)|support(?:s|ed)",
    "replace": r"replac(?:es|ed)|succe(?:eds|eded)",
    "win": r"w(?:ins?|on|inning)|gew(?:innt|ann|onnen)",
    "lose": r"los(?:es?|t|ing)|verl(?:iert|or|oren)",
    "give": r"g(?:ives?|ave|iven)|grant(?:s|ed)|award(?:s|ed)|donat(?:es|ed)|"
    r"provid(?:es|ed)|len(?:ds|t)",
    "receive": r"receiv(?:es|ed)|obtain(?:s|ed)|secur(?:es|ed)|erh(?:ält|ielt|alten)|"
    "bekam|bekommt",
    "order": r"order(?:ed|s(?= (?:the|an?|its|more|new|another|\d)\b))",
    "deliver": r"deliver(?:s|ed)",
    "raise": r"rais(?:es|ed|ing)",
}
_BE = r"was|were|been|being|is|are|be|gets?|got"
_PATTERNS = {
    name: re.compile(
        rf"\b(?P<be>(?:{_BE}) (?:also )?)?(?P<verb>{forms})\b(?P<by>(?: for)? by\b)?"
    )
    for name, forms in _VERBS.items()
}
_BASED = re.compile(r"\b[A-Z][\w.]*(?: [A-Z][\w.]*)?-(?:based|headquartered)\s")
_BY = re.compile(r"\b(?:by|von)\b")
_PAIRS = (("buy", "sell"), ("win", "lose"), ("give", "receive"))
# What two do with one another: either may be said to do it with the other.
_TOGETHER = frozenset({"sign", "join"})
# As headlines tell: "Acme fined over late reports".
_HEADED = re.compile(
    r"\s*(?:(?:[a-z]{3} )?[^a-z\s]\S*(?: (?:million|m|bn))? )?(?:over|after|for)\b"
)
_WHEN_SIGNED = re.compile(r"\s*(?:on|in|by|between|last|earlier|yesterday|today)\b")
_NEAR = 4  # words between a verb and whom it is aimed at
_CONVERSE = (*_PAIRS, *((there, here) for here, there in _PAIRS))
_ACCORDING = re.compile(r"\b(?:according to|laut)\b")
_LEAD_MARK = re.compile(r"\(lead\b[^)]*\)")
_PLACE = lists.listed("in at on of for from near since after by through via im am")
_IN = lists.listed("in at near on im am")
Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does it, the names behind the verb, and whom it is aimed at, word by word."""

    doers: Names
    others: Names
    target: Names = frozenset()


def deeds(sentence: str, own: frozenset[str]) -> dict[str, Deed]:
    """Read who does what in a sentence; our company's names all count as "@"."""
    folded = text.fold(sentence)
    found: dict[str, Deed] = {}
    for name, pattern in _PATTERNS.items():
        hit = pattern.search(folded)
        if hit is not None:
            found[name] = _deed(name, sentence, folded, hit, own)
    if (mark := _ACCORDING.search(folded)) and "say" not in found:
        found["say"] = Deed(_nearest_after(sentence[mark.end() :], own), frozenset())
    if (mark := _LEAD_MARK.search(folded)) and "lead" not in found:
        found["lead"] = Deed(_last(sentence[: mark.start()], own), frozenset())
    return found


def reversed_in(claim: str, parts: Sequence[str], own: frozenset[str]) -> str:
    """Give the verb whose doer in a claim is somebody else in the evidence, or ""."""
    told = _each(parts, own)
    for verb, deed in deeds(claim, own).items():
        theirs = [one[verb] for one in told if verb in one and one[verb].doers]
        if not theirs:
            continue
        together = verb in _TOGETHER and any(deed.doers & one.doers for one in theirs)
        if (_target_acts(deed, theirs) and not together) or _other_target(deed, theirs):
            return verb
        if not deed.doers or any(deed.doers & one.doers for one in theirs):
            continue
        if any(deed.doers & one.others or one.doers & deed.others for one in theirs):
            return verb
        if verb in {"lead", "buy", "sue"} and _all_named(deed, parts):
            return verb
    return _turned_round(claim, told, own)


def _turned_round(
    claim: str, told: Sequence[Mapping[str, Deed]], own: frozenset[str]
) -> str:
    """Give a verb by which a claim turns a deal round: who got is said to give."""
    said = deeds(claim, own)
    for here, there in _CONVERSE:
        if here not in said:
            continue
        mine = said[here]
        if any(here in one and one[here].others & mine.others for one in told):
            continue
        theirs = [one[there] for one in told if there in one]
        if any(mine.doers & one.doers and mine.others & one.others for one in theirs):
            return here
    return ""


def is_converse(claim: str, parts: Sequence[str], own: frozenset[str]) -> bool:
    """Say whether a claim tells a deal from its other side, both sides right."""
    said = deeds(claim, own)
    for here, there in _CONVERSE:
        if here not in said:
            continue
        for one in (told[there] for told in _each(parts, own) if there in told):
            mine = said[here].doers
            if mine & one.others - one.doers or one.doers & said[here].others - mine:
                return True
    return False


def _each(parts: Sequence[str], own: frozenset[str]) -> list[dict[str, Deed]]:
    return [deeds(part, own) for part in aligning.resolved(parts)]


def _target_acts(deed: Deed, theirs: Sequence[Deed]) -> bool:
    """Say whether whom it is done to in the claim is who does it in the evidence."""
    return any(deed.target & one.doers for one in theirs) and not any(
        deed.target & (one.others | one.target) for one in theirs
    )


def _other_target(deed: Deed, theirs: Sequence[Deed]) -> bool:
    """Say whether it is done to one whom the evidence only names beside the target."""
    aimed = [one for one in theirs if one.target]
    return bool(deed.target and aimed) and all(
        not deed.target & one.target and deed.target <= one.others for one in aimed
    )


def _all_named(deed: Deed, parts: Sequence[str]) -> bool:
    every = {word for part in parts for word in text.words(part)}
    return all(word == "@" or word in every for word in deed.doers)


def _deed(
    name: str, sentence: str, folded: str, hit: re.Match[str], own: frozenset[str]
) -> Deed:
    before, after = sentence[: hit.start()], sentence[hit.end() :]
    if len(folded) != len(sentence):
        before, after = folded[: hit.start()], folded[hit.end() :]
    if name == "say":
        quoted = before.rstrip().endswith(('"', "”", ","))
        close = frozenset[str]() if quoted else _last(before, own)
        speaker = close or _nearest_after(after, own) or _last(before, own)
        return Deed(speaker, frozenset())
    passive = bool(hit["be"]) and not hit["verb"].endswith("ing")
    if not hit["be"] and _HEADED.match(text.fold(after)) and name in {"fine", "sue"}:
        passive = True
    if name == "sign" and _WHEN_SIGNED.match(text.fold(after)):
        passive = True
    by = _BY.search(after)
    if hit["by"] or (passive and by):
        start = 0 if hit["by"] else by.end() if by else 0
        return Deed(_nearest_after(after[start:], own), named(before, own))
    if passive:
        return Deed(frozenset(), named(before, own))
    return Deed(_acting(before, own), named(after, own), _aimed_at(after, own))


def _aimed_at(after: str, own: frozenset[str]) -> Names:
    """Give whom a verb is aimed at: the first name, unless a place or time is told."""
    after = _BASED.sub("", after)
    runs = [run for run in naming.names(after) if not naming.is_of_country(run)]
    if not runs:
        return frozenset()
    before = text.fold(after).partition(runs[0][0])[0].split()
    far = len(before) > _NEAR and before[-1] != "to"
    if far or (before and before[-1] in _PLACE):
        return frozenset()
    return frozenset(_as_one(runs[0], own))


def named(part: str, own: frozenset[str]) -> Names:
    """List the words of the names in a text; our company's names all count as "@"."""
    return frozenset(word for run in naming.names(part) for word in _as_one(run, own))


def _acting(part: str, own: frozenset[str]) -> Names:
    """Give the names before a verb, but for those of places: "in Toronto"."""
    listed = text.words(part)
    found: set[str] = set()
    for run in naming.names(part):
        places = [at for at, word in enumerate(listed) if word == run[0]]
        if not (places and places[0] and listed[places[0] - 1] in _IN):
            found |= _as_one(run, own)
    return frozenset(found)


def _last(part: str, own: frozenset[str]) -> Names:
    runs = naming.names(part)
    return frozenset(_as_one(runs[-1], own)) if runs else frozenset()


def _nearest_after(part: str, own: frozenset[str]) -> Names:
    runs = naming.names(part)
    return frozenset(_as_one(runs[0], own)) if runs else frozenset()


def _as_one(run: naming.Name, own: frozenset[str]) -> set[str]:
    return {"@" if word in own else word for word in run}
