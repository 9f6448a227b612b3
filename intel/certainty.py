"""Tell what a text says has happened from what it says may or will. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from intel import figures, naming, text, wording

# A clause of fewer concepts, such as "for the full year", asserts nothing.
_SHORTEST = 3
POSSIBLE, PLANNED, FACT = 1, 2, 3
# Words that open a stretch of what is not yet so, up to the end of the clause.
_OPENING: Mapping[int, re.Pattern[str]] = {
    POSSIBLE: re.compile(
        r"\b(?:(?<!in )(?<!of )(?<!since )(?<!by )(?<!until )(?<!from )(?<!to "
        r")(?<!\d )may"
        r"(?! \d)|might|could(?! not)|consider(?:s|ed|ing)?|weigh(?:s|ed|ing)|"
        r"mull(?:s|ed|ing)|"
        r"explor(?:es|ed|ing)|in talks|talks (?:to|with|on|about)|negotiat\w+|"
        r"rumou?r\w*|"
        r"reportedly|allegedly|possibly|perhaps|maybe|asks? (?:if|whether)|asked "
        r"(?:if|whether)|whether|if|speculat\w+|evaluat(?:es|ing)|potential(?:ly)?|"
        r"interested in|interest in|studying|claim(?:s|ed|ing) (?:that|to)|claiming|"
        r"alleg(?:es|ed|ing)|(?:is|are|was|were) (?:said|reported|thought|believed) to|"
        r"up to|as much as(?= (?:[$€£\d]|nok|usd|eur|chf))|bis zu|provided|as long as|"
        r"sofern|threaten(?:s|ed|ing)?|"
        r"(?:do|does|did|could|would|has|have) not rule[d]? out|not exclude[d]?|"
        r"schl(?:oss|ie(?:ss|ß)t) (?:\w+ ){1,6}?nicht aus|"
        r"könnte\w*|erwägt|prüft|angeblich|möglicherweise|für möglich|vielleicht|"
        r"womöglich|"
        r"verhandelt|gespräche\w*|gerüchte\w*|ob|dürfte\w*)\b"
    ),
    PLANNED: re.compile(
        r"\b(?:will|won't|would|shall|plan(?:s|ned|ning)? (?:to|a|an|for|on|more|two|"
        r"three|\d+)|"
        r"planned|on (?:course|track) to|request(?:s|ed|ing)?|"
        # As headlines tell of plans: "Acme to cut jobs".
        r"^(?:[\w&'.-]+ ){1,4}to (?:cut|close|open|buy|sell|acquire|raise|launch|build|"
        r"hire|shed|lay|invest|expand|enter|leave|merge|join|supply|become|start|end|"
        r"test|move|spend|list|take|double|halve|replace|pay|lead|step)|"
        r"aim(?:s|ed|ing)? (?:to|for|at)|intend(?:s|ed|ing)?|want(?:s|ed)?|"
        r"outlook|projections?|(?:begins?|starts?|opens?|launches|closes|ends|expires|"
        r"joins|becomes|takes effect|goes live|takes over) (?:in|on|from|next|"
        r"at the (?:start|end))|"
        r"sees (?:\w+ ){1,5}?(?:\w+ing|at|as)|"
        r"seeks?|sought|seeking|ask(?:s|ed) for|"
        r"expect(?:s|ed|ing)?|(?<!profit )(?<!its )(?<!sales )(?<!revenue )(?<!the )"
        r"forecast(?:s|ed|ing)?|guidance|(?<!price )target(?:s|ed|ing)?|"
        r"anticipat(?:es|ed|ing)|hope(?:s|d)?|hoping|"
        r"(?:is|are|was|were) (?:set|due|scheduled|slated|expected|about|planned|"
        r"likely|"
        r"to(?! date))\b|due\b|subject to|pending|awaits?|still (?:has|have|needs?) "
        r"to|(?:has|have|needs?) yet to|scheduled|upcoming|"
        r"by the end of|propos(?:es|ed|al)|promis(?:es|ed)|projected|projects "
        r"(?:that|growth)|going to|(?:puts?|estimated|seen) (?:\w+ ){0,6}?at|"
        r"plant (?=die|den|das|dort|ein|der|für|zu|bis|mit)|plante|planen|geplant|"
        r"erwartet\w*|rechnet|soll|sollen|sollte\w*|will|wollen|"
        r"beabsichtigt|muss noch|müssen noch)\b"
    ),
}
# What stands behind "because" is a fact, whatever stands before it.
_CLAUSE = re.compile(r"[,;:](?!\d)|[()?!]|\.(?=\s|$)|\s-\s|\b(?:because|weil)\b")
_BECAUSE = re.compile(r"\bdue to\b|\bnoch nicht\b")
# What a claim says was done.
_DONE = re.compile(
    r"\b(?:has|have|had|was|were|has been|have been|hat|haben|wurde|wurden|ist|sind) "
    r"(?:also |now |already |bereits )?(?P<verb>[a-zäöü]{4,})\b"
)
# A finite past, and right behind it when that was.
_PAST = re.compile(
    r"\b(?:(?:was|were|has been|have been) \w+|began|started|opened|launched|closed|"
    r"ended|went live|finished|expired|moved|arrived|left|joined|begann|startete|"
    r"eröffnete|schloss|endete) (?:in|on|between|im|am|since|seit) "
    r"(?P<date>[^,;:()]{4,30})"
)
# These reach back as well: "a launch is planned", "der Abschluss wird erwartet".
_BACKWARD = re.compile(
    r"\b(?:planned|expected|scheduled|due (?:in|by|for|on)|set (?:for|to)|likely|"
    r"possible|arrives?|follows?|geplant|erwartet|möglich)\b"
)


def levels(words: str) -> dict[str, int]:
    """Give for each concept of a text how certain the text is of it, at its most."""
    found: dict[str, int] = {}
    folded = _BECAUSE.sub("because", text.fold(words))
    clauses = [c for c in _CLAUSE.split(folded) if c.strip()]
    for clause in clauses:
        if len(clauses) > 1 and len(wording.concepts(clause)) < _SHORTEST:
            continue
        for stretch, level in _stretches(clause):
            for one in wording.concepts(stretch):
                found[one] = max(found.get(one, 0), level)
    return found


def certainty(words: str) -> int:
    """Say how certain a text is as a whole: as certain as its least certain clause."""
    folded = _BECAUSE.sub("because", text.fold(words))
    for level, opening in _OPENING.items():
        if opening.search(folded):
            return level
    return FACT


def told_too_early(claim: str, known: date) -> bool:
    """Say whether a claim tells as past what lies after the day its evidence bears."""
    for found in _PAST.finditer(text.fold(claim)):
        for day in figures.dates(found["date"]):
            if (day.year, day.month or 0, day.day or 0) > (
                known.year,
                known.month if day.month else 0,
                known.day if day.day else 0,
            ):
                return certainty(claim) == FACT
    return False


def overstated(claim: str, source: str, parts: Sequence[str]) -> bool:
    """Say whether a claim states as a fact what its evidence leaves open.

    It does where it does so with most of `source`, the sentence it is nearest to, or
    with what it says was done, which all sentences leave open.
    """
    named = {wording.concept(word) for run in naming.names(claim) for word in run}
    mine, theirs = levels(claim), levels(source)
    if _done_too_early(claim, mine, parts):
        return True
    both = [
        (level, theirs[match], one)
        for one, level in mine.items()
        if (match := _match(one, theirs)) is not None
    ]
    raised = [one for here, there, one in both if here > there]
    # A name alone beside what is left open says nothing of what is claimed of it.
    return not named.issuperset(raised) and 2 * len(raised) >= len(both)


def _done_too_early(claim: str, mine: Mapping[str, int], parts: Sequence[str]) -> bool:
    every = [levels(part) for part in parts]
    for found in _DONE.finditer(text.fold(claim)):
        for one in wording.concepts(found["verb"]):
            told = [m[match] for m in every if (match := _match(one, m)) is not None]
            if told and max(told) < mine.get(one, 0):
                return True
    return False


def _match(one: str, others: Mapping[str, int]) -> str | None:
    if one in others:
        return one
    return next((other for other in others if wording.alike(one, other)), None)


def _stretches(clause: str) -> list[tuple[str, int]]:
    """Cut a clause where its certainty changes."""
    marks = sorted(
        (found.start(), level)
        for level, opening in _OPENING.items()
        for found in opening.finditer(clause)
    )
    if not marks:
        return [(clause, FACT)]
    # What stands before is mostly the subject, of which nothing is said yet.
    pieces = [(clause[: marks[0][0]], marks[0][1])] if _BACKWARD.search(clause) else []
    lowest = FACT
    for (start, level), end in zip(
        marks, [m[0] for m in marks[1:]] + [len(clause)], strict=True
    ):
        lowest = min(lowest, level)
        pieces.append((clause[start:end], lowest))
    return pieces
