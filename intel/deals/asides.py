"""Take what merely describes out of a marked text: asides, owners, posts. Pure."""

import re
from dataclasses import replace

from intel.deals.edges import belongs
from intel.deals.marks import MONEY, ROUND
from intel.deals.naming import LED, NAME, Named
from intel.deals.vocabulary import ARM, DESC, GENERIC, HEAD, INVESTOR_NOUN, ROLE

ONE = rf"{NAME}{LED}?"
ARTICLE = (
    r"(?:the|an?|its|his|her|their|our|both|all|some|other|der|die|das|dem|den|des|ein|"
    r"eine|einer|einem)"
)
_GROUP = (
    r"executives|employees|alumni|scouts|staff|people|team|operators|engineers|leaders|"
    r"managers|angels|members|customers|gründern?|owners|veterans|insiders|families|"
    r"family"
)
_PEOPLE = rf"(?:founders?(?!\s{NAME})|co-?founders?|{_GROUP})"
_PEOPLE_GROUP = rf"(?:founders|co-?founders|{_GROUP})"
_OWNED = re.compile(rf"(?P<owner>{NAME})['’]s?\s(?P<own>{NAME})")
_ASIDE_WORDS = re.compile(
    r",\s(?:for the first time|once (?:again|more)|again|this time|in turn|"
    r"among others|"
    r"neu|erstmals|erneut|wieder|respectively|for instance|notably|too|as well),\s"
)
# "Magnate International's venture unit, Magnate Ventures,": its own name is meant.
_NAMED_ARM = re.compile(
    rf"(?:{NAME}['’]s?\s{ARM}|(?:the|its)\s{ARM}\sof\s{NAME}),\s(?P<who>{NAME})(?=,)"
)
# "the venture arm of shipping line Foo, Foo Next, joined", but "of Foo, Bar and Baz".
_ARM_OF_SOME = re.compile(
    rf"\bthe\s{ARM}\sof\s(?:(?:the|an?)\s)?(?:{DESC}\s){{1,4}}{NAME},\s"
    rf"(?P<who>{NAME})(?=,\s(?!and\b|or\b|{DESC}\s{NAME}|{NAME}))"
)
_OWNED_ARM = re.compile(
    rf"({ONE})(?:\s[a-z]+){{0,2}}['’]s?\s{ARM}\b(?!\s(?:{DESC}\s)?{NAME})"
)
_PLAIN_ARM = re.compile(
    rf"({ONE})\s(?:(?:corporate|venture|family|investment|capital)\s){{0,3}}"
    r"(?:arms?|units?|offices?|vehicles?|funds?|accelerator|syndicate)(?=[,.;:)]|"
    r"\s(?:and|und)\b|$)"
)
# "Monzy founder Tom Bloom", "Singapore's sovereign fund GIC": the last is meant.
_MODIFIED = re.compile(
    rf"{NAME}(?:-[a-z]+(?=\s)|"
    rf"(?:['’]s?)?\s(?:{DESC}(?=\s)))\s(?:{DESC}\s){{0,4}}(?:and\s(?:{DESC}\s){{1,3}})?(?P<who>{ONE})"
)
# "Foo Capital of Paris": a place stands alone and has no sign.
_OF_PLACE = re.compile(
    rf"({ONE})\sof\s[A-ZÀ-Þ][\w.-]+(?:\s[A-ZÀ-Þ]\w+){{0,2}}"
    r"(?=[,;:]|\.(?:\s|$)|\s(?:and|und|is|are|led|co-led|leads?|joined|in it)\b|$)"
)
_PEOPLE_OF = re.compile(
    rf"\b(?:(?:{DESC})\s){{0,3}}{_PEOPLE_GROUP}\s(?:of|at|from|behind|von|der|des)\s"
    rf"(?:the\s)?(?:{DESC}\s){{0,3}}?{ONE}(?:,\s{ONE}(?=,?\sand\s{ONE}))*(?:\sand\s{ONE})?"
)
_PEOPLE_AFTER = re.compile(
    rf"{ONE}['’]?s?\s(?:(?!as\b|and\b|in\b)[a-z]+\s)?{_PEOPLE}(?=[,.;:]|\sand\b|$)"
)
_ROUND_WORD = (
    rf"(?:{ROUND}[^\s,]*|\w*(?:round|financing|deal|investment|funding|raise|"
    r"transaction|extension|syndicate)\b)"
)
_WHICH_LED = re.compile(
    rf"({NAME}),?\s(?:which|who)(?:\s(?:also|is|was|jointly|again|once))*\s"
    rf"(?:co-)?(?:led|leading|leads)(?:\s(?:the|"
    rf"this)\s(?:(?!original|earlier|previous|prior|first|last|initial)[\w-]+\s)"
    rf"{{0,2}}?{_ROUND_WORD}"
    r"(?:\s(?:round|financing|funding))?|\sit\b|(?=,|\.|\sand\b|$)),?"
)
# "which wrote the largest ticket and led"
_WHICH_ALSO_LED = re.compile(
    rf"({NAME}),\swhich\s[^,;.{NAME[1:-1]}]{{3,60}}\sand\s(?:co-)?(?:led|leads|"
    rf"is leading)"
    rf"(?:\s(?:it|(?:the|this)\s{_ROUND_WORD}))?(?=[,.;]|$),?"
)
_ENDS = rf"(?=[,.;:]|\s(?:and|und)\s(?:{DESC}\s)*{NAME}|$)"
_OF_NAME = (
    rf"\s(?:of|at|behind|for|from|with|by|von|des|hinter|bei)\s[^,;]{{1,60}}?{_ENDS}"
)
_ASIDES = (
    re.compile(rf"({ONE}),\sfrom\s(?![^,]*\band\b)[^,;:]{{2,25}}(?:,|(?=[.;]|$))"),
    re.compile(
        rf"({ONE}),\s(?:through|via|über|backed by|based in|known for|of|called|"
        rf"named|"
        rf"managed|run|based|founded|headquartered|owned|controlled|chaired|headed|"
        rf"advised|"
        rf"formed|created|set up|launched|established|affiliated|"
        rf"headed up)\s[^,;:{MONEY[1:-1]}]{{3,80}}(?:,|(?=[.;]|$))"
    ),
    re.compile(
        rf"({ONE}),\s(?:(?:in|of|for|by|both of|all of|some of|one of)\s)?(?:which|"
        rf"who|whose|whom|where)(?!\salso)\s[^,;:{MONEY[1:-1]}]{{3,120}}?(?:,|"
        rf"(?=[.;]|$))"
    ),
    re.compile(
        rf"({ONE}),\s{ROLE}\b(?:,?\s(?:and|&)\s{ROLE}\b)?(?:\s(?:and|&)\s[a-z-]+)?"
        rf"(?:\s(?!and\b|und\b)[\w-]+){{0,3}}?(?:{_OF_NAME}|{_ENDS})(?:,(?=\s))?"
    ),
    # "Foo, von Anfang an beteiligt, und Bar"
    re.compile(
        rf"({ONE}),\s(?:von Anfang an|von Beginn an|schon|bereits|seit)\s"
        rf"[^,;:{MONEY[1:-1]}{NAME[1:-1]}]{{3,60}},(?=\s)"
    ),
    # "Ann Roe, früher Technikchefin beim Versicherer Foo"
    re.compile(
        rf"({ONE}),\s(?:früher\w*|ehemal\w+|vormals|zuvor|einst|heute|jetzt|derzeit|"
        rf"lange|zuletzt|bis vor kurzem)\s[^,;:{MONEY[1:-1]}]{{3,80}}?{_ENDS}"
        rf"(?:,(?=\s))?"
    ),
    re.compile(
        rf"({ONE}),\s(?!the (?:rest|remainder|balance|other)\b)(?:the|an?|one of|"
        rf"part of|itself|formerly|now|"
        rf"ein|eine|der|die|das|both|an|each|all)\s"
        rf"(?:[^,;:{MONEY[1:-1]}{NAME[1:-1]}]{{3,80}}|[^,;:{MONEY[1:-1]}]{{1,60}}?"
        rf"\s(?:of|behind|by|at|in|from|for|to|with|von|des|hinter|its|their|founded)"
        rf"\s[^,;:]{{0,60}}?{NAME}[^,;:{NAME[1:-1]}]{{0,25}})(?:,|(?=[.;]|$))"
    ),
)
# "Foo, the leader of the round, and Bar".
_LEADER = re.compile(
    rf"({NAME}),\s(?:as\s)?(?:the\s)?(?:co-)?lead(?:er)?(?:\s(?:of|in)\s(?:the|this)\s"
    rf"{_ROUND_WORD})?(?=[,.;]|$),?"
)
# "Foo, der die Runde gemeinsam mit dem Wiener Fonds Bar anführt": both do.
_DER_LED = re.compile(
    rf"(?P<one>{NAME}),\s(?:der|die|das|welche[rs]?)\s(?:(?:auch|zudem|diese|die|den|"
    rf"das)\s){{0,3}}(?:{ROUND}[^\s,]*|\w*(?:[Rr]unde|[Ff]inanzierung|Deal|"
    rf"Investment))\s"
    rf"(?:(?:gemeinsam|zusammen)\smit\s(?:(?:{ARTICLE}|{DESC})\s){{0,4}}"
    rf"(?P<two>{NAME})\s)?(?:gemeinsam\s|allein\s|erneut\s)?(?:an)?(?:ge)?führte?"
    rf"(?:\shat)?n?(?=[,.;]|$|\sund\b),?"
)
# "A and B, which led jointly, …": all of them do.
_BOTH_LED = re.compile(
    rf"({NAME}),?\s(?:and\s(?:{DESC}\s)*)({NAME}),?\s(?:which|who)\s"
    rf"(?:(?:jointly|together|both)\s(?:co-)?led|(?:co-)?led\s(?:jointly|together)|"
    rf"co-led)(?:\s(?:it|(?:the|this)\s{_ROUND_WORD}))?(?=[,.;]|$),?"
)
_BELONGS = re.compile(
    rf"(?P<role>\b(?:[Pp]artner|[Pp]rincipal|"
    rf"[Dd]irector)\s)?(?P<who>{NAME}{LED}?)\s(?:of|at|from|"
    rf"von)\s(?:the\s)?(?:{DESC}\s){{0,3}}(?P<whose>{NAME})"
)
_SOME = r"(?:such\sas|including|like|among\sthem|namely|darunter|wie)"
BEFORE = (
    rf"(?:(?:{ARTICLE}|{DESC})\s){{0,8}}(?:and\s(?:{DESC}\s){{1,3}})?"
    rf"(?:(?:(?:funds?|accounts)\s(?:managed|advised|run)\sby|{ARM}\sof|"
    rf"{INVESTOR_NOUN},?\s{_SOME})"
    rf"\s(?:(?:{ARTICLE}|{DESC})\s){{0,5}})?"
)


def one_each(named: Named) -> Named:
    """Join or part what an apostrophe ties, and drop names that only describe."""
    named = _owned(named)
    text = _ASIDE_WORDS.sub(" ", re.sub(r"\s(?:[–—]|--?)\s", ", ", named.text))
    text = _REPORTED.sub("", text)
    text = _OF_PLACE.sub(r"\1", text)
    text = _NAMED_ARM.sub(r"\g<who>", text)
    text = _ARM_OF_SOME.sub(r"\g<who>", text)
    text = _OWNED_ARM.sub(r"\1", text)
    text = _PLAIN_ARM.sub(r"\1", text)
    text = _PEOPLE_OF.sub("somebody", text)
    text = _MODIFIED.sub(r"\g<who>", text)
    text = _NAMED_ARM.sub(r"\g<who>", text)
    text = _THROUGH.sub(lambda match: _through(named, match), text)
    return replace(named, text=_PEOPLE_AFTER.sub("somebody", text))


# "the state's jobs agency, JobsOhia": who a description stands for.
_DESCRIBED = re.compile(
    rf"\b(?:the|its|an?|his|her|their|[\w-]+['’]s?|former)\s(?:{DESC}\s){{1,6}}?"
    rf"(?:agency|fund|bank|firm|arm|company|maker|giant|group|institute|investor|"
    rf"backer|"
    rf"shareholder|employer|insurer|utility|retailer|operator|vehicle|office|"
    rf"foundation),"
    rf"\s(?:the\s)?(?={ONE}(?:[,.]|\s[a-z]|$))"
)
# "the former head of US Cyber Command, Raymond Tull": who a post stands for.
_HEAD_OF = re.compile(
    rf"(?<=\s)(?:the\s)?(?:(?:former|current|ex)[\s-])?(?:head|chief|boss|president|"
    rf"chair|"
    rf"founder|co-founder|director)\s(?:of|at)\s[^,;:]{{2,40}},\s(?={ONE}(?:[,.]|"
    rf"\s[a-z]|$))"
)
# "three lead investors, Foo News can reveal: A, B and C".
_REPORTED = re.compile(
    rf",\s{NAME}\s(?:(?:has|can|first|exclusively)\s)*(?:reveal(?:s|ed)?|learned|"
    r"understands|reports?|reported|writes)\b(?:\sexclusively)?(?=[:.,;]|$)"
)
# "shoemaker Alfsen through its family office Alfsen Holding": the second is meant.
_THROUGH = re.compile(
    rf"(?P<owner>{NAME}){LED}?(?P<between>,?(?:\s(?:is|are|was|in|too|for|the|first|"
    rf"time|also|joined|joins|"
    rf"invested|participated)){{0,7}},?)\s(?:through|via|über)\s"
    rf"(?:(?:its|their|the|his|her|an?)\s)?(?:{DESC}\s)*(?:,\s)?(?P<who>{ONE})"
)


def _through(named: Named, match: re.Match[str]) -> str:
    """Read "Alfsen through its family office Alfsen Holding" as the second."""
    owner, own = named.name_at(match["owner"]), named.name_at(match["who"][0])
    same = own.startswith(owner.split()[0])
    return match["who"] + match["between"] if same else match[0]


def _owned(named: Named) -> Named:
    """Read "Eli's Harbor" as one name, "Amazon's Climate Pledge Fund" as the second."""
    names = list(named.names)

    def tied(match: re.Match[str]) -> str:
        owner, own = named.name_at(match["owner"]), named.name_at(match["own"])
        apostrophe = match[0][1 : match[0].index(" ")]
        if not _is_one_name(owner, own) and not belongs(f"{owner}{apostrophe}", own):
            return match["own"]
        names[named.place_of(match["own"])] = f"{owner}{apostrophe} {own}"
        return match["own"]

    text = _OWNED.sub(tied, named.text)
    return Named(text, tuple(names))


def _is_one_name(owner: str, own: str) -> bool:
    words = own.split()
    if all(word.lower() in GENERIC for word in words):
        return True
    plain = len(words) == 1 and not re.search(r"\d|^[A-Z]{2,}$", own)
    return plain and len(owner.split()) == 1


def without_asides(named: Named) -> Named:
    """Take out ", the Danish fund," and note who ", which led the round," leads."""
    text = _BOTH_LED.sub(rf"\1{LED} and \2{LED},", named.text)
    text = _WHICH_LED.sub(rf"\1{LED},", text)
    text = _DER_LED.sub(_both_led, text)
    text = _LEADER.sub(rf"\1{LED},", text)
    text = _WHICH_ALSO_LED.sub(rf"\1{LED},", text)
    text = re.sub(r",(?:\s?,)*(?=[.;:]|$)|(?<=,)(?:\s?,)+", "", text)
    for aside in _ASIDES:
        text = aside.sub(_closed, text)
    text = _DESCRIBED.sub("", text)
    text = _HEAD_OF.sub("", text)
    text = _THROUGH.sub(lambda match: _through(named, match), text)
    return _belongings(replace(named, text=text))


def _both_led(match: re.Match[str]) -> str:
    two = f" und {match['two']}{LED}" if match["two"] else ""
    return f"{match['one']}{LED}{two},"


def _closed(aside: re.Match[str]) -> str:
    """Leave a comma in a list, none before the verb: "X, an early backer, joined"."""
    if not aside[0].endswith(","):
        return aside[1]
    rest = aside.string[aside.end() :]
    goes_on = re.match(r"\s(?!and\b|und\b|as well\b|with\b|plus\b)[a-z]", rest)
    item = re.match(rf"\s{BEFORE}{NAME}", rest)
    return aside[1] if goes_on and not item else f"{aside[1]},"


def _belongings(named: Named) -> Named:
    """Read "Ann Roe of Foo" as the person, "Ann Roe at Foo Ventures" as the fund."""

    def chosen(match: re.Match[str]) -> str:
        house = named.name_at(match["whose"])
        led = re.search(r"\bled by\s$", match.string[: match.start()])
        at = re.search(rf"{NAME}\sat\s", match[0])
        person = not HEAD.search(named.name_at(match["who"][0]))
        signs = at or re.search(rf"{NAME}\sfrom\s", match[0])
        fund = (
            match["role"] or (led and at) or (signs and HEAD.search(house) and person)
        )
        return match["whose"] if fund else f"{match['role'] or ''}{match['who']}"

    return replace(named, text=_BELONGS.sub(chosen, named.text))
