"""Choose what a round is from several tellings: sum, name, backers, day. Pure."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from intel.dates import Stated, find_dates
from intel.deals.events import find_tellings
from intel.deals.gathering import near
from intel.deals.investors import tells_of_backers
from intel.deals.marks import MONEY, ROUND
from intel.deals.naming import Manner
from intel.deals.owners import owns_round_noun
from intel.deals.reading import Found, Reading, Unit
from intel.deals.roles import Role, mixes_debt, role_of
from intel.money import Money
from intel.rounds import rank

_NOT_EQUITY = (Role.DEBT, Role.GRANT, Role.FUND, Role.DEAL, Role.REVENUE)
_SAID = re.compile(r"\b(?:announced?|said|reported|gab|gaben|teilten?)\b")
# What is still to come has another day than what was announced.
_AHEAD = re.compile(
    r"\b(?:will|plans? to|(?:is|are) (?:due )?to|expects? to|aims? to|intends? to|wird|"
    r"werden|soll(?:en)?|will|wollen|plant)\b[^,;.]*$",
    re.IGNORECASE,
)
# "It is the company's first [Series A]", "Es handelt sich um die [Seed]-Runde".
_IS_CALLED = re.compile(
    r"^\W*(?:(?:it|this|that) (?:is|was|marks|counts as)|es (?:handelt|handelte) sich "
    r"(?:dabei )?um|(?:das|es) (?:ist|war)|they call it|the company calls it)\s"
    r"(?:\S+\s){0,4}$",
    re.IGNORECASE,
)
# "will use the seed money to", "described the financing as a growth round".
_USES = re.compile(
    rf"{MONEY}\sto\s(?:its|the)\s{ROUND}|"
    rf"\bthe\s{ROUND}\s(?:money|funding|cash|capital|proceeds)\b|"
    rf"\b(?:financing|round|raise|deal|money|it)\s(?:as|is|was)\s(?:an?|its|the)\s"
    rf"(?:\w+\s)?{ROUND}"
)
_SUM_THEN_ROUND = re.compile(rf"(?P<sum>{MONEY})[\s-](?:in\s)?(?P<round>{ROUND})")
# "in what it says is the largest Series A in the country's history".
_LARGEST = re.compile(rf"\b(?:largest|biggest|first|ever)\s({ROUND})")
_PUBLIC = re.compile(r"\b(?:made public|disclosed|revealed|unveiled) on\b")
# The day the money closed is not the day that was announced.
_CLOSED = re.compile(
    r"\b(?:closed|signed|completed)\b(?![^;]*\b(?:said|announced?|reported)\b)"
    rf"(?:\s(?!{MONEY})[\w\ue000-\ue2ff]+){{0,4}}\s(?:on\s)?$"
)
# "the firm said in a statement on Wednesday", "The round, announced on Friday".
_SAID_ON = re.compile(
    r"\b(?:said|announced|told|confirmed|disclosed|statement|release)\b[^.;,]{0,60}?"
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
_DOLLARS = ("AUD", "CAD", "NZD", "SGD", "HKD", "TWD")
# "The round, an extension of a Series A that was announced in 2024".
_EXTENDS = re.compile(
    rf"\b(?:an|is an|was an|this)\sextension\s(?:of|to)\s(?:an?|its|the)\s"
    rf"(?:[\w€$£.-]+\s){{0,2}}?{ROUND}"
)
_LEAD = 6  # sentences in which the day may stand if only the headline tells
_GIVEN = re.compile(r"\b(?:subsid\w+|grants?|repayable|non-dilutive|stipend)\b")
_COMBINED = re.compile(r"\b(?:combined|across (?:a|two|its))\b")
# "$19 million in funding: a $5 million seed round … and a new $14 million Series A".
_NEW_PART = re.compile(rf"{MONEY}[^;]*:[^;]*\ban?\s(?:new|fresh)\s$")
_INCLUDES = re.compile(
    r"^\W*(?:[Tt]he|[Tt]his|[Tt]hat)\s(?:\w+\s){1,2}(?:includes?|comprises?|"
    r"combines?|consists|"
    r"is made up|is split)\b"
)
_ANNOUNCES = re.compile(
    r"^\W*(?:das (?:gab|teilte)|dies (?:gab|teilte)|the (?:announcement|news) "
    r"(?:came|was)|it (?:said|announced) (?:so|the)|the company (?:announced|said) "
    r"(?:so|this|the)|the (?:deal|round|financing|investment|transaction|funding) "
    r"(?:was|were) (?:announced|disclosed|closed|made public|completed))",
    re.IGNORECASE,
)


def main_telling(reading: Reading) -> Found:
    """Choose the telling whose sum is the round's: equity over equity plus debt."""
    with_sum = [found for found in reading.found if found.money]
    if not with_sum:
        return reading.found[0]
    for other in with_sum[1:]:
        if _is_newest_part(with_sum[0], other):
            return other
    debts = [d.amount for d in _sums(reading, Role.DEBT)]
    for found in with_sum:
        rest = [o for o in with_sum if _is_part(found, o, debts)]
        if rest:
            return rest[0]
    return _exact(with_sum)


def is_something_else(reading: Reading, main: Found) -> bool:
    """Say whether the text calls a sum a grant that only the headline told."""
    told_again = any(not found.in_title for found in reading.found)
    if not main.money or main.round_name or not main.in_title or told_again:
        return False
    others = [sum_ for role in _NOT_EQUITY for sum_ in _sums(reading, role)]
    others += [
        unit.marked.sum_at(sign)
        for unit in reading.units[1:]
        if _GIVEN.search(unit.marked.text) and not re.search(ROUND, unit.marked.text)
        for sign in re.findall(MONEY, unit.marked.text)
    ]
    return any(
        (other.amount, other.currency) == (main.money.amount, main.money.currency)
        for other in others
    )


def _exact(found: list[Found]) -> Found:
    """Prefer a sum tied to a round over one of debt and equity together."""
    mixed = [f for f in found if mixes_debt(f.clause)]
    plain = [f for f in found if f not in mixed and rank(f.round_name) >= 2]
    return plain[0] if mixed and plain else found[0]


def _is_newest_part(whole: Found, part: Found) -> bool:
    """Tell "$33m in combined seed and Series A", "the total includes a $17m A"."""
    combined = (
        _COMBINED.search(whole.clause)
        or _INCLUDES.match(part.clause)
        or _NEW_PART.search(part.clause.split(part.telling.sign or "$")[0])
    )
    smaller = whole.money and part.money and part.money.amount < whole.money.amount
    return bool(combined and smaller) and rank(part.round_name) >= 2


def _is_part(whole: Found, part: Found, debts: list[float]) -> bool:
    if not whole.money or not part.money:
        return False
    gap = whole.money.amount - part.money.amount
    return gap > 0 and any(abs(gap - debt) <= 0.01 * gap for debt in debts)


def _sums(reading: Reading, role: Role) -> Iterator[Money]:
    for unit in reading.units:
        for sign in re.finditer(MONEY, unit.marked.text):
            if role_of(unit.marked.text, sign.start()) is role:
                yield unit.marked.sum_at(sign.group())


def same_sum(one: Money | None, other: Money | None) -> bool:
    """Say whether two sums may be the same, one of them rounded or unknown."""
    if one is None or other is None:
        return True
    return one.currency != other.currency or abs(one.amount - other.amount) <= (
        0.06 * max(one.amount, other.amount)
    )


def in_own_dollars(money: Money, reading: Reading) -> Money:
    """Read a headline's bare "$28m" as the dollars that the text names."""
    for unit in reading.units if money.currency == "USD" else ():
        for other in unit.marked.money:
            if other.amount == money.amount and other.currency in _DOLLARS:
                return other
    return money


def round_of(reading: Reading, alike: list[Found]) -> str:
    """Name the round: from the tellings, else from a sentence about "the Series A"."""
    named = [f.round_name for f in alike if f.round_name]
    around = [
        name for unit in near(reading, alike) if (name := _spoken_of(unit, reading))
    ]
    exact = [name for name in named if rank(name) >= 2]
    best = max(
        exact or [*named, *around] or [*_beside(reading, alike)], key=rank, default=""
    )
    extends = f"{best.removesuffix(' extension')} extension"
    again = any(_EXTENDS.search(unit.marked.text) for unit in near(reading, alike))
    return extends if best and (extends in named or again) else best


def _beside(reading: Reading, alike: list[Found]) -> Iterator[str]:
    """Name the round in words right at the same sum, whoever they say it is by."""
    sums = [found.money for found in alike if found.money]
    for unit in near(reading, alike):
        marked = unit.marked
        for match in re.finditer(_SUM_THEN_ROUND, marked.text):
            if any(same_sum(marked.sum_at(match["sum"]), one) for one in sums):
                yield marked.round_at(match["round"])
        if marked is alike[0].unit.marked or _LARGEST.search(marked.text):
            yield from (marked.round_at(s) for s in _LARGEST.findall(marked.text))


def _spoken_of(unit: Unit, reading: Reading) -> str:
    """Name the round of "The Series B was led by …" or "X co-led the Series B"."""
    text = unit.marked.text
    sign = re.search(ROUND, text)
    if not sign or re.search(
        r"\b(?:earlier|previous|prior|last)\b", text[: sign.start()]
    ):
        return ""
    led = re.search(
        rf"\b(?:led|co-led|leads|leading|lead|co-leading|anchored|in|joined|a|to)\s"
        rf"(?:the\s|a\s|its\s)?{ROUND}",
        text,
    )
    if _USES.search(text):
        return unit.marked.round_at(sign.group())
    called = _IS_CALLED.match(text[: sign.start()])
    if (
        owns_round_noun(text)
        or called
        or (led and tells_of_backers(text, Manner(reading.german)))
    ):
        return unit.marked.round_at(sign.group())
    return ""


_WEEKDAY = re.compile(
    r"(?:on\s)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"(?:am\s)?(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag))",
    re.IGNORECASE,
)
_OTHER_DAY = re.compile(
    r"\b(?:next|coming|until|by|since|every|each|from|will\s[^.]*|after|before|bis|seit|"
    r"ab|open\w*|start\w*)\s(?:on\s)?$",
    re.IGNORECASE,
)


def announced(
    reading: Reading, alike: list[Found], published: datetime | None, now: datetime
) -> tuple[date | None, bool]:
    """Date the announcement: as stated beside it, else the day of publication."""
    against = (published or now).date()
    for text in _dated_texts(reading, alike):
        for stated in find_dates(text, against):
            if _fits(stated, text, published, against):
                return stated.day, True
    if published and (day := _weekday(reading, alike, against)):
        return day, True
    return (published.date() if published else None), False


def _weekday(reading: Reading, alike: list[Found], against: date) -> date | None:
    """Read "On Wednesday, Acme did": a day of the last week near the telling."""
    behind = [found.unit.number for found in alike if not found.in_title] or [1]
    for unit in reading.units[1:]:
        text = unit.marked.text
        if not any(-1 <= unit.number - number <= 1 for number in behind):
            continue
        for stated in find_dates(text, against):
            named = _WEEKDAY.fullmatch(text[stated.start : stated.end])
            if named and not _OTHER_DAY.search(text[: stated.start]):
                return stated.day if stated.day <= against else None
    return None


def _dated_texts(reading: Reading, alike: list[Found]) -> Iterator[str]:
    """Give the places where the day may stand, the nearest to the telling first."""
    ordered = sorted(alike, key=lambda f: (f.in_title, f.unit.number))
    yield from (found.clause for found in ordered)
    for unit in reading.units[1:]:
        behind = [unit.number - f.unit.number for f in ordered if not f.in_title]
        text = unit.marked.text
        if any(0 < far <= 3 for far in behind) and _ANNOUNCES.match(text):
            yield text
        if any(-1 <= far <= 3 for far in behind) and (said := _PUBLIC.search(text)):
            yield text[said.start() :]
        close = any(0 <= far <= 3 for far in behind) if behind else unit.number <= _LEAD
        if close and (said := _SAID_ON.search(text)):
            yield said[0]
        if -1 in behind and _SAID.search(text) and not find_tellings(text):
            yield text


def _fits(stated: Stated, text: str, published: datetime | None, against: date) -> bool:
    if stated.precision not in ("day", "month") or stated.day > against:
        return False
    if re.search(r"\b(?:until|since|by|founded in|seit|bis)\s$", text[: stated.start]):
        return False
    if _AHEAD.search(text[: stated.start]) or _CLOSED.search(text[: stated.start]):
        return False
    if published is None:
        return bool(re.search(r"\b20\d\d\b", text[stated.start : stated.end]))
    same_month = stated.precision == "month" and stated.last >= against
    return not same_month


def confidence(
    alike: list[Found], round_name: str, *, stated: bool
) -> tuple[tuple[str, float], ...]:
    """Add up what speaks for the fact; each part with its weight."""
    parts = {
        "a sentence tells of a new round": 0.45,
        "the company is named as its owner": 0.15 if any(f.named for f in alike) else 0,
        "the sum is given": 0.15 if any(f.money for f in alike) else 0,
        "the round is named": 0.1 if round_name else 0,
        "headline and text agree": 0.1 if len({f.in_title for f in alike}) == 2 else 0,
        "the day is stated": 0.05 if stated else 0,
    }
    return tuple((part, value) for part, value in parts.items() if value)


def in_usd(money: Money | None, alike: list[Found]) -> float | None:
    """Give the sum in US dollars where the article itself does."""
    if money is None:
        return None
    if money.currency == "USD":
        return money.amount
    said = (f.money.amount for f in alike if f.money and f.money.currency == "USD")
    return money.usd or next(said, None)


def quote(main: Found, alike: list[Found]) -> str:
    """Quote the fullest sentence: of the text rather than the headline."""
    best = max(
        (main, *alike),
        key=lambda f: (bool(f.money), bool(f.round_name), not f.in_title),
    )
    return best.unit.marked.source.strip()
