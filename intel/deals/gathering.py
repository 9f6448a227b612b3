"""Gather the backers of one round from an article's sentences. Pure.

Only passages about this round are read: not those on an earlier one, on another
company's, on debt, nor what a house says about itself at the end of a release.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from intel.deals.bygone import is_bygone
from intel.deals.events import find_tellings
from intel.deals.investors import Backers, in_sentence
from intel.deals.marks import MONEY, ORG, ROUND
from intel.deals.moods import is_denied, is_hearsay, is_recounted
from intel.deals.naming import Manner
from intel.deals.owners import owner_of
from intel.deals.reading import Found, Reading, Unit, clauses
from intel.deals.roles import Role, role_of
from intel.deals.subjects import Owner

_REACH = 8
_HOLDERS = r"(?:investors?|backers?|shareholders?|participants?|lead|leads|syndicate)"
_PART = r"(?:part|tranche|close|closing|portion|instal?lment|leg|chunk)"
_EARLIER = re.compile(
    rf"\b(?:earlier|previous|prior|last|preceding)\s(?:[\w-]+\s)?"
    rf"(?:{_PART}|round|raise|financing|fundraise|{ROUND})|"
    r"\b(?:vorherige|vorige|letzte|frühere)[rn]?\s(?:\S+\s)?(?:\S*[Rr]unde|"
    rf"Finanzierung|{ROUND})",
    re.IGNORECASE,
)
_FIRST_PART = re.compile(
    rf"\b(?:first|initial|original)\s(?:\S+\s)?(?:{_PART}|round|{MONEY}|{ROUND})",
    re.IGNORECASE,
)
# "all of its seed and Series A investors", "backers from the last round": who returns.
_HOLDERS_OF = re.compile(
    rf"{ROUND}(?:\s(?:and|und)\s{ROUND})?[\s-](?:round\s)?(?={_HOLDERS}\b)|"
    rf"(?<=\w)\s(?:from|in|of)\s(?:the|its|their|our)\s(?:[\w-]+\s){{0,2}}"
    rf"(?:earlier|previous|prior|last)\s(?:[\w-]+\s)?(?:round|raise|financing|"
    rf"{ROUND})s?|(?<=\bback)\sfrom\s(?:earlier|previous|prior)\srounds"
)
# "five months after a $20 million A round led by Foo": an earlier round in passing.
_AFTER_ROUND = re.compile(
    rf",?\s(?:[\w-]+\s){{0,4}}(?:after|since|following|on top of|up from|adding to|"
    rf"nach|seit)\s(?:(?!the\b|its\b)[\w-]+\s){{0,3}}(?:a|an|its|the|their|raising|"
    rf"closing|einer|der|seiner)\s[^,;.]*"
    rf"(?:{ROUND}|{MONEY}|\bround\b|\braise\b)[^,;.]*"
)
_RELATIVE = re.compile(
    r",?\s(?:(?:in|of|for|by|both of|all of|some of|one of)\s)?"
    r"(?:which|who|whose|whom|when|where|that\s(?:also|had|once|already|previously|"
    r"first))"
    r"\s[^,;]*(?:,(?=\s(?!and\b)))?"
)
_LONG_AGO = re.compile(
    rf"{_EARLIER.pattern}|\bhad\b|\b(?:in|since|last)\s(?:20\d\d|year|month)\b|\bago\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(rf"^About\s(?:{ORG}|[A-Z0-9][\w&.'’ -]{{1,60}})\s*$|^About\s{ORG}:")
# "SAN JOSE, Calif. and LYON, France, Sept. 14, 2026 — ": no names of backers.
_DATELINE = re.compile(r"^\W*[A-ZÀ-Þ]{3,}\b[^;–—]{0,100}?\b20\d\d\b[^;–—]{0,30}[–—]\s")
# "and a previously unannounced seed round led by Foo": told beside this round.
_BESIDES = re.compile(
    rf"(?:\s(?:and|plus)|[:,])\s(?:an?|its|another)\s[^,;]*?{ROUND}[^,;]*"
)
# "the Export Fund of Denmark (EIFO)".
_SHORT = re.compile(r"([A-Z]\w+)\s\((?:the\s)?[\"“]?([A-Z][A-Z0-9&-]+)[\"”]?\)")
_HOUSE = r"(?:Ventures?|Capital|Partners|Growth|Equity|Management|Advisors)"
_REST = re.compile(r"\bthe (?:rest|remainder|balance)\b")
_ALL_LED = re.compile(
    r"^(?:Both|The two|The pair|All (?:two|three)|They|The former two)\s(?:firms\s|"
    r"funds\s|investors\s)?(?:are\s|were\s|jointly\s)?(?:co-)?(?:lead|led|leads)\b"
)


@dataclass(frozen=True, slots=True)
class Round:
    """What is known of a round while its backers are gathered.

    `own` are names of the company itself, folded: it is no investor of its own.
    """

    name: str
    own: frozenset[str]


def near(reading: Reading, alike: list[Found]) -> Iterator[Unit]:
    """Yield the sentences around the tellings, up to a release's "About Foo"."""
    first = min(found.unit.number for found in alike)
    for unit in reading.units:
        if unit.number and _ABOUT.match(unit.marked.text):
            return
        if first - 2 <= unit.number <= first + _REACH:
            yield unit


def backers_of(reading: Reading, alike: list[Found], this: Round) -> Backers:
    """Gather the backers from the tellings and from the sentences around them."""
    found = last = headline = Backers()
    for unit in near(reading, alike):
        before, last = last, Backers()
        for text in passages(reading, alike, unit, this):
            last = last.joined(in_sentence(text, this.own, manner_of(reading, unit)))
        if _ALL_LED.match(unit.marked.text):
            last = Backers(before.every, before.every)
        if unit.number:
            found = found.joined(last)
        else:
            headline = last
    return _with_headline(found, headline, reading)


def _with_headline(found: Backers, headline: Backers, reading: Reading) -> Backers:
    """Add whom only the headline names, but none for whom the text has another name."""
    text = " ".join(unit.marked.source for unit in reading.units[1:])
    short = {word for _, word in _SHORT.findall(text)}
    told = [_words(name) for name in found.every]
    new = tuple(
        name
        for name in headline.every
        if name not in short and not any(_words(name) < words for words in told)
    )
    leads = tuple(name for name in headline.leads if name in new)
    return _in_full(Backers(new, leads).joined(found), text)


def _in_full(found: Backers, text: str) -> Backers:
    """Name a house as the text does in full somewhere: "Glilat", "Glilat Capital"."""
    longer = {
        name: match[0]
        for name in found.every
        if (match := re.search(rf"(?<![\w-]){re.escape(name)}(?:\s{_HOUSE})+\b", text))
    }
    return Backers(
        tuple(longer.get(name, name) for name in found.every),
        tuple(longer.get(name, name) for name in found.leads),
    )


def passages(
    reading: Reading, alike: list[Found], unit: Unit, this: Round
) -> Iterator[str]:
    """Yield the clauses of a sentence that are on this round, asides on others cut."""
    told = {(f.unit.number, f.clause) for f in alike}
    titles = {0} & {f.unit.number for f in alike}
    for clause in clauses(unit):
        text = _trimmed(unit, clause, this)
        may_speak = unit.number or unit.number in titles
        if (unit.number, clause) in told or (
            may_speak and _speaks_of_this(unit, text, this, reading.published)
        ):
            yield text


def _of_another_year(text: str, published: date) -> bool:
    """Say whether a clause tells of money in a year that is over."""
    said = re.search(r"\b[Ii]n\s(?:\w+\s)?(20\d\d)\b", text)
    return bool(said and re.search(MONEY, text) and int(said[1]) < published.year)


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{2,}", name.casefold()))


def manner_of(reading: Reading, unit: Unit) -> Manner:
    """Say how a sentence of this article writes."""
    return Manner(reading.german, title=unit.number == 0)


def _trimmed(unit: Unit, clause: str, this: Round) -> str:
    """Drop ", which led the seed round" and "a year after its seed"."""

    def kept(piece: re.Match[str]) -> str:
        another = _names_another(unit, piece[0], this) or _LONG_AGO.search(piece[0])
        closed = "" if re.match(r"$|[.,]", piece.string[piece.end() :]) else ","
        return closed if another else piece[0]

    clause = _DATELINE.sub("", clause) if unit.number == 1 else clause
    text = _RELATIVE.sub(kept, _HOLDERS_OF.sub("", clause))
    text = _BESIDES.sub(kept, text)
    return _AFTER_ROUND.sub("", text)


def _speaks_of_this(unit: Unit, text: str, this: Round, published: date | None) -> bool:
    """Say whether a clause on backers is about this round, not another's or older."""
    bygone = is_bygone(unit.marked.source) or is_bygone(text)
    if is_hearsay(text) or is_denied(text) or bygone:
        return False
    if _names_another(unit, text, this) or _is_older(text, this, published):
        return False
    roles = {role_of(text, m.start()) for m in re.finditer(MONEY, text)}
    if roles & {Role.DEBT, Role.GRANT, Role.DEAL}:
        return False
    if _REST.search(text):
        return True
    return Owner.OTHER not in [
        owner_of(text, telling, title=False) for telling in find_tellings(text)
    ]


def _names_another(unit: Unit, text: str, this: Round) -> bool:
    """Say whether a passage names rounds, and this one is not among them."""
    named = {unit.marked.round_at(sign) for sign in re.findall(ROUND, text)}
    base = this.name.removesuffix(" extension")
    return bool(
        named and base and base not in {n.removesuffix(" extension") for n in named}
    )


def _is_older(text: str, this: Round, published: date | None) -> bool:
    """Say whether a passage looks back, at an earlier round or a first tranche."""
    plain = _RELATIVE.sub("", text)
    if _EARLIER.search(plain) or (published and _of_another_year(plain, published)):
        return True
    if this.name.endswith("extension") and _FIRST_PART.search(plain):
        return True
    return any(
        is_recounted(text, telling, published) for telling in find_tellings(text)
    )
