"""What a company is called, and what is known of its trade, ready for looking up. Pure.

The patterns run over text that `fold` has made plain, letter for letter.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from cleanco import basename

from intel import notes
from intel.lexicon.sectors import tally
from intel.lexicon.shared import is_shared
from intel.words import STOP, listed
from store.records import Org

_LEGAL = (
    r"(?:GmbH(?: & Co\.? ?(?:KGaA|KG|OHG))?|UG(?: \(haftungsbeschränkt\))?|KGaA|AG"
    r"|SE(?: & Co\.? ?(?:KGaA|KG))?|KG|OHG|e\.? ?V\.?|eG|Inc\.?|Incorporated|Corp\.?"
    r"|Corporation|LLC|L\.L\.C\.|LLP|Ltd\.?|Limited|plc|PLC|Co\.(?:, Ltd\.?)?|& Co\.?"
    r"|S\.A\.P\.I\.|S\.?A\.?R\.?L\.?|S\.?A\.?S\.?|S\.?p\.?A\.?|S\.?r\.?l\.?|S\.A\.|SA"
    r"|B\.?V\.?|N\.?V\.?|A/S|ApS|AB|Oyj?|OÜ|Pty\.?(?: Ltd\.?)?|K\.K\.|Sp\. ?z ?o\.o\.)"
)
LEGAL_AFTER = re.compile(rf"^,? ({_LEGAL})(?![\w])")
_LEGAL_END = re.compile(rf"(?:,? {_LEGAL})+$")
_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"^([A-Z][a-z]{2,})([A-Z][a-z]{2,})$")
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "´": "'", "`": "'", "‐": "-", "‑": "-", "–": "-", "\xa0": " "}
)
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
)
_STOP = listed(
    """
    the and for from with von und der die das aus für company firm group gruppe
    unternehmen konzern anbieter hersteller maker provider customer kunde kunden
    software solution solutions technology technologies systems services international
    global based online contact account owner renewal since holding platform europe
    germany deutschland berlin hamburg london paris munich münchen san francisco york
    """
)


_TELLING_ENDINGS = listed(
    "bank insurance health energy games travel shop fashion estate"
)


@lru_cache(maxsize=4096)
def _base(char: str) -> str:
    plain = unicodedata.normalize("NFD", char)[0]
    return plain if plain.isalnum() else char


def fold(text: str) -> str:
    """Make quotes, dashes and accented letters plain; every offset stays."""
    plain = text.translate(_PLAIN)
    if plain.isascii():
        return plain
    return "".join(char if char < "\x80" else _base(char) for char in plain)


def plainly(text: str) -> str:
    """Make quotes and dashes plain, and leave the letters; every offset stays."""
    return text.translate(_PLAIN)


def tokens(text: str) -> list[str]:
    """Split folded text into lower-case words."""
    return [word.casefold() for word in _WORD.findall(text)]


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write the company's name.

    `full` names leave no doubt (several words, a legal form, a domain); `shared` ones
    are common words, people or places too; `words` are its lower-case tokens;
    `spelled` is the source of its pattern.
    """

    text: str
    spelled: str
    words: tuple[str, ...]
    full: bool
    shared: bool

    @property
    def pattern(self) -> re.Pattern[str]:
        """What finds it; made when first asked for, since few of thousands ever are."""
        return _compiled(self.spelled)


@lru_cache(maxsize=8192)
def _compiled(spelled: str) -> re.Pattern[str]:
    return re.compile(spelled, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Known:
    """All that helps to recognise one org. `against` are words on its namesakes."""

    names: tuple[Name, ...]
    domain: str
    legal_form: str
    words: frozenset[str]
    trades: frozenset[str]
    against: frozenset[str] = frozenset()


@lru_cache(maxsize=8192)
def strip_legal(name: str) -> str:
    """Take the legal form off a company's name."""
    plain = _LEGAL_END.sub("", name.strip()).strip(" ,")
    return basename(plain).strip(" ,") or plain or name.strip()


def known(org: Org, context: tuple[str, ...] = ()) -> Known:
    """Gather names and trade of an org; the same values give the same object."""
    told = notes.split(org.manual_notes)
    return _known(
        org.names,
        org.domain,
        org.identifiers.get("x_handle", ""),
        (told.ours, *context),
        told.theirs,
    )


@lru_cache(maxsize=8192)
def _known(
    names: tuple[str, ...],
    domain: str,
    handle: str,
    context: tuple[str, ...],
    theirs: str,
) -> Known:
    found = {name.text: name for name in reversed([*_names(names, domain, handle)])}
    words = _profile(names, domain, context)
    return Known(
        tuple(sorted(found.values(), key=lambda n: -len(n.text))),
        domain.casefold().removeprefix("www."),
        next((form for name in names if (form := _form(name))), ""),
        frozenset(word for word in words if len(word) > 3 and word not in _STOP),
        frozenset(trade for trade, _ in Counter(tally(words)).most_common()),
        _against(names, theirs),
    )


def _against(names: tuple[str, ...], theirs: str) -> frozenset[str]:
    own = {word for name in names for word in tokens(fold(name))}
    told = re.findall(r"[^\W\d_]+", theirs.casefold())
    kept = (word for word in told if len(word) > 3 and fold(word) not in own)
    return frozenset(word for word in kept if word not in _STOP | STOP)


def _form(name: str) -> str:
    found = _LEGAL_END.search(name.strip())
    return found[0].strip(" ,") if found else ""


def _names(names: tuple[str, ...], domain: str, handle: str) -> Iterator[Name]:
    for written in names:
        bare = strip_legal(written)
        yield from _spelled(bare)
        if bare != written.strip():
            yield _name(written.strip(), full=True)
        if bare.startswith("The "):
            yield from _spelled(bare[4:])
    if domain:
        yield _address(domain.casefold().removeprefix("www."))
    if handle.strip("@"):
        yield _name("@" + handle.rsplit("/", 1)[-1].strip("@"), full=True)


def _spelled(bare: str) -> Iterator[Name]:
    bare = bare.strip(" !?,.")
    if not bare:
        return
    several = len(_WORD.findall(bare)) > 1
    yield _name(bare, full=several, shared=not several and is_shared(bare))
    if bare != (other := bare.translate(_UMLAUTS)):
        yield _name(other, full=several)
    if split := _CAMEL.match(bare):
        yield _name(f"{split[1]} {split[2]}", full=True)


def short_name(name: str) -> Name:
    """Make the first word of a full name a name of its own."""
    return _name(name.split(maxsplit=1)[0], full=False)


def _name(text: str, *, full: bool, shared: bool = False) -> Name:
    plain = fold(text)
    return Name(text, _pattern(plain), tuple(tokens(plain)), full, shared)


def _address(domain: str) -> Name:
    body = rf"(?<![\w.-])(?:[\w-]+[.@])*{re.escape(domain)}(?![\w-]|\.[a-z])"
    return Name(domain, body, tuple(tokens(domain)), full=True, shared=False)


def _pattern(plain: str) -> str:
    words = re.split(r"[\s-]+", plain)
    parts = [_inflected(word, last=n == len(words)) for n, word in enumerate(words, 1)]
    body = r"[\s-]{1,2}".join(part for part in parts if part)
    if not any("\u3040" <= char <= "\u9fff" or char >= "\uac00" for char in plain):
        body = rf"(?<![\w.&@]){body}(?:'s|'|s)?(?![\w&@])(?!\.[a-z]{{2,}})"
    return body


def _inflected(word: str, *, last: bool) -> str:
    if word in ("&", "and", "und"):
        return "(?:&|and|und)"
    escaped = re.escape(word)
    if not last and word.endswith("e") and len(word) > 4:
        return f"{escaped}[nrsm]?"  # Deutsche Bank, der Deutschen Bank
    return escaped


def _profile(
    names: tuple[str, ...], domain: str, context: tuple[str, ...]
) -> tuple[str, ...]:
    own = {word for name in names for word in tokens(fold(strip_legal(name)))[:1]}
    told = [word for text in context for word in re.findall(r"[\w-]+", text.casefold())]
    from_names = [
        word
        for name in names
        for word in re.findall(r"\w+", strip_legal(name).casefold())[1:]
    ]
    ending = [end for end in domain.rsplit(".", 1)[-1:] if end in _TELLING_ENDINGS]
    label = re.split(r"[-.]", domain)[1:-1] if domain else []
    every = (*told, *from_names, *ending, *label)
    return tuple(word for word in every if word not in own)
