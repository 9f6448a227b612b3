"""Find the tellings of a round in a marked clause: verb, sum and round. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intel.deals.marks import MONEY, ORG, ROUND
from intel.deals.roles import Role, role_of
from intel.deals.words import FILLER

_ADVERB = r"(?:\s(?:up|in|down|on|out|home|ein|ab|sich|itself))?"
STRONG = (
    r"(?:raises?|raised|raising|fundraises|pull(?:s|ed|ing)?\sin|bring(?:s|ing)?\sin|"
    r"brought\sin|rak(?:es|ed|ing)\sin|haul(?:s|ed|ing)?\sin|reel(?:s|ed|ing)?\sin|"
    r"scoop(?:s|ed|ing)?(?:\sup)?|amass(?:es|ed)?|nets|netted|bags|bagged|"
    r"crowdfund(?:s|ed|ing)?|mop(?:s|ped)?\sup|dig(?:s)?\sup|dug\sup|drum(?:s|med)?"
    r"\sup|"
    r"scrap(?:es|ed)\stogether|reap(?:s|ed)|part(?:s|ed)?\swith|hoover(?:s|ed)?\sup|"
    r"rustl(?:es|ed)\sup|"
    r"(?:holt|holte|sichert|sicherte|holen|sichern)\ssich|"
    r"sammelt|sammelte|sammeln|eingesammelt|wirbt|warb|streicht|strich)"
)
WEAK = (
    r"(?:secur(?:es?|ed|ing)|clos(?:es?|ed|ing)|land(?:s|ed|ing)?|nabs|nabbed|"
    r"scor(?:es|ed|ing)|snags|snagged|snagging|grabs|grabbed|attract(?:s|ed|ing)?|"
    r"takes?|took|taken|taking|gets?|got|gotten|receiv(?:es|ed|ing)|obtain(?:s|ed)?|"
    r"wins|won|garner(?:s|ed)?|collect(?:s|ed|ing)?|pick(?:s|ed|ing)?|bank(?:s|ed)?|"
    r"books|booked|catch(?:es)?|caught|struck|complet(?:es?|ed|ing)|announc(?:es?|ed|ing)|unveil(?:s|ed)?|add(?:s|ed|ing)?|"
    r"extend(?:s|ed|ing)?|pockets?|pocketed|gain(?:s|ed)?|draws|drew|lock(?:s|ed)|"
    r"lines|lined|clinch(?:es|ed)|seal(?:s|ed)?|finali[sz](?:es|ed)|wrap(?:s|ped)|"
    r"hits|emerg(?:es|ed|ing)|launch(?:es|ed)?|comes|came|report(?:s|ed)|reveal(?:s|"
    r"ed)|"
    r"disclos(?:es|ed)|fetch(?:es|ed)|harvests?|harvested|celebrat(?:es|ed)|"
    r"has|have|welcomes?|accept(?:s|ed)|share|conclud(?:es|ed)|top(?:s|ped)|"
    r"sign(?:s|ed)|lifts|attain(?:s|ed)|tap(?:s|ped)|announcement of|"
    r"erhält|erhielt|erhalten|sichert|sicherte|sichern|gesichert|bekommt|bekam|"
    r"bekommen|schließt|schloss|schliesst|holt|holte|nimmt|nahm|verkündet|verkündete|"
    r"meldet|meldete|kassiert|kassierte|freut|landet|landete|zieht|zog|gewinnt|gewann|"
    r"stockt|stockte|vermeldet|hat|haben)"
)
_INVEST = (
    r"(?:invest(?:s|ed|ing)?|pour(?:s|ed|ing)?|puts?|putting|pump(?:s|ed|ing)?|"
    r"wager(?:s|ed)?|plough(?:s|ed)?|plow(?:s|ed)?|inject(?:s|ed|ing)?|sinks?|sank|"
    r"bets?|"
    r"commit(?:s|ted)?|leads?|led|co-led|co-leads?|backs?|backed|"
    r"stecken|steckt|steckte|steckten|investier(?:t|te|ten|en)|pumpt|pumpen|"
    r"beteilig(?:t|te|ten|en)|fließen|flossen|führt|führen)"
)
_PARTICIPLE = (
    r"(?:eingesammelt|eingeworben|erhalten|bekommen|gesichert|aufgenommen|"
    r"eingestrichen|"
    r"abgeschlossen|geholt|beschafft|gesammelt|verkündet|eingenommen|ein|ab|auf|"
    r"bekannt|"
    r"gewonnen|gemeldet|vermeldet|akquiriert)"
)
_FILLED = rf"(?:[\s-]+(?:{FILLER}:?|{ROUND}\S*|[^\s\w{MONEY[1:-1]}{ORG}]))"
_STRONG_SUM = re.compile(
    rf"\b(?P<verb>{STRONG}){_FILLED}{{0,9}}[\s-]+(?P<sum>{MONEY})", re.I
)
_WEAK_SUM = re.compile(
    rf"\b(?P<verb>{WEAK}){_ADVERB}(?:\s(?:from (?:stealth|hiding)|out of (?:stealth|"
    rf"hiding))"
    r"(?: mode)?)?(?:\s(?:today|yesterday|this week|on \w+day|\w+day))?(?:\swith)?"
    rf"(?:\s(?:on|of|by|über|mit|to|ORG|{ORG}))?{_FILLED}{{0,9}}[\s-]+(?P<sum>{MONEY})",
    re.I,
)
# "received a seven-figure sum", "holt Millionenbetrag": how much is not told.
_IN_WORDS = (
    r"(?:[\"“„]?an?\s)?[a-z]+-figure (?:sum|amount|investment|round|cheque|check)|"
    r"(?:[a-zäöü]+stelligen?|[a-zäöü]+stellige[rs]) (?:Millionen)?"
    r"(?:[Bb]etrag|[Ss]umme|Finanzierung|Investment)|"
    r"Millionen(?:betrag|summe|investment|finanzierung|spritze)"
)
_ROUND_ONLY = re.compile(
    rf"\b(?P<verb>{STRONG}|{WEAK}){_ADVERB}(?:[\s-]+(?:{FILLER}|[\w-]+ly|[\w-]+ed))"
    rf"{{0,6}}[\s-]+(?:(?P<round>{ROUND})|(?P<noun>strategic investment|"
    r"funding round|investment from|financing round|(?:new|fresh) (?:funding|equity|"
    r"capital)|"
    rf"Finanzierungsrunde|{_IN_WORDS}))",
    re.I,
)
_INVESTS = re.compile(
    rf"\b(?P<verb>{_INVEST})(?:\s(?:sich|mit|eine|die|in))?{_FILLED}{{0,8}}[\s-]+"
    rf"(?P<sum>{MONEY})",
    re.I,
)
_BACKS = re.compile(
    rf"\b(?P<verb>back(?:s|ed|ing)?|support(?:s|ed)?|funds|funded|unterstützt|"
    rf"finanziert)\s"
    rf"(?:[\w-]+\s){{0,4}}?{ORG}\s(?:with|mit){_FILLED}{{0,5}}\s(?P<sum>{MONEY})",
    re.I,
)
_ROUND_IS = re.compile(
    rf"(?:{ROUND}|\b(?:round|financing|funding|Runde|Finanzierungsrunde)\b)\S*(?:"
    rf"\s\S+){{0,4}}?"
    r"\s(?P<verb>beläuft sich auf|beträgt|umfasst|totals|totall?ed|amount(?:s|ed) to|"
    r"c(?:a|o)me(?:s)? (?:in at|to)|brings in|brought in|is worth|was worth|was|is)"
    rf"{_FILLED}{{0,4}}\s(?P<sum>{MONEY})",
    re.I,
)
_HANDED = re.compile(
    rf"\b(?P<verb>hand(?:s|ed)?|gives?|gave|given)\s(?P<whom>it|them|us|{ORG})"
    rf"{_FILLED}{{0,4}}\s(?P<sum>{MONEY})",
    re.I,
)
_PASSIVE = re.compile(
    rf"(?P<sum>{MONEY}).{{0,50}}?\b(?:(?:was|were|is|been|being)\s)?(?P<verb>raised|"
    rf"secured|closed|landed|netted)\s(?:\w+ly\s)?by\b",
    re.I,
)
_GERMAN_END = re.compile(
    rf"\b(?:hat|haben|hatte|hatten|habe|hätten|konnte|konnten|wurde|wurden|sammelt\w*|"
    rf"schlie(?:ß|ss)t|schloss|nimmt|wirbt|warb|holt|gibt)\b(?P<mid>.*?)"
    rf"(?P<sum>{MONEY})(?P<after>[^{MONEY[1:-1]}]*?)\b(?P<verb>{_PARTICIPLE})\b"
)
_EVIDENCE = re.compile(
    rf"{ROUND}|\b(?:funding|financing|investors?|investments?|round|led by|"
    rf"venture capital|backers?|"
    r"shareholders|equity|\w*[Ff]inanzierung\w*|Investor\w*|\w*[Rr]unde|Geldgeber\w*|"
    r"\w*[Kk]apital|Finanzspritze|angeführt|Beteiligung)\b"
)
_FROM = re.compile(
    r"^[^,;.]{0,40}?\b(?:from|von|vom)\s(?:(?!its\b|the\b)[\w\s-]+\s)?[A-ZÄÖÜ\d]"
)


# "Acme lands $12M to …": these verbs with nothing but the sum mean a round.
_BARE = re.compile(
    r"(?:secur|land|nab|snag|scor|bag|grab|net|attract|pocket|garner|haul|gets?$|got$|"
    r"pick|erhält|erhielt|bekommt|bekam|holt|sichert)",
    re.I,
)
_GERMAN_BARE = ("eingesammelt", "eingeworben", "erhalten", "bekommen", "gesichert")
_ENDS = re.compile(r"^\s*(?:more\s?)?(?:$|[,.;:!–—-]|(?:to|for|as|für|um)\b)")


_VON = re.compile(r"\b(?:von|vom)\s(?:der\s|dem\s)?[A-ZÄÖÜ\d]")
_PUT_IN = re.compile(
    rf"(?P<sum>{MONEY})\s(?:in|an)"
    rf"\s[^,;]{{0,60}}?{ORG}[^,;]{{0,20}}?\b(?P<verb>investier\w*|"
    r"gesteckt|gepumpt|stecken)"
)
# The surest form first: a sum is told once.
_FORMS = (
    ("passive", _PASSIVE),
    ("handed", _HANDED),
    ("verb", _STRONG_SUM),
    ("round", _ROUND_IS),
    ("invest", _INVESTS),
    ("put", _PUT_IN),
    ("put", _BACKS),
    ("weak", _WEAK_SUM),
    ("german", _GERMAN_END),
)


@dataclass(frozen=True, slots=True)
class Telling:
    """One telling of a round at a place of a clause.

    `how` is "verb" (someone raises), "invest" (someone puts money in), "noun" (the
    round is named without such a verb), "handed" or "passive". `sign` is the sum's.
    """

    how: str
    verb: str
    start: int
    end: int
    sign: str = ""
    round_sign: str = ""
    strong: bool = False


def find_tellings(clause: str) -> tuple[Telling, ...]:
    """Find every telling in a marked clause, one for each sum at most."""
    by_sum: dict[str, Telling] = {}
    for telling in _with_sums(clause):
        by_sum.setdefault(telling.sign, telling)
    return tuple(sorted(by_sum.values(), key=lambda t: t.start)) or _without(clause)


def _with_sums(clause: str) -> Iterator[Telling]:
    """Yield tellings, the surest form of each sum first."""
    raised = {
        sign.group(): role
        for sign in re.finditer(MONEY, clause)
        if (role := role_of(clause, sign.start())) in (Role.FUNDING, Role.OPEN)
    }
    for how, pattern in _FORMS:
        for match in _each(pattern, clause):
            known = raised.get(match["sum"])
            if known and _carries(how, known, clause, match):
                yield _telling(how, match)
    for sign, role in raised.items():
        at = clause.index(sign)
        if role is Role.FUNDING or re.match(r"^\s(?:for|für)\s", clause[at + 1 :]):
            yield Telling("noun", "", at, at + 1, sign, _round_near(clause, at))


def _each(pattern: re.Pattern[str], clause: str) -> Iterator[re.Match[str]]:
    """Match from every place a verb may stand, overlapping ones too."""
    at = 0
    while match := pattern.search(clause, at):
        yield match
        at = match.start() + 1


def _telling(how: str, match: re.Match[str]) -> Telling:
    verb, sign = match["verb"], match["sum"]
    kind = {"weak": "verb", "put": "invest", "round": "noun"}.get(how, how)
    start = match.start() if how in ("german", "put") else match.start("verb")
    at = match.start("sum")
    return Telling(
        kind, verb, start, max(match.end("verb"), at + 1), sign,
        _round_near(match.string, at), strong=how == "verb",
    )  # fmt: skip


def _carries(how: str, role: Role, clause: str, match: re.Match[str]) -> bool:
    """Say whether the words around a sum make it money raised."""
    if how in ("verb", "passive", "put", "round") or role is Role.FUNDING:
        return True
    if how == "handed":
        return bool(_EVIDENCE.search(clause))
    after = clause[match.start("sum") + 1 :]
    if how == "invest":
        return bool(re.match(r"^[^,;.]{0,40}?\b(?:in|into|an|on)\b", after))
    if how == "weak" and _BARE.match(match["verb"]) and _ENDS.match(after):
        return True
    if how == "german" and match["verb"] in _GERMAN_BARE:
        return True
    giver = _FROM.search(after) or (how == "german" and _VON.search(match["mid"]))
    return bool(_EVIDENCE.search(clause) or giver)


# "€15 million, a year after its Series A": not the round of that sum.
_SINCE = re.compile(
    rf"\b(?:after|since|following|on top of|beyond)\s(?:its|a|an|the|their|raising|"
    rf"closing)\s[^,;]*?{ROUND}"
)


def _round_near(clause: str, at: int) -> str:
    """Give the sign of the round that belongs to the sum at `at`, if one does."""
    after = re.split(MONEY, clause[at + 1 :], maxsplit=1)[0]
    follows = re.match(rf"^[^,;.]{{0,70}}?(?P<round>{ROUND})", after)
    before = re.split(MONEY, clause[:at])[-1]
    precedes = re.search(rf"(?P<round>{ROUND})[^,;]{{0,60}}$", before)
    after = _SINCE.sub("", after)
    close = re.match(rf"^[\s-]*(?:\w+\s){{0,3}}(?P<round>{ROUND})", after)
    wide = re.search(rf"{ROUND}", after) or re.search(rf"{ROUND}", before)
    found = close or precedes or follows
    return found["round"] if found else (wide.group() if wide else "")


def _without(clause: str) -> tuple[Telling, ...]:
    """Find rounds told without a sum: "has closed its Series B"."""
    return tuple(
        Telling(
            "verb", match["verb"], match.start(), match.end(), "",
            match["round"] or "", strong=False,
        )
        for match in _ROUND_ONLY.finditer(clause)
    )  # fmt: skip
