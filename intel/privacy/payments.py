"""Card and bank account numbers in text. Pure."""

import re
from collections.abc import Iterator

from stdnum import iban, luhn

from intel.privacy.spans import Kind, Span, before

_CARD = re.compile(r"(?<![\w.,/+-])\d(?:[ -]?\d){11,18}(?![\w]|[.,/-]\d)")
# First digits in use, by network (ISO/IEC 7812 and the networks' own lists).
_ISSUED = re.compile(r"4|5[0-9]|2[2-7]|3[04-689]|6")
_GROUPS = re.compile(
    r"\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?|\d{4}([ -])\d{6}\2\d{4,5}"
)
_CARD_CUE = re.compile(
    r"\b(?:card|visa|master ?card|amex|american express|discover|maestro|diners"
    r"|kreditkarte\w*|karte\w*|carte|tarjeta|carta|cartão|kaart|kort|karta)\b\W{0,3}"
    r"(?:\w+\W{1,3}){0,3}$",
    re.IGNORECASE,
)
_CHECK = re.compile(
    r"\b(?:cvv2?|cvc2?|cid|prüfnummer|prüfziffer|security digits)\b"
    r"[ \t]{0,2}(?:is|ist|code|number"
    r"|nummer)?[ \t]{0,2}[:=#]?[ \t]{0,2}(\d{3,4})(?!\w)",
    re.IGNORECASE,
)
_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ \-\u00a0]?[A-Z0-9]){11,30}", re.IGNORECASE
)
_IBAN_CUE = re.compile(
    r"\biban\b[ \t]{0,3}(?:is|ist|lautet|est|es|:|=|-|no\.?|nr\.?)?[ \t]{0,3}[:=]?"
    r"[ \t]{0,3}([A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?)(?!\w)",
    re.IGNORECASE,
)


def cards(text: str) -> Iterator[Span]:
    """Find card numbers by Luhn's check, and the check codes beside them."""
    for found in _CARD.finditer(text):
        if _is_card(found[0], before(text, found.start(), 40)):
            yield Span(*found.span(), Kind.CARD)
    for found in _CHECK.finditer(text):
        yield Span(*found.span(1), Kind.CARD)


def _is_card(written: str, said: str) -> bool:
    digits = re.sub(r"\D", "", written)
    if _CARD_CUE.search(said):
        return len(digits) in range(13, 20)
    usual = len(digits) in {15, 16} and (written == digits or _grouped(written))
    return usual and bool(_ISSUED.match(digits)) and luhn.is_valid(digits)


def _grouped(written: str) -> bool:
    return _GROUPS.fullmatch(written) is not None


def ibans(text: str) -> Iterator[Span]:
    """Find account numbers by their check (ISO 13616, mod 97) or by being named."""
    for found in _IBAN.finditer(text):
        length = _iban_length(found[0])
        if length:
            yield Span(found.start(), found.start() + length, Kind.IBAN)
    for found in _IBAN_CUE.finditer(text):
        yield Span(*found.span(1), Kind.IBAN)


def _iban_length(written: str) -> int:
    """Say how much of a run is an account number; words may follow it. 0 if none."""
    for length in range(len(written), 14, -1):
        part = written[:length]
        if part[-1].isalnum() and _iban(part):
            return length
    return 0


def _iban(written: str) -> bool:
    return iban.is_valid(written.replace("\xa0", ""), check_country=False)
