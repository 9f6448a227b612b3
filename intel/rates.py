"""Hold rates against those of the evidence: "30 a month" is none a day. Pure.

A figure that bears its span on both sides must bear the same one; where evidence gives
it without any, what it is a rate of may stand in another sentence.
"""

import re
from collections.abc import Iterator, Sequence

from intel import text
from intel.figures import Figure, agree, figures

_SPANS = {
    form: span
    for span, forms in {
        "second": "second sekunde",
        "minute": "minute",
        "hour": "hour hourly stunde stündlich",
        "shift": "shift schicht",
        "day": "day night daily nightly tag täglich",
        "week": "week weekly woche wöchentlich",
        "month": "month monthly monat monatlich",
        "quarter": "quarter quarterly quartal",
        "year": "year yearly annually annum jahr jährlich",
    }.items()
    for form in forms.split()
}
_SPAN = "|".join(sorted(_SPANS, key=len, reverse=True))
_LY = "|".join(form for form in _SPANS if form.endswith(("ly", "lich")))
_BEHIND = re.compile(
    r"(?:[ -](?!and\b|or\b|to\b|from\b|in\b|on\b|by\b|with\b|und\b|oder\b|bis\b)"
    r"[a-zäöüß%-]+){0,4}?"
    rf"(?:(?: an?| per| each| every| pro| im| am| jeden?|/) ?(?P<span>{_SPAN})"
    rf"| (?P<ly>{_LY}))\b"
    r"(?! (?:ago|earlier|before|later|after|on|old|long|from now|and a half|zuvor)\b|-)"
)


def strange(fact: str, parts: Sequence[str]) -> str:
    """Give a figure that a claim tells per another span than its evidence, or ""."""
    told = [one for part in parts for one in spans(part)]
    for mine, span in spans(fact):
        theirs = {other for figure, other in told if agree(mine, figure)}
        if span and theirs and "" not in theirs and span not in theirs:
            return f"{mine.written} a {span}"
    return ""


def spans(words: str) -> Iterator[tuple[Figure, str]]:
    """Yield the figures of a text, each with the span that stands behind it or ""."""
    folded = text.fold(words)
    for one in figures(words):
        found = _BEHIND.match(folded, one.start + len(one.written))
        yield one, _SPANS[found["span"] or found["ly"]] if found else ""
