"""Tell "all" from "some" and "only" from "among others". Pure."""

import re
from collections.abc import Mapping

from intel import senses, text

# Words that claim the whole of something; evidence must have one of the same class.
_CLASSES: Mapping[str, re.Pattern[str]] = {
    "all": re.compile(
        r"\b(?:all(?! (?:right|day|year))|every|each|entire|entirely|whole|wholly|"
        r"fully|"
        r"completely|everyone|everything|anywhere|everywhere|always|exclusively|"
        r"without exception|alle[nmrs]?|sämtliche\w*|jede[rsnm]?|vollständig|komplett|"
        r"ausnahmslos|immer|gesamte\w*)\b"
    ),
    "only": re.compile(
        r"\b(?:only|sole|solely|exclusively|alone|nur|ausschließlich|lediglich|"
        r"einzige\w*)"
        r"\b"
    ),
    "most": re.compile(r"\b(?:most|majority|mostly|mainly|die meisten|mehrheit)\b"),
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
    r"at the (?:two|three|four)|einige\w*|mehrere\w*|teilweise|teils|hälfte|manche\w*|"
    r"nicht alle|not all|other)\b|\b\d+ (?:of|von) (?:the )?\w+|"
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten) of (?:the )?\w+"
)


_ALL = re.compile(r"\ball (?:of )?(?:the |its |their )?(?P<many>\d[\d.,]*\d|\d)\b")
_NO = re.compile(r"\b(?:no|none|not|keine?|nicht)\b")
_NTH = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|zweite|dritte|"
    r"vierte|fünfte)[nrs]?\b(?![ -](?:quarter|quartal|half|halbjahr))"
)


def _counted(said: str, every: str) -> bool:
    """Say whether "all 820" are the 820 of which the evidence speaks."""
    found = _ALL.search(said)
    if found is None:
        return False
    them = rf"(?<!of )\b(?:the|its|their|die|alle) {re.escape(found['many'])}\b"
    return bool(re.search(them, every))


def overdrawn(claim: str, nearest: str, carried: str) -> str:
    """Give the class of words by which a claim says more than its evidence, or ""."""
    said, near, every = text.fold(claim), text.fold(nearest), text.fold(carried)
    if strange := set(_NTH.findall(said)) - set(_NTH.findall(every)):
        return str(min(strange))
    for name, words in _CLASSES.items():
        if not words.search(said):
            continue
        if name == "all" and _NO.search(near) and senses.means_denial(claim, nearest):
            continue
        if name == "all" and _counted(said, every):
            continue
        if not words.search(every):
            return name
        if name == "all" and _PART.search(near) and not words.search(near):
            return name
    return ""
