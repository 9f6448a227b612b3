"""Read a list of investors' names up to where its sentence goes on. Pure."""

import re
from collections.abc import Iterator

from intel.deals.marks import MONEY, ORG, ROUND, clean
from intel.words import listed

_NAME_WORD = (
    r"(?:[A-ZÄÖÜÅÉØ0-9][\w.'’+*/&\ue300-]*|[a-z]+\d\w*|[a-z][A-Z]\w*|[a-z]\.\w+|(?:aws|btov|bmp|ewor)\b|"
    r"[a-z]{2,3}-[a-z]\b)"
)
_NAME = re.compile(
    rf"{_NAME_WORD}(?:\s(?:(?:&|of|de|du|la|der|für|von|and Company)\s)?{_NAME_WORD})*"
    r"(?:\s(?:and|&)\s(?:Company|Co|Sons|Associates|Partners|Friends|Brothers|Play)\b)?"
)
_INSTITUTION = re.compile(
    r"^(?:the|der|die|das)\s(?:[\w-]+\s){0,3}(?:bank|fund|university|foundation|"
    r"ministry|"
    r"government|state|city|council|trust|company|office)\sof\s(?:the\s)?"
    r"[A-ZÄÖÜ][\w-]*(?:\sfamily)?"
)
_SPLIT = re.compile(
    r",\s(?:and\s|und\s|as well as\s|sowie\s|plus\s|from\s|and from\s)?|"
    r"\s(?:and (?:also )?from|und von|and|und|as well as|sowie|plus|"
    r"along with|alongside|together with)\s"
    r"(?!(?:Company|Co|Sons?|Söhne|Associates|Partners|Friends|Brothers|Play)\b)"
)
_TAIL = re.compile(
    rf"{MONEY}|{ROUND}|\s(?:that|which|who|to|at|after|before|while|when|where|will|"
    r"would|has|have|had|is|was|are|were|said|says|joins?|joined|joining|"
    r"taking part|chipping in|investing|contributing|returning(?=[.,;]|$)|"
    r"investier\w*|and (?:includ\w+|supported|comprising|consisting|"
    r"backed|followed|also|saw|had|featur\w+)|"
    r"participat\w+|took|"
    r"invested|followed|brings?|bringing|values?|valuing|for|into|during|through|"
    r"according|als|um|mit|nach|wie|hat|haben|ein|eingesammelt|erhalten|gesichert|"
    r"bekommen|beteilig\w*|dabei|angeführt|mit Beteiligung|with participation|with|"
    r"wird|"
    r"wurde|on|in|led)\b|[;:]|\s[–—-]\s|(?<!\b[A-Z])(?<!\bSt)[.!?](?:\s|$)|"
    r",\s(?:auch|außerdem|zudem|daneben|ebenso|ebenfalls|weiterhin|with|while)\s",
)
# "led by Foo, the newsletter Bar has learned": who tells it did not pay.
_TOLD_BY = re.compile(
    r",\s[^,;]{2,60}?\s(?:(?:has|have)\s(?:learned|confirmed|announced)|can\s(?:reveal|"
    r"report|confirm)|understands|report(?:s|ed)|writes|wrote|said|says|announced|told|"
    r"revealed|confirmed|disclosed|teilte|sagte|berichtet\w*)\b"
)
_DESCRIBED = re.compile(
    r"^(?:the|an?|der|die|das|ein|eine|dem|den)\s(?:[\w'’-]+\s){0,5}?(?:of|behind|von|"
    r"des|hinter)\b|^(?:the\s|a\s)?(?:former|ex(?=-)|founder|co-?founder|partner|head|"
    r"chief|"
    r"ceo|managing|maker|owner|which|who|based|an?)\b",
    re.IGNORECASE,
)
# "Bank of", "Fund of": with these words the place is part of the name.
_WHOLE_OF = "".join(
    f"(?<!{word})"
    for word in (
        "Bank",
        "University",
        "Fund",
        "Trust",
        "Board",
        "Council",
        "Authority",
        "Foundation",
        "Government",
        "Ministry",
        "House",
        "Corporation",
    )
)
_PEOPLE_OF = re.compile(
    r"^(?:the\s|its\s|die\s|a\s)?(?:[\w-]+\s){0,3}(?:founders?|team|people|owners?|"
    r"family|"
    r"executives?|employees|managers|angels|gründer|families|offices|customers|"
    r"members)\s"
    r"(?:of|behind|at|from|von|des|der|hinter)\b|"
    r"\s(?:scouts|alumni|executives|employees|insiders)$",
    re.IGNORECASE,
)
_NOBODY = listed(
    """the a an this series round seed january february march april may june july
    august september october november december monday tuesday wednesday thursday
    friday saturday sunday existing new other angel angels investors investor
    company us uk europe germany berlin london paris business
    investoren business-angels unternehmer geld die der das ceo cfo cto also all
    earlier both two three mehrere montag dienstag mittwoch donnerstag freitag
    series-a series-b finanzierung runde ebenfalls auch neben außerdem daneben
    business-angel it we they i he she today in with led participation others
    individuals newcomers those
    several various since then after when while we our last over more many now among
    until because this these those here but and as at for from how if it's there"""
)
_ROLE_WORDS = re.compile(
    r"^(?:(?:auch|also|the|die|der|das|dem|den|all|both|several|existing|new|other|"
    r"returning|earlier|early|current|previous|former|founding|major|angels?|business|"
    r"seed|investors?|backers?|shareholders?|lead|leads|firms?|insurer|participants|"
    r"US|UK|bestandsinvestor\w*|altinvestor\w*|geldgeber\w*|investor\w*|bisherige\w*|"
    r"unternehmer(?:in)?|finanzinvestor\w*|lead-?investor\w*|gesellschafter\w*|"
    r"\w*(?:konzern|händler|hersteller|versicherer|anbieter)\w{0,2}|"
    r"hauptinvestor\w*|[\w-]+-(?:konkurrent|unternehmer|gründer|konzern|riese|investor|"
    r"milliardär)\w*)[\s-]+)+",
    re.IGNORECASE,
)
_GERMAN_TRADE = re.compile(
    r"^(?:[A-ZÄÖÜ][\wäöüß]+er\s)?(?:(?:[A-ZÄÖÜ](?!\w*-\w+-fonds)[\wäöüß-]*?)?"
    r"(?:händler|konzern|"
    r"anbieter|"
    r"fonds|geber|gesellschaft|unternehmen|hersteller|versicherer|familie|riese|"
    r"tochter|"
    r"start-?up|firma|unternehmer(?:in)?|finanzierer|ableger|gesellschafter|sparte|"
    r"investor(?:in)?|hause?|"
    r"konzerns)s?\s)+"
    r"(?=[A-ZÄÖÜ\d])(?!(?:Sachsen|Bayern|Baden|Hessen|NRW|Thüringen|Brandenburg|"
    r"Berlin|Hamburg|Bremen|Niedersachsen|Saarland|Schleswig|Mecklenburg|Österreich|"
    r"Tirol|Zürich|Rheinland)\b)",
    re.IGNORECASE,
)
# "Chipmaker Nordance": a trade that is a capital only as a sentence's first word.
_TRADE_FIRST = re.compile(
    r"^(?:[A-Z][a-z]*(?:maker|giant|insurer|retailer|operator|billionaire|entrepreneur|"
    r"manufacturer|developer|supplier|provider|publisher|broadcaster|grocer|lender|"
    r"airline|railway|utility|actor|actress|singer|rapper|footballer|athlete|backer|"
    r"philanthropist|founder|businessman|businesswoman|angels?|telecoms|firms?|"
    r"investor|"
    r"startup|conglomerate)|Insurer|Retailer|Operator|Utility|Lender|Airline|Investor|"
    r"Backer|Telecoms|Actor|Singer|Startup|Conglomerate)\s"
    r"(?=[A-Z\d])(?!(?:Ventures?|Capital|Partners|Fund|Group|Holdings?|Invest)\b)"
)
_PLACE = re.compile(
    r"^(?:Singapore|Germany|Japan|China|India|Britain|France|Sweden|Switzerland|London|"
    r"Paris|Berlin|Tokyo|Israel|(?:South )?Korea|Norway|Denmark|Finland|Spain|Italy|"
    r"Canada|"
    r"Australia|Dubai|Saudi Arabia|Qatar|Abu Dhabi|Brazil|Hong Kong|Austria|Ireland|"
    r"Poland|"
    r"Estonia|Belgium|Portugal|Mexico|Nigeria|Kenya|New York|Boston|Munich|Amsterdam|"
    r"Stockholm|Copenhagen|Zurich|Europe|America|Silicon Valley)['’]s\s(?=[A-Z\d])"
)


# "Sam Ohm's Hydra", "General Wheat's 301 Inc", "Intra's Gradient Ventures": whose it is
# goes; "Eli's Harbor" and "Moody's Capital" are names.
_OWNED = re.compile(
    r"^(?:[A-ZÄÖÜ][\w&.-]*\s(?:[A-ZÄÖÜ][\w&.-]*\s?){1,2}['’]s?\s(?=[A-Z\d])|"
    r"[A-ZÄÖÜ][\w&.-]*['’]s?\s(?=(?:[A-Z\d][\w.-]*\s){1,3}(?:Ventures?|Capital|Fund|Partners|"
    r"Investments?|Foundation)\b|[A-Z]{2,4}$))"
)


_SPACE = "\ue300"  # a space within a name that holds "for" or "and"
_BANK_FOR = re.compile(
    r"\b(?:Bank|Agency|Institute|Cent(?:re|er)) for [A-ZÄÖÜ]\w+(?: and [A-ZÄÖÜ]\w+)?"
)


def read_names(
    text: str, own: frozenset[str], *, subject: bool = False
) -> tuple[str, ...]:
    """Read the names at the start of a text; all of it where it is a subject.

    `own` are names of the company itself, folded: it is no investor of its own.
    """
    whole = _BANK_FOR.sub(lambda m: m[0].replace(" ", _SPACE), text)
    plain = whole if subject else _up_to_tail(whole)
    found = (
        _name(piece.strip(" .,"), after=glue).replace(_SPACE, " ")
        for glue, piece in _pieces(plain)
    )
    return tuple(name for name in found if name and not _is_nobody(name, own))


def _is_nobody(name: str, own: frozenset[str]) -> bool:
    folded = name.casefold()
    if not re.search(r"[^\W\d_]", name):
        return True
    return folded in own or _NOBODY.issuperset(folded.split())


def _up_to_tail(text: str) -> str:
    ends = [stop.start() for cue in (_TAIL, _TOLD_BY) if (stop := cue.search(text))]
    return text[: min(ends, default=len(text))]


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    at, glue = 0, ""
    for match in _SPLIT.finditer(text):
        yield glue, text[at : match.start()]
        at, glue = match.end(), match[0]
    yield glue, text[at:]


def _name(piece: str, *, after: str) -> str:
    """Take the name out of one piece of a list; "" where it only describes one."""
    piece = re.split(
        r"\b(?:including|such as|like|among them|darunter|wie(?: etwa)?)\s", piece
    )[-1]
    if ORG in piece or not piece:
        return ""
    whole = _INSTITUTION.match(piece)
    if whole:
        return re.sub(r"^(?:the|der|die|das)\s", "", whole[0])
    if ("," in after and _describes(piece)) or _PEOPLE_OF.search(piece):
        return ""
    bare = _bare(piece, first=not after)
    found = list(_NAME.finditer(bare))
    if not found:
        return ""
    # What describes stands before the name: "crisp maker Tyndall's".
    name = re.split(rf"{_WHOLE_OF}\sof\s", clean(found[-1][0]))[0]
    name = re.sub(r"^(?:Dr|Prof|Sir|Mr|Ms)\.?\s|['’]s$", "", name.strip(" .,"))
    return name.strip(" .,'’-")


def _describes(piece: str) -> bool:
    """Tell ", the Dutch state's investment vehicle" from a name in a list."""
    if _PERSON_LAST.search(piece):
        return False
    article = re.match(r"^(?:the|an?|der|die|das|ein|eine)\s", piece)
    common = re.search(r"\s[a-zäöü][\w-]*$", piece)
    return bool(_DESCRIBED.match(piece) or (article and common))


# "former Barkley's boss Antony Jenk" is a person, "partner at Blue Field" is none.
_PERSON_LAST = re.compile(
    r"^(?!.*\b(?:of|behind|von|hinter)\s).*\s(?!(?:of|at|for|in|behind|from|the|and|with|by|bei|von|der|des|aus|to|on)\s)"
    r"[a-zäöü][\w-]{3,}\s[A-ZÄÖÜ][\w'’-]+\s[A-ZÄÖÜ][\w'’-]+$"
)
# Funds that write themselves in small letters.
_SMALL = r"(?!(?:aws|btov|bmp|ewor|signals|ananda)\s)"


def _bare(piece: str, *, first: bool) -> str:
    """Take articles, roles, places and a German trade off the front of a name."""
    bare = re.sub(r"^[\w&.'’]+-(?:backed|based|owned|listed|led)\s", "", piece)
    bare = _ROLE_WORDS.sub("", bare)
    bare = _TRADE_FIRST.sub("", bare) if first else bare
    bare = re.sub(rf"^(?:{_SMALL}[a-zäöüß][\wäöüß-]*\s)+(?=[A-ZÄÖÜ\d])", "", bare)
    german = re.match(
        r"^(?:der|die|das|dem|den|vom|auch)\s|^\w+e[nrs]?\s(?=[A-ZÄÖÜ])", piece, re.I
    )
    bare = _GERMAN_TRADE.sub("", bare) if german else bare
    return _OWNED.sub("", _PLACE.sub("", bare))
