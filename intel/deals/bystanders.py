"""Tell names that a sentence on investors names without making them backers. Pure.

Customers, rivals, lenders and advisers stand in the same breath as backers, and so do
an investor's other holdings, those who own a fund, and old holders who gave nothing.
What is said right before and right behind the list that a name stands in tells them.
"""

import re

from intel.deals.partners import is_person
from intel.deals.vocabulary import FUND

_WORD = r"(?:[A-ZÀ-Þ0-9&]|[a-z]{1,2}(?=[A-Z]))(?:[\w&+:@'’/-]|\.(?=\w))*"
# Each item matches in one way only (?>…): else a hostile list takes for ever to fail.
_ITEM = (
    rf"(?>(?:the\s|[A-Z][\w-]*['’]s?\s(?:[a-z]+\s){{0,3}})?{_WORD}"
    rf"(?:\s(?:(?:of|for|de|du|di|la|van|von)\s(?:the\s)?)?{_WORD}){{0,5}}"
    r"(?:\s\([^()]{1,60}\))?(?:,\s(?:which|who)\s[^,.;]{2,60}(?=,))?)"
)
# "run by Ann Roe, with Foo joining": behind these another list begins.
_LOW = (
    r"(?:(?!(?:with|alongside|together|joined|from|including|followed|plus|while|"
    r"whose|which|who|whom|where)\b)"
    r"[a-z][\w-]*\s)?"
)
_AND = r"(?:,\s(?:and\s|und\s|or\s)?|\s(?:and|und|or|nor|oder|sowie|as well as)\s)"
_MORE = (
    r"(?:['’]s?)?(?:\s\([^()]{1,60}\))?(?:,\s(?:which|who)\s[^,.;]{2,60}(?=,))?"
    rf"(?>{_AND}(?:{_LOW}{_ITEM}|(?:two|three|four|others?)\b(?:\s[a-z]+)?))*"
    r"(?:\s(?:fund|arm|unit))?"
)
_LESS = (
    rf"(?>{_ITEM},\s{_LOW})*(?:{_ITEM},?\s(?:and|und|or|nor|oder|sowie)\s"
    rf"{_LOW})?(?:the\s|[\w-]+['’]s?\s(?:[a-z]+\s)?)?$"
)
_ASIDE = r"(?:,\s(?!and\b)[^,.;]{2,90}(?:,\s[A-Z][\w\s]{2,40})?,)?"

_OTHERS = (
    r"(?:customers?|clients?|users?|rivals?|competitors?|competition|resellers?|"
    r"suppliers?|lenders?|advis[eo]rs?|enem(?:y|ies)|incumbents?|licensees?|peers|"
    r"alternatives?|Kunden?|Konkurrent(?:en)?|Wettbewerber|Konkurrenz|"
    r"Partnerunternehmen|Vertriebspartner|Rivalen?)"
)
_NOTHING = (
    r"(?:nothing|no (?:new|more|fresh|further) (?:money|cash|capital)|none|nichts|"
    r"kein (?:(?:weiteres|neues|frisches) )?(?:Geld|Kapital))"
)
# What is said of customers, rivals and others behind their list.
_DO_ELSE = tuple(
    re.compile(rf"^{_MORE}{_ASIDE}\s{verb}")
    for verb in (
        rf"(?:is|are|was|were|remains?|sind|ist)\s(?:[\w'’-]+\s){{0,4}}?{_OTHERS}\b",
        r"(?:also\s|all\s|both\s)?(?:competes?|advise[sd]?|lend|lent|lends|pay for|"
        r"pays for|served? as (?:counsel|adviser|advisor)|incubated|"
        r"(?:do|does) (?:more of )?the same|(?:circles?|serves?) the same)\b",
        r"(?:is|are|was|were)\s(?:the\s)?(?:[\w-]+\s)?(?:partners? (?:to|for|of)|"
        r"(?:the|its|our)\s(?:[\w-]+\s){0,2}partners?(?=[,.;]|$)|testing|using|"
        r"(?:other|only other)\s(?:[\w-]+\s){0,2}(?:firms|players)\b|the model\b)",
        r"(?:suppl(?:y|ied|ies)|provide[sd]?|gave|give)\s(?:[\w-]+\s){0,4}"
        r"(?:debt|loans?|credit|lending)\b",
    )
)
_FOUNDED = re.compile(
    rf"^{_MORE}\s(?:met|quit|left|worked|studied|came out of|kennen sich|"
    r"lernten sich)\b"
)
_NOT = r"(?:\s?n['’]t|\snot)"
_STAY_OUT = tuple(
    re.compile(rf"^{_MORE}{_ASIDE}{verb}")
    for verb in (
        rf",?\s(?:(?:who|which)\s)?(?:did|do|does|have|has|will){_NOT}(?:\s(?:again|now))?"
        r"(?=[,.;]|$|\s(?:tak(?:e|en)|participated?|join|joined|invest|invested|follow|"
        r"buy|bought|add|added|come|put|exercised?|return|back|share|give|given)\b)",
        rf",?\s(?:(?:who|which)\s)?(?:is|are|was|were){_NOT}\s(?:an?\s)?(?:\w+\s)?"
        r"(?:investors?|backers?|shareholders?|among|part of|on the|taking|"
        r"participating|on board|involved|adding|joining|putting|investing|buying)\b",
        r"(?:,|;|:)?\s(?:they\s)?(?:gave|bought|added|put in|adds?|gives?|geben|gab)\s"
        rf"(?:[\w-]+\s)?{_NOTHING}\b",
        r"[^.;:]{0,70}\s(?:but|and|yet)\s(?:have\s|has\s)?(?:gave|bought|added|put in|"
        rf"invested)\s{_NOTHING}\b",
        r",?\s(?:(?:which|who)\s)?(?:kept|keep|keeps|hold on to|held on to|"
        r"maintained|behalten)\s(?:[\w-]+\s){0,3}?(?:what they|theirs|stakes?|shares|"
        r"Anteile)\b(?![^.;]*\b(?:added|joined|tak\w+ part|took part|participat\w+|"
        r"invest\w+|constant|steady|whole|pro rata)\b)",
        r"[^.;:]{0,70}\s(?:gaben|gab|geben|gibt|steuert(?:en|e)?|schossen|schoss|"
        rf"schieß(?:en|t))\s(?:[\w-]+\s){{0,3}}{_NOTHING}\b",
        r"[^.;:,]{0,40}\s(?:beteilig(?:en|t|ten|te) sich|nahmen|nehmen|nahm|nimmt|"
        r"ziehen|zogen|zog|zieht|mach(?:en|t|ten|te)|investier(?:en|t|ten|te)|sind|ist|waren|"
        r"war)\s(?:[\w-]+\s){0,3}nicht(?:\smehr)?\s?(?=teil\b|mit\b|dabei\b|[.;]|$)",
        r"[^.;]{0,60}\swithout (?:adding|investing|putting)\b",
        r"[^.;,]{0,40}(?<!n['’]t),?\s(?:stay(?:ed)? (?:put|away|out|on the sidelines)|"
        r"(?:sat|stood) (?:still|pat|aside|(?:by|back)(?=[,.;]|$))|"
        r"sat (?:it |this (?:one |round )?)?out|cashed out|passed(?=[,.;]|$)|"
        r"cheered|opted out|declined)",
        r",?\s(?:has|have)\ssold (?:out|its|their)\b|\ssold(?=[,.;]|$)",
        r"[^.;]{0,40}\ssold in a secondary\b",
        r"\s(?:were|was)\s(?:happy|content) with\b|\sabsent\b",
        r"\sinvested in the [^.;]{1,40}\sonly\b",
    )
)
# What is said before their list.
_CALLED = re.compile(
    r"(?:"
    rf"\b{_OTHERS}\s(?:[\w-]+\s){{0,3}}?(?:are|is|were|include[sd]?|heißen|sind|ist|"
    r"zählen|such as|like|from)\s|"
    rf"\b(?<!of\s){_OTHERS}(?::|\s\()\s?|"
    r"\bcustomers?(?:\s(?:too|as well|also))?,\s(?:as (?:are|is|were)|like)\s|"
    r"\b(?:compet(?:es?|ed|ing)|differs?|vies?)\s(?:[a-z]+\s){0,2}"
    r"(?:with|from|against)\s|"
    r"\bcompare[sd]?\s(?:\w+\s)?(?:with|to)\s|"
    r"\b(?:Others|Who(?:['’]s)?) (?:out|isn['’]t|not in):\s|"
    r"\bthe (?:lender|debt provider|adviser) (?:is|was)\s"
    rf"){_LESS}",
    re.IGNORECASE,
)
# "Angels from Foo, Bar and Baz": where they work.
_AT_WORK = re.compile(
    r"\b(?:angels|executives|operators|employees|alumni|engineers|staff|managers|"
    rf"researchers)\s(?:from|at|of|behind)\s{_LESS}"
)
_NEGATIVE = re.compile(
    r"\b(?:stayed (?:put|away|on the sidelines)|sat (?:it |this (?:one |round )?)?out|"
    r"did(?:n['’]t| not) (?:\w+\s?){1,4}|passed),\s(?:as|nor|and neither) did\s"
    rf"{_LESS}|\b[Nn]either\s{_LESS}|\bexcept(?:\sfor)?\s{_LESS}|"
    rf"\bsaid no\b[^:;.]{{0,20}}:\s{_LESS}|"
    r"\b(?:rather than|instead of|not) (?:through|via|for|on behalf of) (?:the )?$"
)
_HOUSE = (
    r"(?:fund|firm|vehicle|arm|office|outfit|investor|company|holding|house|giant|group|"
    r"unit|trust|family office|Fonds|Firma|Vehikel)"
)
_HOLDS = re.compile(
    r"(?:"
    r"\bwhose\s(?:[\w-]+\s)?(?:holdings|portfolio|bets|investments|backers|"
    r"limited partners|LPs)\s(?:[\w-]+\s){0,2}(?:are|is|include[sd]?)\s|"
    r"\b(?:which|that|who)\s(?:has\s|have\s)?(?:also|earlier|previously|once)\s"
    r"(?:holds?|owns?|backs?|backed|funds?|funded|financed|invested in)\s|"
    rf"\b(?:[Tt]he|an?)\s(?:[\w-]+\s){{0,4}}{_HOUSE}\s(?:behind|best known for|"
    r"known for)\s|"
    r"\b(?:earlier|previous|prior|former|past)\s(?:investors|backers)\swere\s"
    rf"){_LESS}"
)
_HELD = re.compile(
    rf"^{_MORE},\s(?:[\w-]+\s)?(?:holdings|companies|investments)\sof\s"
    r"(?:ours|theirs|its)\b"
)
_OF_HOUSE = (
    rf"[,(]\s(?:the|an?|der|die|das)\s(?:[\w-]+\s){{0,4}}{_HOUSE}\s(?:of|von|"
    r"(?:founded|run|set up|owned|backed|created|controlled|managed) by)\s"
)
_OWNED = re.compile(_OF_HOUSE + _LESS)
_CLOSED = re.compile(rf"^{_MORE}(?:[,.;)]|$)")
# Who stands alone behind these owns, lends a name, or is another name of the backer.
_ALONE = re.compile(
    rf"(?:{_OF_HOUSE}|"
    r"\baus dem Umfeld (?:von|der|des)\s|"
    r"[,(]\s(?:which\s)?(?:belongs to|owned by|out of(?!\s\w+\sown)|spun out of)\s"
    r"(?:the\s)?(?:[a-z][\w-]*\s|[A-Z][\w-]+\s(?=[a-z])){0,4}|"
    r"\b(?:changing its name to|renamed|also known as|once known as|"
    r"until [\w\s]{3,20}\scalled|,\sthe (?:old|former))\s|"
    r"\bits\s(?:[\w-]+\s){0,2}(?:accelerator|incubator),?\s|"
    r"\b(?:bought|acquired)\s[^.;]{2,90}\sfrom\s(?:[a-z-]+\s){0,4}"
    r")(?:the\s|[\w-]+['’]s?\s)?$"
)
_POST = re.compile(
    r"\b(?:(?:[Hh]ead|[Cc]hief|[Bb]oss|CEO|[Pp]resident)\s(?:of|at)|"
    r"(?:who|which) (?:co-)?founded)\s$"
)
_CHIEF = re.compile(
    r"(?:^|^[Ii]ts\s|,\s)(?:CEO|[Cc]hief [Ee]xecutive)\s$|"
    r"\bwith\s(?:its\s|their\s)?(?:\w+\s)?partner\s$|\brepresented by\s$|"
    r"\b(?:Group|Capital|Ventures|Fund|Holdings?|Office)\sof\s(?:the\s)?"
    r"(?:(?!(?:and|or|which|who|with|also|it|in|is|was|led)\b)[A-Z]?[a-z-]+\s){1,3}$"
)
_FIRM = re.compile(
    rf"^\s(?:and|und)\s{_ITEM}(?<=['’]s)\s(?:[\w-]+\s){{0,3}}(?:firm|fund|vehicle|outfit)(?=[.;)]|$|,\s[a-z])"
)
_OWN = re.compile(
    rf"^{_MORE}\s(?:(?:and|und)\s[a-z][^,.;]{{2,40}}\s)?(?:together\s)?(?:runs?|owns?|"
    r"manages?|set up|backs?|founded|controls?|holds?|anchor)\b"
)
_WHICH = re.compile(rf"\s(?:which|that)\s{_LESS}")
_OBJECT = re.compile(
    r"(\w+)(?:\s\([^()]*\))?,\s(?:(?:in|of|for|with|behind)\swhich|in whom|where)\s"
    rf"{_LESS}"
)
_OF_ROUND = re.compile(r"(?:round|financing|funding|raise|deal|[A-H]|million|[mM]|sum)")
_GIVES = re.compile(
    r"\b(?:(?:co-)?invest(?:ed|s|ing|or|ors)?|back(?:ed|er|ers|ing)|took part|"
    r"tak\w+ part|participat\w+|joined|joins?|money|cheques?|checks?|led|leads|"
    r"contributed|in the round|put in|chipped|bought|newcomer|ranks|"
    r"(?<!no\s)(?:stake|shares))\b"
)
_STOPS = re.compile(r"[.!?](?=\s)|;|\s[–—-]\s|\n")
_REACH = 240


def stands_by(text: str, start: int, end: int) -> bool:
    """Say whether the name that stands there is named for something else than money."""
    before, after = _clause(text, start, end)
    name = text[start:end]
    return (
        _is_held(before, after)
        or _owns(name, before, after)
        or _is_called(name, before, after)
        or (is_person(name) and _runs(before, after))
    )


def stays_out(text: str, start: int, end: int) -> bool:
    """Say whether who stands there is told to have put nothing into this round."""
    before, after = _clause(text, start, end)
    return bool(_NEGATIVE.search(before)) or any(way.search(after) for way in _STAY_OUT)


def _clause(text: str, start: int, end: int) -> tuple[str, str]:
    """Give what stands before and behind a name in its clause."""
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    begins = max((stop.end() for stop in _STOPS.finditer(before)), default=0)
    stop = _STOPS.search(f"{after} ")
    return before[begins:].lstrip(), after[: stop.start()] if stop else after


def _is_called(name: str, before: str, after: str) -> bool:
    """Say whether a name is a customer's, a rival's, a lender's or an adviser's."""
    if _AT_WORK.search(before) and not FUND.search(name):
        return True
    said = (way.search(after) for way in _DO_ELSE)
    if any(one and not _GIVES.search(after[one.end() :]) for one in said):
        return True
    return bool(_CALLED.search(before)) and not _GIVES.search(after)


def _is_held(before: str, after: str) -> bool:
    """Say whether a name is an investor's other holding, or who holds a company."""
    if _HOLDS.search(before) or _HELD.search(after):
        return True
    where = _OBJECT.search(before)
    if where is None or _OF_ROUND.fullmatch(where[1]):
        return False
    return not _GIVES.search(after)


def _owns(name: str, before: str, after: str) -> bool:
    """Say whether a name only tells whose a backer is, or what it was called."""
    if _ALONE.search(before) or (_WHICH.search(before) and _OWN.search(after)):
        return True
    return bool(_POST.search(before)) and not FUND.search(name)


def _runs(before: str, after: str) -> bool:
    """Say whether somebody owns or runs a backer, or the company."""
    firm = before.endswith(", ") and _FIRM.search(after)
    founded = not before and _FOUNDED.search(after)
    owner = _OWNED.search(before) and _CLOSED.search(after)
    return bool(firm or founded or owner or _CHIEF.search(before))
