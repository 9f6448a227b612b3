"""Put one sign in place of each sum, round and mention of the company. Pure.

With the signs in place, grammar can be read with plain patterns: ORG for the company,
a sign of the MONEY range for a sum, of the ROUND range for a named round.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from cleanco import basename

from intel.deals import words
from intel.lexicon.shared import is_shared
from intel.money import Money, find_money
from intel.rounds import RoundWord, find_rounds
from store.records import Org

ORG = "\ue000"
MONEY = "[\ue100-\ue1ff]"
ROUND = "[\ue200-\ue2ff]"
_MONEY_AT, _ROUND_AT = 0xE100, 0xE200
_CAPITAL = re.compile(r"[A-ZÄÖÜ0-9][\w.&+-]*")
_SHORTEST = 4  # letters of a name's first word that may stand for all of it
_SIGNS = re.compile("[\ue000-\ue5ff]")
_SPEAKS = r"(?:told|said|says|raises|raised|lands|landed|announced|announces|closes)\b"


# What stands by a name and is none of it, its full stop taken for a sentence's end.
_UNSAID = re.compile(
    r"\b(?:Dr|Prof|Mr|Mrs|Ms|Gen|Sen)\.\s(?=[A-ZÄÖÜ])|,\s(?:Inc|LLC|Ltd)\.?(?=,)"
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with its signs, and what stands behind them."""

    text: str
    source: str
    money: tuple[Money, ...]
    rounds: tuple[RoundWord, ...]

    @property
    def names_org(self) -> bool:
        """Whether the company is named in it."""
        return ORG in self.text

    def sum_at(self, sign: str) -> Money:
        """Give the sum behind its sign."""
        return self.money[ord(sign) - _MONEY_AT]

    def round_at(self, sign: str) -> str:
        """Give the name of the round behind its sign."""
        return self.rounds[ord(sign) - _ROUND_AT].name


def mark(sentence: str, org: Org) -> Marked:
    """Mark sums, then rounds, then the company."""
    plain = re.sub(r"\s", " ", _SIGNS.sub(" ", sentence)).replace("--", " — ")
    plain = re.sub(r"Board of (?:Directors|Managers|Advisors)", "board", plain)
    plain = _UNSAID.sub("", plain)
    money = find_money(plain)[:200]
    text = _replace(plain, [(m.start, m.end) for m in money], _MONEY_AT)
    rounds = find_rounds(text)[:200]
    text = _replace(text, [(r.start, r.end) for r in rounds], _ROUND_AT)
    return Marked(_open_brackets(_mark_org(text, org)), sentence, money, rounds)


def is_longer_name(org: Org, text: str) -> bool:
    """Say whether the first thing called by the org's name is called something more."""
    plain = re.sub(r"\s", " ", text)
    for match in _pattern(org.names).finditer(plain):
        return not _stands_alone(plain, match, org)
    return False


def is_ever_longer(org: Org, text: str) -> bool:
    """Say whether a text calls whom it means by one longer name, again and again.

    A headline cuts "Foo Home Inc." down to "Foo".
    """
    plain = re.sub(r"\s", " ", text)
    found = list(_pattern(org.names).finditer(plain))
    behind = {_behind(plain, match) for match in found}
    longer = all(_goes_on(plain, match, org) for match in found)
    return longer and len(found) > 1 and len(behind) == 1


def _behind(text: str, match: re.Match[str]) -> str:
    """Give the word behind a name."""
    after = re.match(r"[ -]([\w&+-]+)", text[match.end() :])
    return after[1] if after else ""


def longer_name(org: Org, text: str) -> str:
    """Give the longer name by which a text calls the company first, or nothing."""
    plain = re.sub(r"\s", " ", text)
    match = _pattern(org.names).search(plain)
    if not match or not _goes_on(plain, match, org):
        return ""
    after = re.match(r"[ -][A-ZÄÖÜ][\w&+-]*", plain[match.end() :])
    return match[0] + after[0] if after else ""


def called_longer(org: Org, text: str) -> str:
    """Give the longer name of a coined one, where the text goes on with the short.

    "Fooster Kuber raised $5M. … Fooster says": nobody else is called Fooster.
    """
    longer = longer_name(org, text)
    first = org.names[0]
    if not longer or is_shared(first) or not longer.startswith(f"{first} "):
        return ""
    rest = text.replace(longer, " ")
    alone = [
        m for m in _pattern((first,)).finditer(rest) if _stands_alone(rest, m, org)
    ]
    return longer if alone else ""


def spelled(org: Org, text: str) -> str:
    """Give the way a text spells a coined name: "FooBar" of "Foobar", "Foobar.com"."""
    name = org.names[0]
    for form in (org.domain, name):
        for match in re.finditer(
            rf"(?<![\w@./-]){re.escape(form)}(?![\w@]|\.\w)", text, re.IGNORECASE
        ):
            if match[0] != name and _spells(match, form):
                return match[0]
    return ""


def _spells(match: re.Match[str], form: str) -> bool:
    """Say whether a name in other capitals is one, not a word of the language."""
    if "." in form:
        return True
    if is_shared(form.lower()):
        return False
    if " " in form:
        return all(word[0].isupper() for word in match[0].split()) and (
            match[0] != match[0].upper()
        )
    return match[0] != match[0].lower() or bool(
        re.match(
            rf"(?:,?\s{_SPEAKS}|\s(?:Inc|GmbH|Ltd|AG)\b)", match.string[match.end() :]
        )
    )


def full_name(org: Org, text: str) -> str:
    """Give the longer name that a text and the company's web address agree on."""
    plain = re.sub(r"\s", " ", text)
    for match in _pattern(org.names).finditer(plain):
        after = re.match(r"[ -]([A-ZÄÖÜ][\w&+-]*)", plain[match.end() :])
        if after and _in_address(org, match[0], after[1]):
            return match[0] + after[0]
    return ""


def short_name(org: Org, text: str) -> str:
    """Give the first word of a name where a text that says it all goes on with it."""
    for name in org.names:
        first, _, rest = str(basename(name.strip())).strip(" ,").partition(" ")
        if not rest or len(first) < _SHORTEST or is_shared(first) or name not in text:
            continue
        alone = rf"(?<![\w-])(?<![A-Z]\w\s){re.escape(first)}(?!\s[A-Z])(?![\w-])"
        if first.lower() not in words.TRADE_WORDS and re.search(alone, text):
            return first
    return ""


def _in_address(org: Org, name: str, word: str) -> bool:
    stem, short = _compact(org.domain.split(".", maxsplit=1)[0]), _compact(name)
    shortened = words.SHORT_TRADES.get(word.lower(), word)
    longer = short + _compact(word)
    return stem in {longer, short + shortened} or _compact(org.domain) == longer


def clean(text: str) -> str:
    """Take the signs out of a piece of a marked text."""
    return _SIGNS.sub(" ", text)


def _replace(text: str, spans: list[tuple[int, int]], first: int) -> str:
    for number, (start, end) in reversed(list(enumerate(spans))):
        text = text[:start] + chr(first + number) + text[end:]
    return text


def _open_brackets(text: str) -> str:
    """Drop asides in brackets, except those that hold a sum or a round."""

    def opened(match: re.Match[str]) -> str:
        if re.fullmatch(r"(?:co-)?lead(?: investor)?", match[1], re.IGNORECASE):
            return ", which led,"
        keeps = re.search(f"{MONEY}|{ROUND}|{ORG}", match[1])
        return f", {match[1]}," if keeps else ""

    return re.sub(r"\s?\(([^()]*)\)?", opened, text)


@lru_cache(maxsize=1024)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Match every spelling of the names, the longest first."""
    spellings = {spelling for name in names for spelling in _spellings(name)}
    ordered = sorted(spellings, key=len, reverse=True)
    either = "|".join(_flexible(s) for s in ordered) or r"(?!)"
    return re.compile(rf"(?<![\w@.-])(?:{either})(?![\w@]|\.\w)")


def _spellings(name: str) -> set[str]:
    bare = basename(name.strip()).strip(" ,") or name.strip()
    both = {name.strip(), bare}
    return both | {s.upper() for s in both if len(s) > 3}


def _flexible(spelling: str) -> str:
    return r"[\s-]".join(re.escape(part) for part in re.split(r"[\s-]+", spelling))


def _mark_org(text: str, org: Org) -> str:
    pieces, last = [], 0
    for match in _pattern(org.names).finditer(text):
        if not _stands_alone(text, match, org):
            continue
        pieces += [text[last : match.start()], ORG]
        last = match.end() + _legal_form(text[match.end() :])
    return "".join([*pieces, text[last:]])


def _stands_alone(text: str, match: re.Match[str], org: Org) -> bool:
    """Tell "Gantry raises" from "Gantry Pharma raises" and "Blue Gantry raises"."""
    return not (_goes_on(text, match, org) or _began_before(text, match))


def _legal_form(after: str) -> int:
    """Measure the legal form at the start of a text."""
    found = words.LEGAL_FORM.match(after)
    return found.end() if found else 0


def _goes_on(text: str, match: re.Match[str], org: Org) -> bool:
    after = re.match(r"[ -]([A-ZÄÖÜ][\w&+-]*)", text[match.end() :])
    if not after or _legal_form(text[match.end() :]):
        return False
    word = after[1]
    if word.casefold() in words.AFTER_NAME or _verb_like(word, _around(text, match)):
        return False
    longer = _compact(match[0] + word)
    stem = _compact(org.domain.split(".", maxsplit=1)[0])
    own = stem.startswith(longer) or (
        len(stem) > len(_compact(match[0])) and longer.startswith(stem)
    )
    own = own or _in_address(org, match[0], word)
    return not (own or _coined(match[0], word))


def _around(text: str, match: re.Match[str]) -> str:
    """Cut a text to the sentence that a match stands in."""
    start = text.rfind(". ", 0, match.start()) + 1
    end = text.find(". ", match.end())
    return text[start : end if end >= 0 else len(text)]


def _coined(name: str, word: str) -> bool:
    """Say whether a trade's word behind a made-up name makes nobody else of it."""
    return word.lower() in words.TRADE_WORDS and " " not in name and not is_shared(name)


def _verb_like(word: str, sentence: str) -> bool:
    """Say whether a capitalised word is a headline's verb rather than a name."""
    capitals = len(re.findall(r"\b[A-Z][a-z]", sentence))
    lower = len(re.findall(r"\b[a-z]{4,}", sentence))
    if word.lower() in words.TRADE_WORDS:
        return False
    return capitals > 2 * lower and bool(re.search(r"(?:s|ed)$", word))


def _began_before(text: str, match: re.Match[str]) -> bool:
    before = re.search(r"(\S+) $", text[: match.start()])
    if not before or before[1][-1] in ".:" or not _CAPITAL.fullmatch(before[1]):
        return False
    word = before[1]
    if _common_before(word) or re.fullmatch(r"[\d.,]+", word):
        return False
    return not words.GERMAN_NOUN.search(word)


def _common_before(word: str) -> bool:
    folded = word.casefold().strip(".")
    parts = folded.split("-")
    return (
        folded in words.BEFORE_NAME
        or parts[-1] in words.BEFORE_NAME
        or bool(re.search(r"(?:ish|ese|ian|can|based|backed|er)$", folded))
        or bool(re.search(r"(?<=\w)-[a-z]{3,}$", word))
        or folded in words.STATES
        or (word[-1:].isupper() and folded in words.ACRONYMS)
    )


def _compact(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
