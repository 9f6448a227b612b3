"""Say whose round a telling tells of: the company's or somebody else's. Pure."""

import re

from intel.deals.events import Telling
from intel.deals.marks import MONEY, ORG, ROUND
from intel.deals.subjects import RELATION, Owner, german_after, subject
from intel.deals.words import COMPANY_NOUN

_FRAME_VERB = re.compile(
    r"\b(?:announc\w+|unveil\w*|confirm\w*|clos\w+|complet\w+|secur\w+|rais\w+|"
    r"reveal\w*|disclos\w+|report\w*|celebrat\w+|meldet\w*|verkündet\w*|schlie\w+|"
    r"consists|includes?|line[ds]?|add\w*|conclud\w+|share)\b",
    re.IGNORECASE,
)
_OF_ORG_BEFORE = re.compile(
    rf"{ROUND}\S*\s(?:\w+\s)?(?:von|of|by|at|bei|for|für)\s{ORG}"
)
_OF_ORG_AFTER = re.compile(rf"^\s(?:\S+\s){{0,3}}?(?:of|by|von|bei)\s{ORG}")
_OPENING = re.compile(
    r"(?:^|[,;:.]\s)\W*(?:the|this|its|our|der|die|das)\s(?:[\w-]+\s){0,4}$",
    re.IGNORECASE,
)
# "have invested $40 million in the company", but not "in the startup Foo".
_IN_THE_COMPANY = re.compile(
    rf"^[^,;]{{0,25}}?\b(?:in|into)\s(?:the|das|die)\s(?:[\w-]+\s){{0,2}}?(?:[\w-]+-)?"
    rf"{COMPANY_NOUN}\b(?!\s[A-ZÄÖÜ])"
)
# "Acme said Wednesday it has rounded up $21M in Series A funding": whatever the verb.
_OWN_VERB = re.compile(
    rf"^\W*(?:[\w.'’&/-]+,?\s){{0,8}}?{ORG}(?:,\s[^,{MONEY[1:-1]}]+,)?\s"
    rf"(?!(?:rival|competitor|customer|client|partner|investor|backer|alum\w*|founder|"
    rf"engineers?|employees?|leads?|led|backs?|backed|invests?|invested|joins?|"
    rf"joined)\b)"
    rf"(?:(?!\b(?:after|since|following|which|whose|who|where|when|while|if|led|for|"
    rf"whether|worth|valued|valuation|total|awarded|granted|given|customer|rival|in|"
    rf"into)\b)[\w'’,-]+\s){{1,12}}$"
)
# "led their $17.5 million Series A", "führt die Series A über 15 Millionen Euro an".
_ITS_ROUND = re.compile(
    rf"\b(?:the|its|this|our|their|die|diese|ihre|seine)\s(?:[\w-]+\s){{0,2}}"
    rf"(?:{ROUND}\S*,?\s(?:of\s|über\s)?)?$"
)
# "co-led a $20m Series A in it"
_IN_IT = re.compile(rf"^\s?(?:{ROUND}|round)?\S*\sin\sit\b")
# "has taken a stake in Acme, a maker of mills, paying $27 million for new shares".
_STAKE_IN = re.compile(
    rf"\b(?:stake|shareholding|holding|share)\sin\s(?:[\w-]+\s){{0,4}}{ORG}"
    r"(?:,\s[^;]{0,100})?,?\s(?:paying|for|with|worth)\s(?:\w+\s){0,2}$"
)
_CITY_OF = re.compile(r"^[A-ZÄÖÜ]\w+['’]s\s$")  # "in Montreal's Acme"
_HEADED = re.compile(rf"^\W*(?:\S+:\s)?{ORG}\s?[:–—-]")


def owner_of(clause: str, telling: Telling, *, title: bool) -> Owner:
    """Say whose round a telling is, within its marked clause."""
    match telling.how:
        case "invest" | "noun":
            framed = _by_frame(clause, telling, title=title)
            return _by_target(clause, telling) or framed
        case "handed":
            named = ORG in clause[telling.start : telling.end]
            before = clause[: telling.start]
            return Owner.NAMED if named else subject(before, Owner.TOPIC)
        case "passive":
            return _after_by(clause[telling.end :])
        case "german":
            return _german_subject(clause, telling)
        case _:
            return _of_verb(clause, telling)


def _of_verb(clause: str, telling: Telling) -> Owner:
    """Read the subject before the verb, else the one the sum goes to."""
    found = subject(clause[: telling.start], Owner.UNKNOWN)
    ours = re.search(r"\b(?:our|[Ww]e)\b", clause[: telling.end])
    if found is Owner.UNKNOWN and ours:
        return Owner.TOPIC
    if found is Owner.UNKNOWN or (found is Owner.OTHER and not telling.strong):
        target = _by_target(clause, telling)
        return target or german_after(clause, telling.start) or found
    return _not_for_new(clause, telling, found)


def _not_for_new(clause: str, telling: Telling, found: Owner) -> Owner:
    """Keep "Acme founder raises $5M for new venture Foo" away from Acme."""
    after = clause[telling.end :]
    if found in (Owner.NAMED, Owner.TOPIC) and re.search(
        r"^.{0,50}?\bfor (?:its |a |the )?(?:customer|client|new venture|spin-?)", after
    ):
        return Owner.OTHER
    return found


def _by_target(clause: str, telling: Telling) -> Owner | None:
    """Read "$30M round in Acme", "pour $17M into start-up Acme", "Acme's $35M B"."""
    at = clause.index(telling.sign) if telling.sign else telling.end
    owned = re.search(
        rf"(?P<who>{ORG}|[A-ZÄÖÜ]\w+)['’]s?\s(?:[\w-]+\s){{0,4}}$", clause[:at]
    )
    if owned:
        return Owner.NAMED if owned["who"] == ORG else Owner.OTHER
    after = clause[at + 1 :]
    stop = re.split(rf"[;]|{MONEY}", after, maxsplit=1)[0][:160]
    target = re.search(
        r"\b(?:in|into|for|an|für|behind|at|to|on)\s(?P<what>(?:(?!\b(?:in|into|for|"
        r"from|by|"
        rf"led|as|to)\b)[^,;]){{0,70}}?)(?P<who>{ORG})",
        stop,
    )
    if target and not re.search(
        r"['’]s?\s|\b(?:rival|customer|competitor)\b",
        _CITY_OF.sub("", target["what"]),
    ):
        rest = stop[target.end() :]
        related = re.match(rf"^(?:['’]s)?\s{RELATION}\b", rest, re.IGNORECASE)
        return Owner.OTHER if related else Owner.NAMED
    if telling.how == "invest" and _IN_THE_COMPANY.match(stop):
        return Owner.TOPIC
    other = re.search(
        r"\b(?:into|in|for|für)\s(?:[a-z][\w-]*\s){0,5}(?P<who>[A-ZÄÖÜ]\w+)", stop
    )
    if other and telling.how == "invest":
        return Owner.OTHER
    return None


def _by_frame(clause: str, telling: Telling, *, title: bool) -> Owner:
    """Read the owner of a named round from what frames it."""
    at = clause.index(telling.sign)
    before, after = clause[:at], clause[at + 1 :]
    if telling.how == "invest":
        backed = ORG in clause[telling.start : at]
        return Owner.NAMED if backed else _invested(clause, telling)
    if _OF_ORG_BEFORE.search(before) or _OF_ORG_AFTER.match(after):
        return Owner.NAMED
    if _STAKE_IN.search(before):
        return Owner.NAMED
    if owns_round_noun(clause) or _OPENING.search(before):
        return Owner.TOPIC
    if _with_round(clause, at, title=title) or (title and _HEADED.match(before)):
        return Owner.NAMED
    return _by_verb(before)


def _by_verb(before: str) -> Owner:
    """Read the owner of a sum from the subject of whatever verb stands before it."""
    if re.search(r"\b(?:we|our)\b", before, re.IGNORECASE):
        return Owner.TOPIC
    if _OWN_VERB.match(before):
        return Owner.NAMED
    verb = _FRAME_VERB.search(before)
    return subject(before[: verb.start()], Owner.TOPIC) if verb else Owner.UNKNOWN


def _with_round(clause: str, at: int, *, title: bool) -> bool:
    """Read "Acme becomes unicorn with $100M", "With $12M in funding, Acme takes on"."""
    before, after = clause[:at], clause[at + 1 :]
    if re.match(rf"^\W*(?:[\w-]+\s){{0,4}}{ORG}\s", before):
        joint = r"with|mit|after|following|dank|nach" if title else "after|following"
        worth = re.search(r"\b(?:valued|worth|valuation)\b.*\bin\s", before)
        near = re.search(rf"\b(?:{joint})\s(?:[\w-]+\s){{0,4}}$", before)
        return bool(near or worth)
    opens = re.match(
        r"^\W*(?:armed |flush )?(?:with|mit)\s(?:[\w-]+\s){0,4}$", before, re.I
    )
    return title and bool(opens and re.search(rf",\s(?:[\w-]+\s){{0,4}}{ORG}\s", after))


def _invested(clause: str, telling: Telling) -> Owner:
    """Money that the company puts elsewhere is not its own round."""
    found = subject(clause[: telling.start], Owner.UNKNOWN)
    led = re.match(r"(?:co-)?(?:leads?|led)\b|führ(?:t|te|en|ten)\b", telling.verb)
    if led and found is not Owner.NAMED:
        if re.search(rf"{ORG}\s(?:said|says|announced|confirmed)\b", clause):
            return Owner.NAMED
        before, after = clause[: telling.end - 1], clause[telling.end :]
        if _ITS_ROUND.search(before) or _IN_IT.match(after):
            return Owner.TOPIC
    return Owner.OTHER if found is not Owner.UNKNOWN else Owner.UNKNOWN


def _after_by(after: str) -> Owner:
    who = re.match(rf"^\s(?:[a-z][\w'’-]*\s){{0,5}}(?P<who>{ORG}|[A-ZÄÖÜ]\w+)", after)
    if who:
        return Owner.NAMED if who["who"] == ORG else Owner.OTHER
    return Owner.TOPIC if re.match(r"^\sthe\s", after) else Owner.UNKNOWN


def _german_subject(clause: str, telling: Telling) -> Owner:
    """Find the subject around a German verb bracket: "Nun hat die Firma … erhalten"."""
    before = clause[: telling.start]
    first = subject(before, Owner.UNKNOWN)
    if first in (Owner.NAMED, Owner.TOPIC):
        return first
    return german_after(clause, telling.start) or first


def owns_round_noun(clause: str) -> bool:
    """Say whether a clause's subject is a round: "The Series B was led"."""
    return bool(
        re.match(
            rf"^\W*(?:the|this|its|our|die|der|das|an der|diese)\s(?:[\w-]+\s|"
            rf"{MONEY}\s|"
            rf"{ROUND}\S*\s){{0,4}}?(?:{ROUND}|(?:round|financing|funding|investment|"
            rf"extension|"
            r"money|runde|finanzierungsrunde|finanzierung|investor group|bridge)\b)",
            clause,
            re.IGNORECASE,
        )
    )
