"""Go through an article and keep the tellings of the company's own new round. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from intel.deals import moods
from intel.deals.events import Telling, find_tellings
from intel.deals.investors import tells_of_backers
from intel.deals.marks import MONEY, ORG, ROUND, Marked, mark
from intel.deals.naming import Manner
from intel.deals.owners import owner_of, owns_round_noun
from intel.deals.roles import Role, role_of
from intel.deals.subjects import Owner, subject
from intel.money import Money
from intel.rounds import is_extension
from intel.sentences import split
from intel.text import language
from store.records import Org

_MANY_SENTENCES = 400
_LONG_SENTENCE = 900  # characters; the patterns need not cope with more
_LEAD = 8
_RAISED = (Role.FUNDING, Role.OPEN)
_LED = re.compile(r"\b(?:led|co-led|joined|backed|angeführt)\b")
_LED_BY = re.compile(
    r"^[^,;]{0,30}?,?\s(?:(?:co-)?led\sby\s[A-Z\d]|with\s[A-Z\d][^,;]*\sleading\b)"
)
_ORG_THEN_SUM = re.compile(
    rf"^(?:[\w'’&-]+\s){{0,5}}?{ORG}\s(?:[\w'’-]+\s){{1,6}}?(?P<with>with\s)?"
    rf"(?:(?:another|fresh|a|over|nearly)\s){{0,2}}(?P<sum>{MONEY})"
)
_CLAUSES = re.compile(
    r";\s|,?\s(?:while|whereas|während|wohingegen)\s|(?<!\b[A-Z])\.\s(?=[A-ZÄÖÜ\ue000])"
)
# "are Foo X; Rev1 North; and Bar Ventures": nothing but names between the stops.
_LIST_STOP = re.compile(r";\s(?=(?:and\s)?(?:[A-ZÄÖÜ\d][\w&.'’-]*\s?){1,5}(?:[;,.]|$))")
_ROUND_IN = re.compile(
    rf"\b(?:the|its|this|in an?|as an?|to its)\s(?:[\w-]+\s){{0,2}}{ROUND}|"
    rf"\binvestors?\b"
)
_BACKS = re.compile(r"\b(?:joins?|leads?|backs?|invests?|commits?|puts?|joined|led)\b")
_EARLIER = re.compile(r"\b(?:earlier|previous|prior|last|had|ago|in 20\d\d)\b")
# "Rs. 80 crore" and "12 Mio. €": no end of a sentence.
_NO_STOP = re.compile(r"\b(Rs|Mio|Mrd|Tsd|Mill|ca|approx)\.")
# "… a Series A. Menlo led it": the letter is no initial of a name.
_SERIES_ENDS = re.compile(r"(\b[Ss]eries [A-K]\.)\s(?=[A-ZÄÖÜ])")
_COMPANY_VERB = (
    r"(?:has |have |hat )?(?:raised|raises|closed|closes|secured|secures|landed|lands|"
    r"agreed|bought|buys|acquires|acquired|sammelte|sammelt|erhält|eingesammelt|makes|"
    r"sells|took in|bags|nabs|gets|announced|announces|runs|operates)"
)
_OTHER_FIRST = re.compile(
    r"^\W*(?:(?:[Rr]ivals?|[Cc]ompetitors?|[Kk]onkurrent\w*|[Ww]ettbewerber\w*|"
    r"\w+['’]s)\s)?"
    rf"(?P<who>[A-ZÄÖÜ][\w&.'’-]*(?:\s(?:of\s)?[A-ZÄÖÜ][\w&.'’-]*)*)"
    rf"(?:,\s(?:an?|the|which|das|ein|eine)\s[^,]*,)?\s{_COMPANY_VERB}\b"
)
# "… $19 million: a $5 million seed round in 2024, and a new $14 million Series A".
_ANOTHER = re.compile(rf":.*\ban?\s(?:new\s|fresh\s)?{MONEY}$")
_NOT_A_NAME = re.compile(
    r"^(?:the|a|an|it|this|its|our|we|they|in|on|das|die|der|es|sie|investors?|he|"
    r"she)\b",
    re.IGNORECASE,
)

SOMEBODY_ELSES = "somebody else's"
EARLIER = "an earlier round"


@dataclass(frozen=True, slots=True)
class Unit:
    """The headline (number 0) or one sentence of the text."""

    number: int
    marked: Marked


@dataclass(frozen=True, slots=True)
class Found:
    """A telling of the company's own new round, as far as one sentence tells it."""

    unit: Unit
    clause: str
    telling: Telling
    named: bool
    money: Money | None
    round_name: str

    @property
    def in_title(self) -> bool:
        """Whether the headline tells it."""
        return self.unit.number == 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What an article tells: its units, the tellings kept, and why others were not."""

    units: tuple[Unit, ...]
    found: tuple[Found, ...]
    refused: tuple[str, ...]
    german: bool = False
    published: date | None = None


def read_article(org: Org, title: str, text: str, published: date | None) -> Reading:
    """Read headline and sentences; keep what tells of the company's own new round."""
    units = tuple(_units(org, title, text))
    found: list[Found] = []
    refused: list[str] = []
    topic = _about_org(units)
    for unit in units:
        topic = _topic_after(unit, topic, _about_org(units))
        before = ("", Owner.UNKNOWN)
        for clause, telling in _tellings(unit):
            owner = owner_of(clause, telling, title=unit.number == 0)
            if owner is Owner.UNKNOWN and before[0] == clause:
                owner = before[1] if _ANOTHER.search(clause[: telling.end]) else owner
            before = (clause, owner)
            why = _refusal(unit, clause, telling, published) or _not_ours(owner, topic)
            if why:
                refused.append(f"{why}: {unit.marked.source.strip()[:120]}")
            else:
                named = owner is Owner.NAMED
                found.append(_found(unit, clause, telling, named=named))
    if not found and (headline := _bare_headline(units)):
        found.append(headline)
    german = language(f"{title}. {text}") == "de"
    return Reading(
        units, tuple(found), tuple(dict.fromkeys(refused)), german, published
    )


def _bare_headline(units: tuple[Unit, ...]) -> Found | None:
    """Take a headline's sum for a round where only the text calls it one.

    "Acme digs deep for £14m": no verb of raising, but "The round was led by …" follows.
    """
    title = units[0]
    match = _ORG_THEN_SUM.match(title.marked.text)
    if not match or role_of(title.marked.text, match.start("sum")) not in _RAISED:
        return None
    told = _tells_a_round([unit.marked.text for unit in units[1:_LEAD]])
    if _BACKS.search(title.marked.text[: match.start("sum")]):
        return None
    telling = Telling("noun", "", match.start("sum"), match.end("sum"), match["sum"])
    if _refusal(title, title.marked.text, telling, None):
        return None
    after = title.marked.text[telling.end :]
    given = re.match(r"^\sfrom\s[A-Z\d]", after)
    if told or (given and match["with"]) or _LED_BY.match(after):
        return _found(title, title.marked.text, telling, named=True)
    return None


def _tells_a_round(texts: list[str]) -> bool:
    """Say whether sentences name a round or call it one, and who was in it."""
    if any(owns_round_noun(text) and _LED.search(text) for text in texts):
        return True
    named = any(_ROUND_IN.search(t) and not _EARLIER.search(t) for t in texts)
    return named and any(tells_of_backers(text, Manner()) for text in texts)


def _units(org: Org, title: str, text: str) -> Iterator[Unit]:
    yield Unit(0, mark(title[:_LONG_SENTENCE], org))
    plain = _SERIES_ENDS.sub(r"\1\n", _NO_STOP.sub(r"\1 ", text))
    spans = split(plain)[:_MANY_SENTENCES]
    for number, sentence in enumerate(spans, start=1):
        end = min(sentence.end, sentence.start + _LONG_SENTENCE)
        yield Unit(number, mark(text[sentence.start : end], org))


def clauses(unit: Unit) -> list[str]:
    """Split a marked sentence where another statement begins; a list's ";" is none."""
    text = unit.marked.text
    if len(_LIST_STOP.findall(text)) > 1:
        text = _LIST_STOP.sub(", ", text)
    return _CLAUSES.split(text)


def _tellings(unit: Unit) -> Iterator[tuple[str, Telling]]:
    for clause in clauses(unit):
        for telling in find_tellings(clause):
            yield clause, telling


def _found(unit: Unit, clause: str, telling: Telling, *, named: bool) -> Found:
    marked = unit.marked
    money = marked.sum_at(telling.sign) if telling.sign else None
    name = marked.round_at(telling.round_sign) if telling.round_sign else ""
    if name and is_extension(clause) and not name.endswith("extension"):
        name += " extension"
    return Found(unit, clause, telling, named, money, name)


def _refusal(unit: Unit, clause: str, telling: Telling, published: date | None) -> str:
    """Say why a telling is no new round, or nothing."""
    sentence = unit.marked.text
    if moods.is_denied(sentence):
        return "denied or called off"
    if moods.is_hearsay(sentence) or moods.is_intended(clause, telling):
        return "hoped for or hearsay"
    if unit.number == 0 and moods.is_question(sentence):
        return "a question"
    if moods.is_recounted(clause, telling, published):
        return EARLIER
    if moods.is_aside(clause, telling, published):
        return "told in passing"
    return ""


def _not_ours(owner: Owner, topic: bool) -> str:
    if owner is Owner.NAMED or (owner is Owner.TOPIC and topic):
        return ""
    return "nobody's that we can tell" if owner is Owner.UNKNOWN else SOMEBODY_ELSES


def _about_org(units: tuple[Unit, ...]) -> bool:
    """Say whether the company is what the article is about."""
    for unit in units[:3]:
        for clause, telling in _tellings(unit):
            owner = owner_of(clause, telling, title=unit.number == 0)
            if owner in (Owner.NAMED, Owner.OTHER):
                return owner is Owner.NAMED
        if _other_first(unit.marked.text):
            return False
        if unit.marked.names_org:
            return not (_in_passing(unit.marked.text) or _object_only(unit.marked.text))
    if _told_of_it(units):
        return True
    return any(unit.marked.names_org for unit in units[:8]) and any(
        re.search(r"\b(?:our|we)\b", u.marked.text, re.I) for u in units[:4]
    )


def _told_of_it(units: tuple[Unit, ...]) -> bool:
    """Say whether "A Raleigh firm raised …" is the company that is named next."""
    told = any(
        owner_of(clause, telling, title=unit.number == 0) is Owner.TOPIC
        for unit in units[:3]
        for clause, telling in _tellings(unit)
    )
    named = next((unit for unit in units[1:6] if unit.marked.names_org), None)
    return told and named is not None and not _other_first(named.marked.text)


def _in_passing(text: str) -> bool:
    """Say whether the company is named only beside another: "…, a rival of Acme"."""
    at = text.index(ORG)
    return subject(text[: at + 1], Owner.UNKNOWN) is Owner.OTHER


def _object_only(text: str) -> bool:
    """Say whether somebody else does something to the company: "Foo names Acme …"."""
    before = text[: text.index(ORG)]
    return bool(
        re.match(
            r"^(?:[A-ZÄÖÜ][\w&.'’-]*\s){1,4}(?:will\s|has\s|to\s)?(?:\w+ly\s)?"
            r"(?:names?|picks?|chooses?|selects?|buys|acquires|sues|joins|hires|taps|"
            r"uses|"
            r"rolls?|deploys?|adopts?|signs?|partners?|launches|opens|integrates|named|"
            r"picked|chose|selected|sued|hired|tapped|used|adopted|signed|wählt|nutzt|"
            r"verklagt|übernimmt|kauft)\b",
            before,
        )
    )


def _other_first(text: str) -> bool:
    match = _OTHER_FIRST.match(text)
    return bool(match and not _NOT_A_NAME.match(match["who"]))


def _topic_after(unit: Unit, topic: bool, whole: bool) -> bool:
    """Follow whom "the company" means from sentence to sentence."""
    if unit.number == 0:
        return whole
    if _other_first(unit.marked.text):
        return False
    return (
        topic or unit.marked.text.startswith(ORG) or (whole and unit.marked.names_org)
    )
