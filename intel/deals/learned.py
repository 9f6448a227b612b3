"""Join what the rules read of a round with what the learned tagger makes of it. Pure.

The rules know how news of rounds is written, the tagger has seen much of it. A name is
a backer where both together make it likely. What it makes of sum and kind of the round
is in `sums`.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from intel.deals import renaming
from intel.deals.arms import gives_through
from intel.deals.beside import explains, runs_it
from intel.deals.bygone import is_bygone
from intel.deals.bystanders import stands_by, stays_out
from intel.deals.edges import (
    belongs,
    is_compound,
    is_nameless,
    is_region,
    mended,
    sentences,
)
from intel.deals.gathering import manner_of
from intel.deals.investors import Backers
from intel.deals.name_forms import TITLES
from intel.deals.naming import find_names
from intel.deals.partners import firm_of, is_person
from intel.deals.reading import Reading
from intel.deals.spans import Place, Span, at, backers, recut, told
from intel.deals.vocabulary import FUNCTION
from intel.tagger import Tagged, Tagger
from store.records import Org

# Fitted on batches that neither the rules nor the tagger had seen.
_ODDS, _BOTH, _BAR = 1.0, 1.6, 0.0
_BESIDE, _BYSTANDER, _ABSENT = 3.0, 8.0, 9.0  # the last wherever it is said
_LED = 0.5  # "led by Foo" is seldom misread
_LEADS, _LEADS_BOTH = 1.0, 2.5
_EDGE = 0.002
_TIED = 1.7  # for who stands in a list right behind a sure backer
_LONG, _BEFORE = 1600, 2  # characters read at once; sentences before the round's
_SURE = 0.8
_VETO = 0.05
_TURNS = 8  # times that a text is read under other names
_NEAR = 200  # characters between a sure backer and one who gives through an arm


_TIE = re.compile(
    r"(?:,|,?\s(?:and|und|sowie))\s(?:(?:the|der|die|das|den|dem)\s(?:[\w-]+\s)?)?"
)
_CLOSED = re.compile(r"[,.;:)]|\s[a-z(]|$")


@dataclass(frozen=True, slots=True)
class _Seen:
    """One name, and what either reader says of it."""

    name: str
    odds: float
    leads: float
    ruled: bool = False
    ruled_lead: bool = False
    beside: float = 0.0  # what speaks against it: explains a backer, a customer …

    @property
    def backs(self) -> float:
        """How much speaks for it as a backer; over 0 it is one."""
        ruled = _BOTH if self.ruled else -_BOTH
        surely = _LED if self.ruled_lead else 0.0
        return _ODDS * _logit(self.odds) + ruled + surely - self.beside - _BAR

    @property
    def led(self) -> float:
        """How much speaks for it as a lead; over 0 it is one."""
        both = _LEADS_BOTH if self.ruled_lead else -_LEADS_BOTH
        return _LEADS * _logit(self.leads) + both

    @property
    def led_alone(self) -> bool:
        """Whether it led, if nobody else did: a text on who leads names somebody."""
        return self.led > 0 and self.backs > -_BOTH


def tagged_round(
    org: Org, reading: Reading, text: str, tagger: Tagger
) -> Tagged | None:
    """Tag headline and text, from where a long text comes to its round."""
    sums = any(unit.marked.money or unit.marked.rounds for unit in reading.units)
    if not sums and not reading.found:
        return None
    first = min((found.unit.number for found in reading.found), default=0)
    start = 0
    if len(text) > _LONG and first > _BEFORE:
        start = max(0, text.find(reading.units[first - _BEFORE].marked.source))
    title = reading.units[0].marked.source
    return tagger.tag(title, text[start : start + _LONG], org.names)


def reread(tagged: Tagged, tagger: Tagger, org: Org) -> Tagged:
    """Tag again under other names, and take the mean: what is said counts, not who."""
    names = [span.name for span in backers(tagged)]
    under = renaming.renamed(tagged.texts, names, org.names, _TURNS)
    return renaming.mean(
        tagged, [(one, tagger.tag(*one.texts, org.names)) for one in under]
    )


def joined(
    by_rules: Backers, reading: Reading, tagged: Tagged, own: frozenset[str]
) -> Backers:
    """Keep the names that both readers together make backers, and leads."""
    seen: dict[str, _Seen] = {}
    told = (
        *_tagged(reading, tagged, own),
        *_ruled(by_rules, tagged),
        *_armed(reading, tagged, own),
    )
    firms = {tagged.texts[p][a:b] for p, a, b in _named(reading, tagged)}
    firms |= {one.name for one in told}
    for found in told:
        one = _for_a_firm(found, tagged, frozenset(firms) - {found.name})
        key = _key(one.name, seen)
        known = seen.get(key)
        seen[key] = _merged(known, one) if known else one
    kept = [one for one in seen.values() if one.backs > 0]
    leads = tuple(one.name for one in kept if one.led > 0)
    if not leads:
        alone = [one for one in seen.values() if one.led_alone]
        # A German noun is written like a name of one word.
        alone = [o for o in alone if " " in o.name or not reading.german]
        kept = [o for o in seen.values() if o.backs > 0 or o in alone]
        leads = tuple(one.name for one in kept if one.led > 0)
    return Backers().joined(Backers(tuple(one.name for one in kept), leads))


def _for_a_firm(one: _Seen, tagged: Tagged, firms: frozenset[str]) -> _Seen:
    """Put the firm in place of the partner who acts for it."""
    firm = firm_of(one.name, tagged.texts, firms)
    whole = [name for name in firms if name.startswith(f"{firm} ")]
    return replace(one, name=max([firm, *whole], key=len)) if firm else one


def _tagged(reading: Reading, tagged: Tagged, own: frozenset[str]) -> Iterator[_Seen]:
    """Yield whom the tagger sees, by the names that the rules cut out of the text."""
    names = tuple(_tied(_named(reading, tagged), tagged))
    over = tuple(_bygone(reading, tagged))
    spans = [
        one
        for span in backers(tagged)
        for one in _parted(span, tagged)
        if not any(p == one.place[0] and a <= one.place[1] < b for p, a, b in over)
    ]
    for span in sorted(spans, key=lambda span: span.place):
        for one in _cut(span, names, tagged):
            if is_compound(tagged.texts[one.place[0]], *one.place[1:]):
                continue
            name = _name(one, tagged)
            if name.casefold() not in own and _is_name(name):
                aside = _beside(one, name, tagged)
                leads = 0.0 if _employs(one, name, tagged) else one.leads
                yield _Seen(name, one.odds, leads, beside=aside)


def _armed(reading: Reading, tagged: Tagged, own: frozenset[str]) -> Iterator[_Seen]:
    """Yield who gives through an arm without a name, beside a backer who is sure."""
    sure = [span for span in backers(tagged) if span.odds > _SURE]
    for place in _named(reading, tagged):
        part, start, end = place
        name = _name(at(tagged, place), tagged)
        known = any(set(name.split()) & set(one.name.split()) for one in sure)
        if known or name.casefold() in own:
            continue
        near = any(
            one.place[0] == part and 0 < start - one.place[2] < _NEAR for one in sure
        )
        if near and gives_through(tagged.texts[part], start, end):
            yield _Seen(name, _SURE, 0.0, beside=-_BOTH)


def _beside(one: Span, name: str, tagged: Tagged) -> float:
    """Weigh how surely the text names somebody as no backer here."""
    part, start, _ = one.place
    text = tagged.texts[part]
    place = (start, start + len(name))
    if stays_out(text, *place):
        return _ABSENT
    if is_region(text, *place):
        return _BYSTANDER
    if stands_by(text, *place):
        return _BYSTANDER
    aside = explains(text, *place) or (is_person(name) and runs_it(text, *place))
    return _BESIDE if aside else 0.0


# "Ann Roe, partner at Foo, joins the board": no word on who led.
_EMPLOYED = re.compile(
    r",\s(?:an?\s|the\s)?(?:\w+\s){0,2}(?:[Pp]artner|[Dd]irector|[Pp]rincipal|"
    r"[Aa]ssociate|[Pp]resident|[Ii]nvestor)\s(?:at|of|with|from)\s(?:the\s)?$"
)


def _employs(one: Span, name: str, tagged: Tagged) -> bool:
    """Say whether a backer that is named before is named again as an employer."""
    part, start, _ = one.place
    text = tagged.texts[part]
    again = name in text[:start]
    return again and bool(_EMPLOYED.search(text[max(0, start - 80) : start]))


def _bygone(reading: Reading, tagged: Tagged) -> Iterator[Place]:
    """Yield where sentences stand that only tell who backed earlier rounds."""
    for unit in reading.units:
        part = int(unit.number > 0)
        at = tagged.texts[part].find(unit.marked.source)
        if at < 0:
            continue
        for piece in re.finditer(r"(?:[^;.]|\.(?!\s))+", unit.marked.source):
            if is_bygone(unit.marked.source) or is_bygone(piece[0].strip()):
                yield (part, at + piece.start(), at + piece.end())


def _parted(span: Span, tagged: Tagged) -> Iterator[Span]:
    """Yield a name, or the two in which one sentence ends and the next begins."""
    part, start, end = span.place
    cut = sentences(tagged.texts[part], start, end)
    yield from [span] if len(cut) == 1 else [at(tagged, (part, *one)) for one in cut]


def _name(one: Span, tagged: Tagged) -> str:
    """Write a name as it stands in the text, mended at its edges."""
    part, start, end = one.place
    start, end = mended(tagged.texts[part], start, end)
    return TITLES.sub("", tagged.texts[part][start:end]).strip(" ,;:–—-")


def _is_name(name: str) -> bool:
    """Tell names from words; a brand in small letters is one that nobody else has."""
    written = re.search(r"[A-ZÀ-Þ\d]|\w[.+&/_]", name)
    brand = re.fullmatch(r"[a-zà-ÿ]{4,}(?: (?:capital|ventures|partners))?", name)
    brand = brand if name.split(maxsplit=1)[0] not in FUNCTION else None
    return bool(written or brand) and not is_nameless(name)


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


def _tied(places: Iterable[Place], tagged: Tagged) -> Iterator[Place]:
    """Join names that an apostrophe makes one: "Teachers' Pension Plan"."""
    last: Place | None = None
    for place in sorted(set(places)):
        if last and last[0] == place[0] and last[1:] != place[1:]:
            text = tagged.texts[place[0]]
            tie = re.fullmatch(r"['’]s?\s", text[last[2] : place[1]])
            owner, own = text[last[1] : last[2] + 1], text[place[1] : place[2]]
            if tie and belongs(owner, own):
                last = (place[0], last[1], place[2])
                continue
        if last:
            yield last
        last = place
    if last:
        yield last


def _cut(span: Span, names: tuple[Place, ...], tagged: Tagged) -> Iterator[Span]:
    """Give the tagger's name as the rules cut it, where they see one there too."""
    part, start, end = span.place
    over = [p for p in names if p[0] == part and p[1] < end and p[2] > start]
    inside = [p for p in over if start <= p[1] and p[2] <= end]
    parts = "\n" in span.name or _are_two(span.name, inside, tagged)
    if not over or (len(inside) > 1 and not parts):
        yield span
        return
    for place in over:
        mention = at(tagged, recut(tagged, place))
        yield replace(mention, odds=max(mention.odds, span.odds))


def _are_two(name: str, inside: list[Place], tagged: Tagged) -> bool:
    """Say whether "Foo and Bar Fund" is two names, both of which can stand alone."""
    names = [tagged.texts[part][start:end] for part, start, end in inside]
    return " and ".join(names) == name and not any(map(is_nameless, names))


def _ruled(by_rules: Backers, tagged: Tagged) -> Iterator[_Seen]:
    spans = {name: told(tagged, name) for name in by_rules.every}
    behind = tuple(_tied_places(spans.values(), tagged))
    for name, best in spans.items():
        led = name in by_rules.leads
        seen = _Seen(name, 0.5, 0.5, ruled=True, ruled_lead=led)
        if best:
            tied = any(_stands_at(name, place, tagged) for place in behind)
            span = at(tagged, recut(tagged, best.place))
            called = _name(span, tagged)
            aside = _beside(span, called, tagged)
            seen = replace(
                seen,
                name=called,
                odds=span.odds,
                leads=span.leads,
                beside=aside - (_TIED if tied and not aside else 0.0),
            )
        if not is_nameless(seen.name):
            yield seen


def _tied_places(spans: Iterable[Span | None], tagged: Tagged) -> Iterator[Place]:
    """Yield where a list goes on behind a name that the tagger is sure of."""
    for span in spans:
        if span is None or span.odds < _SURE:
            continue
        part, _, end = span.place
        if tie := _TIE.match(tagged.texts[part], end):
            yield (part, tie.end(), tie.end())


def _stands_at(name: str, place: Place, tagged: Tagged) -> bool:
    """Say whether a whole name, not an owner's, stands at a place."""
    part, start, _ = place
    text = tagged.texts[part]
    whole = _CLOSED.match(text, start + len(name))
    return text.startswith(name, start) and whole is not None


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
    longer = max(one.name, other.name, key=len)
    name = other.name if other.ruled and not _in_full(longer, other.name) else longer
    if one.odds > _SURE and f"{other.name} " in f"{one.name} " and " and " in one.name:
        name = one.name  # "Grains Research and Development Corporation"
    return _Seen(
        name,
        max(one.odds, other.odds),
        max(one.leads, other.leads),
        one.ruled or other.ruled,
        one.ruled_lead or other.ruled_lead,
        _said_of_both(one.beside, other.beside),
    )


def _in_full(longer: str, name: str) -> bool:
    """Say whether the longer is somebody's whole name: "Ann Roe" of "Roe"."""
    return is_person(longer) and name in longer.split()


def _said_of_both(one: float, other: float) -> float:
    """Weigh what speaks against a name that is named twice; who is absent stays so."""
    return max(one, other) if _ABSENT in (one, other) else min(one, other)


def _logit(odds: float) -> float:
    safe = min(max(odds, _EDGE), 1 - _EDGE)
    return math.log(safe / (1 - safe))


def refused(tagged: Tagged) -> bool:
    """Say whether the tagger is sure that no new round of the company is told of."""
    return tagged.tells < _VETO
