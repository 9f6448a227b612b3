"""Make of a case what the tagger learns from: tokens and what each of them is. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from intel.deals import pools
from intel.deals.naming import Manner, find_names
from intel.money import find_money
from intel.rounds import UNKNOWN, find_rounds
from intel.tagger import LABELS, encode
from intel.tuned import bounded

LEAD, BACKER, SUM, ROUND = (LABELS.index(n) for n in ("lead", "backer", "sum", "round"))
Place = tuple[int, int, int]
_SWAPS_BACKER, _SWAPS_OTHER, _DROPS = 0.85, 0.5, 0.25
_NO_NAME = re.compile(
    r"^(?:Series|Seed|Pre|CEO|January|February|March|April|May|June|July|August|"
    r"September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|"
    r"Saturday|Sunday|AI|Inc|US|UK|EU|I|We|Our)\b|\d{4}|^\d+$|^.{1,2}$"
)
_KEEPS = re.compile(r"rais|round|fund|invest|[€$£]|million")


@dataclass(frozen=True, slots=True)
class Example:
    """A text in tokens. `groups` are the tokens of each mention of one thing."""

    ids: tuple[int, ...]
    shapes: tuple[int, ...]
    labels: tuple[int, ...]
    groups: tuple[tuple[tuple[int, ...], ...], ...]
    tells: bool


def example(tokenizer: Any, case: Mapping[str, Any]) -> Example:
    """Label the tokens of a case."""
    expected = case["expected"] or {}
    org = case["org"]
    own = (org["callsign"], *org.get("aliases", ()))
    pieces = encode(tokenizer, case["title"], case["text"], own)
    labels = [0] * len(pieces)
    groups: dict[Any, list[tuple[int, ...]]] = {}
    for part, text in enumerate((case["title"], case["text"])):
        for key, label, start, end in _marks(text, expected):
            tokens = tuple(
                number
                for number, piece in enumerate(pieces)
                if piece.place[0] == part and start <= piece.place[1] < end
                if not labels[number] and piece.shape != 6
            )
            for nth, token in enumerate(tokens):
                inside = nth > 0 and label in (LEAD, BACKER)
                labels[token] = label + inside
            if tokens:
                groups.setdefault(key, []).append(tokens)
    return Example(
        tuple(piece.number for piece in pieces),
        tuple(piece.shape for piece in pieces),
        tuple(labels),
        tuple(tuple(mentions) for mentions in groups.values()),
        bool(expected),
    )


def _marks(text: str, expected: Mapping[str, Any]) -> list[tuple[Any, int, int, int]]:
    """List what a text mentions: what it is, its label, where it stands."""
    found: list[tuple[Any, int, int, int]] = []
    for name in sorted(expected.get("investors", ()), key=len, reverse=True):
        label = LEAD if name in expected["leads"] else BACKER
        for match in re.finditer(bounded(name), text):
            if not any(a < match.end() and match.start() < b for _, _, a, b in found):
                found.append((name, label, *match.span()))
    amount, kind = expected.get("amount"), _base(expected.get("round_type") or UNKNOWN)
    if amount:
        sums = [one for one in find_money(text) if abs(one.amount / amount - 1) < 0.006]
        found += [(SUM, SUM, one.start, one.end) for one in sums]
    if kind != UNKNOWN:
        rounds = [one for one in find_rounds(text) if _base(one.name) == kind]
        found += [(ROUND, ROUND, one.start, one.end) for one in rounds]
    return found


def _base(kind: str) -> str:
    return kind.removesuffix(" extension")


def swapped(case: Mapping[str, Any], r: Random, others: list[str]) -> dict[str, Any]:
    """Give most names of a case others of their kind, and drop what is beside it."""
    expected = case["expected"]
    backers = list(expected["investors"]) if expected else []
    new = {n: pools.like(r, n) for n in backers if r.random() < _SWAPS_BACKER}
    new |= {n: pools.like(r, n) for n in others if r.random() < _SWAPS_OTHER}
    for name in backers:
        new |= _short_forms(name, new, f"{case['title']}\n{case['text']}")
    text = _shortened(case["text"], backers, r) if r.random() < _DROPS else case["text"]
    ordered = sorted(new, key=len, reverse=True)
    pattern = re.compile("|".join(map(bounded, ordered)) or r"(?!)")

    def renamed(one: str) -> str:
        return pattern.sub(lambda found: new[found[0]], one)

    named = {
        field: [new.get(name, name) for name in expected[field]]
        for field in (("investors", "leads") if expected else ())
    }
    return {
        **case,
        "title": renamed(case["title"]),
        "text": renamed(text),
        "expected": {**expected, **named} if expected else None,
    }


def _short_forms(name: str, new: Mapping[str, str], text: str) -> dict[str, str]:
    """Shorten the new name where the text shortens the old: "Foo" for "Foo Capital"."""
    words = name.split()
    if name not in new or len(words) < 2 or len(words[0]) < 4:
        return {}
    given, short = new[name].split(), {}
    for length in range(1, len(words)):
        first = " ".join(words[:length])
        alone = rf"{bounded(first)}(?! {re.escape(words[length])})"
        if first not in new and re.search(alone, text):
            short[first] = " ".join(given[: max(1, min(length, len(given) - 1))])
    behind = rf"(?<!{re.escape(words[-2])} ){bounded(words[-1])}"
    person = pools.kind_of(name) in ("person", "maybe")
    if person and words[-1] not in new and re.search(behind, text):
        short[words[-1]] = given[-1]
    return short


def _shortened(text: str, backers: list[str], r: Random) -> str:
    kept = [
        line
        for line in text.split("\n")
        if r.random() < 0.6
        or _KEEPS.search(line)
        or any(name in line for name in backers)
    ]
    return "\n".join(kept) or text


def other_names(case: Mapping[str, Any]) -> list[str]:
    """List the names in a case that are no backer's and not the company's."""
    expected, org = case["expected"], case["org"]
    known = [n.lower() for n in (expected or {}).get("investors", ())]
    own = [n.lower() for n in (org["callsign"], *org.get("aliases", ()))]
    manner = Manner(case["lang"] == "de")
    sentences = re.split(r"(?<=[.!?:])\s+|\n+", f"{case['title']}\n{case['text']}")
    found = {name for one in sentences for name in find_names(one, manner).names}
    return sorted(
        name
        for name in found
        if not _NO_NAME.search(name)
        and not any(name.lower() in one or one in name.lower() for one in known)
        and not any(one in name.lower() for one in own)
    )
