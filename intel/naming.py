"""Find proper names in a sentence, and tell whether evidence has them. Pure."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from intel import figures, senses, text, wording
from intel import words as lists
from intel.lexicon.currencies import SEVERAL_WORDS
from intel.lexicon.people import FIELDS, OFFICES
from intel.lexicon.places import COUNTRIES

_NAME = re.compile(r"[^\W\d_](?:[\w&+]|['’.-](?=\w))*", re.UNICODE)
_BREAK = re.compile(r"[,;:()\[\]\"“”„»«…!?–—|/]|\.(?=\s|$)|\s-\s")
_DETERMINER = lists.listed(
    "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem "
    "seine seinen seinem seiner ihre ihren ihrem ihrer diese diesen diesem dieser alle "
    "allen viele mehrere einige zwei drei vier im am zum zur vom beim ins"
)
_AS_UNIT = re.compile(
    r"(?<=\d )[A-Z]{1,2}[a-z]{1,3}(?= (?:a|per|of|in|and|each)\b|[.,;])"
)
_SUM = re.compile(r"\W*[A-Z]{1,3}\$\d")  # "C$35m", "NZ$182"
_MONEY = re.compile(
    rf"(?<=\d )(?:{'|'.join(SEVERAL_WORDS)})\b|"
    rf"(?<=million )(?:{'|'.join(SEVERAL_WORDS)})\b|"
    rf"(?<=billion )(?:{'|'.join(SEVERAL_WORDS)})\b",
    re.IGNORECASE,
)
_ENDING = re.compile(r"^[a-zäöüß]{3,}(?:e|en|er|em|es)$")
_WHEN = lists.STOP | {*lists.MONTHS, *lists.WEEKDAYS}  # of "May-to-August"
_FIELD = FIELDS | {"revenue", "people", "sales", "growth", "customer", "data"}
_PERIOD = re.compile(r"(?:q[1-4]|h[12]|fy\d*)$")
_CODE = re.compile(r"(?<![a-z0-9])(?!q[1-4]\b|h[12]\b|fy\d)[a-z]+\d+(?![a-z0-9])")
_WITH_NUMBER = re.compile(
    r"(?<=[\w’',] )(?P<name>[A-Z][a-z]+) (?P<number>\d{1,2})(?![\d%]|[.,:]\d|"
    r"\s?percent)"
)
_ROUND = re.compile(r"\b(?:series|serie) [a-h]\b")
# Offices and forms of address: who holds them is told by the name.
_TITLES = lists.listed(
    "ceo cfo coo cto cio cmo cro chro ciso cco cdo cpo cso vp svp evp md mr mrs ms dr "
    "prof herr frau "
    "ceos neither either both nor"
)
# What everyone in business writes in capitals; it names nobody.
_SHORT = lists.listed(
    "hr sms ipo it api apis pdf csv sso erp crm vat vpn gdpr sla slas kpi kpis roi pr "
    "rfp qa url sql ssl tls pin qr gps hq arr mrr nps poc ux ui b2b b2c saas ai ev evs "
    "co2 ebit ebitda m&a r&d faq sdk saml oauth mfa 2fa tv pc pcs dna mri hvac"
)
# "Halden-led", "Lyon-based": the name stands before.
_TAIL = re.compile(
    r"-(?:led|based|owned|backed|made|built|listed|run|wide|born|funded|operated|"
    r"controlled|headquartered|style|only|related|bound|area|region|side|type|class|grade|[a-z]{3,}(?:ed|ing))(?=\W*$)"
)
# A sentence's first word that is made out of another: "Adjusting", "Inactivity".
_DERIVED = re.compile(
    r"(?:in|off|on|sign|log|pre|non|re|short|long|low|high|well|part|full|year|self|half|"
    r"first|second|third|fourth|mid|multi|like|same|two|three|four|five|six|month|week|"
    r"day|quarter)-\w+(?:-\w+)*|un\w{2,}ed|"
    r"\w{3,}(?:ments?|ness|it(?:y|ies)|[ts]ions?|ances?|ences?|less|ful|ish|ous|ives?|"
    r"ables?|ibles?|ally|ingly|edly|ships?|hoods?|isms?|ists?)"
)
_GERUND = re.compile(r"\w{3,}ing")
_ACTS = re.compile(r"(?:is|was|has|had|will|would|can|could|says|said|\w+(?:ed|s))")
# Berlin, Berliner; Europe, European; Spain is beyond it.
_ADJECTIVE = re.compile(r"(?:e?an|ian|n|ish|ese|er|isch\w*|i)")

Name = tuple[str, ...]


@lru_cache(maxsize=2048)
def names(words: str) -> tuple[Name, ...]:
    """List the proper names in a text, each as its folded words.

    A sentence's first word counts unless it is a common one.
    """
    return tuple(run for run, _ in _runs(words))


def strangers(words: str, carried: str, own: frozenset[str]) -> tuple[Name, ...]:
    """List the names of a text that its evidence does not have, parts together."""
    given = f" {' '.join((*text.words(carried), *_heads(carried)))} "
    stems = wording.concepts(carried) | text.stems(carried)
    if codes := _codes(words) - _codes(carried):
        return ((min(codes),),)
    if other := _numbered(words, carried):
        return ((other,),)
    german = text.language(words) == "de" or text.language(carried) == "de"
    return tuple(
        run
        for run, first in _runs(words)
        if not _known(run, given, own)
        and not is_short_for(run, words, given)
        and not (f" {run[0]} " in given and is_short_for(run[1:], words, given))
        and not (first and (_common(run, stems) or _derived(run, words)))
        and not (len(run) == 1 and _of_a_place(run[0], given))
        and not (len(run) == 2 and _of_a_region(run, given))
        and not (german and _nouns(run, words, stems, own, first=first))
    )


def _heads(carried: str) -> Iterator[str]:
    """Yield the names before a tail, each for itself: "Lyon" of "Lyon-based"."""
    for word in carried.split():
        if (head := _TAIL.sub("", word)) != word:
            yield from ("|", *text.words(head))


def _codes(words: str) -> frozenset[str]:
    """List the words that mix letters and digits, as models and versions do."""
    folded = text.fold(words)
    return frozenset([*_CODE.findall(folded), *_ROUND.findall(folded)])


def _numbered(words: str, carried: str) -> str:
    """Give what bears another number than in the evidence, "Fab 4" for 2, or ""."""
    folded = text.fold(carried)
    for found in _WITH_NUMBER.finditer(words):
        name, number = text.fold(found["name"]), found["number"]
        known = re.findall(rf"\b{re.escape(name)} (\d{{1,2}})(?!\d|[.,:]\d)", folded)
        if known and number not in known and name not in _WHEN:
            return f"{name} {number}"
    return ""


def bears(figure: figures.Figure, words: str, carried: str) -> bool:
    """Say whether a number is part of a name that evidence has: "Nimbus 2"."""
    known = text.fold(carried)
    return any(
        found["number"] == figure.written
        and re.search(rf"\b{re.escape(text.fold(found[0]))}\b", known)
        for found in _WITH_NUMBER.finditer(words)
    )


def _known(run: Name, given: str, own: frozenset[str]) -> bool:
    """Say whether evidence has a name, the company's own name left out at its ends."""
    rest = list(run)
    while rest and rest[0] in own:
        rest = rest[1:]
    while rest and rest[-1] in own:
        rest = rest[:-1]
    while len(rest) > 1 and rest[0] in OFFICES and f" {rest[0]} " in given:
        rest = rest[1:]
    while len(rest) > 2 and rest[0] in _FIELD and f" of {rest[0]} " in given:
        rest = rest[1:]  # "Head of Revenue Ann Lee"
    parts = rest[0].split("-") if len(rest) == 1 else []
    if len(parts) > 1 and all(f" {part} " in given for part in parts):
        return True
    if len(rest) > 1 and any(any(map(str.isdigit, word)) for word in rest):
        return all(f" {word} " in given for word in rest)  # "the OST-114 Phase 2"
    return not rest or any(
        f" {form} " in given
        for whole in (" ".join(run), " ".join(rest))
        for form in (whole, whole.removesuffix("s"))
    )


def is_short_for(run: Name, words: str, given: str) -> bool:
    """Say whether a name is made of the first letters of words that evidence has."""
    short = run[0] if len(run) == 1 else ""
    if short.endswith("s") and f"{short[:-1].upper()}s" in words:
        short = short[:-1]  # "VMs"
    if not 1 < len(short) < 6 or short.upper() not in words:
        return False
    letters = r"\w*[ -]".join(map(re.escape, short))
    return bool(re.search(rf" {letters}\w* ", given))


def _common(run: Name, stems: frozenset[str]) -> bool:
    """Say whether a sentence opens with a word that its evidence has in lower case."""
    if len(run) > 1:
        return False
    mine = [part for part in run[0].split("-") if len(part) > 2]
    return bool(mine) and all(
        any(wording.alike(form, other) for form in {wording.concept(p), text.stem(p)}
            for other in stems)
        for p in mine
    )  # fmt: skip


def _derived(run: Name, words: str) -> bool:
    """Say whether a first word is by its form no name: "Pending approval by"."""
    if len(run) > 1:
        return False
    if _DERIVED.fullmatch(run[0]):
        return True
    after = text.words(words)[1:2]
    return bool(_GERUND.fullmatch(run[0])) and not any(map(_ACTS.fullmatch, after))


def _of_a_place(word: str, given: str) -> bool:
    """Say whether a word is the adjective of a name that evidence has, or back."""
    if any(f" {form} " in given for form in _forms().get(word, ())):
        return True
    for other in given.split():
        short, long = sorted((word, other), key=len)
        ending = long[len(_shared_start(short, long)) :]
        if len(long) - len(ending) >= 4 and _ADJECTIVE.fullmatch(ending):
            rest = short[len(long) - len(ending) :]
            if len(rest) <= 2:
                return True
    return False


def _of_a_region(run: Name, given: str) -> bool:
    """Say whether two words are the adjective of a region: "North American"."""
    behind = re.findall(rf" {re.escape(run[0])} (\w+)", given)
    return any(_of_a_place(run[1], f" {word} ") for word in behind)


def is_of_country(run: Name) -> bool:
    """Say whether a name is one word for a country or its people."""
    return len(run) == 1 and run[0] in _forms()


@lru_cache(maxsize=1)
def _forms() -> dict[str, tuple[str, ...]]:
    """Give for each name of a country or its people the others."""
    found: dict[str, tuple[str, ...]] = {}
    for line in COUNTRIES.split("\n"):
        forms = tuple(word.replace("_", " ") for word in line.split())
        found |= dict.fromkeys(forms, forms)
    return found


def _shared_start(short: str, long: str) -> str:
    for at, (a, b) in enumerate(zip(short, long, strict=False)):
        if a != b:
            return short[:at]
    return short


def _nouns(
    run: Name, words: str, stems: frozenset[str], own: frozenset[str], *, first: bool
) -> bool:
    """Say whether a German run is nouns that evidence has, or that an article opens."""
    before = _word_before(run[0], words)
    opened = before in _DETERMINER or bool(_ENDING.match(before))
    return all(
        word in own
        or any(wording.alike(wording.concept(word), other) for other in stems)
        or (at == 0 and opened and not first)
        or (at == 0 and first and len(run) > 1 and bool(_ENDING.match(word)))
        for at, word in enumerate(run)
    )


def _word_before(word: str, words: str) -> str:
    listed = text.words(words)
    at = listed.index(word) if word in listed else 0
    return listed[at - 1] if at else ""


def _runs(words: str) -> Sequence[tuple[Name, bool]]:
    """List runs of capitalised words, and whether each opens the sentence."""
    found: list[tuple[Name, bool]] = []
    for place, part in enumerate(_BREAK.split(_AS_UNIT.sub("", _MONEY.sub("", words)))):
        run: list[str] = []
        opens = False
        for number, word in enumerate(part.split()):
            bare = _TAIL.sub("", word)
            if _is_name(bare, first=number == 0):
                opens = opens or (number == 0 and (place == 0 or not run))
                run.extend(text.words(bare))
                if bare == word and not word.endswith(("'s", "’s")):
                    continue
            if run:
                found.append((tuple(run), opens))
                run, opens = [], False
        if run:
            found.append((tuple(run), opens))
    return found


def _is_name(word: str, *, first: bool) -> bool:
    if _SUM.match(word):
        return False
    matched = _NAME.search(word)
    bare = matched.group() if matched else ""
    inner = len(bare) > 2 and bare[1:2].isupper() and bare[2:].islower()
    if not (bare[:1].isupper() or inner) or (matched and matched.start() > 1):
        return False
    folded = (text.words(bare) or [""])[0]
    if (
        _WHEN.issuperset(folded.split("-"))
        or folded in _TITLES
        or (folded in _SHORT and bare.isupper())
        or folded in lists.STOP
        or folded in figures.VOCABULARY
        or folded.rpartition("-")[2] in OFFICES
        or _PERIOD.match(folded)
    ):
        return False
    return not (
        first and (folded in senses.COMMON_OPENERS | FIELDS or wording.common(folded))
    )
