"""Street addresses in text, as written in English, German, French and their neighbours.

Pure.
"""

import re
from collections.abc import Iterator

from intel.privacy.spans import Kind, Span, spans_of

_UP = r"(?-i:[A-ZÀ-ÖØ-ÞŁŚŻČŠŽ])"
_WORD = rf"{_UP}[\w'’]{{1,30}}"
_JOINED = rf"{_WORD}(?:-\w{{1,20}}){{0,3}}"
_CITY = (
    rf"{_JOINED}(?:[ -](?:am|an der|im|sur|de|la|le|les|bei|upon|on)? ?{_WORD}){{0,2}}"
)
_SEP = r"(?:,?[ \t]*\n[ \t]*|,[ \t]*|[ \t]+)"
_NUMBER = r"\d{1,4}(?:[ ]?[a-z](?!\w))?(?:[ ]?[-–/][ ]?\d{1,4}[a-z]?)?"
_PLACE = rf"(?:{_SEP}(?:[A-Z]{{1,2}}-)?\d{{4,5}}(?:[ ][A-Z]{{2}}(?!\w))?[ ]{_CITY})"

_GERMAN_ENDS = (
    r"(?:straße|strasse|str\.|str(?=[ ]\d)|gasse|weg|allee|platz|ring|damm|ufer"
    r"|chaussee"
    r"|steig|stieg|pfad|promenade|markt|graben|wall|steg|kamp|straat|laan|plein|gracht"
    r"|kade|dijk|singel|dreef|gatan|vägen|gata|gade|vej)"
)
_GERMAN = re.compile(
    rf"(?<!\w)(?:{_UP}[\w-]{{1,40}}?(?i:{_GERMAN_ENDS})"
    rf"|(?:{_WORD}[ -]){{1,3}}(?:Stra(?:ß|ss)e|Str\.|Allee|Platz|Weg|Ring|Damm|Ufer))"
    rf"[ ]{_NUMBER}(?!\w|[.,]\d){_PLACE}?"
)
_GERMAN_AT = re.compile(
    r"(?<!\w)(?:Am|An der|An den|Auf der|Auf dem|Im|In der|In den|Unter den|Zum|Zur"
    r"|Bei der"
    rf"|Hinter der|Vor dem|Alter|Neuer)(?:[ -]{_WORD}){{1,3}}[ ]{_NUMBER}{_PLACE}"
)
_DUTCH = re.compile(
    rf"(?<!\w){_WORD}"
    rf"(?:[ ]{_WORD}){{0,2}}[ ]{_NUMBER}{_SEP}\d{{4}}[ ]?[A-Z]{{2}}[ ]{_CITY}"
)
_GERMAN_TOWN = re.compile(
    rf"(?<!\w){_WORD}(?:[ -]{_WORD}){{0,2}}[ ]{_NUMBER}(?:,[ ]"
    rf"|,?[ ]?\n)(?:[A-Z]-)?\d{{5}}[ ]{_CITY}"
)
_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2}"
_STATE_ZIP = r"[A-Z]{2}[ ]+\d{5}(?:-\d{4})?"
_UNIT = (
    r"(?:(?:apt|apartment|suite|ste|unit|flat|floor|fl|room|rm|building|bldg)\.?[ ]"
    r"[\w-]{1,6}|#[ ]?\w{1,6}|\d{1,2}(?:st|nd|rd|th)[ ]floor)"
)
_ENGLISH_ENDS = (
    r"(?-i:(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way"
    r"|Place|Pl|Square|Sq|Terrace|Close|Crescent|Cres|Parkway|Pkwy|Highway|Hwy|Row"
    r"|Gardens|Grove|Mews|Hill|Quay|Broadway|Circle|Cir|Trail|Walk|Wharf|Green|Park"
    r"|Rise"
    r"|Embankment|Alley|Plaza|Loop|Turnpike))"
)
_TOWN = (
    rf"(?:{_SEP}{_CITY})?(?:{_SEP}(?:{_POSTCODE}|{_STATE_ZIP}"
    rf"|\d{{5}}(?:-\d{{4}})?)(?!\w))"
)
_ENGLISH = re.compile(
    rf"(?<![\w.,#$€£/-])(?:{_UNIT},?[ ])?\d{{1,5}}[A-Z]?(?:-\d{{1,4}})?,?[ ]"
    r"(?:[NSEW]{1,2}\.?[ ])?"
    rf"(?P<named>(?:{_JOINED}\.?[ ]|\d{{1,3}}(?:st|nd|rd|th)[ ])"
    rf"{{1,4}}?){_ENGLISH_ENDS}(?![\w'’])\.?(?:[ ][NSEW]{{1,2}}(?!\w))?"
    rf"(?:,?[ ]{_UNIT})?(?P<town>{_TOWN}|{_SEP}{_CITY}{_TOWN})?",
    re.IGNORECASE,
)
_NO_STREET = re.compile(
    r"\b(?:Google|One|Hard|Flash|Disk|Star|Hour|Month|Day|Year|Week|Road ?Map|Test"
    r"|Street"
    r"|Data|Disc|Thumb|USB|SSD|Time|Shared?|Team|Cloud|Milk)\b",
    re.IGNORECASE,
)
_BOX = re.compile(
    r"\b(?:P\.?[ ]?O\.?[ ]?Box|Postfach|Post Office Box|Postbus|Apartado|BP)[ ]"
    rf"\d[\d ]{{0,8}}(?<! )(?:{_SEP}{_CITY})?(?:{_SEP}(?:{_POSTCODE}|{_STATE_ZIP}))?"
    rf"{_PLACE}?"
)
_FRENCH = re.compile(
    r"(?<![\w.,/-])\d{1,4}(?:[ ]?(?:bis|ter|quater))?,?[ ](?i:rue|avenue|av\.|boulevard"
    r"|bd\.?|place|allée|chemin|impasse|quai|cours|route|square|passage|faubourg"
    r"|sentier"
    r"|esplanade|villa|cité)[ ](?:(?:de la|de l['’]|des|du|de|d['’]|la|le|les|l['’]"
    r"|à)[ ]?)?"
    rf"{_WORD}(?:[ -](?:(?:de la|des|du|de|et)[ -])?{_WORD}){{0,4}}{_PLACE}?"
)
_LATIN_ROADS = (
    r"(?:Calle|C/|Avenida|Avda?\.|Av\.|Plaza|Paseo|Ronda|Camino|Carrera|Via|Viale|Corso"
    r"|Piazza|Piazzale|Vicolo|Largo|Rua|Travessa|Praça|Carrer|ul\.|al\.)"
)
_LATIN = re.compile(
    rf"(?<!\w){_LATIN_ROADS}[ ]?(?:(?:de la|de los|de las|del|della|dei|delle|de|da"
    rf"|do|dos|la"
    rf"|el)[ ])?{_WORD}(?:[ ](?:(?:de la|del|de|y|e)[ ])?{_WORD}){{0,3}},?[ ]"
    rf"(?:n[º°.o][ ]?)?\d{{1,4}}[a-z]?(?![\w.])"
    rf"(?:,[ ]\d{{1,2}}[º°ª][ ]?\w{{0,3}})?{_PLACE}?"
)
_ALL = (_GERMAN, _GERMAN_AT, _GERMAN_TOWN, _DUTCH, _BOX, _FRENCH, _LATIN)


def find(text: str) -> Iterator[Span]:
    """Find streets with a house number, and the town that follows them."""
    for pattern in _ALL:
        yield from spans_of(pattern, Kind.ADDRESS, text)
    for found in _ENGLISH.finditer(text):
        if found["town"] or not _NO_STREET.search(found[0]):
            yield Span(*found.span(), Kind.ADDRESS)
