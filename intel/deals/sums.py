"""Read a round's sum and kind where the tagger sees more than the rules do. Pure.

Sum, day and kind are the rules'; the tagger helps out where they find none, or one that
it is sure is another's.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from intel.deals.events import Telling
from intel.deals.marks import MONEY, ORG, ROUND
from intel.deals.moods import is_hearsay
from intel.deals.reading import EARLIER, SOMEBODY_ELSES, Found, Reading, Unit
from intel.deals.roles import Role, role_of
from intel.deals.spans import figure
from intel.money import Money, find_money
from intel.rounds import find_rounds
from intel.tagger import Tagged

_SURE, _LIKELY = 0.8, 0.5
_UNSEEN = 0.3  # odds under which the tagger does not see what the rules found
# Odds of a round and of its sum together, and those where the rules see an old round.
_BAR, _PAST_BAR = 0.7, 0.95
_OF_TOPIC = re.compile(r"^\W*(?:The (?:company|start-?up|firm|business)|It|Its)\b")
_SHARES = re.compile(r"^\sof\s(?:[\w-]+\s){0,3}(?:shares|stock|preferred)\b")
_SELDOM = ("Bridge", "Angel")  # the tagger has seen too few of these
_NO_ROUND = frozenset({Role.DEBT, Role.GRANT})


def telling(reading: Reading, tagged: Tagged) -> Found | None:
    """Find the round that no rule found, where the tagger is sure that there is one.

    It has seen little German, so there the rules alone decide.
    """
    odds, money = _likeliest(tagged)
    sure = tagged.tells * odds
    if reading.german or tagged.tells < _SURE:
        return None
    if money is None or sure < _BAR:
        return _named_only(reading, tagged)
    places = [
        (unit, sign)
        for unit in reading.units
        for sign in re.findall(MONEY, unit.marked.text)
        if unit.marked.sum_at(sign).is_same(money)
    ]
    if any(
        role_of(u.marked.text, u.marked.text.index(s)) in _NO_ROUND for u, s in places
    ):
        return None
    for unit, sign in places:
        doubted = _recalls(unit, reading) and (
            sure < _PAST_BAR or _is_of_another_year(unit, reading)
        )
        if _may_raise(unit, sign) and not doubted and not _anothers(unit, reading):
            return _found(unit, sign)
    return _named_only(reading, tagged)


def _named_only(reading: Reading, tagged: Tagged) -> Found | None:
    """Find a round that is named and whose sum is not told, or not surely."""
    odds, name = max(_rounds(tagged), default=(0.0, ""))
    for unit in reading.units if odds * tagged.tells > _PAST_BAR else ():
        text = unit.marked.text
        signs = [s for s in re.findall(ROUND, text) if unit.marked.round_at(s) == name]
        doubted = _recalls(unit, reading) or _anothers(unit, reading)
        if signs and not doubted and not is_hearsay(text):
            return _told_of(unit, signs[0])
    return None


def _is_of_another_year(unit: Unit, reading: Reading) -> bool:
    """Say whether a sentence opens with a year that is over: "In May 2020 Acme"."""
    said = re.match(r"^\W*In\s(?:\w+\s)?(20\d\d)\b", unit.marked.text)
    day = reading.published
    return bool(said and day and int(said[1]) < day.year)


def _told_of(unit: Unit, sign: str) -> Found:
    """Tell of a round by its name, with the sum right before it where there is one."""
    text = unit.marked.text
    summed = re.search(rf"({MONEY})[\s-](?:in\s)?{sign}", text)
    money = unit.marked.sum_at(summed[1]) if summed else None
    at = text.index(sign)
    told_so = Telling("noun", "", at, at + 1, summed[1] if summed else "", sign)
    name = unit.marked.round_at(sign)
    return Found(unit, text, told_so, named=True, money=money, round_name=name)


def _recalls(unit: Unit, reading: Reading) -> bool:
    """Say whether the rules take what a sentence tells for an earlier round."""
    told = _plain(unit.marked.source)
    return any(
        _plain(reason.removeprefix(EARLIER)[2:60]) in told
        for reason in reading.refused
        if reason.startswith(EARLIER)
    )


def surer(main: Found, reading: Reading, tagged: Tagged) -> Found:
    """Put the sum that the tagger is sure of in place of one that it does not see.

    Of 17 rounds that neither had seen, in which the two differed so, the tagger was
    right in all but those whose sum is shares and debt together.
    """
    odds, money = _likeliest(tagged)
    if reading.german or money is None or odds < _SURE or money.is_same(main.money):
        return main
    if main.money and _seen(tagged, main.money) > _UNSEEN:
        return main
    places = (
        (unit, sign)
        for unit in reading.units
        for sign in re.findall(MONEY, unit.marked.text)
        if unit.marked.sum_at(sign).is_same(money) and _may_raise(unit, sign)
    )
    unit, sign = next(places, (None, ""))
    if unit is None:
        return main
    if main.money is None:
        return replace(main, money=money)
    told_so = (f for f in reading.found if money.is_same(f.money))
    return next(told_so, _found(unit, sign))


def _seen(tagged: Tagged, money: Money) -> float:
    """Give the odds that a sum, wherever it stands, is the round's."""
    return max((odds for odds, one in _sums(tagged) if one.is_same(money)), default=0.0)


def _anothers(unit: Unit, reading: Reading) -> bool:
    """Say whether the rules give what a sentence tells to a company that it names."""
    told = _plain(unit.marked.source)
    if _OF_TOPIC.match(unit.marked.text):
        return False
    others = (r for r in reading.refused if r.startswith(SOMEBODY_ELSES))
    return ORG not in unit.marked.text and any(
        _plain(r.removeprefix(SOMEBODY_ELSES)[2:60]) in told for r in others
    )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))


def _may_raise(unit: Unit, sign: str) -> bool:
    """Say whether nothing in the sentence makes the sum a loan, a grant, or talk."""
    text = unit.marked.text
    at = text.index(sign)
    role = role_of(text, at)
    sold = role is Role.DEAL and _SHARES.match(text[at + 1 :])
    raised = role in (Role.FUNDING, Role.OPEN) or sold
    return bool(raised) and not is_hearsay(text)


def _found(unit: Unit, sign: str) -> Found:
    text = unit.marked.text
    at = text.index(sign)
    told_so = Telling("noun", "", at, at + 1, sign)
    money = unit.marked.sum_at(sign)
    return Found(unit, text, told_so, named=True, money=money, round_name="")


def _likeliest(tagged: Tagged) -> tuple[float, Money | None]:
    return max(_sums(tagged), key=lambda one: one[0], default=(0.0, None))


def _sums(tagged: Tagged) -> Iterator[tuple[float, Money]]:
    """Yield every sum with the odds that it is the round's."""
    for part, text in enumerate(tagged.texts):
        for one in find_money(text):
            yield figure(tagged, (part, one.start, one.end), "sum"), one


def round_named(tagged: Tagged, by_rules: str) -> str:
    """Give the kind of round: the rules', unless the tagger sees another named.

    It does so where they found none, or one that it is sure is not meant.
    """
    found = list(_rounds(tagged))
    odds, name = max(found, default=(0.0, ""))
    if not by_rules:
        return name if odds > _LIKELY else ""
    if by_rules in _SELDOM:
        return by_rules
    ours = (one for one, called in found if _base(called) == _base(by_rules))
    unseen = max(ours, default=0.0) < _UNSEEN
    return name if odds > _SURE and unseen else by_rules


def _rounds(tagged: Tagged) -> Iterator[tuple[float, str]]:
    """Yield every round named with the odds that it is the one told of."""
    for part, text in enumerate(tagged.texts):
        for one in find_rounds(text):
            yield figure(tagged, (part, one.start, one.end), "round"), one.name


def _base(name: str) -> str:
    return name.removesuffix(" extension")
