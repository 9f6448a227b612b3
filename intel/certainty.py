"""Tell what a text says has happened from what it says may or will. Pure."""

import re
from collections.abc import Mapping
from datetime import date

from intel import figures, text, wording

# A clause of fewer concepts, such as "for the full year", asserts nothing.
_SHORTEST = 3
POSSIBLE, PLANNED, FACT = 1, 2, 3
# Words that open a stretch of what is not yet so, up to the end of the clause.
_OPENING: Mapping[int, re.Pattern[str]] = {
    POSSIBLE: re.compile(
        r"\b(?:(?<!in )(?<!of )(?<!since )(?<!by )(?<!until )(?<!from )(?<!to "
        r")(?<!\d )may"
        r"(?! \d)|might|could(?! not)|consider(?:s|ed|ing)?|weigh(?:s|ed|ing)|"
        r"mull(?:s|ed|ing)|think(?:s|ing)? (?:about|of)|looking at|"
        r"hinges? on|conditional on|"
        r"depend(?:s|ed|ing)? on (?:[\w-]+ ){0,3}(?:clearance|approval|consent|"
        r"permission|"
        r"financing|funding|talks|vote|decision)|"
        r"(?:has|have) \d+ (?:days|weeks|months) to|"
        r"explor(?:es|ed|ing)|in talks|talks (?:to|with|on|about|over)|negotiat\w+|"
        r"rumou?r\w*|"
        r"reportedly|allegedly|possibly|perhaps|maybe|asks? (?:if|whether)|asked "
        r"(?:if|whether)|whether|if|speculat\w+|evaluat(?:es|ing)|potential(?:ly)?|"
        r"interested in|interest in|studying|(?:is|are|was|were) being (?:studied|"
        r"considered|"
        r"discussed|weighed|explored|evaluated|debated)|claim(?:s|ed|ing) (?:that|to)|"
        r"claiming|"
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
        r"\b(?:will|won't|would|shall|plan(?:s|ned|ning)? (?:to|a|an|for|on|"
        r"more|two|"
        r"three|\d+)|"
        r"planned|on (?:course|track) to|request(?:ed|ing|s(?= (?:an?|the|that|to)\b)|"
        r"(?= for\b))|"
        # As headlines tell of plans: "Acme to cut jobs".
        r"^(?:(?!has |have |had )[\w&'.-]+ ){1,4}to (?:cut|close|open|buy|sell|"
        r"acquire|raise|launch|build|"
        r"hire|shed|lay|invest|expand|enter|leave|merge|join|supply|become|start|end|"
        r"test|move|spend|list|take|double|halve|replace|pay|lead|step)|"
        r"aim(?:s|ed|ing)? (?:to|for|at)|intend(?:s|ed|ing)?|want(?:s|ed)?|"
        r"outlook|projections?|(?:begins?|starts?|opens?|launches|closes|ends|expires|"
        r"joins|becomes|takes effect|goes live|takes over) (?:in|on|next|"
        r"from (?=\d|early|mid|late|next|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|"
        r"dec|"
        r"spring|summer|autumn|winter)|"
        r"at the (?:start|end))|"
        r"sees (?:\w+ ){1,5}?(?:\w+ing|at|as)|"
        r"seeks?|sought|seeking|ask(?:s|ed|ing)? (?:[\w-]+ ){0,4}?for|"
        r"expect(?:s|ed|ing)?|(?<!profit )(?<!its )(?<!sales )(?<!revenue )(?<!the )"
        r"forecast(?:s|ed|ing)?|guidance|(?<!price )target(?:s|ed|ing)?|"
        r"anticipat(?:es|ed|ing)|estimat(?:es?|ed)|hope(?:s|d)?|hoping|"
        r"(?:is|are|was|were) (?:set|due|scheduled|slated|expected|about(?= to)|"
        r"planned|meant|willing|ready|"
        r"earmarked|intended|destined|willing|ready|prepared|"
        r"likely|"
        r"to(?! date))\b|due\b|subject to|pending|awaits?|still (?:has|have|needs?|"
        r"requires?)\b|(?:has|have|needs?) yet to|scheduled|upcoming|"
        r"(?:is|are|was|were) being (?:tested|drafted|prepared|built|planned)|"
        r"by the end of|follows? (?:in|on|next|later|from)|"
        r"propos(?:es|ed|al)|promis(?:es|ed)|projected|projects "
        r"(?:that|growth)|going to|(?:puts?|seen) (?:\w+ ){0,12}?at|"
        r"plant (?=die|den|das|dort|ein|der|für|zu|bis|mit)|plante|planen|geplant|"
        r"erwartet\w*|rechnet|soll|sollen|sollte\w*|will|wollen|"
        r"beabsichtigt|muss noch|müssen noch)\b"
    ),
}
# What stands behind "because" is a fact, whatever stands before it.
_CLAUSE = re.compile(
    r"[,;:](?!\d)|[()?!]|\.(?=\s|$)|\s-\s|\b(?:because|weil)\b|"
    r"\band (?=(?:[\w'-]+ ){0,3}(?:has|have|had|is|are|was|were|will|would|said|"
    r"says)\b)"
)
# What only explains a name: "the head of retail at Acme", "head of retail".
_APPOSED = re.compile(
    r"^\s*(?:(?:a|an|the|its|his|her|their)\b|(?!so\b|and\b|but\b)[a-z]+ (?:of|at|"
    r"for)\b)"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|has|have|had|will|would|can|could|may|might|says?|said|"
    r"[a-z]{2,}(?:ed|s)|told|left|went|began|took|made|got|came|became|built|bought|"
    r"sold|grew|fell|rose|won|lost|kept|held|led|met|paid|put|saw|set|spent|stood|cut|"
    r"hit|ran|gave|found|knew|thought|wrote|spoke|brought|chose|ist|sind|war|hat|haben|wird|werden|wurde)\b"
)
_BECAUSE = re.compile(r"\bdue to\b|\bnoch nicht\b")
# What is told as past is no plan, whatever day it names.
IS_PAST = re.compile(
    r"\b(?:[a-z]{3,}ed|has|have|had|was|were|went|began|left|took|made|got|came|became|"
    r"built|bought|sold|grew|fell|rose|won|lost|hat|haben|wurde|wurden|war|waren)\b"
)
_UNDER = re.compile(
    r"\bunder (?:a|an|the|its) (?=(?:[\w-]+ ){0,3}(?:contract|deal|agreement)\b)"
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
    r"being (?:studied|considered|discussed|weighed|explored|evaluated|debated|tested|"
    r"drafted|prepared|built)|possible|arrives?|follows?|geplant|erwartet|möglich)\b"
)


def levels(words: str, *, ahead: bool = False) -> dict[str, int]:
    """Give for each concept of a text how certain the text is of it, at its most.

    What looks `ahead` is a plan wherever it is not told as past.
    """
    found: dict[str, int] = {}
    folded = _BECAUSE.sub("because", text.fold(words))
    clauses = [c for c in _CLAUSE.split(folded) if c.strip()]
    last = FACT
    for at, clause in enumerate(clauses):
        pieces = _stretches(clause)
        if _APPOSED.match(clause) and not _VERB.search(clause):
            pieces = [(stretch, min(level, last)) for stretch, level in pieces]
        elif at == 0 and len(clauses) > 1 and not _VERB.search(clause):
            continue  # it names what is spoken of, and says nothing yet
        if ahead and not IS_PAST.search(clause):
            pieces = [(stretch, min(level, PLANNED)) for stretch, level in pieces]
        last = pieces[-1][1]
        if len(clauses) > 1 and len(wording.concepts(clause)) < _SHORTEST:
            continue
        for stretch, level in pieces:
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


def like(one: str, others: Mapping[str, int]) -> str | None:
    """Find the concept among some others that is one, or a form of it."""
    if one in others:
        return one
    return next((other for other in others if wording.alike(one, other)), None)


def _stretches(clause: str) -> list[tuple[str, int]]:
    """Cut a clause where its certainty changes; what stands in a contract is agreed."""
    if agreed := _UNDER.search(clause):
        last = (clause[agreed.start() :], FACT)
        return [*_stretches(clause[: agreed.start()]), last]
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
