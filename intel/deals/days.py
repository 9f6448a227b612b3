"""Date the announcement of a round: as stated beside it, else by publication. Pure."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from intel.dates import Stated, find_dates
from intel.deals.events import find_tellings
from intel.deals.marks import MONEY, ORG, ROUND
from intel.deals.reading import Found, Reading

_SAID = re.compile(r"\b(?:announced?|said|reported|gab|gaben|teilten?)\b")
# What is still to come has another day than what was announced.
_AHEAD = re.compile(
    r"\b(?:will|plans? to|(?:is|are) (?:due )?to|expects? to|aims? to|intends? to|wird|"
    r"werden|soll(?:en)?|will|wollen|plant)\b[^,;.]*$",
    re.IGNORECASE,
)
_PUBLIC = re.compile(r"\b(?:made public|disclosed|revealed|unveiled) on\b")
# The day the money closed is not the day that was announced.
_CLOSED = re.compile(
    r"\b(?:closed|signed|completed)\b(?![^;]*\b(?:said|announced?|reported)\b)"
    rf"(?:\s(?!{MONEY})[\w\ue000-\ue2ff]+){{0,4}}\s(?:on\s)?$"
)
# "the firm said in a statement on Wednesday", "The round, announced on Friday".
_SAID_ON = re.compile(
    r"\b(?:said|announced|told|confirmed|disclosed|noted|wrote|revealed|statement|"
    r"release)\b[^.;,]{0,60}?"
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
_DATELINE = 70  # characters before which the day of a dateline stands
# "the $8bn it commanded in March", "up from $4bn last May": not when this was told.
_OF_ANOTHER = re.compile(
    rf"\b(?:it|they|he|she|which|that|who|what|than|as)\b|\bfrom\s{MONEY}\s$"
)
_LEAD = 6  # sentences in which the day may stand if only the headline tells
_ANNOUNCES = re.compile(
    r"^\W*(?:das (?:gab|teilte)|dies (?:gab|teilte)|the (?:announcement|news) "
    r"(?:came|was)|it (?:said|announced) (?:so|the)|the company (?:announced|said) "
    r"(?:so|this|the)|the (?:deal|round|financing|investment|transaction|funding) "
    r"(?:was|were) (?:announced|disclosed|closed|made public|completed))",
    re.IGNORECASE,
)
_DEAL = (
    rf"(?:(?:new|latest|fresh)\s)?(?:{ROUND}(?:\s(?:round|financing|funding))?|round|"
    r"deal|financing|funding|investment|raise|transaction|agreement|"
    r"Finanzierung(?:srunde)?|Runde|Beteiligung|Kapitalerhöhung)"
)
# "The round was announced in Cork on 30 June", "Acme announced the deal on Tuesday":
# these say of what the day is, however far from the telling they stand.
_OF_THE_DEAL = (
    re.compile(
        rf"\b(?:[Tt]he|[Tt]his|[Ii]ts|[Dd]ie|[Dd]iese|[Dd]as)\s{_DEAL}"
        r"(?:,?\s(?:which|die|das)|,)?(?:\s(?:was|were|is being|wurde|war))?"
        r"(?:\s(?:first|formally|officially|publicly|only))?\s"
        r"(?:announced|disclosed|made\spublic|revealed|unveiled|(?=am\s))"
        r"(?P<rest>[^.;]{0,90})"
    ),
    re.compile(
        rf"(?:{ORG}|\b(?:[Tt]he\scompany|[Ii]t|[Tt]hey))\s(?:first\s)?"
        r"(?:announced|disclosed|revealed|unveiled|made\spublic)\s"
        rf"(?:the|this|its)\s{_DEAL}\s(?P<rest>[^.;]{{0,60}})"
    ),
)
_RECENT = timedelta(days=21)  # what is older was another round's announcement
_WEEKDAY = re.compile(
    r"(?:on\s)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"(?:am\s)?(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag))",
    re.IGNORECASE,
)
_OTHER_DAY = re.compile(
    r"\b(?:next|coming|until|by|since|every|each|from|will\s[^.]*|after|before|bis|seit|"
    r"ab|open\w*|start\w*)\s(?:on\s)?$",
    re.IGNORECASE,
)


def announced(
    reading: Reading, alike: list[Found], published: datetime | None, now: datetime
) -> tuple[date | None, bool]:
    """Date the announcement: as stated beside it, else the day of publication."""
    against = (published or now).date()
    if published and (day := _dateline(reading, against)):
        return day, True
    for text in _dated_texts(reading, alike):
        for stated in find_dates(text, against):
            if _fits(stated, text, published, against):
                return stated.day, True
    if published and (day := _of_the_deal(reading, against)):
        return day, True
    if published and (day := _weekday(reading, alike, against)):
        return day, True
    return (published.date() if published else None), False


def _dateline(reading: Reading, against: date) -> date | None:
    """Read the day of a release that came out where it was tomorrow already."""
    text = reading.units[1].marked.text if len(reading.units) > 1 else ""
    for stated in find_dates(text, against):
        opens = stated.start < _DATELINE and re.match(r"\s?[–—:-]", text[stated.end :])
        if opens and stated.day - against == timedelta(days=1):
            return stated.day
    return None


def _of_the_deal(reading: Reading, against: date) -> date | None:
    """Read the day on which the deal itself is said to have been announced."""
    texts = [unit.marked.text for unit in reading.units[1:]]
    said = (
        match for text in texts for way in _OF_THE_DEAL if (match := way.search(text))
    )
    for match in said:
        for stated in find_dates(match["rest"], against):
            recent = timedelta(0) <= against - stated.day <= _RECENT
            if stated.precision == "day" and recent:
                return stated.day
    return None


def _weekday(reading: Reading, alike: list[Found], against: date) -> date | None:
    """Read "On Wednesday, Acme did": a day of the last week near the telling."""
    behind = [found.unit.number for found in alike if not found.in_title] or [1]
    for unit in reading.units[1:]:
        text = unit.marked.text
        if not any(-1 <= unit.number - number <= 1 for number in behind):
            continue
        for stated in find_dates(text, against):
            named = _WEEKDAY.fullmatch(text[stated.start : stated.end])
            if named and not _OTHER_DAY.search(text[: stated.start]):
                return stated.day if stated.day <= against else None
    return None


def _dated_texts(reading: Reading, alike: list[Found]) -> Iterator[str]:
    """Give the places where the day may stand, the nearest to the telling first."""
    ordered = sorted(alike, key=lambda f: (f.in_title, f.unit.number))
    yield from (found.clause for found in ordered)
    for unit in reading.units[1:]:
        behind = [unit.number - f.unit.number for f in ordered if not f.in_title]
        text = unit.marked.text
        if any(0 < far <= 3 for far in behind) and _ANNOUNCES.match(text):
            yield text
        if any(-1 <= far <= 3 for far in behind) and (said := _PUBLIC.search(text)):
            yield text[said.start() :]
        close = any(0 <= far <= 3 for far in behind) if behind else unit.number <= _LEAD
        if close and (said := _SAID_ON.search(text)):
            yield said[0]
        if -1 in behind and _SAID.search(text) and not find_tellings(text):
            yield text


def _fits(stated: Stated, text: str, published: datetime | None, against: date) -> bool:
    if stated.precision not in ("day", "month") or stated.day > against:
        return False
    if re.search(r"\b(?:until|since|by|founded in|seit|bis)\s$", text[: stated.start]):
        return False
    if _AHEAD.search(text[: stated.start]) or _CLOSED.search(text[: stated.start]):
        return False
    if published is None:
        return bool(re.search(r"\b20\d\d\b", text[stated.start : stated.end]))
    if stated.precision == "day":
        return True
    return stated.last < against and not _OF_ANOTHER.search(
        re.split(rf"{MONEY}(?!\s$)", text[: stated.start])[-1]
    )
