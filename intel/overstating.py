"""Refuse what a claim tells as done that its evidence leaves open. Pure."""

import re
from collections.abc import Mapping, Sequence

from intel import aligning, naming, text, wording
from intel.certainty import FACT, IS_PAST, PLANNED, POSSIBLE, certainty, levels, like

# What a claim says was done.
_DONE = re.compile(
    r"\b(?:has|have|had|was|were|has been|have been|hat|haben|wurde|wurden|ist|sind) "
    r"(?:also |now |already |bereits )?(?P<verb>[a-zäöü]{4,})\b"
)
_HAS_DONE = re.compile(
    r"\b(?:has|have) (?:also |now |already )?[a-z]{2,}(?:ed|t|n) "
    r"(?P<what>(?:[\w-]+ ){1,4}?[\w-]+)"
    r"(?= (?:against|for|with|over|to|in|at|from|on)\b|[.,;]|$)"
)
# What one does with what then is there: "has lodged its appeal".
_DONE_WITH = re.compile(
    r"\b(?:lodged|filed|signed|launched|started|begun|completed|issued|placed|"
    r"submitted|delivered|opened|introduced|paid|made|finished)\b"
)
_WOULD_DO = (
    r"\b(?:will|would|may|might|could|plans? to|wants? to|whether to) (?:\w+ )?{verb}\b"
)
_HAS_VERB = re.compile(
    r"\b(?:has|have) (?:also |now |already )?(?P<verb>[a-z]{3,})ed\b"
)
_IF = re.compile(
    r"\b(?:if|unless|subject to|provided|as long as|falls|sofern)\b", re.IGNORECASE
)
# "Signed a contract to supply": what is supplied is to come.
_TO_SUPPLY = re.compile(
    r"\b(?:agreement|contract|deal|order)\b(?: [\w$€£.,-]+){0,6}? to (?=(?:supply|run|"
    r"build|"
    r"deliver|operate|provide|lay|make|design|maintain|buy|sell|acquire|merge|develop|"
    r"install|manage|expand|open|handle|serve)\b)"
)
# "Confirmed a three-year renewal": it is to come.
_AGREED_ON = re.compile(
    r"\b(?:confirmed|confirms|announced|announces|promised|promises|agreed|agrees|"
    r"approved|backed) (?:to |on )?(?:an? |the |its |their )(?:[\w-]+ "
    r"){0,3}?(?:renewal|"
    r"expansion|extension|launch|move|opening|closure|purchase|sale|acquisition|merger|"
    r"cuts?|increase|upgrade|migration|rollout|switch|rise|pay|plan)\b"
)
_ALREADY = re.compile(r"\b(?:already|bereits|schon)\b")
_DEAL_DONE = re.compile(
    r"\b(?:completed|closed|finali[sz]ed|concluded) (?:[\w.$€£]+ ){0,6}?"
    r"(?:purchase|acquisition|deal|takeover|merger|sale|transaction|buyout)\b|"
    r"\b(?:purchase|acquisition|deal|takeover|merger|sale|transaction|buyout) "
    r"(?:\w+ ){0,4}?(?:has|was|is) (?:been )?(?:completed|closed|finali[sz]ed|"
    r"concluded)\b"
)
_DEAL_OPEN = re.compile(
    r"\b(?:agreed to (?:buy|acquire|sell|merge|take)|expected to (?:close|complete)|"
    r"should (?:close|complete)|subject to|needs? (?:\w+ ){0,2}approval|due to close|"
    r"will (?:close|complete))\b"
)
_IS_DONE = re.compile(
    r"(?<!to be )(?<!will be )(?<!should be )\b(?:completed|closed|finali[sz]ed)\b"
)


def overstated(
    claim: str, source: str, parts: Sequence[str], *, ahead: bool = False
) -> bool:
    """Say whether a claim states as a fact what its evidence leaves open.

    It does where it does so with most of `source`, the sentence it is nearest to, or
    with what it says was done, which all sentences leave open. A claim that looks
    `ahead`, to a day after its evidence, states no fact yet.
    """
    named = {wording.concept(word) for run in naming.names(claim) for word in run}
    mine, theirs = levels(claim, ahead=ahead), levels(source)
    if _done_too_early(claim, mine, parts) or _begun_too_early(claim, parts):
        return True
    if _completed_too_early(claim, parts) or _is_still_to_do(claim, parts):
        return True
    if _is_not_yet(claim, parts):
        return True
    most = POSSIBLE if _IF.search(claim) and _IF.search(source) else FACT
    promised = _TO_SUPPLY.search(text.fold(claim)) or _AGREED_ON.search(
        text.fold(claim)
    )
    if promised or _is_announced(text.fold(claim), text.fold(source)):
        most = min(most, PLANNED)
    both = [
        (min(level, most), theirs[match], one)
        for one, level in mine.items()
        if (match := like(one, theirs)) is not None
    ]
    raised = [one for here, there, one in both if here > there]
    # A name alone beside what is left open says nothing of what is claimed of it.
    return not named.issuperset(raised) and 2 * len(raised) >= len(both)


def _is_not_yet(claim: str, parts: Sequence[str]) -> bool:
    """Say whether what a claim calls done already its evidence names as to come."""
    if not _ALREADY.search(text.fold(claim)):
        return False
    clauses = [one for part in parts for one in aligning.clauses(part)]
    for run in naming.names(claim):
        about = [c for c in clauses if set(run[:1]) & set(text.words(c))]
        if about and all(certainty(one) < FACT for one in about):
            return True
    return False


def _is_announced(claim: str, source: str) -> bool:
    """Say whether a claim tells in the present what its evidence says will be.

    "The founder moves to chair" is how one writes that she will.
    """
    past = IS_PAST.search(claim)
    return past is None and bool(re.search(r"\b(?:will|would)\b", source))


def _is_still_to_do(claim: str, parts: Sequence[str]) -> bool:
    """Say whether what "has turned off" in a claim "will turn off" in its evidence."""
    told = " ".join(map(text.fold, parts))
    for found in _HAS_VERB.finditer(text.fold(claim)):
        verb = found["verb"]
        base = verb[:-1] if verb[-2:-1] == verb[-1:] else f"{verb}e?"
        would = re.search(_WOULD_DO.format(verb=base), told)
        if would and not re.search(rf"\b{verb}ed\b", told):
            return True
    return False


def _completed_too_early(claim: str, parts: Sequence[str]) -> bool:
    """Say whether a deal is told as done that the evidence knows only as agreed."""
    told = " ".join(map(text.fold, parts))
    return (
        bool(_DEAL_DONE.search(text.fold(claim)))
        and bool(_DEAL_OPEN.search(told))
        and not _IS_DONE.search(told)
    )


def _begun_too_early(claim: str, parts: Sequence[str]) -> bool:
    """Say whether what a claim says somebody has done all sentences leave open.

    Its verb may be none of theirs; two words behind it are, and are open wherever they
    stand: "has filed a legal challenge".
    """
    every = [levels(part) for part in parts]
    for found in _HAS_DONE.finditer(text.fold(claim)):
        told = wording.concepts(found["what"])
        known = [
            max(m[match] for m in every if (match := like(one, m)) is not None)
            for one in told
            if any(like(one, m) is not None for m in every)
        ]
        if len(known) > 1 and len(known) == len(told) and max(known) == POSSIBLE:
            return True
        lodged = len(told) == len(known) == 1 and _DONE_WITH.search(found[0])
        if lodged and max(known) < FACT:
            return True
    return False


def _done_too_early(claim: str, mine: Mapping[str, int], parts: Sequence[str]) -> bool:
    every = [levels(part) for part in parts]
    for found in _DONE.finditer(text.fold(claim)):
        for one in wording.concepts(found["verb"]):
            told = [m[match] for m in every if (match := like(one, m)) is not None]
            if told and max(told) < mine.get(one, 0):
                return True
    return False
