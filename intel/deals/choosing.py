"""Choose what a round is from several tellings: sum, name, backers, day. Pure."""

import re
from collections.abc import Iterator
from dataclasses import replace

from intel.deals.events import find_tellings
from intel.deals.gathering import near
from intel.deals.investors import Backers, tells_of_backers
from intel.deals.marks import MONEY, ROUND
from intel.deals.moods import is_recounted
from intel.deals.naming import Manner
from intel.deals.owners import owns_round_noun
from intel.deals.partners import is_person
from intel.deals.reading import Found, Reading, Unit, clauses
from intel.deals.roles import Role, mixes_debt, role_of
from intel.money import Money
from intel.rounds import is_extension, rank

_RAISED = (Role.FUNDING, Role.OPEN)
_MILLION = 1e6
_OPENING = 6  # sentences in which a text tells its news
_NOT_EQUITY = (Role.DEBT, Role.GRANT, Role.FUND, Role.DEAL, Role.REVENUE)
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
_ROUND_OF = re.compile(rf"(?P<round>{ROUND})\sof\s(?P<sum>{MONEY})")
# "in what it says is the largest Series A in the country's history".
_LARGEST = re.compile(rf"\b(?:largest|biggest|first|ever)\s({ROUND})")
# "The round, an extension of a Series A that was announced in 2024".
_EXTENDS = re.compile(
    rf"\b(?:an?|this|the)\s(?:{MONEY}\s)?(?:extension|addition|follow-on|add-on)\s"
    r"(?:of|to)\s(?:an?|its|the|[\w\ue000]+['’]s|last\s\w+['’]s)\s"
    rf"(?:[\w€$£.-]+\s){{0,2}}?{ROUND}"
)
# "The Foo-led extension drew on …"
_THE_EXTENSION = re.compile(r"^\W*[Tt]he\s(?:[\w’'&-]+\s){0,4}extension\b")
# "Bar, who were in the pre-seed": what somebody did in another round.
_WERE_IN = re.compile(
    rf"\b(?:who|which|that|as)\s(?:(?:had|have|has|also|both|all)\s)*(?:were|was|led|"
    rf"co-led|funded|backed|joined|invested|participated|took part|in)\b[^,;.]{{0,30}}?"
    rf"{ROUND}[^,;.]*"
)
_GIVEN = re.compile(r"\b(?:subsid\w+|grants?|repayable|non-dilutive|stipend)\b")
_YEARS_AGO = re.compile(r"^\W*In\s(?:\w+\s)?(?:19|20)\d\d\b")
# "sold $18 million of shares to Foo", "has sold shares for $46 million".
_OF_SHARES = re.compile(r"^\sof\s(?:[\w\ue200-\ue2ff-]+\s){0,3}(?:shares|stock)\b")
_SOLD_FOR = re.compile(
    r"\b(?:sold|taken|took)\s(?:(?:(?:new|fresh|further|more)\s)?shares|"
    r"(?:an?|its)\s(?:\w+\s){0,3}(?:stake|quarter|third|share))\b"
    r"[^,;]{0,60}\b(?:for|worth)\s$"
)
# "£900,000 from a group of angel investors", "gets angel backing".
_ANGELS = re.compile(
    r"\b(?:from|by|of|von)\s(?:[\w-]+\s){0,4}?(?:angel\s(?:investors|backers)|"
    r"(?:[Bb]usiness[ -])?[Aa]ngels)\b|\b[Aa]ngel\s(?:backing|cash)\b"
)
_COMBINED = re.compile(r"\b(?:combined|across (?:a|two|its))\b")
# "$19 million in funding: a $5 million seed round … and a new $14 million Series A".
_NEW_PART = re.compile(rf"{MONEY}[^;]*:[^;]*\ban?\s(?:new|fresh)\s$")
# "extends its Series C to", "topped up with another".
_GROWN_TO = re.compile(
    r"\b(?:extend|expand|upsiz|grow|rais|increas|lift|tak|bring)\w*\s"
    r"(?:[\w\ue200-\ue2ff]+\s){0,4}to\s(?:\w+\s)?$"
)
_ANOTHER = re.compile(r"\b(?:another|additional|further|extra)\s$")
_INCLUDES = re.compile(
    r"^\W*(?:[Tt]he|[Tt]his|[Tt]hat)\s(?:\w+\s){1,2}(?:includes?|comprises?|"
    r"combines?|consists|"
    r"is made up|is split)\b"
)


def main_telling(reading: Reading) -> Found:
    """Choose the telling whose sum is the round's: equity over equity plus debt."""
    with_sum = [found for found in reading.found if found.money]
    if not with_sum:
        return reading.found[0]
    for other in with_sum[1:]:
        if _is_newest_part(with_sum[0], other) or _is_addition(with_sum[0], other):
            return other
    if whole := next((f for f in with_sum[1:] if _is_share(with_sum[0], f)), None):
        return whole
    debts = [d.amount for d in _sums(reading, Role.DEBT)]
    for found in with_sum:
        rest = [o for o in with_sum if _is_part(found, o, debts)]
        if rest:
            return rest[0]
    exact = _exact(with_sum)
    return _in_own_words(exact, with_sum) if exact.in_title else exact


def unrounded(main: Found, reading: Reading) -> Found:
    """Give the text's "$15.2m" for the "$15m" that only a headline makes of it."""
    whole = main.money
    if not main.in_title or whole is None or whole.amount % _MILLION:
        return main
    for unit in reading.units[1:_OPENING]:
        for sign in re.finditer(MONEY, unit.marked.text):
            exact = unit.marked.sum_at(sign.group())
            near = abs(exact.amount - whole.amount) < min(_MILLION, whole.amount / 20)
            rounded = near and exact.amount % _MILLION and same_sum(exact, whole)
            raised = role_of(unit.marked.text, sign.start()) in _RAISED
            if exact.currency == whole.currency and rounded and raised:
                return replace(main, money=exact)
    return main


def _in_own_words(title: Found, found: list[Found]) -> Found:
    """Prefer the currency of the text: a headline converts it for its readers."""
    told = next((f for f in found if not f.in_title), title)
    same = told.money and title.money and told.money.currency == title.money.currency
    return title if same else told


def is_something_else(reading: Reading, main: Found) -> bool:
    """Say whether the text calls a sum a grant that only the headline told."""
    told_again = any(not found.in_title for found in reading.found)
    if not main.money or main.round_name or not main.in_title or told_again:
        return False
    others = [sum_ for role in _NOT_EQUITY for sum_ in _sums(reading, role, now=True)]
    others += [
        unit.marked.sum_at(sign)
        for unit in reading.units[1:]
        if _GIVEN.search(unit.marked.text)
        and not re.search(ROUND, unit.marked.text)
        and not _YEARS_AGO.match(unit.marked.text)
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


def _is_share(share: Found, whole: Found) -> bool:
    """Tell "Foo puts $35M into Acme's $80M Series C": one backer's part of it."""
    if share.telling.how != "invest" or whole.telling.how == "invest":
        return False
    larger = share.money and whole.money and share.money.amount < whole.money.amount
    return bool(larger) and rank(whole.round_name) > 0 and whole.named


def _is_addition(whole: Found, part: Found) -> bool:
    """Tell "extends its Series C to €87M" from "topped it up with another €37M"."""
    grown = _GROWN_TO.search(whole.clause.split(whole.telling.sign or "$")[0])
    added = _ANOTHER.search(part.clause.split(part.telling.sign or "$")[0])
    smaller = whole.money and part.money and part.money.amount < whole.money.amount
    return bool(grown and added and smaller)


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


def _sums(reading: Reading, role: Role, *, now: bool = False) -> Iterator[Money]:
    for unit in reading.units:
        if now and _YEARS_AGO.match(unit.marked.text):
            continue
        for sign in re.finditer(MONEY, unit.marked.text):
            if now and _is_for_shares(unit.marked.text, sign.start()):
                continue
            if role_of(unit.marked.text, sign.start()) is role:
                yield unit.marked.sum_at(sign.group())


def _is_for_shares(text: str, at: int) -> bool:
    """Say whether a sum is what somebody paid for the company's own new shares."""
    return bool(_OF_SHARES.match(text[at + 1 :]) or _SOLD_FOR.search(text[:at]))


def same_sum(one: Money | None, other: Money | None) -> bool:
    """Say whether two sums may be the same, one of them rounded or unknown."""
    if one is None or other is None:
        return True
    return one.currency != other.currency or abs(one.amount - other.amount) <= (
        0.06 * max(one.amount, other.amount)
    )


def round_of(reading: Reading, alike: list[Found]) -> str:
    """Name the round: from the tellings, else from a sentence about "the Series A"."""
    named = [f.round_name for f in alike if f.round_name]
    around = [
        name
        for unit in near(reading, alike)
        if not _recounts(unit, reading) and (name := _spoken_of(unit, reading))
    ]
    exact = [name for name in named if rank(name) >= 2]
    beside = [*_beside(reading, alike)]
    best = max(exact or [*named, *(beside or around)], key=rank, default="")
    return extended(best, named, reading, alike)


def of_angels(reading: Reading, alike: list[Found], backers: Backers) -> str:
    """Name an unnamed round whose text speaks of angels and names nobody but people."""
    people = bool(backers.every) and all(map(is_person, backers.every))
    texts = (unit.marked.text for unit in near(reading, alike))
    return "Angel" if people and any(map(_ANGELS.search, texts)) else ""


def extended(name: str, named: list[str], reading: Reading, alike: list[Found]) -> str:
    """Call a round an extension where one telling or a sentence near does."""
    extends = f"{name.removesuffix(' extension')} extension"
    units = (reading.units[0], *near(reading, alike))
    again = extends in named or any(_is_added(unit, alike) for unit in units)
    return extends if name and again else name


def _is_added(unit: Unit, alike: list[Found]) -> bool:
    """Say whether a sentence calls the round, or the very sum, an addition to one."""
    text = unit.marked.text
    if _EXTENDS.search(text) or _THE_EXTENSION.match(text):
        return True
    sums = {(f.money.amount, f.money.currency) for f in alike if f.money}
    return any(
        is_extension(clause)
        and re.search(ROUND, clause)
        and any(
            (one.amount, one.currency) in sums
            for one in map(unit.marked.sum_at, re.findall(MONEY, clause)[:1])
        )
        for clause in clauses(unit)
    )


def _beside(reading: Reading, alike: list[Found]) -> Iterator[str]:
    """Name the round in words right at the same sum, whoever they say it is by."""
    sums = [found.money for found in alike if found.money]
    for unit in near(reading, alike):
        marked = unit.marked
        tied = (
            *_SUM_THEN_ROUND.finditer(marked.text),
            *_ROUND_OF.finditer(marked.text),
        )
        for match in tied:
            if any(same_sum(marked.sum_at(match["sum"]), one) for one in sums):
                yield marked.round_at(match["round"])
        if marked is alike[0].unit.marked or _LARGEST.search(marked.text):
            yield from (marked.round_at(s) for s in _LARGEST.findall(marked.text))


def _spoken_of(unit: Unit, reading: Reading) -> str:
    """Name the round of "The Series B was led by …" or "X co-led the Series B"."""
    text = _WERE_IN.sub("", unit.marked.text)
    sign = re.search(ROUND, text)
    if sign and re.fullmatch(rf"\W*(?:[Aa]n?\s)?{ROUND}\W*", text):
        return unit.marked.round_at(sign.group())
    if added := _EXTENDS.search(text):
        return unit.marked.round_at(added[0][-1])
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


def _recounts(unit: Unit, reading: Reading) -> bool:
    """Say whether all that a sentence tells is of earlier rounds."""
    told = [
        is_recounted(clause, telling, reading.published)
        for clause in clauses(unit)
        for telling in find_tellings(clause)
    ]
    return bool(told) and all(told)


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
    others = (amount for amount in said if amount != money.amount)
    return money.usd or next(others, None)


def quote(main: Found, alike: list[Found]) -> str:
    """Quote the fullest sentence: of the text rather than the headline."""
    best = max(
        (main, *alike),
        key=lambda f: (bool(f.money), bool(f.round_name), not f.in_title),
    )
    return best.unit.marked.source.strip()
