"""Tell markup, links and instructions in outside text from plain words. Pure.

What is refused sentence by sentence is wide; a document is put aside as a whole only
where it plainly gives orders to a machine.
"""

import re
import unicodedata
from base64 import b64decode
from binascii import Error
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from intel import sentences, text
from intel.lexicon import orders
from store.records import Evidence

UNNAMED = "Unnamed source"
_CODED = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
_REPEATED = re.compile(r"\b(\w+)(?:\W+\1\b){3,}|([^\d\s])\2{9,}", re.IGNORECASE)
_SPACED = re.compile(r"(?:\b\w[ .\-_*]){8,}\w\b")
_LATIN = re.compile(r"[A-Za-z]")
_OTHER = re.compile(r"[\u0370-\u03ff\u0400-\u04ff\u0530-\u058f]")
# Letters of other alphabets that look like Latin ones, and those they look like.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһӏɡοενικρυАВЕКМНОРСТХІЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdhlgoevikpuABEKMHOPCTXISABEZHIKMNOPTYX",
)


def hostile(words: str) -> str | None:
    """Say what in a text does not belong into a sentence of ours, or None."""
    if words != text.strip_invisible(words) or "\n" in words or "\r" in words:
        return "it holds invisible characters or line breaks"
    for read in _readings(words):
        if found := orders.MARKUP.search(read):
            return f"it holds markup or a link ({found.group()!r})"
        if found := orders.STRONG.search(read) or orders.WEAK.search(read):
            return f"it reads like an instruction ({found.group()!r})"
    return _disguised(words)


def gives_orders(words: str) -> bool:
    """Say whether a text speaks to a machine, in plain words or in disguise."""
    visible = text.strip_invisible(words)
    return any(
        orders.STRONG.search(line)
        for read in (*_readings(visible), *_decoded(visible))
        for line in read.splitlines()
    )


def harmless(pieces: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Give the evidence that may be shown, cut down to its harmless sentences.

    A document that gives orders goes with all its pieces. Only what came from outside
    as running text is cut; values and readings are worded by us.
    """
    listed = tuple(pieces)
    banned = {p.event_id for p in listed if p.event_id and _orders_about(p)}
    kept = (
        _cut(p)
        for p in listed
        if not (p.event_id in banned or (not p.event_id and _orders_about(p)))
    )
    return tuple(piece for piece in kept if piece is not None)


def _orders_about(piece: Evidence) -> bool:
    return any(map(gives_orders, (piece.title, piece.source, piece.quote)))


def _cut(piece: Evidence) -> Evidence | None:
    """Leave out what is not fit to be shown; None where nothing is left."""
    if not piece.event_id:
        quote = text.clean_lines(piece.quote)
        return replace(piece, quote=quote) if quote != piece.quote else piece
    quote = _cut_quote(text.clean_lines(piece.quote))
    if not quote:
        return None
    title = "" if hostile(text.clean(piece.title)) else text.clean(piece.title)
    source = text.clean(piece.source)
    source = UNNAMED if not source or hostile(source) else source
    return replace(piece, quote=quote, title=title, source=source)


def _cut_quote(quote: str) -> str:
    """Leave hostile sentences out of a quote; a gap shows as an ellipsis."""
    lines = (_cut_line(line) for line in quote.splitlines())
    kept = "\n".join(line for line in lines if line.strip("[… ]"))
    return kept.removesuffix(" […]")


def _cut_line(line: str) -> str:
    told = [found.text for found in sentences.split(line)]
    if not any(map(hostile, (line, *told))):
        return line
    shown: list[str] = []
    for sentence in told:
        if not hostile(sentence):
            shown.append(sentence)
        elif shown and shown[-1] != "[…]":
            shown.append("[…]")
    left = " ".join(shown)
    return "" if hostile(left) else left


def _readings(words: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", words)
    yield from dict.fromkeys((words, plain, plain.translate(_LOOKALIKES)))


def _disguised(words: str) -> str | None:
    for word in words.split():
        if _LATIN.search(word) and _OTHER.search(word):
            return f"it mixes alphabets in one word ({word!r})"
    if _SPACED.search(words):
        return "its letters are spaced out"
    if _REPEATED.search(words):
        return "it repeats itself"
    if any(_is_coded(found) for found in _CODED.findall(words)):
        return "it holds coded text"
    return None


def _is_coded(word: str) -> bool:
    turns = sum(
        a.isalpha() and b.isalpha() and a.islower() and b.isupper()
        for a, b in pairwise(word)
    )
    return (
        word.endswith("=") or (any(map(str.isdigit, word)) and turns > 1) or turns > 3
    )


def _decoded(words: str) -> Iterator[str]:
    """Read base64 that turns into plain letters."""
    for found in _CODED.findall(words):
        bare = found.rstrip("=")
        try:
            yield b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_").decode()
        except (Error, UnicodeDecodeError, ValueError):
            continue
