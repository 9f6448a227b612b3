"""Mend where a name begins and ends, by its form alone. Pure.

What reads names word by word is often off at the edges: legal endings, full stops,
signs that belong to a brand, where somebody is at home or employed.
"""

import re

from intel.deals.name_forms import GERMAN_TRADE, LAND, TRADE
from intel.deals.vocabulary import ALONE, COMMON, FUND, GENERIC, MAYBE
from intel.money import find_money
from intel.words import listed

# Words that are no name of their own, by themselves or behind an owner.
PLAIN = GENERIC | listed("charitable strategic opportunities opportunity latin")
_NAMELESS = (PLAIN - {"catalyst", "impact", "syndicate", "seed"}) | listed(
    """the inc ltd llc llp lp corp corporation company co gmbh limited consulting
    trading technology center centre adm gen cisos ctos cfos ceos usd eur gbp inr sek
    nok dkk chf aud cad sgd ph.d phd m.d m.p.h mph mba m.b.a j.d l.p n.j we i our
    backers banking ceo cto cfo coo cmo cpo cro cio ciso vp svp evp"""
)
# With these alone the second half of "Foo Trust and Banking" is no name of its own.
_MORE_PLAIN = listed(
    """banking consulting financial services food security program programme incubation
    advisory pte banks corp corporation"""
)
_SECOND = (PLAIN | COMMON | _MORE_PLAIN) - listed(
    """seed impact catalyst climate space university founders founder angel angels
    family partners investors women"""
)
_HOME = ALONE - MAYBE
_INTRODUCING = listed(
    """newcomers insiders investors backers shareholders participants existing returning
    actresses actors jeweller dj cxo md marshal"""
)
_NATIVE_VC = re.compile(  # "Pan-African VC Foo Partners"
    r"(?:^|\s)(?:Pan-[A-Z][a-z]+|[A-Z][a-z]+(?:an|ish|ese|ch))\sVC$"
)
_INITIALS = re.compile(r"(?<![\w.])(?!U\.[SK]|E\.U|L\.P)(?:[A-Z]\.){2,}\s$")
_LEGAL = re.compile(r",?\s(?:Inc|Ltd|LLC|LLP|LP|Corp)\b\.?|\s(?:plc|PLC)\b|,?\sL\.P\.")
_RUN = r"(?:[A-ZÀ-Þ0-9][\w.&-]*)(?:\s[A-ZÀ-Þ&][\w.&-]*)*"
_NEAR = 120  # characters before a name in which its beginning may stand
_AND_BEFORE = re.compile(rf"(?<![\w.])(?P<one>{_RUN})\sand\s$")
_AND_BEHIND = re.compile(rf"\sand\s(?P<more>{_RUN})")
# "Development Bank of Japan": plain words need their country.
_OF_LAND = re.compile(r"\sof\s[A-Z]\w+(?:\s[A-Z]\w+)?")
_BODY = re.compile(r"\b(?:Bank|Corporation|Corp|Fund|Board|Authority)$")
# "Rise of the Rest Seed Fund".
_OF_THE_BEFORE = re.compile(
    r"(?<![\w.'’])(?!Head|Chief|Chair|President|Founder|Director|Partner|One|Part|Some)"
    r"[A-Z][a-z]+\sof\sthe\s$"
)
_OF_THE_BEHIND = re.compile(
    r"\sof\sthe\s(?:[A-Z]\w+\s){1,3}(?:Fund|Ventures|Capital|Partners)\b"
)
# "Series A. Foo led": the first letter is the round's.
_OVERHANG = re.compile(
    r"(?:(?<=Series )|(?<=its )|(?<=the )|(?<=an ))[A-H]\.\s(?=[A-Z])|"
    r"L\.P\.\s(?=[A-Z])"
)
_SHORTENED = re.compile(r"\b(?:Inc|Ltd|Corp|Co|Jr|Sr|Bros|Cie)$|(?:\b[A-Z]\.)+[A-Z]$")
# A full stop here is also the sentence's, where one ends.
_MAYBE_SHORTENED = re.compile(r"\b(?:Jr|Sr|Bros|Cie)$")
# "Bank of Foo", "Fund of Foo": what these words begin goes on behind "of".
_HOLDER = re.compile(
    r"(?:^|\s)(?:[Bb]ank|[Ff]und|Funds|Board|Trust|Council|Foundation|Government|Ministry|"
    r"House|Corporation|Company|Companies|College|City|State|Church|System|Agency|"
    r"Institutes?|Cent(?:re|er)|University|School|Academy|Commission|Association|"
    r"Society|Department|Office|Group|Shield|Cross|Republic|Kingdom|Chamber|Bureau|"
    r"Authority|Imprint|Federation|Union|League|Club|Friends|Hospitals?|Order|"
    r"[a-z]+)$"
)
_OF = re.compile(r"\sof\s(?:the\s)?(?=[A-ZÀ-Þ0-9])")
_OVER = re.compile(r"(?<=[A-Za-z]{4})\.\s+(?=[A-Z])|(?<=\b[A-Z]{3})\.\s+(?=[A-Z])")
# "Card network Foo also joined": what opens a sentence is its first word, no name.
_OPENS = re.compile(r"(?:^|[.!?:;\n]\W*)$")
_KIND = re.compile(
    r"[A-Z][a-z]+(?:\s(?!(?:of|for|by|and|de|du|des|di|da|do|del|la|le|von|van|und|y|e)\s)"
    r"[a-z]{3,}(?:-[a-z]+)*){1,3}\s(?=[A-ZÀ-Þ0-9])"
)
# "the Eastern Province", "the Bay Area", but not "the Red River Valley Fund".
_REGION = re.compile(
    r"^(?:[A-Z][\w-]+\s)+(?:Province|Region|Valley|Peninsula|County|District|Coast|"
    r"Islands?|Republic|Kingdom|Emirates|States|Area|Territory|Midlands|Highlands|"
    r"Countries|East|West|North|South)$"
)
# "die Agrarbank Foo": the article tells what the compound is.
_ARTICLE = re.compile(
    r"\b(?:[Dd](?:er|ie|as|em|en)|vo[mn]|beim|eine[rm]?)\s(?:[a-zäöüß]{3,}\s)?$"
)
_SUM = re.compile(r"(?:[A-Z]{3}|Rs)\.?\s?\d[\d.,]*")
_MANY = re.compile(
    r"(?:teachers|founders|farmers|growers|entrepreneurs|employees|workers|"
    r"physicians|doctors|nurses|veterans|alumni|students|producers|"
    r"women|men|children|people|miners|builders|makers|engineers)(?=['’])",
    re.IGNORECASE,
)


def mended(text: str, start: int, end: int) -> tuple[int, int]:
    """Say where the name that stands at `start` to `end` of a text begins and ends."""
    end = _without_home(text, start, end)
    kind = _KIND.match(text, start, end)
    if kind and _OPENS.search(text[max(0, start - 4) : start]):
        start = kind.end()
    if over := _OVERHANG.match(text, start, end):
        start = over.end()
    start, end = _of_more(text, *_with_second(text, start, end))
    if legal := _LEGAL.match(text, end):
        end = legal.end()
    if text[end : end + 1] == "." and _has_stop(text, start, end):
        end += 1
    elif text[end - 1] == "." and not _SHORTENED.search(text[start : end - 1]):
        end -= 1
    if re.match(r"[+/](?=[\s,.;:)]|$)", text[end:]):
        end += 1
    if before := _INITIALS.search(text, 0, start):
        start = before.start()
    if re.search(r"(?:^|\s)\+$", text[:start]):
        start -= 1
    return start, end


def _with_second(text: str, start: int, end: int) -> tuple[int, int]:
    """Join "Foo Trust" and "Banking": both are one where the second is no name."""
    before = _AND_BEFORE.search(text, max(0, start - _NEAR), start)
    if before and _is_second(text[start:end]) and not FUND.search(before["one"]):
        return before.start(), end
    behind = _AND_BEHIND.match(text, end)
    name = text[start:end]
    alone = _is_second(name) or FUND.search(name)
    if behind and _is_second(behind["more"]) and not alone:
        return start, behind.end()
    return start, end


def _is_second(name: str) -> bool:
    plain = all(word.strip(".") in _SECOND for word in name.casefold().split())
    return plain and not FUND.search(name.rstrip("."))


def _of_more(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen to what stands on the other side of "of Japan" and "of the Rest"."""
    plain = _BODY.search(text[start:end]) and _is_second(text[start:end])
    behind = _OF_LAND.match(text, end) if plain else _OF_THE_BEHIND.match(text, end)
    if behind:
        end = behind.end()
    before = _OF_THE_BEFORE.search(text, max(0, start - _NEAR), start)
    return (before.start() if before and FUND.search(text[start:end]) else start), end


def _has_stop(text: str, start: int, end: int) -> bool:
    """Say whether the full stop behind a name belongs to it."""
    if _MAYBE_SHORTENED.search(text[start:end]):
        return bool(re.match(r"\.(?:,|\s[a-z])", text[end:]))
    return bool(_SHORTENED.search(text[start:end]))


def _without_home(text: str, start: int, end: int) -> int:
    """Say where "Foo Capital of Oslo" and "Ann Roe of Stripe" end: before "of"."""
    of = _OF.search(text, start, end)
    if of is None:
        return end
    where = text[of.end() : end]
    at_home = all(word in _HOME for word in where.casefold().split())
    if _HOLDER.search(text[start : of.start()]):
        branded = at_home and _is_brand(text, start, of.start())
        return of.start() if branded else end
    single = " " not in text[start : of.start()]
    return of.start() if not single or (at_home and where != "America") else end


def _is_brand(text: str, start: int, end: int) -> bool:
    """Tell "Foo Impact Fund" of Oslo from "the Regional Growth Fund" of Brittany."""
    words = text[start:end].casefold().removeprefix("the ").split()
    own = [word for word in words if word not in PLAIN | COMMON | ALONE]
    house = words[-1] in {"fund", "trust", "group", "company"}
    the = re.search(r"\b[Tt]he\s", text[max(0, start - 5) : start + 4])
    return house and len(words) > 1 and bool(own) and not the


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a name that runs from one sentence into the next in two."""
    over = _OVER.search(text, start, end)
    if over is None or _SHORTENED.search(text[start : over.start()]):
        return [(start, end)]
    return [(start, over.start()), (over.end(), end)]


def is_nameless(name: str) -> bool:
    """Say whether a name is but one word that anybody's has, or a sum."""
    short = len(name) == 1 or name.casefold().strip(".") in _NAMELESS
    return short or bool(_SUM.fullmatch(name) and find_money(name))


def is_fringe(text: str, start: int, end: int) -> bool:
    """Say whether the word that stands there only introduces the name behind it."""
    word = text[start:end].casefold()
    after = re.search(r"\b(?:[Ff]rom|[Tt]he|[Aa]n?)\s$", text[:start])
    follows = re.match(r"\s(\w+)", text[end:])
    plain = follows is not None and follows[1].lower() in COMMON
    at_home = bool(after) and word in _HOME and not plain
    if is_compound(text, start, end) or _NATIVE_VC.search(text, 0, end):
        return True
    return word in _INTRODUCING or at_home or bool(TRADE.fullmatch(text[start:end]))


def is_compound(text: str, start: int, end: int) -> bool:
    """Say whether a German noun says what the house named behind it is."""
    behind = re.match(rf"\s(?!{LAND})([A-ZÄÖÜ][\w&-]*)", text[end:])
    if behind is None or not GERMAN_TRADE.fullmatch(text[start:end]):
        return False
    named = behind[1].casefold() not in GENERIC
    return named and bool(_ARTICLE.search(text[max(0, start - 40) : start]))


def is_region(text: str, start: int, end: int) -> bool:
    """Say whether a place stands there: "angels from the Eastern Province"."""
    before = text[max(0, start - 20) : start]
    return bool(_REGION.search(text[start:end]) and re.search(r"\bthe\s$", before))


# What owners found together: "Farmers' Alliance", "Arthur's Ring".
_BODY_OF = listed(
    """pension plan alliance association union cooperative retirement system
    guild federation society club collective circle ring table mutual superannuation"""
)


def belongs(owner: str, own: str) -> bool:
    """Say whether an owner is part of a name: "Teachers' Innovation", "Foo's Fund".

    `owner` ends on its apostrophe. "Foo's Bar Fund" is a name without Foo.
    """
    words = re.findall(r"\w+", own.casefold())
    plain = all(word in PLAIN or word in _HOME or word in _BODY_OF for word in words)
    return plain or bool(_MANY.search(owner))
