"""Tell a round that happened now from one hoped for, denied or long past. Pure."""

import re
from datetime import date, timedelta

from intel.dates import Stated, find_dates
from intel.deals.events import Telling
from intel.deals.marks import MONEY, ROUND

FRESH = timedelta(days=45)

_HEARSAY = re.compile(
    r"\b(?:in (?:early |advanced |late |preliminary )?(?:talks|discussions|"
    r"negotiations)|"
    r"held talks|talks (?:with|to|about)|people (?:familiar|briefed|close)|"
    r"person familiar|sources? (?:say|said|familiar|close|tell|told|with knowledge)|"
    r"according to (?:\w+ )?(?:sources?|people|insiders)|insiders? sa(?:y|id)|"
    r"rumou?r\w*|"
    r"reportedly|is said to|are said to|speculat\w+|near(?:s|ing) (?:a |an )?"
    r"(?:deal|agreement|round|funding|close|\S+ round)|clos(?:e|ing) (?:to|in on) "
    r"(?:rais|secur|a deal|closing|an? )|Kreisen zufolge|laut Insidern|Insiderkreis\w*|"
    r"Medienberichten? zufolge|laut (?:\w+ )?Medienbericht\w*|offenbar|angeblich|dem "
    r"Vernehmen nach|verhandelt|Verhandlungen|führt \w* ?Gespräche|in Gesprächen|soll "
    r"(?:\w+ ){0,8}(?:einsammeln|erhalten|aufnehmen|abschließen))\b",
    re.IGNORECASE,
)
_INTENT = re.compile(
    r"\b(?:seek(?:s|ing)?|sought|look(?:s|ing)? (?:to|for)|plan(?:s|ning|ned)?(?: to)?|"
    r"prepar(?:es|ing|ed)(?: to)?|consider(?:s|ing)?|explor(?:es|ing)|eye(?:s|ing)|"
    r"weigh(?:s|ing)|aim(?:s|ing|ed)?|hope(?:s|d)?|hoping|want(?:s|ed)? to|near(?:s|"
    r"ing)|"
    r"set to|poised to|expect(?:s|ed|ing)?(?: to)?|may|might|could|would|should|will|"
    r"ready to|about to|in (?:the )?market|need(?:s|ed)? to|try(?:ing)? to|tries to|"
    r"target(?:s|ing)|in the process of|is (?:currently |now )?(?:raising|closing|"
    r"seeking)|can|ahead of|intend(?:s|ed)?|if|whether|help(?:s|ed)?|bereitet|plant|"
    r"sucht|will|möchte|strebt|könnte|würde|peilt|hofft|wants|to)\b(?:\s\S+){0,4}?\s*$",
    re.IGNORECASE,
)
_PROGRESSIVE = re.compile(r"^(?:raising|closing|securing|seeking|landing)$", re.I)
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies)|"
    r"denied\b(?!\s(?!reports|rumou?rs|talks|suggestions|allegations)[a-z]+s\b"
    r"(?!\s(?:that|of)\b))|not (?:been )?(?:rais\w+|seeking|looking|in talks)|"
    r"(?:has|have|had|did|does|is|was) ?n[o'’]t (?:yet )?(?:rais\w+|clos\w+|secur\w+)|"
    r"no (?:plans|need|intention) (?:to|for)|never (?:raised|took|taken)|"
    r"without raising|"
    r"refut\w+|inaccurate|untrue|false report\w*|shelv\w+|postpon\w+|(?<!-)cancel\w+|"
    r"abandon(?:s|ed|ing)?\b(?!\s[a-z]+s\b)|call(?:s|ed) off|"
    r"fail(?:s|ed)? to|scrap(?:s|ped)|pull(?:s|ed) out|"
    r"withdr[ae]w\w*|collapses?|collapsed|dementier\w*|weist \w+ zurück|gescheitert|"
    r"platzt|geplatzt|abgesagt|verschiebt|verschoben|kein\w* (?:neue\w* )?(?:Finanz|"
    r"Kapital)\w*)\b",
    re.IGNORECASE,
)
_BEFORE_NOW = re.compile(
    r"\b(?:previous(?:ly)?\b(?!\s(?:un|not ))|earlier|prior|last raised|last round|"
    r"already|formerly|once|"
    r"back in|so far|to date|in the past|over the years|since|until now|bereits|zuvor|"
    r"bislang|bisher|zuletzt|früher\w*|schon|seinerzeit|damals|had (?:also |already |"
    r"earlier |previously )?$)",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    rf"\b(?:after|following|since|fresh (?:off|from)|on the (?:heels|back) of|off the "
    rf"back of|months? (?:after|from)|weeks? (?:after|from)|years? (?:after|from)|"
    rf"nach|follows|thanks to|part of|paid for from|seit|from)\s"
    rf"(?:(?:its|the|a|an|raising|closing|securing|landing|another|their|der|seiner|"
    rf"einer|ihrer|completing|that|of|last|recent|\w+['’]s|new|first|company|start-up|"
    rf"raised|\w+ly)\s|{ROUND}\S*\s){{0,5}}$",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\b(?:deals?|rounds?|examples?|raises|startups|start-ups|companies|peers|others)\b"
    r"[^,;.]{0,40}\b(?:include[ds]?|including|were|was|such as|like)\b[^;]*$",
    re.IGNORECASE,
)
_REVEALS = re.compile(
    r"\b(?:reveal\w*|disclos\w+|for the first time|emerg\w+ from stealth|"
    r"out of stealth|"
    r"announc\w+ (?:today|on|this)|confirm\w+)\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:said|says|announc\w+|confirm\w+|report\w+|disclos\w+|reveal\w*|told|tells|"
    r"learned|mitteilte|bekannt|teilte)\b",
    re.IGNORECASE,
)


# "launches €40m fundraise": the money is still to come.
_OPENS = re.compile(
    r"(?:launch|open|start|kick|begin)\w*\s[^,;.]{0,40}?\b(?:fundrais\w*|raise|round|"
    r"campaign|funding drive)\b",
    re.IGNORECASE,
)
_AGREED = re.compile(
    r"\b(?:agreed|committed|teamed up|joined forces|clubbed together|joined hands)"
    r"(?:\s[^,;]{1,60})?\sto\s$"
)
# "just seven months after its seed": dates the round before.
_SINCE_THEN = re.compile(
    r"(?:\s\w+){1,3}\s(?:months?|years?|weeks?|days)\s(?:after|since|from)\s"
    r"(?:its|the|a|an|their)\s(?![^,;]*\b(?:raised|closed|secured|landed)\b)[^,;]*"
)
_RECALLED = re.compile(
    r"\b(?:recall(?:s|ed|ing)|remember(?:s|ed|ing)|look(?:s|ed|ing) back (?:on|at))\s"
    r"(?:the|its|their|his|her|that|an?)\s[^,;.]{0,30}$"
)
_HAD = re.compile(r"\b(?:had|hatte|hatten)\s(?:\w+\s){0,3}$")
# "in its Series C of 2024, …, it raised $71 million"
# "is worth $800m after a $50m Series B led by Foo": the round that made it so.
_PRICED_BY = re.compile(
    r"\b(?:is worth|valued|valuation|unicorn|reach(?:es|ed))\b[^;]{0,60}?"
    r"\b(?:after|following|thanks to)\san?\s(?:new\s|fresh\s)?$"
)
_NO_RUMOUR = re.compile(
    r"\bconfirm(?:s|ed) what (?:had been|was) rumou?red\b|\bat a rumou?red\b|"
    r"\btalks to (?:itself|people|patients|customers|users|you)\b",
    re.IGNORECASE,
)
_ROUND_OF = re.compile(rf"\b[Ii]n\s(?:its|the|an?)\s{ROUND}\S*\s(?:of|in)\s(20\d\d)\b")
_GLAD = re.compile(
    r"\b(?:thrilled|excited|happy|proud|pleased|delighted|glad|stolz|froh)\b",
    re.IGNORECASE,
)


def is_hearsay(sentence: str) -> bool:
    """Say whether a sentence passes on what unnamed others say or expect."""
    return bool(_HEARSAY.search(_NO_RUMOUR.sub("", sentence)))


def is_denied(sentence: str) -> bool:
    """Say whether a sentence denies, stops or lacks a round."""
    return bool(_DENIAL.search(sentence))


def is_intended(clause: str, telling: Telling) -> bool:
    """Say whether a round is still a wish: "seeks to raise", "is raising"."""
    before = clause[: telling.start]
    if _OPENS.match(clause[telling.start :]):
        return True
    agreed = telling.how == "invest" and _AGREED.search(before)
    if agreed or _GLAD.search(before):
        return False
    if telling.how == "noun":
        tells = re.search(
            r"\bto (?:announce|share|report|confirm|reveal|have)\b", before
        )
        moved = re.search(r"\b(?:sails|jumps|races|leaps|cruises|climbs) to\s", before)
        return not (tells or moved) and bool(_INTENT.search(before[-60:]))
    if _PROGRESSIVE.match(telling.verb):
        done = re.search(r"\b(?:after|by|announce\w*|of|from)\s*$", before)
        return not done and not before.rstrip().endswith(",")
    if re.search(r"(?:ed|ged|aised|ook|ot|on|ell|ew|ought)$|^\w+s$|t$", telling.verb):
        own = re.search(
            r"\b(?:to|will|would|could|may|might|can)\s(?:\w+ly\s)?$", before
        )
        return bool(own)
    return bool(_INTENT.search(before[-60:]))


def is_question(title: str) -> bool:
    """Say whether a headline asks instead of telling."""
    return title.rstrip().endswith("?")


def is_recounted(clause: str, telling: Telling, published: date | None) -> bool:
    """Say whether a telling recalls an earlier round."""
    before = clause[: telling.start]
    span = _SINCE_THEN.sub("", _span(clause, telling))
    told_now = bool(_SAID.search(before))
    priced = _PRICED_BY.search(before)
    if telling.how == "noun" and _AFTERWARDS.search(before) and not priced:
        return not _just_now(clause, published)
    if _RECALLED.search(before) or _LISTED.search(before):
        return True
    had = not told_now and (_HAD.search(before) or _BEFORE_NOW.search(span))
    german = telling.how == "german"
    if had or (german and re.match(r"hatten?\b", clause[telling.start :])):
        return True
    if published is None or _REVEALS.search(clause):
        return False
    named = _ROUND_OF.search(before)
    if named and int(named[1]) < published.year:
        return True
    return any(_is_past(stated, published) for stated in find_dates(span, published))


def _just_now(text: str, published: date | None) -> bool:
    """Say whether a text gives a day of this week or the last."""
    week = timedelta(days=8)
    return published is not None and any(
        stated.precision == "day" and published - week <= stated.day <= published
        for stated in find_dates(text, published)
    )


def is_aside(clause: str, telling: Telling, published: date | None) -> bool:
    """Say whether a telling stands in a relative clause or after "after"."""
    if _just_now(clause, published) or _PRICED_BY.search(clause[: telling.start]):
        return False
    before = clause[: telling.start].rstrip()
    relative = re.search(
        r",\s(?:which|who|that)\s(?:has|have)?\s?(?:\w+ly\s?)?$", before + " "
    )
    return bool(relative) or bool(_AFTERWARDS.search(clause[: telling.start]))


def _is_past(stated: Stated, published: date) -> bool:
    if stated.precision == "about" and stated.day >= published - FRESH:
        return False
    return stated.last < published - FRESH


def _span(clause: str, telling: Telling) -> str:
    """Cut the piece between commas that holds the telling, with a short opening."""
    commas = [m.start() for m in re.finditer(r",\s", clause)]
    start = max((c for c in commas if c < telling.start), default=0)
    end = min((c for c in commas if c >= telling.end), default=len(clause))
    piece = clause[start:end]
    opening = clause[: commas[0]] if commas and start else ""
    short = len(opening.split()) <= 5 and not re.search(f"{MONEY}|{ROUND}", opening)
    return f"{opening} {piece}" if short else piece
