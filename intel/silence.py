"""Refuse what a claim has somebody say who gave no word. Pure."""

import re
from collections.abc import Sequence

from intel import roles, text

_SAYS = re.compile(
    r"^(?P<who>[^,;]{2,60}?) (?:has |have |itself |also )?(?:confirm(?:s|ed)|sa(?:id|"
    r"ys)|"
    r"announc(?:es|ed)|stat(?:es|ed)|acknowledg(?:es|ed)|admit(?:s|ted)|explain(?:s|ed))\b"
)
_SILENT = re.compile(
    r"\b(?:declin(?:es|ed|ing)|refus(?:es|ed|ing)) to (?:comment|say|confirm)\b|"
    r"\b(?:would|did|has|have|had) not (?:immediately |yet )?(?:comment|respond|reply|"
    r"confirm|answer)\w*\b|\bno comment\b"
)
_SAYING = (
    r"(?:said|says|confirm(?:s|ed)|announc(?:es|ed)|told|stat(?:es|ed)|wrote|adds?|"
    r"added)"
)
_NO_WORD = re.compile(r"\b(?:not|no|nothing|declin\w+|refus\w+)\b")


def broken(claim: str, parts: Sequence[str], own: frozenset[str]) -> str:
    """Give who says something in a claim, and in the evidence declined to, or ""."""
    folded = text.fold(claim)
    found = _SAYS.match(folded)
    if found is None or _NO_WORD.search(folded):
        return ""
    who = roles.named(claim[: found.end("who")], own)
    silent = [one for one in parts if _SILENT.search(text.fold(one))]
    if not who or not any(who & roles.named(one, own) for one in silent):
        return ""
    spoken = [one for one in parts if one not in silent]
    return "" if any(_speaks(who, one, own) for one in spoken) else found["who"]


def _speaks(who: frozenset[str], sentence: str, own: frozenset[str]) -> bool:
    """Say whether one of those stands right before or behind a verb of saying."""
    words = (who - {"@"}) | (own if "@" in who else frozenset())
    name = rf"(?:{'|'.join(map(re.escape, sorted(words)))})"
    folded = text.fold(sentence)
    before = rf"\b{name}(?:,[^,.;]{{1,60}},)?(?: [\w-]+){{0,2}} {_SAYING}"
    behind = rf"\b(?:{_SAYING}|according to) (?:[\w-]+ ){{0,3}}{name}\b"
    of = rf"\b(?:of|at|for) {name}, [^,.;]{{2,40}}, {_SAYING}"
    return any(re.search(way, folded) for way in (before, behind, of))
