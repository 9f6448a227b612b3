"""Names that are known, and finding them again in text. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intel.privacy.spans import COVER, Kind, Span
from intel.words import listed

_MAIL = re.compile(r"[<(]?\s*([\w.+'-]{1,64})@[\w.-]{1,200}\s*[>)]?")
_PIECE = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MOST = 200
_SHORTEST = 3
_EXPANDED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)
_STROKED = dict(zip("łŁøØđĐı", "lLoOdDi", strict=True))
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‑": "-", "‐": "-"})
_NO_NAME = listed(
    """
    dr prof mr mrs ms mx miss sir herr herrn frau ing dipl mme mlle monsieur madame
    sr sra srta von van der den de la le del di da dos du zu zur al el bin ibn ben
    the and und et y jr phd mba cc via info support sales help billing team admin
    office contact service hello mail noreply no-reply reply accounts finance
    accounting marketing hr it ops alerts customer success kontakt vertrieb
    buchhaltung rechnung press news legal security abuse postmaster webmaster root
    user users test demo all everyone customers api
    """
)
# Names that are words besides, so that only the way they are written tells.
_WORDS_TOO = listed(
    """
    will mark may grace hope rose bill art price page long short young brown white
    green black stone king frank chip hall bell cook hill wood field rich sunny
    faith joy dawn summer autumn april june august penny rob sue pat drew gene grant
    guy jack miles max mason pearl ray reed sandy skip stark tab trip wade ward west
    north sharp bush banks church cross day fox gold good love power best rush case
    cash chance chase christian clay cliff dean dick don drake duke earl ford forest
    ginger glen harmony heath holly iris ivy jay josh lane lily major marina melody
    mercy miller olive paris patience post baker carter porter potter taylor smith
    fisher hunter cooper carpenter knight marsh read ridge robin royal ruby sage
    savage speed star sterling storm violet virginia wise wolf worth groß gross
    klein kurz lang jung weiß schwarz braun ernst mai sommer winter berg stein bach
    kaiser richter vogel fuchs engel winkler neu alt roth rot schnell petit grand
    blanc leblanc pilar luz sol paz fin ende sonntag freitag montag
    """
)
_NOT_AFTER = listed(
    """
    you we it the this that these i they he she there a an of for in on my your our
    be not all any der die das ich wir sie es ist sind von für
    """
)
_MONTHS = listed("may april june august summer autumn winter mai sommer")
_BEFORE_MONTH = listed(
    """
    in since until by from last next early late mid before after im seit bis ab
    ende anfang
    """
)
_END = re.compile(r"(?:^|[.!?:;\n>*•\"“”-])[ \t]*$")
_NEXT = re.compile(r"[ \t]+([^\W_]+)")
_PREVIOUS = re.compile(r"([^\W\d_]+)[ \t]+$")
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.[ -]?){1,2}$")
_JOINT = re.compile(r"[ \t]+(?:[^\W\d_]\.[ \t]+)?|,[ \t]+")


@dataclass(frozen=True, slots=True)
class Known:
    """Who takes part in a conversation, and what stays even if it is called alike.

    `people` holds names, addresses, or both as in a mail's header:
    `Jane Doe <jane@acme.example>`. `keep` holds names of products and companies.
    """

    people: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()


def pieces(person: str) -> tuple[str, ...]:
    """Give the names in a person's entry, its address read for names as well."""
    named = _MAIL.sub(" ", person)
    found = _PIECE.findall(named) or _local(person)
    return tuple(dict.fromkeys(filter(_tells, found)))


def _local(person: str) -> list[str]:
    mail = _MAIL.search(person)
    parts = _PIECE.findall(re.sub(r"[._+-]", " ", mail[1])) if mail else []
    return parts if not any(p.casefold() in _NO_NAME for p in parts) else []


def from_mail(address: str) -> str:
    """Give the name a mail address spells out, as in jane.doe@; empty if none."""
    local = address.partition("@")[0]
    parts = re.split(r"[._]", local)
    telling = len(parts) == 2 and all(p.isalpha() and _tells(p) for p in parts)
    return " ".join(parts) if telling else ""


def _tells(piece: str) -> bool:
    return len(piece) > 1 and piece.casefold() not in _NO_NAME


def find(text: str, names: Iterable[str], keep: Iterable[str] = ()) -> Iterator[Span]:
    """Find all mentions of the names, whole, in part, with initials or umlauts spelled.

    `names` are the single pieces; mentions that stand side by side become one span.
    """
    pattern = _pattern(names)
    if pattern is None:
        return
    plain = _fold(text)
    kept = _kept(plain, keep)
    hits = [
        (found.start(), found.end())
        for found in pattern.finditer(plain)
        if found.start() not in kept and _means_person(found, plain)
    ]
    yield from _joined(plain, hits)


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    forms = {form for name in list(names)[:_MOST] for form in _forms(name)}
    if not forms:
        return None
    listed_forms = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    return re.compile(rf"(?<![\w@])(?:{listed_forms})(?![^\W_]|@)", re.IGNORECASE)


def _forms(name: str) -> set[str]:
    quoted = unicodedata.normalize("NFC", name).translate(_QUOTES)
    return {_fold(quoted), _fold(quoted.translate(_EXPANDED))}


def _fold(text: str) -> str:
    """Take accents off letter by letter; every offset stays."""
    quoted = text.translate(_QUOTES)
    return quoted if quoted.isascii() else "".join(map(_base, quoted))


def _base(char: str) -> str:
    if char in _STROKED:
        return _STROKED[char]
    plain = unicodedata.normalize("NFD", char)[0] if char >= "\x80" else char
    return plain if plain.isalpha() or char == plain else char


def _kept(plain: str, keep: Iterable[str]) -> set[int]:
    words = sorted(
        {_fold(word) for word in keep if word.strip()}, key=len, reverse=True
    )
    if not words:
        return set()
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, words[:_MOST]))})(?!\w)"
    found = re.finditer(pattern, plain)
    return {at for one in found for at in range(one.start(), one.end())}


def _means_person(found: re.Match[str], plain: str) -> bool:
    written = found[0]
    if len(written) < _SHORTEST:
        return written[0].isupper() and written[1:].islower()
    if written.casefold() not in _WORDS_TOO:
        return True
    return written.istitle() and not _is_word(found, plain)


def _is_word(found: re.Match[str], plain: str) -> bool:
    """Say whether a name that is a word besides is meant as the word here."""
    line = plain[max(0, found.start() - 40) : found.start()]
    after = _NEXT.match(plain, found.end())
    follows = after[1].casefold() if after else ""
    if follows[:1].isdigit():
        return True
    previous = _PREVIOUS.search(line)
    if found[0].casefold() in _MONTHS and previous:
        return previous[1].casefold() in _BEFORE_MONTH
    return bool(_END.search(line)) and follows in _NOT_AFTER


def _joined(plain: str, hits: list[tuple[int, int]]) -> Iterator[Span]:
    start = end = -1
    for hit, stop in hits:
        if start >= 0 and _JOINT.fullmatch(plain, end, hit):
            end = stop
            continue
        if start >= 0:
            yield _with_initials(plain, start, end)
        start, end = hit, stop
    if start >= 0:
        yield _with_initials(plain, start, end)


def _with_initials(plain: str, start: int, end: int) -> Span:
    led = _INITIALS.search(plain, max(0, start - 8), start)
    if led and COVER not in led[0]:
        start = led.start()
    return Span(start, end, Kind.NAME)
