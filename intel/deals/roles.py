"""Say what a sum of money is: raised, a valuation, a total, revenue, debt … Pure."""

import re
from enum import StrEnum

from intel.deals.marks import MONEY, ROUND
from intel.words import listed


class Role(StrEnum):
    """What a sum stands for in its sentence; OPEN where only the verb can tell."""

    FUNDING = "funding"
    OPEN = "open"
    VALUATION = "valuation"
    TOTAL = "total"
    REVENUE = "revenue"
    DEBT = "debt"
    GRANT = "grant"
    FUND = "fund"
    DEAL = "deal"


# The noun that a sum counts, most telling first: "$20M venture debt funding" is debt.
_HEADS: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(rf"^(?:{pattern})$", re.IGNORECASE))
    for role, pattern in (
        (Role.VALUATION, r"valuation|bewertung|unternehmensbewertung|market-?cap"),
        (
            Role.DEBT,
            r"debt|loans?|credits?|facility|facilities|mezzanine|bonds?|notes?|"
            r"overdraft|"
            r"borrowings?|lending|revenue-based|kredit\w*|darlehen\w*|fremdkapital\w*|"
            r"anleihe\w*|schulden|bürgschaft\w*",
        ),
        (
            Role.GRANT,
            r"grants?|awards?|subsid(?:y|ies)|prize|stipend|donations?|sbir|sttr|"
            r"(?:forschungs|bundes|landes|eu-|innovations)?förder\w*|zuschuss|"
            r"zuschüsse|"
            r"zuwendung\w*|preisgeld\w*|spenden?|fellowship|endowment|philanthropic",
        ),
        (
            Role.FUND,
            r"funds?|vehicle|commitments?|fonds|\w+fonds|fund-of-funds|lps",
        ),
        (
            Role.DEAL,
            r"contracts?|deal|acquisition|takeover|buyout|buy-?back|purchase|lawsuit|"
            r"settlement|fine|penalty|shares?|stocks?|ipo|offering|listing|pipe|tender|"
            r"plant|factory|budget|markets?|project|tax|ransom|hack|theft|exploit|"
            r"flotation|secondary|spac|auftrag\w*|vertrag\w*|übernahme|börsengang|"
            r"aktien|"
            r"strafe|bußgeld|campaign|headquarters|campus|expansion|programme|program|"
            r"order|orders|credits?|merger|tokens?|ico|kickstarter|home|hub|centre|"
            r"center",
        ),
        (
            Role.REVENUE,
            r"revenues?|sales|arr|mrr|turnover|profits?|loss(?:es)?|ebitda|run-?rate|"
            r"bookings|income|earnings|gmv|umsatz\w*|jahresumsatz\w*|erlös\w*|"
            r"gewinn\w*|"
            r"verlust\w*|premiums|savings?|payments?|transactions?|volume|spend|"
            r"spending|"
            r"assets|aum|exports|guidance|forecast|merchandise|goods|invoices|claims|"
            r"deposits|mortgages|royalties|damages|costs?|fees?",
        ),
        (
            Role.FUNDING,
            rf"{ROUND}\S*|funding|financings?|finance|fundraise|fundraising|rounds?|"
            r"investments?|capital|raise|equity|injection|money|cash|backing|series|"
            r"extension|infusion|cheque|check|seed|\S*finanzierung\w*|\S*runde|kapital|"
            r"\S+kapital|finanzspritze|geld|kapitalspritze|kapitalerhöhung|top-up|"
            r"frisches|eigenkapital|beteiligung|growth|bridge",
        ),
    )
)
_STOP_WORDS = listed(
    """from led to for at with which that as on after when who and und by via through
    von vom für bei mit auf durch aus wie the an into following including amid
    over before while since because until said says angeführt um zur zum its
    their has have had is was are were will would could wird werden hat haben"""
)
_SKIPPED = listed("in of worth a an new fresh the additional neue neues")
_EQUITY_LOAN = re.compile(r"\b(?:convertible|wandel)", re.IGNORECASE)
_BOTH = re.compile(
    r"\b(?:equity (?:and|&|plus) (?:\w+ )?(?:debt|loans)|"
    r"debt (?:and|&|plus) (?:\w+ )?equity|"
    r"Eigen- und Fremdkapital|Fremd- und Eigenkapital)\b",
    re.IGNORECASE,
)
_ADVERBS = (
    r"(?:more than|over|nearly|almost|about|around|roughly|some|approximately|up to|"
    r"as much as|at least|a|an|the|of|to|at|it|by|beyond|past|close|just|under|above|"
    r"between|from|now|rund|etwa|knapp|über|mehr als|ca\.?|auf|von|bis zu|gut|mit|"
    r"den|in Höhe|another|fresh|than|record|well)"
)
# What stands before a sum, nearest words last.
_BEFORE: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        (
            Role.VALUATION,
            rf"\b(?:valu(?:ed|es|ing|ation)|worth|bewertet|bewertung|price tag|"
            rf"unternehmenswert)\b(?:[\s:]+(?:{_ADVERBS}|the|company|firm|business|"
            rf"start-?up|group|[\ue000]|\w+))?(?:\s+{_ADVERBS}){{0,3}}\s*$",
        ),
        (
            Role.TOTAL,
            rf"\b(?:in total|in all|total(?:s|ing|ling)?|altogether|overall|cumulative|"
            rf"to date|"
            rf"aggregate|insgesamt|gesamt\w*|bislang|bisher|so far|"
            rf"tally)\b[^,;{MONEY[1:-1]}]"
            r"{0,45}$",
        ),
        (
            Role.TOTAL,
            r"\b(?:bring(?:s|ing)|brought|tak(?:es|ing)|lift(?:s|ing)|push(?:es|ing)|"
            r"stands?|tops|now at)\b[^,;]{0,50}\b(?:to|at|beyond|past|tops)\s"
            rf"(?:{_ADVERBS}\s)*$",
        ),
        (
            Role.REVENUE,
            r"\b(?:revenues?|sales|arr|mrr|turnover|profits?|outlook|guidance|forecast|"
            r"volume|costs?|costing|prices?|priced|fees?|salary|umsatz|erlöst\w*|"
            r"umsätze|jahresumsatz|gmv|run[\s-]rate|charges?|earns?|pays?|paid|"
            r"book(?:ed|ings)|turned over|setzte|processed|handles|manages)\b"
            r"[^,;]{0,40}$",
        ),
        (
            Role.DEBT,
            r"\b(?:loans?|facility|credit line|line of credit|debt|kredit|darlehen|"
            rf"kreditlinie|anleihe)\s(?:(?:worth|totall?ing|in Höhe)"
            rf"\s)*(?:{_ADVERBS}\s)+$",
        ),
        (Role.DEBT, r"\b(?:facility|loan|credit line)\b[^,;]{0,40}\bby\s$"),
        (Role.DEBT, rf"\b(?:lent|lends|borrows|borrowed)\s(?:{_ADVERBS}\s)*$"),
        (
            Role.GRANT,
            r"\b(?:grants?|subsidy|award|zuschuss|förderung|fördermittel|prize)\s"
            rf"(?:(?:worth|totall?ing|in Höhe)\s)*(?:{_ADVERBS}\s)+$",
        ),
        (
            Role.FUND,
            rf"\b(?:fund|fonds)(?:\s[IVX\d]+)?\s(?:(?:worth|with|volume|volumen)\s)?"
            rf"(?:{_ADVERBS}\s)*$",
        ),
        (
            Role.DEAL,
            r"\b(?:acquir\w+|acquisition|bu(?:y|ys|ying)|bought|purchas\w+|takeover|"
            r"sold|"
            r"sells?|sale|übernimmt|übernahm\w*|übernommen|kauft|kaufte|verkauft|fined|"
            r"contract|order|shares)\b[^;]{0,80}\b(?:for|für|worth|at|über|of)\s"
            rf"(?:{_ADVERBS}\s)*$",
        ),
        (
            Role.DEAL,
            r"\b(?:fined|penali[sz]ed|(?:to|must) pay|"
            r"(?:fines?|penalt(?:y|ies)|damages|settlement|bußgeld|geldstrafe)"
            r"(?:\s(?:of|over|worth|von|über|in Höhe von))?)"
            rf"\s(?:[A-Z][\w.]*\s){{0,3}}(?:{_ADVERBS}\s)*$",
        ),
    )
)
_AFTER: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        (Role.VALUATION, r"^[-\s]*(?:valued\b|value\b|bewertet)"),
        (
            Role.DEBT,
            r"^\s(?:(?:takes?|took)\sthe\sform\sof|is|was|came\sas)\s(?:an?\s)?"
            r"(?:\w+\s)?(?:debt|loan|credit)\b",
        ),
        (
            Role.TOTAL,
            rf"^[^,;.{MONEY[1:-1]}{ROUND[1:-1]}]{{0,60}}\b(?:to date|so far|in total|"
            rf"in all|"
            r"overall|over the years|altogether|since (?:it|its|the|being|inception|"
            r"launch|founding|launching|19\d\d|20\d\d)|bisher|insgesamt)\b",
        ),
        (
            Role.FUND,
            r"^\s*(?:\w+\s){0,3}?(?:for|in|into|für|to)\s(?:(?!(?:to|led|from|by|with)"
            r"\s)[\w-]+\s){0,6}?(?:fund|vehicle|fonds)\b(?!\w)",
        ),
        (
            Role.REVENUE,
            r"^\s?(?:a|per|pro|im|each)\s?(?:year|share|month|bed|user|Jahr|$|\W)",
        ),
        (
            Role.DEAL,
            r"^[^,;.]{0,40}?\b(?:in|through|via|from|at|beim?|durch)\s(?:\S+"
            r"\s){0,3}?(?:ipo|"
            r"nasdaq|nyse|bond market|debt markets?|capital markets?|"
            r"initial public offering|listing|share sale|stock sale|spac|"
            r"flotation|börsengang|tender offer|secondary (?:sale|offering)|"
            r"market debut|"
            r"rights issue|token sale|ico)\b",
        ),
        (Role.REVENUE, r"^[^,;.]{0,30}\bum(?:gesetzt)?\s*(?:[.,;]|$)"),
    )
)


# "raised $10M at $100M": the second sum is the valuation.
_AT_SUM = re.compile(rf"{MONEY}\S*\s(?:[^,;]{{0,40}}\s)?at\s(?:a\s|an\s)?$")
_ROUND_WORTH = re.compile(
    rf"(?:{ROUND}\S*|\b(?:rounds?|financing|funding|investment|Runde|Finanzierung))\s"
    rf"(?:worth|totall?ing|of)\s(?:{_ADVERBS}\s)*$|"
    rf"(?:{ROUND}\S*|\b[Tt]he)(?:\s(?:round|raise|financing))?\s"
    rf"(?:totals|totall?ed)\s(?:{_ADVERBS}\s)*$"
)


def role_of(text: str, at: int) -> Role:
    """Say what the sum whose sign is `text[at]` stands for, by its neighbours."""
    before, after = _near(text[:at], last=True), _near(text[at + 1 :], last=False)
    head = _head(after)
    if head is Role.DEAL and _ROUND_OF.search(before):
        return Role.FUNDING
    if head not in (None, Role.FUNDING):
        return head or Role.OPEN
    found = next((role for role, cue in _AFTER if cue.search(after)), None)
    if found is None and _AT_SUM.search(text[:at]):
        found = Role.VALUATION
    named = head is Role.FUNDING and re.match(rf"^\s?(?:in\s)?{ROUND}", after)
    if found is None and (named or _ROUND_WORTH.search(before)):
        found = Role.FUNDING
    return found or _by_cue(before) or head or Role.OPEN


def _by_cue(before: str) -> Role | None:
    """Read "valued at", "total of", "loan of" in front of the sum."""
    for role, cue in _BEFORE:
        if cue.search(before) and not _raised_between(before, cue):
            return role
    return None


def mixes_debt(text: str) -> bool:
    """Say whether a sum is announced as equity and debt together."""
    return bool(_BOTH.search(text))


def _near(text: str, *, last: bool) -> str:
    """Cut to the clause next to the sum: other sums and full stops end it."""
    parts = re.split(rf"{MONEY}|[.;:]\s", text)
    return parts[-1][-130:] if last else parts[0][:110]


def _raised_between(before: str, pattern: re.Pattern[str]) -> bool:
    """Say whether a verb of raising stands nearer to the sum than the cue."""
    cue = pattern.search(before)
    verb = list(
        re.finditer(r"\b(?:rais(?:es?|ed|ing)|secur\w+|eingesammelt)\b", before)
    )
    return bool(cue and verb and verb[-1].start() > cue.start())


# "$600 million of Series D money in a deal that values it": no deal's price.
_IN_A_DEAL = re.compile(r"\sin an?\s(?:\w+\s)?(?:deal|transaction|market)\b")
# "$18 million in Series A funds": money for the company, no fund that invests.
_ROUND_FUNDS = re.compile(
    rf"^\s(?:in|of)\s(?:new\s|fresh\s)?(?:{ROUND}\S*(?:\sextension)?|fresh|further|"
    r"additional)\sfunds\b",
    re.IGNORECASE,
)
_ROUND_OF = re.compile(rf"{ROUND}\S*\s(?:of|worth)\s(?:{_ADVERBS}\s)*$")
_PRE_IPO = re.compile(r"\bpre-ipo\b", re.IGNORECASE)


def _head(after: str) -> Role | None:
    """Find the noun that the sum counts: "$20 million [venture] *loan* from …"."""
    both = _BOTH.search(after[:60]) or _EQUITY_LOAN.search(after[:40])
    if both or _ROUND_FUNDS.match(after):
        return Role.FUNDING
    if re.match(
        r"^\s(?:in|via|through) (?:an?|the) (?:\w+ )?(?:deal|transaction)\b", after
    ):
        return None
    found: list[Role] = []
    for word in _phrase(_PRE_IPO.sub("", _IN_A_DEAL.split(after)[0])):
        found += [role for role, pattern in _HEADS if pattern.match(word)][:1]
    return next((role for role, _ in _HEADS if role in found), None)


def _phrase(after: str) -> list[str]:
    """List the words of the noun phrase that starts right after the sum."""
    kept: list[str] = []
    for raw in after.replace("-", " - ").split():
        word = raw.strip("'\"’“”„")
        if word in ("-", "–"):
            continue
        bare = word.rstrip(",.;:!?")
        if bare.lower() in _STOP_WORDS or len(kept) >= 6 or word[:1] in ",.;:":
            break
        if bare.lower() not in _SKIPPED:
            kept.append(bare)
        if bare != word:
            break
    return kept
