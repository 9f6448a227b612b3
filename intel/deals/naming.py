"""Find the names in a marked text and put a sign in place of each. Pure.

A name is a run of capitalised words (brands in small letters too), freed of what
merely stands beside it: the word a sentence opens with, titles, trades, owners.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intel.deals.edges import belongs
from intel.deals.name_forms import (
    ADVERB,
    GAP,
    GERMAN_PLACE,
    GERMAN_TRADE,
    LAND,
    MONTHS,
    SMALL_BRAND,
    TITLE_BEHIND,
    TITLES,
    TRADE,
    WHOLE,
    WORD,
)
from intel.deals.vocabulary import (
    ALONE,
    COMMON,
    FUNCTION,
    GENERIC,
    NATIVE,
    NEVER,
    STATES,
)
from intel.words import listed

NAME = "[\ue400-\ue4ff]"
LED = "\ue3f0"  # behind the sign of one who is said to lead
_NAME_AT, _MOST = 0xE400, 255


@dataclass(frozen=True, slots=True)
class Named:
    """A marked text whose names are signs, and the names behind them."""

    text: str
    names: tuple[str, ...]

    def name_at(self, sign: str) -> str:
        """Give the name behind its sign."""
        return self.names[self.place_of(sign)]

    def place_of(self, sign: str) -> int:
        """Say which of the names a sign stands for."""
        return ord(sign) - _NAME_AT


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text writes: German nouns and a headline's words may be capitals too."""

    german: bool = False
    title: bool = False


def find_names(text: str, manner: Manner) -> Named:
    """Replace every name of a marked text by its sign."""
    text = TITLE_BEHIND.sub(lambda title: title[0].lower(), text)
    title = manner.title and not manner.german and _is_title_case(text)
    manner = Manner(manner.german, title)
    wholes = [match.span() for match in WHOLE.finditer(text)]
    spans = sorted([*_spans(text, manner), *wholes])[:_MOST]
    pieces, last = [], 0
    for number, (start, end) in enumerate(spans):
        pieces += [text[last:start], chr(_NAME_AT + number)]
        last = end
    names = tuple(TITLES.sub("", text[start:end]) for start, end in spans)
    return Named("".join([*pieces, text[last:]]), names)


def _is_title_case(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{3,}", text)
    telling = [word for word in words if word.casefold() not in _LOWER_IN_TITLES]
    return len(telling) > 3 and all(word[0].isupper() for word in telling)


_LOWER_IN_TITLES = listed(
    """the and for with from into over its via but nor yet off out per after amid as to
    by of on in at"""
)


def _spans(text: str, manner: Manner) -> Iterator[tuple[int, int]]:
    """Yield where the names stand: runs of words, cut at words that are none."""
    run: list[tuple[int, int]] = []
    wholes = [match.span() for match in WHOLE.finditer(text)]
    for start, end in _words(text):
        if any(first <= start < last for first, last in wholes):
            continue
        joined = bool(run) and _is_joined(text, run, start, manner)
        if run and not joined:
            yield from _trimmed(text, run, manner)
            run = []
        if _is_named(text, start, end, manner, in_run=bool(run)):
            run.append((start, end))
        elif run:
            yield from _trimmed(text, run, manner)
            run = []
    if run:
        yield from _trimmed(text, run, manner)


# "Sparte des Konzerns Foo": a German article joins nothing, as "des" does in French.
_ARTICLES = (" des ", " den ")


def _is_joined(
    text: str, run: list[tuple[int, int]], start: int, manner: Manner
) -> bool:
    """Say whether a word goes on with a run: "Ring of Foo", "Leaps by Foo"."""
    if manner.german and text[run[-1][1] : start] in _ARTICLES:
        return False
    if _is_many_peoples(text, run[-1], start):
        return True
    gap = GAP.match(text, run[-1][1])
    after = re.match(r"\w+", text[start:])
    at_home = after is not None and after[0].casefold() in ALONE
    of_or_by = text[run[-1][1] : start] in (" of ", " by ")
    single = len(run) == 1 and of_or_by and not at_home
    return single or (gap is not None and gap.end() == start)


def _is_many_peoples(text: str, last: tuple[int, int], start: int) -> bool:
    """Say whether a run goes on behind a plural owner: "Iowa Farmers' Alliance"."""
    owner, own = text[last[0] : last[1] + 1], _CAPITALS.match(text, start)
    apart = text[last[1] : start] in ("' ", "’ ") and owner[-2] == "s"
    return apart and own is not None and belongs(owner, own[0])


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Yield the words without possessives and without "-led" and "-backed"."""
    for match in WORD.finditer(text):
        word = match.group()
        if word in ("&", "+") or word in _LOWER_JOINTS:
            continue
        alone = re.match(r"[,.;)]|$|\s(?:and|where|which)\b", text[match.end() :])
        if re.search(r"[a-z]['’]s$", word) and alone and not _follows(text, match):
            yield match.span()  # "the grocer Raley's, where"
            continue
        bare = re.sub(r"(?:['’]s|(?<=s)['’]|['’]|-(?:co-)?led)$", "", word)
        yield match.start(), match.start() + len(bare)


def _follows(text: str, word: re.Match[str]) -> bool:
    """Say whether a word stands right behind another capitalised one."""
    return bool(re.search(r"[A-ZÀ-Þ][\w.'’-]*\s$", text[: word.start()]))


_CAPITALS = re.compile(r"[A-Z]\w+(?:\s[A-Z]\w+)*")
_LOWER_JOINTS = listed(
    "of for by and de du des la le van del di da do dos das den ter el al y"
)


def _is_named(text: str, start: int, end: int, manner: Manner, *, in_run: bool) -> bool:
    word = text[start:end]
    if SMALL_BRAND.fullmatch(word):
        return not re.match(r"e\.g|i\.e|a\.m|p\.m", word)
    if re.search(r"\w-[a-zà-ÿ]{4,}$", word):
        return False
    if word[0].isdigit() or word[0] == ".":
        return _is_number_name(text, start, end, in_run=in_run)
    if word[0] == "+":
        return True
    return word[0].isupper() and _is_capital_name(text, start, end, manner, in_run)


def _is_capital_name(
    text: str, start: int, end: int, manner: Manner, in_run: bool
) -> bool:
    """Say whether a capitalised word belongs to a name."""
    word = text[start:end]
    if word in ("US", "UK") and _goes_on(text, end):
        return True
    if word in MONTHS and _is_persons(text, start, end, in_run=in_run):
        return True
    if word.casefold() in NEVER:
        return in_run and word.isupper() and (len(word) == 2 or word == "LLC")
    if manner.title and word.casefold() in FUNCTION:
        return False
    return in_run or not _opens(text, start, end, manner)


def _goes_on(text: str, end: int) -> bool:
    """Say whether a name goes on behind a country: "UK Export Bank"."""
    after = re.match(r"\s([A-Z][a-z]+)\s[A-Z]", text[end:])
    return after is not None and after[1].casefold() in COMMON


def _is_persons(text: str, start: int, end: int, *, in_run: bool) -> bool:
    """Tell "Jo March" and "April Dunn" from months."""
    if in_run:
        return not re.match(r"\s\d", text[end:])
    before = re.search(
        r"\b(?:[Ii]n|[Ss]ince|[Ll]ast|[Bb]y|[Uu]ntil|of)\s$", text[:start]
    )
    return before is None and bool(re.match(r"\s[A-Z][a-z]+\b(?!\s\d)", text[end:]))


def _is_number_name(text: str, start: int, end: int, *, in_run: bool) -> bool:
    """Tell "500 Global", "8VC" and "Studio 9" from counts and years."""
    word = text[start:end]
    if re.fullmatch(r"\d+[A-Z][\w.]*|\d+[a-z]\w*\d?", word):
        times = re.fullmatch(r"\d+x", word) and re.match(r"\s[A-ZÄÖÜ]", text[end:])
        return bool(times) or not re.fullmatch(
            r"\d+(?:st|nd|rd|th|m|bn|k|x|s|am|pm)", word
        )
    if word.startswith("."):
        return True
    if re.fullmatch(r"(?:19|20)\d\d", word) or "." in word:
        return False
    follows = re.match(r"\s([A-ZÄÖÜ]\w+)", text[end:])
    month = follows and follows[1].casefold() in NEVER
    return in_run or bool(follows and not month)


def _opens(text: str, start: int, end: int, manner: Manner) -> bool:
    """Say whether a capital is due to the place of a word, not to a name."""
    word = text[start:end].casefold()
    if manner.german and GERMAN_TRADE.fullmatch(text[start:end]):
        return bool(re.match(rf"\s(?!{LAND})[A-ZÄÖÜ\d]", text[end:]))
    if word in FUNCTION or ADVERB.fullmatch(word):
        first = manner.german or manner.title or _is_first(text, start)
        return first and not re.match(
            r"\s(?:Ventures?|Capital|Fund|Partners|Development\sBank)\b", text[end:]
        )
    trade = _is_first(text, start) and TRADE.fullmatch(text[start:end])
    return bool(trade) and bool(
        re.match(
            r"\s[A-ZÄÖÜ\d](?!\w*(?:entures|apital|artners|und|roup)\b)", text[end:]
        )
    )


def _is_first(text: str, start: int) -> bool:
    """Say whether a word opens a sentence, a quotation or what follows a colon."""
    return bool(re.search(r"(?:^|[.!?:;–—|]|--|[\"“„(])\W*$", text[:start]))


def _trimmed(
    text: str, run: list[tuple[int, int]], manner: Manner
) -> Iterator[tuple[int, int]]:
    """Drop what a run has at its ends that is no name, and runs without a name."""
    words = [text[start:end] for start, end in run]
    first, last = 0, len(run)
    first += _is_native(text, run, words)
    while first < last and _is_fringe(words[first], words[first + 1 : last], manner):
        first += 1
    first = max(first, _after_vc(words))
    while last > first and words[last - 1].casefold() in _TAILS:
        last -= 1
    kept = [word.casefold().strip(".") for word in words[first:last]]
    if manner.german and len(kept) == 1 and _before_trade(text, run[first]):
        return
    if _is_town(text, run[last - 1][1], kept):
        return
    if kept and not all(word in ALONE or word in FUNCTION for word in kept):
        yield run[first][0], run[last - 1][1]


def _is_town(text: str, end: int, words: list[str]) -> bool:
    """Say whether a run is the town of "Torrance, California,"."""
    state = re.match(r",\s([A-Z][a-z]+(?:\s[A-Z][a-z]+)?)(?=[,.;)]|$)", text[end:])
    return (
        bool(state and words and words[-1] not in GENERIC)
        and state is not None
        and all(word in STATES for word in state[1].casefold().split())
    )


def _is_native(text: str, run: list[tuple[int, int]], words: list[str]) -> bool:
    """Say whether a run opens with where the rest is at home: "the German D3X Fund"."""
    if len(words) < 2 or words[0].casefold() not in NATIVE:
        return False
    shaped = re.search(r"\d|-|[a-z][A-Z]|[A-Z]{2}", words[1])
    article = re.search(r"\b(?:the|an?)\s$", text[: run[0][0]])
    plain = words[1].casefold() in GENERIC or words[1].casefold() in COMMON
    return bool(shaped) or bool(article and not plain)


def _after_vc(words: list[str]) -> int:
    """Say where the name begins in "Swedish VC Northzone"; "Foo VC Tallinn" is one."""
    at = words.index("VC") if "VC" in words[:-1] else 0
    return at + 1 if at and all(map(_is_at_home, words[:at])) else 0


def _is_at_home(word: str) -> bool:
    return word.casefold() in ALONE or word.startswith("Pan-")


def _before_trade(text: str, span: tuple[int, int]) -> bool:
    """Say whether a word is "Münchner" in "der Münchner Investor Foo"."""
    after = re.match(r"\s([A-ZÄÖÜ][\w-]+)", text[span[1] :])
    place = GERMAN_PLACE.fullmatch(text[span[0] : span[1]])
    return bool(after and place and GERMAN_TRADE.fullmatch(after[1]))


_TAILS = listed(
    "ceo cto cfo coo monday tuesday wednesday thursday friday saturday sunday"
)


def _is_fringe(word: str, rest: list[str], manner: Manner) -> bool:
    """Say whether a word at the front of a run only introduces the name."""
    if manner.german and rest:
        trade = GERMAN_TRADE.fullmatch(word) and rest[0].casefold() not in GENERIC
        trade = trade if not re.match(LAND, rest[0]) else None
        place = GERMAN_PLACE.fullmatch(word) and GERMAN_TRADE.fullmatch(rest[0])
        return bool(trade or place)
    return False
