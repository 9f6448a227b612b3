"""Tell "all" from "some" and "only" from "among others". Pure."""

import re
from collections.abc import Mapping

from intel import senses, text, wording

# Words that claim the whole of something; evidence must have one of the same class.
_CLASSES: Mapping[str, re.Pattern[str]] = {
    "all": re.compile(
        r"\b(?:all(?! (?:right|day|year))|every|each|entire|entirely|whole|wholly|"
        r"fully|"
        r"completely|everyone|everything|"
        r"full(?= (?:[a-z]+ )?(?:costs?|amount|sum|price|fees?|loss|refund|range)\b)|"
        r"anywhere|everywhere|always|exclusively|"
        r"without exception|alle[nmrs]?|sämtliche\w*|jede[rsnm]?|vollständig|komplett|"
        r"ausnahmslos|immer|gesamte\w*)\b"
    ),
    "only": re.compile(
        r"\b(?:only|sole|solely|exclusively|alone|on (?:its|their|his|her) own|nur|"
        r"ausschließlich|lediglich|"
        r"einzige\w*)"
        r"\b"
    ),
    "most": re.compile(
        r"\b(?:(?<!at )most|majority|mostly|mainly|die meisten|mehrheit)\b"
    ),
    "none": re.compile(r"\b(?:none|no one|nobody|keiner|niemand)\b"),
    "first": re.compile(
        r"\b(?:first(?! (?:quarter|half|nine|six|three|months))|erste[rsnm]?|"
        r"erstmals)\b"
    ),
    "top": re.compile(
        r"\b(?:largest|biggest|best|(?:the|a|as) leading|greatest|fastest|highest|"
        r"größte\w*|beste\w*|"
        r"führend\w*|schnellste\w*|höchste\w*)\b"
    ),
    "never": re.compile(r"\b(?:never|nie|niemals)\b"),
}
_PART = re.compile(
    r"\b(?:some|several|part of|partly|half|most|many|few|one of|two of|three of|a "
    r"third|"
    r"in part|at the (?:two|three|four)|einige\w*|mehrere\w*|teilweise|teils|hälfte|"
    r"manche\w*|"
    r"nicht alle|not all|other)\b|\b\d+ (?:of|von) (?:the )?\w+|"
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten) of (?:the )?\w+"
)


_NOT_ANY = re.compile(r"\bnot\b[^.;]{0,40}\bany(?:one|body)?\b")
_NOTHING = re.compile(r"\b(?:nothing|no|not one|not a single|has yet to|nichts)\b")
_EXCEPT = re.compile(
    r"\b(?:but|except|apart from|other than|save|besides|excluding|außer|bis auf)\b"
)
_ALL_BUT = re.compile(
    r"\b(?:all|every|each|alle[nmrs]?)\b(?: [\w-]+){1,4} "
    r"(?:but|except|apart from|other than|save for|außer)\b"
)
# What "all" is said of: the words behind it, up to the end of their phrase.
_EACH = re.compile(
    r"\b(?:all(?: of)?|every|each(?: of)?|entire|whole)"
    r"(?P<of>(?: (?!(?:and|or|in|at|on|for|to|from|with|by|but|that|which|is|are|was|"
    r"were|have|has|will)\b)[\w'’-]+){1,4})"
)
_ALL = re.compile(r"\ball (?:of )?(?:the |its |their )?(?P<many>\d[\d.,]*\d|\d)\b")
# "340 of about 5,100 employees".
_SO_MANY_OF = re.compile(
    r"\b(?P<part>\d[\d,.]*\d|\d) (?:out )?of (?:the |its |their |about |around |some |"
    r"roughly |all )*(?P<whole>\d[\d,.]*\d|\d)\b"
)
_NO = re.compile(r"\b(?:no|none|not|keine?|nicht)\b")
_NTH = re.compile(
    r"(?<!\ba )(?<!\bone )(?<!\btwo )\b(?:second|third|fourth|fifth|sixth|seventh|"
    r"eighth|ninth|tenth|zweite|dritte|"
    r"vierte|fünfte)[nrs]?\b(?![ -](?:quarter|quartal|half|halbjahr))"
)


def _counted(said: str, every: str) -> bool:
    """Say whether "all 820" are the 820 of which the evidence speaks."""
    found = _ALL.search(said)
    if found is None:
        return False
    them = rf"(?<!of )\b(?:the|its|their|die|alle) {re.escape(found['many'])}\b"
    return bool(re.search(them, every))


def _but(said: str, every: str) -> bool:
    """Say whether the evidence knows an exception that a claim leaves out."""
    return bool(_ALL_BUT.search(every)) and not _EXCEPT.search(said)


def _is_of_so_many(said: str, every: str) -> bool:
    """Say whether "all 5,100" are those of whom the evidence counts but a part."""
    parts = [
        found for found in _SO_MANY_OF.finditer(every) if found["part"] not in said
    ]
    return any(re.search(rf"(?<![\d.,]){found['whole']}(?![\d.,]*\d)", said)
               for found in parts)  # fmt: skip


def _of_others(said: str, every: str) -> bool:
    """Say whether the evidence says "all" only of other things than a claim does."""
    mine = [wording.concepts(found["of"]) for found in _EACH.finditer(said)]
    theirs = [wording.concepts(found["of"]) for found in _EACH.finditer(every)]
    if (
        not all(mine)
        or not mine
        or not theirs
        or len(theirs) < len(_CLASSES["all"].findall(every))
    ):
        return False
    return not any(wording.shared(a, b) for a in mine for b in theirs)


def overdrawn(claim: str, nearest: str, carried: str) -> str:
    """Give the class of words by which a claim says more than its evidence, or ""."""
    said, near, every = text.fold(claim), text.fold(nearest), text.fold(carried)
    if strange := set(_NTH.findall(said)) - set(text.words(every)):
        return str(min(strange))
    for name, words in _CLASSES.items():
        if not words.search(said):
            continue
        if name == "all" and _NO.search(near) and senses.means_denial(claim, nearest):
            continue
        if name == "all" and _counted(said, every):
            continue
        if name == "none" and (_NOT_ANY.search(every) or _NOTHING.search(near)):
            continue
        if not words.search(every):
            return name
        if name == "all" and _PART.search(near) and not words.search(near):
            return name
        if name == "all" and any(
            way(said, every) for way in (_is_of_so_many, _but, _of_others)
        ):
            return name
    return ""
