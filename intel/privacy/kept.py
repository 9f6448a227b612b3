"""What must stay though it looks like a personal number: links, dates, orders. Pure.

These stretches are covered before numbers are looked for.
"""

import re

from intel.privacy.spans import SHIELD, cover, cover_matches

_LINKS = re.compile(r"\b(?:https?|ftp|wss?|s3|git)://[^\s<>\"']{1,2000}", re.IGNORECASE)
_UUID = re.compile(r"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b")
_TRACE = re.compile(r"\b00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}\b")
_HASH = re.compile(r"\b(?=[0-9]{0,63}[a-f])[0-9a-f]{7,128}\b")
_STAMP = re.compile(
    r"(?<![\w-])(?:19|20)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d-])"
)
_DAY = re.compile(
    r"(?<![\w.+/-])(?:(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|[12]\d|3[01])\1"
    r"(?:19|20)?\d{2}|(?:19|20)\d{2}([./])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01]))"
    r"(?![\w]|[./-]\d)"
)
_CLOCK = re.compile(r"(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])")
_MONEY = re.compile(
    r"(?:[$€£¥]|\b(?:USD|EUR|GBP|CHF|SEK|DKK|NOK|PLN|R\$))[ \xa0]?\d[\d.,' \xa0]{0,20}"
    r"|(?<![\w.,])\d{1,3}(?:[.,' \xa0]\d{3}){0,5}(?:[.,]\d{1,2})?[ \xa0]?"
    r"(?:[$€£¥%]|(?:USD|EUR|Euro|GBP|CHF|kr|zł|SEK|DKK|NOK|PLN)\b)"
)
_ISBN = re.compile(r"\bISBN(?:-1[03])?:?[ ]?[\dX][\dX -]{8,16}", re.IGNORECASE)
_REFERENCE = re.compile(
    r"(?:#|(?<![^\W\d])(?:order|ticket|case|invoice|reference|ref|po|quote|request"
    r"|tracking"
    r"|serial|sn|s/n|ean|gtin|sku|part|batch|lot|article|item|model|build|release"
    r"|version"
    r"|commit|incident|issue|bug|event|transaction|contract|policy|parcel|customer"
    r"|subscription|licen[cs]e|error|vat|ust-?id(?:nr)?|room|port|row|line|employee"
    r"|bestell(?:ung|nummer)|rechnung(?:snummer)?|auftrag(?:snummer)?"
    r"|vorgang(?:snummer)?"
    r"|kundennummer|kunden-?nr|personalnummer|vertrag(?:snummer)?|lieferung|artikel"
    r"|aktenzeichen|angebot|ticketnummer|mandat|police|fehler(?:code)?|zeile"
    r"|facture|commande|dossier|devis|contrat|pedido|factura|contrato|ordine|fattura"
    r"|factuur|klantnummer|ordernummer|bestelling|polis|ordre|faktura|order-?nr)"
    r"(?!\w))[ \t]{0,2}(?:(?:numbers?|no\b\.?|nr\b\.?|id|nummer|n[°º]\.?|code|is|ist"
    r"|of|was"
    r"|:|#|=)[ \t]{0,2}){0,3}(?P<value>[A-Z0-9#][\w./#-]{1,40})(?![ -]\d{4}[ -]\d{4})",
    re.IGNORECASE,
)


def shield(text: str) -> str:
    """Cover what stays, so that no number within it is taken for a person's."""
    for pattern in (_LINKS, _UUID, _TRACE, _HASH, _STAMP, _DAY, _CLOCK, _ISBN):
        text = cover_matches(text, pattern, SHIELD)
    return text


def shield_figures(text: str) -> str:
    """Cover amounts and the numbers of orders, tickets, invoices and the like."""
    numbered = (
        found.span("value")
        for found in _REFERENCE.finditer(text)
        if any(map(str.isdigit, found["value"]))
    )
    return cover_matches(cover(text, numbered, SHIELD), _MONEY, SHIELD)
