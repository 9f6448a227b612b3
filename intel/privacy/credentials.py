"""Secrets in text: keys, tokens, passwords, codes. Pure.

The shapes of tokens are those their makers document: AWS, GitHub, GitLab, Slack,
Stripe, Google, npm, SendGrid, OpenAI; JWT is RFC 7519, private keys RFC 7468.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from intel.privacy.spans import COVER, Kind, Span, spans_of
from intel.words import listed

_PEM = re.compile(r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----")
_LONGEST_KEY = 20_000  # characters
_PEM_END = re.compile(r"-----END [A-Z0-9 ]{1,40}-----")
_PEM_BODY = re.compile(r"(?:\s{0,4}[A-Za-z0-9+/=:,]{16,100}(?![^\s]))*")
_SHAPED = re.compile(
    r"(?<![A-Za-z0-9_])(?:"
    r"(?:AKIA|ASIA|AIDA|AROA)[A-Z0-9]{16}"
    r"|gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255}"
    r"|glpat-[\w-]{16,64}|xox[abeoprs]-[A-Za-z0-9-]{10,255}|xapp-[A-Za-z0-9-]{10,255}"
    r"|(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,255}|whsec_[A-Za-z0-9+/=]{16,255}"
    r"|sk-[A-Za-z0-9_-]{20,255}|AIza[\w-]{30,60}|npm_[A-Za-z0-9]{30,60}"
    r"|SG\.[\w-]{16,40}\.[\w-]{16,64}|ntn_[A-Za-z0-9]{30,64}|secret_[A-Za-z0-9]{30,64}"
    r"|pypi-[\w-]{32,255}|hf_[A-Za-z0-9]{30,64}|ya29\.[\w-]{20,255}"
    r"|(?<!-)eyJ[\w-]{8,2000}\.[\w-]{4,4000}(?:\.[\w-]{4,2000})?"
    r")(?![A-Za-z0-9_])"
)
_USERINFO = re.compile(r"[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{0,100}:([^\s/@]{1,200})@")
_QUERY = re.compile(
    r"[?&;](?:[\w-]{0,30}(?:token|secret|password|passwd|api_?key|signature)|sig|key"
    r"|auth|code|pwd|credential|X-Amz-(?:Signature|Credential|Security-Token))"
    r"=([^\s&#\"'<>]{6,2000})",
    re.IGNORECASE,
)
_AUTHORIZATION = re.compile(
    r"\b(?:Bearer|Basic|Digest|ApiKey)[ \t]+([A-Za-z0-9+/._~=-]{8,4000})"
)
_PASSWORD = re.compile(
    r"(?<![^\W\d_])(?:pass(?:word|wd|phrase|code)?|pwd|pw|passwort|kennwort|zugangscode"
    r"|mot de passe|mdp|contraseña|clave|senha|wachtwoord|lösenord|hasło)"
    r"(?:\"|')?[ \t]{0,3}(?P<link>[:=]|=>|is:?|ist:?|lautet:?|est:?|es:?|é:?|was|war)"
    r"[ \t]{0,3}(?:(?P<quote>[\"'`“])(?P<quoted>[^\n\"'`“”]{1,200})[\"'`“”]"
    r"|(?P<value>\S{4,200}))",
    re.IGNORECASE,
)
_KEYED = re.compile(
    r"(?<![^\W\d_])(?:[\w-]{0,40}[_-])?(?:api|access|secret|private|auth|license"
    r"|licence"
    r"|signing|encryption|client|account|webhook|bot|session|refresh|whsec|token|key)"
    r"(?:[ _-]?(?:access|api|key|token|secret|schlüssel|id)){0,3}"
    r"[\"']?(?:[ \t]{0,3}(?:[:=]|=>|is|ist|est|es|lautet)[ \t]{0,3}|[ \t]{1,3})"
    r"[\"'`“]?(?P<value>[A-Za-z0-9_+/=.~!$%^*-]{8,400})",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\b(?:(?:verification|confirmation|security|one[- ]?time|2fa|mfa|otp|two[- ]factor"
    r"|login|access|sms)[ -](?:code|pin|passcode)|otp|pin|tan|puk|passcode"
    r"|(?:bestätigungs|sicherheits|einmal|zugangs)code"
    r"|code de (?:vérification|sécurité)|código de (?:verificación|seguridad))"
    r"[ \t]{0,3}(?:is|ist|lautet|est|es|was|war|[:=#])?[ \t]{0,3}"
    r"(?P<value>\d{3,4}[ -]?\d{0,4}|\d{2}-\d{4})(?![\w-])",
    re.IGNORECASE,
)
_FLAG = re.compile(r"(?:^|\s)-p([^\s\"'-]\S{5,100})")
_CLIENTS = re.compile(r"\b(?:mysql|mysqldump|mariadb|sshpass)\b")
_WORDY = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LONG = re.compile(r"(?<![\w/.:+=@-])[A-Za-z0-9+/_-]{32,400}={0,2}(?![\w/.])")
_TAIL = ".,;:!?)]}>…"
_EMPTY = listed(
    """
    null none true false undefined required expired invalid missing empty reset
    wrong incorrect field link change changed forgotten hidden redacted xxxx value
    string example localhost abgelaufen falsch
    """
)


def find(text: str) -> Iterator[Span]:
    """Find secrets; what names a secret stays, its value goes."""
    yield from _private_keys(text)
    yield from spans_of(_SHAPED, Kind.SECRET, text)
    for valued in (_USERINFO, _QUERY, _AUTHORIZATION):
        yield from spans_of(valued, Kind.SECRET, text, 1)
    yield from spans_of(_CODE, Kind.SECRET, text, "value")
    yield from _passwords(text)
    yield from _keyed(text)
    yield from _flags(text)
    yield from _long(text)


def _private_keys(text: str) -> Iterator[Span]:
    """Find keys to their end line; one cut short ends where its code does."""
    ends = iter(_PEM_END.finditer(text))
    end = next(ends, None)
    for begin in _PEM.finditer(text):
        while end is not None and end.start() < begin.end():
            end = next(ends, None)
        body = _PEM_BODY.match(text, begin.end())
        near = end is not None and end.start() - begin.end() < _LONGEST_KEY
        stop = end.end() if end and near else body.end() if body else begin.end()
        yield Span(begin.start(), stop, Kind.SECRET)


def _passwords(text: str) -> Iterator[Span]:
    for found in _PASSWORD.finditer(text):
        if found["quoted"]:
            yield Span(*found.span("quoted"), Kind.SECRET)
            continue
        value = found["value"].rstrip(_TAIL + "\"'`”")
        said = found["link"][-1] in ":=>" and not _prose(value, found.end(), text)
        if not _empty(value) and (said or odd(value)):
            at = found.start("value")
            yield Span(at, at + len(value), Kind.SECRET)


def _prose(value: str, end: int, text: str) -> bool:
    """Say whether a plain word after the colon goes on as a sentence."""
    return bool(_WORDY.fullmatch(value)) and text[end : end + 1] == " "


def _keyed(text: str) -> Iterator[Span]:
    for found in _KEYED.finditer(text):
        value = found["value"].rstrip(_TAIL)
        if not _empty(value) and _dense(value):
            at = found.start("value")
            yield Span(at, at + len(value), Kind.SECRET)


def _flags(text: str) -> Iterator[Span]:
    for line in _CLIENTS.finditer(text):
        end = text.find("\n", line.end())
        rest = _FLAG.search(text, line.end(), min(len(text), line.end() + 200))
        if rest and (end < 0 or rest.end() <= end):
            yield Span(rest.start(1), rest.end(1), Kind.SECRET)


def _long(text: str) -> Iterator[Span]:
    for found in _LONG.finditer(text):
        if _random(found[0]):
            yield Span(*found.span(), Kind.SECRET)


def odd(value: str) -> bool:
    """Say whether a value is no plain word: digits, signs or capitals within."""
    return not _WORDY.fullmatch(value) or any(map(str.isupper, value[1:]))


def entropy(value: str) -> float:
    """Measure how mixed the characters are, in bits per character (Shannon)."""
    shares = [times / len(value) for times in Counter(value).values()]
    return -sum(share * math.log2(share) for share in shares)


def _empty(value: str) -> bool:
    plain = value.strip("*•.-_<>{}[]()$%").casefold()
    return COVER in value or not plain or plain in _EMPTY


def _dense(value: str) -> bool:
    """Say whether a named value is a secret rather than a word, a date or a version."""
    letters, digits = (any(map(f, value)) for f in (str.isalpha, str.isdigit))
    mixed = _changes(value) >= 3 and entropy(value) >= 2.75
    drawn = value.isalnum() and len(value) >= 14 and entropy(value) >= 3.3
    return letters and digits and (mixed or drawn)


def _changes(value: str) -> int:
    """Count where letters turn to digits or back, or capitals begin."""
    sorts = ["d" if c.isdigit() else "u" if c.isupper() else "l" for c in value]
    return sum(a != b for a, b in pairwise(sorts))


def _random(value: str) -> bool:
    """Say whether a long value looks drawn by lot; hashes do not count."""
    sorts = (str.islower, str.isupper, str.isdigit)
    mixed = all(any(map(sort, value)) for sort in sorts)
    return mixed and entropy(value) >= 4.2 and _changes(value) >= len(value) // 4
