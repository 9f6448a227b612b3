"""Tell names that only explain a backer, or run the company, by what is around them.

"CapitalQ, Alphabit's growth fund": Alphabit explains. "Foo through its Seed Fund": the
fund is only the way. "Its founders, Ann Roe and Sam Ohm": they run the company. Pure.
"""

import re

_NAME = r"[A-ZÀ-Þ][\w&'’-]*(?:\s[A-ZÀ-Þ][\w&'’-]*)*"
_ARM = (
    r"(?:arm|fund|unit|vehicle|firm|VC|affiliate|office|house|company|programme|"
    r"program|holding|foundation|investor|subsidiary|division|branch|bank)"
)
# "CapitalQ, Alphabit's growth fund," and "NQentures (Nvidio's venture arm)".
_OWNS = re.compile(rf"['’]s?\s(?:[\w-]+\s){{0,4}}?{_ARM}(?=[,.;:)]|\s(?:and|led)\b|$)")
_EXPLAINS = re.compile(r"(?:[\w)+’'],|\s\(|\s[–—-])\s?(?:(?!and\b)[a-z]+\s){0,2}$")
# "Aron Ventures, the family office of Oya founder Ann Roe".
_OF_SOMEBODY = re.compile(
    rf"[\w)+],\s(?:the|an?)\s(?:[\w-]+\s){{0,4}}{_ARM}\s(?:of|(?:founded|run|set up|"
    rf"started|managed|owned|backed|created|controlled)\sby)\s[^,;.()]{{0,60}}$"
)
_THROUGH = re.compile(
    r"(?:[A-ZÀ-Þ][\w&+’'-]*\)?,?)\s(?:through|via)\s(?:(?:its|their|the|a|an|his|her)\s)?"
    r"(?:(?!venture|family|corporate|investment|affiliated)[a-z-]+\s){0,4}$"
)
_OUR_FOUNDERS = re.compile(
    rf"(?:(?:^|[.;]\s)(?:Co-?f|F)ounders|(?:[;,]\s|\b(?:[Ii]ts|[Tt]heir|[Oo]ur|[Tt]he|"
    rf"two|three)\s)(?:co-?)?founders?),?\s(?!Fund|Factory)(?:{_NAME}(?:,\s|,?\sand\s)){{0,3}}$"
)
_COMPANY_LED = re.compile(
    r"\b(?:company|startup|start-up)\s(?:led|founded|run|started)\sby\s"
    rf"(?:{_NAME}\sand\s)?$"
)
_WHO_RUNS = re.compile(
    rf"(?:\sand\s{_NAME})?,\s(?:who\s(?:is|are)\s)?(?:the|its)?\s?(?:two\s)?"
    r"(?:co-?founders|founders?|co-chief\sexecutives?|co-CEOs|chief\sexecutive|CEO)"
    r"(?=[,.;]|$)"
)


def explains(text: str, start: int, end: int) -> bool:
    """Say whether the name that stands there only explains another, or is a way."""
    before, after = text[max(0, start - 120) : start], text[end : end + 90]
    owns = _OWNS.match(after) and _EXPLAINS.search(before)
    owner = re.match(r"['’]s?\s[A-ZÀ-Þ0-9]", after)
    told = owns or owner or _OF_SOMEBODY.search(before)
    return bool(told) or _is_way(text, start, before)


def _is_way(text: str, start: int, before: str) -> bool:
    """Say whether money came through it; "Foo via Foo Ventures" names the second."""
    first = re.match(r"[\w&]+", text[start:])
    return bool(first and first[0] not in before and _THROUGH.search(before))


def runs_it(text: str, start: int, end: int) -> bool:
    """Say whether somebody is told to have founded the company, or to run it."""
    before, after = text[max(0, start - 120) : start], text[end : end + 90]
    return bool(
        _OUR_FOUNDERS.search(before)
        or _COMPANY_LED.search(before)
        or _WHO_RUNS.match(after)
    )
