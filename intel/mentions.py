"""Find where a text names a company, and what part the name plays there. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from intel.lexicon import cues
from intel.lexicon.sectors import SUBJECTS, sectors_of
from intel.lexicon.shared import FIRST_NAMES
from intel.names import LEGAL_AFTER, Known, Name, fold, plainly

_SENTENCE_END = re.compile(r"(?<=[.!?:;…])[\"')\]]?\s+(?=[\"'(„»]?[A-ZÄÖÜ0-9])|\n+")
_WORD = re.compile(r"[A-Za-zÀ-ÿ][\w-]*")
_FOLLOWER = re.compile(r"^ ([A-ZÄÖÜ][\w-]+)")
_BEFORE = re.compile(r"([A-ZÄÖÜ][\w.'-]*) $")
_APPOSED = re.compile(
    r"^(?:, | \(| - | is | was | ist | war )(?:the |a |an |one of |der |die |das "
    r"|ein |eine |einem |dem )?"
    r"([^,.;()]{3,60})"
)
_TYPED = re.compile(r"([\w-]+) (?:named |called |namens )?$")


# What stands further away says nothing of a mention, and a hostile text may go on
# for ever; so may its mentions.
_BESIDE = 600  # characters on each side
_MOST = 300  # mentions of one name


class Part(StrEnum):
    """What a name in a text stands for."""

    CORE = "core"
    PASSING = "passing"
    OTHER = "other"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a text names (or seems to name) a company.

    `left` and `right` are the rest of its sentence; `at` counts from the text's start.
    """

    name: Name
    surface: str
    left: str
    right: str
    at: int
    in_title: bool


@dataclass(frozen=True, slots=True)
class Sense:
    """How one mention is read.

    `sure`: by words beside the name, not by default. `firm`: another firm's full name,
    for which the bare name may stand in the rest of the article.
    """

    part: Part
    reason: str = ""
    sure: bool = False
    firm: bool = False


@dataclass(frozen=True, slots=True)
class _Case:
    """One mention with what the rules need. `plain`: capitals mean something."""

    mention: Mention
    known: Known
    plain: bool


def find(names: tuple[Name, ...], text: str, *, in_title: bool) -> tuple[Mention, ...]:
    """List mentions in text order; where names overlap the longest one counts."""
    plain = fold(text)
    taken: list[tuple[int, int, Name]] = []
    for name in names:
        for found in islice(name.pattern.finditer(plain), _MOST):
            start, end = found.span()
            if all(end <= s or start >= e for s, e, _ in taken):
                taken.append((start, end, name))
    cuts = [0, *(m.end() for m in _SENTENCE_END.finditer(text)), len(plain)]
    return tuple(
        _mentions(plainly(text), sorted(taken, key=lambda t: t[:2]), cuts, in_title)
    )


def _mentions(
    plain: str, taken: list[tuple[int, int, Name]], cuts: list[int], in_title: bool
) -> Iterator[Mention]:
    place = 0
    for start, end, name in taken:
        while place + 1 < len(cuts) - 1 and cuts[place + 1] <= start:
            place += 1
        left = plain[max(cuts[place], start - _BESIDE) : start]
        right = plain[end : min(cuts[place + 1], end + _BESIDE)].rstrip()
        surface, right = _possessive(plain[start:end], right)
        yield Mention(name, surface, left, right, start, in_title)


def _possessive(surface: str, right: str) -> tuple[str, str]:
    for ending in ("'s", "'"):
        if surface.endswith(ending):
            return surface.removesuffix(ending), ending + right
    return surface, right


def read(mention: Mention, known: Known, *, plain_case: bool) -> Sense:
    """Say what one mention stands for.

    `plain_case` tells that capital letters mean something here (not a headline in
    title case, not German, where each noun has one).
    """
    case = _Case(mention, known, plain_case)
    for rule in (
        _spelling,
        _person,
        _other_firm,
        _described,
        _thing,
        _longer,
        _article,
    ):
        if sense := rule(case):
            return sense
    return _role(mention)


def _spelling(case: _Case) -> Sense | None:
    mention = case.mention
    written, name = mention.surface.strip("'"), mention.name.text
    if "." in name or name.startswith("@") or name.islower():
        return None
    if written.islower():
        return Sense(Part.WORD, f"“{written}” in lower case", sure=True)
    if name.isupper() and len(name) < 4 and not written.startswith(name):
        return Sense(Part.WORD, f"“{written}” is not written {name}", sure=True)
    return None


def _person(case: _Case) -> Sense | None:
    mention, known = case.mention, case.known
    if mention.name.full:
        return None
    right = mention.right
    if found := cues.HONORIFIC_BEFORE.search(mention.left):
        return _other(f"a person, “{found[0]}{mention.surface}”")
    before = _BEFORE.search(mention.left)
    if before and before[1] in _CAPITALISED_NAMES and not mention.left.endswith(", "):
        return _other(f"a person, {before[1]} {mention.surface}")
    if cues.PERSON_AFTER.search(right):
        return _other(f"a person ({mention.surface}{right[:14]}…)")
    after = _FOLLOWER.search(right)
    if (
        after
        and mention.surface.casefold() in FIRST_NAMES
        and _surname(after[1], known)
    ):
        return _other(f"a person, {mention.surface} {after[1]}")
    return None


_CAPITALISED_NAMES = frozenset(name.capitalize() for name in FIRST_NAMES) - {
    "Will",
    "Mark",
    "Art",
    "Max",
    "April",
    "May",
    "June",
    "Jordan",
    "Victoria",
    "Paris",
    "Virginia",
    "Frank",
    "Pat",
    "Sue",
    "Rich",
    "Bill",
    "Chase",
    "Georgia",
    "San",
}


def _surname(word: str, known: Known) -> bool:
    low = word.casefold()
    return low not in cues.FOLLOWERS and low not in known.words and not sectors_of(low)


def _thing(case: _Case) -> Sense | None:
    mention, known = case.mention, case.known
    if found := cues.CLUB_BEFORE.search(mention.left):
        if (
            mention.name.full
            or set(sectors_of(found[0].strip().casefold())) & known.trades
        ):
            return None
        return _other(f"“{found[0]}{mention.surface}”")
    if mention.name.full:
        return None
    for after in (cues.OTHER_AFTER, cues.PLACE_AFTER):
        if found := after.search(mention.right):
            return _other(f"“{mention.surface}{found[0]}”")
    if found := cues.PLACE_BEFORE.search(mention.left):
        return _other(f"a place, “{found[0]}{mention.surface}”")
    return None


def _other_firm(case: _Case) -> Sense | None:
    mention, known = case.mention, case.known
    if mention.name.full:
        return None
    found = cues.FIRM_AFTER.search(mention.right)
    if found and not _in_address(mention.surface + found[0], known):
        return _firm(f"a longer name, {mention.surface}{found[0]}")
    legal = LEGAL_AFTER.search(mention.right)
    if legal and mention.name.shared and _forms_differ(legal[1], known.legal_form):
        return _firm(f"another legal form, {mention.surface} {legal[1]}")
    return None


def _described(case: _Case) -> Sense | None:
    """Refuse what the words after the name call something that ours is not."""
    mention, trades = case.mention, case.known.trades
    kinds = frozenset() if mention.name.full else described_after(mention)
    if not kinds or kinds & trades:
        return None
    if kinds <= SUBJECTS or (trades and mention.name.shared):
        return _other(f"described as {', '.join(sorted(kinds))}")
    return None


def _forms_differ(theirs: str, ours: str) -> bool:
    return bool(ours) and _letters(theirs)[:3] != _letters(ours)[:3]


def _letters(form: str) -> str:
    return re.sub(r"[^a-z&]", "", form.casefold())


def described_after(mention: Mention) -> frozenset[str]:
    """Read what the words that describe the name say it is."""
    found: set[str] = set()
    if apposed := _APPOSED.search(mention.right):
        for word in _WORD.findall(apposed[1].casefold()):
            found.update(sectors_of(word))
    return frozenset(found)


def _longer(case: _Case) -> Sense | None:
    """Refuse a longer name that holds ours, such as Apollo Hospitals."""
    mention, known = case.mention, case.known
    if mention.name.full:
        return None
    after, before = _FOLLOWER.search(mention.right), _BEFORE.search(mention.left)
    own = after and _in_address(mention.surface + after[1], known)
    if (
        after
        and not own
        and (low := after[1].casefold()) not in cues.FOLLOWERS | known.words
    ):
        kinds = frozenset(sectors_of(low))
        if low in cues.TAILS and _another_firm(mention, known):
            return _firm(f"a longer name, {mention.surface} {after[1]}")
        telling = mention.name.shared or known.trades
        if telling and kinds and not kinds & known.trades:
            return _other(f"a longer name, {mention.surface} {after[1]}")
        if case.plain and not kinds and mention.name.shared:
            return Sense(Part.OTHER, f"a longer name, {mention.surface} {after[1]}")
    if (
        before
        and case.plain
        and mention.name.shared
        and _begins_a_name(before[1], mention, known)
    ):
        return Sense(Part.OTHER, f"a longer name, {before[1]} {mention.surface}")
    return None


def _in_address(longer: str, known: Known) -> bool:
    """Say whether the company's own web address says its longer name."""
    stem = re.sub(r"[^a-z0-9]", "", known.domain.split(".", maxsplit=1)[0].casefold())
    return bool(stem) and stem == re.sub(r"[^a-z0-9]", "", longer.casefold())


def _another_firm(mention: Mention, known: Known) -> bool:
    """Say whether a firm's name beginning with ours must be another firm's."""
    return mention.name.shared or any(
        name.full and name.words[0] == mention.name.words[0] and len(name.words) > 1
        for name in known.names
        if name.text != known.domain
    )


def _begins_a_name(word: str, mention: Mention, known: Known) -> bool:
    described = re.search(r"'s$|\.$|\w-[a-z]{3,}$", word)  # "Smith-backed Acme"
    if mention.left.strip() == word or described:
        return False
    return _surname(word, known)


def _article(case: _Case) -> Sense | None:
    mention, known = case.mention, case.known
    if not mention.name.shared or not cues.DETERMINER_BEFORE.search(mention.left):
        return None
    after = _WORD.search(mention.right[:24])
    if after and mention.right[:1] in " -'":
        low = after[0].casefold()
        if low in cues.FOLLOWERS | cues.COMPANY_WORDS | known.words or sectors_of(low):
            return None
    return Sense(
        Part.WORD, f"a common word, “{mention.left[-12:].strip()} {mention.surface}”"
    )


def _role(mention: Mention) -> Sense:
    left, right = mention.left, mention.right
    if cues.PASSING_AFTER.search(right):
        return Sense(
            Part.PASSING, f"“{mention.surface}{right[:18].rstrip()}”", sure=True
        )
    if not cues.ATTACKED.search(left):
        for pattern in (cues.PASSING_FAR_BEFORE, cues.PASSING_NEAR_BEFORE):
            if found := pattern.search(left):
                said = " ".join(found[0].split())
                return Sense(Part.PASSING, f"“{said} {mention.surface}”", sure=True)
    if left.casefold().endswith("ex-"):
        return Sense(Part.PASSING, f"“ex-{mention.surface}”", sure=True)
    in_list = cues.LIST_BEFORE.search(left) and cues.LIST_AFTER.search(right)
    if (
        in_list
        or cues.LIST_END_BEFORE.search(left)
        or cues.LIST_START_AFTER.search(right)
    ):
        return Sense(Part.PASSING, "one of a list", sure=True)
    return Sense(Part.CORE)


def _firm(reason: str) -> Sense:
    return Sense(Part.OTHER, reason, sure=True, firm=True)


def _other(reason: str) -> Sense:
    return Sense(Part.OTHER, reason, sure=True)
