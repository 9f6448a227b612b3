"""What a fetch of a front page found, and how well it names a company. Pure."""

import re
from dataclasses import dataclass
from enum import IntEnum

from cleanco import basename
from rapidfuzz import fuzz

from intel import notes
from intel.lookalikes import compact
from intel.words import listed
from store.records import Org

_SEPARATOR = re.compile(r"\s+[|–—·•»:-]+\s+|\s*[|·•»]\s*|[:,]\s+|\s+\(|\)")
_NOT_A_NAME = listed(
    """home homepage welcome start startseite willkommen website official site index
    untitled login sign in"""
)
_OF_THEIRS = listed("shop store blog docs careers jobs community app hq")
_FOR_SALE = re.compile(
    r"\bdomain (?:name )?(?:\S+ )?(?:is|may be|might be|could be|are)? ?(?:for sale|"
    r"available for purchase|parked|expired)|\b(?:buy|get|purchase|own|acquire) this "
    r"domain|\bis for sale\b|\bdomain parking|\bparked (?:free|domain|page)|"
    r"\bmake an offer (?:for|on)|\bhugedomains|\bsedo(?:parking)?\b|\bafternic|"
    r"\bdomain (?:steht|ist|wird) .{0,30}(?:verkauf|verkaufen|erwerben)|"
    r"\bdomain (?:kaufen|erwerben|parken|geparkt)|\bdomain has (?:expired|been "
    r"registered)|\binquire about this domain|\bthis (?:web ?)?site'?s? domain|"
    r"\brelated searches\b",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"\bcoming soon|under construction|welcome to nginx|apache2? .{0,20}default page|"
    r"it works!|default (?:web )?(?:site )?page|index of /|account suspended|"
    r"site not found|launching soon|im aufbau|in kürze|hier entsteht|test page|"
    r"just a moment|attention required|access denied|forbidden|checking your browser|"
    r"enable javascript|are you (?:a )?(?:human|robot)|captcha",
    re.IGNORECASE,
)
_NOT_THEIRS = re.compile(
    r"\bunofficial|not affiliated|no affiliation|fan (?:site|club|page)|inoffiziell|"
    r"not endorsed|independent (?:guide|review)|fan community",
    re.IGNORECASE,
)
_ABOUT_THEM = re.compile(
    r"\b(?:authori[sz]ed|certified|official) (?:re-?seller|dealer|distributor|partner)|"
    r"\bresellers?\b|\bwiederverkäufer|\bvertriebspartner|\bcoupons?\b|"
    r"\bpromo codes?\b|"
    r"\bformerly\b|\bis now (?:called|part of|known as)|\bwas acquired|\bhat sich "
    r"umbenannt|\bheißt jetzt|\bhas (?:been )?(?:renamed|become)",
    re.IGNORECASE,
)
_CREDENTIALS = re.compile(
    r"\b(?:enter|confirm|verify|update) your (?:\S+ )?(?:password|account|wallet|"
    r"identity|"
    r"billing|payment)|\bseed phrase|\bconnect (?:your )?wallet",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Probe:
    """What a fetch of the front page found. `text` is a sample of what can be read."""

    resolves: bool
    final_url: str = ""
    title: str = ""
    og_site_name: str = ""
    text: str = ""
    status: int = 0

    @property
    def named(self) -> str:
        """All that the page says of itself."""
        return f"{self.title}\n{self.og_site_name}\n{self.text}"


class Naming(IntEnum):
    """How a page names the company, the surest last."""

    OTHER = 0
    SILENT = 1
    IN_TEXT = 2
    PART = 3
    EXACT = 4


def naming(org: Org, probe: Probe) -> Naming:
    """Say how the page's title, site name and text name the company."""
    if probe.status >= 400:
        return Naming.SILENT
    names = [basename(name) or name for name in org.names]
    segments = [s for s in _segments(probe) if s.casefold() not in _NOT_A_NAME]
    pairs = [(segment, name) for segment in segments for name in names]
    if any(_equal(segment, name) for segment, name in pairs):
        return Naming.EXACT
    if longer := [pair for pair in pairs if _longer(*pair)]:
        return _of_longer(org, longer)
    return _in_passing(org, probe, pairs)


def _of_longer(org: Org, pairs: list[tuple[str, str]]) -> Naming:
    """Judge a name that begins like the company's: theirs if its rest is on file."""
    told = set(re.findall(r"\w+", notes.split(org.manual_notes).ours.casefold()))
    for segment, name in pairs:
        rest = segment.casefold().split()[len(name.split()) :]
        if set(rest) <= told:
            return Naming.PART
    is_name = any(_all_capital(segment) for segment, _ in pairs)
    return Naming.OTHER if is_name else Naming.PART


def _in_passing(org: Org, probe: Probe, pairs: list[tuple[str, str]]) -> Naming:
    names = {name for _, name in pairs} or set(org.names)
    if {segment for segment, _ in pairs} & initials(org) or any(
        _words_in(probe.title, name) for name in names
    ):
        return Naming.PART
    shorter = any(_shorter(segment, name) for segment, name in pairs)
    if shorter or any(_words_in(probe.text, name) for name in names):
        return Naming.IN_TEXT
    return Naming.OTHER if pairs else Naming.SILENT


def _all_capital(segment: str) -> bool:
    """Say whether a segment is written as a name: capitals throughout."""
    return all(w[:1].isupper() or w[:1].isdigit() for w in segment.split())


def initials(org: Org) -> set[str]:
    """Shorten names of three words and more: "Verdigris Analytical Instruments"."""
    split = [re.findall(r"\w+", name) for name in org.names]
    return {"".join(w[0] for w in words).upper() for words in split if len(words) > 2}


def _segments(probe: Probe) -> list[str]:
    parts = [probe.og_site_name, probe.title, *_SEPARATOR.split(probe.title)]
    bare = [basename(part.strip()) or part.strip() for part in parts if part.strip()]
    return list(dict.fromkeys(bare))


def _equal(segment: str, name: str) -> bool:
    if compact(segment) == compact(name):
        return True
    long_enough = min(len(segment), len(name)) >= 8
    return long_enough and fuzz.ratio(segment.casefold(), name.casefold()) >= 94


def _longer(segment: str, name: str) -> bool:
    """Say whether a short segment begins with the name and goes on: "Gantry Pharma"."""
    words, own = segment.casefold().split(), name.casefold().split()
    more = set(words[len(own) :]) - _OF_THEIRS
    return words[: len(own)] == own and 0 < len(more) <= 3


def _shorter(segment: str, name: str) -> bool:
    """Say whether a segment is the beginning of the name: "Acorn" of Acorn Street."""
    words, own = segment.casefold().split(), name.casefold().split()
    return len(compact(segment)) > 3 and own[: len(words)] == words


def _words_in(text: str, name: str) -> bool:
    pattern = rf"(?<!\w){re.escape(name.casefold())}(?!\w)"
    return bool(re.search(pattern, text.casefold()))


def states_legal_name(org: Org, probe: Probe) -> bool:
    """Say whether the text gives the name with a legal form, or a copyright on it."""
    for name in org.names:
        bare = re.escape(basename(name) or name)
        legal = rf"(?<!\w){bare},?\s(?:[A-Z][\w.]*\s){{0,2}}(?:{_FORMS})(?!\w)"
        if re.search(legal, probe.named) or re.search(
            rf"(?:©|\(c\)|copyright)\s?(?:\d{{4}}\s?)?(?:[-–]\s?\d{{4}}"
            rf"\s)?{bare}(?!\w)",
            probe.named,
            re.IGNORECASE,
        ):
            return True
    return False


_FORMS = (
    r"GmbH|AG|SE|KG|UG|Inc\.?|LLC|Ltd\.?|Limited|Corp\.?|Corporation|plc|PLC|SAS|SA|"
    r"S\.A\.|SARL|S\.r\.l\.|SpA|BV|B\.V\.|NV|AB|AS|A/S|ApS|Oy|Pty|Private Limited|Sàrl"
)


def is_parked(probe: Probe) -> bool:
    """Say whether the page only offers the domain."""
    return bool(_FOR_SALE.search(probe.named)) and len(probe.text) < 1500


def is_empty(probe: Probe) -> bool:
    """Say whether the page is a placeholder, or a guard that lets no robot in."""
    return bool(_EMPTY.search(probe.named)) and len(probe.text) < 400


def disowns(probe: Probe) -> bool:
    """Say whether the page says that it is not the company's."""
    return bool(_NOT_THEIRS.search(probe.named))


def speaks_of_them(probe: Probe) -> bool:
    """Say whether the page speaks of the company as of another, or of a new name."""
    return bool(_ABOUT_THEM.search(probe.named))


def renames(org: Org, probe: Probe) -> bool:
    """Say whether the page calls the company by a new name: "formerly Acme"."""
    old = "|".join(re.escape(basename(name) or name) for name in org.names)
    told = (
        rf"\b(?:formerly|früher|ehemals|previously|ex-)\s?(?:known as\s)?(?:{old})\b|"
        rf"\b(?:{old})\b.{{0,20}}\b(?:is now|has become|heißt jetzt|ist jetzt)\b"
    )
    return bool(re.search(told, probe.named, re.IGNORECASE))


def asks_for_secrets(probe: Probe) -> bool:
    """Say whether the page asks for passwords, wallets or payment data."""
    return bool(_CREDENTIALS.search(probe.named))
