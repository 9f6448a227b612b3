"""Read sums of money out of English and German prose. Pure.

Amounts are kept in the currency the text names; nothing is converted here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_CODES = "USD EUR GBP CHF SEK NOK DKK JPY CNY RMB INR AUD CAD SGD NZD HKD ILS BRL PLN"
_CODES += (
    " CZK HUF KRW ZAR NGN KES AED SAR MXN TRY IDR VND THB MYR PHP EGP GHS COP CLP ARS"
    " TWD QAR KWD PKR"
)
_SYMBOLS = {
    "us$": "USD", "c$": "CAD", "ca$": "CAD", "a$": "AUD", "au$": "AUD", "s$": "SGD",
    "nz$": "NZD", "hk$": "HKD", "nt$": "TWD", "r$": "BRL", "mx$": "MXN",
    "$": "USD", "€": "EUR",
    "$us": "USD", "$a": "AUD", "$nz": "NZD", "$c": "CAD", "$s": "SGD", "$hk": "HKD",
    "£": "GBP", "¥": "JPY", "₹": "INR", "rs.": "INR", "rs": "INR", "₪": "ILS",
    "₩": "KRW", "₦": "NGN", "₱": "PHP", "฿": "THB", "₺": "TRY", "₫": "VND",
    "nis": "ILS", "rm": "MYR", "rp": "IDR", "ksh": "KES", "zł": "PLN",
    "kr": "SEK", "fr.": "CHF", "sfr.": "CHF", "rmb": "CNY",
}  # fmt: skip
_WORDS = {
    "us dollars": "USD", "us-dollar": "USD", "u.s. dollars": "USD", "dollars": "USD",
    "dollar": "USD", "euros": "EUR", "euro": "EUR", "pounds sterling": "GBP",
    "british pounds": "GBP", "pounds": "GBP", "pfund": "GBP", "britische pfund": "GBP",
    "swiss francs": "CHF", "schweizer franken": "CHF", "franken": "CHF",
    "francs": "CHF", "swedish kronor": "SEK", "schwedische kronen": "SEK",
    "kronor": "SEK", "norwegian kroner": "NOK", "norwegische kronen": "NOK",
    "danish kroner": "DKK", "dänische kronen": "DKK", "kroner": "DKK",
    "swedish crowns": "SEK", "norwegian crowns": "NOK", "danish crowns": "DKK",
    "czech crowns": "CZK", "rupees": "INR", "yen": "JPY", "yuan": "CNY",
    "shekels": "ILS", "zloty": "PLN",
    "australian dollars": "AUD", "canadian dollars": "CAD",
    "singapore dollars": "SGD", "kr": "SEK", "rand": "ZAR", "baht": "THB",
    "ringgit": "MYR", "naira": "NGN", "dirhams": "AED", "rupiah": "IDR",
    "shillings": "KES", "reais": "BRL", "korean won": "KRW",
    "won": "KRW", "south korean won": "KRW", "philippine pesos": "PHP",
    "australian dollar": "AUD", "canadian dollar": "CAD", "new zealand dollars": "NZD",
    "hong kong dollars": "HKD",
}  # fmt: skip
_SCALES = {
    "k": 1e3, "thousand": 1e3, "tausend": 1e3, "tsd": 1e3, "tsd.": 1e3,
    "m": 1e6, "mn": 1e6, "mln": 1e6, "mm": 1e6, "mio": 1e6, "mio.": 1e6,
    "mil": 1e6, "mill.": 1e6,
    "million": 1e6, "millions": 1e6, "millionen": 1e6,
    "b": 1e9, "bn": 1e9, "bln": 1e9, "billion": 1e9, "billions": 1e9,
    "mrd": 1e9, "mrd.": 1e9, "milliarde": 1e9, "milliarden": 1e9,
    "t": 1e12, "trillion": 1e12, "lakh": 1e5, "lakhs": 1e5, "lac": 1e5,
    "crore": 1e7, "crores": 1e7, "cr": 1e7,
}  # fmt: skip
_NUMERALS = {
    "half a": 0.5, "a quarter of a": 0.25, "quarter of a": 0.25, "a": 1, "one": 1,
    "one and a half": 1.5, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "eine halbe": 0.5, "einer halben": 0.5, "eine": 1, "einer": 1, "anderthalb": 1.5,
    "eineinhalb": 1.5, "zwei": 2, "zweieinhalb": 2.5, "drei": 3, "vier": 4, "fünf": 5,
    "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12,
    "zwanzig": 20, "dreißig": 30,
}  # fmt: skip


def _either(options: dict[str, object] | list[str]) -> str:
    return "|".join(re.escape(o) for o in sorted(options, key=len, reverse=True))


_NUMBER = r"\d{1,3}(?:[,.'’]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?(?!\d)"
# Rand, as in "R54m"; without a scale an R and a number are a model's name.
_RAND = r"(?-i:R)(?=\d[\d.,]*\s?(?:m|mn|bn|million|billion)\b)"
_CODE = rf"\b(?:{'|'.join(_CODES.split())})(?:\b|(?=\d))"
_SIGN = rf"(?:{_either(dict(_SYMBOLS))}|{_RAND}|{_CODE})"
_SCALE = rf"(?:{_either(dict(_SCALES))})(?![a-zäöü])"
_UNIT = (
    rf"(?:(?:{_either(dict(_WORDS))})(?![a-zäöü])|[€$£₹]|"
    rf"(?:{'|'.join(_CODES.split())})\b)"
)
_GAP = r"[\s\u00a0\u202f-]{0,2}"
_TO = r"\s?(?:-|–|—|to|bis|and|und)\s?"

# "$12m", "$10-15 million", "CHF 22 million", "Rs 80 crore", "$750,000"
_SIGN_FIRST = re.compile(
    rf"(?<![\w$€£])(?P<sign>{_SIGN})\s?(?P<num>{_NUMBER})(?:{_GAP}(?P<scale>{_SCALE}))?"
    rf"(?:{_TO}(?:{_SIGN})?\s?(?P<high>{_NUMBER}){_GAP}(?P<high_scale>{_SCALE})?)?",
    re.IGNORECASE,
)
# "12 Millionen Euro", "10 bis 15 Mio. €", "750.000 Euro", "15-Millionen-Euro-Runde"
_UNIT_LAST = re.compile(
    rf"(?<![\w.,$€£])(?P<num>{_NUMBER})(?:{_GAP}(?P<scale>{_SCALE}))?"
    rf"(?:{_TO}(?P<high>{_NUMBER}){_GAP}(?P<high_scale>{_SCALE})?)?"
    rf"{_GAP}(?P<sign>{_UNIT})",
    re.IGNORECASE,
)
# "half a million dollars", "zwei Millionen Euro"
_SPELLED = re.compile(
    rf"\b(?P<word>{_either(dict(_NUMERALS))})\s(?P<scale>million(?:en)?|billion|"
    rf"milliarden?)\s(?P<sign>{_UNIT})",
    re.IGNORECASE,
)
# "(US$16.4 million)", "(about $11 million)", ", or roughly $1.2bn"
_SAME_IN_USD = re.compile(
    r"^\s?(?:\(|,? or |,? etwa |/\s?)\s?(?:about|around|roughly|approximately|some|"
    r"approx\.|ca\.|rund|etwa|umgerechnet|or|~|≈|equivalent to|\s)*$",
    re.IGNORECASE,
)


# "$5.5 million CAD", "$8 million Canadian", "a $6-million (Canadian) round"
_WHOSE_NAME = r"(?:Canadian|Australian|Singapore|Hong\sKong|New\sZealand|U\.?S\.?)"
_DOLLARS = re.compile(
    r"\s(?P<code>CAD|AUD|NZD|SGD|HKD|USD)\b|"
    rf"\s\((?:in\s)?(?P<aside>{_WHOSE_NAME})(?:\s[Dd]ollars)?\)|"
    rf"\s(?:in\s)?(?P<behind>{_WHOSE_NAME})(?:\s[Dd]ollars?\b|(?=[,.;:)]|$|"
    r"\s(?:from|in|to|for|led|with|as|by|at|and|on|of|this|is|was|which|that|seed|"
    r"[Ss]eries|round|financing|raise)\b))"
)
_WHOSE = {
    "canadian": "CAD", "australian": "AUD", "singapore": "SGD", "hong kong": "HKD",
    "new zealand": "NZD",
}  # fmt: skip
_BETWEEN = re.compile(r"\b(?:between|zwischen)\s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum at `text[start:end]`; `high` above `amount` where a range is given.

    `usd` is what the text itself gives as the same sum in US dollars; `bare` says that
    the sign was a "$" and nothing more.
    """

    amount: float
    currency: str
    start: int
    end: int
    high: float | None = None
    usd: float | None = None
    bare: bool = False

    def is_same(self, other: "Money | None") -> bool:
        """Say whether another has the same amount and currency, wherever it stands."""
        if other is None:
            return False
        return (self.amount, self.currency) == (other.amount, other.currency)


def find_money(text: str) -> tuple[Money, ...]:
    """Find every sum with a currency, in order, without overlaps."""
    found: list[Money] = []
    for pattern in (_SIGN_FIRST, _SPELLED, _UNIT_LAST):
        for money in _scan(pattern, text):
            if not any(_overlap(money, other) for other in found):
                found.append(money)
    return _fold_conversions(text, sorted(found, key=lambda m: m.start))


def _scan(pattern: re.Pattern[str], text: str) -> Iterator[Money]:
    """Read sum after sum, each from where the last one ended."""
    at = 0
    while match := pattern.search(text, at):
        money = _read(match)
        yield money
        at = max(money.end, match.start() + 1)


def _overlap(one: Money, other: Money) -> bool:
    return one.start < other.end and other.start < one.end


def _read(match: re.Match[str]) -> Money:
    groups = match.groupdict()
    scale, high_scale = _scale(groups["scale"]), _scale(groups.get("high_scale"))
    if word := groups.get("word"):
        low = _NUMERALS[word.lower()]
    else:
        low = _number(groups["num"], scaled=bool(scale))
    amount = low * (scale or (high_scale if groups.get("high") else None) or 1)
    high, end = _upper(groups, amount, match)
    currency, bare = _currency(groups["sign"]), groups["sign"] == "$"
    if bare and (named := _DOLLARS.match(match.string, end)):
        currency, bare, end = _whose(named), False, named.end()
    return Money(round(amount, 2), currency, match.start(), end, high, bare=bare)


def _whose(dollars: re.Match[str]) -> str:
    """Name the currency of "CAD" and of "Canadian" behind a sum in dollars."""
    said = dollars["aside"] or dollars["behind"] or ""
    return dollars["code"] or _WHOSE.get(" ".join(said.lower().split()), "USD")


def _upper(
    groups: dict[str, str], amount: float, match: re.Match[str]
) -> tuple[float | None, int]:
    """Read the upper end of a range; a year or a count after "to" is none."""
    if not groups.get("high"):
        return None, match.end()
    scale = _scale(groups.get("high_scale")) or _scale(groups["scale"]) or 1
    high = _number(groups["high"], scaled=scale > 1) * scale
    if re.search(r"\b(?:and|und)\b", match[0]) and not _BETWEEN.search(
        match.string, max(0, match.start() - 12), match.start()
    ):
        return None, match.end("scale") if groups["scale"] else match.end("num")
    unscaled = groups["scale"] and not groups.get("high_scale")
    sign_first = match.start("sign") < match.start("num")
    if high <= amount or (unscaled and sign_first):
        return None, match.end("scale") if groups["scale"] else match.end("num")
    return round(high, 2), match.end()


def _scale(text: str | None) -> float | None:
    return _SCALES[text.lower()] if text else None


def _number(text: str, *, scaled: bool) -> float:
    """Read "1,200", "3,2", "750.000" or "1'500'000" as its language means it."""
    plain = text.replace("'", "").replace("’", "")
    grouped = re.fullmatch(r"\d{1,3}(?:([,.])\d{3})(?:\1\d{3})*(?:[,.]\d{1,2})?", plain)
    if grouped and not (scaled and grouped[1] == "." and plain.count(".") == 1):
        head = plain.replace(grouped[1], "")
        return float(head.replace(",", "."))
    return float(plain.replace(",", "."))


def _currency(sign: str) -> str:
    folded = sign.lower()
    known = _SYMBOLS.get(folded) or _WORDS.get(folded)
    return known or {"RMB": "CNY", "R": "ZAR"}.get(sign.upper(), sign.upper())


def _fold_conversions(text: str, found: list[Money]) -> tuple[Money, ...]:
    """Join "A$25 million (US$16.4 million)" into one sum with its stated dollars."""
    kept: list[Money] = []
    for money in found:
        last = kept[-1] if kept else None
        between = text[last.end : money.start] if last else ""
        if last and last.currency != money.currency and _SAME_IN_USD.match(between):
            kept[-1] = _with_usd(last, money)
        else:
            kept.append(money)
    return tuple(kept)


def _with_usd(first: Money, second: Money) -> Money:
    usd = second.amount if second.currency == "USD" else None
    return replace(first, end=second.end, usd=usd)
