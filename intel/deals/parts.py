"""Tell the shares among the parts that an announced sum is made up of. Pure.

"$26m: $15m of senior debt and an $11m Series A" is a round of $11m.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intel.deals.events import Telling
from intel.deals.marks import MONEY, ROUND
from intel.deals.reading import Found, Reading, Unit
from intel.deals.roles import Role, mixes_debt, role_of
from intel.money import Money
from intel.rounds import rank

_CLOSE = 0.02  # of the whole, by which rounded parts may miss it
_BEHIND = 2  # sentences behind the whole in which its parts may stand
_UP_TO = rf"[^,;:{MONEY[1:-1]}]"
_EQUITY = re.compile(
    rf"^\s?(?:is|was|in|of|comes?|came|as|through|{_UP_TO}{{0,30}}?)\s?(?:an?\s)?"
    rf"{_UP_TO}{{0,25}}?(?:\bequity\b|{ROUND}|\bshares\b|"
    rf"\bfrom shareholders\b)(?!\s(?:and|plus)\sdebt)",
    re.IGNORECASE,
)
_EQUITY_OF = re.compile(
    rf"(?:\bequity|{ROUND})\s(?:(?:equity|round|raise|financing|investment|part)\s)*"
    r"(?:of|worth|amounting to|totall?ing)\s(?:\w+\s){0,2}$"
)
_LENT = re.compile(
    rf"^{_UP_TO}{{0,45}}?\b(?:debt|loans?|credit|lend\w*|lent|borrowed|grants?|subsid\w+|"
    r"facility|guarantee\w*)\b",
    re.IGNORECASE,
)
_LENT_OF = re.compile(
    r"\b(?:debt|loans?|grants?|credit|facility)\s(?:of|worth|totall?ing)\s(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
# What says that a part of a sum follows: ", of which", "Of this amount,", "made up of".
_SPLIT = re.compile(
    r"(?:^|,)\W*(?:of (?:which|that|this(?: (?:amount|sum|total))?|it)|"
    r"(?:is |are |being )?(?:made up|consist\w*|compos\w+|compris\w+|split|divided))\b"
    r"[^:;]{0,40}$",
    re.IGNORECASE,
)
_NOT_SHARES = re.compile(r"^\s(?:in|of|is|as)?\s?(?:project|asset|tax)\b")
# "The $8 million of equity", "led the equity portion, a Series C of $12m".
_CALLED = re.compile(
    rf"\bthe\s{MONEY}\s(?:of|in)\sequity\b|\bequity\s(?:portion|part|half|piece)\b",
    re.IGNORECASE,
)
_OF_IT = re.compile(r"^\sof (?:it|this|that)\b")
_NEWEST = re.compile(r"\b(?:now|newly|new|fresh|latest|second)\b", re.IGNORECASE)
_TWO_ROUNDS = re.compile(r"\b(?:over|across|in) two rounds\b")


@dataclass(frozen=True, slots=True)
class _Part:
    unit: Unit
    sign: str
    money: Money

    @property
    def before(self) -> str:
        """The words of its sentence up to it, no further back than another sum."""
        text = self.unit.marked.text
        return re.split(MONEY, text[: text.index(self.sign)])[-1]

    @property
    def after(self) -> str:
        """The words of its sentence behind it."""
        text = self.unit.marked.text
        return text[text.index(self.sign) + 1 :]

    @property
    def around(self) -> str:
        """Its sentence from the sum before it."""
        return f"{self.before}{self.sign}{self.after}"

    @property
    def is_equity(self) -> bool:
        """Whether it is called shares, or a round."""
        if _NOT_SHARES.match(self.after) or self.is_lent:
            return False
        return bool(_EQUITY.match(self.after) or _EQUITY_OF.search(self.before))

    @property
    def is_new(self) -> bool:
        """Whether it is called new, beside parts of another year."""
        return bool(_NEWEST.search(self.before[-36:] + " " + self.after[:34]))

    @property
    def is_lent(self) -> bool:
        """Whether it is called debt, or given."""
        role = role_of(self.unit.marked.text, self.unit.marked.text.index(self.sign))
        if role in (Role.DEBT, Role.GRANT):
            return True
        if _EQUITY_OF.search(self.before):
            return False
        first = _LENT.match(self.after)
        shares = _EQUITY.match(self.after)
        lent = first and not (shares and shares.end() < first.end())
        return bool(lent or _LENT_OF.search(self.before))


def of_shares(main: Found, reading: Reading) -> Found:
    """Give the part of a telling's sum that was paid for shares, or the telling."""
    if main.money is None:
        return main
    near = list(_near(main, reading))
    for unit in near:
        parts = list(_parts(unit, main.money))
        shares = [part for part in parts if part.is_equity]
        if shares and (_makes_up(parts, main.money) or _stands_out(shares, near)):
            return _told(main, max(shares, key=_is_meant))
    return main


def _stands_out(shares: list[_Part], near: list[Unit]) -> bool:
    """Say whether one part is named of a sum that is called mixed, or two rounds."""
    if len(shares) > 1:
        return False
    texts = [unit.marked.text for unit in near]
    mixed = any(map(mixes_debt, texts)) and _CALLED.search(shares[0].around)
    return bool(mixed) or (shares[0].is_new and any(map(_TWO_ROUNDS.search, texts)))


def _near(main: Found, reading: Reading) -> Iterator[Unit]:
    """Yield the sentences that tell of the sum, and the next ones."""
    known = [
        unit.number
        for unit in reading.units
        if any(one.is_same(main.money) for one in unit.marked.money)
    ]
    for unit in reading.units:
        if any(0 <= unit.number - number <= _BEHIND for number in known):
            yield unit


def _parts(unit: Unit, whole: Money) -> Iterator[_Part]:
    for sign in re.findall(MONEY, unit.marked.text):
        money = unit.marked.sum_at(sign)
        if money.currency == whole.currency and money.amount < whole.amount:
            yield _Part(unit, sign, money)


def _makes_up(parts: list[_Part], whole: Money) -> bool:
    """Say whether parts are the whole taken apart into shares and something else."""
    shares = [part for part in parts if part.is_equity]
    other = any(part.is_lent for part in parts) or any(p.is_new for p in shares)
    total = sum(part.money.amount for part in parts)
    if other and len(parts) > 1 and abs(total - whole.amount) <= _CLOSE * whole.amount:
        return True
    split = any(_SPLIT.search(p.before) or _OF_IT.match(p.after) for p in parts)
    return split and (other or len(shares) == 1)


def _is_meant(part: _Part) -> tuple[bool, bool]:
    """Prefer what is new, then what is called by a round's name."""
    return part.is_new, bool(re.match(rf"^[^,;]{{0,12}}{ROUND}", part.after))


def _told(main: Found, part: _Part) -> Found:
    text = part.unit.marked.text
    at = text.index(part.sign)
    near = re.match(rf"^{_UP_TO}{{0,40}}", part.after)
    signs = re.findall(ROUND, near[0] if near else "")
    name = max(signs, key=lambda s: rank(part.unit.marked.round_at(s)), default="")
    told_so = Telling("noun", "", at, at + 1, part.sign, name)
    called = part.unit.marked.round_at(name) if name else main.round_name
    return Found(part.unit, text, told_so, main.named, part.money, called)
