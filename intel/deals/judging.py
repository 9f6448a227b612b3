"""Judge a list of names by what governs it: who led, who took part. Pure.

The text before a list ("led by", "participation from", "investors include") or the
verb behind it ("co-led the round", "also took part") says what its names did.
"""

import re

from intel.deals.cues import LEFT, PRE, Part
from intel.deals.likely import likelihood
from intel.deals.lists import LIST
from intel.deals.marks import MONEY, ORG, ROUND
from intel.deals.verbs import RIGHT
from intel.deals.vocabulary import DESC
from intel.deals.words import COMPANY_NOUN

_BAR, _WEAK_BAR = 0.75, 0.25
_FROM_WORD = re.compile(r"\s?\b(?:from|von|vom)\s", re.IGNORECASE)
# "raised by Acme, an app from Tulsa": where the company is at home.
_COMES_FROM = re.compile(
    rf",\s(?:an?|the)\s(?:[\w-]+\s)*{COMPANY_NOUN}$|\b{COMPANY_NOUN}$"
)
_FROM = re.compile(rf"\b(?i:from|von|vom)\s{PRE}")
_ABOUT_MONEY = re.compile(
    rf"(?:{MONEY}|{ROUND}|\b(?:funding|financing|investment|round|capital|equity|"
    r"money|backing|cheque|check|\w*[Ff]inanzierung|\w*[Kk]apital|Investoren|raised|"
    rf"raises|[Ff]inanzspritze)\b)(?:[^;,]*|[^;]{{0,40}})$|\b(?:has|hat|"
    rf"haben)\s?(?:erhalten\s?)?$"
)
_GOES_ON = re.compile(
    rf"^(?:(?:\s[\w\ue000-\ue2ff]+){{0,8}},?\swith|,(?:\s(?:and|with|plus))?)\s"
    rf"(?:(?:(?i:the|an?|its|{DESC}))\s)*$"
)
_ELSEWHERE = re.compile(
    r"\b(?:board|advis\w+|counsel|agent|told|said|says|competes?|customers?|compet\w+|"
    r"founded|based in|uses?|used|plans?|will|would|are among the customers|met|"
    r"hopes?|wants?|employs?|sells?|sold|makes?|made|built|builds?|did not|sat|"
    r"exited|passed|declined|retains?|remains?|studied|worked|live|started|began)\b"
)
_AT_HOME = re.compile(rf"{ORG},?\s(?:of|in|from|near|outside)\s$")
_BY_OTHERS = re.compile(
    r"\b(?:managed|established|founded|set up|run|said|says|told|adds|added|"
    r"on behalf of|"
    rf"{ORG},?\s(?:of|in|from|near|outside))\s(?:by\s)?(?:the\s)?$"
)
# A verb that has a subject of its own, and no participle: "Bar also joined".
_FINITE = re.compile(
    r"^(?:\s(?:also|both|all|again|each|then))*\s(?:joins?|joined|participated|"
    r"took part|"
    r"invested|followed|contributed|chipped in|came in|co-led|led|put|beteiligt\w*|"
    r"zogen|ziehen|zieht)\b(?! by)"
)
# "from A and B, leaders of the round", "by A and B, both co-leads".
_ALL_LEAD = re.compile(
    rf"^,?\s(?:both |all |as )?(?:the |joint )?(?:co-leads|co-leaders|leaders)"
    rf"(?=[,.;]|$|\s(?:of|in|on)\s(?:the|this|its)\s(?:[\w-]+\s){{0,2}}(?:{ROUND}|round|deal))"
)
_TELLS = re.compile(
    r"^(?:\s(?:has|have|can|first))*\s(?:said|says|told|report(?:ed|s)|writes|wrote|"
    r"learned|understands|announced|confirmed|reveal(?:ed|s)?|sagte|sagt)\b"
)
_DEBT = re.compile(r"\b(?:debt|loans?|banks|lenders|credit|Kredit\w*)\s[^,;]*$")
_NO_EQUITY = re.compile(
    r"^[^,;]{0,60}\b(?:repayable|loans?|grants?|subsid\w+)\b(?![^,;]*\bequity\b)"
)
# What was before this round: "was previously backed by", "which had been led by".
_PAST = re.compile(
    r"\b(?:previously|formerly|initially|originally|"
    r"had(?!\s(?:the\s)?(?:participation|support|backing|investment|money)))\s(?:\w+\s){0,4}"
    r"(?:by|from|of|included?|with)\s[^,;]*$"
)


def judge(text: str, at: int) -> tuple[Part, Part]:
    """Say what the names behind the list sign `text[at]` did in their clause.

    Second, what the last of them did where a verb of their own follows, else OPEN:
    "led by Foo, and Bar also joined", "led by Foo, Bar has learned".
    """
    left, right = _reach(text[:at]), _ahead(text[at + 1 :])
    subject, governed = _first(RIGHT, right), _first(LEFT, left)
    if governed is Part.OPEN and _FROM.search(left) and _from_money(left):
        governed = Part.JOIN
    named = subject is Part.LEAD and re.match(r"\sas\b", right)
    if named and governed is Part.NONE:
        return Part.LEAD, Part.OPEN
    if (
        _NO_EQUITY.search(right)
        or _AT_HOME.search(left)
        or _DEBT.search(left)
        or _PAST.search(left)
        or governed is Part.NONE
    ):
        return Part.NONE, Part.OPEN
    if governed is Part.OPEN:
        return subject, Part.OPEN
    joined = governed is Part.JOIN and _ALL_LEAD.match(right)
    with_them = re.search(r"\b(?:with|von|vom)\s[^,;]*$", left)
    if joined or (subject is Part.LEAD and with_them):
        return Part.LEAD, Part.OPEN
    if subject is Part.NONE and not _TELLS.match(right):
        return Part.NONE, Part.OPEN
    finite = _FINITE.match(right) or subject is Part.NONE
    return governed, subject if finite else Part.OPEN


def continues(between: str, before: Part) -> bool:
    """Say whether a list goes on with one that took part: ", with Foo"."""
    return before in (Part.LEAD, Part.JOIN) and bool(_GOES_ON.match(between))


def takes_a_seat(text: str, at: int) -> bool:
    """Say whether the names behind `text[at]` join the board, not the round."""
    ahead = _ahead(text[at + 1 :]).split(",")[0]
    return bool(re.search(r"\b(?:board|director)\b", ahead))


def guess(text: str, at: int, names: list[str], part: Part, *, title: bool) -> Part:
    """Settle what no cue, or only a weak one, tells: JOIN where it is likely, or OPEN.

    Both bars were measured on the development cases.
    """
    bar = _WEAK_BAR if part is Part.MAYBE else _BAR
    left, right = _reach(text[:at]), _ahead(text[at + 1 :]).split(",")[0]
    if part is Part.OPEN and (_ELSEWHERE.search(right) or _BY_OTHERS.search(left)):
        return Part.OPEN
    return Part.JOIN if likelihood(text, at, names, title=title) > bar else Part.OPEN


def _from_money(left: str) -> bool:
    """Say whether "from" follows the money: "$7.5m from", "a Series A round from"."""
    before = left[: [*_FROM_WORD.finditer(left)][-1].start()]
    return bool(_ABOUT_MONEY.search(before)) and not _COMES_FROM.search(before)


def _first(cues: tuple[tuple[Part, re.Pattern[str]], ...], text: str) -> Part:
    return next((part for part, cue in cues if cue.search(text)), Part.OPEN)


def _reach(before: str) -> str:
    """Cut the text before a list to where another list or sentence ends."""
    return re.split(rf"{LIST}|[.!?]\s|;\s", before)[-1][-160:]


def _ahead(after: str) -> str:
    """Cut the text behind a list to where another list or sentence begins."""
    return re.split(rf"{LIST}|[.!?](?:\s|$)|;\s", after)[0][:120]
