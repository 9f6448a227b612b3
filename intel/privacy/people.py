"""Names that text itself gives away: signatures, salutations, titles, headers. Pure."""

import re
from collections.abc import Iterator

from intel.privacy.spans import COVER, Kind, Span
from intel.words import listed

_UP = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚ"
_ONE = rf"(?:[{_UP}](?:\.|[^\W\d_]{{1,25}})(?:['’-][{_UP}]?[^\W\d_]{{1,25}}){{0,2}})"
_PARTICLE = (
    r"(?:(?:van der|van den|van de|von der|de la|van|von|de|der|del|di|da|dos|al|el"
    r"|bin|la|le|du|zu)[ ])"
)
_MORE = rf"(?:[ ]{_PARTICLE}?{_ONE})"
_NAME = rf"(?P<name>{_PARTICLE}?{_ONE}{_MORE}{{0,3}})"
_HELD = (
    r"(?:(?:Dr|Prof|Dipl\.-Ing|Ing|Mr|Mrs|Ms|Mx|Miss|Sir|Herrn?|Frau|Mme|Mlle|M|Sr"
    r"|Sra|Srta"
    r"|Señora?|Sig|Sig\.ra|Dott|Dott\.ssa|Dhr|Mevr|Monsieur|Madame|D\.|Doña"
    r"|Don)\b\.?[ ])"
)
_CLOSING = re.compile(
    r"(?<!\w)(?:(?P<open>th(?:an)?x|thanks(?: again| so much| a lot| in advance)?"
    r"|thank you(?: so much"
    r"| very much| in advance)?|many thanks|cheers|best|all the best|regards|danke"
    r"|merci"
    r"|gracias|grazie|yours|ta|cordialement|sincerely|saludos|groetjes|ciao|cdlt"
    r"|obrigad[oa])"
    r"|(?P<sure>(?:best|kind|kindest|warm|warmest|with kind|many) (?:regards|wishes)"
    r"|yours (?:sincerely|truly|faithfully)|sincerely yours|respectfully"
    r"|(?:mit )?(?:freundlich|best|viel|lieb|herzlich|schön"
    r"|sonnig)\w{1,4} gr[üu](?:ß|ss)\w{1,3}"
    r"|grüße|gruß|mfg|lg|vg|bg|hochachtungsvoll|bien à vous|bien cordialement"
    r"|(?:sincères |meilleures )?salutations(?: distinguées)?|bonne journée"
    r"|(?:un )?saludos?"
    r"(?: cordial(?:es)?)?|atentamente|cordiali saluti|distinti saluti|saluti"
    r"|met vriendelijke groet(?:en)?|vriendelijke groeten?|hälsningar"
    r"|vänliga hälsningar"
    r"|med venlig hilsen|mvh|atenciosamente|pozdrawiam|z poważaniem))(?!\w)",
    re.IGNORECASE,
)
_GAP = re.compile(
    r"[ \t]{0,3}(?P<mark>[,.!–—-]{0,2})[ \t]{0,3}(?P<line>"
    r"(?:\r?\n[ \t]{0,8}){0,3})[-–—~]{0,2}[ \t]?"
)
_SIGNED = re.compile(
    rf"{_HELD}{{0,2}}{_NAME}(?=[ \t]*(?:$|[,.|(/•–—<!\r\n{COVER}-]))", re.MULTILINE
)
_LAST = re.compile(r"[ \t.!]{0,3}(?:\r?\n|$)")
_SMALL_GREETED = re.compile(
    r"(?:^|\n)[ \t]{0,8}(?i:hi|hey|hello|hallo|dear|moin|hola|ciao)[ ]"
    r"(?P<name>[a-zà-ÿ]{3,12})(?=[ ]?[,!\n])"
)
_SMALL = re.compile(r"(?P<name>[a-zà-ÿ]{3,12})(?=[ \t.]{0,3}(?:\r?\n|$))")
_GREETING = re.compile(
    r"(?:^|[.!?:>]\s{1,3}|[\"“„])[ \t]{0,8}(?i:hi|hello|hey|dear|hallo|liebe[rs]?"
    r"|sehr geehrte[rs]?|guten (?:tag|morgen|abend)|good (?:morning|afternoon"
    r"|evening)|moin"
    r"|grüezi|servus|bonjour|chère?|bonsoir|salut|hola|estimad[oa]|querid[oa]"
    r"|buongiorno"
    r"|buon giorno|gentile|ciao|car[oa]|beste|geachte|hej|olá|oi|prezad[oa]"
    r"|dzień dobry)"
    rf"[ ,]{{1,2}}(?P<title>{_HELD}{{0,2}}){_NAME}(?P<next>[ \t]*[,.!:;–—\n-]"
    rf"|[ ][a-z]|[ \t]*$)",
    re.MULTILINE,
)
_TITLED = re.compile(
    r"(?<!\w)(?P<title>(?:(?:Mr|Mrs|Ms|Mx|Dr|Prof|Mme|Mlle|Sr|Sra|Srta|Sig|Dott|Dhr"
    r"|Mevr"
    r"|Sig\.ra|Dott\.ssa|Hr)\b\.?|M\.|Miss|Señora?|Monsieur|Madame|Herrn?|Frau)[ ]"
    r"(?:(?:Dr|Prof)\.?[ ]){0,2})"
    rf"(?P<name>{_PARTICLE}?{_ONE}(?P<second>{_MORE})?)"
)
_ONE_ONLY = re.compile(r"Herr|Frau|Hr")
_INTRODUCED = re.compile(
    r"(?<!\w)(?i:my name is|my name['’]s|name is|ich heiße|ich heisse|mein name ist"
    r"|je m['’]appelle|mon nom est|me llamo|mi nombre es|mi chiamo|mijn naam is"
    r"|jag heter"
    r"|spoke (?:to|with)|talked (?:to|with)|colleagues?|kolleg(?:e|in|en)|collègue"
    r"|compañer[oa]"
    r"|reported by|assigned to|on behalf of|forwarding for|attn:?|z\. ?hd\.(?: v\.)?"
    r"|(?:full |first |last |sur|contact |vor|nach)?name:|nom:|nombre:|contact:"
    r"|kontakt:"
    r"|ansprechpartner(?:in)?:|(?:from|to|cc|bcc|von|an|de|para|à):)"
    rf"[ \t]{{1,3}}(?P<title>{_HELD}{{0,2}}){_NAME}"
)
_SELF = re.compile(
    r"(?<!\w)(?i:i am|i['’]m|this is|it['’]s|hier ist|hier spricht|ich bin|soy"
    r"|je suis|sono"
    rf"|ik ben)[ ]{_NAME}(?=,|\.(?:\s|$)|[ ](?:from|here|calling|with|and I|at|von"
    rf"|aus|de|del|di|van|y|et|und)(?!\w))"
)
_HEADED = re.compile(
    rf"{_NAME}[ ]?[<(]{{1}}(?={COVER})|\"{_NAME}\"[ ]?<(?={COVER})".replace(
        "(?P<name>", "(", 1
    ).replace("(?P<name>", "(", 1)
)
_OWNER = re.compile(
    rf"(?<!\w)(?P<name>{_ONE})['’]s (?=iPhone|iPad|Android|phone|laptop|Mac|computer"
    rf"|mobile)"
)
_PARTICLES = listed("van der den de la von del di da dos al el bin le du zu")
_NOBODY = listed(
    """
    dr prof mr mrs ms mx miss sir herr herrn frau mme mlle sr sra srta señor señora
    team support customer customers success service sales all everyone everybody
    there sir madam madame monsieur mesdames messieurs damen herren folks guys
    people friend friends colleague colleagues kollegen kolleginnen zusammen alle
    again user users admin company department helpdesk desk help office group gmbh
    inc ltd llc ag kundenservice kunde kunden kundin community partner partners sirs
    whom concern agent client the this that these it we our your my you they your
    please great good thanks thank best regards kind dear hello hi just not very
    sure also still yes no ok okay sent from to cc on is are was will what when
    where why how in at as and or but if for with a an i bye welt world tous toutes
    todos todas tutti iedereen gracias merci danke equipo équipe señores señor
    señora cheers sorry happy back done new here german french english american
    british spanish monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december
    der die das wir ich bitte leider vielen mit im am von subject betreff date datum
    re fwd via ticket order invoice
    """
)


def find(text: str) -> Iterator[Span]:
    """Find names by what stands around them."""
    yield from _signatures(text)
    for found in _GREETING.finditer(text):
        if _greets(found):
            yield from _named(found, titled=True)
    for found in _TITLED.finditer(text):
        yield from _titled(found)
    for pattern in (_INTRODUCED, _SELF, _OWNER, _SMALL_GREETED):
        for found in pattern.finditer(text):
            yield from _named(found)
    for found in _HEADED.finditer(text):
        at = 1 if found[1] else 2
        if not _nobody(found[at]):
            yield Span(*found.span(at), Kind.NAME)


def _signatures(text: str) -> Iterator[Span]:
    for closing in _CLOSING.finditer(text):
        gap = _GAP.match(text, closing.end())
        if gap is None:
            continue
        signed = _SIGNED.match(text, gap.end()) or _small(text, gap)
        apart = closing["sure"] or gap["line"] or gap["mark"]
        if signed and (apart or _LAST.match(text, signed.end())):
            yield from _named(signed)


def _small(text: str, gap: re.Match[str]) -> re.Match[str] | None:
    """Read a name in small letters, if nothing else stands on its line."""
    return _SMALL.match(text, gap.end()) if gap["mark"] or gap["line"] else None


def _greets(found: re.Match[str]) -> bool:
    """Say whether a greeting without a comma greets one person, not a firm's people."""
    return not found["next"].strip().isalpha() or " " not in found["name"]


def _titled(found: re.Match[str]) -> Iterator[Span]:
    end = found.end("name")
    if found["second"] and (
        _ONE_ONLY.match(found["title"]) or _nobody(found["second"])
    ):
        end = found.start("second")
    if not _nobody(found.string[found.start("name") : end]):
        yield Span(found.start("title"), end, Kind.NAME)


def _named(found: re.Match[str], *, titled: bool = False) -> Iterator[Span]:
    start, end = found.span("name")
    if titled and found["title"]:
        start = found.start("title")
    if not _nobody(found["name"]):
        yield Span(start, end, Kind.NAME)


def _nobody(name: str) -> bool:
    words = [word.casefold().strip(".") for word in name.split()]
    told = [word for word in words if len(words) == 1 or word not in _PARTICLES]
    return any(word in _NOBODY for word in told)
