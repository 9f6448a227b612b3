"""Say who led a round, once the names of its backers are known. Pure.

A firm is often named in full among the backers, and by a short name where the text says
that it led: "Gorse led", of Gorse Hill Capital.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from intel.deals.bygone import is_bygone
from intel.deals.investors import Backers
from intel.deals.marks import MONEY, ROUND
from intel.deals.reading import Reading, Unit
from intel.rounds import rank

_SHORTEST = 4  # letters of a name's first word that may stand for all of it
_INITIALS = 3
_NOBODY = re.compile(
    r"\b(?:no(?:body|\sone|\s(?:\w+\s)?(?:party|investor|firm|backer|fund))|neither|"
    r"none(?:\sof\sthem)?)\s(?:led|leads|acted as (?:the )?lead|took the lead)\b|"
    r"\b(?:was|is|had|has) no lead\b|\bwithout a lead\b|"
    r"\b(?:if|whether) there(?:['’]s| is| was) a lead\b",
    re.IGNORECASE,
)
_ASIDE = (
    r"(?:,\s(?:the|an?|in|of|from|via|through|der|die|das|schon|formerly)\s[^,;.]{1,80},"
    r"(?!\s(?:which|who)\b)|\s(?:of|from|aus|in)\s[A-ZÄÖÜ]\w+)?"
)
_AUX = (
    r"(?:,?\s(?:which|who)\b)?(?:\s(?:has|have|is|are|was|were|also|now|again|both|alone|jointly|"
    r"then|once|more|gemeinsam|auch|erneut|wieder|ist|sind|the|sole|other|new))*"
)
_LEADS = (
    r"(?:co-)?(?:led|leads?|leading|headed|heads|anchored|anchors|spearheaded|"
    r"spearheads|leader|führt|führte|führen|führten|Lead|Leadinvestor)(?!-)\b(?!\sby\b)"
)
_NOUN = (
    rf"(?:{ROUND}|{MONEY}|round|financing|raise|investment|deal|funding|extension|"
    r"syndicate|[Rr]unde|[Ff]inanzierung)"
)
_OBJECT = re.compile(
    rf"^(?:$|\s?[,;.:–—]|\s(?:it|again|too|once|alone|jointly|together|and|this|them)\b|"
    rf"(?:\s[\w'’\ue000-]+){{0,4}}?[\s-]{_NOUN})"
)
_EARLIER = re.compile(
    r"\b(?:previous|earlier|last|prior|before|had|ago|first tranche|would|could|not)\b"
)
_BEFORE = (
    r"(?:\b(?:with|had)\s(?:the|an?|its)\s(?:single\s|sole\s)?lead(?:er)?,|"
    r"\b(?:as|with)\s(?:the\s)?lead(?:\sinvestor)?|"
    r"\b(?:[Ll]ead|leader|[Ll]ead-?[Ii]nvestor)(?:\sinvestor)?\s(?:is|was|being|ist|war)|"
    r"\bin charge (?:is|was)|\bSpitze (?:steht|stehen)|\b[Hh]auptgeldgeber (?:ist|war)|"
    rf"(?:{ROUND}\S*|\b\w*[Rr]unde) führ(?:t|te|en|ten))\s(?:the\s|der\s|die\s|das\s)?$"
)
_ANY_LEAD = re.compile(rf"\b{_LEADS}")
# "Row Global led" names nobody that is called Global Ost.
_LONGER = re.compile(r"(?:\b[A-ZÄÖÜ][\w&.-]*|\bof)\s$")
_AND = re.compile(r"\s(?:and|&|und)\s(?:the\s|[A-ZÄÖÜ]\w+['’]s\s)?$")
# "führen Foo und Bar die Series B gemeinsam an", "Die Runde führt der Fonds Foo an".
_VERB_FIRST = re.compile(
    rf"\bführ(?:t|en|te|ten)\s(?P<who>[^;.]{{3,140}}?)\s(?:die|diese|den|das)\s"
    rf"(?:{ROUND}[^\s,]*|\w*[Rr]unde|Finanzierung\w*|Investment)\s"
    r"(?:\w+\s){0,2}an\b|"
    rf"(?:{ROUND}[^\s,]*|[Rr]unde|[Ff]inanzierung)\sführ(?:t|en|te|ten)\s"
    r"(?P<whose>[^;.]{3,140}?)\san\b"
)
_WE = re.compile(
    r"\b(?:[Ww]e|[Oo]ur (?:firm|fund))(?:['’]re|['’]ve|\sare|\sis|\shave|\shas)?\s"
    r"(?:\w+ly\s|(?:pleased|proud|happy|thrilled|delighted) to\s)?"
    r"(?:co-)?(?:leading|led|lead)\b"
)


def settled(backers: Backers, reading: Reading, name: str) -> Backers:
    """Add who is said to have led, drop who led another round; nobody, if it says so.

    `name` is the round's.
    """
    units = [unit for unit in reading.units if not is_bygone(unit.marked.source)]
    if any(_NOBODY.search(unit.marked.text) for unit in units):
        return replace(backers, leads=())
    said = {one for one in backers.every if _is_author(one, units)}
    elsewhere: set[str] = set()
    for unit in units:
        for clause in unit.marked.text.split("; "):
            found = dict(_heads(unit, clause, backers.every, name))
            said |= {one for one, here in found.items() if here}
            elsewhere |= {one for one, here in found.items() if not here}
            said |= set(_verb_first(unit, clause, backers.every, name))
    led_by = " ".join(re.findall(r"\bled by [^;.]*", _text(units)))
    dropped = {one for one in elsewhere - said if one not in led_by}
    leads = tuple(
        one
        for one in backers.every
        if one in said or (one in backers.leads and one not in dropped)
    )
    return replace(backers, leads=leads)


def _heads(
    unit: Unit, clause: str, names: tuple[str, ...], this: str
) -> Iterator[tuple[str, bool]]:
    """Yield who led by this clause, and whether it was this round."""
    for name in names:
        for form in _forms(name, names):
            for match in re.finditer(rf"(?<![\w-]){re.escape(form)}(?![\w&])", clause):
                here = _led(unit, clause, match, this)
                longer = _LONGER.search(clause[: match.start()])
                if here is not None and not (form != name and longer):
                    yield name, here
                    if here:
                        yield from _beside(clause[: match.start()], names)


def _led(unit: Unit, clause: str, match: re.Match[str], this: str) -> bool | None:
    """Say whether a name at its place led this round, or another; None if neither."""
    before, after = clause[: match.start()], clause[match.end() :]
    said = re.match(rf"{_ASIDE}{_AUX}\s{_LEADS}", after)
    if not said:
        lead = re.search(_BEFORE, before)
        near = before[-60:]
        no = not lead or _EARLIER.search(near) or _of_another(unit, near, this)
        return None if no else True
    rest = after[said.end() :]
    if not _OBJECT.match(rest) or re.search(r"\bby\s$", before):
        return None
    piece = re.split(r"[,;.]|\sand\s", rest)[0]
    if _of_another(unit, piece, this):
        return None if _ANY_LEAD.search(rest) else False
    return None if _EARLIER.search(piece) or _EARLIER.search(said[0]) else True


def _of_another(unit: Unit, piece: str, this: str) -> bool:
    """Say whether words name a round, and not this one."""
    base = this.removesuffix(" extension")
    if rank(base) < 2:
        return False
    named = {
        unit.marked.round_at(sign).removesuffix(" extension")
        for sign in re.findall(ROUND, piece)
    }
    named |= {f"Series {letter}" for letter in re.findall(r"\bthe ([A-E])$", piece)}
    return bool(named) and base not in named


def _verb_first(
    unit: Unit, clause: str, names: tuple[str, ...], this: str
) -> Iterator[str]:
    """Yield who leads where German puts the verb first: "führen Foo und Bar … an"."""
    for match in _VERB_FIRST.finditer(clause):
        if not _of_another(unit, match[0], this):
            who = match["who"] or match["whose"]
            yield from (
                n for n in names if re.search(rf"(?<!\w){re.escape(n)}(?!\w)", who)
            )


def _beside(before: str, names: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """Yield the first of two who led: "Foo and Bar led"."""
    tie = _AND.search(before)
    for name in names if tie else ():
        if tie and re.search(
            rf"(?:^|[^\w]){re.escape(name)}{_ASIDE}$", before[: tie.start()]
        ):
            yield name, True


def _forms(name: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Give the name, its first word where that is nobody else's, and its initials."""
    first = name.split(maxsplit=1)[0]
    shared = sum(other.startswith(first) for other in names) > 1
    short = len(first) >= _SHORTEST and first[0].isupper() and not shared
    initials = "".join(re.findall(r"\b[A-ZÄÖÜ]", name))
    return (
        name,
        *([first] if short and first != name else []),
        *([initials] if len(initials) >= _INITIALS else []),
    )


def _is_author(name: str, units: list[Unit]) -> bool:
    """Say whether the firm itself writes that it leads: "We at Foo … We're leading"."""
    text = _text(units)
    writes = rf"(?:\b[Ww]e at|\bAt|\bBy|, for)\s{re.escape(name)}(?!\w)"
    return bool(_WE.search(text) and re.search(writes, text))


def _text(units: list[Unit]) -> str:
    return ". ".join(unit.marked.text for unit in units)
