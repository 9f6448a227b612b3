"""Numbers by which states know a person. Pure.

Check digits by python-stdnum. A bare run of digits passes some check by chance, so
it must be named; a shape that nothing else has needs no name. A number that is named
goes even if its check fails: a slip of the pen is still a person's number.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stdnum.at import vnr
from stdnum.be import nn
from stdnum.br import cpf
from stdnum.ch import ssn as ahv
from stdnum.de import idnr
from stdnum.dk import cpr
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.it import codicefiscale
from stdnum.no import fodselsnummer
from stdnum.pl import pesel
from stdnum.se import personnummer
from stdnum.us import ssn

from intel.privacy.spans import COVER, Kind, Span

_LINK = (
    r"(?:[ \t]{0,3}(?:number|no\b\.?|nr\b\.?|nummer|numer|n[°º]|num[eé]ro|n[uú]mero"
    r"|code"
    r"|is|was|are|ist|lautet|war|est|es|är|er|to|è|é|:|=|#|-|\()){0,4}"
    r"(?:(?:[ \t][a-zà-ÿ]{1,12}){1,2}[ \t]?[:=])?[ \t]{0,3}"
)
_NAMES = (
    r"ssn|social security|(?:ni|national insurance)|nino|steuer-?id(?:entifikations)?"
    r"|steuerliche identifikationsnummer|id-?nr\.?|tin|itin|sv-?nummer|svnr\.?"
    r"|(?:renten|sozial)versicherungs|sozialversicherungs?-?|ahv|avs"
    r"|nir|num[ée]ro de sécurité sociale|sécurité sociale|insee|bsn"
    r"|burgerservice|sofi|person|personal identity|cpr|fødsels|hetu|henkilötunnus"
    r"|pesel|dni|nie|nif|codice fiscale|cf|cpf|rijksregister|numéro national|aadhaa?r"
    r"|(?:reise)?pass(?:port|aporte|eport)?|passaporto|personalausweis|ausweis|id card"
    r"|national id|identity card|carte d'identité|driver'?s?'? licen[cs]e"
    r"|driving licen[cs]e|führerschein|permis de conduire|medicare|nhs|sin|tfn|pps"
    r"|curp|medical record|mrn|versicherten"
)
_NAMED = re.compile(
    rf"(?<!\w)(?:{_NAMES})(?:nummer|nummern|nr\.?|numret|-nr\.?)?{_LINK}"
    r"(?P<value>(?-i:[A-Z0-9]){2,}"
    r"(?:[ ./-](?-i:[A-Z0-9]*[0-9][A-Z0-9]*)|[ .-](?-i:[A-Z])(?!\w)){0,7})(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A way to write a number that tells on its own, and its check."""

    pattern: re.Pattern[str]
    valid: Callable[[str], bool]


def _svnr(written: str) -> bool:
    """Check a German pension number (VKVV § 2: weights, cross sums, mod 10)."""
    plain = written.replace(" ", "").upper()
    letter = f"{ord(plain[8]) - 64:02d}"
    digits = plain[:8] + letter + plain[9:11]
    weights = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
    products = (int(d) * w for d, w in zip(digits, weights, strict=True))
    return sum(p // 10 + p % 10 for p in products) % 10 == int(plain[11])


def _always(_: str) -> bool:
    return True


def _shape(pattern: str, valid: Callable[[str], bool] = _always) -> _Shape:
    return _Shape(re.compile(rf"(?<![\w.+/-])(?:{pattern})(?![\w]|[./-]\w)"), valid)


_SHAPES = (
    _shape(r"\d{3}-\d{2}-\d{4}", ssn.is_valid),
    _shape(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]"),
    _shape(r"\d{2} \d{3} \d{3} \d{3}", idnr.is_valid),
    _shape(r"\d{2} ?\d{6} ?[A-Z] ?\d{3}", _svnr),
    _shape(
        r"[1-478] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}"
        r"|2[AB]) ?\d{3} ?\d{3} ?\d{2}",
        nir.is_valid,
    ),
    _shape(r"(?:\d{2})?\d{6}[-+]\d{4}", personnummer.is_valid),
    _shape(r"\d{6}-\d{4}", cpr.is_valid),
    _shape(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]", hetu.is_valid),
    _shape(r"\d{8}-?[A-Z]", dni.is_valid),
    _shape(r"[XYZ]-?\d{7}-?[A-Z]", nie.is_valid),
    _shape(
        r"[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]",
        codicefiscale.is_valid,
    ),
    _shape(r"\d{3}\.\d{3}\.\d{3}-\d{2}", cpf.is_valid),
    _shape(r"756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}", ahv.is_valid),
    _shape(r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", nn.is_valid),
    _shape(r"\d{4} (?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}", vnr.is_valid),
    _shape(r"\d{6} \d{5}", fodselsnummer.is_valid),
    _shape(r"\d{11}", pesel.is_valid),
)


def find(text: str) -> Iterator[Span]:
    """Find national ids, and numbers named as passports, licences and the like."""
    for shape in _SHAPES:
        for found in shape.pattern.finditer(text):
            if shape.valid(found[0]):
                yield Span(*found.span(), Kind.ID)
    for found in _NAMED.finditer(text):
        value = found["value"]
        if sum(map(str.isdigit, value)) >= 5 and COVER not in value:
            yield Span(*found.span("value"), Kind.ID)
