"""Turns bytes into text when nobody can be trusted to name the charset. Pure."""

import codecs
import re
from email.message import Message

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})"""
)
_HEAD = 4096
_SAMPLE = 64 * 1024
_GUESSABLE = 100  # a shorter text could be anything
# Text in these looks like ASCII, so that trying UTF-8 first would never fail.
_SHIFTING = ("iso2022", "hz", "utf7", "utf16", "utf32")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def decode(body: bytes, content_type: str) -> str:
    """Decode by mark, then UTF-8 if it fits, then what is declared, then a guess.

    UTF-8 goes before the declarations: other text hardly ever happens to be valid
    UTF-8, while declarations are often wrong. Control characters are dropped.
    """
    return printable(_decode(body, content_type))


def printable(text: str) -> str:
    """Drop what no database and no page can hold."""
    return _UNPRINTABLE.sub("", text)


def _decode(body: bytes, content_type: str) -> str:
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    declared = _declared(body, content_type)
    shifting = [n for n in declared if _plain(n).startswith(_SHIFTING)]
    for name in (*shifting, "utf-8", *declared):
        text = _strict(body, name)
        if text is not None:
            return text
    return _guess(body)


def _declared(body: bytes, content_type: str) -> list[str]:
    message = Message()
    message["content-type"] = content_type
    in_header = message.get_param("charset")
    in_body = _DECLARED.search(body[:_HEAD])
    names = [
        in_body.group(1).decode("ascii") if in_body else "",
        in_header if isinstance(in_header, str) else "",
    ]
    # What calls itself latin-1 is windows-1252 on the web (WHATWG Encoding).
    return ["cp1252" if _plain(n) in _LATIN else n for n in names if n]


_LATIN = frozenset({"iso88591", "latin1", "ascii", "usascii"})


def _strict(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (LookupError, UnicodeError, ValueError):
        return None


def _guess(body: bytes) -> str:
    best = from_bytes(body[:_SAMPLE]).best() if len(body) >= _GUESSABLE else None
    return body.decode(best.encoding if best else "cp1252", "replace")


def _plain(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")
