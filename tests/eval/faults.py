"""Seed faults into true claims: other numbers, names, dates, and denials. Pure.

Each fault is looked up in the evidence by plain reading, without the code it tries, so
that what it says is truly not there. Equal cases give equal faults.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONATE = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_QUARTERS = ["first", "second", "third", "fourth"]
_WORDS = ("two three four five six seven eight nine ten eleven twelve").split()  # noqa: SIM905 - reads better
_STRANGERS = [
    "Brackwater",
    "Corvane",
    "Ostrander",
    "Velmont",
    "Quist",
    "Harrowgate",
    "Lisbon",
    "Fujita",
    "Moreno",
    "Ashdown",
    "Kestrelby",
    "Zagreb",
    "Ndiaye",
    "Tamworth",
]
_NO_NAMES = frozenset(
    [
        *_MONTHS,
        *_MONATE,
        *_DAYS,
        "Series",
        "Euro",
        "As",
        "The",
        "About",
        "Around",
        "Roughly",
    ]
)
_FINITE = "is|was|are|were|has|have|had|will|would|can|could|must"
_HILFSVERB = "ist|sind|war|waren|wird|werden|hat|haben|soll|sollen|will"
_LEMMAS = {
    "raised": "raise", "secured": "secure", "opened": "open", "won": "win",
    "recalled": "recall", "joined": "join", "called": "call", "fell": "fall",
    "rose": "rise", "grew": "grow", "reduced": "reduce", "increased": "increase",
    "launched": "launch", "appointed": "appoint", "posted": "post", "led": "lead",
    "invested": "invest", "chose": "choose", "cut": "cut", "bought": "buy",
    "acquired": "acquire", "wants": "want", "serves": "serve", "employs": "employ",
    "rated": "rate", "announced": "announce", "extended": "extend", "hired": "hire",
    "dropped": "drop", "narrowed": "narrow", "accepted": "accept", "signed": "sign",
    "expects": "expect", "plans": "plan", "took": "take", "left": "leave",
    "lost": "lose", "sold": "sell", "fined": "fine", "averaged": "average",
    "praised": "praise", "covers": "cover", "operates": "operate", "need": "need",
    "asked": "ask", "supports": "support", "increases": "increase", "sued": "sue",
}  # fmt: skip
_GERMAN = re.compile(
    r"[äöüß]|\b(?:der|die|das|und|von|laut|im|hat|haben|wird|mit|ist|um|den|dem|des|bei|nicht)\b"
)
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_NUMBER = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)*(?![\w-]|[.,]\d)")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-zé]{2,}\b")
_MOST = 4

Maker = Callable[[str, str, random.Random], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Fault:
    """A true claim made false in one place; `kind` says how."""

    kind: str
    claim: str


def seed(claim: str, evidence: str, days: Sequence[str]) -> tuple[Fault, ...]:
    """Make up to four faults of each kind from a true claim.

    `evidence` is all that it cites, `days` the days that evidence bears.
    """
    chance = random.Random(claim)
    carried = f"{evidence} {' '.join(days)} {' '.join(map(_spelled, days))}"
    made = []
    for kind, make in _MAKERS.items():
        others = [c for c in dict.fromkeys(make(claim, carried, chance)) if c != claim]
        made += [Fault(kind, other) for other in others[:_MOST]]
    return tuple(made)


def _spelled(day: str) -> str:
    _, month, number = map(int, day.split("-"))
    return f"{number} {_MONTHS[month - 1]} {_MONATE[month - 1]}"


def _swapped(words: str, found: re.Match[str], other: str) -> str:
    return words[: found.start()] + other + words[found.end() :]


def _numbers(claim: str, carried: str, chance: random.Random) -> Iterator[str]:
    dated = [found.span() for found in _dates_in(claim)]
    digits = re.sub(r"(?<=\d)[.,](?=\d{3}\b)", "", carried)
    for found in _NUMBER.finditer(claim):
        if any(start <= found.start() < end for start, end in dated):
            continue
        for other in _altered(found.group(), chance):
            plain = re.sub(r"[.,](?=\d{3}\b)", "", other)
            if not re.search(rf"(?<![\d.,]){re.escape(plain)}(?![\d]|[.,]\d)", digits):
                yield _swapped(claim, found, other)
    for found in re.finditer(rf"\b(?:{'|'.join(_WORDS)})\b", claim, re.IGNORECASE):
        left = [w for w in _WORDS if w not in carried.lower() and w not in claim]
        free = [w for w in left if not re.search(rf"\b{_WORDS.index(w) + 2}\b", digits)]
        if free:
            yield _swapped(claim, found, chance.choice(free))


def _altered(written: str, chance: random.Random) -> Iterator[str]:
    """Change one figure by a fifth or more: a digit, two digits swapped, a nought."""
    digits = [at for at, c in enumerate(written) if c.isdigit()]
    first = digits[0]
    other = chance.choice([d for d in "123456789" if d != written[first]])
    yield written[:first] + other + written[first + 1 :]
    if len(digits) > 1 and abs(int(written[first]) - int(written[digits[1]])) > 1:
        a, b = first, digits[1]
        if written[b] != "0":
            swapped = list(written)
            swapped[a], swapped[b] = written[b], written[a]
            yield "".join(swapped)
    if "." not in written and "," not in written:
        yield f"{written}0"


def _dates_in(claim: str) -> Iterator[re.Match[str]]:
    months = "|".join(dict.fromkeys([*_MONTHS, *_MONATE]))
    yield from re.finditer(
        rf"\d{{4}}-\d\d-\d\d|\b\d{{1,2}}\.? (?:{months})(?: \d{{4}})?|"
        rf"\b(?:{months}) \d{{1,2}}(?:, \d{{4}})?\b|\b(?:{months})(?: \d{{4}})?\b|"
        r"\b(?:19|20)\d\d\b(?!-)|\bQ[1-4]\b",
        claim,
    )


def _dates(claim: str, carried: str, chance: random.Random) -> Iterator[str]:
    if claim.startswith("As of "):
        return
    for found in _ISO.finditer(claim):
        for day in (int(found[3]) % 27 + 1, (int(found[3]) + 9) % 27 + 1):
            other = f"{found[1]}-{found[2]}-{day:02}"
            if other not in carried and not _says(carried, str(day)):
                yield _swapped(claim, found, other)
    yield from _years(claim, carried)
    for names in (_MONTHS, _MONATE, _DAYS, _QUARTERS):
        if names is _QUARTERS and not re.search(r"\bquarter\b", claim):
            continue
        yield from _named(claim, carried, names, chance)
    months = "|".join(dict.fromkeys([*_MONTHS, *_MONATE]))
    for found in re.finditer(
        rf"\b\d{{1,2}}(?=\.? (?:{months})\b)|(?<=[a-z] )\d{{1,2}}\b(?!-)", claim
    ):
        before = claim[: found.start()].split()
        after = claim[found.end() :].split()
        near = f"{before[-1] if before else ''} {after[0] if after else ''}"
        day = int(found.group()) % 27 + 1
        if re.search(months, near) and not _says(carried, str(day)):
            yield _swapped(claim, found, str(day))


def _years(claim: str, carried: str) -> Iterator[str]:
    for found in re.finditer(r"\b20\d\d\b(?!-)", claim):
        for year in (int(found.group()) - 2, int(found.group()) + 3):
            if str(year) not in carried:
                yield _swapped(claim, found, str(year))


def _named(
    claim: str, carried: str, names: Sequence[str], chance: random.Random
) -> Iterator[str]:
    for found in re.finditer(rf"\b(?:{'|'.join(names)})\b", claim):
        free = [n for n in names if not _says(carried, n[:3]) and n not in claim]
        numbers = {m for _, m, _ in _ISO.findall(carried)}
        free = [n for n in free if f"{names.index(n) + 1:02}" not in numbers]
        if free:
            yield _swapped(claim, found, chance.choice(free))


def _says(carried: str, start: str) -> bool:
    rest = "" if start.isdigit() else "[a-zä]*"
    return bool(re.search(rf"\b{start}{rest}\b", carried))


def _names(claim: str, carried: str, chance: random.Random) -> Iterator[str]:
    if _GERMAN.search(claim):
        return
    for found in _NAME.finditer(claim):
        if found.group() not in _NO_NAMES and found.group() in carried:
            strangers = [name for name in _STRANGERS if name not in carried]
            yield _swapped(claim, found, chance.choice(strangers))


def _denials(claim: str, _: str, chance: random.Random) -> Iterator[str]:
    del chance
    for denied in re.finditer(r"\b(?:not|nicht|never) ", claim):
        yield _swapped(claim, denied, "")
    if claim.startswith("No "):
        yield claim[3].upper() + claim[4:]
    if re.search(r"\b(?:no|not|nicht|kein\w*|un\w+ed)\b|n't\b", claim, re.IGNORECASE):
        return
    if _GERMAN.search(claim):
        for found in re.finditer(rf"\b(?:{_HILFSVERB})\b", claim):
            yield _swapped(claim, found, f"{found.group()} nicht")
        return
    for found in re.finditer(rf"\b(?:{_FINITE})\b", claim):
        yield _swapped(claim, found, f"{found.group()} not")
    for found in re.finditer(rf"\b(?:{'|'.join(_LEMMAS)})\b", claim):
        before = claim[: found.start()].split()
        if before and before[-1] not in _NOT_BEFORE and before[-1][0].isupper():
            helper = "does" if found.group().endswith("s") else "did"
            yield _swapped(claim, found, f"{helper} not {_LEMMAS[found.group()]}")


_NOT_BEFORE = frozenset(["As", "In", "On", "For"])
_MAKERS: dict[str, Maker] = {
    "number": _numbers,
    "name": _names,
    "date": _dates,
    "negation": _denials,
}
