"""Join what the rules read of a round with what the learned tagger makes of it. Pure.

The rules know how news of rounds is written, the tagger has seen much of it. A name is
a backer where both together make it likely; sum, day and kind are the rules', and the
tagger only helps out where they find none.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from intel.deals.events import Telling
from intel.deals.gathering import manner_of
from intel.deals.investors import Backers
from intel.deals.marks import MONEY, ORG
from intel.deals.moods import is_hearsay
from intel.deals.name_forms import TITLES
from intel.deals.naming import find_names
from intel.deals.partners import firm_of
from intel.deals.reading import SOMEBODY_ELSES, Found, Reading, Unit
from intel.deals.roles import Role, role_of
from intel.deals.spans import Place, Span, at, backers, figure, recut, told
from intel.money import Money, find_money
from intel.rounds import find_rounds
from intel.tagger import Tagged, Tagger
from store.records import Org

# Fitted on batches that neither the rules nor the tagger had seen.
_ODDS, _BOTH, _BAR = 1.0, 1.6, 0.0
_LED = 0.5  # "led by Foo" is seldom misread
_LEADS, _LEADS_BOTH = 1.0, 2.5
_EDGE = 0.002
_LONG, _BEFORE = 1600, 2  # characters read at once; sentences before the round's
_SURE, _LIKELY = 0.8, 0.5
_NO_ROUND = frozenset({Role.DEBT, Role.GRANT})
_VETO = 0.05


@dataclass(frozen=True, slots=True)
class _Seen:
    """One name, and what either reader says of it."""

    name: str
    odds: float
    leads: float
    ruled: bool = False
    ruled_lead: bool = False

    @property
    def backs(self) -> float:
        """How much speaks for it as a backer; over 0 it is one."""
        ruled = _BOTH if self.ruled else -_BOTH
        surely = _LED if self.ruled_lead else 0.0
        return _ODDS * _logit(self.odds) + ruled + surely - _BAR

    @property
    def led(self) -> float:
        """How much speaks for it as a lead; over 0 it is one."""
        both = _LEADS_BOTH if self.ruled_lead else -_LEADS_BOTH
        return _LEADS * _logit(self.leads) + both


def tagged_round(
    org: Org, reading: Reading, text: str, tagger: Tagger
) -> Tagged | None:
    """Tag headline and text, from where a long text comes to its round."""
    if not any(unit.marked.money or unit.marked.rounds for unit in reading.units):
        return None
    first = min((found.unit.number for found in reading.found), default=0)
    start = 0
    if len(text) > _LONG and first > _BEFORE:
        start = max(0, text.find(reading.units[first - _BEFORE].marked.source))
    title = reading.units[0].marked.source
    return tagger.tag(title, text[start : start + _LONG], org.names)


def joined(
    by_rules: Backers, reading: Reading, tagged: Tagged, own: frozenset[str]
) -> Backers:
    """Keep the names that both readers together make backers, and leads."""
    seen: dict[str, _Seen] = {}
    told = (*_tagged(reading, tagged, own), *_ruled(by_rules, tagged))
    firms = {tagged.texts[p][a:b] for p, a, b in _named(reading, tagged)}
    firms |= {one.name for one in told}
    for found in told:
        one = _for_a_firm(found, tagged, frozenset(firms) - {found.name})
        key = _key(one.name, seen)
        known = seen.get(key)
        seen[key] = _merged(known, one) if known else one
    kept = [one for one in seen.values() if one.backs > 0]
    leads = tuple(one.name for one in kept if one.led > 0)
    return Backers().joined(Backers(tuple(one.name for one in kept), leads))


def _for_a_firm(one: _Seen, tagged: Tagged, firms: frozenset[str]) -> _Seen:
    """Put the firm in place of the partner who acts for it."""
    firm = firm_of(one.name, tagged.texts, firms)
    return replace(one, name=firm) if firm else one


def _tagged(reading: Reading, tagged: Tagged, own: frozenset[str]) -> Iterator[_Seen]:
    """Yield whom the tagger sees, by the names that the rules cut out of the text."""
    names = tuple(_named(reading, tagged))
    for span in sorted(backers(tagged), key=lambda span: span.place):
        for one in _cut(span, names, tagged):
            name = TITLES.sub("", one.name).strip(" ,;:–—-")
            if name.casefold() not in own and re.search(r"[A-ZÀ-Þ\d]|\w[.+]\w", name):
                yield _Seen(name, one.odds, one.leads)


def _named(reading: Reading, tagged: Tagged) -> Iterator[Place]:
    """Yield where names stand by the rules."""
    for unit in reading.units:
        part = int(unit.number > 0)
        text = tagged.texts[part]
        at = text.find(unit.marked.source)
        for name in find_names(unit.marked.text, manner_of(reading, unit)).names:
            found = text.find(name, at) if at >= 0 else -1
            if 0 <= found < at + len(unit.marked.source):
                yield (part, found, found + len(name))


def _cut(span: Span, names: tuple[Place, ...], tagged: Tagged) -> Iterator[Span]:
    """Give the tagger's name as the rules cut it, where they see one there too."""
    part, start, end = span.place
    over = [p for p in names if p[0] == part and p[1] < end and p[2] > start]
    inside = [p for p in over if start <= p[1] and p[2] <= end]
    if not over or (len(inside) > 1 and "\n" not in span.name):
        yield span
        return
    for place in over:
        mention = at(tagged, recut(tagged, place))
        yield replace(mention, odds=max(mention.odds, span.odds))


def _ruled(by_rules: Backers, tagged: Tagged) -> Iterator[_Seen]:
    for name in by_rules.every:
        span = told(tagged, name)
        led = name in by_rules.leads
        if span:
            span = at(tagged, recut(tagged, span.place))
            yield _Seen(span.name, span.odds, span.leads, ruled=True, ruled_lead=led)
        else:
            yield _Seen(name, 0.5, 0.5, ruled=True, ruled_lead=led)


def _key(name: str, seen: dict[str, _Seen]) -> str:
    """Fold a name; one that is part of another, or the whole of it, is the same."""
    folded = _folded(name)
    if folded in seen:
        return folded
    for other in seen:
        if _within(folded, other) or _within(other, folded):
            return other
    return folded


def _within(one: str, other: str) -> bool:
    return f" {one} " in f" {other} "


def _folded(name: str) -> str:
    bare = re.sub(r"^(?:the|die|der|das)\s", "", name.casefold())
    return " ".join(re.findall(r"\w+", bare))


def _merged(one: _Seen, other: _Seen) -> _Seen:
    """Join two mentions; the rules' cut of the name is kept, the longer of two."""
    name = other.name if other.ruled else max(one.name, other.name, key=len)
    if one.odds > _SURE and f"{other.name} " in f"{one.name} " and " and " in one.name:
        name = one.name  # "Grains Research and Development Corporation"
    return _Seen(
        name,
        max(one.odds, other.odds),
        max(one.leads, other.leads),
        one.ruled or other.ruled,
        one.ruled_lead or other.ruled_lead,
    )


def _logit(odds: float) -> float:
    safe = min(max(odds, _EDGE), 1 - _EDGE)
    return math.log(safe / (1 - safe))


def refused(tagged: Tagged) -> bool:
    """Say whether the tagger is sure that no new round of the company is told of."""
    return tagged.tells < _VETO


def telling(reading: Reading, tagged: Tagged) -> Found | None:
    """Find the round that no rule found, where the tagger is sure that there is one.

    It has seen little German, so there the rules alone decide.
    """
    money = _sum(tagged) if tagged.tells > _SURE and not reading.german else None
    places = [
        (unit, sign)
        for unit in (reading.units if money else ())
        for sign in re.findall(MONEY, unit.marked.text)
        if _same(unit.marked.sum_at(sign), money)
    ]
    if any(
        role_of(u.marked.text, u.marked.text.index(s)) in _NO_ROUND for u, s in places
    ):
        return None
    for unit, sign in places:
        if _may_raise(unit, sign) and not _anothers(unit, reading):
            return _found(unit, sign)
    return None


def _anothers(unit: Unit, reading: Reading) -> bool:
    """Say whether the rules give what a sentence tells to a company that it names."""
    told = _plain(unit.marked.source)
    others = (r for r in reading.refused if r.startswith(SOMEBODY_ELSES))
    return ORG not in unit.marked.text and any(
        _plain(r.removeprefix(SOMEBODY_ELSES)[2:60]) in told for r in others
    )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))


def _same(one: Money, other: Money | None) -> bool:
    return other is not None and (one.amount, one.currency) == (
        other.amount,
        other.currency,
    )


def _may_raise(unit: Unit, sign: str) -> bool:
    """Say whether nothing in the sentence makes the sum a loan, a grant, or talk."""
    text = unit.marked.text
    raised = role_of(text, text.index(sign)) in (Role.FUNDING, Role.OPEN)
    return raised and not is_hearsay(text)


def _found(unit: Unit, sign: str) -> Found:
    text = unit.marked.text
    at = text.index(sign)
    told_so = Telling("noun", "", at, at + 1, sign)
    money = unit.marked.sum_at(sign)
    return Found(unit, text, told_so, named=True, money=money, round_name="")


def _sum(tagged: Tagged) -> Money | None:
    """Give the sum that is likeliest the round's."""
    found = [
        (figure(tagged, (part, one.start, one.end), "sum"), one)
        for part, text in enumerate(tagged.texts)
        for one in find_money(text)
    ]
    odds, money = max(found, key=lambda one: one[0], default=(0.0, None))
    return money if odds > _LIKELY else None


def round_named(tagged: Tagged) -> str:
    """Give the kind of round that the tagger sees named, or nothing."""
    found = [
        (figure(tagged, (part, one.start, one.end), "round"), one.name)
        for part, text in enumerate(tagged.texts)
        for one in find_rounds(text)
    ]
    odds, name = max(found, default=(0.0, ""))
    return name if odds > _LIKELY else ""
