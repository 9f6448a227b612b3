"""What an article is made of, for comparing it with another. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from intel.kinds import Happening, classify, is_unsure
from intel.urls import canonical_url, names_an_article
from intel.words import STOP_DE, STOP_EN, in_order, listed
from store.ids import org_id
from store.records import Event

_LEAD = 700
_SHINGLE = 5
_SHINGLED = 6000
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NAME = re.compile(r"\b[A-ZÄÖÜ][\w&'’-]*[\w]|\b[A-Z]\d+\b")
_ABOUT_BOX = re.compile(
    r"\n?\s*(?:About [A-Z][\w .&-]{1,40}:|Über (?:die |das )?[A-ZÄÖÜ][\w .&-]{1,40}:"
    r"|Press contact|Media contact|Pressekontakt)"
)
_NUMBERS_EN = "two three four five six seven eight nine ten eleven twelve"
_NUMBERS_DE = "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"
_FIGURE = re.compile(
    r"(?P<sign>[$€£¥])? ?(?P<number>\d{1,3}(?:[.,' ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)"
    r"[ -]?(?P<unit>%|percent|per cent|prozent|bn\b|billion(?:en)?|mrd|milliarden?"
    r"|m\b|mn\b|mio"
    r"|million(?:en|s)?|k\b|tausend|thousand)?",
    re.IGNORECASE,
)
_SPELLED = {
    **{word: n for n, word in enumerate(in_order(_NUMBERS_EN), 2)},
    **{word: n for n, word in enumerate(in_order(_NUMBERS_DE), 2)},
}
_SPELLED_FIGURE = re.compile(
    rf"\b({'|'.join(_SPELLED)})(?= (?:percent|per cent|prozent|million|billion"
    rf"|milliard|mio))",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b|\b\d{1,2}\.\d{1,2}\.|\b\d{1,2}(?:st|nd|rd|th)"
    r"\b"
    r"|(?:january|february|march|april|may|june|july|august|september|october"
    r"|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? \d{1,2}\b"
    r"|\b\d{1,2}\.? (?:january|february|march|april|may|june|july|august|september"
    r"|october"
    r"|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember)\b",
    re.IGNORECASE,
)
_WEAK = listed(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march
    april june july august september october november december montag dienstag
    mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli
    oktober dezember company firm group business startup start-up unternehmen konzern
    firma ceo chief executive million millions millionen billion milliarden percent
    prozent dollar dollars euro euros year years jahr jahre jahren new neue neuen
    neuer neues first second one two three today heute week woche month monat
    according people news update says said announced announces told reuters press wire
    report reports reported editing reporting shares about following several
    spokesperson sprecher sprecherin
    """
)
_STAGES = {
    "rumour": r"in talks|talks to|reportedly|sources|mulls|weighs|considers|could"
    r"|rumou?r"
    r"|erwägt|offenbar|gespräche|verhandelt|prüft|negotiating|exploring",
    "review": r"inquiry|in-depth review|probe|regulators? (?:opens|examines)"
    r"|kartellamt prüft"
    r"|opposes|blocks|objects|untersagt|approves|clears|genehmigt|gibt frei"
    r"|green light",
    "done": r"completes?|completed|has closed|closes (?:purchase|deal|acquisition"
    r"|takeover)|finali[sz]es"
    r"|abgeschlossen|schließt .{0,30} ab|vollzogen|went live|opened on",
    "verdict": r"verdict|jury (?:finds|found|awards|decided)|court (?:rules|ruled"
    r"|orders)|convicted|guilty"
    r"|must pay|urteil|verurteilt|muss .{0,30}zahlen|loses|lost a|wins case|dismisses"
    r"|dismissed",
    "appeal": r"appeals? (?:against|court)|files appeal|berufung|revision eingelegt",
    "settled": r"settles?|settled|settlement|vergleich",
    "start": r"opens in|trial (?:against|over|begins)|opening statements|sues|sued"
    r"|files (?:suit|lawsuit)"
    r"|verklagt|prozess beginnt|prozessauftakt|reicht klage|jurors heard",
    "again": r"second round|another (?:round|\d+)|once more|erneut"
    r"|zweite[rn]? (?:runde|welle)"
    r"|since its last|again|weitere[rn]? \d+",
    "setback": r"paus(?:es|ed)|switched off|halts|withdraws|pulls back|backtracks"
    r"|scraps|cancels|postpones"
    r"|delays|reverses|zieht .{0,20}zurück|stoppt|verschiebt|fails|crash"
    r"|apologi[sz]ed|entschuldigt",
    "aftermath": r"after (?:the |last )?(?:week's |month's )?(?:outage|breach|hack"
    r"|attack|recall|crash|layoffs)"
    r"|(?:months?|weeks?|days) after|following (?:the|last)|(?:tage|woche|wochen"
    r"|monate) nach"
    r"|nach (?:dem |der )?(?:ausfall|angriff|brand|\\w*brand|kritik|rückruf)"
    r"|protests? (?:against|over)"
    r"|blames|explains|root cause|post-mortem|restored|wieder (?:online|am netz)",
}
_STAGE_SIGNS = {
    stage: re.compile(rf"\b(?:{signs})\b", re.IGNORECASE)
    for stage, signs in _STAGES.items()
}


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One article taken apart. `figures` are (unit, value); words are stems.

    `firm` are the words of the org's id, `said` all plain words of the opening.
    """

    event_id: str
    at: datetime | None
    address: str
    headline: str
    happening: Happening
    stages: frozenset[str]
    names: frozenset[str]
    title_names: frozenset[str]
    figures: frozenset[tuple[str, float]]
    words: frozenset[str]
    title_words: frozenset[str]
    shingles: frozenset[int]
    all_figures: frozenset[tuple[str, float]]
    german: bool
    firm: frozenset[str]
    said: frozenset[str]


def fingerprint(event: Event) -> Fingerprint:
    """Take one event apart."""
    body = _ABOUT_BOX.split(event.raw_text, maxsplit=1)[0]
    lead = f"{event.title}. {body[:_LEAD]}"
    own = frozenset((event.org_id or "").split("-"))
    happening = classify(event.title, body).happening
    return Fingerprint(
        event_id=event.event_id,
        at=event.published_at,
        address=_address(event),
        headline=" ".join(_words(event.title)),
        happening=happening,
        stages=_stages(event.title, body),
        names=_names(lead) - own,
        title_names=_names(event.title) - own,
        figures=frozenset(figures(lead)),
        words=frozenset(_stems(lead)) - own,
        title_words=frozenset(_stems(event.title)) - own,
        shingles=frozenset(_shingles(body)),
        all_figures=frozenset(figures(body[:_SHINGLED])),
        german=_is_german(lead),
        firm=own - {""},
        said=frozenset(org_id(lead).split("-")),
    )


def _address(event: Event) -> str:
    """Name the document; a fragment we gave tells a page's versions apart."""
    given = event.canonical_url or event.url
    version = event.canonical_url.partition("#")[2]
    if not names_an_article(given):
        return ""
    return canonical_url(given) + (f"#{version}" if version else "")


def _stages(title: str, body: str) -> frozenset[str]:
    shown = f"{title}. {body[:250]}"
    found = {stage for stage, signs in _STAGE_SIGNS.items() if signs.search(shown)}
    if is_unsure(title, ""):
        found.add("rumour")
    return frozenset(found)


def _words(text: str) -> list[str]:
    return [
        word.casefold() for word in _WORD.findall(unicodedata.normalize("NFC", text))
    ]


def _is_german(text: str) -> bool:
    words = _words(text)
    return sum(w in STOP_DE for w in words) > sum(w in STOP_EN for w in words)


def _names(text: str) -> frozenset[str]:
    found = (name.casefold().replace("’", "'") for name in _NAME.findall(text))
    bare = (name.removesuffix("'s").strip("'") for name in found)
    return frozenset(
        part
        for name in bare
        for part in (name, *name.split("-")[:1])
        if len(part) > 1 and part not in STOP_EN | STOP_DE | _WEAK
    )


def _stems(text: str) -> Iterable[str]:
    for word in _words(text):
        if (
            len(word) > 3
            and word not in STOP_EN | STOP_DE | _WEAK
            and not word[0].isdigit()
        ):
            yield word.removesuffix("'s")[:6]


def figures(text: str) -> Iterable[tuple[str, float]]:
    """Read the figures of a text, scaled; dates and times are none."""
    plain = _DATE.sub(
        " ", _SPELLED_FIGURE.sub(lambda m: str(_SPELLED[m[1].casefold()]), text)
    )
    for found in _FIGURE.finditer(plain):
        value, unit = _value(found["number"]), (found["unit"] or "").casefold()
        scale = _scale(unit)
        if unit in ("%", "percent", "per cent", "prozent"):
            yield "%", value
        elif value * scale >= 10 or found["sign"]:
            yield "", value * scale


def _value(number: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:[.,' ]\d{3})+", number):
        return float(re.sub(r"\D", "", number))
    return float(number.replace(",", "."))


def _scale(unit: str) -> float:
    if unit.startswith(("bn", "billion", "mrd", "milliard")):
        return 1e9
    if unit.startswith("m"):
        return 1e6
    return 1e3 if unit in ("k", "tausend", "thousand") else 1.0


def _shingles(body: str) -> Iterable[int]:
    words = _words(body[:_SHINGLED])
    for start in range(max(0, len(words) - _SHINGLE + 1)):
        yield hash_words(words[start : start + _SHINGLE])


def hash_words(words: list[str]) -> int:
    """Hash a run of words, the same in every process."""
    value = 1469598103934665603
    for byte in " ".join(words).encode():
        value = (value ^ byte) * 1099511628211 % (1 << 64)
    return value
