"""Name funding rounds, in prose and in the fields of data providers. Pure."""

import re
from dataclasses import dataclass

UNKNOWN = "Venture"
_MONEY = r"[\ue100-\ue1ff]"
_SERIES = re.compile(
    r"\b(?P<pre>pre[\s-]?)?(?:series|serie)[\s_-]?(?P<letter>[A-K])"
    r"(?:(?P<plus>\+)|(?:[\s-]?(?P<part>[1-9])\b))?(?![A-Za-z])|"
    r"\b(?P<german>[A-H])[\s-](?:Finanzierungs)?[Rr]unde\b|"
    rf"(?-i:(?:(?<=\bthe )|(?<=\bits )|(?<=\ba )|(?<=\ban )|(?<={_MONEY} ))"
    r"(?P<bare>[A-H])(?P<more>\+)?)[\s-]round\b|"
    rf"(?-i:(?<={_MONEY} )(?P<short>[A-E])(?=[,;:.)]|$|\s(?:led|co-led|from|by)\b))|"
    r"(?-i:^\W*(?P<opens>[A-H])\s)round\b|"
    r"(?-i:\b(?:late|early|extended)\s(?P<late>[A-E])\b(?=[”\"’.,;)]))",
    re.IGNORECASE,
)
_SEED = re.compile(
    rf"\b(?P<pre>pre[\s_-]?)?seed\b(?P<plus>\+|-plus\b)?(?=(?P<after>["
    rf"\s-]*[\w{_MONEY[1:-1]}]*))",
    re.IGNORECASE,
)
_OTHERS = (
    (
        re.compile(
            r"\bbridge[\s-](?:round|financing|funding|finance|capital|investment|money)|"
            rf"\bthe bridge\b|\ba bridge(?=\s(?:from|led|by|of)\b)|"
            rf"(?<={_MONEY}\s)bridge\b|"
            r"\b(?:Brücken|Zwischen|Überbrückungs)finanzierung|"
            r"^\s*bridge\s*$",
            re.IGNORECASE,
        ),
        "Bridge",
    ),
    (
        re.compile(
            r"\bgrowth[\s-](?:stage )?(?:round|financing|funding|equity|investment|"
            r"capital|raise|money|deal)|\bWachstums(?:finanzierung|kapital|runde|investment)|"
            r"^\s*(?:growth|private[\s_]equity)\s*$",
            re.IGNORECASE,
        ),
        "Growth",
    ),
    (
        re.compile(
            r"\bangel[\s-](?:round|financing|funding|investment|money)|"
            r"\bAngel-?Runde|^\s*angel\s*$",
            re.IGNORECASE,
        ),
        "Angel",
    ),
)
_ROUND = r"(?:[\ue200-\ue2ff]|round\b|raise\b|financing\b|funding\b|series\b|seed\b)"
_EXTENSION = re.compile(
    rf"\bextension\b|\bexten(?:ds|ded|ding)\s(?:\S+\s){{0,4}}?{_ROUND}|"
    r"\bsecond (?:close|closing|tranche)\b|\btop(?:ped|s)?[\s-]?up\b|\badd-on\b|"
    rf"\b(?:add(?:s|ed|ing)?|addition of|tack(?:s|ed|ing)?) .{{0,40}}"
    rf"\b(?:to|onto) (?:(?:its|their|the|our)\s(?:[^\s,]+\s){{0,3}}?{_ROUND}|"
    r"[\ue200-\ue2ff])|"
    rf"\b(?:expand|upsiz|enlarg)\w*\s(?:its|their|the|our)\s(?:\S+\s){{0,2}}?"
    rf"{_ROUND}\S*(?:\s[A-K])?\s(?:by|with)\b|"
    r"\breopen(?:s|ed)\b|\berweiter(?:t|te|ung)\b|\baufgestockt\b|"
    r"\bstockt .{0,60}\bauf\b|\bverlänger(?:t|ung)\b",
    re.IGNORECASE,
)
_ACTS = (
    r"^(?:,|\s(?:has|have|had|led|leads|co-led|is|was|also|and|joined|joins|invest\w*|"
    r"participat\w*|put|backs|backed|took)\b)"
)
_INVESTORISH = re.compile(
    r"^[\s-]*(?:Capital|Ventures?|Fund\b|Partners|Invest|Camp|Group|VC|Works|Labs?|"
    r"Investments?)"
)
# "Seed Capital Norden", "PreSeed Aarhus", but "Raises Seed Funding From Foo".
_IN_A_NAME = re.compile(
    r"^\s(?:Capital\s)?(?!(?i:round|funding|financing|finance|money|capital|investment|"
    r"raise|stage|extension|cheque|check|cash|phase|from|led|to|for|by|in|with|and|at|"
    r"as|backed|runde|finanzierung|investors?|backers?|valuation|series)\b)[A-ZÄÖÜ]"
)
_ROUND_NOUN = re.compile(
    r"^[\s-]*(?:round|funding|financing|finance|money|capital|investment|raise|stage|"
    r"extension|cheque|check|cash|runde|finanzierung|phase|investor|backers?|"
    r"syndicate|equity|preferred)",
    re.IGNORECASE,
)
# "a $6.6 million seed into Foo", "in a late seed", "$5.1m, seed."
_BEFORE_SEED = re.compile(
    rf"(?:{_MONEY},?|{_MONEY}\s(?:of|in)(?:\s(?:new|fresh))?|"
    r"\b(?:a|its|in|our|the|new|late|early|second|this|first|equity|"
    r"series|20\d\d|original)|[A-Za-z\ue000]['’]s|\d\s?(?:m|mn|million|k|bn),?)$",
    re.IGNORECASE,
)
# "$3 million in seed funds": what a company gets, not who invests.
_MONEY_IN = re.compile(rf"{_MONEY}\s(?:in|of)(?:\s(?:new|fresh))?$")
_AFTER_SEED = re.compile(
    r"^\s*(?:[.,;:)—–/]|$|of\s(?:(?:about|some|around|over|nearly|roughly|just)\s)?"
    rf"(?:{_MONEY}|[$€£])|{_MONEY}|"
    r"(?:it|she|he|they|from|led|to|for|by|in|into|with|"
    r"round|and|at|as|was|is|has|had|will|came|comes|which|that|who|backed|on|this)\b)"
)


@dataclass(frozen=True, slots=True)
class RoundWord:
    """A round named at `text[start:end]`."""

    name: str
    start: int
    end: int


def round_name(text: str) -> str:
    """Bring a provider's or a person's word for a round into our spelling, else ""."""
    spaced = text.replace("_", " ").strip()
    found = find_rounds(spaced) or find_rounds(f"{spaced} round")
    if not found:
        return (
            UNKNOWN if re.search(r"venture|unknown|unspecified", spaced, re.I) else ""
        )
    name = found[0].name
    return f"{name} extension" if is_extension(spaced) else name


def find_rounds(text: str) -> tuple[RoundWord, ...]:
    """Find the rounds that a text names, in order."""
    found = [_series(match) for match in _SERIES.finditer(text)]
    found += [_seed(match) for match in _SEED.finditer(text) if _is_round(match, text)]
    for pattern, name in _OTHERS:
        found += [
            RoundWord(name, match.start(), match.end())
            for match in pattern.finditer(text)
            if not _is_house(match, text)
        ]
    return tuple(sorted(found, key=lambda r: r.start))


def is_extension(text: str) -> bool:
    """Say whether a clause tells of an addition to a round that was there."""
    return bool(_EXTENSION.search(text))


def rank(name: str) -> int:
    """Say how exact a round's name is: a letter over a stage over "Venture"."""
    if name.startswith(("Series", "Pre-Series")):
        return 3
    if name.startswith(("Seed", "Pre-seed", "Bridge", "Angel")):
        return 2
    return 0 if name == UNKNOWN else 1


def _series(match: re.Match[str]) -> RoundWord:
    kinds = ("letter", "german", "bare", "short", "opens", "late")
    letter = next(match[kind] for kind in kinds if match[kind]).upper()
    name = f"{'Pre-' if match['pre'] else ''}Series {letter}"
    if match["plus"] or match["more"] or (match["part"] or "1") != "1":
        name += " extension"
    return RoundWord(name, match.start(), match.end())


def _seed(match: re.Match[str]) -> RoundWord:
    name = "Pre-seed" if match["pre"] else "Seed"
    if match["plus"]:
        name += " extension"
    return RoundWord(name, match.start(), match.end())


def _is_house(match: re.Match[str], text: str) -> bool:
    """Tell the investor "Foo Growth Equity", who acts, from growth equity raised."""
    before, after = text[: match.start()], text[match.end() :]
    return (
        match[0][0].isupper()
        and bool(re.search(r"[A-ZÄÖÜ][\w.&'’-]*\s$", before))
        and bool(re.match(_ACTS, after))
    )


def _is_round(match: re.Match[str], text: str) -> bool:
    """Tell a seed round from an investor's name and from what farmers sow."""
    after, before = text[match.end() :], text[: match.start()].rstrip()
    if match[0][0].isupper() and _IN_A_NAME.match(after):
        return False
    if match["pre"] or _ROUND_NOUN.match(after):
        return True
    if re.match(r"^\sfunds\b", after):
        return bool(_MONEY_IN.search(before))
    if match[0][0].isupper():
        name = re.search(r"(?<!\bSeries)(?<![A-ZÄÖÜ])[A-ZÄÖÜ][\w.&'’-]*$", before)
        named = (name and name[0] != "Series") or _INVESTORISH.match(after)
        return not named and bool(
            re.search(
                rf"(?:{_MONEY}|[:,–—]|\b[Ss]eries|\b(?:a|an|its|the|in|our|new))$",
                before,
            )
            or not before
        )
    return bool(_BEFORE_SEED.search(before)) and bool(_AFTER_SEED.match(after))
